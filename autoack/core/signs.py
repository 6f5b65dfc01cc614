"""The words and forms by which mail that no person wrote shows itself, in the languages that we meet.

Each says what is true of such mail wherever it comes from; the rules that weigh them are in not_people.py.
"""

import re

from autoack.core.message import Address
from autoack.core.words import fold

_JOIN = r"[-_. ]?"

_NO_REPLY = re.compile(
    # Written as one word these occur in no name; in pieces they must begin at a boundary: not hanno.reply@.
    r"noreply|donotreply|dontreply|neodgovaraj|nevalaszolj|nichtantworten|nepasrepondre|noresponder|"
    r"(?:^|[^a-z])(?:"
    + "|".join(
        piece.replace("-", _JOIN)
        for piece in (
            *("no-repl(?:y|ies)", "not-reply", "do-not-reply", "dont-reply", "never-reply", "no-answer"),
            *("ne-odgovaraj", "nemoj-odgovarat", "nemojte-odgovarat", "bez-odgovora", "ne-odgovarja"),
            *("nincs-valasz", "ne-valaszolj", "valasz-nelkul", "nicht-antworten", "keine-antwort"),
            *("ne-pas-repondre", "no-respond", "non-rispondere", "nao-respond", "nie-odpowiadaj"),
            *("neodpovid", "neodpoved", "nu-raspunde", "geen-antwoord", "svara-ej", "ei-vasta"),
        )
    )
    + ")"
)
_DAEMON = re.compile(
    r"mailer[-_.]?daemon|mail[-_.]?daemon|mailerdaemon|"
    r"microsoftexchange329e71ec88ae4615bbc36ab6ce41109e.*"  # Exchange's system mailbox, the same everywhere
)
_DAEMON_NAME = re.compile(
    r"mailer[- ]?daemon|mail delivery|delivery (?:sub)?system|system administrator|mail administrator|"
    r"postmaster|"
    r"microsoft outlook$|mail system|internet mail|mail router|returned mail|bounce"
)
_LIST_LOCAL = re.compile(r"owner-.+|.+-owner|.+-request|listserv|listproc|majordomo|mailman(?:-.+)?|sympa")
_BOUNCE_LOCAL = re.compile(r"(?:.*[-_.])?bounces?(?:[-_+=].*)?")
_ROBOT_LOCAL = re.compile(
    r"(?:.*[-_.])?(?:notifications?|notify|notifier|alerts?|newsletters?|newsflash|hirlevel|robot|bot|"
    r"autoresponder|"
    r"auto-?confirm|auto-?mailer|cron|crond|mailbot|rssfeeds?|feeds?)(?:[-_.+].*)?"
    r"|root|nobody|daemon|www-?data|apache|nginx|nagios|icinga|zabbix|oracle|postgres|mysql|anacron|"
    r"logwatch|uucp"
)
_ROBOT_NAME = re.compile(r"\b(?:newsletter|hirlevel|cron daemon|notify bot|no-?reply|do not reply)\b")
_CAMPAIGN_LOCAL = re.compile(
    r"(?:.*[-_.])?e?(?:news|bookings?|orders?|invoices?|billing|receipts?|racuni|narudzbe|rechnung|"
    r"szamla|marketing|mailings?|campaigns?|promo(?:tions?)?|offers?|announcements?|updates?|"
    r"akcije|ponude|novosti|obavijesti|obavestenja|ajanlat|akciok)(?:[-_.+].*)?"
)
_CAMPAIGN_DOMAIN = re.compile(
    r"(?:^|\.)(?:e?news|newsletters?|mailings?|e?mail(?:er|ing)s?|lists?|marketing|campaigns?)\."
)
_UNSUBSCRIBE = re.compile(
    r"\bunsubscrib|\bopt[- ]?out\b|\bmanage (?:your )?(?:subscription|preference)|\bodjavi(?:te|"
    r"ti) (?:se|s) |"
    r"\bodjav\w* (?:s|sa|od) (?:newsletter|bilten|liste|mailing)|\bne zelite (?:vise )?prim|"
    r"\bodjava s (?:liste|newsletter)|\bодјав\w* са |\bleiratkoz|\bhirlevel|\babmeld|\babbestell|\bdesabonn|"
    r"\bto be removed from|\bremove (?:me|yourself) from"
)

_AUTO_SUBJECT = re.compile(
    r"(?:re:\s*|aw:\s*|odg:\s*|vs:\s*)?\[?"
    r"(?:automatic (?:reply|response)|auto(?:matic)?[- ]?reply|auto[- ]?response|autoresponse|"
    r"out[- ]of[- ](?:the[- ])?office(?: autoreply| reply| notification| message)?|"
    r"vacation (?:reply|notice|message|response)|i am out of the office|"
    r"automatski odgovor|automatska poruka|automatic?ni odgovor|samodejni odgovor|odsutnost z dela|"
    r"odsutan|odsutna|odsutnost|odsustvo|izvan ureda|van ureda|van kancelarije|na godisnjem odmoru|"
    r"godisnji odmor|"
    r"аутоматски одговор|аутоматска порука|одсутан|одсутна|одсуство|ван канцеларије|на годишњем одмору|"
    r"автоответ|автоматическии ответ|автоматичен отговор|автоматска порака|автоматски одговор|"
    r"automatikus valasz|hazon kivul|automatikus uzenet|szabadsagon vagyok|"
    r"abwesenheitsnotiz|abwesenheit|automatische antwort|automatische rueckantwort|nicht im buro|"
    r"reponse automatique|absence du bureau|risposta automatica|fuori sede|fuori ufficio|"
    r"respuesta automatica|fuera de la oficina|resposta automatica|ausencia temporaria|"
    r"odpowiedz automatyczna|automatyczna odpowiedz|automaticka odpoved|mimo kancelar|raspuns automat|"
    r"automatisch antwoord|afwezig|automatiskt svar|automatisk svar|autosvar|automaattinen vastaus|"
    r"automatisk svar|otomatik yanit|arpus biroja)"
    r"(?:\s*(?:$|[\]:\-–—(!.,])|\s+(?:do|od|until|till|bis|до|од)\s+\d|\s+automat)"
)
_AUTO_ANYWHERE = re.compile(
    r"\bis out of (?:the )?office\b|\((?:automatic response|auto[- ]?reply|autoreply)\)\s*$"
    r"|\bautomatiska atbilde\b|\bautomatinis atsakymas\b|\bautomaatvastus\b"
)
_AUTO_PREFIX = re.compile(r"auto:\s")
_BOUNCE_SUBJECT = re.compile(
    r"undeliver(?:ed|able)|delivery (?:status )?notification|(?:mail |"
    r"message )?delivery (?:has )?(?:failed|failure|"
    r"error|problem|delay|report|status)|(?:mail|message|email).{0,20} (?:delivery|not delivered|undeliver)|"
    r"mail delivery|failure (?:notice|delivery)|returned (?:mail|to sender|message)|return(?:ed)? e?-?mail|"
    r"non[- ]?deliver|nondeliver|mail (?:system )?error|could not (?:be )?(?:deliver|send)|"
    r"not (?:be )?deliver|"
    r"delayed mail|warning: (?:message|could)|unknown (?:user|address|recipient)|user unknown|"
    r"nedostavljen|neisporucen|nije isporucen|isporuka nije uspjela|isporuka nije uspela|неиспоручен|"
    r"nekezbesithet|kezbesithetetlen|kezbesites|unzustellbar|nicht zugestellt|zustellung|mailzustellung|"
    r"non remis|non recapit|mancato recapito|no se (?:pudo|puede) entregar|nedorucit|niedostarczon|"
    r"не доставлено|недоставлен|\bbounce|\bfailure\b|rejected|delivery|non-distribuable"
)
_BOUNCE_TEXT = re.compile(
    r"\b[45]\d\d[ #-]{1,3}[45]\.\d{1,3}\.\d|\b5[0-5]\d[ -](?:\S+ ){0,4}(?:unknown|user|mailbox|no such|"
    r"relay|denied|"
    r"reject|invalid|unavailable|not|requested|sorry|permanent|error|host|service|message)|"
    r"user unknown|unknown (?:user|recipient|local)|no such (?:user|recipient|mailbox|address|person)|"
    r"mailbox (?:is )?(?:full|unavailable|not found|unknown|disabled)|(?:over|exceed\w*) (?:\w+ )?quota|"
    r"quota exceeded|"
    r"(?:could|can|was|were)(?: ?not|n't) (?:be )?(?:deliver|reach|sent|process)|not (?:be )?deliver|"
    r"undeliver|"
    r"unable to (?:deliver|relay|send)|deliver\w* (?:failed|failure|error|to the following|attempt|"
    r"has failed|temporarily)|"
    r"(?:permanent|fatal|transient|temporary)(?:ly)? (?:\w+ )?(?:error|failure|fail)|did not reach|"
    r"address(?:es)? (?:had|failed|rejected|not found|unknown|is unknown)|"
    r"recipient\w* (?:\w+ ){0,3}(?:reject|unknown|"
    r"not found|invalid|could|were|refused)|final-recipient|action: (?:failed|delayed)|"
    r"returned to (?:the )?sender|"
    r"host unknown|unrouteable|relay(?:ing)? denied|account (?:\w+ ){0,3}(?:disabled|inactive|not exist|"
    r"expired)|"
    r"does(?:n't| not) (?:exist|have an?)|not (?:listed in|a (?:valid|known))|"
    r"message (?:\w+ ){0,2}(?:rejected|too large|"
    r"blocked|exceeds)|returned mail|giving up|kezbesit|nije (?:bilo moguce )?(?:dostav|isporuc)|zugestellt"
)
_REPORT_SUBJECT = re.compile(
    r"(?:\[[^\]]*\] )?report[ -]domain: ?\S+?;?\s+submitter: ?\S+"
    r"|complaint about message from \d+\.\d+\.\d+\.\w+$",
    re.IGNORECASE,
)
_PROGRAM_MAILER = re.compile(
    r"microsoft cdo|mime::lite|phpmailer|swift ?mailer|php/|javamail|nodemailer|accucast|sap netweaver|"
    r"mailchimp|"
    r"sendgrid|mailgun|blat v|smtplib|indy \d|chilkat|aspmail|jmail|gammadyne|sendinblue|brevo",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"do not (?:reply|respond) to this (?:e-?mail|message|address)|"
    r"this (?:e-?mail|message) (?:was|is|has been) (?:an )?automat(?:ed|ically|ic)|"
    r"this is an automat(?:ed|ic)|"
    r"replies to this (?:e-?mail|message|address) are not|"
    r"ne odgovaraj(?:te)? na ov[aui]j? (?:e-?mail|mail|poruk|adres)|"
    r"ov[aoj]{1,2} (?:je )?(?:poruka|e-?mail|mail|obavijest|obavestenje) (?:je )?automatsk|"
    r"automatski generiran|"
    r"automatski je generiran|не одговарајте на ов|аутоматски генерисан|ово је аутоматска|"
    r"ne valaszoljon (?:erre|err[ae])|erre az? (?:e-?mail|level|uzenet)\w* ne valaszolj|"
    r"automatikusan (?:general|kuldott)|"
    r"ez egy automatikus|antworten sie (?:bitte )?nicht auf diese|diese (?:e-?mail|"
    r"nachricht) wurde automatisch"
)
# Every form above has one of these in it, whatever its accents and its first letter.
_AUTOMATIC_HINTS = (
    *("ot reply", "ot respond", "OT REPLY", "eplies to", "utomat", "dgovaraj", "утомат", "дговарај"),
    *("álaszolj", "alaszolj", "ntworten"),
)


def says_no_reply(address: Address) -> bool:
    """Whether the local part or the name asks not to be answered."""
    return bool(
        _NO_REPLY.search(fold(address.local)) or (address.name and _NO_REPLY.search(fold(address.name)))
    )


def is_daemon(address: Address) -> bool:
    """Whether a mail system itself is the sender (RFC 5230 §4.6)."""
    return _DAEMON.fullmatch(address.local.partition("+")[0]) is not None


def is_daemon_like(address: Address) -> bool:
    """Whether the sender is, or calls itself, a mail system: not proof alone."""
    return (
        is_daemon(address)
        or address.local.startswith(("postmaster", "mailer", "bounce"))
        or _DAEMON_NAME.search(fold(address.name)) is not None
    )


def is_list_address(address: Address) -> bool:
    """Whether it is one of a list's own addresses (RFC 5230 §4.6)."""
    return _LIST_LOCAL.fullmatch(address.local) is not None


def is_robot_address(address: Address) -> bool:
    """Whether a program writes from it, by its local part or name."""
    local = fold(address.local)
    return bool(
        _ROBOT_LOCAL.fullmatch(local)
        or _BOUNCE_LOCAL.fullmatch(local)
        or _ROBOT_NAME.search(fold(address.name))
    )


def is_campaign_address(address: Address) -> bool:
    """Whether its local part or domain is such as mass mail comes from: a soft sign."""
    return bool(_CAMPAIGN_LOCAL.fullmatch(fold(address.local)) or _CAMPAIGN_DOMAIN.search(address.domain))


def offers_unsubscription(text: str) -> bool:
    """Whether the text tells how to leave a mailing: a soft sign."""
    return _UNSUBSCRIBE.search(fold(text)) is not None


def is_auto_reply_subject(subject: str) -> bool:
    """Whether the subject is that of a vacation notice or other automatic answer."""
    folded = fold(subject.strip())
    return bool(_AUTO_SUBJECT.match(folded) or _AUTO_ANYWHERE.search(folded))


def has_auto_prefix(subject: str) -> bool:
    """`Auto:`, which RFC 3834 §3.1.5 recommends, and which people write too."""
    return _AUTO_PREFIX.match(subject.casefold()) is not None


def is_bounce_subject(subject: str) -> bool:
    """Whether the subject speaks of a delivery that failed: not proof alone."""
    return _BOUNCE_SUBJECT.search(fold(subject)) is not None


def is_bounce_text(text: str) -> bool:
    """Whether the text speaks of a delivery that failed: not proof alone."""
    return _BOUNCE_TEXT.search(fold(text[:6000])) is not None


def is_report_subject(subject: str) -> bool:
    """The subjects of RFC 7489 §7.2.1.1 and RFC 8460 §5.3, and that of Hotmail's abuse reports."""
    return _REPORT_SUBJECT.match(subject) is not None


def is_program_mailer(mailer: str) -> bool:
    """Whether X-Mailer names a library or a service. Web forms use them too: a soft sign."""
    return _PROGRAM_MAILER.search(mailer) is not None


def automatic_words(text: str) -> str:
    """The words in which a text says that a program wrote it, or that nobody reads answers."""
    ends = text if len(text) < 3000 else f"{text[:1000]}\n{text[-2000:]}"  # it stands at the head or the foot
    if not any(hint in ends for hint in _AUTOMATIC_HINTS):
        return ""  # nearly every mail; to fold its text for nothing would cost more than all other rules
    match = _AUTOMATIC.search(fold(ends))
    return match[0] if match else ""
