"""Names that are common in Hungary, in full spelling: they tell the order of a name's parts, and the gender."""

MALE = """
Ábel Ádám Adrián Ákos Alajos Albert Ambrus Andor András Antal Áron Árpád Artúr Attila Aurél Balázs Bálint
Barna Barnabás Béla Bence Bendegúz Benedek Benjámin Benő Bernát Bertalan Boldizsár Botond Csaba Csanád
Csongor Dániel Dávid Dénes Dezső Dominik Ede Elek Elemér Előd Emil Endre Erik Ernő Ervin Ferenc Feri
Flórián Frigyes Gábor Gáspár Gellért Gergely Gergő Géza Gusztáv György Gyula Henrik Huba Hugó Hunor Ignác
Igor Illés Imre Isti István Iván Izsák Jácint Jakab János Jenő Jónás József Kálmán Károly Kázmér Kevin
Koppány Kornél Kristóf Krisztián Krisztofer Lajos László Lázár Lehel Lénárd Levente Loránd Lóránd Loránt
Lóránt Lőrinc Lukács Manó Marcell Márk Márkó Martin Márton Máté Mátyás Menyhért Mihály Miklós Miron Móric
Nándor Nimród Noel Norbert Ödön Olivér Örs Ottó Pál Patrik Péter Rafael Renátó Richárd Róbert Roland
Rudolf Sándor Sebestyén Simon Soma Szabolcs Szebasztián Szilárd Szilveszter Tamás Tas Tibor Tihamér
Tivadar Tóbiás Tódor Ubul Vajk Valter Vazul Vencel Vendel Viktor Vilmos Vince Virgil Zalán Zénó Zoltán
Zorán Zsigmond Zsolt Zsombor
"""

FEMALE = """
Adél Adrienn Adrienne Ágnes Ágota Alexandra Alíz Amália Anasztázia Anett Anetta Angéla Angelika Anikó
Anita Anna Annamária Antónia Apollónia Aranka Barbara Bea Beáta Beatrix Bernadett Betti Bettina Bianka
Boglárka Borbála Brigitta Csenge Csilla Dalma Dóra Dorina Dorka Dorottya Dzsenifer Edina Edit Emese Emília
Emma Emőke Enikő Erika Erzsébet Erzsi Eszter Etelka Éva Evelin Fanni Fanny Flóra Franciska Frida Fruzsina
Gabriella Genovéva Gerda Gertrúd Gitta Gizella Gréta Gyöngyi Gyöngyvér Györgyi Hajna Hajnal Hajnalka Hanga
Hanna Hedda Hedvig Helga Henriett Henrietta Ibolya Ica Ida Ildikó Ilka Ilma Ilona Imola Ingrid Irén Irma
Ivett Izabella Janka Jázmin Jolán Jolanda Jozefa Józsa Judit Juli Júlia Juliánna Julianna Kamilla Karola
Karolina Kata Katalin Kati Katinka Kató Kincső Kinga Kitti Klára Klaudia Kornélia Krisztina Laura Leila
Léna Lenke Lídia Lili Liliána Lilla Linda Lívia Lucia Lujza Magda Magdolna Maja Margaréta Margit Mária
Marianna Marietta Márta Martina Matild Melánia Melinda Mercédesz Mira Miranda Mirtill Mónika Napsugár
Natália Natasa Nelli Nikolett Nikoletta Noémi Nóra Norina Olga Olívia Orsi Orsolya Ottilia Panna Panni
Pannka Patrícia Paula Petra Petronella Piroska Polla Ramóna Rebeka Regina Réka Renáta Rita Róza Rozália
Rozi Rózsa Sára Sári Sarolta Stefánia Szabina Szandra Szidónia Szilvia Szófia Szonja Tamara Tekla Teodóra
Teréz Terézia Teri Tímea Tünde Valéria Vanda Vanessza Vera Veronika Viktória Vilma Viola Virág Vivien Zita
Zoé Zója Zorka Zsanett Zsófi Zsófia Zsóka Zsüliett Zsuzsa Zsuzsanna Zsuzsi
"""

# Women's, and men's in other languages.
EITHER = """
Andrea Luca
"""

FAMILY = """
Ábrahám Ács Ádám Almási Andrási Angyal Antal Arany Árvai Bagi Bajzát Bakó Bakos Balassa Balázs Bali Bálint
Balla Balog Balogh Bán Bánfi Baranyai Baráth Barna Barta Bartha Bartos Berényi Béres Berki Bernáth Berta
Biró Bíró Bodnár Bodó Bogdán Bognár Bokor Boros Borsos Bozsik Budai Csaba Csányi Császár Cseh Cseri
Csernák Csikós Csizmadia Csonka Csontos Csordás Dankó Dávid Deák Dékány Demeter Dobó Dobos Domokos Dózsa
Dudás Egri Erdei Erdélyi Erdős Fábián Faragó Farkas Fazekas Fehér Fejes Fekete Ferencz Fodor Földes Földi
Forgács Fülöp Füzesi Gaál Gál Gárdonyi Gazdag Gelencsér Gerencsér Gombos Gönczi Gulyás György Győri Gyulai
Hajdú Hajdu Halász Halmos Hegedűs Hegedüs Hegyi Herczeg Hernádi Horváth Hunyadi Huszár Illés Imre Iványi
Jakab Jakó Jámbor Jankó Jenei Jónás Juhász Kádár Káldi Kállai Kalmár Kántor Karácsony Kardos Kárpáti
Kassai Kaszás Katona Kelemen Kemény Kende Kerekes Kerékgyártó Kertész Király Kis Kiss Kocsis Kölcsey
Koltai Komáromi Kónya Körmendi Kőszegi Kovách Kovács Kozák Kozma Kun Kurucz Lakatos Lantos László Lázár
Lengyel Lévai Lőrincz Lukács Madarász Magyar Major Makai Márkus Márton Máté Mátyás Medgyesi Mészáros Mezei
Mező Mihályi Miklós Mohácsi Molnár Móricz Murányi Nádasi Nagy Nemes Németh Novák Nyári Nyilas Oláh Orbán
Ordódy Orosz Orsós Országh Ötvös Pál Pálfi Pálinkás Pap Papp Pásztor Pataki Pék Perényi Péter Péteri
Petőfi Petrovics Pintér Polgár Pongrácz Porkoláb Pósa Rácz Radics Radnai Rédei Regős Réti Révész Rigó
Rózsa Ruzsa Sallai Sándor Sánta Sárkány Sárközi Sas Sasvári Seres Siket Simó Simon Sipos Soltész Somodi
Somogyi Soós Stefán Surányi Sütő Szabados Szabó Szakács Szalai Szalay Szántó Szász Szegedi Székely
Szekeres Szél Széles Széll Szentgyörgyi Szép Szilágyi Szilvási Szirmai Szőcs Szőke Szöllősi Szolnoki
Szombati Szűcs Szücs Takács Takáts Tamás Tamási Tar Tarján Tasnádi Tihanyi Tímár Tőkés Török Tóth Turi
Ujvári Urbán Vadász Vajda Vámos Váradi Varga Várkonyi Vas Vásárhelyi Vass Vég Végh Veres Vértes Vida
Vincze Virág Vízi Vörös Zámbó Zentai Zsigmond Zsoldos
"""
