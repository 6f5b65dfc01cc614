"""Lays down every mail that was sent: as .eml for a mail client, as .html for a browser, and a page that lists them."""

import html
from datetime import datetime
from pathlib import Path

from autoack.demo.smtp import Delivery
from autoack.demo.timeline import told
from autoack.errors import ConfigError


class Keep:
    """The folder that the demo leaves behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._listed: list[tuple[datetime, str, Delivery]] = []

    def add(self, delivery: Delivery) -> None:
        """Write one mail."""
        at = told(delivery.at).lower().replace(":", "").replace(" ", "-")
        recipient = delivery.to.partition("@")[0].replace(".", "-")
        name = f"{len(self._listed) + 1:02}-{at}-{delivery.kind}-{recipient}"
        (self.folder / f"{name}.eml").write_bytes(delivery.raw)
        (self.folder / f"{name}.html").write_text(delivery.html, encoding="utf-8")
        self._listed.append((delivery.at, name, delivery))

    def write_index(self) -> Path:
        """Write the page that lists them."""
        rows = "".join(
            f"<tr><td>{told(at)}</td><td>{html.escape(mail.kind)}</td><td>{html.escape(mail.to)}</td>"
            f'<td lang="{mail.message["Content-Language"]}"><a href="{name}.html">{html.escape(mail.subject)}</a></td>'
            f'<td><a href="{name}.eml">.eml</a></td></tr>\n'
            for at, name, mail in self._listed
        )
        path = self.folder / "index.html"
        path.write_text(_PAGE.replace("ROWS", rows), encoding="utf-8")
        return path


def prepare(folder: Path) -> Path:
    """Make the folder. Raises ConfigError where it has something in it already or cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigError(f"{folder} is not empty: name a new folder for the demo's mails")
    except OSError as error:
        raise ConfigError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    return folder.resolve()


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>autoack demo: every mail of the week</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2933; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #e4e7eb; vertical-align: top }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums }
a { color: #1d4ed8; text-decoration: none }
</style></head><body>
<h1>Every mail of the week</h1>
<p>What autoack sent while the demo ran, in the order of sending. Nothing left this machine.</p>
<table>
ROWS</table>
</body></html>
"""
