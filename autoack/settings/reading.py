"""One reading of the configuration: its sources, and the look at the whole before validation."""

import copy
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

from autoack.settings.checks import check_together
from autoack.settings.credentials import drop_overruled, fetch_secrets, hide_secrets
from autoack.settings.document import Document, Problem, read_value
from autoack.settings.environment import Variables
from autoack.settings.names import collect, defined


@dataclass(slots=True)
class Reading:
    """What is being read, and what was found wrong with it on the way."""

    document: Document
    variables: Variables
    environ: Mapping[str, str]
    folder: Path  # what paths in the file are relative to
    secrets: bool = True  # False: none is fetched, and none is missed
    problems: list[Problem] = field(default_factory=list)

    def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Make known which names there are, fetch the secrets, and look at what several keys say together."""
        defined.set(collect(data))
        if self.secrets:
            self.problems += fetch_secrets(data, self.folder, self.environ)
        self.problems += check_together(data, self.folder)
        return data


# The reading that File() is made from.
reading: ContextVar[Reading] = ContextVar("reading")


class EnvironmentSource(EnvSettingsSource):
    """The variables of a given environment, under the names that environment.py has put right."""

    def __init__(self, settings_cls: type[BaseSettings], now_read: Reading) -> None:
        super().__init__(settings_cls)
        self.env_vars = now_read.variables.values

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        """Lists and maps in YAML or JSON. A text that is neither stays, for the key's own type to judge."""
        return read_value(value)

    def __call__(self) -> dict[str, Any]:
        return hide_secrets(super().__call__())


class YamlSource(PydanticBaseSettingsSource):
    """The YAML file, except for secrets that the environment gives in another form."""

    def __init__(self, settings_cls: type[BaseSettings], now_read: Reading) -> None:
        super().__init__(settings_cls)
        self._data = now_read.document.data

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Part of the interface; the file is handed over as a whole."""
        return self._data.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        return hide_secrets(drop_overruled(copy.deepcopy(self._data), self.current_state))
