"""Separates what a writer added from the mail they quote and from their signature.

Clients mark a quotation with `>`, with a line that says who wrote when, with a separator, or with a block of
header fields; each in the language of its user. First form: hr, sr, hu, en, de, and common neighbours.
"""

import re
from typing import NamedTuple


class Letter(NamedTuple):
    """The parts of a text: the writer's own words, and their signature."""

    new_text: str
    signature: str


# "wrote", where it ends an attribution: what may follow is a gender form, a date or an address.
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|napisa[lo]|написа[ол]|piše|пише|írta|"
    r"a écrit|ha scritto|escribió|escreveu|a scris|napsal|napísal)[^\n]{0,120}:\s*$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\d{4}|\d{1,2}[.:/]\s?\d{1,2}|<?\S+@\S+>?")
# How the first line of an attribution begins, where it is wrapped over several.
_BEGINS = re.compile(
    r"(?:On|Dana|Дана|Am|Le|Dňa|Dne|Oseba|El|Il|Em|Pe|W dniu|"
    r"(?:pon|uto|sri|čet|pet|sub|ned|sre|пон|уто|сре|чет|пет|суб|нед|h|k|sze|cs|p|szo|v|po|út|st|čt|pá|"
    r"so|ne)[.,]|"
    r"\d{4}[.-]|\d{1,2}[./])\s?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[-_*]{2,}\s*(?:Original Message|Original Appointment|Reply Message|Izvorna poruka|Izvorni e-mail|"
    r"Originalna poruka|Originalni mail|Prvotno sporočilo|Izvirno sporočilo|Изворна порука|Оригинална порука|"
    r"Eredeti üzenet|Eredeti levél|Ursprüngliche Nachricht|Originalnachricht|Message d'origine|"
    r"Messaggio originale|Mensaje original|Původní zpráva|Wiadomość oryginalna)\s*[-_*]*\s*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(?:[-_*]{2,}\s*(?:Forwarded message|Proslijeđena poruka|Prosleđena poruka|Прослеђена порука|"
    r"Továbbított üzenet|Weitergeleitete Nachricht|Posredovano sporočilo)\b"
    r"|(?:Begin forwarded message|Započni prosljeđivanje poruke|Proslijeđena poruka|Prosleđena poruka|"
    r"Továbbított levél|Anfang der weitergeleiteten Nachricht)\s*:\s*$)",
    re.IGNORECASE,
)
# Header fields as Outlook and others write them above a quoted mail.
_FROM = re.compile(
    r"[*\s]*(?:From|Od|Šalje|Pošiljatelj|Pošiljalac|Од|Шаље|Пошиљалац|Feladó|Von|De|Da)\s*:[*\s]*\S"
)
_FIELD = re.compile(
    r"[*\s]*(?:Sent|Date|To|Cc|Subject|Poslano|Poslato|Datum|Za|Prima|Primatelj|Predmet|Tema|Послато|"
    r"Датум|За|Прима|"
    r"Предмет|Тема|Elküldve|Dátum|Címzett|Tárgy|Másolatot kap|Gesendet|An|Betreff|Kome|Коме)\s*:",
)
_RULE = re.compile(r"[_-]{20,}\s*$")  # Outlook on the web draws one above the header fields
_MARKS = frozenset(">-_* \t")
_MOBILE = re.compile(
    r"(?:Sent from my |Sent from (?:Mail|Outlook|Yahoo|Proton)|Get Outlook for |"
    r"Poslano s (?:mog|mojeg|iPhone)|Poslano (?:iz|putem|sa) |Poslato (?:sa|iz|preko|putem) |"
    r"Послато (?:са|из|преко) |Von meinem .{2,40} gesendet|Gesendet (?:von|mit) |"
    r"Elküldve .{0,30}-(?:ról|ről|ból|ből|omról)|"
    r"Küldve: |.{2,20}-(?:om|em|öm)?r[óő]l küldve|Skickat från |Envoyé de )",
    re.IGNORECASE,
)
# A courteous close; what stands below it is the signature.
_CLOSE = re.compile(
    r"(?:s (?:poštovanjem|štovanjem)|sa poštovanjem|srdačan pozdrav|srdačno|lij?epi? pozdrav|"
    r"(?:puno )?pozdrav(?:i)?|lp|с поштовањем|срдачан поздрав|леп поздрав|поздрав|"
    r"üdvözlettel|tisztelettel|szívélyes üdvözlettel|köszönettel|üdv|"
    r"(?:best|kind|warm|many)?\s?regards|best(?: wishes)?|cheers|sincerely(?: yours)?|"
    r"yours (?:sincerely|faithfully|truly)|"
    r"mit freundlichen grüßen|freundliche grüße|viele grüße|mfg|lg)\s*[,.!:]*\s*$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"\bP\.? ?S\b|\bП\.? ?С\b|\bU\.?i\.\s")
_LONGEST_SIGNATURE = 10  # lines below a close; more is text that goes on


def split_letter(text: str) -> Letter:
    """The writer's own words and their signature, both stripped of the empty lines around them."""
    own, forwarded = _without_quotes(text.split("\n"))
    new_text, signature = _cut_signature(own)
    if not new_text and forwarded:
        # Somebody who forwards without a word means what they forward.
        new_text = "\n".join(forwarded).strip()
    return Letter(new_text, signature)


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines that are nobody else's, and those of a mail that is explicitly forwarded."""
    own: list[str] = []
    start = 0
    # Most lines of most mails are plain text; only these can be marks of a quotation.
    for i in [i for i, line in enumerate(lines) if ":" in line or line[:1] in _MARKS]:
        own += lines[start:i]
        start, line = i + 1, lines[i]
        if line.lstrip().startswith(">"):
            continue
        if _FORWARD.match(line):
            return own, lines[start:]
        if _SEPARATOR.match(line) or _is_header(lines, i):
            return own, []
        if line.rstrip().endswith(":") and (width := _attribution(own, line.rstrip())):
            del own[len(own) - width + 1 :]
            if not _quote_follows(lines, start):
                return own, []
        else:
            own.append(line)
    return own + lines[start:], []


def _attribution(before: list[str], line: str) -> int:
    """How many lines an attribution that ends here takes, for clients wrap them; 0 where it is none."""
    joined = line.strip()
    for width in (1, 2, 3):
        if _BEGINS.match(joined) and _WROTE.search(joined) and _WHEN.search(joined):
            return width
        if len(before) < width or not before[-width].strip():
            break
        joined = f"{before[-width].strip()} {joined}"
    return 1 if "@" in line and _WROTE.search(line) else 0


def _quote_follows(lines: list[str], i: int) -> bool:
    for line in lines[i : i + 4]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _is_header(lines: list[str], i: int) -> bool:
    """Whether a block of header fields begins at this line, perhaps below a rule."""
    if _RULE.match(lines[i]):
        i += 1
        while i < len(lines) and not lines[i].strip():
            i += 1
    if i >= len(lines) or not _FROM.match(lines[i]):
        return False
    return sum(1 for line in lines[i + 1 : i + 7] if _FIELD.match(line)) >= 2


def _cut_signature(own: list[str]) -> Letter:
    for mark in ("-- ", "--"):  # RFC 3676 §4.3; some clients lose the space
        if mark in own:
            i = own.index(mark)
            return Letter("\n".join(own[:i]).strip(), "\n".join(own[i + 1 :]).strip())
    start = _find_signature(own)
    return Letter("\n".join(own[:start]).strip(), "\n".join(own[start:]).strip())


def _find_signature(own: list[str]) -> int:
    """Where the signature begins; a postscript or a question below a close is still the letter."""
    filled = 0
    for i in range(len(own) - 1, -1, -1):
        line = own[i].strip()
        if not line:
            continue
        filled += 1
        if filled > _LONGEST_SIGNATURE + 1:
            break
        if _MOBILE.match(line):
            return _find_signature(own[:i])
        if len(line) < 40 and _CLOSE.match(line):
            below = "\n".join(own[i + 1 :])
            return len(own) if "?" in below or _POSTSCRIPT.search(below) else i
    return len(own)
