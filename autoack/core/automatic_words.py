"""The words of automatic answers and of programs that write as if they were people, in many languages.

Vacation notices, challenges to a sender, acknowledgements of other desks, and texts that say that nobody
wrote them. Only the subjects of automatic replies are proof.
"""

import re

from autoack.core.phrases import heading, phrases
from autoack.core.words import fold

# The headings of automatic replies as mail systems and people write them; one line for a few languages.
_AUTO_SUBJECT = re.compile(
    r"(?:(?:re|aw|odg|vs|sv|ynt|rif|res|ha|fw|fwd)\s*:\s*)?\[?(?:"
    + phrases(
        """
        automatic reply | automatic response | automatic answer | automated reply | automated response |
        auto reply | auto-reply | autoreply | automatic-reply | auto response | auto-response |
        autoresponse | out of office autoreply | out of office reply | out of office notification |
        out of office message | out of office | out-of-office | out of the office |
        out of office response | vacation reply | vacation notice | vacation message | vacation response |
        vacation autoreply | i am out of the office | away from the office | automatski odgovor |
        automatska poruka | automatični odgovor | automatičen odgovor | samodejni odgovor |
        odsutnost z dela | odsutan | odsutna | izvan ureda | van ureda | van kancelarije |
        na godišnjem odmoru | nisam u uredu | nisam u kancelariji | аутоматски одговор |
        аутоматска порука | одсутан | одсутна | ван канцеларије | на годишњем одмору |
        автоматски одговор | автоматска порака | автоответ | автоматический ответ | автоматичен отговор |
        автоматична відповідь | автовідповідь | аўтаматычны адказ | автоматты жауап | вне офиса |
        нет на месте | извън офиса | отсутствие на рабочем месте | automatikus válasz |
        automatikus üzenet | házon kívül | szabadságon vagyok | automatikus válaszüzenet | irodán kívül |
        abwesenheitsnotiz | abwesenheitsmeldung | abwesenheitsbenachrichtigung |
        automatische abwesenheitsnotiz | automatische antwort | automatische rückantwort |
        automatische abwesenheit | nicht im büro | nicht im haus | abwesenheitsassistent |
        réponse automatique | absence du bureau | message d'absence | réponse d'absence |
        notification d'absence | risposta automatica | fuori sede | fuori ufficio | respuesta automática |
        fuera de la oficina | fuera de oficina | resposta automática | resposta automàtica |
        fora do escritório | ausencia temporal | ausência temporária | erantzun automatikoa |
        odpowiedź automatyczna | automatyczna odpowiedź | autoodpowiedź | poza biurem |
        nieobecność w biurze | automatická odpověď | automatická odpoveď | mimo kancelář |
        mimo kancelárie | nepřítomnost | răspuns automat | automatisch antwoord |
        automatische beantwoording | afwezigheidsbericht | afwezigheidsmelding | niet op kantoor |
        automatiskt svar | autosvar | frånvaromeddelande | ej på kontoret | automatisk svar |
        ikke på kontoret | fraværsmelding | fraværsassistent | ikke til stede | automaattinen vastaus |
        automaattivastaus | poissaoloviesti | poissa toimistosta | sjálfvirkt svar | automaatvastus |
        automaatne vastus | automātiskā atbilde | automatiska atbilde | ārpus biroja |
        automatinis atsakymas | otomatik yanıt | otomatik cevap | ofis dışında | avtomatik cavab |
        αυτόματη απάντηση | εκτός γραφείου | përgjigje automatike | tweġiba awtomatika |
        outomatiese antwoord | ateb awtomatig | freagra uathoibríoch | balasan otomatis |
        jawapan automatik | trả lời tự động | thư trả lời tự động | תשובה אוטומטית | מענה אוטומטי |
        מחוץ למשרד | رد تلقائي | الرد التلقائي | خارج المكتب | پاسخ خودکار | स्वचालित उत्तर |
        ตอบกลับอัตโนมัติ | การตอบกลับอัตโนมัติ | 自动答复 | 自动回复 | 自動回覆 | 自動答覆 | 自動応答 |
        自動返信 | 不在通知 | 不在のお知らせ | 자동 회신 | 자동 응답 | 자동회신 | 부재중 | 부재 중 |
        ავტომატური პასუხი | ինքնաշխատ պատասխան | ავტოპასუხი
        """
    )
    + r")(?:\s*(?:$|[\]:：\-–—(!.,|/])|\s+(?:do|od|until|till|bis|vom|jusqu|fino|hasta|ate|до|од|с|from|to)\s+\d|"
    r"\s+automat)"
)
_AUTO_ANYWHERE = re.compile(
    r"\bis (?:currently )?out of (?:the )?office(?:\s*$|\s*[(:.,–-]|\s(?:until|till|from)\b)|"
    r"\bautomatiska atbilde\b|\bautomatinis atsakymas\b|\bautomaatvastus\b"
    r"|\((?:automatic response|auto[- ]?reply|autoreply|out of (?:the )?office)\)\s*$"
    r"|[\[(](?:auto[- ]?reply|autoreply|auto[- ]?generated|automatic(?:ally generated| reply)|out of office|"
    r"automatski odgovor|automatische antwort|reponse automatique)[\])]"
)
_AUTO_PREFIX = re.compile(r"auto:\s")
# What a subject of somebody who is away may be, and that of a person who writes about holidays, too.
_AWAY_SUBJECT = re.compile(
    r"(?:re:\s*)?(?:"
    + phrases(
        """
        odsutnost | odsustvo | одсуство | godišnji odmor | годишњи одмор | dopust | abwesenheit |
        abwesend | urlaub | im urlaub | vacation | on vacation | on leave | annual leave | holiday |
        away | absence | absent | congés | en congé | vacances | assenza | ferie | in ferie | ausencia |
        vacaciones | de vacaciones | férias | ausente | urlop | nieobecność | dovolená | dovolenka |
        szabadság | szabadságon | távollét | concediu | afwezig | vakantie | semester | frånvaro |
        fravær | loma | lomalla | poissa | poissaolo | puhkus | atvaļinājums | atostogos | izin |
        yıllık izin | отпуск | в отпуске | отпуска | відпустка | άδεια | απουσία | 休暇 | 休假 | 휴가 |
        חופשה | إجازة
        """
    )
    + r")\b"
)
_AWAY_TEXT = re.compile(
    phrases(
        """
        out of the office | out of office | away from the office | away from my desk | on annual leave |
        on vacation | on holiday | on leave | on maternity leave | on parental leave |
        limited access to e-mail | limited access to email | no access to my e* | i will return on |
        i will be back | upon my return | when i return | nisam u uredu | nisam u kancelariji |
        izvan ureda | na godišnjem | na godišnjem odmoru | na bolovanju | na porodiljnom | odsutan sam |
        odsutna sam | vraćam se | neću biti u uredu | нисам у канцеларији | ван канцеларије |
        на годишњем | одсутан сам | одсутна сам | враћам се | nisem v pisarni | na dopustu | odsoten sem |
        odsotna sem | szabadságon | házon kívül | nem vagyok az irodában | nem tartózkodom |
        irodán kívül | szabadságomat töltöm | nicht im büro | nicht im haus | ich bin … abwesend |
        bin ich … abwesend | im urlaub | nicht erreichbar | außer haus | bin ich wieder erreichbar |
        in elternzeit | absent du bureau | absente du bureau | je suis absent* | je serai absent* |
        en congé* | en vacances | fuori ufficio | fuori sede | sono assente | sarò assente | in ferie |
        fuera de la oficina | estoy ausente | estaré ausente | de vacaciones | fora do escritório |
        estou ausente | estarei ausente | de férias | na urlopie | poza biurem | jestem nieobecn* |
        na dovolené | mimo kancelář | na dovolenke | mimo kancelárie | nejsem v kanceláři | în concediu |
        nu sunt la birou | in concediu | niet op kantoor | op vakantie | afwezig | met verlof |
        inte på kontoret | på semester | ikke på kontoret | på ferie | tjänstledig | en ole toimistolla |
        lomalla | poissa toimistosta | puhkusel | atvaļinājumā | atostogose | ofis dışında | izindeyim |
        yıllık izin | в отпуске | вне офиса | нет на рабочем месте | в отпуск | извън офиса |
        у відпустці | εκτός γραφείου | σε άδεια | 休暇 | 不在にして | 外出 | 休假 | 不在办公室 | 휴가 |
        부재중 | בחופשה | מחוץ למשרד | في إجازة | خارج المكتب
        """
    )
)
_CHALLENGE_WHY = re.compile(
    phrases(
        """
        allowed list | allowed senders | approved list | approved senders | accepted senders |
        white list | whitelist | guest list | trusted senders | safe senders | list of senders |
        is protected by | mailbox is protected | is being held | message is held | been quarantined |
        held until | held in | waiting to be delivered | waiting for your | not yet been delivered |
        has not been delivered yet | pending delivery | will be delivered | to ensure delivery |
        prove you are | prove that you | verify that you are | confirm that you are | you are human |
        not a spammer | not spam | anti-spam system | spam protection | unsolicited | spam filter |
        only accepts | unknown sender | first time you have sent | never sent me | nicht zugestellt bis |
        spam-schutz | zurückgehalten | liste blanche | anti-spam | antispam | lista bianca |
        lista blanca | zaštit* od spama | zaštićen od neželjene | niste robot | защита от спама |
        biała lista | kéretlen | ellenőrzött feladó | белый список
        """
    )
)
_CHALLENGE_HOW = re.compile(
    phrases(
        """
        click here | click on | click the | click below | clicking | follow this link | follow the link |
        following link | link below | visit the | reply to this | by replying | just reply |
        simply reply | press reply | to confirm | confirm your | please confirm | verify your |
        verification | complete the form | fill in | enter the | type the | klicken sie | bestätigen |
        antworten sie | cliquez | cliquer | confirmez | répondez | clicca | conferma | rispond* |
        haga clic | pulse | confirme | responda | kliknite | potvrdite | odgovorite | кликните |
        потврдите | kattintson | erősítse | kliknij | potwierd* | klikněte | нажмите | подтверд*
        """
    )
)
_AUTOMATIC = re.compile(
    r"(?:do not|don't|not to|never|cannot|can not) (?:directly )?(?:reply|respond|answer) (?:directly )?(?:to|on) "
    r"(?:this|the|any)|"
    r"do not (?:reply|respond|answer)[.!]|"
    r"this (?:e-?mail|message|notification|letter|notice) (?:was|is|has been) (?:\w+ )?automat|"
    r"this is an? (?:\w+ )?automat|automated (?:message|e-?mail|notification|reminder|response)|"
    r"automatically (?:generated|sent) (?:e-?mail|message|notification|by)|system[- ]generated|"
    r"(?:was|is) (?:automatically generated|generated automatically|sent automatically|auto-?generated)|"
    r"repl(?:y|ies) to this (?:e-?mail|message|address) (?:is|are|will|can)|"
    r"(?:mailbox|address|inbox|account) is (?:not|un)[ -]?(?:monitored|attended|checked|read)|"
    r"(?:unmonitored|unattended|send-only|outgoing) (?:mailbox|address|e-?mail|inbox)|"
    r"this (?:e-?mail|message) was sent from an? |"
    r"ne odgovaraj(?:te)? na ov[aui]j? (?:e-?mail|mail|poruk|adres|obavijest|obavestenj)|"
    r"ov[aoj]{1,2} (?:je )?(?:poruka|e-?mail|mail|obavijest|obavestenje) (?:je )?automatsk|"
    r"automatski (?:je )?(?:generira|generisa|poslan|poslat|kreira)|"
    r"не одговарајте на ов|аутоматски (?:је )?(?:генерис|послат|креира)|ово је аутоматска|"
    r"ne valaszoljon (?:erre|err[ae])|erre az? (?:e-?mail|level|uzenet)\w* (?:kerjuk,? )?ne valaszolj|"
    r"automatikusan (?:general|kuldott|kikuldott|keszult)|ez egy automatikus|automatikus (?:uzenet|ertesites|level)|"
    r"ne odgovarjajte|samodejno (?:generiran|poslan|ustvarjen)|to je samodejno|"
    + phrases(
        """
        antworten sie bitte nicht auf diese | antworten sie nicht auf diese | bitte nicht antworten |
        bitte antworten sie nicht | nicht auf diese e* | wurde automatisch | automatisch generierte |
        automatisch erzeugt* | automatisch erstellt* | automatisch versend* | automatisch verschickt |
        ne pas répondre à ce | ne répondez pas | merci de ne pas répondre | envoyé automatiquement |
        message automatique | généré automatiquement | non rispondere a ques* | messaggio automatico |
        generata automaticamente | inviata automaticamente | generato automaticamente |
        no responda a este | no responder a este | no conteste a este | mensaje automático |
        generado automáticamente | enviado automáticamente | não responda a este | não responda esta |
        mensagem automática | gerado automaticamente | gerada automaticamente | prosimy nie odpowiadać |
        wiadomość wygenerowana automatycznie | wygenerowan* automatycznie | neodpovídejte na tento |
        vygenerován automaticky | automaticky generovan* | automaticky vygenerovan* | neodpovedajte na |
        nu răspundeți la acest | generat automat | mesaj automat | beantwoord deze e* |
        niet te beantwoorden | automatisch gegenereerd | automatisch verstuurd | svara inte på detta |
        går inte att svara | automatiskt genererat | ikke svar på denne | kan ikke besvares |
        automatisk generert | älä vastaa tähän | automaattinen viesti | lütfen bu e* | otomatik olarak |
        не отвечайте на это | сформировано автоматически | отправлено автоматически |
        автоматическое сообщение | не відповідайте на | не отговаряйте на | автоматично генериран* |
        μην απαντήσετε σε αυτό | 自動送信 | 自動配信 | 送信専用 | 请勿回复 | 请不要直接回复 | 請勿回覆 |
        系统自动 | 회신하지 마 | 발신전용 | 발신 전용
        """
    )
)
# Every form above has one of these in it, whatever its accents and its first letter.
_AUTOMATIC_HINTS = (
    *("ot reply", "OT REPLY", "ot respond", "ot answer", "t directly", "to reply", "ver reply", "eplies"),
    *("utomat", "UTOMAT", "generated", "onitored", "ttended", "nd-only", "sent from a", "dgovar", "дговар"),
    *(
        "álaszolj",
        "alaszolj",
        "ntworten",
        "répond",
        "nda a est",
        "nder a est",
        "nte a est",
        "nder esta",
        "nda esta",
        "odpowi",
        "dpov",
        "ăspund",
    ),
    *(
        "eantwo",
        "svar",
        "vastaa",
        "lütfen",
        "втомат",
        "утомат",
        "твечай",
        "тговаря",
        "ідповідай",
        "παντήσετε",
    ),
    *("自動", "送信専用", "勿", "不要直接", "系统自动", "회신", "발신"),
)
_ACKNOWLEDGED = re.compile(
    r"(?:we|i) (?:have |'ve )?received your (?:\w+ )?"
    r"(?:e-?mail|message|request|enquir|inquir|ticket|question|application)|"
    r"your (?:\w+ )?(?:e-?mail|message|request|enquiry|inquiry|ticket|case|question) (?:\S+ )?"
    r"(?:has been|was|have been) (?:successfully )?(?:received|registered|logged|created|"
    r"submitted|opened|forwarded|assigned)|"
    r"(?:ticket|case|request)(?: (?:id|number|no))?[ :#]*\S* (?:has been|was) (?:created|opened|registered)|"
    r"thank you for (?:contacting|getting in touch|your (?:e-?mail|message|enquiry|inquiry|request|interest))|"
    + phrases(
        """
        zaprimili smo vaš* | primili smo vaš* | vaš upit je zaprimljen | vaša poruka je zaprimljena |
        vaš zahtjev je zaprimljen | vaš zahtev je primljen | примили смо ваш* | prejeli smo vaš* |
        megkaptuk levelét | megkaptuk üzenetét | levelét megkaptuk | üzenetét megkaptuk |
        ihre anfrage ist … eingegangen | haben ihre … erhalten | vielen dank für ihre anfrage |
        vielen dank für ihre nachricht | nous avons bien reçu votre | nous accusons réception |
        abbiamo ricevuto la | hemos recibido su | hemos recibido tu | recebemos a sua | recebemos seu |
        otrzymaliśmy twoj* | otrzymaliśmy państwa | obdrželi jsme vaš* | prijali sme vaš* |
        am primit mesajul | wij hebben uw | vi har mottagit | vi har modtaget | vi har mottatt |
        ваше обращение | ваша заявка | ми отримали | получихме вашето
        """
    )
)
_LONG = 1600  # characters; of a longer text only its head and foot are searched


def is_auto_reply_subject(subject: str) -> bool:
    """Whether the subject is that of a vacation notice or other automatic answer."""
    folded = heading(subject)
    return bool(_AUTO_SUBJECT.match(folded) or _AUTO_ANYWHERE.search(folded))


def has_auto_prefix(subject: str) -> bool:
    """`Auto:`, which RFC 3834 §3.1.5 recommends, and which people write too."""
    return _AUTO_PREFIX.match(heading(subject)) is not None


def is_away_subject(subject: str) -> bool:
    """Whether the subject speaks of an absence; so may that of a person who asks about holidays."""
    return _AWAY_SUBJECT.match(heading(subject)) is not None


def away_words(text: str) -> str:
    """The words in which the first lines of a text say that its writer is away."""
    return _found(_AWAY_TEXT, text[:400])


def challenge_words(text: str) -> str:
    """What the text asks of a sender before it delivers their mail: a reason and a deed, both."""
    head = fold(text[:2500])
    why, how = _CHALLENGE_WHY.search(head), _CHALLENGE_HOW.search(head)
    return f"{why[0]} … {how[0]}" if why and how else ""


def acknowledgement(text: str) -> str:
    """The words by which a desk says that a mail has arrived; a person may write them, too."""
    return _found(_ACKNOWLEDGED, text[:800])


def automatic_words(text: str) -> str:
    """The words in which a text says that a program wrote it, or that nobody reads answers."""
    ends = text if len(text) < _LONG else f"{text[:600]}\n{text[-1000:]}"  # it stands at the head or the foot
    for hint in _AUTOMATIC_HINTS:  # to fold and search every text would cost more than all other rules
        if hint in ends:
            return _found(_AUTOMATIC, ends)
    return ""


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(fold(text))
    return " ".join(match[0].split()) if match else ""
