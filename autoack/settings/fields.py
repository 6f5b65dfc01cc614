"""The types of the configuration's keys: what each accepts, and the JSON Schema that editors see."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    WithJsonSchema,
)

from autoack.core import expressions
from autoack.core.policy import Duration, Share
from autoack.settings import addresses, scalars
from autoack.settings.names import LETTERS

_ANY_ZONE, _LONG_AGO = ZoneInfo("UTC"), datetime(2000, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ID = re.compile(r"\w[\w.-]{0,63}")


def key(default: object, meaning: str) -> Any:
    """A key that may be left out. `default` is written as ops would write it, and validated like theirs."""
    return Field(default=default, validate_default=True, description=meaning)


def required(meaning: str, **limits: Any) -> Any:
    """A key that must be given."""
    return Field(description=meaning, **limits)


def _schema(pattern: str | None = None, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string"} | ({"pattern": pattern} if pattern else {}) | more)


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in ("true", "false"):  # the environment holds texts
        return text == "true"
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text)
    raise ValueError("true or false is needed" + (f"; did you mean {meant}?" if meant else ""))


def _whole_number(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        raise ValueError("a whole number is needed")
    return int(value)


def _line(value: object) -> str:
    text = scalars.text_of(value, "a text")
    if not text:
        raise ValueError("must not be empty")
    if _CONTROL.search(text):
        raise ValueError("must be one line without control characters")
    return text


def _lines(value: object) -> str:
    """A text of several lines, said in one."""
    lines = scalars.text_of(value, "a text").splitlines()
    return _line(", ".join(line.strip().rstrip(",") for line in lines if line.strip()))


def _id(value: str) -> str:
    if not _ID.fullmatch(value) or "__" in value:
        raise ValueError(f"{value!r} cannot be a name; names are letters, digits, -, _ and ., at most 64")
    return value


def _regex(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a regular expression is needed")  # noqa: TRY004  # pydantic collects ValueErrors only
    fault = expressions.fault_of(value)
    if fault:
        raise ValueError(f"not a regular expression: {fault}")
    return value


def _regex_with_group(value: object) -> str:
    text = _regex(value)
    if not expressions.groups_of(text)[0]:
        raise ValueError("the regular expression needs a group: (…) around what is wanted")
    return text


def _cron(value: object) -> str:
    from autoack.core.cron import Cron  # noqa: PLC0415  # paid for only where a cron line stands

    text = scalars.text_of(value, "a cron line such as 0 9 1 3 *")
    try:
        times = Cron(text, _ANY_ZONE)
    except ValueError as error:
        raise ValueError(f"{text!r} is no cron line: {error}") from None
    if times.next_after(_LONG_AGO) is None:
        raise ValueError(f"{text!r} never comes: no year has such a day")
    return text


def one_or_more(value: object) -> object:
    """A single text where a list may stand."""
    return [value] if isinstance(value, str) else value


OneOrMore = BeforeValidator(one_or_more, json_schema_input_type=str | tuple[str, ...])

Switch = Annotated[bool, BeforeValidator(_switch)]
Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=0)]
Number = Annotated[int, BeforeValidator(_whole_number), Field(ge=1)]
Port = Annotated[int, BeforeValidator(_whole_number), Field(ge=1, le=65535)]

Line = Annotated[str, BeforeValidator(_line), _schema()]
Lines = Annotated[str, BeforeValidator(_lines), _schema()]
Id = Annotated[str, AfterValidator(_id)]
Secret = Annotated[SecretStr, Field(description="Better kept out of this file: see the *_file key beside it")]
FileName = Annotated[str, BeforeValidator(_line), _schema()]
Regex = Annotated[str, BeforeValidator(_regex), _schema(format="regex")]
RegexWithGroup = Annotated[str, BeforeValidator(_regex_with_group), _schema(format="regex")]
Cron = Annotated[str, BeforeValidator(_cron), _schema(examples=["0 9 1 3 *"])]

DurationText = Annotated[
    Duration, BeforeValidator(scalars.read_duration), _schema("^[0-9]{1,5}[smhdw]$", examples=["24h", "3d"])
]
LongDuration = Annotated[
    Duration,
    BeforeValidator(scalars.read_duration),
    AfterValidator(scalars.above_zero),
    _schema("^[0-9]{1,5}[smhdw]$", examples=["24h", "3d"]),
]
Period = Annotated[
    Duration,
    BeforeValidator(scalars.read_period),
    AfterValidator(scalars.above_zero),
    _schema("^[0-9]{1,5}[smhdwy]$", examples=["90d", "2y"]),
]
StepTime = Annotated[
    Duration | Share,
    BeforeValidator(scalars.read_step_time),
    _schema("^([0-9]{1,5}[smhdw]|[0-9]{1,4}(\\.[0-9]{1,3})?\\s*%)$", examples=["20h", "75%"]),
]
TimeOfDay = Annotated[
    time, BeforeValidator(scalars.read_time), _schema("^[0-9]{1,2}:[0-9]{2}$", examples=["21:00"])
]
Day = Annotated[date, BeforeValidator(scalars.read_day), _schema(format="date", examples=["2026-12-24"])]
MonthDay = Annotated[
    tuple[int, int],
    BeforeValidator(scalars.read_month_day),
    _schema("^[0-9]{1,2}-[0-9]{1,2}$", examples=["07-01"]),
]
Zone = Annotated[ZoneInfo, BeforeValidator(scalars.read_zone), _schema(examples=["Europe/Zagreb"])]

_TAG_PATTERN = "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"
Tag = Annotated[str, BeforeValidator(scalars.read_tag), _schema(_TAG_PATTERN)]
FallbackTag = Annotated[str, BeforeValidator(scalars.read_fallback_tag), _schema()]
Language = Annotated[str, BeforeValidator(scalars.read_language), _schema(enum=list(LETTERS))]
ByLanguage = Annotated[dict[Tag, Line], Field(min_length=1)]

Address = Annotated[str, BeforeValidator(addresses.read_address), _schema(format="email")]
NamedAddress = Annotated[
    tuple[str, str],
    BeforeValidator(addresses.read_named_address),
    _schema(examples=["Ana Kovač <ana@primjer.example>"]),
]
Glob = Annotated[str, BeforeValidator(addresses.read_glob), _schema(examples=["*@firma.example"])]
Domain = Annotated[str, BeforeValidator(addresses.read_domain), _schema(examples=["primjer.example"])]
Host = Annotated[str, BeforeValidator(addresses.read_host), _schema()]
Listen = Annotated[
    tuple[str, int], BeforeValidator(addresses.read_listen), _schema(examples=["127.0.0.1:8025"])
]
WebAddress = Annotated[str, BeforeValidator(addresses.read_web_address), _schema(format="uri")]


class Section(BaseModel):
    """A map of the configuration: knows its keys, takes no others, and never shows what was put in."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
