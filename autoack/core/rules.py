"""The ops' rules: what they set for a mail, and which facts the receipt asks for (DESIGN section 5).

First to last; all that match apply, and the first to set a thing wins. What a rule takes out of a mail is a
stranger's words: it is put into the ops' text as it is, never read as a template.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from autoack.core import expressions
from autoack.core.expressions import GaveUp
from autoack.core.message import Address, Mail
from autoack.core.plain import in_language, visible_line
from autoack.core.words import fold

_PLACE = re.compile(r"\{(\w+)\}")
_GLOBBED = re.compile(r"[?\[]")  # only `*` has a meaning
_PHONE = re.compile(r"\+?[\d\s()/.-]{4,30}")
_FEWEST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Condition:
    """What a mail must be like; every condition that is given holds."""

    senders: tuple[str, ...] = ()  # addresses or globs, case folded
    recipients: tuple[str, ...] = ()
    subject: str | None = None  # a regular expression
    headers: Mapping[str, str] = field(default_factory=dict)  # regular expressions by name of field
    words: tuple[str, ...] = ()  # beginnings, of all languages: a short mail's language is a guess
    category: str | None = None
    has_attachment: bool | None = None


@dataclass(frozen=True, slots=True)
class CustomerOf:
    """How a rule tells who the customer is: texts in which `{name}` stands for what was found."""

    address: str | None = None
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows where the condition holds; None where nothing is said."""

    name: str
    when: Condition
    extract: Mapping[str, str] = field(default_factory=dict)  # regular expressions by what they find
    customer: CustomerOf | None = None
    channel: str | None = None  # mail | form | voicemail | letter | chat
    receipt: str | None = None  # first | every | never
    category: str | None = None
    priority: str | None = None  # high | normal | low
    notify: tuple[str, ...] | None = None  # roles and ids of people
    policy: str | None = None
    assignee: str | None = None
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that the team needs: what finds it in a mail, and what the receipt asks, by language."""

    name: str
    when: Condition
    pattern: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Who the customer is by the rule of that name. `fault` says why a rule that names an address has none."""

    rule: str
    says_address: bool  # otherwise the sender's stands
    address: str = ""
    name: str | None = None
    phone: str | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that matched: `sets` tells, in the ops' terms, what it alone has set."""

    rule: str
    sets: Mapping[str, str]

    def __str__(self) -> str:
        said = ", ".join(f"{key} {value}" for key, value in self.sets.items())
        return f"rule “{self.rule}”: {said or 'nothing new'}"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What all rules together set; None where none does. `faults` are sentences on what could not be found out."""

    category: str  # the rules', else what the mail was found to be
    says_category: bool = False
    channel: str | None = None
    customer: Named | None = None
    receipt: str | None = None
    priority: str | None = None
    notify: tuple[str, ...] | None = None
    policy: str | None = None
    assignee: str | None = None
    applied: tuple[Applied, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def from_mailbox(self) -> bool:
        """Whether the customer wrote by mail: then the sender is the customer, where no rule says otherwise."""
        return self.channel in (None, "mail")

    @property
    def names_customer(self) -> bool:
        """Whether a rule says who the customer is; a phone number beside the sender's address does not."""
        named = self.customer
        return named is not None and (named.says_address or not self.from_mailbox or named.name is not None)

    def who_set(self, key: str) -> str:
        """The name of the rule that set this; empty where none did."""
        return next((applied.rule for applied in self.applied if key in applied.sets), "")


_SETTABLE = ("channel", "receipt", "priority", "notify", "policy", "assignee")


def apply(mail: Mail, rules: Sequence[Rule], category: str) -> Ruled:
    """What the rules set for this mail; `category` is what its words say."""
    ruled = Ruled(category)
    folded: list[str] = []  # once for all rules
    for rule in rules:
        look = _Look(mail, ruled.category, f"rule “{rule.name}”", folded)
        if not look.holds(rule.when):
            ruled = replace(ruled, faults=(*ruled.faults, *look.faults))
            continue
        ruled = _with(ruled, rule, look)
        if rule.stop:
            break
    return ruled


def unanswered(mail: Mail, questions: Sequence[Question], category: str, language: str) -> tuple[str, ...]:
    """What the receipt asks for: the facts that this mail should have and lacks, in that language.

    A pattern that needs too long asks nothing: who has told it once is not asked again.
    """
    folded: list[str] = []
    return tuple(
        in_language(question.texts, language)
        for question in questions
        if (look := _Look(mail, category, question.name, folded)).holds(question.when)
        and look.lacks(question.pattern)
    )


def _with(ruled: Ruled, rule: Rule, look: "_Look") -> Ruled:
    new: dict[str, object] = {
        key: value
        for key in _SETTABLE
        if getattr(ruled, key) is None and (value := getattr(rule, key)) is not None
    }
    sets = {key: ", ".join(value) if isinstance(value, tuple) else str(value) for key, value in new.items()}
    if rule.category is not None and not ruled.says_category:
        new |= {"category": rule.category, "says_category": True}
        sets["category"] = rule.category
    # A rule that found no address has not said who the customer is: a later one may.
    if rule.customer is not None and (ruled.customer is None or ruled.customer.fault):
        named = _named(rule.name, rule.customer, {**look.found, **look.extract(rule.extract)})
        if ruled.customer is None or not named.fault:
            new["customer"] = named
            sets["customer"] = named.fault or _said(named)
    faults = (*ruled.faults, *look.faults)
    return replace(ruled, **new, applied=(*ruled.applied, Applied(rule.name, sets)), faults=faults)  # type: ignore[arg-type]  # the keys are fields


def _said(named: Named) -> str:
    parts = (named.name, f"<{named.address}>" if named.address else None, named.phone)
    return " ".join(part for part in parts if part) or "the sender"


def _named(rule: str, wanted: CustomerOf, found: Mapping[str, str]) -> Named:
    """The customer as the mail names them: what is no address or no phone number does not count."""
    name = visible_line(_filled(wanted.name or "", found))[:200] or None
    phone = _phone(_filled(wanted.phone or "", found))
    if wanted.address is None:
        return Named(rule, says_address=False, name=name, phone=phone)
    missing = [place for place in _PLACE.findall(wanted.address) if not found.get(place)]
    said = visible_line(_filled(wanted.address, found))
    address = "" if missing else mail_address(said)
    fault = ""
    if missing:
        fault = f"no {{{missing[0]}}} was found in the mail"
    elif not address:
        fault = f"“{said[:80]}” is no mail address"
    return Named(rule, says_address=True, address=address, name=name, phone=phone, fault=fault)


def _filled(text: str, found: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: found.get(place[1], ""), text).strip()


def _phone(text: str) -> str | None:
    text = " ".join(visible_line(text).split())
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
        return text
    return None


_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322 §3.2.3
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[^\W\d_][\w-]{{0,61}}[^\W_]")


def mail_address(text: str) -> str:
    """The mail address in a text that should be one (`mailto:` and `<…>` are taken off); empty where it is none.

    RFC 5321 §4.1.2 without quoted local parts and address literals: in a form these are slips or attacks.
    """
    text = text.strip().rstrip(".,;").removeprefix("mailto:").strip(" <>\"'")
    fits = len(text) <= 254 and len(text.partition("@")[0]) <= 64
    return text if fits and _ADDRESS.fullmatch(text) else ""


class _Look:
    """A look at one mail for one rule: whether it holds, and what its expressions found on the way."""

    def __init__(self, mail: Mail, category: str, name: str, folded: list[str]) -> None:
        self._mail = mail
        self._category = category
        self._name = name
        self._folded = folded
        self.found: dict[str, str] = {}
        self.faults: list[str] = []

    def holds(self, when: Condition) -> bool:
        """Whether every condition that is given holds; the cheap ones are asked first."""
        mail = self._mail
        return (
            (not when.senders or _fits([mail.sender], when.senders))
            and (not when.recipients or _fits(mail.recipients, when.recipients))
            and (when.category is None or when.category == self._category)
            and (when.has_attachment is None or when.has_attachment == bool(mail.attachments))
            and (not when.words or self._has_word(when.words))
            and (when.subject is None or self._finds(when.subject, [mail.subject]))
            and all(self._finds(wanted, mail.headers.all(name)) for name, wanted in when.headers.items())
        )

    def extract(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """What is found in subject and text, by name: the group of that name, else the first."""
        taken: dict[str, str] = {}
        for name, expression in wanted.items():
            found = self._search(expression, self._whole(), lines=True)
            if found is not None:
                taken |= {name: found.first} | found.named
        return taken

    def lacks(self, pattern: str) -> bool:
        """Whether subject and text surely do not have it."""
        found = self._search(pattern, self._whole(), lines=True)
        return found is None and not self.faults

    def _whole(self) -> str:
        return f"{self._mail.subject}\n{self._mail.text}"

    def _has_word(self, beginnings: Sequence[str]) -> bool:
        """Of what the writer wrote: a quoted mail is somebody else's words."""
        if not self._folded:
            self._folded.append(fold(f"{self._mail.subject}\n{self._mail.new_text or self._mail.text}"))
        text = self._folded[0]
        return any(_begins(text, fold(word)) for word in beginnings)

    def _finds(self, expression: str, texts: Sequence[str]) -> bool:
        for text in texts:
            if (found := self._search(expression, text)) is not None:
                self.found |= found.named
                return True
        return False

    def _search(self, expression: str, text: str, *, lines: bool = False) -> expressions.Found | None:
        try:
            return expressions.search(expression, text, lines=lines)
        except GaveUp:
            self.faults.append(f"{self._name}: the expression {expression} needs too long for this mail")
            return None


def _fits(addresses: Sequence[Address], globs: Sequence[str]) -> bool:
    return any(
        fnmatchcase(address.key, _GLOBBED.sub(r"[\g<0>]", glob)) for address in addresses for glob in globs
    )


def _begins(text: str, beginning: str) -> bool:
    """Whether a word of the text begins so."""
    return any(at == 0 or not _is_word(text[at - 1]) for at in _places(text, beginning))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
