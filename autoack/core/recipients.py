"""Whom a step of the ladder reaches: roles become the people who fill them at that moment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from autoack.core.policy import Absence, Person, Team, Week


def recipients(
    notify: Iterable[str],
    team: Team,
    people: Mapping[str, Person],
    assignee: str | None,
    zone: ZoneInfo,
    now: datetime,
) -> tuple[Person, ...]:
    """The people to tell, each once, in the order of `notify`.

    `notify` holds team, on_duty, assignee, lead, manager or ids of people; `zone` is the calendar's: rota and
    absences go by its wall clock. For whoever is away that day another stands in: for a member the other
    members, or the lead; for the lead the manager, who is always told.
    """
    at, ids = now.astimezone(zone), list[str]()
    for role in notify:
        match role:
            case "team":
                ids += _present_or_stand_ins(team.members, team, people, at)
            case "on_duty":
                ids += _on_duty(team, people, at)
            case "assignee":
                ids += _assignee(assignee, team, people, at)
            case "lead":
                ids += _lead(team, people, at)
            case "manager":
                ids.append(team.manager)
            case person:
                ids += _named(person, team, people, at)
    return tuple(people[id_] for id_ in dict.fromkeys(ids))


def with_absences(people: Mapping[str, Person], absences: Mapping[str, Absence]) -> Mapping[str, Person]:
    """The people with these absences beside those of the configuration."""
    absent = {
        id_: replace(people[id_], away=(*people[id_].away, absence))
        for id_, absence in absences.items()
        if id_ in people
    }
    return {**people, **absent} if absent else people


def _on_duty(team: Team, people: Mapping[str, Person], at: datetime) -> list[str]:
    on_duty = [who for duty in team.rota if _covers(duty.when, at) for who in duty.who]
    return _present_or_stand_ins(on_duty or team.members, team, people, at)


def _assignee(assignee: str | None, team: Team, people: Mapping[str, Person], at: datetime) -> list[str]:
    if assignee is not None and assignee in people and not _away(people[assignee], at):
        return [assignee]
    return _on_duty(team, people, at)


def _named(person: str, team: Team, people: Mapping[str, Person], at: datetime) -> list[str]:
    if person == team.manager:
        return [person]
    if person == team.lead:
        return _lead(team, people, at)
    return _present_or_stand_ins([person], team, people, at)


def _lead(team: Team, people: Mapping[str, Person], at: datetime) -> list[str]:
    return [team.manager if _away(people[team.lead], at) else team.lead]


def _present_or_stand_ins(
    wanted: Iterable[str], team: Team, people: Mapping[str, Person], at: datetime
) -> list[str]:
    for candidates in (wanted, team.members):
        if present := [who for who in candidates if not _away(people[who], at)]:
            return present
    return _lead(team, people, at)


def _away(person: Person, at: datetime) -> bool:
    return any(absence.first <= at.date() <= absence.last for absence in person.away)


def _covers(week: Week, at: datetime) -> bool:
    """Whether the weekly hours hold the wall time of `at`; those of the day before may run past midnight."""
    minute = at.hour * 60 + at.minute
    yesterday = (at - timedelta(days=1)).weekday()
    return any(s.start <= minute < s.end for s in week[at.weekday()]) or any(
        minute + 1440 < s.end for s in week[yesterday]
    )
