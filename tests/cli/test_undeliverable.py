"""`autoack show` says that a customer's address takes no mail."""

from tests.cli.conftest import REF, Desk


def test_show_tells_what_the_bounce_said(desk: Desk) -> None:
    desk.waiting(undeliverable="550 no such user here")
    assert desk.run("show", REF, "--json").json["undeliverable"] == "550 no such user here"
    assert "the address takes no mail: 550 no such user here" in desk.run("show", REF).out


def test_show_says_nothing_of_an_address_that_takes_mail(desk: Desk) -> None:
    desk.waiting()
    assert desk.run("show", REF, "--json").json["undeliverable"] is None
    assert "takes no mail" not in desk.run("show", REF).out
