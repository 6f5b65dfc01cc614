"""Every fault of a file is told in one run, each at its place. In the texts ▸ stands where a line must point."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoack.errors import ConfigError
from autoack.settings import load
from tests.settings.sample import LEAST, faults, least_with, read, write

BROKEN = """\
organisation:
  name: Voćar
  timezone: ▸Europe/Zagrep
  ▸langauges: [hr]
  languages_fallback: {sl: ▸hu}
calendars:
  shop: {hours: {mon: "08:00-12:00", ▸fry: "08:00-14:00"}, holidays: {country: ▸HX}}
  twice: {hours: ▸{mon: "08:00-12:00", mon-tue: "11:00-16:00"}}
  ▸always: {hours: {mon: "08:00-16:00"}}
  shut: {▸hours: {}}
people:
  iva: {name: Iva, address: ▸iva.vocar.example}
  luka: {name: ▸true, address: luka@vocar.example, notify: [mail, ▸smoke]}
  ▸iva: {name: Iva again, address: iva@vocar.example}
teams:
  ▸front: {members: [▸ivva], lead: luka}
mailboxes:
  help:
    address: help@vocar.example
    team: ▸frnt
    policy: ▸standrd
    imap:
      host: imap.vocar.example
      port: ▸ten
      security: ▸none
      password_file: ▸nowhere/secret
      sent: ▸INBOX
      idle: ▸yes
      poll: ▸1 minute
    smtp: {host: smtp.vocar.example, security: ▸startls}
  more:
    address: ▸Help@vocar.example
    imap: {host: imap.vocar.example, password: plum, ca_file: ▸ca.pem}
    smtp:▸
policies:
  standard: {calendar: ▸shopp, ladder: [{at: ▸0%, notify: ▸leed}]}
rules:
  - {name: form, when: {subject: ▸"(a", from: ▸forms.example}, then: {customer: {name: ▸"{who}"}}}
digest: {at: ▸25:00, to: [▸sara]}
web: {listen: ▸"8025"}
▸log_level: debug
"""

TOLD = [
    "organisation.timezone: no time zone 'Europe/Zagrep'; did you mean Europe/Zagreb?",
    "organisation.langauges: no such key; did you mean languages?",
    "organisation.languages_fallback.sl: no offered language 'hu'; there is en",
    "calendars.shop.hours.fry: no day 'fry'; did you mean fri?",
    "calendars.twice.hours: mon 08:00-12:00 and mon 11:00-16:00 overlap",
    "calendars.shop.holidays.country: no public holidays known for the country 'HX'",
    "calendars.always: 'always' is built in; choose another name",
    "calendars.shut.hours: this calendar never opens; `always` is built in",
    "people.iva.address: 'iva.vocar.example' is no mail address",
    "people.luka.name: a text is needed",
    "people.luka.notify[1]: no channel or mail 'smoke'; there is mail",
    "people.iva: stands here twice (first in line 12); only one can hold",
    "teams.front.manager: is missing",
    "teams.front.members[0]: no person 'ivva'; did you mean iva?",
    "mailboxes.help.team: no team 'frnt'; did you mean front?",
    "mailboxes.help.policy: no policy 'standrd'; did you mean standard?",
    "mailboxes.help.imap.port: a whole number is needed",
    "mailboxes.help.imap.security: would send the password in clear over the network; use tls or starttls",
    "mailboxes.help.imap.sent: 'INBOX' is also in `folders`: answers would look like customers' mail",
    "mailboxes.help.imap.idle: true or false is needed; did you mean true?",
    "mailboxes.help.imap.poll: '1 minute' is no duration; durations are 30s, 15m, 24h, 3d, 1w; did you mean 1m?",
    "mailboxes.help.smtp.security: must be tls | starttls | none; did you mean starttls?",
    "mailboxes.more.address: Help@vocar.example is already an address of mailboxes.help",
    "policies.standard.calendar: no calendar 'shopp'; did you mean shop?",
    "policies.standard.ladder[0].at: '0%' is no share of reply_within; shares are 50%, 75%, 150%",
    "policies.standard.ladder[0].notify: no person or role 'leed'; did you mean lead?",
    "rules[0].when.from: 'forms.example' is neither a mail address nor a glob; did you mean *@forms.example?",
    "digest.at: '25:00' is no time of day; times are 00:00 to 23:59",
    "digest.to[0]: no person 'sara'; there is iva, luka",
    "web.listen: '8025' is no address and port; write 127.0.0.1:8025",
    "log_level: no such key",
]


def unmarked(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and `line:column` of each mark."""
    places = []
    for number, line in enumerate(text.split("\n"), 1):
        pieces = line.split("▸")
        places += [f"{number}:{len(''.join(pieces[: i + 1])) + 1}" for i in range(len(pieces) - 1)]
    return text.replace("▸", ""), places


def places(lines: list[str]) -> list[str]:
    """The places that lines point to, each once."""
    return list(dict.fromkeys(":".join(line.split(":")[:2]) for line in lines))


def test_all_faults_of_a_file_are_told_in_one_run_each_at_its_line_and_column(tmp_path: Path) -> None:
    text, expected = unmarked(BROKEN)
    lines = faults(tmp_path, text)
    assert len(expected) > 30
    # A mark that no line points to, or a line that points elsewhere, is a fault of ours.
    assert places(lines) == expected
    assert [told for told in TOLD if told not in [line.split(": ", 1)[1] for line in lines]] == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a: [1\nb: 2", "2:2: not YAML: expected ',' or ']', but got ':'"),
        (b"a:\n\t- b", "2:1: not YAML: a character that cannot begin a text; put the text in quotes"),
        (b"a: *plum", "1:4: not YAML: an alias that is not defined; a text that begins with * needs quotes"),
        (b"a: 1\n---\nb: 2", "2:1: not YAML: one document is expected, a second one begins here"),
        (b"a: 1\nb: \xff", "2:4: is not UTF-8 text"),
        (b"a: 1\nb: \x01", "2:4: holds a character that YAML does not allow"),
        (b"[1]", "1:1: a list of `key: value` is needed here"),
        (b"# nothing", "1:1: the file is empty; `autoack init` writes one to start from"),
        (b"a: " + b"[" * 5000, "1:1: is nested too deeply"),
    ],
)
def test_a_file_that_is_no_yaml_has_one_fault(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "autoack.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(f"{path}:{line}")
    assert "plum" not in caught.value.problems[0]


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(ConfigError, match=f"{path}: no such file; `autoack init --out {path}` writes one"):
        load(path, {})


def test_the_file_is_looked_for_in_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        ConfigError, match=r"none of autoack.yaml, config/autoack.yaml, /etc/autoack/autoack.yaml"
    ):
        load(None, {})
    (tmp_path / "config").mkdir()
    write(tmp_path / "config", LEAST)
    assert load(None, {}).path == Path("config/autoack.yaml")
    write(tmp_path, LEAST)
    assert load(None, {}).path == Path("autoack.yaml")


def test_the_required_keys_are_required(tmp_path: Path) -> None:
    assert faults(tmp_path, "database: {}") == [
        "1:1: mailboxes: is missing",
        "1:1: organisation: is missing",
        "1:1: people: is missing",
    ]


@pytest.mark.parametrize(
    ("addition", "line"),
    [
        ("texts:", "texts: is empty; a map of `key: value` is needed"),
        ("rules: {a: b}", "rules: a list is needed"),
        ("log: [text]", "log: a map of `key: value` is needed"),
        ("log: {level: warn}", "log.level: must be debug | info | warning | error; did you mean warning?"),
        (
            "retention: {bodies: 2 years}",
            "retention.bodies: '2 years' is no duration; durations are 90d, 8w, 2y",
        ),
        ("retention: {bodies: 0d}", "retention.bodies: must be longer than nothing"),
        ("policies: {p: {reply_within: 2y}}", "policies.p.reply_within: '2y' is no duration"),
        ("policies: {p: {ladder: [{at: 1h, notify: []}]}}", "policies.p.ladder[0].notify: must not be empty"),
        ("database: {url: 'sqlite:///:memory:'}", "database.url: needs a file"),
        ("database: {url: 'postgres://h/d'}", "database.url: must begin with sqlite:/// or postgresql://"),
        ("calendars: {c: {hours: {mon: '8-9'}}}", "calendars.c.hours.mon: '8-9' are no hours"),
        (
            "calendars: {c: {hours: {mon: '08:00-24:30'}}}",
            "calendars.c.hours.mon: '08:00-24:30' are no hours",
        ),
        (
            "calendars: {c: {hours: {mon: '8:00-9:00'}, holidays: {country: ES, subdivision: XX}}}",
            "calendars.c.holidays.subdivision: ES has no subdivision 'XX'",
        ),
        (
            "calendars: {c: {hours: {mon: '8:00-9:00'}, closed: [{from: 2026-12-31, to: 2026-12-24}]}}",
            "calendars.c.closed[0].to: 2026-12-24 lies before `from`",
        ),
        (
            "calendars: {c: {hours: {mon: '8:00-9:00'}, open: [{date: 2026-02-27, hours: 8:00-9:00},"
            " {date: 2026-02-28, hours: []}, {date: 2026-02-27, hours: 10:00-11:00}]}}",
            "calendars.c.open[2].date: 2026-02-27 has its hours in calendars.c.open[0] already: give the day one"
            ' entry, with a list of all its hours: hours: ["08:00-12:00", "13:00-16:00"]',
        ),
        (
            "calendars: {c: {hours: {mon: '8:00-9:00'}, open: [{date: 2026-02-29, hours: []}]}}",
            "calendars.c.open[0].date: '2026-02-29' is no date",
        ),
        (
            "calendars: {c: {hours: {sun: '22:00-02:00', mon: '01:00-05:00'}}}",
            "calendars.c.hours: sun 22:00-02:00 and mon 01:00-05:00 overlap",
        ),
        (
            "rules: [{name: a, when: {}, then: {extract: {who: 'x'}}}]",
            "rules[0].then.extract.who: the regular expression needs a group",
        ),
        (
            "rules: [{name: a, when: {subject: '(?P<who>x)'}, then: {customer: {name: '{hwo}'}}}]",
            "rules[0].then.customer.name: nothing finds {hwo}; did you mean who?",
        ),
        (
            "rules: [{name: a, when: {header: {X-A: '(?P<who>x)'}}, then: {customer: {name: '{whom}'}}}]",
            "rules[0].then.customer.name: nothing finds {whom}; did you mean who?",
        ),
        (
            "rules: [{name: a, when: {header: {X-A: 'a(b'}}, then: {}}]",
            "rules[0].when.header.X-A: not a regular expression: missing ) at character 4",
        ),
        (
            "ask_for: [{name: a, pattern: '[a-', question: {en: 'What?'}}]",
            "ask_for[0].pattern: not a regular expression",
        ),
        (
            "rules: [{name: a, when: {}, then: {policy: standrd}}]",
            "rules[0].then.policy: no policy 'standrd'; did you mean standard?",
        ),
        (
            "rules: [{name: a, when: {has_attachment: yes}, then: {}}]",
            "rules[0].when.has_attachment: true or false is needed; did you mean true?",
        ),
        (
            "recurring: [{name: a, customer: a@b.example, cron: '61 * * * *', mailbox: help, ladder: []}]",
            "recurring[0].cron: '61 * * * *' is no cron line",
        ),
        (
            "recurring: [{name: a, customer: a@b.example, cron: '0 9 31 2 *', mailbox: help, ladder: []}]",
            "recurring[0].cron: '0 9 31 2 *' never comes: no year has such a day",
        ),
        (
            "recurring: [{name: a, customer: a@b.example, cron: '0 9 * * 1', mailbox: halp, ladder: []}]",
            "recurring[0].mailbox: no mailbox 'halp'; did you mean help?",
        ),
        (
            "recurring: [{name: a, customer: A, cron: '0 9 * * 1', mailbox: help, ladder: []}]",
            "recurring[0].customer: 'A' is no mail address",
        ),
        (
            "recurring: [{name: a, customer: a@b.example, cron: '0 9 * * 1', mailbox: help, ladder: []}]",
            "recurring[0].ladder: must not be empty",
        ),
        ("recurring: [{name: a}, {name: ' a'}]", "recurring[1].name: recurring[0] has this name already"),
    ],
)
def test_what_is_wrong_is_said_with_the_mend(tmp_path: Path, addition: str, line: str) -> None:
    lines = faults(tmp_path, least_with(addition))
    assert any(told.split(": ", 1)[1].startswith(line) for told in lines), lines


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("de", "no letters in 'de'; offered: hr, sr-Latn, sr-Cyrl, hu, en"),
        ("sr", "no letters in 'sr'; offered: hr, sr-Latn, sr-Cyrl, hu, en; did you mean sr-Latn?"),
        ("croatian", "'croatian' is no language tag"),
    ],
)
def test_only_languages_with_letters_are_offered(tmp_path: Path, tag: str, line: str) -> None:
    text = LEAST.replace("timezone: Europe/Zagreb", f"timezone: Europe/Zagreb, languages: [{tag}]")
    assert faults(tmp_path, text) == [f"1:66: organisation.languages[0]: {line}"]


def test_one_address_cannot_be_two_peoples(tmp_path: Path) -> None:
    text = LEAST.replace("luka@vocar.example", "IVA@vocar.example")
    assert faults(tmp_path, text) == [
        "4:37: people.luka.address: IVA@vocar.example is already an address of people.iva"
    ]


def test_security_none_stays_on_this_machine_unless_that_is_allowed(tmp_path: Path) -> None:
    plain = LEAST.replace("password: plum", "password: plum, security: none")
    assert len(faults(tmp_path, plain)) == 1
    read(tmp_path, plain.replace("host: imap.vocar.example", "host: 127.0.0.1"))
    read(tmp_path, plain.replace("host: imap.vocar.example", "host: '::1'"))
    read(tmp_path, plain.replace("security: none", "security: none, allow_insecure: true"))


CLOSING = """\
calendars:
  opens: {hours: {mon: "08:00-12:00"}}
  shut:
    hours: {mon: "08:00-12:00"}
    closed:
      - {from: 2020-01-01, to: 2020-01-02}
      - ▸{from: 2026-01-01, to: 2030-12-31}
  bare:
    ▸hours: {mon: "08:00-12:00"}
    seasons: [{name: pause, from: 01-01, to: 12-31, hours: {}}]
  past:
    ▸hours: {}
    open: [{date: 2026-03-02, hours: "08:00-12:00"}]
"""


def test_a_calendar_that_stays_closed_seen_from_now_is_a_fault_at_what_closes_it(tmp_path: Path) -> None:
    text, expected = unmarked(least_with(CLOSING))
    assert read(tmp_path, text).desk.calendars["shut"].closures, "to look at threads it need not open"
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "autoack.yaml", {}, datetime(2026, 11, 22, 12, tzinfo=UTC))
    lines = [line.removeprefix(f"{tmp_path / 'autoack.yaml'}:") for line in caught.value.problems]
    assert places(lines) == expected
    stays = "this calendar does not open within 400 days of 2026-11-22: "
    mend = "give it hours, or leave it out (`always` is built in)"
    assert [line.split(": ", 1)[1] for line in lines] == [
        f"calendars.shut.closed[1]: {stays}closed up to 2030-12-31",
        f"calendars.bare.hours: {stays}{mend}",
        f"calendars.past.hours: {stays}{mend}",
    ]


def test_the_same_calendars_are_no_fault_while_they_open(tmp_path: Path) -> None:
    text, _ = unmarked(least_with(CLOSING.replace("to: 12-31", "to: 06-30")))
    write(tmp_path, text)
    assert load(tmp_path / "autoack.yaml", {}, datetime(2025, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("drafts: INBOX", "drafts: 'INBOX' is also in `folders`: it must be a folder of its own"),
        ("sent: Skice, drafts: Skice", "drafts: 'Skice' is also in `sent`: it must be a folder of its own"),
        (
            "drafts: Skice, done: {folder: Skice}",
            "done: 'Skice' is also `drafts`: it must be a folder of its own",
        ),
        (
            "folders: [INBOX, Gotovo], done: {folder: Gotovo}",
            "done: 'Gotovo' is also in `folders`: it must be a folder of its own",
        ),
    ],
)
def test_drafts_and_finished_mails_have_folders_of_their_own(tmp_path: Path, keys: str, told: str) -> None:
    text = LEAST.replace("imap: {", f"imap: {{{keys}, ")
    (line,) = faults(tmp_path, text)
    assert told in line


@pytest.mark.parametrize("keys", ["drafts: auto", "drafts: auto, sent: auto", "sent: auto, drafts: Skice"])
def test_auto_is_no_folder_that_drafts_and_answers_would_share(tmp_path: Path, keys: str) -> None:
    imap = read(tmp_path, LEAST.replace("imap: {", f"imap: {{{keys}, ")).mailboxes["help"].imap
    assert (imap.sent, imap.drafts) == ("auto", keys.rpartition("drafts: ")[2].partition(",")[0])
