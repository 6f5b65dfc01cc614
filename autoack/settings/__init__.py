"""The configuration: YAML and environment in, checked values out; every fault at once, with its place."""

from autoack.settings.connections import Connections, DoneMark, ImapConnection, SmtpConnection, TokenSource
from autoack.settings.schema import json_schema
from autoack.settings.source import Settings, TextFolders, load, load_text

__all__ = [
    "Connections",
    "DoneMark",
    "ImapConnection",
    "Settings",
    "SmtpConnection",
    "TextFolders",
    "TokenSource",
    "json_schema",
    "load",
    "load_text",
]
