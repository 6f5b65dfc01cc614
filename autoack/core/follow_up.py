"""An answer with podrska+3d@… in Bcc or Cc brings its thread back in 3 days; with podrska+done@… it closes it.

The address may be seen in Bcc (some Sent folders keep it), in Cc, or, where Bcc was taken out on the way, in the
field in which the delivering server notes for whom a mail came (RFC 9228 and older names).
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from autoack.core.addresses import parse_addresses
from autoack.core.message import Address, Mail
from autoack.core.policy import Desk, Mailbox

_TAG = re.compile(r"(?:(?P<number>\d{1,3})(?P<unit>[hdw])|(?P<done>done))")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_DELIVERED_FOR = ("Delivered-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


class FollowUp(NamedTuple):
    """What the tag asks for: to close the thread, or to bring it back after that time."""

    after: timedelta | None  # None: it is done

    @property
    def done(self) -> bool:
        """Whether the thread is to be closed."""
        return self.after is None


def follow_up(mail: Mail, mailbox: Mailbox) -> FollowUp | None:
    """What an address of this mailbox with a tag asks for; the first counts. Who may ask is the caller's matter."""
    for address in (*mail.recipients, *_delivered_for(mail)):
        for own in mailbox.addresses:
            tag = _tag_of(address, own)
            if tag and (match := _TAG.fullmatch(tag)) is not None:
                if match["done"]:
                    return FollowUp(None)
                if after := timedelta(**{_UNITS[match["unit"]]: int(match["number"])}):
                    return FollowUp(after)
    return None


def is_ours_tagged(address: Address, desk: Desk) -> bool:
    """Whether this is one of the desk's addresses with a tag behind a plus: it is nobody else's."""
    return "+" in address.local and any(_tag_of(address, own) is not None for own in desk.own_addresses)


def _tag_of(address: Address, own: str) -> str | None:
    local, _, tag = address.local.partition("+")
    return tag if tag and own == f"{local}@{address.domain}" else None


def _delivered_for(mail: Mail) -> Iterator[Address]:
    for name in _DELIVERED_FOR:
        for value in mail.headers.all(name):
            yield from parse_addresses(value)
