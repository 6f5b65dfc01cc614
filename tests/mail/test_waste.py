"""Which folders hold spam and deleted mail, and which mails lie in them."""

import pytest

from autoack.mail.imap_folders import ListedFolder, waste_among

NOTHING = frozenset[str]()


def test_what_the_server_marks_counts_and_names_do_not_then() -> None:
    marked = [
        ListedFolder("Bačeno", frozenset({"\\trash"})),
        ListedFolder("Sumnjivo", frozenset({"\\junk"})),
        ListedFolder("Spam", NOTHING),
        ListedFolder("Sent", frozenset({"\\sent"})),
    ]
    assert waste_among(marked) == ["Bačeno", "Sumnjivo"]


@pytest.mark.parametrize(
    "name",
    [
        "Trash",
        "INBOX/Trash",
        "Deleted Items",
        "Junk",
        "Smeće",
        "Отпад",
        "Lomtár",
        "Levélszemét",
        "[Gmail]/Spam",
    ],
)
def test_where_it_marks_none_well_known_names_do(name: str) -> None:
    assert waste_among([ListedFolder("INBOX", NOTHING), ListedFolder(name, NOTHING)]) == [name]


@pytest.mark.parametrize(
    "name", ["Archive", "Arhiva", "Sent", "Kupci/Trash/2024", "Junkers", "Projekti/Spam"]
)
def test_other_folders_are_none(name: str) -> None:
    assert waste_among([ListedFolder(name, NOTHING)]) == []
