"""The JSON Schema of the configuration file, as editors read it."""

from typing import Any

from autoack.settings.file import File

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The file as ops write it: keys, types, defaults, meanings, and the *_file keys of secrets."""
    schema = File.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": _DIALECT, **schema, "title": "autoack.yaml"}
