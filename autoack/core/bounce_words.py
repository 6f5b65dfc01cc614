"""The words of bounces, reports and read receipts, in the languages in which mail systems write.

None of them is proof alone: people write about bounces, and forward them.
"""

import re

from autoack.core.phrases import MOST_HEADING, heading, phrases
from autoack.core.words import fold

_MOST_TEXT = 6000  # characters; a notice says what it is at its head

# Subjects that mail systems write, at their beginning. Exchange's forms first, one for each language of it.
_SYSTEM_SUBJECT = re.compile(
    r"(?:\[[^\]]{1,30}\]\s*)?(?:"
    + phrases(
        """
        undeliverable: | undeliverable mail | unzustellbar: | nicht zustellbar | non remis : |
        non remis: | onbestelbaar: | non recapitabile: | no se puede entregar: | no entregado: |
        não entregue: | kézbesíthetetlen: | nije isporučeno: | nedostavljeno: | neisporučeno: |
        neisporučivo: | nedostavljivo: | nije dostavljeno: | неиспоручено: | недостављено: |
        недоставлено: | не доставлено: | не удается доставить: | недоставено: | niedostarczone: |
        niedostarczalne: | nedoručitelné: | nedoručiteľné: | nelivrat: | imposibil de livrat: |
        olevererbart: | går inte att leverera: | kan ikke leveres: | toimittamatta: | teslim edilemedi: |
        μη παραδοθέν: | nedostarčeno: | 配信不能: | 配信不能 | 未传递: | 无法传递: | 無法傳遞: | 退信 |
        系统退信 | 배달되지 않음: | לא ניתן למסירה: | تعذر التسليم: |
        undelivered mail returned to sender | undelivered mail | undelivered message | returned mail: |
        returned mail | returned to sender | return to sender | mail delivery failed |
        mail delivery failure | mail delivery problem | mail delivery error | mail delivery system |
        delivery failure | delivery failed | delivery status notification | delivery notification |
        delivery report | delivery error | failed delivery | failure notice | failure delivery |
        failure to deliver | non-delivery | nondeliverable | non delivery | nondelivery |
        message status - undeliverable | mail system error | mail could not be delivered |
        message could not be delivered | message delivery failure | message not delivered |
        email not delivered | warning: could not send | warning: message | delayed mail |
        delivery delayed | ndn: | rejected: | rejected mail | message rejected | unknown user |
        user unknown | unknown recipient | address not found | mailzustellung |
        zustellung fehlgeschlagen | fehlgeschlagene zustellung | rückläufer | échec de la remise |
        échec de remise | échec de livraison | message non distribué | message non distribuable |
        avis de non-remise | mancato recapito | mancata consegna | recapito non riuscito |
        error de entrega | correo devuelto | mensaje no entregado | falha na entrega | falha de entrega |
        mensagem não entregue | mensagem devolvida | kézbesítési hiba | kézbesítés sikertelen |
        sikertelen kézbesítés | isporuka nije uspjela | isporuka nije uspela | neuspjela dostava |
        neuspješna isporuka | poruka nije isporučena | neuspela isporuka | неуспела испорука |
        порука није испоручена | недоставленное сообщение | ошибка доставки | сообщение не доставлено |
        недоставени съобщения | zwrot poczty | niedostarczona wiadomość |
        wiadomość nie została dostarczona | nedoručená zpráva | zpráva nebyla doručena |
        správa nebola doručená | dostava ni uspela | sporočilo ni dostavljeno | mesaj nelivrat |
        levering mislukt | niet afgeleverd | bestelling mislukt | leveransfel | leveringsfejl |
        leveringsfeil | toimitus epäonnistui | iletilemedi | メール送信エラー | 送信できませんでした |
        宛先不明 | 投递失败 | 邮件投递失败 | 반송
        """
    )
    + ")"
)
# What gateways put behind the subject of the mail that failed.
_SYSTEM_ENDING = re.compile(
    r"[:(\[–-]\s*(?:"
    + phrases(
        """
        delivery failed | delivery failure | undeliverable | undelivered | non remis | non distribuable |
        unzustellbar | nedostavljivo | neisporučivo | недостављиво | неиспоручиво | kézbesíthetetlen |
        non recapitabile | no entregable | onbestelbaar | niedostarczalne | nedoručitelné | nedoručiteľné
        """
    )
    + r")\s*[)\]]?\s*$"
)
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
    r"(?:could|can|was|were|has|have)(?: ?not|n't) (?:been |be )?(?:deliver|reach|sent|process)|"
    r"not (?:be )?deliver|undeliver|cannot deliver|"
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
    r"blocked|exceeds)|returned mail|giving up|"
    + phrases(
        """
        kézbesít* | nije bilo moguće dostav* | nije bilo moguće isporuč* | nije isporučen* |
        nije dostavljen* | није испоручен* | није могуће испоручити | не постоји адреса | zugestellt |
        nicht zustellbar | konnte nicht … werden | unbekannter empfänger | n'a pas pu être |
        n'ont pas pu être | pas été remis | destinataire inconnu | adresse inconnue | boîte … pleine |
        non è stato possibile | impossibile recapitare | non è stato recapitato |
        destinatario sconosciuto | no se pudo entregar | no se ha podido | no ha sido entregado |
        no existe el usuario | não pôde ser entregue | não foi possível | não foi entregue |
        nie mogła zostać | nie można dostarczyć | nie została dostarczona | nebylo možné doručit |
        nemohla být doručena | nebolo možné doručiť | ni bilo mogoče dostaviti | nu a putut fi |
        nu s-a putut livra | kon niet worden | niet worden bezorgd | kunde inte levereras |
        kunne ikke leveres | kan ikke leveres | ei voitu toimittaa | iletilemedi | teslim edilemedi |
        не может быть доставлен* | не было доставлено | не удалось доставить | не доставлено |
        неизвестный получатель | пользователь не найден | не може да бъде доставен* |
        не може бути доставлен* | δεν ήταν δυνατή η παράδοση | 配信できません | 送信できません |
        届けることができません | 宛先が見つかりません | 无法送达 | 无法投递 | 无法传递 | 無法傳遞 |
        被退回 | 收件人不存在 | 전달할 수 없 | 배달하지 못
        """
    )
)
_REPORT_SUBJECT = re.compile(
    r"(?:\[[^\]]*\] )?report[ -]domain: ?\S+?;?\s+submitter: ?\S+"
    r"|complaint about message from \d+\.\d+\.\d+\.\w+$",
    re.IGNORECASE,
)
# receiver!policy-domain!begin!end, with a number of the report perhaps (RFC 7489 §7.2.1.1, RFC 8460 §5.1).
_REPORT_FILE = re.compile(
    r"[^!\s]+\.[^!\s]+![^!\s]+\.[^!\s]+!\d{9,11}!\d{9,11}(?:![^!\s]+)?\.(?:xml|json|zip|gz).*", re.IGNORECASE
)
_READ_SUBJECT = re.compile(
    r"(?:"
    + phrases(
        """
        read: | not read: | return receipt | read receipt | disposition notification | message read |
        gelesen: | ungelesen gelöscht: | lesebestätigung | lu : | lu: | non lu : | accusé de lecture |
        leído: | confirmación de lectura | letto: | conferma di lettura | lida: | lido: | przeczytano: |
        přečteno: | prečítané: | pročitano: | прочитано: | potvrda čitanja | potvrda o čitanju |
        prebrano: | olvasva: | elolvasva: | olvasási visszaigazolás | citit: | gelezen: |
        leesbevestiging | läst: | læst: | lest: | luettu: | okundu: | 开封通知 | 已读: | 既読: |
        開封済み: | 읽음:
        """
    )
    + ")"
)
_READ_TEXT = re.compile(
    phrases(
        """
        was read on | was read at | has been read | was displayed on | return receipt for |
        was deleted without being read | no guarantee that the message has been read | wurde gelesen |
        wurde am … gelesen | wurde … angezeigt | a été lu | a été affiché | se ha leído | fue leído |
        ha sido leído | è stato letto | foi lida | foi lido | została przeczytana | została wyświetlona |
        byla přečtena | bola prečítaná | pročitana je | je pročitana | je pročitan | прочитана је |
        је прочитана | je bilo prebrano | elolvasták | elolvasta | megjelenítették | a fost citit |
        is gelezen | har lästs | er læst | было прочитано | прочитано | okundu | 開封されました | 已于 |
        읽었습니다
        """
    )
)


def is_system_subject(subject: str) -> bool:
    """Whether the subject begins as mail systems begin theirs. People copy such subjects now and then."""
    return _SYSTEM_SUBJECT.match(heading(subject)) is not None


def ends_as_bounce(subject: str) -> bool:
    """Whether a failure is told behind another subject: `Order 12: undeliverable`. Of parcels it is, too."""
    return _SYSTEM_ENDING.search(heading(subject)) is not None


def is_bounce_subject(subject: str) -> bool:
    """Whether the subject speaks of a delivery that failed: not proof alone."""
    folded = heading(subject)
    return bool(
        _BOUNCE_SUBJECT.search(folded) or _SYSTEM_SUBJECT.match(folded) or _SYSTEM_ENDING.search(folded)
    )


def bounce_words(text: str) -> str:
    """The words in which the text speaks of a delivery that failed: not proof alone."""
    match = _BOUNCE_TEXT.search(fold(text[:_MOST_TEXT]))
    return " ".join(match[0].split()) if match else ""


def is_report_subject(subject: str) -> bool:
    """The subjects of RFC 7489 §7.2.1.1 and RFC 8460 §5.3, and that of Hotmail's abuse reports."""
    return _REPORT_SUBJECT.match(subject[:MOST_HEADING]) is not None


def is_report_file(name: str) -> bool:
    """Whether a file is named as aggregate reports on DMARC and TLS are (RFC 7489 §7.2.1.1, RFC 8460 §5.1)."""
    return "!" in name and _REPORT_FILE.fullmatch(name) is not None


def is_read_receipt(subject: str, text: str) -> bool:
    """Whether subject and text together are those of a read receipt without its standard form."""
    return bool(_READ_SUBJECT.match(heading(subject)) and _READ_TEXT.search(fold(text[:1000])))
