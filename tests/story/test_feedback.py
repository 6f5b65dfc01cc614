"""What customers hear after their receipt, and what they say of us: from the first mail to the vote."""

import pytest

from autoack.core import acts
from autoack.core.feedback import Vote
from autoack.core.thread import State
from autoack.store import ratings, threads
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, Sent, Story, Written

CALM = {"digest.when": "overdue", "policies.standard.ladder": []}
ASKS = CALM | {"policies.standard.survey": {"after_close": "1d"}}


async def answers(story: Story, survey: Sent, text: str) -> Written:
    """Ivan answers the survey, quoting it as mail programs do."""
    quoted = "\n".join(f"> {line}" for line in survey.text.splitlines())
    body = f"{text}\n\nOn Thu, 13 Mar 2025 at 10:00, Voćar podrška wrote:\n{quoted}\n"
    return await story.customer(body, answers=survey.message["Message-ID"], subject=f"Re: {survey.subject}")


def vote(story: Story) -> Vote | None:
    (thread,) = story.database.read(
        lambda conn: threads.listing(conn, story.clock.now(), include_closed=True)
    )
    return story.database.read(ratings.get, thread.ref)


async def surveyed(story: Story) -> tuple[Written, Sent]:
    """Ivan was answered on Monday, Iva closed the thread on Tuesday, and on Wednesday he is asked how it went."""
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 11:00")
    await story.team_replies(question, sender="Iva Perić <iva@vocar.example>")
    await story.at("Tue 10:00")
    story.operator(acts.close, story.settings.desk)
    await story.at("Wed 09:59")
    story.expect_nothing()
    await story.at("Wed 10:00")
    return question, story.expect(
        "survey", IVAN, subject="Re: Narudžba", says=("od 1 (vrlo loše) do 5 (izvrsno)",)
    )


@pytest.fixture
def asks(story_with: TellStory) -> Story:
    return story_with(ASKS)


async def test_a_survey_follows_the_close_and_a_number_in_reply_is_a_vote(asks: Story) -> None:
    question, survey = await surveyed(asks)
    assert survey.envelope_sender == ""
    assert survey.message["Auto-Submitted"] == "auto-replied"
    assert survey.message["In-Reply-To"] == question.message_id
    await asks.at("Wed 12:00")
    await answers(asks, survey, "4 - brzo i ljubazno\n\nIvan Horvat")
    found = vote(asks)
    assert found is not None
    assert (found.stars, found.words, found.via) == (4, "brzo i ljubazno", "mail")
    assert asks.thread().state is State.CLOSED
    asks.expect_nothing()


async def test_whoever_earned_praise_hears_of_it(asks: Story) -> None:
    _, survey = await surveyed(asks)
    await asks.at("Wed 12:00")
    await answers(asks, survey, "5/5\nHvala!")
    told = asks.expect("rating", "iva", says=("Ivan Horvat ocjenjuje našu pomoć ocjenom 5/5", "> Hvala!"))
    assert told.subject == f"Pohvala (5/5): Ivan Horvat, {asks.thread().ref}"
    assert asks.thread().state is State.CLOSED


async def test_a_low_rating_with_words_reaches_the_lead_and_comes_back_to_the_team(asks: Story) -> None:
    _, survey = await surveyed(asks)
    await asks.at("Wed 12:00")
    await answers(asks, survey, "2\nČekao sam predugo.")
    found = vote(asks)
    assert found is not None
    assert (found.stars, found.words) == (2, "Čekao sam predugo.")
    told = asks.expect("rating", "luka", says=("Ivan Horvat rated our help 2/5", "Čekao sam predugo."))
    assert told.subject == f"Low rating (2/5): Ivan Horvat, {asks.thread().ref}"
    asks.expect_receipt(IVAN)
    assert (asks.thread().state, asks.thread().wait) == (State.WAITING, 2)


async def test_a_reply_that_is_no_vote_is_a_customers_mail_like_any_other(asks: Story) -> None:
    _, survey = await surveyed(asks)
    await asks.at("Wed 12:00")
    await answers(asks, survey, "5 dana čekam račun, kada stiže?")
    assert vote(asks) is None
    assert asks.thread().state is State.WAITING
    asks.expect_receipt(IVAN)


async def test_a_customer_who_waits_hears_once_that_the_matter_is_not_forgotten(
    story_with: TellStory,
) -> None:
    story = story_with(CALM | {"policies.standard.holding_update": "20h"})
    await story.at("Mon 09:00")
    earlier = await story.customer(sender="Ana Marić <ana@kupac.example>")
    story.expect_receipt("ana@kupac.example")
    await story.at("Mon 09:30")
    await story.team_replies(earlier)
    await story.at("Mon 10:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Tue 05:59")
    story.expect_nothing()
    await story.at("Tue 06:00")
    update = story.expect("update", IVAN, subject="Re: Narudžba", says=("nismo zaboravili", "danas do 10:00"))
    assert update.message["In-Reply-To"] == question.message_id
    await story.at("Tue 09:00")
    await story.team_replies(question)
    await story.at("Thu 09:00")


# --- praise in a mail --------------------------------------------------------------------------------------

PRAISE = "Poštovani,\n\nodlična usluga, bravo!\n\nIvan Horvat\n"


async def test_praise_in_a_mail_reaches_once_whoever_answered(story_with: TellStory) -> None:
    story = story_with(CALM)
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 11:00")
    answer = await story.team_replies(question, sender="Iva Perić <iva@vocar.example>")
    await story.at("Mon 12:00")
    again = {"answers": answer.message_id, "subject": "Re: Narudžba"}
    await story.customer(PRAISE, **again)
    ref = story.thread().ref
    told = story.expect("rating", "iva", says=("u svojoj poruci hvali našu pomoć. Hvala", "> odlična usluga"))
    story.expect_receipt(IVAN)
    assert told.subject == f"Pohvala: Ivan Horvat, {ref}"
    assert "/5" not in told.text
    await story.customer("Bravo, stvarno odlična podrška!", **again)
    assert [mail.kind for mail in story.sent].count("rating") == 1


async def test_praise_that_nobody_is_known_to_have_earned_reaches_the_lead_to_pass_it_on(
    story_with: TellStory,
) -> None:
    story = story_with(CALM)
    await story.at("Mon 09:00")
    await story.customer(PRAISE, subject="Pohvala")
    story.expect_receipt(IVAN)
    story.expect("rating", "luka", says=("praised our help in an email. Please pass it on", "bravo!"))
    story.expect_nothing()


async def test_who_has_the_thread_hears_of_praise_before_anybody_answered(story_with: TellStory) -> None:
    hers = {"name": "praise", "when": {"subject": "Pohvala"}, "then": {"assignee": "sara"}}
    story = story_with(CALM | {"rules": [hers]})
    await story.at("Mon 09:00")
    await story.customer(PRAISE, subject="Pohvala")
    story.expect_receipt(IVAN)
    story.expect("rating", "sara", says=("levelében dicséri a segítségünket. Köszönjük",))
    story.expect("assigned", "sara")


async def test_a_question_with_thanks_is_no_praise(story_with: TellStory) -> None:
    story = story_with(CALM)
    await story.at("Mon 09:00")
    await story.customer("Dobar dan,\n\nhvala na pomoći. Kada stiže narudžba?\n\nIvan Horvat\n")
    story.expect_receipt(IVAN)
    story.expect_nothing()


async def test_who_stands_in_for_the_lead_reads_why(story_with: TellStory) -> None:
    away = {"people.luka.away": [{"from": "2025-03-01", "to": "2025-03-20"}]}
    story = story_with(ASKS | away)
    _, survey = await surveyed(story)
    await story.at("Wed 12:00")
    await answers(story, survey, "1")
    story.expect("rating", "sara", says=("Távol van: Luka Novak (március 20-ig)",))
    story.expect_nothing()
