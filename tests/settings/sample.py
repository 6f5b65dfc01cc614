"""Configurations for the tests: the least that works, and one that uses every key."""

from pathlib import Path
from textwrap import dedent

import pytest

from autoack.errors import ConfigError
from autoack.settings import Settings, load

LEAST = """\
organisation: {name: Voćar, timezone: Europe/Zagreb}
people:
  iva: {name: Iva Perić, address: iva@vocar.example}
  luka: {name: Luka Novak, address: luka@vocar.example}
mailboxes:
  help:
    address: help@vocar.example
    imap: {host: imap.vocar.example, password: plum}
    smtp: {host: smtp.vocar.example}
"""

FULL = """\
organisation:
  name: Voćar
  address: |
    Trg 1
    21000 Split
  phone: 021555111
  website: https://vocar.example
  timezone: Europe/Zagreb
  languages: [hr, sr-latn, sr-Cyrl, hu, en]
  languages_fallback: {sl: hr, mk: sr-Cyrl, "*": en}
  domains: [vocar.example, Vocar-Group.example]
  internal_customers: true
database: {url: postgresql://autoack:plum@db.vocar.example/autoack}
calendars:
  shop:
    timezone: Europe/Budapest
    hours: {mon-thu: ["08:00-12:00", 12:30-16:30], fri: 08:00-14:00, sat: []}
    holidays: {country: ES, subdivision: CT}
    closed: [{from: 2026-12-24, to: 2026-12-31, notice: {hr: Ne radimo., en: Closed.}}]
    open: [{date: 2026-12-12, hours: "08:00-14:00"}]
    seasons: [{name: zima, from: 12-01, to: 02-29, hours: {mon-fri: "07:00-14:00"}}]
people:
  iva: {name: Iva Perić, address: iva@vocar.example, aliases: [i@vocar.example], language: hu, phone: 091111}
  luka: {name: Luka Novak, address: luka@vocar.example, away: [{from: 2026-12-20, to: 2027-01-06}]}
  sara: {name: Sára Kiss, address: sara@vocar.example, notify: [mail, chat]}
teams:
  front:
    members: [iva]
    lead: luka
    manager: sara
    rota: [{who: iva, when: {"mon,wed": "08:00-16:00", fri-mon: "20:00-04:00"}}]
  back: {members: [luka, sara], lead: sara, manager: sara}
channels: {chat: {url: "json://token@chat.vocar.example"}}
mailboxes:
  help:
    address: help@vocar.example
    aliases: [pomoc@vocar.example]
    from_name: Voćar pomoć
    languages: [hr, en]
    team: back
    policy: fast
    imap:
      host: 127.0.0.1
      port: 1143
      security: none
      allow_insecure: false
      ca_file: null
      username: helper
      oauth: {token_command: [/usr/bin/token, --for, help]}
      folders: [INBOX, Web]
      sent: [Sent, Poslano]
      drafts: auto
      done: {keyword: $Done, folder: Gotovo}
      idle: false
      poll: 2m
    smtp:
      host: localhost
      port: 2525
      security: none
      allow_insecure: true
      ca_file: null
      username: sender
      password: pear
      envelope: address
      connections: 4
      per_minute: 60
    backlog: answer
    max_age: 2d
    receipt: every
    receipt_delay: 30s
    per_sender: {receipts: 5, within: 1w}
    storm: {receipts: 50, within: 1m}
    trust_authserv: mx.vocar.example
  sales:
    address: sales@vocar.example
    imap: {host: imap.vocar.example, password: plum, oauth: null, sent: null}
    smtp: {host: smtp.vocar.example, username: null}
policies:
  fast:
    calendar: shop
    reply_within: 4h
    resolve_within: 1w
    ladder:
      - {at: 75%, notify: on_duty}
      - {at: 150 %, notify: [lead, iva], repeat: 4h, times: 3, urgent: true}
    holding_update: 1d
    quiet: shop
    close_after: 7d
    survey: {after_close: 1d}
rules:
  - name: form
    when: {from: "*@forms.example", to: [help@vocar.example], header: {X-Form: "^shop"}}
    then: {channel: form, extract: {email: "E-mail: (.+)"}, customer: {address: "{email}"}, stop: true}
  - name: call
    when: {subject: "call from (?P<phone>[0-9]+)", words: {hr: [poziv], en: call}}
    then: {channel: voicemail, receipt: never, customer: {phone: "{phone}"}, category: other}
  - {name: vip, when: {category: praise}, then: {policy: fast, priority: high, assignee: iva, notify: lead}, stop: true}
ask_for: [{name: order, when: {category: complaint}, pattern: "[A-Z]{2}-[0-9]+", question: {en: "Which order?"}}]
texts: {templates: my/letters, answers: my/answers, suggest: 2, salutation: plain}
recurring:
  - {name: yearly, customer: Ivan <ivan@k.example>, cron: 0 9 1 3 *, mailbox: help, ladder: [{at: 3d, notify: lead}]}
digest: {at: 20:15, to: [iva], leads: true, when: overdue, csv: false}
web: {listen: "127.0.0.1:8025", public_url: https://desk.vocar.example, token: fig}
alerts: {to: luka, channels: [chat], unreachable_after: 10m}
retention: {bodies: 30d, threads: 3y}
log: {format: json, level: debug}
"""


def write(folder: Path, text: str) -> Path:
    """Write a configuration and return its path."""
    path = folder / "autoack.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def read(folder: Path, text: str, **environ: str) -> Settings:
    """The settings that a text gives, in an environment of these variables only."""
    return load(write(folder, text), environ)


def faults(folder: Path, text: str, **environ: str) -> list[str]:
    """The lines that a faulty text gives, without the file's name."""
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        load(path, environ)
    return [line.removeprefix(f"{path}:") for line in caught.value.problems]


def least_with(addition: str) -> str:
    """The least configuration and some more top-level keys."""
    return LEAST + dedent(addition)
