"""Short messages for channels: reference and times, never a customer's words, name or address.

The first line is the title, the others are the text; UTF-8.
"""

from collections.abc import Mapping, Sequence

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.letters.recurring_values import is_about_recurring
from autoack.letters.reminder_values import ReminderFacts, absences
from autoack.letters.times import moment, waited_short

_LISTED = 15  # references; the others are counted
_NAMES = {MailKind.NOTICE: "news", MailKind.ASSIGNMENT: "assigned", MailKind.BOUNCED: "bounced"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "hr": {
        "waits": "{ref}: čeka odgovor već {waited}",
        "news": "{ref}: nova poruka koja traži Vašu pozornost",
        "assigned": "{ref}: upit je dodijeljen Vama",
        "bounced": "{ref}: naša poruka korisniku vraćena je kao neisporučena",
        "follow_up": "{ref}: obećali smo ponovno se javiti otprilike sada",
        "care": "{ref}: vrijeme je da se javimo korisniku",
        "undone": "{ref}: korisniku se već {waited} nitko nije javio",
        "due": "Rok za odgovor: {due}.",
        "instead_of": "Stiže Vama zbog odsutnosti: {away}.",
        "list": "Podsjetnici: {count}",
        "further": "i još {count}",
    },
    "sr-Latn": {
        "waits": "{ref}: čeka odgovor već {waited}",
        "news": "{ref}: nova poruka koja traži Vašu pažnju",
        "assigned": "{ref}: upit je dodeljen Vama",
        "bounced": "{ref}: naša poruka korisniku vraćena je kao neisporučena",
        "follow_up": "{ref}: obećali smo da se ponovo javimo otprilike sada",
        "care": "{ref}: vreme je da se javimo korisniku",
        "undone": "{ref}: korisniku se već {waited} niko nije javio",
        "due": "Rok za odgovor: {due}.",
        "instead_of": "Stiže Vama zbog odsustva: {away}.",
        "list": "Podsetnici: {count}",
        "further": "i još {count}",
    },
    "sr-Cyrl": {
        "waits": "{ref}: чека одговор већ {waited}",
        "news": "{ref}: нова порука која тражи Вашу пажњу",
        "assigned": "{ref}: упит је додељен Вама",
        "bounced": "{ref}: наша порука кориснику враћена је као неиспоручена",
        "follow_up": "{ref}: обећали смо да се поново јавимо отприлике сада",
        "care": "{ref}: време је да се јавимо кориснику",
        "undone": "{ref}: кориснику се већ {waited} нико није јавио",
        "due": "Рок за одговор: {due}.",
        "instead_of": "Стиже Вама због одсуства: {away}.",
        "list": "Подсетници: {count}",
        "further": "и још {count}",
    },
    "hu": {
        "waits": "{ref}: {waited} óta vár válaszra",
        "news": "{ref}: új levél, amely az Ön figyelmét kéri",
        "assigned": "{ref}: az ügy mostantól az Öné",
        "bounced": "{ref}: az ügyfélnek küldött levelünk kézbesíthetetlenül visszajött",
        "follow_up": "{ref}: körülbelül mostanra ígértük, hogy ismét jelentkezünk",
        "care": "{ref}: ideje jelentkezni egy ügyfélnél",
        "undone": "{ref}: {waited} óta senki sem jelentkezett az ügyfélnél",
        "due": "A válasz határideje: {due}.",
        "instead_of": "Távollét miatt Ön kapja: {away}.",
        "list": "Emlékeztetők: {count}",
        "further": "és még {count}",
    },
    "en": {
        "waits": "{ref}: no answer for {waited}",
        "news": "{ref}: a new message that needs your attention",
        "assigned": "{ref}: this matter is yours now",
        "bounced": "{ref}: our mail to the customer came back undelivered",
        "follow_up": "{ref}: we promised to come back about now",
        "care": "{ref}: time to get in touch with a customer",
        "undone": "{ref}: nobody has been in touch for {waited}",
        "due": "Answer due: {due}.",
        "instead_of": "This comes to you because of an absence: {away}.",
        "list": "Reminders: {count}",
        "further": "and {count} more",
    },
}


def short_reminder(facts: ReminderFacts) -> bytes:
    """A reminder, an escalation or a notice, in the person's language."""
    return _message([_title(facts), *_times(facts)])


def short_list(facts: Sequence[ReminderFacts]) -> bytes:
    """Many of them, the most urgent first."""
    words = _words(facts[0])
    lines = [_title(one) for one in facts[:_LISTED]]
    if len(facts) > _LISTED:
        lines.append(words["further"].format(count=len(facts) - _LISTED))
    return _message([words["list"].format(count=len(facts)), *lines])


def short_alert(subject: str, at: str) -> bytes:
    """What tells ops that something needs them: what, and when; the rest stands in the mail."""
    return _message([subject, at])


def _title(facts: ReminderFacts) -> str:
    words = _words(facts)
    name = _NAMES.get(facts.kind, "follow_up" if facts.step == FOLLOW_UP else "waits")
    if is_about_recurring(facts):
        name = "care" if facts.kind is MailKind.NOTICE else "undone"
    length = waited_short(facts.waited, facts.person.language)
    return words[name].format(ref=facts.thread.ref, waited=length)


def _times(facts: ReminderFacts) -> list[str]:
    words, language, now = _words(facts), facts.person.language, facts.now
    zone, due = facts.mailbox.policy.calendar.zone, facts.thread.promised_at
    lines = [words["due"].format(due=moment(due, zone, language, now))] if due else []
    if facts.instead_of:
        away = absences(facts.instead_of, language, now.astimezone(zone).date())
        lines.append(words["instead_of"].format(away=away))
    return lines


def _words(facts: ReminderFacts) -> Mapping[str, str]:
    return _WORDS.get(facts.person.language, _WORDS["en"])


def _message(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode("utf-8", "replace")
