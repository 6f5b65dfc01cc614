"""Answers and mails of other desks: a provider, a software house, a surgery and a library.

The threshold was chosen before they were written: they show whether it holds elsewhere.
"""

# ruff: noqa: E501  (a row is a line)

from tests.core.frequent_questions import answer
from tests.core.question_mails import QuestionMail

_ASKED: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "hr": (
        ("wifi", "Promjena Wi-Fi lozinke", ("Kako promijeniti lozinku za Wi-Fi?", "Gdje piše lozinka bežične mreže?")),
        ("bill", "Uvid u račun", ("Gdje mogu vidjeti svoj račun?", "Kako dobiti kopiju računa?", "Nisam dobio račun.")),
        ("move", "Preseljenje priključka", ("Selim se, mogu li prenijeti internet na novu adresu?", "Kako preseliti priključak?")),
        ("end", "Raskid ugovora", ("Kako raskinuti ugovor?", "Želim otkazati internet.", "Koliko iznosi naknada za prijevremeni raskid?")),
        ("router", "Ponovno pokretanje uređaja", ("Internet ne radi.", "Kako ponovno pokrenuti modem?", "Nemam internet.")),
        ("pay", "Plaćanje računa", ("Kako platiti račun?", "Mogu li plaćati trajnim nalogom?")),
        ("owner", "Promjena vlasnika", ("Kako promijeniti vlasnika ugovora?", "Prijenos ugovora na drugu osobu")),
        ("speed", "Brži paket", ("Kako prijeći na brži paket?", "Koliko stoji veća brzina?")),
    ),
    "en": (
        ("export", "Exporting your data", ("How do I export my data?", "Can I download a backup?")),
        ("seats", "Adding colleagues", ("How do I add a user?", "How can I invite my colleagues to the team?")),
        ("plan", "Changing the plan", ("How do I upgrade my plan?", "Can I switch to yearly billing?")),
        ("cancel", "Ending a subscription", ("How do I cancel my subscription?", "I want to close my account.")),
        ("card", "Changing the card", ("How do I change my credit card?", "My card has expired.")),
        ("sso", "Single sign-on", ("Do you support single sign-on?", "How do I set up SAML?")),
        ("receipt", "Invoices", ("Where do I find my invoices?", "Can I get a receipt with VAT?")),
        ("2fa", "Two-factor login", ("How do I turn on two-factor authentication?", "I lost my phone and cannot log in.")),
    ),
    "hu": (
        ("appt", "Időpont módosítása", ("Hogyan módosíthatom az időpontomat?", "Át lehet tenni az időpontot?")),
        ("cancel", "Időpont lemondása", ("Hogyan mondhatom le az időpontot?", "Nem tudok elmenni az időpontra.")),
        ("price", "Árak", ("Mennyibe kerül a vizsgálat?", "Mennyi a vizitdíj?")),
        ("park", "Parkolás", ("Hol lehet parkolni?", "Van parkoló a rendelőnél?")),
        ("result", "Leletek", ("Mikor lesz kész a leletem?", "Hogyan kapom meg a leletet?")),
        ("prep", "Vérvétel", ("Kell éhgyomorra jönni a vérvételre?", "Mit kell tudni a vérvételről?")),
    ),
    "sr-Latn": (
        ("lib", "Produženje knjiga", ("Kako da produžim rok za vraćanje knjige?", "Da li mogu da produžim pozajmicu?")),
        ("card", "Članska karta", ("Kako da se učlanim u biblioteku?", "Koliko košta članarina?")),
        ("fine", "Kazna za kašnjenje", ("Kolika je kazna za kašnjenje?", "Zakasnila sam sa vraćanjem knjige.")),
        ("room", "Čitaonica", ("Kada radi čitaonica?", "Da li mogu da rezervišem mesto u čitaonici?")),
        ("book", "Rezervacija knjige", ("Kako da rezervišem knjigu?", "Da li imate knjigu?")),
    ),
}  # fmt: skip

OTHER_ANSWERS = tuple(answer(id_, language, title, asked) for language, rows in _ASKED.items() for id_, title, asked in rows)  # fmt: skip

OTHER_MAILS = (
    QuestionMail("wifi", "hr", "Wifi", "Dobar dan, kako mogu promijeniti lozinku za wi-fi?"),
    QuestionMail("bill", "hr", "Račun za svibanj", "Nisam primila račun za svibanj. Gdje ga mogu vidjeti?"),
    QuestionMail("move", "hr", "Selidba", "Sljedeći mjesec selimo u Osijek. Možemo li prenijeti internet na novu adresu?"),
    QuestionMail("end", "hr", "Raskid", "Molim upute kako raskinuti ugovor, istječe mi u lipnju."),
    QuestionMail("router", "hr", "Nema interneta", "Od jutros nam internet ne radi, lampica trepće crveno."),
    QuestionMail("owner", "hr", "Ugovor", "Ugovor glasi na mog pokojnog oca. Kako promijeniti vlasnika ugovora?"),
    QuestionMail(None, "hr", "Prevelik račun", "Račun za travanj je 40 eura veći nego inače, a nisam ništa mijenjao. Objasnite mi stavke."),
    QuestionMail(None, "hr", "Majstor", "Majstor se najavio za utorak i nije došao. Kad dolazi?"),
    QuestionMail(None, "hr", "Stup", "Stup na našoj parceli se nagnuo i kabel visi iznad ceste."),
    QuestionMail(None, "hr", "Optika", "Kada planirate optiku u Slunju?"),
    QuestionMail(None, "hr", "Raskid bez moje volje", "Dobila sam obavijest o raskidu ugovora koji nisam tražila. Tko ga je zatražio?"),
    QuestionMail(None, "hr", "Podaci", "Molim da mi prema GDPR-u dostavite sve podatke koje imate o meni."),
    QuestionMail(None, "hr", "Modem", "Vratio sam modem u poslovnicu u ožujku, a još mi ga naplaćujete na računu."),
    QuestionMail("export", "en", "Backup", "Is there a way to download a backup of all my data?"),
    QuestionMail("seats", "en", "New colleague", "Anna joins us on Monday. How do I add a new user?"),
    QuestionMail("plan", "en", "Upgrade", "We grow. How can we upgrade our plan?"),
    QuestionMail("cancel", "en", "Closing", "Hi, how do I cancel the subscription? We are winding down the company."),
    QuestionMail("card", "en", "Card", "My credit card has expired, how do I change it?"),
    QuestionMail("sso", "en", "SSO", "Do you support single sign-on with SAML?"),
    QuestionMail("receipt", "en", "Invoices", "Where can I find the invoices of last year?"),
    QuestionMail(None, "en", "Export broken", "The export stops at 40 % with an error 500 since the update."),
    QuestionMail(None, "en", "Data loss", "All projects of user Mark disappeared after he was removed. Can you restore them?"),
    QuestionMail(None, "en", "Invoice wrong", "The last invoice bills 12 users, but we have only 9."),
    QuestionMail(None, "en", "Security", "We need your SOC 2 report and a filled in questionnaire for our audit."),
    QuestionMail(None, "en", "API", "Which rate limits does your API have?"),
    QuestionMail(None, "en", "Speaking", "Would you speak at our conference about product design?"),
    QuestionMail(None, "en", "Cancelled", "I cancelled my subscription in May, but you charged me again in June."),
    QuestionMail("appt", "hu", "Időpont", "Közbejött valami, át lehet tenni a keddi időpontot csütörtökre?"),
    QuestionMail("cancel", "hu", "Lemondás", "Sajnos lebetegedtem, hogyan mondhatom le a holnapi időpontot?"),
    QuestionMail("price", "hu", "Ár", "Mennyibe kerül egy bőrgyógyászati vizsgálat?"),
    QuestionMail("park", "hu", "Parkolás", "Hol lehet parkolni a rendelő közelében?"),
    QuestionMail("result", "hu", "Lelet", "Múlt kedden voltam vérvételen. Mikor lesz kész a leletem?"),
    QuestionMail(None, "hu", "Hibás lelet", "A leleten rossz a születési dátumom."),
    QuestionMail(None, "hu", "Orvos", "Kovács doktornő visszajön még a szabadságáról?"),
    QuestionMail(None, "hu", "Számla", "A vizsgálatról rossz névre állították ki a számlát."),
    QuestionMail(None, "hu", "Recept", "Fel tudná írni a doktor úr a szokásos gyógyszeremet?"),
    QuestionMail(None, "hu", "Parkolási büntetés", "Büntetést kaptam a rendelő előtt, pedig önök mondták, hogy ott megállhatok."),
    QuestionMail("lib", "sr-Latn", "Produzenje", "Kako da produzim rok za knjigu Na Drini cuprija?"),
    QuestionMail("card", "sr-Latn", "Učlanjenje", "Koliko košta članarina za studente?"),
    QuestionMail("fine", "sr-Latn", "Kazna", "Zakasnio sam mesec dana sa vraćanjem knjiga. Kolika je kazna?"),
    QuestionMail("room", "sr-Latn", "Čitaonica", "Da li čitaonica radi nedeljom?"),
    QuestionMail(None, "sr-Latn", "Poklon", "Imam tri stotine knjiga pokojne bake. Da li ih primate na poklon?"),
    QuestionMail(None, "sr-Latn", "Promocija", "Pisac sam i voleo bih da održim promociju svoje knjige kod vas."),
    QuestionMail(None, "sr-Latn", "Oštećena knjiga", "Knjigu mi je pocepao pas. Šta da radim?"),
    QuestionMail(None, "sr-Latn", "Izgubljen kišobran", "Juče sam u čitaonici zaboravila crveni kišobran."),
)  # fmt: skip
