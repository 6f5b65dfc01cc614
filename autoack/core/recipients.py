"""Whom a step of the ladder reaches: roles become the people who fill them at that moment, or who stand in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from autoack.core.policy import Absence, Person, Team, Week


@dataclass(frozen=True, slots=True)
class Away:
    """A person who is away, up to and including the day `until`."""

    person: Person
    until: date


@dataclass(frozen=True, slots=True)
class Reached:
    """A person to tell. `instead_of`: those who are away, and for whom alone they are told.

    `all_away`: they are away themselves, and so is everybody who could have stood in; they are then among those
    of `instead_of`.
    """

    person: Person
    instead_of: tuple[Away, ...] = ()
    all_away: bool = False


def recipients(
    notify: Iterable[str],
    team: Team,
    people: Mapping[str, Person],
    assignee: str | None,
    zone: ZoneInfo,
    now: datetime,
) -> tuple[Reached, ...]:
    """The people to tell, each once, in the order of `notify`.

    `notify` holds team, on_duty, assignee, lead, manager or ids of people; `zone` is the calendar's: rota and
    absences go by its wall clock. Where all whom a role means are away, the next in line stand in: for the
    assignee those on duty, for members the other members, then the lead, then the manager; for the lead the
    manager, for the manager the lead, and for both those on duty. Where all of these are away too, whom the role
    means is told all the same: a step never vanishes.
    """
    desk = _Roles(team, people, assignee, now.astimezone(zone))
    told: dict[str, Reached] = {}
    for role in notify:
        for reached in desk.reached(role):
            told[reached.person.id] = _together(told.get(reached.person.id), reached)
    return tuple(told.values())


def with_absences(people: Mapping[str, Person], absences: Mapping[str, Absence]) -> Mapping[str, Person]:
    """The people with these absences beside those of the configuration."""
    absent = {
        id_: replace(people[id_], away=(*people[id_].away, absence))
        for id_, absence in absences.items()
        if id_ in people
    }
    return {**people, **absent} if absent else people


def away_until(person: Person, day: date) -> date | None:
    """The last day of the absence, or of the absences that follow each other, in which `day` lies; None: present."""
    last = None
    while (until := max((a.last for a in person.away if a.first <= day <= a.last), default=None)) is not None:
        if until == date.max:
            return until
        last, day = until, until + timedelta(days=1)
    return last


class _Roles:
    """Who fills the roles of a team at a moment; `at` is wall time."""

    def __init__(self, team: Team, people: Mapping[str, Person], assignee: str | None, at: datetime) -> None:
        self._team = team
        self._people = people
        self._assignee = assignee if assignee in people else None
        self._at = at

    def reached(self, role: str) -> list[Reached]:
        """Whom telling this role means to tell now."""
        meant, *next_in_line = self._line(role)
        if present := self._present(meant):
            return [Reached(person) for person in present]
        absent = tuple(self._away(meant))
        for stand_ins in next_in_line:
            if present := self._present(stand_ins):
                return [Reached(person, absent) for person in present]
        return [Reached(away.person, absent, all_away=True) for away in absent]

    def _line(self, role: str) -> Iterator[Sequence[str]]:
        """Whom the role means, then those who stand in, group after group."""
        team = self._team
        above = ((team.lead,), (team.manager,))
        match role:
            case "team":
                yield from (team.members, *above)
            case "assignee" if self._assignee is not None:
                yield from ((self._assignee,), self._on_duty(), team.members, *above)
            case "assignee" | "on_duty":
                yield from (self._on_duty(), team.members, *above)
            case _ if role in ("manager", team.manager):
                yield from ((team.manager,), (team.lead,), self._on_duty(), team.members)
            case _ if role in ("lead", team.lead):
                yield from ((team.lead,), (team.manager,), self._on_duty(), team.members)
            case person:
                yield from ((person,), team.members, *above)

    def _on_duty(self) -> Sequence[str]:
        on_duty = [who for duty in self._team.rota if _covers(duty.when, self._at) for who in duty.who]
        return tuple(dict.fromkeys(on_duty)) or self._team.members

    def _present(self, ids: Iterable[str]) -> list[Person]:
        today = self._at.date()
        return [self._people[id_] for id_ in ids if away_until(self._people[id_], today) is None]

    def _away(self, ids: Iterable[str]) -> Iterator[Away]:
        for id_ in ids:
            until = away_until(self._people[id_], self._at.date())
            if until is not None:
                yield Away(self._people[id_], until)


def _together(one: Reached | None, other: Reached) -> Reached:
    """Somebody whom two roles reach: whoever is meant by one of them stands in for nobody."""
    if one is None or not other.instead_of:
        return other
    if not one.instead_of:
        return one
    instead_of = tuple(dict.fromkeys((*one.instead_of, *other.instead_of)))
    return Reached(one.person, instead_of, one.all_away or other.all_away)


def _covers(week: Week, at: datetime) -> bool:
    """Whether the weekly hours hold the wall time of `at`; those of the day before may run past midnight."""
    minute = at.hour * 60 + at.minute
    yesterday = (at - timedelta(days=1)).weekday()
    return any(s.start <= minute < s.end for s in week[at.weekday()]) or any(
        minute + 1440 < s.end for s in week[yesterday]
    )
