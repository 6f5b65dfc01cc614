"""What the lead hears of a command by mail that was refused: who asked, for what, and why nothing was done."""

from collections.abc import Mapping

from autoack.core.commands import Verb
from autoack.core.orders import Refused
from autoack.core.plain import shortened, visible_line
from autoack.core.policy import Mailbox
from autoack.letters.notice import Notice

_LONGEST = 100  # characters of a sender's address


def refusal_notice(mailbox: Mailbox, refused: Refused, language: str) -> Notice:
    """The words for this refusal in this language."""
    words = _WORDS.get(language, _WORDS["en"])
    facts = {
        "mailbox": mailbox.id,
        "address": mailbox.address,
        "sender": shortened(visible_line(refused.sender), _LONGEST) or words["nobody"],
        "command": _COMMANDS.get(language, _COMMANDS["en"])[refused.command.verb],
        "person": visible_line(refused.person.name) if refused.person else "",
    }
    lines = (words[name].format(**facts) for name in ("asked", "who", refused.reason, "counts", "further"))
    return Notice(words["subject"].format(**facts), tuple(lines))


# As a person of that language would write them (core.commands).
_COMMANDS: Mapping[str, Mapping[Verb, str]] = {
    "en": {
        Verb.CLOSE: "close", Verb.REOPEN: "reopen", Verb.SNOOZE: "snooze", Verb.ASSIGN: "assign",
        Verb.MINE: "mine", Verb.NOT_CUSTOMER: "not a customer", Verb.NOTE: "note", Verb.AWAY: "away",
    },
    "hr": {
        Verb.CLOSE: "zatvori", Verb.REOPEN: "ponovno otvori", Verb.SNOOZE: "odgodi", Verb.ASSIGN: "dodijeli",
        Verb.MINE: "moje", Verb.NOT_CUSTOMER: "nije korisnik", Verb.NOTE: "bilješka", Verb.AWAY: "odsutan do",
    },
    "sr-Latn": {
        Verb.CLOSE: "zatvori", Verb.REOPEN: "ponovo otvori", Verb.SNOOZE: "odloži", Verb.ASSIGN: "dodeli",
        Verb.MINE: "moje", Verb.NOT_CUSTOMER: "nije korisnik", Verb.NOTE: "beleška", Verb.AWAY: "odsutan do",
    },
    "sr-Cyrl": {
        Verb.CLOSE: "затвори", Verb.REOPEN: "поново отвори", Verb.SNOOZE: "одложи", Verb.ASSIGN: "додели",
        Verb.MINE: "моје", Verb.NOT_CUSTOMER: "није корисник", Verb.NOTE: "белешка", Verb.AWAY: "одсутан до",
    },
    "hu": {
        Verb.CLOSE: "lezárás", Verb.REOPEN: "újranyitás", Verb.SNOOZE: "halasztás", Verb.ASSIGN: "felelős",
        Verb.MINE: "enyém", Verb.NOT_CUSTOMER: "nem ügyfél", Verb.NOTE: "megjegyzés", Verb.AWAY: "távol",
    },
}  # fmt: skip

# The causes stand under the reasons of core.orders.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "A command by email to {mailbox} was refused",
        "asked": "An email to {address} asked for something that only somebody on the team may ask for. Nothing was "
        "done.",
        "who": "Sender: {sender}\nCommand: “{command}”",
        "nobody": "none given",
        "stranger": "Why it was refused: nobody on the team has this address.",
        "no-proof": "Why it was refused: the email names {person} as its sender, but it is not a reply to an "
        "email that was sent to {person}, and it carries no code from one of our links. A sender’s name and "
        "address can be forged, so they prove nothing by themselves.",
        "dmarc": "Why it was refused: the email failed the DMARC check of its sender’s domain, so the sender may be "
        "forged.",
        "counts": "A command counts only in a reply to an email that autoack sent to that very person, or through a "
        "link in such an email. If a colleague wrote it, please ask them to reply to their own reminder.",
        "further": "Further ones today are not reported: you find them in the timelines (autoack show) and in the "
        "log.",
    },
    "hr": {
        "subject": "Odbijena naredba iz e-pošte: {mailbox}",
        "asked": "U poruci poslanoj na {address} traži se nešto što smije tražiti samo osoba iz tima. Ništa nije "
        "učinjeno.",
        "who": "Pošiljatelj: {sender}\nNaredba: „{command}”",
        "nobody": "nije naveden",
        "stranger": "Zašto je odbijena: nitko iz tima nema tu adresu.",
        "no-proof": "Zašto je odbijena: kao pošiljatelj navedena je osoba iz tima ({person}), ali poruka nije odgovor "
        "ni na jednu poruku koju smo toj osobi poslali i ne sadrži sigurnosni kod iz poveznice. Ime i "
        "adresa pošiljatelja mogu se krivotvoriti, pa sami nisu dokaz.",
        "dmarc": "Zašto je odbijena: poruka nije prošla provjeru DMARC za domenu pošiljatelja, pa je pošiljatelj "
        "možda lažan.",
        "counts": "Naredba vrijedi samo u odgovoru na poruku koju je autoack poslao upravo tom pošiljatelju ili preko "
        "poveznice iz takve poruke. Ako je naredbu napisao netko iz tima, zamolite ga da odgovori na svoj podsjetnik.",
        "further": "Bude li danas još odbijenih naredbi, nećemo ih javljati: zapisane su u tijeku upita (naredba "
        "autoack show) i u dnevniku programa.",
    },
    "sr-Latn": {
        "subject": "Odbijena naredba iz e-pošte: {mailbox}",
        "asked": "U poruci poslatoj na {address} traži se nešto što sme da traži samo osoba iz tima. Ništa nije "
        "urađeno.",
        "who": "Pošiljalac: {sender}\nNaredba: „{command}“",
        "nobody": "nije naveden",
        "stranger": "Zašto je odbijena: niko iz tima nema tu adresu.",
        "no-proof": "Zašto je odbijena: kao pošiljalac je navedena osoba iz tima ({person}), ali poruka nije odgovor "
        "ni na jednu poruku koju smo toj osobi poslali i ne sadrži bezbednosni kod iz linka. Ime i adresa "
        "pošiljaoca mogu da se falsifikuju, pa sami nisu dokaz.",
        "dmarc": "Zašto je odbijena: poruka nije prošla DMARC proveru za domen pošiljaoca, pa je pošiljalac možda "
        "lažan.",
        "counts": "Naredba važi samo u odgovoru na poruku koju je autoack poslao upravo tom pošiljaocu ili preko linka "
        "iz takve poruke. Ako je naredbu napisao neko iz tima, zamolite ga da odgovori na svoj podsetnik.",
        "further": "Ako danas bude još odbijenih naredbi, nećemo ih javljati: zapisane su u toku upita (naredba "
        "autoack show) i u dnevniku programa.",
    },
    "sr-Cyrl": {
        "subject": "Одбијена наредба из е-поште: {mailbox}",
        "asked": "У поруци послатој на {address} тражи се нешто што сме да тражи само особа из тима. Ништа није "
        "урађено.",
        "who": "Пошиљалац: {sender}\nНаредба: „{command}“",
        "nobody": "није наведен",
        "stranger": "Зашто је одбијена: нико из тима нема ту адресу.",
        "no-proof": "Зашто је одбијена: као пошиљалац је наведена особа из тима ({person}), али порука није одговор "
        "ни на једну поруку коју смо тој особи послали и не садржи безбедносни код из линка. Име и адреса "
        "пошиљаоца могу да се фалсификују, па сами нису доказ.",
        "dmarc": "Зашто је одбијена: порука није прошла DMARC проверу за домен пошиљаоца, па је пошиљалац можда "
        "лажан.",
        "counts": "Наредба важи само у одговору на поруку коју је autoack послао управо том пошиљаоцу или преко линка "
        "из такве поруке. Ако је наредбу написао неко из тима, замолите га да одговори на свој подсетник.",
        "further": "Ако данас буде још одбијених наредби, нећемо их јављати: записане су у току упита (наредба "
        "autoack show) и у дневнику програма.",
    },
    "hu": {
        "subject": "Elutasított levélbeli parancs: {mailbox}",
        "asked": "Egy levél (címzett: {address}) olyasmit kért, amit csak a csapat tagja kérhet. Nem történt semmi.",
        "who": "Feladó: {sender}\nParancs: „{command}”",
        "nobody": "nincs megadva",
        "stranger": "Az elutasítás oka: ez a cím a csapat egyik tagjához sem tartozik.",
        "no-proof": "Az elutasítás oka: a levél feladójaként {person} szerepel, de a levél nem válasz egyik neki "
        "küldött levelünkre sem, és hivatkozásból származó kód sincs benne. A feladó neve és címe hamisítható, így "
        "önmagában nem bizonyíték.",
        "dmarc": "Az elutasítás oka: a levél nem ment át a feladó tartományának DMARC-ellenőrzésén, így a feladó "
        "hamis lehet.",
        "counts": "A parancs csak akkor érvényes, ha az illető olyan levélre válaszol vele, amelyet az autoack neki "
        "küldött, vagy az abban lévő hivatkozást használja. Ha munkatársa írta, kérje meg, hogy a saját "
        "emlékeztetőjére válaszoljon.",
        "further": "A mai további esetekről nem küldünk értesítést: az idővonalakon (autoack show) és a naplóban "
        "láthatók.",
    },
}
