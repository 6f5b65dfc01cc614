"""A fortnight in Zagreb, told whole: tests/story/fortnight.txt is what happens, minute by minute, read by people.

`make fortnight` writes it anew; look at every line that changes.
"""

import os
from datetime import datetime
from difflib import unified_diff
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from autoack.core.policy import Desk
from autoack.flows.nightly import digest_letter
from autoack.flows.recompute import Recompute
from tests import office
from tests.story.chronicle import chronicle
from tests.story.conftest import TellStory
from tests.story.kit import ZAGREB, Sent, Story, Written

GOLDEN = Path(__file__).with_name("fortnight.txt")

# 2024: clocks go back on Sunday, 27 October; All Saints' Day, 1 November, is a Friday.
BEGIN = datetime(2024, 10, 22, 8, 0, tzinfo=ZAGREB)  # a Tuesday
OFFICE: dict[str, Any] = {
    "organisation.address": "Trg 1, 10000 Zagreb",
    "organisation.phone": "+385 1 555 1111",
    "calendars.office": {
        "hours": {"mon-fri": "08:00-16:00"},
        "holidays": {"country": "HR"},
        "seasons": [
            {"name": "ljeto", "from": "05-01", "to": "10-31", "hours": {"mon-fri": "07:00-15:00"}},
        ],
        # The Saturday is worked so that the Thursday before the holiday is free.
        "open": [{"date": "2024-10-26", "hours": "08:00-13:00"}],
        "closed": [
            {
                "from": "2024-10-31",
                "to": "2024-10-31",
                "notice": {
                    "hr": "U četvrtak, 31. listopada, zatvoreni smo zbog inventure.",
                    "hu": "Október 31-én, csütörtökön leltár miatt zárva tartunk.",
                    "en": "We are closed for stocktaking on Thursday, 31 October.",
                },
            },
        ],
    },
    "people": {
        "ana": {"name": "Ana Kovač", "address": "ana@vocar.example", "language": "hr"},
        "ivo": {"name": "Ivo Perić", "address": "ivo@vocar.example", "language": "hr"},
        "marko": {
            "name": "Marko Babić",
            "address": "marko@vocar.example",
            "language": "hr",
            "away": [{"from": "2024-10-28", "to": "2024-11-03"}],
        },
        "vera": {"name": "Vera Jurić", "address": "vera@vocar.example", "language": "hr"},
    },
    "teams": {
        "front": {
            "members": ["ana", "ivo"],
            "lead": "marko",
            "manager": "vera",
            "rota": [{"who": ["ana"], "when": {"mon-fri": "06:00-17:00"}}],
        }
    },
    "mailboxes.support.imap.drafts": "Drafts",
    "policies.standard": {
        "calendar": "office",
        "reply_within": "1d",
        "resolve_within": "3d",
        "ladder": [
            {"at": "75%", "notify": "on_duty"},
            {"at": "1d", "notify": "lead"},
            {"at": "3d", "notify": "manager"},
        ],
        "quiet": "office",
        "holding_update": "1d",
        "close_after": "5d",
        "closing_note": True,
        "survey": {"after_close": "1d"},
    },
    "policies.vip": {
        "calendar": "always",
        "reply_within": "4h",
        "ladder": [
            {"at": "1h", "notify": "on_duty", "urgent": True},
            {"at": "3h", "notify": "lead", "urgent": True},
        ],
        "quiet": "office",
        "close_after": "2d",
        "survey": {"after_close": "4h"},
    },
    "recurring": [
        {
            "name": "Godišnja provjera pretplate",
            "customer": "John Smith <john@client.example>",
            "cron": "0 9 29 10 *",
            "mailbox": "support",
            "ladder": [{"at": "1d", "notify": "lead"}],
        }
    ],
    "rules": [
        {
            "name": "big customer",
            "when": {"from": ["*@hotel-adria.example"]},
            "then": {"policy": "vip", "priority": "high"},
        },
        {
            "name": "complaint",
            "when": {"words": {"hr": ["reklamacij"]}},
            "then": {"category": "complaint", "priority": "high", "notify": "lead"},
        },
    ],
}
ANA, IVO = "Ana Kovač <ana@vocar.example>", "Ivo Perić <ivo@vocar.example>"


WALNUTS = """---
id: walnuts
language: hr
title: Sadnice oraha
questions:
  - Imate li sadnice oraha?
---
Sadnice oraha imamo od studenoga do ožujka.
"""


@pytest.fixture
def story(story_with: TellStory, tmp_path: Path) -> Story:
    """The office of this story, on the Tuesday with which it begins; it has an answer to one question."""
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "walnuts.hr.md").write_text(WALNUTS, encoding="utf-8")
    return story_with(OFFICE, begin=BEGIN)


async def test_a_fortnight_in_zagreb(story: Story, tmp_path: Path) -> None:
    await _an_ordinary_question_and_thanks(story)
    await _after_hours_and_nobody_answers(story)
    await _towards_the_working_saturday(story)
    await _an_urgent_matter_in_the_night_on_which_clocks_go_back(story)
    await _a_complaint_on_sunday_while_the_lead_is_away(story)
    await _before_the_closure(story)
    await _closed_and_a_holiday(story)
    await _winter_hours(story)
    as_sent = [sent.text for sent in story.sent if sent.kind == "digest"]
    assert _digests_counted_anew(story, story.settings.desk) == as_sent
    told = chronicle(story)
    relaxed = office.settings(tmp_path, _with_longer_promises()).desk
    assert await Recompute(relaxed, story.database).step(story.clock.now()) > 0
    assert _digests_counted_anew(story, relaxed) == as_sent, "what is promised today changes no past night"
    story.forget()
    if os.environ.get("AUTOACK_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    was = GOLDEN.read_text(encoding="utf-8")
    changes = unified_diff(was.splitlines(), told.splitlines(), "fortnight.txt", "now", lineterm="", n=2)
    if told != was:
        pytest.fail(
            "It went otherwise; if rightly so, `make fortnight`.\n" + "\n".join(changes), pytrace=False
        )


async def _an_ordinary_question_and_thanks(story: Story) -> None:
    await story.at("Tue 09:10")
    question = await story.customer("Dobar dan,\n\nkada stiže narudžba 1042?\n\nIvan Horvat\n")
    await story.at("Tue 10:05")
    answer = await _answers(story, question, "Stiže u četvrtak.", who="Ana Kovač")
    await story.at("Tue 10:40")
    await story.customer("Hvala lijepa!", subject="Re: Narudžba", answers=answer.message_id)


async def _after_hours_and_nobody_answers(story: Story) -> None:
    await story.at("Wed 16:30")
    question = await story.customer(
        "Поштовани,\n\nкада радите у суботу?\n\nЈелена Петровић\n",
        sender="Јелена Петровић <jelena@kupac.example>",
        subject="Радно време",
    )
    await story.at("Fri 09:00")
    await _answers(story, question, "Ове суботе радимо од 8 до 13 часова.", who="Ana Kovač")


async def _towards_the_working_saturday(story: Story) -> None:
    await story.at("Fri 10:00")
    question = await story.customer(
        "Hello,\n\ncould you send the invoice once more, please?\n\nJohn Smith\n",
        sender="John Smith <john@client.example>",
        subject="Invoice",
    )
    await story.at("Fri 14:30")
    await story.customer(
        "Jó napot kívánok!\n\nMikor érkezik meg a csomagom?\n\nKovács Anna\n",
        sender="Kovács Anna <anna@vevo.example>",
        subject="Csomag",
    )
    await story.at("Sat 09:30")
    await _answers(story, question, "Here it is.", who="Ivo Perić")


async def _an_urgent_matter_in_the_night_on_which_clocks_go_back(story: Story) -> None:
    await story.at("Sat 23:30")
    question = await story.customer(
        "Dobra večer,\n\nrecepcija ne može izdati račune. Molim hitno!\n\nPetar Marić\n",
        sender="Petar Marić <recepcija@hotel-adria.example>",
        subject="Ne radi izdavanje računa",
    )
    await story.at("Sun 03:20")
    await _answers(story, question, "Sada radi, ispričavamo se.", who="Marko Babić")


async def _a_complaint_on_sunday_while_the_lead_is_away(story: Story) -> None:
    await story.at("Sun 11:00")
    complaint = await story.customer(
        "Poštovani,\n\nreklamacija: voćka je stigla slomljena.\n\nLucija Novak\n",
        sender="Lucija Novak <lucija@kupac.example>",
        subject="Reklamacija",
    )
    await story.at("Mon 12:00")
    await _rates(story, "Ivan Horvat <ivan.horvat@kupac.example>", "5\n\nBrzo i ljubazno, hvala!")
    await story.at("Mon 12:30")
    await _answers(
        story,
        complaint,
        "Javit ću Vam se za dva dana s novom pošiljkom.",
        who="Ana Kovač",
        headers={"Bcc": "podrska+2d@vocar.example"},
    )
    await story.at("Tue 14:00")
    rated = await _rates(
        story, "Petar Marić <recepcija@hotel-adria.example>", "2, u noći se nitko ne javlja na telefon"
    )
    await story.at("Tue 15:30")
    await _answers(story, rated, "Žao nam je. Noćni je broj 01 555 2222.", who="Ana Kovač")
    await story.at("Wed 09:40")
    yearly = _last(story, "notify", "ana")
    await _commands(story, yearly, "bilješka: produljio je telefonom", sender=ANA)
    await _commands(story, yearly, "zatvori", sender=ANA)
    await story.at("Wed 13:05")
    await _answers(story, complaint, "Nova je voćka poslana danas.", who="Ana Kovač")
    await story.at("Wed 13:10")
    await _commands(story, _last(story, "remind", "ana"), "zatvori", sender=ANA)


async def _before_the_closure(story: Story) -> None:
    await story.at("Wed 14:20")
    await story.customer(
        "Dobar dan,\n\ngde da vratim ambalažu? Čekam već nedelju dana.\n\nMilica Jovanović\n",
        sender="Milica Jovanović <milica@kupac.example>",
        subject="Povrat ambalaže",
    )


async def _closed_and_a_holiday(story: Story) -> None:
    await story.at("Thu 10:00")
    await story.customer(
        "Dobar dan,\n\nimate li sadnice oraha?\n\nIvan Horvat\n",
        subject="Sadnice",
        message_id="<orah@mail.example>",
    )
    await story.at("Fri 12:00")
    await story.customer(
        "Jó napot kívánok!\n\nSzeretném lemondani a rendelésemet.\n\nNagy Éva\n",
        sender="Nagy Éva <eva@vevo.example>",
        subject="Lemondás",
    )


async def _winter_hours(story: Story) -> None:
    await story.at("Mon 09:20")
    csomag = next(one for one in story.written if one.message["Subject"] == "Csomag")
    await _answers(story, csomag, "Elnézést kérünk a késésért: a csomag ma indul.", who="Ivo Perić")
    await story.at("Mon 14:10")
    await _commands(story, _last(story, "remind", "ana", about="Nagy Éva"), "dodijeli ivi", sender=ANA)
    await story.at("Tue 08:40")
    walnuts = next(one for one in story.written if one.message["Subject"] == "Sadnice")
    await _answers(story, walnuts, "Imamo ih; koliko biste ih trebali?", who="Ana Kovač")
    await story.at("Tue 09:00")


async def _answers(story: Story, asked: Written, text: str, *, who: str, **how: Any) -> Written:
    return await story.team_replies(asked, text, who=who, subject=f"Re: {asked.message['Subject']}", **how)


async def _rates(story: Story, who: str, words: str) -> Written:
    """A customer answers the survey."""
    address = who.partition("<")[2].rstrip(">")
    asked = next(sent for sent in story.sent if (sent.kind, sent.to) == ("survey", address))
    return await story.customer(
        words, sender=who, subject=f"Re: {asked.subject}", answers=str(asked.message["Message-ID"])
    )


async def _commands(story: Story, to: Sent, line: str, *, sender: str) -> Written:
    quoted = "\n".join(f"> {words}" for words in to.text.splitlines())
    return await story.customer(
        f"{line}\n\n{quoted}\n",
        sender=sender,
        subject=f"Re: {to.subject}",
        answers=str(to.message["Message-ID"]),
    )


def _with_longer_promises() -> dict[str, Any]:
    longer = {"reply_within": "9d", "resolve_within": "30d"}
    policies = {key: OFFICE[key] | longer for key in OFFICE if key.startswith("policies.")}
    return OFFICE | policies


def _digests_counted_anew(story: Story, desk: Desk) -> list[str]:
    """What `autoack digest --date` says afterwards of each night, where the desk is configured so by then."""
    found = []
    for sent in story.sent:
        if sent.kind == "digest":
            night = sent.at.astimezone(ZAGREB).date()
            vera = desk.people["vera"]
            letter = story.database.read(digest_letter, desk, vera, night, story.clock.now())
            mail = message_from_bytes(letter.raw, policy=policy.default)
            part = mail.get_body(("plain",))
            assert part is not None
            found.append(str(part.get_content()))
    return found


def _last(story: Story, kind: str, person: str, about: str = "") -> Sent:
    wanted = (kind, story.settings.desk.people[person].address)
    return next(
        sent for sent in reversed(story.sent) if (sent.kind, sent.to) == wanted and about in sent.subject
    )
