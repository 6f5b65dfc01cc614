"""The keys of the configuration file, section by section, as contract and JSON Schema have them.

The models hold what the file says, with its defaults; what follows from several of them together
(the core's Desk, connections) is put together in desk.py and connections.py.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo

from autoack.settings.fields import (
    Address,
    ByLanguage,
    Count,
    Day,
    Domain,
    DurationText,
    FallbackTag,
    FileName,
    Language,
    Line,
    Lines,
    Listen,
    LongDuration,
    MonthDay,
    OneOrMore,
    Period,
    Secret,
    Section,
    Switch,
    TimeOfDay,
    WebAddress,
    Zone,
    key,
    required,
)
from autoack.settings.holiday import check_country, check_subdivision
from autoack.settings.hours import Spans, WeeklyHours
from autoack.settings.names import (
    CalendarName,
    ChannelName,
    OfferedLanguage,
    PersonName,
    WayName,
    nearest,
)
from autoack.settings.rules import LadderStep

# 20h on_duty, 24h lead, 68h lead, 72h manager: before and at each promise of the policy `standard`.
LADDER = (
    {"at": "20h", "notify": "on_duty"},
    {"at": "24h", "notify": "lead"},
    {"at": "68h", "notify": "lead"},
    {"at": "72h", "notify": "manager"},
)


def _database_url(url: SecretStr) -> SecretStr:
    """Never says what was written: a password may stand in it."""
    scheme, _, rest = url.get_secret_value().partition("://")
    if scheme == "sqlite":
        name = rest.partition("?")[0]
        if not name.startswith("/") or name.endswith(("/", ":memory:")):
            raise ValueError("needs a file: sqlite:///autoack.db, or sqlite:////var/lib/autoack/autoack.db")
        return url
    if scheme in ("postgresql", "postgresql+psycopg"):
        return url
    hint = nearest(scheme, ("sqlite", "postgresql")) if rest else ""
    raise ValueError(f"must begin with sqlite:/// or postgresql://{hint}")


def _in_order(last: date, info: ValidationInfo) -> date:
    first = info.data.get("first")
    if first and last < first:
        raise ValueError(f"{last} lies before `from`")
    return last


class Organisation(Section):
    """Who answers."""

    name: Line = required("Name of the organisation")
    address: Lines | None = key(None, "Postal address; in the foot of every mail to a customer")
    phone: Line | None = key(None, "Phone number; in the foot of every mail to a customer")
    website: WebAddress | None = key(None, "In the foot of every mail to a customer")
    timezone: Zone = required("IANA time zone")
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = key(["en"], "Languages offered")
    languages_fallback: dict[FallbackTag, OfferedLanguage] = key(
        {}, 'Which of them answers others; "*" is the first offered if left out'
    )
    domains: tuple[Domain, ...] | None = key(None, "Colleagues' domains; the mailboxes' if left out")
    internal_customers: Switch = key(False, "true: colleagues outside `people` are customers too")


class Database(Section):
    """Where everything is kept."""

    url: Annotated[Secret, AfterValidator(_database_url)] = key(
        "sqlite:///autoack.db", "sqlite:///FILE, relative to this file, or postgresql://USER@HOST/NAME"
    )


class Holidays(Section):
    """Whose public holidays are closed."""

    country: Annotated[Line, AfterValidator(check_country)] = required("ISO 3166-1 code: HR")
    subdivision: Annotated[Line, AfterValidator(check_subdivision)] | None = key(
        None, "ISO 3166-2 code without the country's"
    )


class Closed(Section):
    """Days on which the desk is closed."""

    first: Day = Field(alias="from", description="First closed day")
    last: Annotated[Day, AfterValidator(_in_order)] = Field(alias="to", description="Last closed day")
    notice: ByLanguage | None = key(None, "Said in receipts meanwhile, by language")


class Open(Section):
    """A day with hours of its own, whatever else says."""

    date: Day = required("The day")
    hours: Spans = required("Its hours")


class Season(Section):
    """Other weekly hours, every year."""

    name: Line = required("What ops call it")
    first: MonthDay = Field(alias="from", description="First day, month-day")
    last: MonthDay = Field(alias="to", description="Last day, month-day")
    hours: WeeklyHours = required("Weekly hours meanwhile")


class Calendar(Section):
    """When a desk is open."""

    timezone: Zone | None = key(None, "The organisation's if left out")
    hours: WeeklyHours = required("Weekly hours")
    holidays: Holidays | None = key(None, "Whose public holidays are closed")
    closed: tuple[Closed, ...] = key([], "Days on which the desk is closed")
    open: tuple[Open, ...] = key([], "Exceptions; they win over all else")
    seasons: tuple[Season, ...] = key([], "Other weekly hours at times of the year")


class Away(Section):
    """Days on which a person is away."""

    first: Day = Field(alias="from", description="First day away")
    last: Annotated[Day, AfterValidator(_in_order)] = Field(alias="to", description="Last day away")


class Person(Section):
    """Somebody of the team."""

    name: Line = required("Name")
    address: Address = required("Mail address")
    aliases: tuple[Address, ...] = key([], "Other addresses of theirs")
    language: Language | None = key(None, "The organisation's first if left out")
    phone: Line | None = key(
        None, "Phone number; customers whose matter is this person's read it in their receipt"
    )
    away: tuple[Away, ...] = key([], "When they are away")
    notify: Annotated[tuple[WayName, ...], OneOrMore, Field(min_length=1)] = key(
        ["mail"], "How to reach them: mail, and names of channels"
    )


class Duty(Section):
    """Who is on duty when."""

    who: Annotated[tuple[PersonName, ...], OneOrMore, Field(min_length=1)] = required("People")
    when: WeeklyHours = required("Weekly hours")


class Team(Section):
    """People who answer a mailbox together."""

    members: Annotated[tuple[PersonName, ...], OneOrMore, Field(min_length=1)] = required("People")
    lead: PersonName = required("Told first when a wait grows long")
    manager: PersonName = required("Told last, and reader of the digest")
    rota: tuple[Duty, ...] = key([], "Who is on duty when; outside it, all members")
    name: ByLanguage | None = key(None, "Signs mails to customers above from_name, by language")


class Channel(Section):
    """A way to reach a person besides mail."""

    url: Secret | None = key(None, "Apprise URL")
    url_file: FileName | None = key(None, "File that holds the url")


class Survey(Section):
    """Whether customers are asked how it went."""

    after_close: DurationText = required("How long after the thread was closed; 0s: at once")


class Policy(Section):
    """What a customer may expect, and who is told when it comes near."""

    calendar: CalendarName = key("always", "The clock that counts")
    reply_within: LongDuration = key("24h", "The promise that receipts state")
    resolve_within: LongDuration = key("3d", "By when the matter should be settled")
    ladder: tuple[LadderStep, ...] = key(LADDER, "Whom to tell, and when; each step once per wait")
    holding_update: LongDuration | None = key(None, "When to tell the customer that all is not forgotten")
    quiet: CalendarName | None = key(None, "Steps wait for this calendar to open")
    close_after: LongDuration = key("14d", "Silent for so long after our answer: closed")
    survey: Survey | None = key(None, "Whether customers are asked how it went")
    closing_note: Switch = key(
        False, "true: tell the customer when a silent thread is closed, unless `survey` will"
    )


class Texts(Section):
    """Where the texts of letters come from."""

    templates: FileName = key("templates", "Folder of KIND.LANG.md that replace the built-in ones")
    answers: FileName = key("answers", "Folder of answers to frequent questions, ID.LANG.md")
    suggest: Count = key(0, "At most so many answers in a receipt")
    salutation: Literal["vocative", "plain", "neutral"] = key("vocative", "Where a language has the choice")


class Digest(Section):
    """What managers read at night."""

    at: TimeOfDay = key("21:00", "When, in the organisation's time zone")
    to: Annotated[tuple[PersonName, ...], OneOrMore, Field(min_length=1)] | None = key(
        None, "The managers if left out"
    )
    leads: Switch = key(False, "true: each lead gets their team's")
    when: Literal["always", "overdue"] = key("always", "overdue: only if something is")
    csv: Switch = key(True, "Whether a CSV file is attached")


class Web(Section):
    """The board, rating pages, /healthz and /metrics."""

    listen: Listen = key("127.0.0.1:8025", "Address and port")
    public_url: WebAddress | None = key(None, "How customers reach it")
    token: Secret | None = key(None, "What the board asks for")
    token_file: FileName | None = key(None, "File that holds the token")


class Alerts(Section):
    """Who hears when a server cannot be reached."""

    to: Annotated[tuple[PersonName, ...], OneOrMore, Field(min_length=1)] | None = key(
        None, "The managers if left out"
    )
    channels: Annotated[tuple[ChannelName, ...], OneOrMore] = key([], "Names of channels")
    unreachable_after: LongDuration = key("5m", "After how long")


class Retention(Section):
    """How long things are kept; carried out every night."""

    bodies: Period = key("90d", "The customers' words")
    threads: Period = key("2y", "Whole threads")


class Log(Section):
    """What the program says about its work."""

    format: Literal["auto", "text", "json"] = key("auto", "auto: text on a terminal, JSON otherwise")
    level: Literal["debug", "info", "warning", "error"] = key("info", "From which weight on")
