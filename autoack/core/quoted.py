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
    r"\b(?:wrote|writes|schrieb|napisa[lo]?|написа[ол]?|piše|пише|írta|"
    r"a écrit|ha scritto|escribió|escreveu|a scris|napsal|napísal|schreef|het volgende geschreven|"
    r"skrev|kirjoitti)[^\n]{0,120}:\s*$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\d{4}|\d{1,2}[.:/]\s?\d{1,2}|<?\S+@\S+>?")
# How the first line of an attribution begins, where it is wrapped over several.
_BEGINS = re.compile(
    r"(?:On|At|Dana|Дана|Na dan|На дан|Am|Le|Dňa|Dne|Oseba|El|Il|Em|Pe|W dniu|Op|Den|"
    r"(?:pon|uto|sri|čet|pet|sub|ned|sre|пон|уто|сре|чет|пет|суб|нед|h|k|sze|cs|p|szo|v|po|út|st|čt|pá|"
    r"so|ne)[.,]|"
    r"\d{4}[.-]|\d{1,2}[./])\s?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*[-_*]{2,}+\s*(?:Original Message|Original Appointment|Reply Message|Izvorna poruka|Izvorni e-mail|"
    r"Originalna poruka|Originalni mail|Prvotno sporočilo|Izvirno sporočilo|Изворна порука|Оригинална порука|"
    r"Eredeti üzenet|Eredeti levél|Ursprüngliche Nachricht|Originalnachricht|Message d'origine|"
    r"Messaggio originale|Mensaje original|Původní zpráva|Wiadomość oryginalna)\s*[-_*]*\s*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\s*(?:[-_*]{2,}+\s*(?:Forwarded message|Proslijeđena poruka|Prosleđena poruka|Прослеђена порука|"
    r"Továbbított (?:üzenet|levél)|Weitergeleitete Nachricht|Posredovano sporočilo)\b"
    r"|(?:Begin forwarded message|Započni prosljeđivanje poruke|Proslijeđena poruka|Prosleđena poruka|"
    r"Прослеђена порука|Továbbított (?:üzenet|levél)|Anfang der weitergeleiteten Nachricht|"
    r"Weitergeleitete Nachricht)\s*:\s*$)",
    re.IGNORECASE,
)
# Header fields as Outlook and others write them above a quoted mail.
_FROM = re.compile(
    r"[*\s]*(?:From|Od|Šalje|Pošiljatelj|Pošiljalac|Од|Шаље|Пошиљалац|Feladó|Von|De|Da|Van|Från|Fra|"
    r"Lähettäjä|От|Από)\s*:[*\s]*\S"
)
_FIELD = re.compile(
    r"[*\s]*(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Od|Šalje|Шаље|Poslano|Poslato|Datum|Za|Prima|Primatelj|Kopija|"
    r"Predmet|Tema|Naslov|Kome|Од|Послато|Датум|За|Прима|Копија|Предмет|Тема|Наслов|Коме|"
    r"Feladó|Elküldve|Küldve|Dátum|Címzett|Tárgy|Másolat(?:ot kap)?|Von|Gesendet|An|Kopie|Betreff|"
    r"De|Enviado(?: el)?|Enviada(?: em)?|Para|Asunto|Assunto|Envoyé|À|A|Objet|Da|Inviato|Oggetto|Zadeva|"
    r"Wysłano|Do|Temat|Odesláno|Odoslané|Komu|Předmět|Trimis|Către|Subiect|Van|Verzonden|Aan|Onderwerp|"
    r"Från|Skickat|Till|Ämne|Fra|Sendt|Til|Emne|Lähettäjä|Lähetetty|Vastaanottaja|Aihe|"
    r"От|Отправлено|Кому|Тема|Από|Προς|Θέμα)\s*:",
)
# Places and days have From, To and Date too; only a mail has one of these.
_OF_MAIL = re.compile(
    r"[*\s]*(?:Subject|Sent|Predmet|Tema|Naslov|Poslano|Poslato|Предмет|Тема|Наслов|Послато|Tárgy|Elküldve|"
    r"Küldve|Betreff|Gesendet|Asunto|Assunto|Enviado(?: el)?|Enviada(?: em)?|Objet|Envoyé|Oggetto|Inviato|Zadeva|"
    r"Temat|Wysłano|Předmět|Odesláno|Odoslané|Subiect|Trimis|Onderwerp|Verzonden|Ämne|Skickat|Emne|Sendt|"
    r"Aihe|Lähetetty|Отправлено|Θέμα)\s*:",
)
_RULE = re.compile(r"\s*[_-]{5,}\s*$")  # Outlook draws one above the header fields
_MARKS = frozenset("-_* \t")
_MOBILE = re.compile(
    r"(?:Sent (?:from|via) (?:my |the |Mail|Outlook|Yahoo|Proton|Gmail)|Get Outlook for |"
    r"Poslano s (?:mog|mojeg|iPhone)|Poslano (?:iz|putem|sa) |Poslato (?:sa|iz|preko|putem|s) |"
    r"Послато (?:са|из|преко|путем|с) |(?:Nabavite|Preuzmite|Dobijte|Набавите|Преузмите) Outlook |"
    r"Von meine[mr] .{2,40} gesendet|Gesendet (?:von|mit) |Outlook für (?:iOS|Android)|"
    r"Holen Sie sich Outlook |"
    r"(?:Elküldve|Küldve) .{0,30}-(?:[oeö]?mr[óő]l|r[óő]l|b[óő]l)|"
    r"Küldve: |.{2,20}-(?:om|em|öm)?r[óő]l küldve|.{0,12}Outlook .{0,12}beszerzése|"
    r"Skickat från |Envoyé de )",
    re.IGNORECASE,
)
_LONGEST_MOBILE = 80  # characters; a longer line is a sentence of the letter
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
# What companies put below every letter, in the language of their lawyers.
_LEGAL = re.compile(
    r"(?:[*_\s]*(?:confidentiality|disclaimer|legal notice|privacy notice|izjava o (?:odricanju|povjerljivosti|"
    r"poverljivosti)|jogi nyilatkozat|titoktartási|haftungsausschluss|изјава о (?:одрицању|поверљивости))\b"
    r"|(?:this|the) (?:e-?mail|message|communication|transmission|information)\b.{0,160}\b(?:confidential|privileged|"
    r"intended (?:only|solely|for))"
    r"|(?:ova|sadržaj ove|informacije|podaci)\b.{0,160}\b(?:povjerljiv|poverljiv|isključivo|namij?enjen)"
    r"|(?:ова|садржај ове|информације|подаци)\b.{0,160}\b(?:поверљив|искључиво|намењен)"
    r"|(?:ez az|jelen|a jelen|az) (?:e-?mail|üzenet|levél|elektronikus)\b.{0,160}\b(?:bizalmas|kizárólag|titok)"
    r"|diese (?:e-?mail|nachricht)\b.{0,160}\b(?:vertraulich|ausschließlich|rechtlich geschützt))",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 60  # lines
_POSTSCRIPT = re.compile(r"\bP\.? ?S\b|\bП\.? ?С\b|\bU\.?i\.\s")
_QUOTED = re.compile(r"(?:\n>.*+)++")
_MARK = re.compile(r"(?:\s?>)+ ?")
_RULES = frozenset({"--", "__", "**"})  # how separators begin
_MOST_LOOKS = 300  # lines of one text that are held against the patterns; more is no letter
_ANSWERED, _FORWARDED = "answered", "forwarded"  # as a line of attribution or a separator tells
_MOST_QUOTED = 1000  # lines of another's mail that are kept
_FEW_WORDS = 20  # of one's own above a forwarded mail
_LONGEST_SIGNATURE = 10  # lines below a close; more is text that goes on


def split_letter(text: str, *, forwards: bool = False) -> Letter:
    """The writer's own words and their signature, both stripped of the empty lines around them.

    `forwards`: the subject says that the mail is forwarded. What is forwarded with hardly a word of one's
    own is the writer's matter. Of a mail that is nothing but a quotation the quoted words are kept, unless a
    line says who wrote them: that is an answer without words.
    """
    # A run of quoted lines counts as one: most of a long mail is that.
    runs = _QUOTED.sub("\n>", text) if "\n>" in text else text
    own, below, how = _without_quotes(runs.split("\n"))
    new_text, signature = _cut_signature(own)
    if (how == _FORWARDED or forwards) and below and len(new_text.split()) < _FEW_WORDS:
        new_text = f"{new_text}\n\n{_quoted_words(below, text)}".strip()
    elif not new_text and how != _ANSWERED:
        new_text = _quoted_words(below, text)
    return Letter(new_text, signature)


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str], str]:
    """The lines that are nobody else's; those of a mail that stands whole below; what the mail does to it."""
    own: list[str] = []
    start, looks, how = 0, _MOST_LOOKS, ""
    # Most lines of most mails are plain text; only these can be marks of a quotation.
    for i in [
        i for i, line in enumerate(lines) if (":" in line or line[:1] in _MARKS) and not line.startswith(">")
    ]:
        line = lines[i].strip()
        ends = line.endswith(":")
        if not (ends or line[:1] == ">" or line[:2] in _RULES or (":" in line and _FROM.match(line))):
            continue
        own += _not_marked(lines[start:i])
        start, looks = i + 1, looks - 1
        if line.startswith(">"):
            continue
        if looks < 0:
            return own + _not_marked(lines[i:]), [], how
        if _FORWARD.match(line):
            return own, lines[start:], _FORWARDED
        if _SEPARATOR.match(line) or _is_header(lines, i):
            return own, lines[i:], how
        if ends and (width := _attribution(own, line)):
            how = _ANSWERED
            del own[len(own) - width + 1 :]
            if not _quote_follows(lines, start):
                return own, lines[start:], how
        else:
            own.append(lines[i])
    return own + _not_marked(lines[start:]), [], how


def _not_marked(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith(">")]


def _unquoted(lines: list[str]) -> str:
    """The words of a quoted mail: without the marks, and without the header fields above them."""
    bare = [_MARK.sub("", line, count=1) for line in lines[:_MOST_QUOTED]]
    i = 0
    while i < len(bare) and (
        not bare[i].strip() or _FIELD.match(bare[i]) or _SEPARATOR.match(bare[i]) or _RULE.match(bare[i])
    ):
        i += 1
    return "\n".join(bare[i:] if any(line.strip() for line in bare[i:]) else bare).strip()


def _quoted_words(below: list[str], text: str) -> str:
    """The words of the mail that stands below; where all of them carry marks, those of the marked lines."""
    return _unquoted(below) or _unquoted([line for line in text.split("\n") if line.lstrip().startswith(">")])


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
        i = next((j for j in range(i, min(i + 4, len(lines))) if lines[j].strip()), i)
    if i >= len(lines) or not _FROM.match(lines[i]):
        return False
    fields = [line for line in lines[i + 1 : i + 7] if _FIELD.match(line)]
    return len(fields) >= 2 and any(_OF_MAIL.match(line) for line in fields)


def _cut_signature(own: list[str]) -> Letter:
    own = own[: _legal_text(own)]
    for mark in ("-- ", "--"):  # RFC 3676 §4.3; some clients lose the space
        if mark in own:
            i = own.index(mark)
            return Letter("\n".join(own[:i]).strip(), "\n".join(own[i + 1 :]).strip())
    start = _find_signature(own)
    return Letter("\n".join(own[:start]).strip(), "\n".join(own[start:]).strip())


def _legal_text(own: list[str]) -> int:
    """Where a notice of confidentiality begins below the letter: it is neither the writer's nor their signature."""
    for i in range(max(1, len(own) - _LONGEST_NOTICE), len(own)):
        if not own[i - 1].strip() and own[i].strip() and _LEGAL.match(" ".join(own[i : i + 4])[:300].strip()):
            return i
    return len(own)


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
        if len(line) < _LONGEST_MOBILE and _MOBILE.match(line):
            return _find_signature(own[:i])
        if len(line) < 40 and _CLOSE.match(line):
            below = "\n".join(own[i + 1 :])
            return len(own) if "?" in below or _POSTSCRIPT.search(below) else i
    return len(own)
