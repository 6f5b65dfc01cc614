"""A customer rates us: to look changes nothing, to send records, and nobody else learns anything."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from autoack.core.feedback import Vote
from autoack.store import ratings, threads
from autoack.store.engine import Database
from autoack.web.rating import MOST_WORDS
from autoack.web.words import LANGUAGES, words_in
from tests import office
from tests.web.conftest import HOSTILE, LATER, Site, opened

REF = "AA-1111-1111"


def vote(site: Site, ref: str = REF) -> Vote | None:
    return site.database.read(ratings.get, ref)


@pytest.fixture
async def either(tmp_path: Any, database: Database) -> AsyncIterator[Site]:
    """The site on each of the two databases."""
    async with opened(office.settings(tmp_path), database) as found:
        yield found


async def test_a_link_shows_the_form_with_its_stars_chosen_and_records_nothing(running: Site) -> None:
    running.put()
    answer = await running.get(f"/rate/{running.token()}?stars=4")
    assert answer.status == 200
    page = answer.page
    assert page.chosen == ["4"]
    assert "Račun za listopad" in page.text and REF in page.text
    assert page.named("html") == [{"lang": "hr"}]
    assert vote(running) is None
    assert running.database.read(threads.timeline, REF) == []


async def test_sending_records_and_leads_to_thanks(running: Site) -> None:
    running.put()
    token = running.token()
    answer = await running.post(
        f"/rate/{token}?stars=2", {"stars": "5", "words": "Brzo i ljubazno!\r\nHvala."}
    )
    assert (answer.status, answer.headers["location"]) == (303, f"{token}/thanks")
    given = vote(running)
    assert given is not None
    assert (given.stars, given.words, given.via) == (5, "Brzo i ljubazno!\nHvala.", "web")
    thanks = await running.get(f"/rate/{token}/thanks")
    assert thanks.status == 200
    assert "5 od 5 – Izvrsno" in thanks.page.text and "Brzo i ljubazno!" in thanks.page.text
    assert {"class": "button", "href": f"../{token}"} in thanks.page.named("a")


async def test_a_vote_can_be_changed_and_the_form_shows_what_holds(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    await running.post(path, {"stars": "1", "words": "Predugo."})
    page = (await running.get(path)).page
    assert page.chosen == ["1"] and "Predugo." in page.text and "1 od 5" in page.text
    assert (await running.get(f"{path}?stars=4")).page.chosen == [
        "4"
    ]  # the link of the survey says otherwise
    await running.post(path, {"stars": "4", "words": ""})
    changed = vote(running)
    assert changed is not None and (changed.stars, changed.words) == (4, "")
    events = [event.detail for event in running.database.read(threads.timeline, REF) if event.what == "rated"]
    assert events == ["1 of 5: Predugo.", "4 of 5"]


@pytest.mark.parametrize("stars", ["", "0", "6", "٤", "4.0", "4 ", "-1", "four"])
async def test_without_a_rating_the_form_comes_again_with_the_words(running: Site, stars: str) -> None:
    running.put()
    answer = await running.post(f"/rate/{running.token()}", {"stars": stars, "words": "Moje riječi"})
    assert answer.status == 422
    assert answer.page.chosen == [] and "Moje riječi" in answer.page.text
    assert ("p", {"class": "fault", "role": "alert"}) in answer.page.elements
    assert vote(running) is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_speak_the_language_of_the_thread(running: Site, language: str) -> None:
    running.put(language=language)
    path, words = f"/rate/{running.token()}", words_in(language)
    answer = await running.get(path, Accept_Language="de")
    assert words["question"] in answer.page.text and answer.page.named("html") == [{"lang": language}]
    assert answer.headers["content-language"] == language
    await running.post(path, {"stars": "2"})
    thanks = (await running.get(f"{path}/thanks")).page.text
    assert words["thanks_low"] in thanks and words["choices"][1] in thanks


def test_each_language_has_the_same_words() -> None:
    shapes = {tag: {name: type(value) for name, value in words_in(tag).items()} for tag in LANGUAGES}
    assert all(shape == shapes["en"] for shape in shapes.values())
    assert all(len(words_in(tag)["choices"]) == 5 for tag in LANGUAGES)
    for name, text in words_in("en").items():
        for tag in LANGUAGES:
            slots = set(re.findall(r"\{\w*\}", str(words_in(tag)[name])))
            assert slots == set(re.findall(r"\{\w*\}", str(text))), (tag, name)


async def test_what_a_customer_wrote_is_text_and_nothing_else(running: Site) -> None:
    running.put(subject=HOSTILE)
    path = f"/rate/{running.token()}"
    await running.post(path, {"stars": "3", "words": "</textarea><script>x()</script>{{ 1 }}"})
    for answer in (await running.get(path), await running.get(f"{path}/thanks")):
        assert "<script" not in answer.text and "x-evil" not in answer.headers
        assert "<script>x()</script>{{ 1 }}" in answer.page.text
    assert "{{ 7 * 7 }}" in (await running.get(path)).page.text


async def test_a_link_that_has_ended_says_so(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    await running.post(path, {"stars": "3"})
    running.clock.pass_time(LATER)
    for answer in (
        await running.get(path, Accept_Language="hu"),
        await running.get(f"{path}/thanks", Accept_Language="hu"),
    ):
        assert answer.status == 410
        assert words_in("hu")["expired"] in answer.page.text
        assert "Račun" not in answer.text and REF not in answer.text
    assert (await running.post(path, {"stars": "5"})).status == 410
    held = vote(running)
    assert held is not None and held.stars == 3


async def test_forged_and_unknown_links_look_alike(running: Site) -> None:
    running.put()
    running.put("AA-2222-2222", subject="Tajna")
    genuine = running.token()
    last = "0" if genuine[-1] != "0" else "1"
    forged = [
        f"/rate/{genuine[:-1]}{last}",
        f"/rate/{genuine.replace('AA-1111', 'AA-2222')}",
        "/rate/AA-2222-2222",
        "/rate/x",
        f"/rate/{'A' * 5000}",
        "/rate/..%2f..%2fetc",
        "/rate/%00",
        f"/rate/{genuine[:-1]}%E2%84%AA",  # a Kelvin sign
        f"/rate/http:elsewhere.example%3F%5D%5B{genuine}",  # a redirect would lead there
        f"/rate/{running.token('AA-9999-9999')}",  # genuine, but its thread is no more
        "/rate/",
        "/other",
    ]
    pages = set()
    for path in forged:
        for answer in (await running.get(path), await running.get(f"{path}?stars=5")):
            assert answer.status == 404, path
            pages.add(answer.text)
        assert (await running.post(path, {"stars": "5"})).status == 404
    assert len(pages) == 1
    assert "Tajna" not in pages.pop()
    assert vote(running) is None and vote(running, "AA-2222-2222") is None


async def test_guessed_tokens_do_not_reach_the_database(
    running: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.put()
    token = running.token()
    assert (await running.get(f"/rate/{token}")).status == 200
    asked: list[str] = []
    real = running.database.run

    async def run(work: Any, *arguments: Any) -> Any:
        asked.append(work.__name__)
        return await real(work, *arguments)

    monkeypatch.setattr(running.database, "run", run)
    other = token[:-1] + ("1" if token[-1] == "0" else "0")
    for guess in (other, f"AA-2222-2222{token[12:]}", "x", token[:20]):
        assert (await running.get(f"/rate/{guess}")).status == 404
        assert (await running.post(f"/rate/{guess}", {"stars": "1"})).status == 404
    assert asked == []
    assert (await running.get(f"/rate/{token}")).status == 200
    assert len(asked) == 1


async def test_words_beyond_the_field_are_cut_and_far_beyond_are_refused(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    await running.post(path, {"stars": "3", "words": "ж" * (MOST_WORDS + 500)})
    cut = vote(running)
    assert cut is not None and cut.words == "ж" * MOST_WORDS
    await running.post(
        path, {"stars": "2", "words": "„" * MOST_WORDS}
    )  # nine octets each, as browsers write it
    whole = vote(running)
    assert whole is not None and whole.words == "„" * MOST_WORDS
    refused = await running.post(path, {"stars": "1", "words": "ж" * 40_000})
    assert refused.status == 413
    assert (await running.post(path, b"&".join(b"f%d=1" % n for n in range(100)))).status == 413
    held = vote(running)
    assert held is not None and held.stars == 2


async def test_odd_octets_do_no_harm(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    answer = await running.post(path, b"stars=3&words=%ff%00%ed%a0%80\xff&stars=5&%%%=")
    assert answer.status == 303
    given = vote(running)
    assert given is not None and given.stars == 3 and "\0" not in given.words
    assert (await running.get(f"{path}/thanks")).status == 200


async def test_every_answer_holds_the_browser_to_this_page_alone(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    answers = [
        await running.get(path),
        await running.get("/nothing"),
        await running.get("/healthz"),
        await running.get(path, "PUT"),
        await running.post(path, {"stars": "5"}),
        await running.get(f"{path}/thanks"),
    ]
    assert [answer.status for answer in answers] == [200, 404, 200, 405, 303, 200]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"].startswith("noindex")
        assert "date" in answer.headers
        assert not {"set-cookie", "server"} & answer.headers.keys()


async def test_pages_load_nothing_and_run_nothing(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}"
    await running.post(path, {"stars": "5"})
    for answer in (await running.get(path), await running.get(f"{path}/thanks"), await running.get("/x")):
        tags = {tag for tag, _ in answer.page.elements}
        assert not tags & {"script", "img", "link", "iframe", "object", "svg"}
        assert not any("style" in attributes or "src" in attributes for _, attributes in answer.page.elements)
        assert not any(name.startswith("on") for _, attributes in answer.page.elements for name in attributes)
        assert "url(" not in answer.text and "@import" not in answer.text


async def test_each_choice_has_a_label_and_each_field_a_name(running: Site) -> None:
    running.put()
    page = (await running.get(f"/rate/{running.token()}")).page
    assert [radio["value"] for radio in page.named("input")] == ["5", "4", "3", "2", "1"]
    assert all("required" in radio for radio in page.named("input"))
    assert page.named("fieldset") and page.named("legend")
    assert {label.get("for") for label in page.named("label")} == {None, "words"}
    assert page.named("textarea")[0]["maxlength"] == str(MOST_WORDS)


async def test_thanks_without_a_vote_lead_back_to_the_form(running: Site) -> None:
    running.put()
    token = running.token()
    answer = await running.get(f"/rate/{token}/thanks")
    assert (answer.status, answer.headers["location"]) == (303, f"../{token}")


async def test_a_head_is_answered_as_a_get_without_its_page(running: Site) -> None:
    running.put()
    path = f"/rate/{running.token()}?stars=3"
    shown, head = await running.get(path), await running.get(path, "HEAD")
    assert (head.status, head.text) == (200, "")
    assert head.headers["content-length"] == shown.headers["content-length"]
    assert vote(running) is None


async def test_the_last_of_many_votes_at_once_holds_on_both_databases(either: Site) -> None:
    either.put()
    path = f"/rate/{either.token()}"
    answers = await asyncio.gather(*(either.post(path, {"stars": str(n % 5 + 1)}) for n in range(20)))
    assert {answer.status for answer in answers} == {303}
    told = [event for event in either.database.read(threads.timeline, REF) if event.what == "rated"]
    held = vote(either)
    assert held is not None and told[-1].detail == f"{held.stars} of 5"


async def test_a_page_tells_until_when_the_vote_may_be_changed(running: Site) -> None:
    running.put(language="en")
    page = (await running.get(f"/rate/{running.token()}")).page
    until = (running.clock.now() + timedelta(days=60)).date()
    assert f"until {until.day}\u00a0January\u00a02027." in page.text
