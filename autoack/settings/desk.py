"""From the file's keys to the core's values, with every default filled in."""

from zoneinfo import ZoneInfo

from autoack.core import policy as core
from autoack.core.recurring import policy_of
from autoack.core.rules import Condition, CustomerOf, Question, Rule
from autoack.settings import models, rules
from autoack.settings.file import File
from autoack.settings.hours import week_of
from autoack.settings.mailbox import Mailbox


def desk_of(file: File) -> core.Desk:
    """Everything that the core needs of a valid file."""
    organisation = _organisation(file)
    people = {name: _person(name, person, organisation) for name, person in file.people.items()}
    teams = {name: _team(name, team) for name, team in file.teams.items()} or {"everyone": _everyone(people)}
    calendars = _calendars(file, organisation.zone)
    policies = {"standard": models.Policy()} | file.policies
    built = {name: _policy(name, policy, calendars) for name, policy in policies.items()}
    mailboxes = {
        name: _mailbox(name, box, organisation, teams, built) for name, box in file.mailboxes.items()
    }
    recurring = tuple(map(_recurring, file.recurring))
    managers = tuple(dict.fromkeys(team.manager for team in teams.values()))
    return core.Desk(
        organisation=organisation,
        people=people,
        teams=teams,
        calendars=calendars,
        policies=built | {one.policy: policy_of(one, mailboxes[one.mailbox].policy) for one in recurring},
        mailboxes=mailboxes,
        digest=_digest(file.digest, managers),
        alerts=core.AlertPlan(
            to=file.alerts.to or managers,
            channels=file.alerts.channels,
            unreachable_after=file.alerts.unreachable_after.elapsed,
        ),
        retention=core.Retention(file.retention.bodies.elapsed, file.retention.threads.elapsed),
        rules=tuple(map(_rule, file.rules)),
        questions=tuple(
            Question(asked.name, _condition(asked.when), asked.pattern, asked.question)
            for asked in file.ask_for
        ),
        recurring=recurring,
        public_url=file.web.public_url if file.web else None,
    )


def _organisation(file: File) -> core.Organisation:
    given = file.organisation
    domains = given.domains
    if domains is None:
        domains = tuple(box.address.rpartition("@")[2].casefold() for box in file.mailboxes.values())
    return core.Organisation(
        name=given.name,
        zone=given.timezone,
        address=given.address,
        phone=given.phone,
        website=given.website,
        languages=given.languages,
        languages_fallback={"*": given.languages[0]} | given.languages_fallback,
        domains=frozenset(domains),
        internal_customers=given.internal_customers,
    )


def _person(name: str, person: models.Person, organisation: core.Organisation) -> core.Person:
    return core.Person(
        id=name,
        name=person.name,
        address=person.address,
        aliases=person.aliases,
        language=person.language or organisation.languages[0],
        phone=person.phone,
        away=tuple(core.Absence(away.first, away.last) for away in person.away),
        notify=person.notify,
    )


def _everyone(people: dict[str, core.Person]) -> core.Team:
    first = next(iter(people))
    return core.Team("everyone", members=tuple(people), lead=first, manager=first)


def _team(name: str, team: models.Team) -> core.Team:
    rota = tuple(core.Duty(duty.who, week_of(duty.when)) for duty in team.rota)
    return core.Team(name, team.members, team.lead, team.manager, rota, team.name or {})


def _calendars(file: File, zone: ZoneInfo) -> dict[str, core.Calendar]:
    always = core.Calendar("always", zone, always=True)
    return {"always": always} | {name: _calendar(name, given, zone) for name, given in file.calendars.items()}


def _calendar(name: str, given: models.Calendar, zone: ZoneInfo) -> core.Calendar:
    return core.Calendar(
        name=name,
        zone=given.timezone or zone,
        week=week_of(given.hours),
        country=given.holidays.country if given.holidays else None,
        subdivision=given.holidays.subdivision if given.holidays else None,
        closures=tuple(
            core.Closure(closed.first, closed.last, closed.notice or {}) for closed in given.closed
        ),
        openings=tuple(core.Opening(opening.date, opening.hours) for opening in given.open),
        seasons=tuple(core.Season(s.name, s.first, s.last, week_of(s.hours)) for s in given.seasons),
    )


def _policy(name: str, policy: models.Policy, calendars: dict[str, core.Calendar]) -> core.Policy:
    return core.Policy(
        id=name,
        calendar=calendars[policy.calendar],
        reply_within=policy.reply_within,
        resolve_within=policy.resolve_within,
        ladder=tuple(map(_step, policy.ladder)),
        holding_update=policy.holding_update,
        quiet=calendars[policy.quiet] if policy.quiet else None,
        close_after=policy.close_after,
        survey_after_close=policy.survey.after_close if policy.survey else None,
        closing_note=policy.closing_note,
    )


def _step(step: rules.LadderStep) -> core.LadderStep:
    return core.LadderStep(step.at, step.notify, step.repeat, step.times, step.urgent)


def _recurring(given: rules.Recurring) -> core.Recurring:
    name, address = given.customer
    return core.Recurring(
        given.name, name, address, given.cron, given.mailbox, tuple(map(_step, given.ladder))
    )


def _rule(given: rules.Rule) -> Rule:
    then = given.then
    return Rule(
        name=given.name,
        when=_condition(given.when),
        extract=then.extract or {},
        customer=CustomerOf(then.customer.address, then.customer.name, then.customer.phone)
        if then.customer
        else None,
        channel=then.channel,
        receipt=then.receipt,
        category=then.category,
        priority=then.priority,
        notify=then.notify,
        policy=then.policy,
        assignee=then.assignee,
        stop=given.stop or then.stop,
    )


def _condition(when: rules.When) -> Condition:
    return Condition(
        senders=when.from_ or (),
        recipients=when.to or (),
        subject=when.subject,
        headers=when.header or {},
        words=tuple(word for words in (when.words or {}).values() for word in words),
        category=when.category,
        has_attachment=when.has_attachment,
    )


def _mailbox(
    name: str,
    box: Mailbox,
    organisation: core.Organisation,
    teams: dict[str, core.Team],
    policies: dict[str, core.Policy],
) -> core.Mailbox:
    return core.Mailbox(
        id=name,
        address=box.address,
        from_name=box.from_name or organisation.name,
        team=teams[box.team or next(iter(teams))],
        policy=policies[box.policy],
        languages=box.languages or organisation.languages,
        aliases=box.aliases,
        backlog=box.backlog,
        max_age=box.max_age.elapsed,
        receipt=box.receipt,
        receipt_delay=box.receipt_delay.elapsed,
        per_sender=core.Limit(box.per_sender.receipts, box.per_sender.within.elapsed),
        storm=core.Limit(box.storm.receipts, box.storm.within.elapsed),
        trust_authserv=box.trust_authserv,
    )


def _digest(digest: models.Digest, managers: tuple[str, ...]) -> core.DigestPlan:
    return core.DigestPlan(
        at=digest.at,
        to=digest.to or managers,
        leads=digest.leads,
        only_overdue=digest.when == "overdue",
        csv=digest.csv,
    )
