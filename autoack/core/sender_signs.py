"""What an address and the name beside it say of their owner: a mail system, a list, a program, a mailing.

Each says what is true of such addresses wherever they are met; the rules weigh them.
"""

import re

from autoack.core.message import Address
from autoack.core.phrases import heading
from autoack.core.words import fold

_JOIN = r"[-_. ]?"
_NO_REPLY = re.compile(
    # Written as one word these occur in no name; in pieces they must begin at a boundary: not hanno.reply@.
    r"noreply|donotreply|dontreply|neodgovaraj|nevalaszolj|nichtantworten|nepasrepondre|noresponder|"
    r"nonrispondere|naoresponda|neodpovidat|neodpovedaj|nieodpowiadac|geenantwoord|ejsvara|svarej|"
    r"(?:^|[^a-z])(?:"
    + "|".join(
        piece.replace("-", _JOIN)
        for piece in (
            *("no-repl(?:y|ies)", "not-reply", "do-not-reply", "dont-reply", "never-reply", "no-answer"),
            *("no-respon[ds]", "not-answer", "unattended", "unmonitored", "do-not-answer"),
            *("ne-odgovaraj", "nemoj-odgovarat", "nemojte-odgovarat", "bez-odgovora", "ne-odgovarja"),
            *("brez-odgovora", "не-отвеча", "не-одговарај", "nincs-valasz", "ne-valaszolj", "valasz-nelkul"),
            *("nicht-antworten", "keine-antwort", "bitte-nicht-antworten", "ne-pas-repondre", "sans-reponse"),
            *("no-responda", "no-responder", "no-contestar", "non-rispondere", "nessuna-risposta"),
            *("nao-respond", "nie-odpowiadaj", "bez-odpowiedzi", "neodpovid", "neodpoved", "nu-raspund"),
            *("geen-antwoord", "geen-reply", "niet-beantwoorden", "svara-ej", "svara-inte", "ingen-svar"),
            *("ikke-svar", "svar-ikke", "ala-vastaa", "ei-vastausta", "yanitlama", "cevaplama"),
        )
    )
    + ")"
)
_DAEMON = re.compile(
    r"mailer[-_.]?daemon.*|mail[-_.]?daemon|mailerdaemon|mdaemon|"
    r"microsoftexchange[0-9a-f]{30,}.*|"  # Exchange's system mailbox
    r"double-bounce"  # Postfix's own address for its probes
)
_DAEMON_LOCAL = re.compile(
    r"post[-_.]?master.*|mailer.*|bounces?(?:[-_+=.].*)?|mail[-_.]?(?:admin(?:istrator)?|system|delivery)|"
    r"(?:.*[-_.])?smtp(?:[-_.].*)?|smtpdaemon|smtpgateway|\"?system[-_. ]?administrator\"?|"
    r"undeliver.*|delivery.*|x400.*|mta|mms|mdn|ndr|nondeliver.*"
)
_DAEMON_NAME = re.compile(
    r"mailer[- ]?daemon|mail[- ]?delivery|delivery (?:sub)?system|delivery (?:failure|report|status)|"
    r"system ?administrator|mail administrator|systemadministrator|administrador del sistema|"
    r"administrateur systeme|amministratore di sistema|administrator systemu|rendszergazda|"
    r"администратор системы|системныи администратор|postmaster|"
    r"microsoft outlook$|microsoft exchange$|mail ?system\b|internet mail|mail router|returned mail|bounce|"
    r"mail transfer|message router|message transfer|mail server|content[- ]filter"
)
_LIST_CERTAIN = re.compile(
    r"owner-.+|listserv|listproc|majordomo|mailman(?:-.+)?|sympa|ezmlm|.+-(?:bounces|admin)\+.+"
)
_LIST_LOCAL = re.compile(r".+-owner|.+-request")
_BOUNCE_LOCAL = re.compile(r"(?:.*[-_.])?bounces?(?:[-_+=].*)?")
_ROBOT_LOCAL = re.compile(
    # Words that are nobody's name may be a piece of the address; the others are all of it, or hyphened.
    r"(?:.*[-_.])?(?:notifications?|notifier|newsletters?|newsflash|hirlevel|autoresponder|autoreply|"
    r"auto-?confirm|auto-?mailer|mailbot|rssfeeds?|obavijesti|obavestenja|notificaciones|notificacoes|"
    r"benachrichtigung(?:en)?|ertesites(?:ek)?|powiadomieni[ae]|oznameni)(?:[-_.+].*)?"
)
_PROGRAM_LOCAL = re.compile(
    r"(?:.*[-_])?(?:alerts?|notify|robot|bot|cron|crond|feeds?|monitor(?:ing)?|automat(?:ed|ion)|"
    r"reports?|mailer|system|digests?)(?:[-_+].*)?"
    r"|root|nobody|daemon|www-?data|apache|nginx|nagios|icinga|zabbix|oracle|postgres|mysql|anacron|"
    r"logwatch|uucp|jenkins|gitlab|grafana|prometheus|backup"
)
_ROBOT_NAME = re.compile(
    r"\b(?:newsletter|hirlevel|cron daemon|notify bot|no-?reply|do not reply|autoresponder)\b"
)
_CAMPAIGN_LOCAL = re.compile(
    r"(?:.*[-_.])?e?(?:news|bookings?|orders?|invoices?|billing|receipts?|racuni|narudzbe|rechnung|"
    r"szamla|marketing|mailings?|campaigns?|promo(?:tions?)?|offers?|announcements?|updates?|deals?|"
    r"akcije|ponude|novosti|ajanlat|akciok|angebote|aktuelles|nouveautes|ofertas|novinky|oferty)"
    r"(?:[-_.+].*)?"
)
_CAMPAIGN_DOMAIN = re.compile(
    r"(?:^|\.)(?:e?news|newsletters?|mailings?|e?mail(?:er|ing)s?|lists?|marketing|campaigns?|promo|"
    r"notifications?|em|crm|msgs?)\.|"
    r"[-](?:mail|msgs?|news|mailer)\.|(?:mailer|mailing|newsletter|news)\.[a-z]{2,3}$|[a-z]{4}mail\.[a-z]{2,3}$"
)
_FREE_MAIL = re.compile(r"(?:g|hot|google|proton|fast|yandex|free|rocket|zoho|ya|xs4|i|t-)mail\.[a-z]{2,3}$")
_ROLE_LOCAL = re.compile(
    r"(?:info|support|service|services|team|hello|contact|kontakt|sales|prodaja|help|helpdesk|admin|"
    r"webmaster|customers?|customer-?care|account|accounts|members?|community|editor|nic|store|shop|"
    r"trgovina|podrska|ugyfelszolgalat|office|mail|concierge|subscriptions?|membership|security)"
    r"(?:[-_.+].*)?"
)


def says_no_reply(address: Address) -> bool:
    """Whether the local part asks not to be answered."""
    return _NO_REPLY.search(fold(address.local)) is not None


def is_named_no_reply(address: Address) -> bool:
    """Whether the name beside the address asks not to be answered: anybody may call themselves so."""
    return address.name != "" and _NO_REPLY.search(heading(address.name)) is not None


def is_daemon(address: Address) -> bool:
    """Whether a mail system itself is the sender (RFC 5230 §4.6)."""
    return _DAEMON.fullmatch(address.local.partition("+")[0]) is not None


def is_daemon_like(address: Address) -> bool:
    """Whether the sender is, or calls itself, a mail system: not proof alone."""
    return (
        is_daemon(address)
        or _DAEMON_LOCAL.fullmatch(address.local) is not None
        or (address.name != "" and _DAEMON_NAME.search(heading(address.name)) is not None)
    )


def is_list_software(address: Address) -> bool:
    """Whether list software writes from it: nobody's own address looks so (RFC 5230 §4.6)."""
    return _LIST_CERTAIN.fullmatch(address.local) is not None


def is_list_address(address: Address) -> bool:
    """Whether it has the form of a list's own addresses (RFC 5230 §4.6); `shop-owner@` has it too."""
    return _LIST_LOCAL.fullmatch(address.local) is not None


def is_robot_address(address: Address) -> bool:
    """Whether a program certainly writes from it, by its local part."""
    local = fold(address.local)
    return bool(_ROBOT_LOCAL.fullmatch(local) or _BOUNCE_LOCAL.fullmatch(local))


def is_named_robot(address: Address) -> bool:
    """Whether the name beside the address is a program's: anybody may call themselves so."""
    return address.name != "" and _ROBOT_NAME.search(heading(address.name)) is not None


def is_program_address(address: Address) -> bool:
    """Whether programs and accounts of machines usually write from it; a person may, too."""
    return _PROGRAM_LOCAL.fullmatch(fold(address.local)) is not None


def is_campaign_address(address: Address) -> bool:
    """Whether its local part or domain is such as mass mail comes from: a soft sign."""
    if _CAMPAIGN_LOCAL.fullmatch(fold(address.local)):
        return True
    return bool(_CAMPAIGN_DOMAIN.search(address.domain)) and not _FREE_MAIL.search(address.domain)


def is_role_address(address: Address) -> bool:
    """Whether a function, not a person, stands before the @. Many customers write from there: a faint sign."""
    return _ROLE_LOCAL.fullmatch(address.local) is not None
