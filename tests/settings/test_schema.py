"""The JSON Schema tells editors what `load` takes."""

import json
import re
from typing import Any

import yaml

from autoack.settings import json_schema
from tests.settings.sample import FULL

SCHEMA = json_schema()


def resolved(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema's alternatives, references followed."""
    if "$ref" in node:
        return resolved(SCHEMA["$defs"][node["$ref"].removeprefix("#/$defs/")])
    return [found for each in node["anyOf"] for found in resolved(each)] if "anyOf" in node else [node]


def fits(value: Any, node: dict[str, Any]) -> bool:
    """Whether a value fits a schema, as far as the keywords go that ours uses."""
    return any(_fits_one(value, each) for each in resolved(node))


def _fits_one(value: Any, node: dict[str, Any]) -> bool:
    kind = node.get("type")
    if kind == "object" and isinstance(value, dict):
        known = node.get("properties", {})
        patterns = node.get("patternProperties", {})
        other = node.get("additionalProperties", True)
        return set(node.get("required", ())) <= set(value) and all(
            fits(item, known[key])
            if key in known
            else any(re.search(p, key) and fits(item, s) for p, s in patterns.items())
            if patterns
            else fits(item, other)
            if isinstance(other, dict)
            else bool(other)
            for key, item in value.items()
        )
    if kind == "array" and isinstance(value, list):
        return all(fits(item, node["items"]) for item in value)
    if kind == "string" and isinstance(value, str):
        return re.search(node.get("pattern", ""), value) is not None and value in node.get("enum", [value])
    kinds = {"integer": int, "boolean": bool, "null": type(None)}
    return kind in kinds and type(value) is kinds[kind]


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2 as editors have it: dates and times are texts."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own class attribute
            first: [(tag, pattern) for tag, pattern in pairs if "timestamp" not in tag and ":int" not in tag]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:int", re.compile(r"^[1-9][0-9]*$|^0$"), list("0123456789")
    )
    return yaml.load(text, Loader)


def test_the_schema_takes_a_file_that_uses_every_key() -> None:
    data = as_an_editor_reads(FULL.replace("sr-latn", "sr-Latn"))
    for key, value in data.items():
        assert fits(value, SCHEMA["properties"][key]), key
    assert fits(data, SCHEMA)


def test_the_schema_refuses_what_load_refuses() -> None:
    data = as_an_editor_reads(FULL)
    assert not fits({k: v for k, v in data.items() if k != "people"}, SCHEMA)
    assert not fits(data | {"colour": "red"}, SCHEMA)
    assert not fits(data | {"log": {"level": "warn"}}, SCHEMA)
    assert not fits(data | {"alerts": {"unreachable_after": "5 minutes"}}, SCHEMA)


def test_every_key_has_a_meaning_and_every_secret_a_file() -> None:
    for name, section in SCHEMA["$defs"].items():
        for key, node in section["properties"].items():
            assert node.get("description"), f"{name}.{key}"
            if key in ("password", "token", "client_secret") or (name, key) == ("Channel", "url"):
                assert f"{key}_file" in section["properties"]


def test_the_schema_is_json() -> None:
    assert json.loads(json.dumps(SCHEMA))["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["required"] == ["organisation", "people", "mailboxes"]
