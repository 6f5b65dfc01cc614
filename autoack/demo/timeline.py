"""What a person sees of the demo: the week, line by line, on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from rich.console import Console
from rich.live import Live
from rich.rule import Rule
from rich.text import Text

from autoack.demo.week import DAYS, ZONE

_LEFT = 12  # columns of time and mark


class Timeline:
    """Tells the week; times are told as the clock on the organisation's wall shows them."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._day: date | None = None

    def title(self, text: str, under: str) -> None:
        """The head of the whole."""
        self._console.print()
        self._console.print(Text(text, "bold"))
        self._console.print(Text(under, "dim"))

    def event(self, at: datetime, mark: str, style: str, text: str, more: str = "") -> None:
        """Something happens: time, mark, what; `more` is said quietly after it."""
        local = at.astimezone(ZONE)
        self._new_day(local)
        line = Text.assemble(
            (f" {told(local)[4:]}  ", "bold"), (f"{mark} ", style), (text, style), (more, "dim")
        )
        self._wrapped(line, 10)

    def follows(self, text: str, style: str = "", more: str = "") -> None:
        """What follows from it, on a line of its own below."""
        line = Text.assemble((" " * _LEFT + "↳ ", "dim"), (text, style), (more, "dim"))
        self._wrapped(line, _LEFT + 2)

    def verdicts(self, claims: list[tuple[bool, str]]) -> None:
        """The story's sentences, each with whether it holds."""
        self._console.print()
        self._console.print(Rule(Text("Did it go as told?", "bold"), align="left", style="dim"))
        for holds, sentence in claims:
            mark = ("✔ true  ", "green") if holds else ("✘ FALSE ", "bold red")
            self._wrapped(Text.assemble(" ", mark, sentence), 9)

    def close(self, lines: list[tuple[str, str]]) -> None:
        """The last words: what, and where."""
        self._console.print()
        for what, where in lines:
            # Paths stay whole, however narrow the terminal: they are there to be copied.
            self._console.print(Text.assemble((f" {what:<18}", "dim"), where), soft_wrap=True)

    @contextmanager
    def ticking(self, status: Callable[[], str]) -> Iterator[None]:
        """Show `status` below the timeline, again and again; on a terminal only."""
        if not self._console.is_terminal:
            yield
            return
        line = lambda: Text(f" {status()} ", "reverse dim")  # noqa: E731 - rich calls it
        with Live(console=self._console, get_renderable=line, refresh_per_second=12, transient=True):
            yield

    def _new_day(self, local: datetime) -> None:
        if local.date() != self._day:
            self._day = local.date()
            self._console.print()
            title = Text(f"{local:%A}, {local.day} {local:%B}", "bold")
            self._console.print(Rule(title, align="left", style="dim"))

    def _wrapped(self, line: Text, indent: int) -> None:
        """Break at the terminal's width, the further lines indented."""
        width = max(40, self._console.width - 1)
        first, *rest = line.wrap(self._console, width)
        lines = [first]
        if rest:
            further = Text(" ").join(rest).wrap(self._console, width - indent)
            lines += [Text(" " * indent).append_text(text) for text in further]
        for text in lines:
            text.rstrip()
            self._console.print(text)


def told(at: datetime) -> str:
    """`Mon 08:12`: English, whatever the machine's locale."""
    local = at.astimezone(ZONE)
    return f"{DAYS[local.weekday()]} {local:%H:%M}"


def lasted(span: timedelta) -> str:
    """A length of time, short: `1 h 28 min`, `24 h`, `3 d 3 h`."""
    minutes = int(span.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    if days > 1:
        return f"{days} d {rest} h" if rest else f"{days} d"
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours))
