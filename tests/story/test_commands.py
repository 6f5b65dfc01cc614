"""People of the team act by mail: in replies to our mails to them, by links, by tags; strangers cannot."""

import re
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from autoack.core.thread import State
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, ZAGREB, Sent, Story, Written

IVA = "Iva Perić <iva@vocar.example>"
LUKA = "Luka Novak <luka@vocar.example>"
SARA = "Kiss Sára <sara@vocar.example>"
STRANGER = "Zoran Nitko <zoran@elsewhere.example>"
CALM = {"digest.when": "overdue", "alerts": {"to": ["luka"]}}


async def reply(story: Story, to: Sent, text: str, *, sender: str = IVA, **how: Any) -> Written:
    """Somebody answers a mail of ours, quoting it as mail programs do."""
    quoted = "\n".join(f"> {line}" for line in to.text.splitlines())
    body = f"{text}\n\nOn Tue, 11 Mar 2025 at 05:00, Voćar podrška wrote:\n{quoted}\n"
    usual = {"answers": to.message["Message-ID"], "subject": f"Re: {to.subject}"}
    return await story.customer(body, sender=sender, **{**usual, **how})


async def follow(story: Story, link: str, *, sender: str = IVA, text: str | None = None) -> Written:
    """Somebody clicks a link and sends the mail that it writes, or writes `text` in it instead."""
    parts = urlsplit(link)
    fields = parse_qs(parts.query)
    return await story.customer(
        fields["body"][0].replace("\r\n", "\n") if text is None else text,
        sender=sender,
        to=unquote(parts.path),
        subject=fields["subject"][0],
    )


def links(mail: Sent) -> dict[str, str]:
    """The links of a mail by their words."""
    part = mail.message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    found = re.findall(r'<a href="(mailto:[^"]+)"[^>]*>([^<]+)</a>', part.get_content())
    return {words: link.replace("&amp;", "&") for link, words in found}


async def reminded(story: Story, at: str = "Tue 05:00") -> tuple[Written, Sent]:
    """A customer has written on Monday, and Iva has her reminder."""
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at(at)
    return question, story.expect_reminder("iva", at)


@pytest.fixture
def calm(story_with: TellStory) -> Story:
    """The office with no digest unless something burns."""
    return story_with(CALM)


@pytest.mark.parametrize(
    ("command", "state", "says"),
    [
        ("zatvori", State.CLOSED, "upit je zatvoren"),
        ("Затвори.", State.CLOSED, "upit je zatvoren"),
        ("lezárás", State.CLOSED, "upit je zatvoren"),
        ("close", State.CLOSED, "upit je zatvoren"),
        ("odgodi 2d", State.SNOOZED, "vraća se u četvrtak, 13. ožujka, u 05:00"),
        ("одложи до петка", State.SNOOZED, "vraća se u petak, 14. ožujka, u 08:00"),
        ("halasztás péntekig", State.SNOOZED, "vraća se u petak, 14. ožujka, u 08:00"),
        ("snooze until 2025-03-14 10:30", State.SNOOZED, "vraća se u petak, 14. ožujka, u 10:30"),
        ("nije korisnik", State.CLOSED, "nije upit korisnika"),
        ("bilješka: zvala sam ga", State.WAITING, "> zvala sam ga"),
    ],
)
async def test_a_reply_to_a_reminder_is_done_and_answered(
    calm: Story, command: str, state: State, says: str
) -> None:
    _, reminder = await reminded(calm)
    await reply(calm, reminder, command)
    answer = calm.expect("confirm", "iva", says=(says,))
    assert calm.thread().state is state
    assert answer.message["Auto-Submitted"] == "auto-replied"
    assert reminder.message["Message-ID"] in answer.message["References"]
    assert any(event.who == "iva" for event in calm.timeline())


async def test_mine_and_assign_say_whose_the_matter_is(calm: Story) -> None:
    _, reminder = await reminded(calm)
    await reply(calm, reminder, "moje")
    calm.expect("confirm", "iva", says=("upit je sada Vaš", "Zadužena osoba: Iva Perić"))
    assert calm.thread().assignee == "iva"
    await reply(calm, reminder, "dodijeli Luki")
    calm.expect("confirm", "iva", says=("zadužena osoba: Luka Novak",))
    assert calm.thread().assignee == "luka"
    calm.expect("assigned", "luka", says=("Ivan Horvat",))
    await reply(calm, reminder, "dodijeli Štefici")
    calm.expect("confirm", "iva", says=("„Štefici” ne označava točno jednu osobu",))
    assert calm.thread().assignee == "luka"


async def test_what_was_closed_is_opened_again_in_answer_to_the_answer(calm: Story) -> None:
    _, reminder = await reminded(calm)
    await reply(calm, reminder, "zatvori")
    closed = calm.expect("confirm", "iva", subject=f"Učinjeno: Ivan Horvat, {calm.thread().ref}")
    await reply(calm, closed, "otvori ponovno")
    calm.expect("confirm", "iva", says=("ponovno otvoren", "čeka naš odgovor"))
    assert calm.thread().state is State.WAITING
    await reply(calm, closed, "puno hvala na pomoći")
    calm.expect_nothing()


async def test_words_that_are_no_command_go_back_to_their_writer(calm: Story) -> None:
    _, reminder = await reminded(calm)
    await reply(calm, reminder, "Poštovani, Vaša narudžba stiže u petak.")
    told = calm.expect("confirm", "iva", says=("korisnik ovo nije dobio", "> Poštovani, Vaša narudžba stiže"))
    assert told.subject.startswith("Nije poslano korisniku")
    assert calm.thread().state is State.WAITING, "the customer still waits"


async def test_a_vacation_notice_in_answer_to_a_reminder_gets_no_answer(calm: Story) -> None:
    _, reminder = await reminded(calm)
    away = {"Auto-Submitted": "auto-replied"}
    await reply(calm, reminder, "close", subject="Odsutna do 20.3.", headers=away)
    await reply(calm, reminder, "Nema me u uredu do 20. ožujka.", subject="Automatski odgovor: Čeka 20 h")
    calm.expect_nothing()
    assert calm.thread().state is State.WAITING


async def test_a_link_does_its_command_and_may_be_edited(calm: Story) -> None:
    _, reminder = await reminded(calm)
    found = links(reminder)
    assert list(found) == ["zatvori", "odgodi 2d", "moje", "nije korisnik"]
    await follow(calm, found["odgodi 2d"], text="odgodi 4h\n")
    calm.expect("confirm", "iva", says=("danas u 09:00",))
    await follow(calm, found["zatvori"], text="")
    calm.expect("confirm", "iva", says=("upit je zatvoren",))
    assert calm.thread().state is State.CLOSED


async def test_what_is_replayed_is_not_done_twice(calm: Story) -> None:
    """The same mail again is known; the same link, or the same word to the same reminder, is told."""
    question, reminder = await reminded(calm)
    link = links(reminder)["zatvori"]
    await follow(calm, link)
    calm.expect("confirm", "iva")
    await calm.customer("Ja opet! Gdje je?", answers=question.message_id)
    calm.expect_receipt(IVAN)
    await calm.at("Tue 06:00")
    await follow(calm, link)
    calm.expect("confirm", "iva", says=("već jednom učinjeno",))
    assert calm.thread().state is State.WAITING


async def test_the_same_mail_in_two_places_is_done_once(calm: Story) -> None:
    _, reminder = await reminded(calm)
    how = {"sender": IVA, "answers": reminder.message["Message-ID"], "message_id": "<once@vocar.example>"}
    await calm.customer("odgodi 2d", **how)
    calm.expect("confirm", "iva")
    await calm.at("Tue 06:00")
    await calm.customer("odgodi 2d", **how)
    calm.expect_nothing()
    assert calm.thread().next_step_at == datetime(2025, 3, 13, 5, 0, tzinfo=ZAGREB)


async def test_without_proof_nothing_is_done_and_ops_hear_of_it_once_a_day(calm: Story) -> None:
    """From alone may be forged; a reference is known to the customer; somebody else's reminder proves nothing."""
    _, reminder = await reminded(calm)
    ref, link = calm.thread().ref, links(reminder)["zatvori"]
    end = link.index("%5D")
    forged = link[: end - 1] + ("0" if link[end - 1] != "0" else "1") + link[end:]
    await calm.customer("zatvori", sender=IVA, subject=f"Re: {ref}")
    told = calm.expect(
        "alert",
        "luka",
        says=(
            "Sender: iva@vocar.example",
            "Command: “close”",
            "not a reply to an email that was sent to Iva",
            "Nothing was done",
        ),
    )
    assert told.subject == "A command by email to support was refused"
    await follow(calm, forged, sender=IVA)
    await follow(calm, link, sender=LUKA)
    await reply(calm, reminder, "close", sender=LUKA)
    await reply(calm, reminder, "zatvori", sender=STRANGER)
    assert calm.thread().state is State.WAITING
    refused = [event for event in calm.timeline() if event.what == "refused"]
    assert [event.reason for event in refused] == ["no-proof"] * 4 + ["stranger"]
    assert "close" not in {event.what for event in calm.timeline()}


async def test_two_at_once_the_first_wins_and_the_second_hears_how_it_stands(calm: Story) -> None:
    _, reminder = await reminded(calm)
    await calm.at("Tue 09:00")
    escalation = calm.expect_escalation("luka", "Tue 09:00")
    await calm.at("Tue 09:10")
    await reply(calm, reminder, "odgodi 2d")
    calm.expect("confirm", "iva")
    await calm.at("Tue 09:11")
    await reply(calm, escalation, "close", sender=LUKA)
    told = calm.expect("confirm", "luka", says=("Iva Perić acted on this matter before you did", "put aside"))
    assert calm.thread().state is State.SNOOZED
    await reply(calm, told, "close", sender=LUKA)
    calm.expect("confirm", "luka", says=("The matter is closed",))
    assert calm.thread().state is State.CLOSED


async def test_who_is_away_is_left_out_and_another_stands_in(calm: Story) -> None:
    _, reminder = await reminded(calm)
    await reply(calm, reminder, "odsutna do 13.3.")
    calm.expect("confirm", "iva", says=("13. 3. 2025.",), subject="Učinjeno")
    await calm.customer("Treba mi račun.", sender="Ana Kralj <ana@kupac.example>", subject="Račun")
    calm.expect_receipt("ana@kupac.example")
    await calm.at("Wed 02:00")
    calm.expect_escalation("luka", "Tue 09:00")
    assert calm.expect_reminder("luka", "Wed 01:00").to == "luka@vocar.example"
    calm.expect("digest", "sara")


async def test_whoever_answers_first_owns_the_matter_unless_it_is_assigned(calm: Story) -> None:
    question, reminder = await reminded(calm)
    await calm.at("Tue 05:10")
    await calm.team_replies(question, who="Luka Novak")
    assert calm.thread().assignee == "luka"
    await calm.team_replies(question, "I još nešto.")
    assert calm.thread().assignee == "luka"
    await reply(calm, reminder, "moje")
    calm.expect("confirm", "iva", says=("Luka Novak", "ništa nije učinjeno"))
    assert calm.thread().assignee == "luka"


@pytest.mark.parametrize("seen", ["Bcc in Sent", "Cc", "Delivered-To", "second copy"])
async def test_an_answer_with_a_tag_brings_the_matter_back(calm: Story, seen: str) -> None:
    """Iva answers with podrska+3d@… in Bcc: three days later she hears of it, and a new wait begins."""
    await calm.at("Mon 09:00")
    question = await calm.customer()
    calm.expect_receipt(IVAN)
    await calm.at("Mon 10:00")
    tagged = "podrska+3d@vocar.example"
    text = "Javim Vam se za tri dana."
    if seen == "Delivered-To":
        await calm.customer(
            text, sender=IVA, to=IVAN, answers=question.message_id, headers={"Delivered-To": tagged}
        )
    else:
        field = {"Bcc in Sent": {"Bcc": tagged}, "Cc": {"Cc": tagged}}.get(seen, {})
        written = await calm.team_replies(question, text, headers=field, message_id="<tagged@vocar.example>")
        if seen == "second copy":
            await calm.customer(
                text,
                sender=str(written.message["From"]),
                to=IVAN,
                answers=question.message_id,
                message_id=written.message_id,
                headers={"Delivered-To": tagged},
            )
    thread = calm.thread()
    assert (thread.state, thread.next_step) == (State.ANSWERED, "follow-up")
    await calm.at("Thu 10:00")
    calm.expect_reminder("iva", "Thu 10:00", says=("otprilike sada ponovno javiti", "Ivan Horvat"))
    assert calm.thread().state is State.WAITING
    assert calm.thread().wait == 2


async def test_a_customer_s_reply_to_the_tag_means_nothing(calm: Story) -> None:
    await calm.at("Mon 09:00")
    question = await calm.customer()
    calm.expect_receipt(IVAN)
    await calm.team_replies(question, headers={"Cc": "podrska+3d@vocar.example"})
    await calm.at("Mon 12:00")
    await calm.customer(
        "A kada točno?",
        answers=question.message_id,
        to="podrska+done@vocar.example, podrska+3d@vocar.example",
    )
    calm.expect_receipt(IVAN)
    assert calm.thread().state is State.WAITING
    assert calm.thread().next_step != "follow-up"


async def test_an_answer_with_done_closes_the_matter(calm: Story) -> None:
    await calm.at("Mon 09:00")
    question = await calm.customer()
    calm.expect_receipt(IVAN)
    await calm.team_replies(question, headers={"Bcc": "podrska+done@vocar.example"})
    assert calm.thread().state is State.CLOSED


async def test_a_digest_names_no_matter_so_the_command_does(story: Story) -> None:
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 21:00")
    digest = story.expect_digest("Mon 21:00")
    await reply(story, digest, "lezárás", sender=SARA)
    story.expect("confirm", "sara", says=("nem világos",))
    await reply(story, digest, f"lezárás {story.thread().ref}", sender=SARA)
    story.expect("confirm", "sara", says=("lezártuk",))
    assert story.thread().state is State.CLOSED
