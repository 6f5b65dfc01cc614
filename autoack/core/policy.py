"""What the ops have decided, as the core reads it: organisation, people, calendars, policies, mailboxes.

The settings build these values from the YAML file; nothing here knows where they came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from autoack.core.rules import Question, Rule


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as the ops wrote it: `90m`, `24h`, `3d`, `1w`.

    Exactly one of the two is set. `days` (d, w) are open days on a calendar with opening hours; `seconds`
    (s, m, h) are open time. On the calendar `always`, and where no calendar counts, a day is 24 hours.
    """

    seconds: int = 0
    days: int = 0

    @property
    def elapsed(self) -> timedelta:
        """The same, where no calendar counts."""
        return timedelta(days=self.days, seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the reply promise: `75%` is Share(Fraction(3, 4))."""

    of_reply: Fraction


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` up to `end`, wall clock, in minutes after midnight: 08:00-12:00 is Span(480, 720).

    `end` may exceed 1440: such hours run past midnight into the next day.
    """

    start: int
    end: int


Week = tuple[tuple[Span, ...], ...]  # seven entries, Monday first


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, both included, on which the desk is closed; `notice` by language is said in receipts meanwhile."""

    first: date
    last: date
    notice: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """The hours of one day, whatever week, season, holiday and closure say."""

    day: date
    hours: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """Other weekly hours from a month and day to a month and day, both included, every year."""

    name: str
    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    week: Week


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a desk is open. `always` is every hour of every day."""

    name: str
    zone: ZoneInfo
    always: bool = False
    week: Week = ((),) * 7
    country: str | None = None  # ISO 3166-1, for public holidays
    subdivision: str | None = None  # ISO 3166-2, without the country
    closures: tuple[Closure, ...] = ()
    openings: tuple[Opening, ...] = ()
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days, both included, on which a person is away."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team."""

    id: str
    name: str
    address: str
    aliases: tuple[str, ...] = ()
    language: str = "en"
    phone: str | None = None
    away: tuple[Absence, ...] = ()
    notify: tuple[str, ...] = ("mail",)

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of theirs, case folded."""
        return frozenset(a.casefold() for a in (self.address, *self.aliases))


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty in which weekly hours."""

    who: tuple[str, ...]  # ids of people
    when: Week


@dataclass(frozen=True, slots=True)
class Team:
    """People who answer a mailbox together."""

    id: str
    members: tuple[str, ...]  # ids of people
    lead: str
    manager: str
    rota: tuple[Duty, ...] = ()
    # As customers read it, by language; a mapping has no hash.
    name: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Whom to tell when a customer has waited for so long.

    `notify` holds team, on_duty, assignee, lead, manager or ids of people. With `repeat` the step comes again
    `times` times, that long apart.
    """

    at: Duration | Share
    notify: tuple[str, ...]
    repeat: Duration | None = None
    times: int = 5
    urgent: bool = False  # not held back by quiet


@dataclass(frozen=True, slots=True)
class Policy:
    """What a customer may expect, and who is told when it comes near."""

    id: str
    calendar: Calendar
    reply_within: Duration = Duration(seconds=24 * 3600)
    resolve_within: Duration = Duration(days=3)
    ladder: tuple[LadderStep, ...] = ()
    holding_update: Duration | None = None
    quiet: Calendar | None = None
    close_after: Duration = Duration(days=14)
    survey_after_close: Duration | None = None
    closing_note: bool = False  # whether a customer hears that a silent thread was closed


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `receipts` within `within`."""

    receipts: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A support address, as the core sees it: how to connect to it is the settings' matter."""

    id: str
    address: str
    from_name: str
    team: Team
    policy: Policy
    languages: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    backlog: str = "ignore"  # ignore | record | answer
    max_age: timedelta = timedelta(hours=24)
    receipt: str = "first"  # first | every | never
    receipt_delay: timedelta = timedelta(0)
    per_sender: Limit = Limit(3, timedelta(hours=24))
    storm: Limit = Limit(200, timedelta(minutes=10))
    trust_authserv: str | None = None

    @property
    def addresses(self) -> frozenset[str]:
        """The address and its aliases, case folded."""
        return frozenset(a.casefold() for a in (self.address, *self.aliases))

    @property
    def domain(self) -> str:
        """The domain of the address: our Message-IDs carry it."""
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who answers."""

    name: str
    zone: ZoneInfo
    address: str | None = None
    phone: str | None = None
    website: str | None = None
    languages: tuple[str, ...] = ("en",)
    languages_fallback: Mapping[str, str] = field(default_factory=dict)  # "*" is always there
    domains: frozenset[str] = frozenset()  # case folded
    internal_customers: bool = False


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """When the nightly digest comes, and to whom."""

    at: time
    to: tuple[str, ...]  # ids of people
    leads: bool = False
    only_overdue: bool = False
    csv: bool = True


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """Who hears when a mailbox or server cannot be reached."""

    to: tuple[str, ...]  # ids of people
    channels: tuple[str, ...] = ()
    unreachable_after: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the customers' words, and whole threads, are kept."""

    bodies: timedelta = timedelta(days=90)
    threads: timedelta = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A customer who needs a look from time to time: `name` says why, `cron` when (crontab(5))."""

    name: str
    customer_name: str  # "" where only the address is known
    customer_address: str
    cron: str
    mailbox: str  # id
    ladder: tuple[LadderStep, ...]

    @property
    def policy(self) -> str:
        """The id of the policy of its threads, by which they are known (`is_recurring`)."""
        return _RECURRING + self.name


_RECURRING = "recurring:"  # no policy of the ops has a colon in its name


def is_recurring(policy: str | None) -> bool:
    """Whether a thread with this policy is one that we opened ourselves, for a customer who did not write."""
    return policy is not None and policy.startswith(_RECURRING)


def silent(policy: Policy) -> Policy:
    """The policy without what goes to customers by itself."""
    return replace(policy, holding_update=None, survey_after_close=None, closing_note=False)


@dataclass(frozen=True)  # no slots: there is one, and every mail asks it whose an address is
class Desk:
    """Everything the ops have decided that the core needs."""

    organisation: Organisation
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    calendars: Mapping[str, Calendar]
    policies: Mapping[str, Policy]
    mailboxes: Mapping[str, Mailbox]
    digest: DigestPlan
    alerts: AlertPlan
    retention: Retention
    rules: tuple[Rule, ...] = ()
    questions: tuple[Question, ...] = ()  # ask_for
    recurring: tuple[Recurring, ...] = ()
    public_url: str | None = None  # where customers reach the web pages

    def mailbox_of(self, mailbox: str, policy: str | None) -> Mailbox | None:
        """The mailbox as it is for one thread: with the policy that a rule has set for that.

        A policy that the configuration no longer has counts for nothing; None where the mailbox is gone.
        """
        box = self.mailboxes.get(mailbox)
        return self.policed(box, policy) if box else None

    def policed(self, mailbox: Mailbox, policy: str | None) -> Mailbox:
        """The mailbox with that policy in place of its own, where there is such a one."""
        known = self.policies.get(policy) if policy is not None else None
        if known is None and is_recurring(policy):
            # Taken out of the configuration: its customers still have asked for nothing.
            known = silent(mailbox.policy)
        return replace(mailbox, policy=known) if known else mailbox

    def person_at(self, address: str) -> Person | None:
        """The person of the team who has this address."""
        return self._by_address.get(address.casefold())

    @cached_property
    def _by_address(self) -> dict[str, Person]:
        return {key: person for person in reversed([*self.people.values()]) for key in person.addresses}

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """The addresses and aliases of all watched mailboxes, case folded."""
        return frozenset().union(*(m.addresses for m in self.mailboxes.values()))
