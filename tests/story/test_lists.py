"""Many customers at once: one list for whoever is to answer, and commands in answer to it."""

from autoack.core.thread import State
from tests.story.conftest import TellStory
from tests.story.kit import Sent, Story
from tests.story.test_commands import CALM, LUKA, follow, links, reply

COUNT = 6


async def listed(story: Story) -> tuple[Sent, list[str]]:
    """Six customers wrote on Monday at nine; by Tuesday at five Iva has her list. With the threads' references."""
    await story.at("Mon 09:00")
    for number in range(COUNT):
        sender = f"Kupac {number} <kupac{number}@kupac.example>"
        await story.customer(sender=sender, subject=f"Narudžba {number}")
        story.expect_receipt(sender)
    await story.at("Tue 05:00")
    refs = [thread.ref for thread in story.threads()]
    return story.expect("remind-list", "iva", subject=f"Podsjetnici na popisu: {COUNT}"), refs


def state(story: Story, ref: str) -> State:
    return next(thread.state for thread in story.threads() if thread.ref == ref)


async def test_a_list_names_each_matter_and_each_timeline_names_the_list(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, refs = await listed(story)
    story.expect_nothing()
    assert all(ref in mail.text for ref in refs)
    for ref in refs:
        told = [event for event in story.events(ref) if event.what == "remind"]
        assert [(event.who, event.reason) for event in told] == [("iva", "list")]
        assert f"in a list of {COUNT} (remind-list:iva:" in told[0].detail


async def test_a_command_without_a_reference_is_asked_back_for_it(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, refs = await listed(story)
    await reply(story, mail, "zatvori")
    story.expect(
        "confirm",
        "iva",
        subject="Ništa nije učinjeno",
        says=("nije jasno na koji upit mislite", "zatvori AA-"),
    )
    assert {state(story, ref) for ref in refs} == {State.WAITING}


async def test_a_command_with_a_reference_is_done_to_that_matter_alone(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, refs = await listed(story)
    await reply(story, mail, f"zatvori {refs[2]}")
    story.expect("confirm", "iva", says=("upit je zatvoren", refs[2]))
    assert [ref for ref in refs if state(story, ref) is State.CLOSED] == [refs[2]]


async def test_words_in_answer_to_a_list_reach_no_customer_and_that_is_said(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, _ = await listed(story)
    await reply(story, mail, "Stiže u srijedu.")
    story.expect("confirm", "iva", says=("korisnik ovo nije dobio",))
    story.expect_nothing()


async def test_a_link_of_the_list_acts_on_its_own_matter(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, refs = await listed(story)
    last = links(mail)["zatvori"]  # of several with the same words, the last
    await follow(story, last)
    closed = [ref for ref in refs if state(story, ref) is State.CLOSED]
    story.expect("confirm", "iva", says=("upit je zatvoren", *closed))
    assert len(closed) == 1


async def test_a_list_proves_nothing_for_somebody_else(story_with: TellStory) -> None:
    story = story_with(CALM)
    mail, refs = await listed(story)
    await reply(story, mail, f"close {refs[0]}", sender=LUKA)
    assert state(story, refs[0]) is State.WAITING
    story.expect("alert", "luka")
