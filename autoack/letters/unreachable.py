"""What ops hear of a mailbox that cannot be read: which, since when, why, and that nothing is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

from autoack.core.plain import visible_line
from autoack.letters.notice import Notice
from autoack.letters.times import moment


def unreachable_notice(
    mailbox: str, folder: str, why: str, since: datetime, zone: ZoneInfo, now: datetime, language: str
) -> Notice:
    """`why` is what the last attempt said, as server or program put it; `since` is told in `zone`."""
    words = _WORDS.get(language, _WORDS["en"])
    at = moment(since, zone, language, now)
    subject, *lines = (
        line.format(mailbox=mailbox, folder=visible_line(folder), at=at, why=visible_line(why))
        for line in words
    )
    return Notice(subject, lines)


# The subject, then the lines.
_WORDS = {
    "en": (
        "Mailbox {mailbox} cannot be read",
        "The folder {folder} of {mailbox} cannot be read. The first attempt failed {at}.",
        "The last attempt failed with this message from the server or the program: “{why}”",
        "Nothing is lost: what arrives meanwhile is taken in as soon as the server answers again.",
        "To try every connection and see what fails: autoack check.",
    ),
    "hr": (
        "Sandučić {mailbox} nije dostupan",
        "Mapu {folder} sandučića {mailbox} nije moguće čitati. Prvi neuspjeli pokušaj bio je {at}.",
        "Odgovor poslužitelja ili programa na posljednji pokušaj, u izvorniku: „{why}”",
        "Ništa nije izgubljeno: ono što u međuvremenu stigne preuzet ćemo čim poslužitelj ponovno odgovori.",
        "Naredba autoack check provjerava sve veze i pokazuje što ne radi.",
    ),
    "sr-Latn": (
        "Sanduče {mailbox} nije dostupno",
        "Fasciklu {folder} sandučeta {mailbox} nije moguće čitati. Prvi neuspeli pokušaj bio je {at}.",
        "Odgovor servera ili programa na poslednji pokušaj, u originalu: „{why}“",
        "Ništa nije izgubljeno: ono što u međuvremenu stigne preuzećemo čim server ponovo odgovori.",
        "Naredba autoack check proverava sve veze i pokazuje šta ne radi.",
    ),
    "sr-Cyrl": (
        "Сандуче {mailbox} није доступно",
        "Фасциклу {folder} сандучета {mailbox} није могуће читати. Први неуспели покушај био је {at}.",
        "Одговор сервера или програма на последњи покушај, у оригиналу: „{why}“",
        "Ништа није изгубљено: оно што у међувремену стигне преузећемо чим сервер поново одговори.",
        "Наредба autoack check проверава све везе и показује шта не ради.",
    ),
    "hu": (
        "Nem olvasható postafiók: {mailbox}",
        "Nem olvasható ez a mappa: {folder} (postafiók: {mailbox}). Az első kísérlet {at} hiúsult meg.",
        "A kiszolgáló vagy a program üzenete a legutóbbi kísérletnél, eredetiben: „{why}”",
        "Semmi sem vész el: ami időközben érkezik, azt feldolgozzuk, amint a kiszolgáló újra válaszol.",
        "Az autoack check parancs minden kapcsolatot kipróbál, és megmutatja, melyik hibás.",
    ),
}
