"""Every command by mail × every language × who sends it: done once for whom we wrote to, refused to anybody else."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from autoack.core import tokens
from autoack.core.commands import Verb, command_in
from autoack.core.orders import LINK
from autoack.core.policy import Absence
from autoack.core.thread import State, Thread
from autoack.store import meta, orders
from tests import office
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, Sent, Story
from tests.story.test_commands import follow, links, reply

STRANGER = "Zoran Nitko <zoran@elsewhere.example>"
LUKA = "Luka Novak <luka@vocar.example>"


@dataclass(frozen=True)
class Line:
    """What a person writes, and what the answer says was done."""

    verb: Verb
    written: str
    says: str


@dataclass(frozen=True)
class Tongue:
    """The commands of one language in an order in which each is possible, and what is said of a second time."""

    lines: tuple[Line, ...]
    repeated: str


TONGUES = {
    "hr": Tongue(
        (
            Line(Verb.NOTE, "bilješka: zvala sam ga", "Vaša je bilješka zapisana: > zvala sam ga"),
            Line(Verb.ASSIGN, "dodijeli Luki", "zadužena osoba: Luka Novak"),
            Line(Verb.MINE, "moje", "upit je sada Vaš"),
            Line(Verb.SNOOZE, "odgodi 2d", "vraća se u četvrtak, 13. ožujka, u 05:00"),
            Line(Verb.CLOSE, "zatvori", "upit je zatvoren, kao što ste tražili"),
            Line(Verb.REOPEN, "otvori ponovno", "upit je ponovno otvoren"),
            Line(Verb.NOT_CUSTOMER, "nije korisnik", "izdvojena jer nije upit korisnika"),
            Line(Verb.AWAY, "odsutna do 13.3.", "do 13. 3. 2025. uključivo"),
        ),
        "već jednom učinjeno, pa po drugi put ništa nije učinjeno",
    ),
    "sr-Latn": Tongue(
        (
            Line(Verb.NOTE, "beleška: zvala sam ga", "Vaša beleška je zapisana: > zvala sam ga"),
            Line(Verb.ASSIGN, "dodeli Luki", "zadužena osoba: Luka Novak"),
            Line(Verb.MINE, "preuzimam", "upit je sada Vaš"),
            Line(Verb.SNOOZE, "odloži 2 dana", "vraća se u četvrtak, 13. marta, u 05:00"),
            Line(Verb.CLOSE, "rešeno", "upit je zatvoren, kao što ste tražili"),
            Line(Verb.REOPEN, "ponovo otvori", "upit je ponovo otvoren"),
            Line(Verb.NOT_CUSTOMER, "nije kupac", "poruka je izdvojena jer nije upit korisnika"),
            Line(Verb.AWAY, "odsutna do 13. 3.", "do 13. 3. 2025. zaključno"),
        ),
        "već jednom urađeno, pa drugi put ništa nije urađeno",
    ),
    "sr-Cyrl": Tongue(
        (
            Line(Verb.NOTE, "белешка: звао сам га", "Ваша белешка је записана: > звао сам га"),
            Line(Verb.ASSIGN, "додели Луки", "задужена особа: Luka Novak"),
            Line(Verb.MINE, "моје", "упит је сада Ваш"),
            Line(Verb.SNOOZE, "одложи до петка", "враћа се у петак, 14. марта, у 08:00"),
            Line(Verb.CLOSE, "затвори", "упит је затворен, као што сте тражили"),
            Line(Verb.REOPEN, "поново отвори", "упит је поново отворен"),
            Line(Verb.NOT_CUSTOMER, "није корисник", "порука је издвојена јер није упит корисника"),
            Line(Verb.AWAY, "одсутан до 13.3.2025.", "до 13. 3. 2025. закључно"),
        ),
        "већ једном урађено, па други пут ништа није урађено",
    ),
    "hu": Tongue(
        (
            Line(Verb.NOTE, "megjegyzés: hívtam", "Megjegyzését rögzítettük: > hívtam"),
            Line(Verb.ASSIGN, "felelős: Luka", "felelőse mostantól Luka Novak"),
            Line(Verb.MINE, "enyém", "A megkeresés mostantól az Öné"),
            Line(
                Verb.SNOOZE,
                "halasztás péntekig",
                "elhalasztottuk: március 14-én, pénteken 08:00-kor kerül újra elő",
            ),
            Line(Verb.CLOSE, "lezárás", "A megkeresést kérésére lezártuk"),
            Line(Verb.REOPEN, "újranyitás", "A megkeresést kérésére újra megnyitottuk"),
            Line(
                Verb.NOT_CUSTOMER,
                "nem ügyfél",
                "A megkeresést kivettük az ügyek közül, mert nem ügyféltől jött",
            ),
            Line(Verb.AWAY, "távol 2025. 3. 13-ig", "Utolsó napja: 2025. 3. 13. Az emlékeztetőket"),
        ),
        "ez egyszer már megtörtént, ezért másodszorra nem történt semmi",
    ),
    "en": Tongue(
        (
            Line(Verb.NOTE, "note called him", "Your note has been recorded: > called him"),
            Line(Verb.ASSIGN, "assign luka", "The matter is now assigned to Luka Novak"),
            Line(Verb.MINE, "mine", "The matter is yours now"),
            Line(Verb.SNOOZE, "snooze 2d", "comes back on Thursday, 13 March, at 05:00"),
            Line(Verb.CLOSE, "close", "The matter is closed, as you asked"),
            Line(Verb.REOPEN, "reopen", "The matter is open again, as you asked"),
            Line(Verb.NOT_CUSTOMER, "not a customer", "it is not a customer’s"),
            Line(Verb.AWAY, "away until 2025-03-13", "away until 13 March 2025, that day included"),
        ),
        "has been done already by the same email or link, so nothing was done a second time",
    ),
}
NAMES = {
    "hr": "Iva Perić",
    "sr-Latn": "Iva Petrović",
    "sr-Cyrl": "Ива Петровић",
    "hu": "Kiss Ilona",
    "en": "Ivy Smith",
}  # fmt: skip
IVA = "iva@vocar.example"
# What is read and refused here is the same on both; commands on PostgreSQL are in test_commands.py.
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def office_of(language: str) -> dict[str, Any]:
    """The office whose only agent reads that language; the digest comes only if something is overdue."""
    return {
        "people.iva": {"name": NAMES[language], "address": IVA, "language": language},
        "digest.when": "overdue",
        "alerts": {"to": ["luka"]},
    }


async def reminded(story: Story) -> Sent:
    """A customer wrote on Monday, and at five on Tuesday Iva has her reminder."""
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Tue 05:00")
    return story.expect_reminder("iva", "Tue 05:00")


DONE: dict[Verb, Callable[[Thread], bool]] = {
    Verb.NOTE: lambda thread: thread.state is State.WAITING,
    Verb.ASSIGN: lambda thread: thread.assignee == "luka",
    Verb.MINE: lambda thread: thread.assignee == "iva",
    Verb.SNOOZE: lambda thread: thread.state is State.SNOOZED,
    Verb.CLOSE: lambda thread: thread.state is State.CLOSED and thread.clock,
    Verb.REOPEN: lambda thread: thread.state is State.WAITING and thread.wait == 2,
    Verb.NOT_CUSTOMER: lambda thread: thread.state is State.CLOSED and not thread.clock,
    Verb.AWAY: lambda thread: True,
}


def test_the_table_is_whole() -> None:
    """Each language has each command once, and the line is read as that command."""
    for tongue in TONGUES.values():
        assert [line.verb for line in tongue.lines] == list(DONE)
        assert set(DONE) == set(Verb)
        for line in tongue.lines:
            found = command_in(line.written)
            assert found is not None
            assert found.verb is line.verb


@ONE_DATABASE
@pytest.mark.parametrize("language", TONGUES)
async def test_each_command_is_done_once_and_answered_in_the_person_s_language(
    story_with: TellStory, language: str
) -> None:
    """By a reply to one's own reminder; a second reply with the same words is told that it was done already."""
    story, tongue = story_with(office_of(language)), TONGUES[language]
    reminder = await reminded(story)
    for line in tongue.lines:
        await reply(story, reminder, line.written, sender=IVA)
        answer = story.expect("confirm", "iva", says=(line.says,))
        assert answer.message["Content-Language"] == language
        if line.verb is Verb.ASSIGN:
            story.expect("assigned", "luka")
        after = story.thread()
        assert DONE[line.verb](after), line
        await reply(story, reminder, line.written, sender=IVA)
        story.expect("confirm", "iva", says=(tongue.repeated,))
        assert story.thread() == after, f"{line.written}: done twice"
    acted = [event.what for event in story.timeline() if event.who == "iva" and event.what != "remind"]
    assert acted == ["note", "assign", "assign", "snooze", "close", "reopen", "ignore"]
    away = story.database.read(orders.away)
    assert away == {"iva": Absence(date(2025, 3, 11), date(2025, 3, 13))}


@ONE_DATABASE
@pytest.mark.parametrize("language", TONGUES)
async def test_each_link_of_a_reminder_does_its_command_once(story_with: TellStory, language: str) -> None:
    """The links' own words, as a mail program sends them; and the same mail replayed whole does nothing."""
    story, tongue = story_with(office_of(language)), TONGUES[language]
    says = {line.verb: line.says for line in tongue.lines}
    found = links(await reminded(story))
    verbs = {command.verb: link for words, link in found.items() if (command := command_in(words))}
    assert len(verbs) == len(found) == 4
    for verb in (Verb.MINE, Verb.SNOOZE, Verb.CLOSE, Verb.NOT_CUSTOMER):
        sent = await follow(story, verbs[verb], sender=IVA)
        told = story.expect("confirm", "iva")
        if verb is not Verb.SNOOZE:  # the links' "2d" may be another length than the table's
            assert says[verb] in told.text.replace("\n", " ")
        after = story.thread()
        assert DONE[verb](after)
        await follow(story, verbs[verb], sender=IVA)
        story.expect("confirm", "iva", says=(tongue.repeated,))
        story.account.append("INBOX", sent.message.as_bytes(), received_at=story.clock.now())
        await story.runs()
        story.expect_nothing()
        assert story.thread() == after


@dataclass(frozen=True)
class Case:
    """The evidence at hand to somebody who would forge: Iva's reminder, and the tokens of two threads."""

    reminder: Sent
    ref: str
    other_ref: str
    other_token: str
    own_token: str


Fields = dict[str, Any]


def _from_alone(case: Case) -> Fields:
    """From says Iva, and the reference is right: a customer knows it, too."""
    return {"sender": IVA, "subject": f"Re: {case.ref}"}


def _changed_token(case: Case) -> Fields:
    """One letter of a link's token is another."""
    last = "0" if case.own_token[-1] != "0" else "1"
    return {"sender": IVA, "subject": tokens.written(case.ref, case.own_token[:-1] + last)}


def _token_of_another_thread(case: Case) -> Fields:
    """A genuine token of Iva's for another thread, with this one's reference before it."""
    return {"sender": IVA, "subject": tokens.written(case.ref, case.other_token)}


def _another_person_s_link(case: Case) -> Fields:
    """Luka sends what Iva's link says."""
    return {"sender": LUKA, "subject": tokens.written(case.ref, case.own_token)}


def _another_person_s_reminder(case: Case) -> Fields:
    """Luka replies to Iva's reminder."""
    return {"sender": LUKA, "subject": "Re: …", "answers": case.reminder.message["Message-ID"]}


def _stranger(case: Case) -> Fields:
    """Somebody else replies to Iva's reminder, which was forwarded to them."""
    return {"sender": STRANGER, "subject": "Re: …", "answers": case.reminder.message["Message-ID"]}


def _stranger_s_link(case: Case) -> Fields:
    """Somebody else sends what Iva's link says."""
    return {"sender": STRANGER, "subject": tokens.written(case.ref, case.own_token)}


def _forged_by_dmarc(case: Case) -> Fields:
    """All is right but that our server says: this does not come from Iva's domain."""
    return {
        "sender": IVA,
        "subject": tokens.written(case.ref, case.own_token),
        "answers": case.reminder.message["Message-ID"],
        "headers": {"Authentication-Results": "mx.vocar.example; dmarc=fail header.from=vocar.example"},
    }


FORGERIES: dict[Callable[[Case], Fields], str] = {
    _from_alone: "no-proof",
    _changed_token: "no-proof",
    _token_of_another_thread: "no-proof",
    _another_person_s_link: "no-proof",
    _another_person_s_reminder: "no-proof",
    _stranger: "stranger",
    _stranger_s_link: "stranger",
    _forged_by_dmarc: "dmarc",
}


@ONE_DATABASE
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__.strip("_"))
async def test_every_command_in_every_language_is_refused_to_anybody_else(
    story_with: TellStory, forgery: Callable[[Case], Fields]
) -> None:
    """Nothing changes, each is on record with its reason, nobody but ops hears of it, and they once."""
    story = story_with(office_of("hr") | {"mailboxes.support.trust_authserv": "mx.vocar.example"})
    reminder = await reminded(story)
    case = _case(story, reminder)
    before = story.thread()
    lines = [line for tongue in TONGUES.values() for line in tongue.lines]
    for number, line in enumerate(lines):
        octets = office.mail(line.written, message_id=f"<forged{number}@elsewhere.example>", **forgery(case))
        story.account.append("INBOX", octets, received_at=story.clock.now())
    await story.runs()
    refused = [event for event in story.timeline() if event.what == "refused"]
    assert Counter(event.reason for event in refused) == {FORGERIES[forgery]: len(lines)}
    assert all("Nothing was done" in event.detail for event in refused)
    asked = [event.detail.partition("“")[2].partition("”")[0] for event in refused]
    assert asked == [line.verb for line in lines]
    after = story.thread()
    standing = ("state", "assignee", "wait", "waiting_since", "next_step_at", "next_step", "fired", "clock")
    assert [getattr(after, name) for name in standing] == [getattr(before, name) for name in standing]
    assert not {"note", "assign", "snooze", "close", "reopen", "ignore"} & set(_what(story))
    assert story.database.read(orders.away) == {}
    story.expect("alert", "luka", says=("Nothing was done",))
    story.expect_nothing()


def _what(story: Story) -> Iterator[str]:
    return (event.what for event in story.timeline())


def _case(story: Story, reminder: Sent) -> Case:
    secret = story.database.read(meta.installation)
    ref, other = story.thread().ref, "AA-0000-0000"
    ends_at = story.clock.now() + tokens.LASTS
    own, others = (tokens.token(secret, which, "iva", LINK, ends_at) for which in (ref, other))
    return Case(reminder, ref, other, others, own)


@pytest.mark.parametrize("tag", ["done", "3d"])
@pytest.mark.parametrize("who", ["the customer", "a stranger", "iva, to nobody but us"])
async def test_a_tag_counts_only_in_an_answer_of_the_team_to_the_customer(
    story_with: TellStory, tag: str, who: str
) -> None:
    """The tag's address proves nothing: it is the answer to the customer that closes a matter or brings it back."""
    story = story_with(office_of("hr"))
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    sender = {"the customer": IVAN, "a stranger": STRANGER}.get(who, IVA)
    before = story.thread()
    await story.customer(
        "Evo.",
        sender=sender,
        to=f"podrska+{tag}@vocar.example",
        answers=question.message_id,
        headers={"Delivered-To": f"podrska+{tag}@vocar.example"},
    )
    after = next(thread for thread in story.threads() if thread.ref == before.ref)
    assert (after.state, after.wait, after.next_step) == (State.WAITING, 1, before.next_step)
    assert not {"close", "follow-up"} & {event.what for event in story.events(before.ref)}
    story.forget()


async def test_two_in_the_same_moment_the_first_has_it_and_the_second_is_told_so(
    story_with: TellStory,
) -> None:
    """Both say "mine" before either has an answer; the server hands over both mails at once."""
    story = story_with(office_of("hr") | {"teams.front.members": ["iva", "luka"]})
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Tue 05:00")
    for person, line in (("iva", "moje"), ("luka", "mine")):
        reminder = story.expect_reminder(person, "Tue 05:00")
        octets = office.mail(
            line,
            sender=story.settings.desk.people[person].address,
            message_id=f"<{person}@vocar.example>",
            answers=reminder.message["Message-ID"],
        )
        story.account.append("INBOX", octets, received_at=story.clock.now())
    await story.at("Tue 05:01")
    story.expect("confirm", "iva", says=("upit je sada Vaš",))
    story.expect(
        "confirm", "luka", says=("Iva Perić acted on this matter before you did", "nothing was done")
    )
    assert story.thread().assignee == "iva"


@pytest.mark.parametrize("by", ["reply", "link"])
async def test_after_thirty_days_a_reminder_proves_nothing_any_more(story_with: TellStory, by: str) -> None:
    """Its reader is told to answer a newer one; nothing is done."""
    story = story_with(
        office_of("hr") | {"policies.standard": {"ladder": [{"at": "20h", "notify": "on_duty"}]}}
    )
    reminder = await reminded(story)
    story.clock.pass_time(tokens.LASTS + timedelta(minutes=1))
    if by == "reply":
        await reply(story, reminder, "zatvori", sender=IVA)
    else:
        await follow(story, links(reminder)["zatvori"], sender=IVA)
    story.expect("confirm", "iva", says=("starija je od 30 dana",))
    assert story.thread().state is State.WAITING
    story.forget()
