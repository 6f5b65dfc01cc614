"""`autoack demo`: the whole product with nothing else installed."""

import sys
from pathlib import Path

import click

UNATTENDED, WATCHED = 100_000, 8_000  # times real time: a week of nothing takes 6 s, or 75 s
READING = 1.0  # seconds to read what was told, where somebody watches


@click.command()
@click.option(
    "--once",
    is_flag=True,
    help="Unattended, as fast as can be; exit 0 if the week went as planned, 1 if not.",
)
@click.option(
    "--speed",
    type=click.FloatRange(1, 1_000_000),
    metavar="N",
    help=f"How many times faster than real time; default {WATCHED}, with --once {UNATTENDED}.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to lay every mail; default a new temporary folder.",
)
def demo(*, once: bool, speed: float | None, out: Path | None) -> int:
    """Show the whole product: a support week on a fast clock.

    Private IMAP and SMTP servers on this machine, sample customers in five languages, and the real daemon.
    Nothing leaves the machine.
    """
    from rich.console import Console  # noqa: PLC0415 - `autoack --help` does not pay for it

    from autoack.demo.play import play  # noqa: PLC0415 - nor for the servers and the daemon

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # customers write in scripts that a terminal may lack
    as_told = play(
        Console(highlight=False),
        speed=speed or (UNATTENDED if once else WATCHED),
        pause=0 if once else READING,
        out=out,
    )
    if as_told is None:
        return 1 if once else 0
    return 0 if as_told else 1
