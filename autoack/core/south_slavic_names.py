"""Given names that are common in Croatia, Serbia and their neighbours, in full spelling, by gender.

Only names of which the gender is certain among people who write Croatian or Serbian; those that are borne by
men and women alike stand apart, and tell nothing.
"""

MALE = """
Abel Adam Adis Admir Adnan Adrian Adrijan Ahmed Albert Albin Aldin Aleksa Aleksandar Alen Alija Almin
Almir Alojz Alojzije Amar Ambroz Amel Amer Amir Anđelko Andrej Andrija Andrijan Anel Anes Ante Anto Anton
Antonije Antonio Antun Armin Arsen Arsenije Asim Asmir Azur Berislav Blagoja Blagoje Blaž Blažo Boban
Bogdan Bogoljub Bogomil Bogoslav Bojan Boris Borislav Borivoj Borivoje Borko Borna Boro Bosiljko Boško
Božidar Božin Božo Branimir Branislav Branko Brano Braslav Bratislav Bruno Budimir Časlav Čedo Čedomir
Ćiro Cvetan Cvijetin Cvitan Cvjetko Dado Dalibor Damir Damjan Damnjan Danče Daniel Danijel Danilo Danko
Darijo Dario Darjan Darko David Davor Davorin Davorko Dean Dejan Deni Denis Despot Dimitrije Dino Đani
Đivo Đoko Đorđe Đorđije Đurađ Đurica Đuro Dobrica Dobrivoje Dobroslav Domagoj Domeniko Dominik Dorian
Dorijan Dragan Dragi Dragić Dragiša Drago Dragoljub Dragomir Dragoš Dragoslav Dragutin Draško Dražan
Dražen Dubravko Duje Dujo Dušan Duško Džemal Dženan Dževad Edi Edin Edo Eduard Edvard Edvin Elvedin Elvir
Elvis Emanuel Emil Emilijan Emilio Emin Emir Enes Ennio Eno Enver Erik Ermin Ernest Ervin Eugen Fabijan
Fabio Fadil Fahrudin Faruk Feđa Fedor Ferdinand Ferdo Fikret Filip Florijan Fran Franc Frane Franjo Franko
Frano Fredi Gabriel Gabrijel Gašpar Georgije Gligorije Gojko Goran Gorazd Gordan Gorjan Grga Grgo Grgur
Grigorije Gvozden Hamdija Hamid Hamza Haris Harun Hasan Hrvatin Hrvoje Hrvojko Hrvoslav Hugo Husein
Ibrahim Ibro Ignac Igor Ilija Ilijas Isak Ismet Ivan Ivica Ivko Ivo Izet Izidor Izudin Jadran Jadranko
Jakob Jakov Jakša Jan Janko Jasenko Jasmir Jere Jerko Jeronim Josif Josip Joško Joso Jovan Jovica Joviša
Jovo Jozo Julijan Julije Juraj Jure Jurica Juro Justin Kamilo Karlo Kazimir Kemal Kenan Kerim Kirilo
Klaudije Klaudio Klement Konstantin Kosta Krešimir Krešo Kristian Kristijan Kristofer Krste Krsto Kruno
Krunoslav Ladislav Lav Lavoslav Lazar Lazo Leo Leon Leonard Leonardo Leonid Leopold Ljuban Ljubinko
Ljubiša Ljubivoje Ljubo Ljubodrag Ljubomir Ljupče Ljupko Loris Lovre Lovro Luciano Luka Lukša Maksim
Maksimilijan Manuel Marcel Marijan Marijo Marin Marinko Marino Mario Marjan Markan Marko Maro Martin Mate
Matej Mateo Matko Mato Mauro Mehmed Mensur Mihael Mihailo Mihajlo Mihovil Mijat Mijo Mikloš Milad Milan
Milanko Mile Milenko Mileta Milija Milivoj Milivoje Miljan Miljenko Milko Milo Miloje Milomir Milorad
Miloš Milosav Milovan Milun Milutin Miodrag Mirko Miro Miroljub Miroš Miroslav Mirsad Mirza Mislav Mišo
Mitar Mladen Mladenko Mlađan Momčilo Momir Muamer Muhamed Muharem Muris Mustafa Nebojša Nedeljko Nedim
Nedjeljko Neđo Nedžad Nemanja Nenad Neno Nermin Nevenko Nevio Nihad Nijaz Nikica Niko Nikola Nikolaj Nikša
Nino Ninoslav Njegoš Novak Novica Obrad Obren Ognjen Oliver Omer Oskar Ostoja Ozren Pantelija Panto Patrik
Pavao Pavel Pavle Pavo Perica Periša Pero Petar Petko Plamen Predrag Prvoslav Radan Rade Radenko Radiša
Radivoj Radivoje Radmilo Rado Radoja Radoje Radoman Radomir Radoš Radosav Radoslav Radovan Radule Rafael
Rajko Ramiz Ramo Ranko Rasim Rastislav Rastko Ratko Ratomir Refik Relja Renato Rifat Robert Roberto Robi
Roko Roman Romano Romeo Ruben Rudi Rudolf Rusmir Ružo Sabahudin Šaban Sabin Sadik Safet Salih Samir Samuel
Sandro Sanel Sanin Savo Sead Sebastian Sebastijan Šefik Selim Selver Senad Senahid Sergej Servet Silvije
Silvio Šime Simeon Šimo Simo Simon Šimun Siniša Slaven Slavenko Slaviša Slavko Slavoljub Slavomir Slobodan
Smail Smiljan Sofronije Spasoje Špiro Spomenko Srboljub Srđa Srđan Srećko Sreten Sretko Stanimir Stanislav
Stanko Stanoja Stanoje Stefan Stevan Stevica Stevo Stipan Stipe Stipica Stipo Stjepan Stojadin Stojan
Stojko Strahimir Strahinja Sulejman Svebor Sven Svetislav Svetolik Svetomir Svetozar Tadej Tadija Tarik
Teo Teodor Teofil Tibor Tiho Tihomir Timon Timotej Tin Tino Todor Toma Tomaš Tomica Tomislav Tomo Tonči
Toni Tonko Trifun Trpimir Tvrtko Uglješa Ugo Uroš Vahid Valentin Valentino Valerijan Vasil Vasilije Vasko
Vaso Vatroslav Vedran Velibor Velimir Veljko Veroslav Veselin Veselko Vice Vicko Vid Vidak Vidan Vidoje
Vigo Viktor Viliam Vilim Vilko Vinko Višeslav Višnjan Vito Vitomir Vjekoslav Vjeran Vladan Vlade Vladeta
Vladica Vladimir Vladislav Vladko Vlado Vlaho Vlaško Vlatko Vojin Vojislav Vojkan Vojko Vojo Vuk Vukan
Vukašin Vukoman Vukota Žarko Zdenko Zdeslav Zdravko Želimir Želislav Željan Željko Živan Živko Živojin
Živomir Živorad Zlatan Zlatko Zlatomir Zoran Zorislav Zorko Zvezdan Zvjezdan Zvonimir Zvonko
Zvone Neven Aleksej Bartol Borisav Gavrilo Tanasije
"""

FEMALE = """
Ada Adela Adelina Adisa Adriana Adrijana Agata Agneza Aida Ajla Ajša Albina Aldijana Aleksandra Alemka
Alena Alenka Alica Alisa Alma Almedina Almira Amalija Amela Amina Amira Amra Ana Anamarija Anastasija
Anastazija Anđa Anđela Anđelija Anđelina Anđelka Anela Aneta Angela Angelina Anica Anida Anika Anisa Anita
Anja Anka Ankica Anna Antea Antonela Antonia Antonija Antonina Anuška Apolonija Ariana Arijana Armina
Arnela Asja Asta Azra Barbara Beata Belma Bernarda Bernardica Beti Biljana Bisera Biserka Blaga Blagica
Blanka Blaženka Bogdana Bogdanka Bojana Borislava Borjana Borka Bosiljka Božana Božena Božica Božidarka
Branimira Branislava Branka Brankica Brigita Čarna Cecilija Cveta Cvetana Cvijeta Cvita Cvjetana Dajana
Daliborka Dalija Damira Damjana Dana Danica Daniela Danijela Danka Dara Daria Darija Darinka Davorka
Debora Dejana Dena Denisa Desa Desanka Despina Diana Dijana Dina Đina Đula Đurđa Đurđica Đurđija Dobrila
Dobrinka Dolores Dora Dorica Doris Dorotea Dorotija Dragana Dragica Dragina Draginja Dragojla Dragoslava
Dražena Draženka Drinka Dubravka Dunja Dušanka Dušica Dženana Dženita Edina Edita Elena Elida Elizabet
Elizabeta Ella Elma Elmira Elvira Elza Ema Emanuela Emilija Emina Emira Emma Enisa Erika Ermina Erna
Ernestina Esma Ester Estera Eufemija Eva Evelina Evica Fani Fata Fatima Fatma Felicita Filipa Filka Fiona
Flora Franciska Franka Gabriela Gabrijela Galina Gorana Goranka Gordana Gorica Gracija Grozda Grozdana
Hajra Hana Hanna Hava Helena Helga Hermina Hilda Ida Ika Ilda Ilijana Ilinka Ilona Ina Ines Inga Ingrid
Inka Irena Irina Iris Irma Isidora Iskra Iva Ivana Ivančica Ivanka Iveta Ivka Ivona Ivonka Izabel Izabela
Izolda Jadranka Jadviga Jagoda Jana Janja Jasenka Jasmina Jasminka Jasna Jela Jelena Jelica Jelisava
Jelisaveta Jelka Josipa Jovana Jovanka Jozefina Judita Julia Julija Julijana Julka Justina Kaja Kalina
Kamelija Kamila Karla Karmela Karmen Karmenka Karolina Kata Katalina Katarina Katica Katja Kira Klara
Klaudija Klementina Koraljka Kornelija Koviljka Krista Kristijana Kristina Kristinka Kruna Krunica
Krunoslava Ksenia Ksenija Lada Lana Lara Larisa Latica Laura Lea Leila Lejla Lena Lenka Leona Leonarda
Leonida Leontina Leposava Leticija Lidia Lidija Lila Lili Lilijana Liljana Lina Linda Liza Ljerka Ljilja
Ljiljana Ljubica Ljubinka Ljubomira Ljudmila Lola Lora Lorena Loreta Lorna Luce Lucia Lucija Magda
Magdalena Maja Majda Manda Manuela Mara Marcela Marela Margareta Margarita Margita Maria Marica Marieta
Marija Marijana Marina Marinela Marinka Marisa Marita Mariza Marjana Marta Martina Maša Matea Mateja
Matilda Mediha Medina Melani Melanija Melina Melisa Melita Mensura Mercedes Meri Merima Merjem Mersiha Mia
Mihaela Mihajla Mila Milada Milana Milanka Milena Milenka Milesa Mileva Milica Milijana Milina Miljana
Miljenka Milka Milojka Milomirka Milosava Milunka Milva Mima Mina Mira Miranda Mirela Miriam Mirica Mirjam
Mirjana Mirna Miroslava Mirsada Mirta Mladena Mladenka Monika Munevera Munira Nada Nadežda Nadica Nadija
Nadira Nadja Nađa Naida Nasiha Nasta Nastasija Natalia Natalija Nataša Neda Nedeljka Nedjeljka Nela Neli
Nera Nerma Nermina Neva Nevena Nevenka Nika Nikolija Nikolina Nina Nives Nora Norma Nura Obrenija Ognjenka
Olga Olgica Olivera Oliverka Ornela Otilija Ozana Pamela Patricia Patricija Paula Paulina Pava Pavica
Pavka Perina Perka Persida Petra Petrana Petrija Petronela Petrunija Pia Pola Polona Rada Radmila Radojka
Radoslava Radoslavka Rafaela Rahela Rajka Rajna Ramiza Ranka Raza Razija Rebeka Refika Regina Renata Renka
Romana Romina Roza Rozalija Rozika Rubina Rumjana Ruta Ruža Ružica Sabiha Sabina Sabrina Safija Šahza
Salima Samanta Samira Samra Sanda Sandra Sanela Sanja Sara Savka Šejla Seka Selena Selma Šemsa Senada
Senija Senka Serafina Severina Sida Sidonija Silva Silvana Silvia Silvija Simona Slađa Slađana Slavenka
Slavica Slavka Slavojka Slobodanka Smilja Smiljana Smiljka Snežana Snježa Snježana Sofia Sofija Sonja
Špela Spomenka Stamena Stana Stanica Stanija Stanislava Stanka Štefa Štefanija Stefanija Štefica Stela
Stoja Stojanka Stojna Suada Sunčana Sunčica Suza Suzana Svetislava Svetlana Svjetlana Tajana Tajna Tamara
Tanja Tara Tatjana Tea Tena Teodora Tereza Terezija Tihana Tihomira Tijana Tina Tomislava Tomka Tonka Una
Urša Uršula Valentina Valerija Valerijana Vanda Vanesa Vasiljka Vedrana Vera Verica Veronica Veronika
Vesela Veselinka Veselka Vesna Vida Vidka Vidosava Viktorija Vilma Viola Violeta Višnja Vita Vjekoslava
Vjera Vjerica Vladanka Vladimira Vladislava Vlasta Vlatka Vojislava Vojka Vojna Vukica Vukosava Zaga
Zagorka Žaklina Žana Zdenka Zdravka Zehra Zejna Željana Željka Zina Zinka Zita Živana Živka Zlata Zlatica
Zlatka Zoja Zora Zorana Zorica Zorka Zrinka Zumra Zvezdana Zvjezdana Zvonimira Zvonka
"""

# Men's and women's alike, here or between the two languages, and short forms of either.
EITHER = """
Aleks Alex Andrea Andreja Bata Beba Bela Boka Bora Brana Buba Čeda Cica Dada Deja Đoka Đuka Đura Džoni Eli
Feri Gabi Gaja Goca Iki Ive Jasmin Joca Jova Kiki Kim Koka Kole Laki Laza Lazi Lolo Luca Mane Matija
Mića Mido Mika Miki Milivoja Minja Mirka Miša Misha Nana Nedo Niki Nikita Noa Noah Noe Peca Pera Rale Raša
Robin Roki Sandi Saša Sasha Sava Seki Sergi Sima Srna Steva Toša Vanja Vasa Venera Viki Vlada Voja Žeks
Žika
"""

# Family names that do not end in -ić (those tell themselves).
FAMILY = """
Balenta Ban Barbir Barišec Bašnec Benčec Benko Bilobrk Bjelica Bogdan Bokan Borota Bosnar Božak Brkan
Bukovac Bulatov Buljan Čačija Car Čavar Čavoški Ćeran Cerovac Čop Crnčec Crnjanski Čuljak Cvetko Dejanov
Đurđek Đurica Domazet Drača Drmač Dujmov Dvoržak Fabek Fabijanec Ferenčak Flego Fuček Gajin Gašpar Gavran
Glavaš Golub Gregurec Grubeša Gruden Gudelj Habek Hlad Hodak Horvat Hrastnik Hrgovan Hrženjak Hunjak
Isakov Ivanec Jagar Jakopec Jambrečina Jambrek Jurak Jurčec Kaleb Kanižaj Kapitan Kapov Kekenj Kesar Kirin
Klarin Knez Kobaš Kojadin Kolar Kolarek Kolundžija Komljen Komnenov Kos Kosanin Kovač Kovačec Kovaček
Kovačev Kozina Kožul Kralj Kranjčec Križan Križanec Krtolica Krznar Kukolja Kušan Kuzman Ladan Leko Lesar
Lisak Lončar Lovrek Lučin Lukač Mađar Majstor Maras Marčec Marinac Marinov Markač Martinčec Matošec Medak
Medved Mesar Mikulec Miškov Mlinar Musa Nađ Nemec Novak Novosel Obradov Olćan Oreb Paljug Papac Pavlek
Pavliček Pavlin Pejin Perak Peran Perko Petek Petrač Petrina Petrov Pintar Plantak Pleše Podgorelec
Pokupec Poljak Popov Posavec Prgomet Prodanov Puljak Pupin Pušec Radaš Radman Radonja Rajčetin Rajkovača
Rebrina Rudan Rukavina Ružman Sabljak Sabol Šajn Samardžija Šarec Šego Šestak Sever Šijan Šimunec Škoda
Škvorc Slunjski Sokač Sokol Šolaja Šoštarec Špoljar Stančec Stanišljev Stanko Stojanov Stojkov Subotin
Šuker Šulek Šurina Tadin Tkalčec Tkalec Tomaš Tomašek Toplek Trgovec Trifunov Trstenjak Turčin Turk
Ubiparip Uzelac Valjak Varga Večerina Velimirov Veselinov Vidaček Vidak Vitez Vlah Vlahov Vnuk Vojnov
Vrabec Vračar Vrban Vrbanec Vuk Vukasov Vukoja Vuksan Zadro Žagar Zagorec Zec Zelenika Zeman Žganec
Živanov Zorko Zrno Župan
"""
