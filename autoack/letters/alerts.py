"""Alerts for ops as outbox rows, one for each person of `alerts.to`, each trouble under a key of its own."""

from collections.abc import Callable
from datetime import date, datetime

from autoack.core.delivery import CHANNEL, MailKind, Outgoing
from autoack.core.orders import Refused
from autoack.core.ours import message_id
from autoack.core.plain import visible_line
from autoack.core.policy import Desk, Mailbox
from autoack.core.storm import Storm
from autoack.letters.compose import Composer
from autoack.letters.notice import Notice
from autoack.letters.refusal import refusal_notice
from autoack.letters.short import short_alert
from autoack.letters.times import duration, moment, standing_alone


def alert_rows(
    desk: Desk,
    composer: Composer,
    name: str,
    through: Mailbox,
    notice: Callable[[str], Notice],
    *,
    salt: str,
    now: datetime,
) -> list[Outgoing]:
    """The alerts of that name, sent by the server of `through`, and by the channels of `alerts.channels`.

    `notice` gives the words in a language; a channel gets the subject alone, in that of the first person.
    """
    rows = []
    for person in (desk.people[name] for name in desk.alerts.to):
        key = f"{MailKind.ALERT}:{name}:{person.id}"
        subject, lines = notice(person.language)
        identifier = message_id(key, through.domain, salt)
        letter = composer.alert(person, through, subject, lines, message_id=identifier, now=now)
        rows.append(
            Outgoing(
                key=key,
                kind=MailKind.ALERT,
                mailbox=through.id,
                to=letter.to,
                message_id=letter.message_id,
                raw=letter.raw,
                created_at=now,
                next_at=now,
            )
        )
    return rows + _by_channels(desk, name, through, notice, salt, now)


def _by_channels(
    desk: Desk, name: str, through: Mailbox, notice: Callable[[str], Notice], salt: str, now: datetime
) -> list[Outgoing]:
    rows = []
    for channel in desk.alerts.channels:
        key = f"{MailKind.ALERT}:{name}:{CHANNEL}{channel}"
        language = desk.people[desk.alerts.to[0]].language
        at = standing_alone(moment(now, desk.organisation.zone, language, now))
        rows.append(
            Outgoing(
                key=key,
                kind=MailKind.ALERT,
                mailbox=f"{CHANNEL}{channel}",
                to=channel,
                message_id=message_id(key, through.domain, salt),
                raw=short_alert(visible_line(notice(language).subject), at),
                created_at=now,
                next_at=now,
            )
        )
    return rows


def storm_rows(
    desk: Desk, composer: Composer, mailbox: Mailbox, storm: Storm, *, salt: str, now: datetime
) -> list[Outgoing]:
    """The alerts that say that receipts of this mailbox are held back."""

    def notice(language: str) -> Notice:
        words = _STORM.get(language, _STORM["en"])
        facts = {
            "mailbox": mailbox.id,
            "address": mailbox.address,
            "limit": mailbox.storm.receipts,
            "within": duration(mailbox.storm.within, language),
            "at": moment(storm.since, desk.organisation.zone, language, now),
        }
        subject, *lines = (line.format(**facts) for line in words)
        return Notice(subject, lines)

    name = f"storm:{mailbox.id}:{storm.since.isoformat(timespec='seconds')}"
    return alert_rows(desk, composer, name, mailbox, notice, salt=salt, now=now)


def refused_rows(
    desk: Desk, composer: Composer, mailbox: Mailbox, refused: Refused, day: date, *, salt: str, now: datetime
) -> list[Outgoing]:
    """The alerts that say that a command by mail came without proof: one a day and mailbox."""

    def notice(language: str) -> Notice:
        return refusal_notice(mailbox, refused, language)

    return alert_rows(
        desk, composer, f"refused:{mailbox.id}:{day.isoformat()}", mailbox, notice, salt=salt, now=now
    )


# The subject, then the lines.
_STORM = {
    "en": (
        "Receipts for {mailbox} are held back",
        "More than {limit} receipts within {within} were due for {address}. Any more are held back; this began {at}.",
        "Emails are still recorded, and deadlines and reminders go on as usual.",
        "The receipts go out by themselves after {within} without too many. Those that are too late by then are "
        "dropped, with that reason on record.",
        "To let them go now: autoack resume {mailbox}. To keep them back: autoack pause {mailbox}. "
        "To see them: autoack outbox.",
    ),
    "hr": (
        "Potvrde za {mailbox} su zadržane",
        "U roku od {within} trebalo je poslati više od {limit} potvrda za {address}. Zato nove potvrde "
        "zadržavamo; to je počelo {at}.",
        "Poruke se i dalje bilježe, rokovi teku, a podsjetnici se šalju kao i inače.",
        "Potvrde će otići same kada prođe {within} bez prekoračenja. One koje dotad zakasne odbacuju se, a taj se "
        "razlog bilježi.",
        "Odmah ih šalje naredba autoack resume {mailbox}, i dalje ih zadržava autoack pause {mailbox}, a pokazuje "
        "ih autoack outbox.",
    ),
    "sr-Latn": (
        "Potvrde za {mailbox} su zadržane",
        "U roku od {within} trebalo je poslati više od {limit} potvrda za {address}. Zato nove potvrde "
        "zadržavamo; to je počelo {at}.",
        "Poruke se i dalje beleže, rokovi teku, a podsetnici se šalju kao i inače.",
        "Potvrde će otići same kada prođe {within} bez prekoračenja. One koje do tada zakasne odbacuju se, a taj "
        "razlog se beleži.",
        "Odmah ih šalje naredba autoack resume {mailbox}, i dalje ih zadržava autoack pause {mailbox}, a pokazuje "
        "ih autoack outbox.",
    ),
    "sr-Cyrl": (
        "Потврде за {mailbox} су задржане",
        "У року од {within} требало је послати више од {limit} потврда за {address}. Зато нове потврде "
        "задржавамо; то је почело {at}.",
        "Поруке се и даље бележе, рокови теку, а подсетници се шаљу као и иначе.",
        "Потврде ће отићи саме када прође {within} без прекорачења. Оне које до тада закасне одбацују се, а тај "
        "разлог се бележи.",
        "Одмах их шаље наредба autoack resume {mailbox}, и даље их задржава autoack pause {mailbox}, а показује "
        "их autoack outbox.",
    ),
    "hu": (
        "Visszatartott visszaigazolások: {mailbox}",
        "{within} alatt több mint {limit} visszaigazolást kellett volna küldeni ({address}). A továbbiakat "
        "visszatartjuk; ez {at} kezdődött.",
        "A leveleket ettől még rögzítjük, a határidők és az emlékeztetők változatlanul futnak.",
        "A visszaigazolások maguktól elmennek, ha {within} túllépés nélkül telik el. Amelyik addigra elkésik, azt "
        "ezzel az indokkal elvetjük.",
        "Küldés azonnal: autoack resume {mailbox}. További visszatartás: autoack pause {mailbox}. "
        "Megtekintés: autoack outbox.",
    ),
}
