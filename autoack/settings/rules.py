"""The keys of rules, facts to ask for, and recurring contacts."""

from typing import Annotated, Literal

from pydantic import Field

from autoack.settings.fields import (
    ByLanguage,
    Cron,
    Glob,
    Id,
    Line,
    LongDuration,
    NamedAddress,
    Number,
    OneOrMore,
    Regex,
    RegexWithGroup,
    Section,
    StepTime,
    Switch,
    Tag,
    key,
    required,
)
from autoack.settings.names import MailboxName, PersonName, PolicyName, TargetName

Category = Literal["question", "complaint", "praise", "other"]
Globs = Annotated[tuple[Glob, ...], OneOrMore, Field(min_length=1)]
Targets = Annotated[tuple[TargetName, ...], OneOrMore, Field(min_length=1)]


class LadderStep(Section):
    """Whom to tell when a customer has waited for so long."""

    at: StepTime = required("A duration, or a share of reply_within")
    notify: Targets = required("team, on_duty, assignee, lead, manager, a person, or a list of these")
    repeat: LongDuration | None = key(None, "The step comes again, so far apart")
    times: Number = key(5, "How often it comes again")
    urgent: Switch = key(False, "true: not held back by quiet")


class When(Section):
    """What a mail must be like; every condition that is given holds."""

    from_: Globs | None = Field(default=None, alias="from", description="Addresses or globs of the sender")
    to: Globs | None = key(None, "Addresses or globs of a recipient")
    subject: Regex | None = key(None, "A regular expression found in the subject")
    header: dict[Line, Regex] | None = key(None, "Regular expressions by name of header field")
    words: dict[Tag, Annotated[tuple[Line, ...], OneOrMore, Field(min_length=1)]] | None = key(
        None, "Beginnings of words by language; case and accents do not matter"
    )
    category: Category | None = key(None, "What the mail was found to be, or a rule before said")
    has_attachment: Switch | None = key(None, "Whether something is attached")


class RuleCustomer(Section):
    """Who the customer is; {names} stand for what extract and subject found."""

    address: Line | None = key(None, "Mail address")
    name: Line | None = key(None, "Name")
    phone: Line | None = key(None, "Phone number")


class Then(Section):
    """What follows."""

    channel: Literal["mail", "form", "voicemail", "letter", "chat"] | None = key(
        None, "How the customer came"
    )
    extract: dict[Id, RegexWithGroup] | None = key(None, "What to find in subject and text, by name")
    customer: RuleCustomer | None = key(None, "Who the customer is")
    receipt: Literal["first", "every", "never"] | None = key(None, "Which mails of a wait get a receipt")
    category: Category | None = key(None, "What the mail is")
    priority: Literal["low", "normal", "high"] | None = key(None, "How urgent it is")
    notify: Targets | None = key(None, "Whom to tell at once")
    policy: PolicyName | None = key(None, "What this customer may expect")
    assignee: PersonName | None = key(None, "Whose matter it is")
    stop: Switch = key(False, "true: no later rule is looked at")


class Rule(Section):
    """What ops know better than the program."""

    name: Line = required("Shown as the reason")
    when: When = required("What a mail must be like")
    then: Then = required("What follows")
    stop: Switch = key(False, "true: no later rule is looked at")


class AskFor(Section):
    """A fact that the team needs."""

    name: Line = required("What the fact is")
    when: When = key({}, "For which mails; all if left out")
    pattern: Regex = required("Finds the fact in a mail that has it")
    question: ByLanguage = required("What the receipt asks, by language")


class Recurring(Section):
    """A customer who needs a look from time to time."""

    name: Annotated[Line, Field(max_length=80)] = required("What it is about; no two have the same")
    customer: NamedAddress = required("Name and address")
    cron: Cron = required("When: minute, hour, day, month, weekday")
    mailbox: MailboxName = required("Whose matter it is")
    ladder: Annotated[tuple[LadderStep, ...], Field(min_length=1)] = required("Whom to tell, and when")
