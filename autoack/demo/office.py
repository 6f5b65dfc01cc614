"""The demo's sample organisation: its people, its hours, its promises, as ops would write them."""

from autoack.demo.imap import PASSWORD, SENT, USER


# `poll` is long because the clock is fast; new mail is told by IDLE.
def configuration(imap_port: int, smtp_port: int) -> str:
    """autoack.yaml for the demo's servers."""
    return f"""\
# The configuration of `autoack demo`. The team's mailbox is a private server that is gone now;
# the database beside this file still knows the week: autoack threads --all --config THIS-FILE

organisation:
  name: Primjer d.o.o.
  address: "Ilica 1, 10000 Zagreb"
  phone: "+385 1 234 5678"
  website: https://www.primjer.example
  timezone: Europe/Zagreb
  languages: [hr, sr-Latn, sr-Cyrl, hu, en]

database:
  url: sqlite:///autoack.db

calendars:
  office:
    hours: {{mon-fri: "08:00-16:00"}}
    holidays: {{country: HR}}

people:
  ana:   {{name: Ana Kovač, address: ana@primjer.example, language: hr}}
  bence: {{name: Tóth Bence, address: bence@primjer.example, language: hu}}
  milos: {{name: Miloš Petrović, address: milos@primjer.example, language: sr-Latn}}
  vera:  {{name: Vera Winter, address: vera@primjer.example, language: en}}

teams:
  support:
    members: [ana, bence]
    lead: milos
    manager: vera
    rota:
      - {{who: [ana], when: {{mon: "08:00-16:00", wed: "08:00-16:00", fri: "08:00-16:00"}}}}
      - {{who: [bence], when: {{tue: "08:00-16:00", thu: "08:00-16:00"}}}}

policies:
  standard:
    calendar: office
    reply_within: 1d
    resolve_within: 3d
    ladder:
      - {{at: 75%, notify: on_duty}}
      - {{at: 1d, notify: [lead, manager]}}
      - {{at: 3d, notify: manager, urgent: true}}
    quiet: office

mailboxes:
  support:
    address: {USER}
    from_name: Primjer
    imap: {{host: 127.0.0.1, port: {imap_port}, security: none, password: {PASSWORD}, sent: {SENT}, poll: 12h}}
    smtp: {{host: 127.0.0.1, port: {smtp_port}, security: none, username: null}}

digest:
  at: "21:00"
"""
