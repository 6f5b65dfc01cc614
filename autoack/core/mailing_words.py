"""The soft signs of mailings and notifications in subject, text and header: none of them proves anything."""

import re

from autoack.core.phrases import MOST_HEADING, phrases
from autoack.core.words import fold

_UNSUBSCRIBE = re.compile(
    r"\bunsubscrib\w*|\bopt[- ]?out\b|\b(?:manage|update|change|edit) (?:your |my )?(?:\w+ )?(?:subscription|"
    r"preferences|settings)|\bto (?:be removed|stop receiving|remove yourself|leave this)|"
    r"\bremove (?:me|yourself|your \w+) from|\bodjavi(?:te|ti) (?:se|s) |\bодјав\w* са |\bleiratkoz\w*|"
    r"\bodjav\w* (?:s|sa|od) (?:newsletter|bilten|liste|mailing)|\bne zelite (?:vise )?prim\w*|"
    r"\byou (?:no longer (?:wish|want)|do(?:n'?t| not) (?:wish|want)) to (?:receive|hear)|"
    + phrases(
        """
        abmelden | abbestell* | newsletter abmelden | se désabonner | désabonnement | désinscri* |
        cancella l'iscrizione | annulla iscrizione | disiscriv* | darse de baja |
        cancelar la suscripción | dar de baja | cancelar a inscrição | descadastr* | wypisz się |
        nem szeretne több | nem kíván több | nem kíván a jövőben | више не желите да примате |
        sie keine weiteren e* | sie keinen newsletter mehr | sie keine newsletter mehr | ne souhaitez plus recevoir |
        ne voulez plus recevoir | non desideri più ricevere | non desidera più ricevere |
        non vuoi più ricevere | no desea recibir | no deseas recibir | no desea seguir recibiendo |
        não deseja mais receber | não deseja receber | nie chcesz otrzymywać | nie chce pan* otrzymywać |
        nepřejete dostávat | nechcete dostávat | neželáte dostávať | ne želite več prejemati |
        nu mai doriți să primiți | geen e-mails meer | niet meer wilt ontvangen | inte längre vill få |
        не хотите получать | не желаете получать |
        rezygnacj* z subskrypcji | odhlásit odběr | odhlásiť odber | dezabon* | uitschrijven | afmelden |
        avregistrera | avsluta prenumeration | afmeld | avmeld | peruuta tilaus | abonelikten |
        отписаться | отписка | відписатися | 配信停止 | 退订 | 수신거부 | 수신 거부
        """
    )
)
_MAILING = re.compile(
    r"\bview (?:this|it|the) (?:\w+ )?(?:in (?:your|a) (?:web )?browser|online|as a web)|"
    r"(?:can(?:'t|not)|trouble|problems?|unable to) (?:\w+ )?(?:see|view|read|viewing|seeing|reading) (?:this|the|it)|"
    r"\byou(?:'re| are)? (?:are )?(?:receiv(?:ed|ing)|getting|got) (?:this|our|it|the)\b.{0,40}?"
    r"(?:because|as|since|from)|"
    r"\byou (?:are|have) (?:currently )?(?:subscribed|signed up|registered|opted)|"
    r"\b(?:this|the) (?:preceding |above )?(?:e-?mail|message|newsletter) (?:was|is|has been) "
    r"(?:intended|sent) (?:to|for|by)\b|"
    r"\ball rights reserved|\bprivacy policy|\bterms (?:of (?:use|service)|and conditions)|"
    r"\bcopyright\s+(?:\(c\)|©)?\s*\d{4}|©\s?(?:copyright )?\d{4}|(?:click|tap) here to|"
    + phrases(
        """
        u pregledniku | primate jer ste | primate ovu poruku jer | sva prava pridržana | у прегледачу |
        böngészőben | azért kapta | minden jog fenntartva | im browser | sie erhalten diese |
        alle rechte vorbehalten | dans votre navigateur | vous recevez ce | nel browser |
        nel tuo browser | ricevi questa | en su navegador | en tu navegador | ha recibido este |
        no seu navegador | w przeglądarce | otrzymujesz tę | v prohlížeči | în browser | in uw browser |
        i din webbläsare | в браузере | вы получили это | 在浏览器中 | ブラウザで
        """
    )
)
# Every form of the two has one of these in it, in some case: to search every text would cost too much.
_UNSUBSCRIBE_HINTS = (
    *("nsubscri", "NSUBSCRI", "pt-out", "pt out", "bscription", "references", "remove", "djav", "дјав"),
    *("to receive", "to hear", "elite prim", "elite vi", "желите да при", "em szeretne", "em kíván"),
    *("Sie keine", "us recevoir", "ricevere", "desea", "deseja", "trzymywa", "ostáva", "rejemati"),
    *("primiți", "mails meer", "ntvangen", "längre vill", "олучать"),
    *("eiratkoz", "bmeld", "bbestel", "abon", "scri", "baja", "hlási", "itschrij", "тпис", "退订"),
)
_MAILING_HINTS = (
    *(
        "rowser",
        "eceiv",
        "rights",
        "rivacy",
        "opyright",
        "©",
        "egistered",
        "igned up",
        "ubscribed",
        "ick here",
    ),
    *("as sent to", "has been sent", "rouble", "nnot", "regledniku", "прегледачу", "öngésző", "azért kapta"),
    *("erhalten", "orbehalten", "avigat", "avegador", "icevi", "rzegląd", "rohlíže", "webbläs", "браузере"),
    *("浏览器", "ブラウザ"),
)
_SUBJECT = re.compile(
    r"(?:\[[^\]]+\]\s*)?(?:"
    r"welcome (?:to|aboard)|(?:please )?(?:confirm|verify|activate|reset|update|validate) your|"
    r"(?:your|my) (?:\w+ ){0,4}?(?:confirmation|receipt|statement|invoice is|bill is|order (?:has|is|was|#|no|confirm)|"
    r"password (?:reset|has)|"
    r"subscription|renewal|registration|membership|booking|itinerary|download|account (?:has|is|was)|e-?ticket|"
    r"shipment|package|verification|activation|weekly|monthly|daily)|"
    r"(?:the |this )?(?:weekly|daily|monthly|week'?s|today'?s)\b|new (?:comment|post|follower|message from|login|sign)|"
    r"security (?:alert|notice|code)|sign-?in|reminder:|alert:|notification:|notice:|invoice #|receipt for|"
    r"cron |\S+ revision \d+|build (?:failed|fixed|#)|changes in|commit )|"
    r"\b(?:newsletter|digest|bulletin|automated|hirlevel|bilten|bollettino|boletin|boletim|biuletyn|nyhetsbrev|"
    r"nyhedsbrev|nieuwsbrief|infolettre|rundbrief|zpravodaj|spravodaj|uutiskirje|buletin|бюллетень|рассылка)\b|"
    r"\d+\s?% (?:off|popust|rabatt|kedvezm)|"
    r"\b(?:free shipping|save up to|special offer|limited time|sale ends|black friday|webinar|akcija|popust|"
    r"snizenje)\b|"
    r"\bupdate$|\b(?:announcement|alert|news)\b.{0,20}$|\brenewal (?:reminder|notice)|revision \d+$|"
    r"for (?:mon|tues|wednes|thurs|fri|satur|sun)day,? \w+ \d|"
    + phrases(
        """
        vaša narudžba je | potvrda narudžbe | potvrda registracije | potvrdite svoju | dobrodošli u |
        rendelés visszaigazolás | rendelését | erősítse meg | ihre bestellung | ihre rechnung |
        ihre buchung | bestellbestätigung | bestätigen sie ihre | willkommen bei | votre commande |
        votre facture | confirmez votre | bienvenue | il tuo ordine | la tua fattura | conferma il tuo |
        su pedido | tu pedido | confirma tu | bienvenido a | seu pedido | twoje zamówienie |
        potwierdzenie | vaše objednávka | potvrzení | comanda ta | uw bestelling | din beställning |
        ваш заказ
        """
    )
)
_PROGRAM_MAILER = re.compile(
    r"microsoft cdo|mime::lite|phpmailer|swift ?mailer|php/|^php\b|php mailer|javamail|nodemailer|accucast|"
    r"sap netweaver|mailchimp|sendgrid|mailgun|blat v|smtplib|indy \d|chilkat|aspmail|jmail|gammadyne|sendinblue|"
    r"brevo|mail::sendmail|mime-tools|mail::|perl|python|ruby|lotus workflow|crystal|xmail|campaign|newsletter|"
    r"bulk|list ?server|listmanager|lyris|listbot|ezmlm|drupal|wordpress|joomla|magento|sharepoint|servicenow|"
    r"zendesk|otrs|znuny|jira|bugzilla|redmine|zammad|freshdesk|salesforce|exacttarget|silverpop|sailthru|"
    r"constant contact|icontact|vertical|mailer ?lite|frontier|infusion|aweber|getresponse|emarsys|e-?messenger|"
    r"dynamics|emailvision|cheetahmail|responsys|interspire|phplist|mailman|system\.net|csmtp|quickmail|"
    r"group ?mail|worldmerge|mailer engine|stormpost|delivermail",
    re.IGNORECASE,
)
_PROGRAM_ID = re.compile(
    r"<(?:listmanager|swift|phpmailer|.{0,80}javamail\.|.{1,60}@swift\.generated|.{0,80}\.jms@|.{1,80}@localhost"
    r"|.{1,80}\.tmail>|.{0,40}@[^>]*(?:mandrill|sendgrid|amazonses|mailgun|mailchimp|sparkpost|salesforce|msgs?|bulk)"
    r"|.{0,60}newsletter|.{0,60}\.mailer|email\.|notification|jira\.|\w+/\w+/.{0,60}@github)",
    re.IGNORECASE,
)
_REFERENCE_NUMBER = re.compile(
    r"[\[(]?(?:ticket|case|request|incident|ref|sr|rt|otrs)\s?[#:_]?\s?[\w.-]*\d{3,}|\[#\w*\d+\]"
)
_END = 1200  # characters of the head and of the foot of a text that are searched
_LONGEST_LINK = 300  # characters that are looked at
_TRACKED = ("utm_", "/track/", "/click?", "/ls/click", "clickthru", "?elq", "mc_cid", "trk=")


def unsubscribe_words(text: str) -> str:
    """The words that tell how to leave a mailing: they stand at its foot, or at its head."""
    return _in_ends(_UNSUBSCRIBE, _UNSUBSCRIBE_HINTS, text)


def mailing_words(text: str) -> str:
    """Other words that only mailings have: a view in the browser, why one gets this, who has the rights."""
    return _in_ends(_MAILING, _MAILING_HINTS, text)


def _in_ends(pattern: re.Pattern[str], hints: tuple[str, ...], text: str) -> str:
    ends = text if len(text) < 2 * _END else f"{text[:_END]}\n{text[-_END:]}"
    for hint in hints:
        if hint in ends:
            return _found(pattern, ends)
    return ""


def mailing_subject(subject: str) -> str:
    """The words of a subject as notifications and mailings have it."""
    return _found(_SUBJECT, subject[:MOST_HEADING])


def is_program_mailer(mailer: str) -> bool:
    """Whether X-Mailer names a library or a service. Web forms use them too."""
    return _PROGRAM_MAILER.search(mailer[:MOST_HEADING]) is not None


def is_program_id(message_id: str) -> bool:
    """Whether a Message-ID has the form that libraries and services give."""
    return _PROGRAM_ID.match(message_id) is not None


def reference_number(subject: str) -> str:
    """The number under which another desk keeps the matter."""
    return _found(_REFERENCE_NUMBER, subject[:MOST_HEADING])


def is_personal_link(text: str, address: str) -> bool:
    """Whether a link in the text carries this address, as the links have by which one leaves a mailing."""
    text, address = text.lower(), address.lower()
    for form in (address, address.replace("@", "%40")):
        at = text.find(form)
        while at >= 0:
            before = text[max(0, at - _LONGEST_LINK) : at]
            if not before[-1:].isspace() and "://" in (before.split() or [""])[-1]:
                return True
            at = text.find(form, at + _LONGEST_LINK)
    return False


def is_tracked(text: str) -> bool:
    """Whether the links in the text count who follows them."""
    return any(mark in text for mark in _TRACKED)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(fold(text))
    return " ".join(match[0].split())[:60] if match else ""
