"""The configuration: YAML and environment in, checked values out; every fault at once, with its place."""

from autoack.settings.connections import (
    DoneMark,
    ImapConnection,
    MailboxSettings,
    SmtpConnection,
    TokenSource,
)
from autoack.settings.schema import json_schema
from autoack.settings.source import Settings, TextFolders, load, load_text

__all__ = [
    "DoneMark",
    "ImapConnection",
    "MailboxSettings",
    "Settings",
    "SmtpConnection",
    "TextFolders",
    "TokenSource",
    "json_schema",
    "load",
    "load_text",
]
