"""The script of the week holds together."""

from email import message_from_bytes, policy

import pytest

from autoack.demo.mails import write
from autoack.demo.week import BACKLOG, BEGIN, END, WEEK, Outcome, Scene, moment


def test_scenes_come_in_the_order_of_their_times_within_the_week() -> None:
    times = [moment(scene.at) for scene in WEEK]
    assert times == sorted(set(times))
    assert times[0] > BEGIN
    assert times[-1] < END


def test_scenes_reply_only_to_what_came_before_them() -> None:
    names = [scene.name for scene in WEEK]
    assert len(set(names)) == len(names)
    for position, scene in enumerate(WEEK):
        assert scene.answers is None or scene.answers in names[:position]


def test_customers_write_in_five_languages() -> None:
    languages = {scene.language for scene in WEEK if scene.outcome is Outcome.RECEIPT}
    assert languages == {"hr", "sr-Latn", "sr-Cyrl", "hu", "en"}


def test_everybody_lives_at_an_example_domain() -> None:
    for scene in (*WEEK, *BACKLOG):
        assert scene.draft.writer.address.endswith(".example")
        assert scene.draft.to.endswith(".example")


@pytest.mark.parametrize("scene", [*WEEK, *BACKLOG], ids=lambda scene: scene.name)
def test_each_mail_can_be_read_as_it_was_written(scene: Scene) -> None:
    read = message_from_bytes(write(scene.draft, BEGIN, "<before@kupac.example>"), policy=policy.default)
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == scene.draft.text
    assert read["Subject"] == scene.draft.subject
    assert read["From"].addresses[0].display_name == scene.draft.writer.name
    assert read["In-Reply-To"] == "<before@kupac.example>"
    assert read["Message-ID"] == scene.draft.message_id


def test_the_bounce_is_a_delivery_report() -> None:
    (bounce,) = (scene.draft for scene in WEEK if scene.draft.bounced)
    read = message_from_bytes(write(bounce, BEGIN), policy=policy.default)
    assert read.get_content_type() == "multipart/report"
    assert [part.get_content_type() for part in read.iter_parts()] == [
        "text/plain",
        "message/delivery-status",
    ]
    assert f"Final-Recipient: rfc822; {bounce.bounced}" in read.as_string()
