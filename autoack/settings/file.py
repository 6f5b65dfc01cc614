"""The whole configuration file, and the order in which its sources hold: environment, then the YAML file."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from autoack.settings import models
from autoack.settings.fields import Id, key, required
from autoack.settings.mailbox import Mailbox
from autoack.settings.names import ROLES
from autoack.settings.reading import EnvironmentSource, YamlSource, reading
from autoack.settings.rules import AskFor, Recurring, Rule


def _not(*taken: str) -> AfterValidator:
    def check(name: str) -> str:
        if name in taken:
            raise ValueError(f"{name!r} is built in; choose another name")
        return name

    return AfterValidator(check)


CalendarId = Annotated[Id, _not("always")]
PersonId = Annotated[Id, _not(*ROLES)]
ChannelId = Annotated[Id, _not("mail")]


class File(BaseSettings):
    """The whole configuration of autoack."""

    model_config = SettingsConfigDict(
        env_prefix="AUTOACK_",
        env_nested_delimiter="__",
        case_sensitive=True,  # the names were put right by environment.py
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    organisation: models.Organisation = required("Who answers")
    database: models.Database = key({}, "Where everything is kept")
    calendars: dict[CalendarId, models.Calendar] = key({}, "When desks are open; `always` is built in")
    people: Annotated[dict[PersonId, models.Person], Field(min_length=1)] = required("The team's people")
    teams: dict[Id, models.Team] = key(
        {}, "If left out, one team `everyone` of all people; the first is lead and manager"
    )
    channels: dict[ChannelId, models.Channel] = key({}, "Ways to reach a person besides mail")
    mailboxes: Annotated[dict[Id, Mailbox], Field(min_length=1)] = required("Support addresses")
    policies: dict[Id, models.Policy] = key({}, "What customers may expect; `standard` is built in")
    rules: tuple[Rule, ...] = key([], "First to last; the first to set a thing wins")
    ask_for: tuple[AskFor, ...] = key([], "Facts the team needs")
    texts: models.Texts = key({}, "Where the texts of letters come from")
    recurring: tuple[Recurring, ...] = key([], "Customers who need a look from time to time")
    digest: models.Digest = key({}, "What managers read at night")
    web: models.Web | None = key(None, "The board, rating pages, /healthz and /metrics")
    alerts: models.Alerts = key({}, "Who hears when a server cannot be reached")
    retention: models.Retention = key({}, "How long things are kept")
    log: models.Log = key({}, "What the program says about its work")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The first source wins."""
        now_read = reading.get()
        return EnvironmentSource(settings_cls, now_read), YamlSource(settings_cls, now_read)

    @model_validator(mode="before")
    @classmethod
    def _prepare(cls, data: dict[str, Any]) -> dict[str, Any]:
        """What can only be seen on the whole is looked at first, so that its faults come with all others."""
        return reading.get().prepare(data)
