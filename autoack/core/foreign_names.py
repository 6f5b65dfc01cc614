"""Given names of other countries, by gender: they tell that a name is a person's, and whom a greeting addresses.

What is common in the region too (Martin, Robert) stands here and there.
"""

MALE = """
Aaron Adam Adolf Adrian Ahmet Aidan Akira Alain Alan Alastair Albert Albrecht Alejandro Alessandro Alessio
Alexander Alexandre Alexandros Alexei Alexey Alfonso Alfred Alfredo Ali Alistair Allan Allen Alois Alvaro
Amir Amit Anatoly Anders André Andre Andreas Andrei Andres Andrew Andrey Andrzej Andy Angelo Angus Anil
Anthony Antoine Anton Antonio Archie Armando Arnaud Arne Arnold Arthur Arturo Arun Ashok Atsushi Augustin
Axel Barry Bart Bartosz Bastian Ben Benedikt Benjamin Benoit Bernard Bernd Bernhard Bert Bertrand Bill
Björn Bob Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno Bryan Burkhard Byron Callum Carl
Carlo Carlos Carsten Cedric Cezary Charles Charlie Christian Christoph Christophe Christopher Chuck Claes
Claus Clement Clive Colin Connor Conor Corey Craig Curt Curtis Cyril Damien Dan Daniel Daniele Danny
Darren Dave David Davide Dean Dennis Derek Detlef Diego Dieter Dietmar Dietrich Dimitri Dimitrios Dirk
Dmitri Dmitriy Dmitry Dmytro Dominik Don Donald Donovan Doug Douglas Duncan Dustin Dwight Dylan Earl
Eckhard Eddie Edgar Edmund Eduardo Edward Edwin Egon Elias Elijah Elliott Emanuele Emil Emile Emmanuel
Emre Enrico Enrique Eric Erik Ernst Ethan Etienne Eugene Evan Evgeny Fabian Fabien Fabrice Federico Felipe
Felix Fernando Filip Filippo Finn Florian Floris Francesco Francis Francisco Franck François Frank Fred
Frédéric Frederic Frederick Frederik Friedrich Fritz Fyodor Gabriel Gareth Garry Gary Gaston Gavin Geoff
Geoffrey Georg George Gerald Gérard Gerard Gerd Gerhard Gert Giacomo Gilbert Gilles Giovanni Giulio
Giuseppe Glenn Gordon Graham Grant Greg Gregor Gregory Grzegorz Guenter Guido Guillaume Guillermo Gunnar
Günter Gunther Günther Gustav Guy Hal Hannes Hans Harald Harold Harry Hartmut Hassan Hector Heiko Heiner
Heinrich Heinz Helmut Hendrik Henk Henning Henri Henrik Henry Herbert Herman Hermann Hiroshi Holger Horst
Howard Hubert Hugh Hugo Iain Ian Ignacio Ingo Ioannis Isaac Jaap Jacek Jack Jackson Jacob Jacques Jake
Jakub James Jared Jaroslav Jason Javier Jay Jeff Jeffrey Jens Jeremy Jerome Jérôme Jerry Jerzy Jesper
Jesus Jim Jimmy Jiří Joachim Joe Joel Joerg Johan Johann Johannes John Johnny Jon Jonas Jonathan Jörg
Jorge Jörn Jorn José Jose Josef Joseph Josh Joshua Juan Juergen Jukka Julien Julio Jürgen Jurgen Justin
Kai Karel Karl Karsten Kaspar Keith Ken Kenji Kenneth Kent Kevin Kiran Kjell Klaus Knut Konrad Krzysztof
Kurt Kyle Lance Larry Lars Laurent Lawrence Leif Len Lennart Leo Leon Leonhard Leslaw Lewis Liam Lionel
Logan Lorenz Lorenzo Lothar Louis Lucas Ludovic Ludwig Luigi Luis Lukas Lukasz Luke Maciej Magnus Malcolm
Manfred Manuel Marc Marcel Marcin Marco Marcos Marcus Marek Mario Mariusz Mark Markus Marshall Marten
Martin Marty Marvin Massimo Mateusz Mathias Mathieu Mats Matt Matteo Matthew Matthias Matthieu Maurice
Maurizio Max Maxime Maximilian Mehmet Melvin Michael Michail Michal Michał Michel Michiel Miguel Mikael
Mike Mikel Mikhail Mirosław Mitch Mitchell Mohamed Mohammad Mohammed Mohan Moritz Murat Nathan Nathaniel
Neil Nicholas Nick Nicolas Nigel Nikhil Niklas Nikolaus Nils Norman Olaf Ole Oleg Oleksandr Oliver Olivier
Omar Oscar Oskar Osman Otto Owen Pablo Paolo Pascal Patrice Patrick Patrik Paul Pawel Paweł Pedro Peer Per
Perry Pete Peter Phil Philip Philipp Philippe Pierre Pieter Pietro Piotr Rainer Raj Rajesh Ralf Ralph
Ramon Randall Randy Raphael Rashid Raúl Ray Raymond Reinhard Remco Rémi Ricardo Riccardo Richard Rick Rob
Robbie Robert Rod Roderick Rodney Rodrigo Roel Roger Roland Rolf Roman Ron Ronald Ronny Rory Ross Roy Rudi
Rüdiger Rupert Russ Russell Ryan Salvador Salvatore Samuel Sanjay Sanjeev Santiago Scott Seán Sean
Sebastian Sébastien Sebastien Serge Sergey Sergio Serhii Seth Shane Shaun Shawn Siegfried Simon Soren
Spencer Stanley Stefano Steffen Stein Stephan Stéphane Stephane Stephen Sterling Steve Steven Stig Stuart
Suresh Svein Sylvain Søren Takashi Ted Terence Thierry Thijs Thomas Thorsten Tim Timo Timothy Tobias Todd
Tom Tomas Tomáš Tomasz Tommaso Tommy Tony Torben Torsten Travis Trevor Tristan Troy Tyler Udo Ulf Ulrich
Umberto Uwe Václav Vaclav Valentin Vasily Venkat Vernon Victor Vijay Vikram Viktor Vincent Vincenzo Vinod
Vlad Vladimir Volker Volodymyr Walter Warren Wayne Werner Wesley Wilfried Wilhelm Will Willem William
Willy Wim Wojciech Wolfgang Xavier Yann Yannick Yasuhiro Yuri Yusuf Yvan Yves Zachary Zbigniew Łukasz
Luc Gianluca Agim Agron Arben Bekim Besim Burim Fatmir Ilir Luan Valon Visar
"""

FEMALE = """
Abigail Ada Adele Agathe Agnes Agnieszka Alessandra Alexandra Alice Alicia Alina Alison Allison Alyssa
Amanda Amber Amelia Amélie Amy Anastasia Andrée Angela Angelique Anita Anke Ann Anna Annabel Anne Anneke
Annelies Annette Annie Annika Anouk Antje Antoinette Antonella April Ashley Astrid Audrey Aurora Ava Ayşe
Barbara Beate Beatrice Beatriz Becky Beth Bethany Bettina Betty Beverly Birgit Bonnie Brenda Bridget
Brigitte Brittany Camilla Camille Candice Carina Carla Carmela Carol Carola Carole Caroline Carolyn
Catarina Caterina Catherine Cathy Cécile Cecilia Celine Céline Chantal Charlotte Chelsea Chiara Chloe
Chloé Christa Christel Christiane Christina Christine Cindy Claire Clara Claudia Colleen Concepción Connie
Constance Corinna Corinne Cornelia Courtney Cristina Cynthia Daisy Daniela Danielle Dawn Debbie Deborah
Delphine Denise Diana Diane Donna Doreen Doris Dorothea Dorothy Dörte Edith Eileen Ekaterina Elaine
Eleanor Elena Eleni Elisa Elisabeth Elise Elizabeth Elke Ella Ellen Elsa Elsbeth Emilia Émilie Emilie
Emily Emma Erica Erin Esther Eugenia Eva Eve Eveline Evelyn Ewa Fatma Federica Felicia Fiona Florence
Francesca Françoise Franziska Frauke Frederike Freya Friederike Gail Geraldine Gerda Gertrud Gillian Gina
Ginny Giovanna Gisela Giulia Gloria Grace Greta Gretchen Gudrun Haley Hana Hannah Hannelore Harriet Hazel
Heather Heidi Heike Helen Hélène Helene Helga Henriette Hildegard Holly Ida Ilse Imke Inés Inge Ingeborg
Inger Ingrid Ioana Iolanda Irene Irina Isabel Isabella Isabelle Isobel Ivy Jacqueline Jana Jane Janet
Janice Janine Jeanette Jeanne Jenna Jennifer Jenny Jessica Jill Joan Joanna Joanne Johanna Josephine Joyce
Juanita Judith Judy Julia Juliana Julie Juliet June Justyna Jutta Karen Kari Karin Karolin Katarzyna Kate
Katerina Katharina Katherine Kathleen Kathrin Kathryn Kathy Katie Katja Katrin Kayla Kerstin Kimberly
Kirsten Klara Kristen Kristin Krystyna Laura Lauren Lea Lena Leonie Leonor Lieselotte Lilian Lillian Lily
Linda Lindsey Lisa Liz Lori Lorraine Louise Lucie Lucy Luisa Luise Lydia Madeleine Madison Magali
Magdalena Maggie Maike Malgorzata Mandy Manon Mareike Margaret Margarete Margherita Margot Marguerite
Maria Mariam Marianne Marie Marilyn Marina Marjorie Marlene Martha Martina Martine Mary Mathilde Maureen
Małgorzata Meg Megan Meike Melanie Melissa Mercedes Meredith Mette Mia Michaela Michelle Mildred Miriam
Molly Monica Monika Monique Muriel Nadia Nadine Nancy Naomi Natalia Natalie Nathalie Nele Nicole Nina Nora
Odile Oksana Olga Olivia Ophélie Paige Pamela Paola Patricia Patrizia Paulette Pauline Peggy Penelope
Penny Petra Phoebe Phyllis Pilar Priya Rachel Raquel Rebecca Regine Renate Renée Rhonda Rita Roberta Rosa
Rosalie Rose Rosemary Rosie Roxana Ruth Sabine Sally Samantha Sandra Sandrine Sara Sarah Sharon Sheila
Shirley Siân Sibylle Sigrid Silke Silvana Silvia Simona Sofia Sofie Solange Sonia Sophia Sophie Stacy
Stefanie Stephanie Stéphanie Sue Summer Susan Susana Susanna Susanne Suzanne Svenja Svetlana Sybille
Sylvia Sylvie Tamara Tanya Tatiana Teresa Theresa Therese Tiffany Tina Ulrike Ursula Uta Ute Valeria
Valerie Vanessa Vera Verena Veronica Véronique Victoria Viktoria Virginia Virginie Vivian Waltraud Wendy
Yolanda Yulia Yvette Yvonne Zoë Zoe Zofia Carmen Drita Teuta Vjosa Mimoza
"""

EITHER = """
Alex Alexis Andrea Ariel Ash Avery Bobby Cameron Casey Chris Claude Dale Dana Daryl Dominique Drew Eli
Gabriele Gale Gene Hilary Jackie Jaime Jamie Jan Jean Jessie Jo Jocelyn Jody Jordan Joy Kay Kelly Kelsey
Kerry Kim Kris Lane Laurence Laurie Lee Leigh Leslie Lindsay Lou Luca Lynn Marion Michele Morgan Nico
Nicola Pat Quinn Rene René Robin Rowan Sam Sandy Sascha Sasha Shannon Shelby Sidney Simone Skyler Stacey
Sydney Taylor Terry Toby Tracy Val Valentine Wei Yael Yuki
"""
