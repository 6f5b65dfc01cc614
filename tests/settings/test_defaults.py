"""What holds where the file says nothing, and what becomes of a file that says everything."""

from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path

from autoack.core.policy import (
    Absence,
    Duration,
    Duty,
    LadderStep,
    Limit,
    Opening,
    Retention,
    Season,
    Share,
    Span,
)
from autoack.settings import DoneMark
from tests.settings.sample import FULL, LEAST, least_with, read


def test_the_least_configuration_means_what_the_contract_says(tmp_path: Path) -> None:
    settings = read(tmp_path, LEAST)
    desk, box = settings.desk, settings.desk.mailboxes["help"]
    assert desk.organisation.languages == ("en",)
    assert desk.organisation.languages_fallback == {"*": "en"}
    assert desk.organisation.domains == {"vocar.example"}
    assert (desk.organisation.address, desk.organisation.phone, desk.organisation.website) == (None,) * 3
    assert not desk.organisation.internal_customers
    assert list(desk.calendars) == ["always"]
    assert desk.calendars["always"].always
    assert {p.language for p in desk.people.values()} == {"en"}
    assert {p.notify for p in desk.people.values()} == {("mail",)}
    team = desk.teams["everyone"]
    assert (team.members, team.lead, team.manager, team.rota) == (("iva", "luka"), "iva", "iva", ())
    assert (box.team, box.policy, box.from_name, box.aliases) == (
        team,
        desk.policies["standard"],
        "Voćar",
        (),
    )
    assert (box.backlog, box.receipt, box.trust_authserv) == ("ignore", "first", None)
    assert (box.max_age, box.receipt_delay) == (timedelta(hours=24), timedelta(0))
    assert (box.per_sender, box.storm) == (Limit(3, timedelta(hours=24)), Limit(200, timedelta(minutes=10)))
    assert (desk.digest.at, desk.digest.to) == (time(21, 0), ("iva",))
    assert (desk.digest.leads, desk.digest.only_overdue, desk.digest.csv) == (False, False, True)
    assert (desk.alerts.to, desk.alerts.channels) == (("iva",), ())
    assert desk.alerts.unreachable_after == timedelta(minutes=5)
    assert desk.retention == Retention(timedelta(days=90), timedelta(days=730))
    assert settings.database_url == f"sqlite:///{tmp_path}/autoack.db"
    assert (settings.texts.templates, settings.texts.answers) == (
        tmp_path / "templates",
        tmp_path / "answers",
    )
    assert (settings.texts.suggest, settings.texts.salutation) == (0, "vocative")
    assert (settings.log.format, settings.log.level) == ("auto", "info")
    assert (settings.file.web, settings.warnings, settings.unused_keys) == (None, [], [])


def test_the_policy_standard_is_built_in(tmp_path: Path) -> None:
    policy = read(tmp_path, LEAST).desk.policies["standard"]
    assert policy.calendar.always
    assert (policy.reply_within, policy.resolve_within) == (Duration(seconds=86400), Duration(days=3))
    assert policy.close_after == Duration(days=14)
    assert (policy.holding_update, policy.quiet, policy.survey_after_close) == (None, None, None)
    assert policy.ladder == (
        LadderStep(Duration(seconds=20 * 3600), ("on_duty",)),
        LadderStep(Duration(seconds=24 * 3600), ("lead",)),
        LadderStep(Duration(seconds=68 * 3600), ("lead",)),
        LadderStep(Duration(seconds=72 * 3600), ("manager",)),
    )


def test_the_connections_of_a_mailbox_fill_in_what_is_usual(tmp_path: Path) -> None:
    box = read(tmp_path, LEAST).mailboxes["help"]
    assert box.id == "help"
    assert (box.imap.port, box.imap.security, box.imap.username) == (993, "tls", "help@vocar.example")
    assert (box.imap.folders, box.imap.sent, box.imap.drafts) == (("INBOX",), "auto", None)
    assert (box.imap.done, box.imap.idle, box.imap.poll, box.imap.ca_file) == (DoneMark(), True, 60.0, None)
    assert (box.smtp.port, box.smtp.security, box.smtp.username) == (587, "starttls", "help@vocar.example")
    assert box.smtp.password == box.imap.password
    assert (box.smtp.envelope, box.smtp.connections, box.smtp.per_minute) == ("auto", 2, 0)


def test_the_port_follows_the_security(tmp_path: Path) -> None:
    for security, imap, smtp in (("tls", 993, 465), ("starttls", 143, 587), ("none", 143, 25)):
        text = LEAST.replace("imap.vocar.example,", f"localhost, security: {security},")
        box = read(
            tmp_path, text.replace("smtp.vocar.example", f"localhost, security: {security}")
        ).mailboxes["help"]
        assert (box.imap.port, box.smtp.port) == (imap, smtp)


def test_every_key_can_be_used(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    desk, box = settings.desk, settings.desk.mailboxes["help"]
    assert desk.organisation.address == "Trg 1, 21000 Split"
    assert desk.organisation.phone == "021555111"
    assert desk.organisation.languages == ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")
    assert desk.organisation.domains == {"vocar.example", "vocar-group.example"}
    assert desk.people["iva"].language == "hu"
    assert desk.people["luka"].language == "hr"
    assert desk.people["luka"].away == (Absence(date(2026, 12, 20), date(2027, 1, 6)),)
    assert desk.people["sara"].notify == ("mail", "chat")
    assert (box.team.id, box.policy.id, box.languages) == ("back", "fast", ("hr", "en"))
    assert (box.backlog, box.max_age, box.receipt) == ("answer", timedelta(days=2), "every")
    assert (box.per_sender, box.storm) == (Limit(5, timedelta(days=7)), Limit(50, timedelta(minutes=1)))
    assert (desk.digest.at, desk.digest.to, desk.digest.only_overdue) == (time(20, 15), ("iva",), True)
    assert (desk.alerts.to, desk.alerts.channels) == (("luka",), ("chat",))
    assert desk.retention.threads == timedelta(days=3 * 365)
    assert settings.database_url == "postgresql+psycopg://autoack:plum@db.vocar.example/autoack"
    assert settings.texts.templates == tmp_path / "my" / "letters"


def test_calendars_become_the_cores(tmp_path: Path) -> None:
    shop = read(tmp_path, FULL).desk.calendars["shop"]
    assert (shop.zone.key, shop.country, shop.subdivision) == ("Europe/Budapest", "ES", "CT")
    long_day, short_day = (Span(480, 720), Span(750, 990)), (Span(480, 840),)
    assert shop.week == (*[long_day] * 4, short_day, (), ())
    assert shop.openings == (Opening(date(2026, 12, 12), short_day),)
    assert shop.seasons == (Season("zima", (12, 1), (2, 29), (*[(Span(420, 840),)] * 5, (), ())),)
    assert shop.closures[0].notice == {"hr": "Ne radimo.", "en": "Closed."}


def test_a_rota_may_run_past_midnight_and_past_the_week(tmp_path: Path) -> None:
    night, day = Span(1200, 1680), Span(480, 960)
    assert read(tmp_path, FULL).desk.teams["front"].rota == (
        Duty(("iva",), ((day, night), (), (day,), (), (night,), (night,), (night,))),
    )


def test_ladders_take_shares_and_lists(tmp_path: Path) -> None:
    policy = read(tmp_path, FULL).desk.policies["fast"]
    assert policy.calendar is policy.quiet
    assert policy.ladder == (
        LadderStep(Share(Fraction(3, 4)), ("on_duty",)),
        LadderStep(Share(Fraction(3, 2)), ("lead", "iva"), Duration(seconds=14400), 3, urgent=True),
    )


def test_servers_are_taken_as_written(tmp_path: Path) -> None:
    boxes = read(tmp_path, FULL).mailboxes
    imap, smtp = boxes["help"].imap, boxes["help"].smtp
    assert imap.token_command == ("/usr/bin/token", "--for", "help")
    assert (imap.port, imap.security, imap.username, imap.password) == (1143, "none", "helper", None)
    assert (imap.folders, imap.sent, imap.drafts) == (("INBOX", "Web"), ("Sent", "Poslano"), "auto")
    assert (imap.done, imap.idle, imap.poll) == (DoneMark("$Done", "Gotovo"), False, 120.0)
    assert (smtp.username, smtp.oauth, smtp.envelope) == ("sender", None, "address")
    assert (smtp.connections, smtp.per_minute) == (4, 60)
    assert boxes["sales"].imap.sent == ()


def test_username_null_is_no_login(tmp_path: Path) -> None:
    smtp = read(tmp_path, FULL).mailboxes["sales"].smtp
    assert (smtp.username, smtp.password, smtp.oauth) == (None, None, None)


def test_smtp_shares_the_token_of_imap(tmp_path: Path) -> None:
    text = LEAST.replace("password: plum", "oauth: {token_command: [token]}")
    box = read(tmp_path, text).mailboxes["help"]
    assert box.smtp.oauth == box.imap.oauth
    assert box.smtp.username == "help@vocar.example"


def test_keys_without_effect_yet_are_named_once(tmp_path: Path) -> None:
    assert read(tmp_path, FULL).unused_keys == [
        "web.token",
    ]


def test_a_key_that_asks_for_nothing_is_not_named(tmp_path: Path) -> None:
    off = """\
    rules: []
    web: null
    texts: {suggest: 0, answers: answers}
    digest: {leads: false}
    """
    assert read(tmp_path, least_with(off)).unused_keys == []


def test_the_policy_standard_can_be_changed_in_part(tmp_path: Path) -> None:
    policy = read(tmp_path, least_with("policies: {standard: {reply_within: 8h}}")).desk.policies["standard"]
    assert policy.reply_within == Duration(seconds=8 * 3600)
    assert policy.resolve_within == Duration(days=3)
    assert len(policy.ladder) == 4
