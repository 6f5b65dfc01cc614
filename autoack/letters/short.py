"""Short messages for channels: reference, stars and times, never a customer's words, name or address.

The first line is the title, the others are the text; UTF-8.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.recipients import Away, Reached
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
        "follow_up": "{ref}: obećali smo da ćemo se otprilike sada ponovno javiti",
        "care": "{ref}: vrijeme je da se javimo korisniku",
        "undone": "{ref}: korisniku se već {waited} nitko nije javio",
        "low": "{ref}: niska ocjena ({stars}/5)",
        "high": "{ref}: pohvala ({stars}/5)",
        "praise": "{ref}: pohvala korisnika",
        "received": "Stiglo: {at}.",
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
        "follow_up": "{ref}: obećali smo da ćemo se otprilike sada ponovo javiti",
        "care": "{ref}: vreme je da se javimo korisniku",
        "undone": "{ref}: korisniku se već {waited} niko nije javio",
        "low": "{ref}: niska ocena ({stars}/5)",
        "high": "{ref}: pohvala ({stars}/5)",
        "praise": "{ref}: pohvala korisnika",
        "received": "Stiglo: {at}.",
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
        "follow_up": "{ref}: обећали смо да ћемо се отприлике сада поново јавити",
        "care": "{ref}: време је да се јавимо кориснику",
        "undone": "{ref}: кориснику се већ {waited} нико није јавио",
        "low": "{ref}: ниска оцена ({stars}/5)",
        "high": "{ref}: похвала ({stars}/5)",
        "praise": "{ref}: похвала корисника",
        "received": "Стигло: {at}.",
        "due": "Рок за одговор: {due}.",
        "instead_of": "Стиже Вама због одсуства: {away}.",
        "list": "Подсетници: {count}",
        "further": "и још {count}",
    },
    "hu": {
        "waits": "{ref}: válaszra vár ({waited})",
        "news": "{ref}: új levél, amely az Ön figyelmét kéri",
        "assigned": "{ref}: az ügy mostantól az Öné",
        "bounced": "{ref}: az ügyfélnek küldött levelünk kézbesíthetetlenül visszajött",
        "follow_up": "{ref}: körülbelül mostanra ígértük, hogy ismét jelentkezünk",
        "care": "{ref}: ideje jelentkezni egy ügyfélnél",
        "undone": "{ref}: még senki sem jelentkezett az ügyfélnél ({waited})",
        "low": "{ref}: gyenge értékelés ({stars}/5)",
        "high": "{ref}: dicséret ({stars}/5)",
        "praise": "{ref}: egy ügyfél dicsérete",
        "received": "Érkezett: {at}.",
        "due": "A válasz {due} esedékes.",
        "instead_of": "Helyettesítőként Ön kapja. Távol van: {away}.",
        "list": "Emlékeztetők: {count}",
        "further": "és még {count}",
    },
    "en": {
        "waits": "{ref}: no answer for {waited}",
        "news": "{ref}: a new message that needs your attention",
        "assigned": "{ref}: this matter is yours now",
        "bounced": "{ref}: our mail to the customer came back undelivered",
        "follow_up": "{ref}: we promised to get back to the customer about now",
        "care": "{ref}: time to get in touch with a customer",
        "undone": "{ref}: nobody has been in touch for {waited}",
        "low": "{ref}: low rating ({stars}/5)",
        "high": "{ref}: praise ({stars}/5)",
        "praise": "{ref}: praise from a customer",
        "received": "Received: {at}.",
        "due": "Answer due: {due}.",
        "instead_of": "This comes to you because somebody is away: {away}.",
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


def short_opinion(
    ref: str, stars: str, reached: Reached, *, low: bool, zone: ZoneInfo, now: datetime
) -> bytes:
    """What a customer thinks of us, without a word of theirs; `stars` is "" where it is no rating."""
    language = reached.person.language
    words = _WORDS.get(language, _WORDS["en"])
    name = "low" if low else "high" if stars else "praise"
    lines = [
        words[name].format(ref=ref, stars=stars),
        words["received"].format(at=moment(now, zone, language, now)),
    ]
    if reached.instead_of:
        lines.append(_instead_of(words, reached.instead_of, language, now.astimezone(zone).date()))
    return _message(lines)


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
        lines.append(_instead_of(words, facts.instead_of, language, now.astimezone(zone).date()))
    return lines


def _instead_of(words: Mapping[str, str], away: Sequence[Away], language: str, today: date) -> str:
    return words["instead_of"].format(away=absences(away, language, today))


def _words(facts: ReminderFacts) -> Mapping[str, str]:
    return _WORDS.get(facts.person.language, _WORDS["en"])


def _message(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode("utf-8", "replace")
