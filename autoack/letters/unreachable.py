"""What ops hear of a mailbox that cannot be read: which, since when, why, and that nothing is lost."""

from datetime import datetime

from autoack.core.plain import visible_line
from autoack.letters.alerts import Notice


def unreachable_notice(mailbox: str, folder: str, since: datetime, why: str, language: str) -> Notice:
    """`since` is in the zone in which it is to be read; `why` is what the last attempt said, as the server put it."""
    words = _WORDS.get(language, _WORDS["en"])
    at = f"{since:%Y-%m-%d %H:%M %Z}"
    subject, *lines = (
        line.format(mailbox=mailbox, folder=visible_line(folder), at=at, why=visible_line(why))
        for line in words
    )
    return Notice(subject, lines)


# The subject, then the lines.
_WORDS = {
    "en": (
        "Mailbox {mailbox} cannot be read",
        "The folder {folder} of {mailbox} has been unreadable since {at}.",
        "The last attempt said: {why}",
        "Nothing is lost: what arrives meanwhile is taken in as soon as the server answers again.",
        "To try every connection and see what fails: autoack check.",
    ),
    "hr": (
        "Sandučić {mailbox} nije dostupan",
        "Mapu {folder} sandučića {mailbox} nije moguće čitati od {at}.",
        "Odgovor na posljednji pokušaj: {why}",
        "Ništa nije izgubljeno: što u međuvremenu stigne, preuzet ćemo čim poslužitelj ponovno odgovori.",
        "Naredba autoack check provjerava sve veze i pokazuje što ne radi.",
    ),
    "sr-Latn": (
        "Sanduče {mailbox} nije dostupno",
        "Fasciklu {folder} sandučeta {mailbox} nije moguće čitati od {at}.",
        "Odgovor na poslednji pokušaj: {why}",
        "Ništa nije izgubljeno: što u međuvremenu stigne, preuzećemo čim server ponovo odgovori.",
        "Naredba autoack check proverava sve veze i pokazuje šta ne radi.",
    ),
    "sr-Cyrl": (
        "Сандуче {mailbox} није доступно",
        "Фасциклу {folder} сандучета {mailbox} није могуће читати од {at}.",
        "Одговор на последњи покушај: {why}",
        "Ништа није изгубљено: што у међувремену стигне, преузећемо чим сервер поново одговори.",
        "Наредба autoack check проверава све везе и показује шта не ради.",
    ),
    "hu": (
        "Nem olvasható postafiók: {mailbox}",
        "{at} óta nem olvasható ez a mappa: {folder} (postafiók: {mailbox}).",
        "A legutóbbi próbálkozás eredménye: {why}",
        "Semmi sem vész el: ami időközben érkezik, azt feldolgozzuk, amint a kiszolgáló újra válaszol.",
        "Az autoack check parancs minden kapcsolatot kipróbál, és megmutatja, melyik hibás.",
    ),
}
