"""Mails to a garden shop: the answer that fits each, None where none does, language, subject and words.

Half of them ask something else about the very things that the answers speak of.
"""

# ruff: noqa: E501  (a row is a line)

from typing import NamedTuple


class QuestionMail(NamedTuple):
    """`fits` is the id of the answer, None where none fits."""

    fits: str | None
    language: str
    subject: str
    words: str


_CROATIAN = (
    ("returns", "Povrat škara", "Poštovani,\n\nprošli tjedan stigle su mi škare za živicu, ali su mi preteške. Kako ih mogu vratiti? Nekorištene su."),
    ("returns", "Povrat robe", "Dobar dan, naručila sam krivu veličinu rukavica. Koji je postupak za povrat robe i u kojem roku?"),
    ("delivery-time", "Rok dostave", "Bok, zanima me koliko traje dostava u Dubrovnik ako naručim danas."),
    ("tracking", "Gdje je paket", "Dobar dan,\n\nnarudžbu sam platio u ponedjeljak. Gdje mogu pratiti svoju pošiljku?\n\nHvala"),
    ("payment", "Plaćanje", "Lijep pozdrav, može li se kod vas plaćati karticom na rate ili samo pouzećem?"),
    ("company-invoice", "R1 račun", "Poštovani, trebam R1 račun na tvrtku za ovu narudžbu. Kamo da pošaljem OIB?"),
    ("password", "Prijava", "Zaboravila sam lozinku za svoj račun na webu. Kako da postavim novu lozinku?"),
    ("address", "Promjena adrese", "Dobar dan, pogriješio sam kućni broj. Mogu li promijeniti adresu dostave za već poslanu narudžbu?"),
    ("cancel", "Otkazivanje", "Molim Vas, želim otkazati narudžbu od jučer jer sam greškom naručio dvaput. Što trebam učiniti?"),
    ("warranty", "Jamstvo za kosilicu", "Kosilica kupljena lani u lipnju više ne pali. Još je pod jamstvom. Kako da prijavim kvar?"),
    ("pickup", "Osobno preuzimanje", "Pozdrav, može li se narudžba preuzeti osobno u trgovini u Zagrebu i kada radite subotom?"),
    ("newsletter", "odjava", "Molim odjavu s newslettera, ne zelim vise primati vase obavijesti na mail."),
    (None, "Novac još nije stigao", "Poštovani, robu sam vratila prije tri tjedna, a novac još nije na mom računu. Molim provjerite uplatu."),
    (None, "Pogrešan OIB", "Na računu 2231 krivo je upisan OIB naše škole. Molim ispravak."),
    (None, "Suradnja", "Poštovani, vodim rasadnik kod Karlovca i htjela bih Vam ponuditi sadnice lavande za Vašu trgovinu."),
    (None, "Savjet", "Imam balkon na sjevernoj strani. Koje biljke preporučujete za sjenu i koliko često ih zalijevati?"),
    (None, "Dostavljač", "Dostavljač je jučer ostavio paket kod susjeda bez poziva. Molim da mi ubuduće telefonira prije dolaska."),
    (None, "Prijava za posao", "U privitku šaljem životopis i prijavu za radno mjesto prodavača u Vašoj trgovini u Splitu."),
    (None, "Mail s lozinkom ne dolazi", "Već tri puta kliknula sam na link, ali poruka s linkom nikad ne stigne, ni u neželjenu poštu."),
    (None, "Kupon", "Kod za popust je prihvaćen, ali mi je na kartici naplaćen puni iznos. Molim povrat razlike."),
    (None, "Visina grede", "Kolika je visina povišene grede od ariša i koliko litara zemlje stane u nju?"),
    (None, "Ponuda za školu", "Trebamo ponudu za 40 kompleta vrtnog alata za školski vrt, s rokom plaćanja 60 dana."),
    (None, "Hvala", "Samo da javim da je sve stiglo na vrijeme i da su ruže prekrasne. Lijep pozdrav cijeloj ekipi!"),
    (None, "Nedostaje dio", "U kutiji sa staklenikom nedostaju vijci i jedna bočna šipka. Možete li ih poslati naknadno?"),
)  # fmt: skip

_SERBIAN_LATIN = (
    ("returns", "Vraćanje robe", "Poštovani, kupio sam crevo za zalivanje ali mi ne odgovara dužina. Kako mogu da ga vratim i ko plaća poštarinu?"),
    ("returns", "Zamena", "Cao, da li mogu da vratim nekoriscene makaze u roku od 14 dana i dobijem novac nazad?"),
    ("delivery-time", "Isporuka", "Dobar dan, koliko dana traje isporuka do Niša? Porudžbinu bih napravila večeras."),
    ("tracking", "Praćenje pošiljke", "Zdravo, naručila sam seme pre nedelju dana. Kako da pratim pošiljku, gde se nalazi?"),
    ("payment", "nacini placanja", "Pozdrav, da li moze da se plati karticom ili samo pouzecem kuriru?"),
    ("company-invoice", "Faktura", "Potrebna nam je faktura na firmu. Da li dobijamo fakturu sa PIB-om i kako da pošaljemo podatke?"),
    ("password", "Lozinka", "Ne mogu da se setim lozinke za nalog. Kako da je resetujem?"),
    ("address", "Druga adresa", "Preselili smo se prošle nedelje. Da li je moguće promeniti adresu za isporuku porudžbine 8821?"),
    ("cancel", "Otkazivanje porudžbine", "Predomislila sam se i htela bih da otkažem porudžbinu 9017 dok još nije poslata."),
    ("warranty", "Garancija", "Trimer je prestao da radi posle pet meseci, garancija traje dve godine. Gde da prijavim kvar i da li treba račun?"),
    ("coupon", "Kod za popust", "Dobila sam kod za popust od 10%, ali ne znam gde se unosi kod pri kupovini."),
    ("newsletter", "Odjava", "Kako da se odjavim sa vašeg biltena? Ne želim više da dobijam reklamne mejlove."),
    (None, "Novac", "Robu sam vratila 3. marta, kurir je potvrdio prijem. Kada ću videti novac na računu?"),
    (None, "Dve fakture", "Stigle su nam dve fakture za istu porudžbinu, a platili smo samo jednu. Koja je ispravna?"),
    (None, "Saksije", "Da li su terakota saksije od 40 cm otporne na mraz i imaju li rupu na dnu?"),
    (None, "Posao", "Zanima me da li tražite radnike za prolećnu sezonu, imam iskustva u rasadniku."),
    (None, "Kurir", "Kurir je bio neljubazan i odbio je da unese džak zemlje u hodnik. Molim da mu to prenesete."),
    (None, "Pogrešan artikal", "U paketu je stigla plava kanta umesto zelene. Pošaljite mi, molim vas, zelenu."),
    (None, "Ne mogu da platim", "Kada kliknem na dugme za plaćanje, stranica se zaglavi i pojavi se greška 502."),
    (None, "Saradnja", "Mi smo škola i organizujemo baštenski dan. Da li biste bili sponzor i poklonili seme?"),
    (None, "Savet za ruže", "List ruže žuti i opada od početka juna. Čime da je prihranim?"),
    (None, "Nalog zaključan", "Piše da je moj nalog zaključan zbog bezbednosti. Molim vas otključajte ga, kupujem kod vas godinama."),
    (None, "Katalog", "Možete li mi poslati štampani katalog za jesen na kućnu adresu?"),
    (None, "Zahvalnica", "Hvala na brzoj reakciji, sve je sada u redu sa porudžbinom."),
)  # fmt: skip

_SERBIAN_CYRILLIC = (
    ("returns", "Повраћај", "Поштовани, купила сам рукавице које су ми мале. Како могу да вратим робу?"),
    ("delivery-time", "Рок испоруке", "Добар дан, у ком року стиже роба ако поручим данас? Живим у Зајечару."),
    ("delivery-time", "Питање", "Занима ме колико траје испорука за веће саксије."),
    ("tracking", "Где је пошиљка", "Поздрав, где могу да пратим пошиљку? Поручила сам прошлог петка и још је нема."),
    ("payment", "Плаћање", "Који су начини плаћања? Да ли примате картице?"),
    ("company-invoice", "Рачун за предузеће", "Потребан ми је рачун на фирму. Како да добијем фактуру са ПИБ-ом?"),
    ("password", "Заборављена лозинка", "Заборавио сам лозинку. Шта да радим да бих поставио нову?"),
    ("address", "Промена адресе", "Да ли могу да променим адресу испоруке? Поруџбина је од јутрос."),
    ("cancel", "Отказивање", "Желим да откажем поруџбину бр. 7710, купио сам исто у продавници."),
    ("pickup", "Лично преузимање", "Може ли се поруџбина преузети лично у вашој радњи у Новом Саду?"),
    ("coupon", "Попуст", "Где се уписује код за попуст који сам добила на мејл?"),
    ("warranty", "Гаранција", "Пумпа за воду је под гаранцијом, а престала је да ради. Како да пријавим квар?"),
    (None, "Оштећена кутија", "Пакет је стигао мокар и поцепан, а два цвета су сломљена. Шаљем слике у прилогу."),
    (None, "Шимшир", "Који размак препоручујете за садњу шимшира у живу ограду?"),
    (None, "Погрешан износ", "На фактури 551 износ се не слаже са поруџбином. Молим исправку."),
    (None, "Посета", "Да ли можемо да доведемо ученике трећег разреда у вашу башту у мају?"),
    (None, "Врата продавнице", "У продавници у Нишу врата се не отварају за инвалидска колица. Молимо вас да то решите."),
    (None, "Понуда", "Молимо понуду за 200 комада садница бора са превозом до Ваљева."),
    (None, "Плаћено двапут", "Банка ми је за исту куповину два пута скинула новац са картице."),
    (None, "Похвала", "Девојка која ради у вашој радњи на Бежанији била је изузетно љубазна."),
    (None, "Замена модела", "Да ли нови модел маказа има исту оштрицу као стари, и може ли се купити само сечиво?"),
    (None, "Реч за новине", "Пишем текст о урбаном баштованству и волела бих да разговарам са неким од вас."),
    (None, "Новац од враћене робе", "Вратио сам косачицу пре месец дана и још чекам новац. Докле је стигло?"),
    (None, "Подаци на налогу", "На мом налогу пише погрешно презиме. Можете ли да га исправите?"),
)  # fmt: skip

_HUNGARIAN = (
    ("returns", "Visszaküldés", "Tisztelt Ügyfélszolgálat!\n\nA metszőolló túl nagy a kezemnek. Hogyan tudom visszaküldeni a terméket?"),
    ("returns", "Elállás", "Jó napot! Hány napon belül küldhetem vissza a terméket, ha meggondoltam magam?"),
    ("delivery-time", "Szállítás", "Sziasztok, mennyi a szállítási idő Szegedre? Hétvégén kellene az ültetéshez."),
    ("tracking", "Hol a csomagom", "Múlt héten rendeltem, azóta semmi hír. Hol tudom követni a csomagomat?"),
    ("payment", "Fizetés", "Lehet nálatok bankkártyával fizetni, vagy csak utánvéttel?"),
    ("company-invoice", "Céges számla", "Kérnék céges számlát a rendelésemhez. Hogyan adhatom meg az adószámot?"),
    ("password", "jelszo", "Elfelejtettem a jelszavamat, hogyan tudok uj jelszot kerni?"),
    ("address", "Címmódosítás", "Rossz házszámot írtam be. Meg lehet még változtatni a szállítási címet?"),
    ("cancel", "Rendelés lemondása", "Szeretném lemondani a tegnapi rendelésemet, véletlenül kétszer rendeltem meg."),
    ("warranty", "Garancia", "A fűnyíróm nem indul, tavaly vettem, még garanciális. Hogyan jelenthetem be a hibát?"),
    ("pickup", "Személyes átvétel", "Át lehet venni a rendelést személyesen a budapesti üzletben szombaton?"),
    ("newsletter", "Leiratkozás", "Hogyan tudok leiratkozni a hírlevélről? Túl sok levelet kapok."),
    (None, "Visszatérítés", "Három hete megkapták a visszaküldött szivattyút, de a pénz még nem érkezett meg. Kérem, nézzenek utána."),
    (None, "Hibás számla", "A számlán rossz a cégünk neve. Kérjük a számla javítását."),
    (None, "Tanács", "Milyen földet ajánlanak leanderhez, és mikor kell átültetni?"),
    (None, "Álláshirdetés", "Az eladói állásra szeretnék jelentkezni, csatolom az önéletrajzomat."),
    (None, "Futár", "A futár csak bedobta a csomagot a kerítésen, és két cserép eltört."),
    (None, "Kártya", "Kétszer vonták le a kártyámról ugyanannak a rendelésnek az árát."),
    (None, "Kupon", "A kuponnal vásároltam, de a számlán nem szerepel a kedvezmény. Kérem a különbözetet."),
    (None, "Iskolai kert", "Iskolai kertet építünk. Tudnának ajánlatot adni 30 magaságyásra?"),
    (None, "Magasság", "Milyen magas a kerti pad ülőkéje, és elbír-e két felnőttet?"),
    (None, "Regisztráció", "A regisztrációkor hibaüzenetet kapok: ez az e-mail-cím már foglalt. Pedig még sosem vásároltam itt."),
    (None, "Köszönet", "Nagyon szépek lettek a muskátlik, köszönöm a gyors szállítást!"),
    (None, "Hiányzó alkatrész", "Az üvegház dobozából hiányzik négy csavar. El tudnák küldeni postán?"),
)  # fmt: skip

_ENGLISH = (
    ("returns", "Hedge shears", "Hello,\n\nthe shears I bought last week are too heavy for me. How can I send them back?"),
    ("returns", "Return", "Hi, I ordered the wrong gloves. What is your return policy, and who pays the postage?"),
    ("delivery-time", "Delivery", "How long does delivery to Rijeka take? I would need the soil before Saturday."),
    ("tracking", "Order 5512", "Could you tell me where my parcel is? Is there a tracking link?"),
    ("payment", "Paying", "Do you accept credit cards, or can I only pay on delivery?"),
    ("company-invoice", "Invoice", "We need an invoice made out to our company, with the VAT number. How do we get one?"),
    ("password", "cannot log in", "I forgot my password. How do I set a new one?"),
    ("address", "New address", "I gave you my old address by mistake. Can I still change the delivery address of my order?"),
    ("cancel", "Order 6120", "Please, how can I cancel my order? I found the same pot in my shed."),
    ("warranty", "Lawn mower", "My mower stopped working after eight months. It is under warranty. How do I report the fault?"),
    ("pickup", "Collection", "Can I collect my order from the shop myself, and are you open on Saturdays?"),
    ("coupon", "Discount code", "Where do I enter the discount code from your leaflet?"),
    (None, "Refund", "I returned the pump a month ago, and your warehouse confirmed it. When do I see my money?"),
    (None, "Wrong name", "The invoice for order 7003 has our old company name on it. Could you correct it?"),
    (None, "Advice", "Which plants would you recommend for a shady balcony that faces north?"),
    (None, "Job", "I would like to apply for the position of shop assistant. My CV is attached."),
    (None, "Courier", "The courier left the parcel in the rain, and the seeds are soaked."),
    (None, "Charged twice", "My card was charged twice for the same order. Please look into it."),
    (None, "Reset link", "Your reset email never arrives. I have tried four times since yesterday, and looked in the spam folder."),
    (None, "Partnership", "We grow lavender near Zadar and would like to sell our plants through your shop."),
    (None, "Measurements", "How high is the raised bed, and how many litres of soil does it hold?"),
    (None, "School garden", "Could you send us a quote for 40 sets of tools for our school, payable within 60 days?"),
    (None, "Thank you", "The roses arrived on time and they are wonderful. Thanks to everybody."),
    (None, "Missing screws", "Four screws are missing from the greenhouse box. Could you post them to me?"),
)  # fmt: skip

MAILS = tuple(
    QuestionMail(fits, language, subject, words)
    for language, mails in (
        ("hr", _CROATIAN),
        ("sr-Latn", _SERBIAN_LATIN),
        ("sr-Cyrl", _SERBIAN_CYRILLIC),
        ("hu", _HUNGARIAN),
        ("en", _ENGLISH),
    )
    for fits, subject, words in mails
)
