"""Writes docs/letters: each letter as text, and contact sheets of them at a phone's width (needs Debian's chromium)."""

import argparse
import os
import re
import subprocess
import tempfile
from html import escape
from pathlib import Path

from autoack.letters.letter import Letter
from tests.sheets.situations import LANGUAGES, letters

_WIDTH = 360  # pixels, a phone's
_GAP = 16
_FONTS = Path(__file__).parent / "fonts.conf"
_TIMEOUT = 120  # seconds, for one run of the browser
_BROWSER = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--force-device-scale-factor=1",
    "--virtual-time-budget=4000",
]
_SHEET = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: {gap}px; background: {back}; color: {ink}; font: 13px sans-serif }}
main {{ display: flex; gap: {gap}px; align-items: flex-start }}
figure {{ margin: 0 0 {gap}px 0 }}
figcaption {{ padding: 0 0 4px 0 }}
iframe {{ width: {width}px; border: 1px solid #888; display: block }}
</style><main>{figures}</main><script>
addEventListener("load", () => {{
  const frames = [...document.querySelectorAll("iframe")];
  for (const frame of frames)
    frame.style.height = frame.contentDocument.documentElement.scrollHeight + "px";
  const wide = frames.filter(f => f.contentDocument.documentElement.scrollWidth > {width}).length;
  document.title = document.documentElement.scrollHeight + " " + wide;
}});
</script>"""


def main() -> None:
    """Write the texts and take the pictures."""
    parser = argparse.ArgumentParser(prog="make letters")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    both: list[tuple[str, Letter]] = []
    for language in LANGUAGES:
        found = list(letters(language))
        (folder / f"{language}.txt").write_text("".join(map(_as_text, found)), encoding="utf-8")
        receipts = [pair for pair in found if pair[0].startswith("receipt")]
        others = [pair for pair in found if not pair[0].startswith("receipt")]
        _picture(folder / f"receipts.{language}.png", receipts, columns=3)
        _picture(folder / f"team.{language}.png", others, columns=3)
        both += [receipts[6], others[1]]
    _picture(folder / "dark.png", both, columns=5, dark=True)


def _as_text(named: tuple[str, Letter]) -> str:
    name, letter = named
    return f"===== {name}\nSubject: {letter.subject}\n\n{letter.text}\n"


def _picture(path: Path, found: list[tuple[str, Letter]], *, columns: int, dark: bool = False) -> None:
    """One sheet; an error where a letter is wider than a phone."""
    figures = [
        f'<figure><figcaption>{escape(name)}</figcaption><iframe srcdoc="{escape(letter.html)}"></iframe></figure>'
        for name, letter in found
    ]
    page = _SHEET.format(
        gap=_GAP,
        width=_WIDTH,
        back="#222" if dark else "#ddd",
        ink="#ddd" if dark else "#222",
        figures="".join(f"<section>{''.join(figures[n::columns])}</section>" for n in range(columns)),
    )
    width = columns * (_WIDTH + 2 + _GAP) + _GAP
    scheme = [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    with tempfile.TemporaryDirectory() as scratch:
        sheet = Path(scratch) / "sheet.html"
        sheet.write_text(page, encoding="utf-8")
        command = [*_BROWSER, *scheme, f"--user-data-dir={scratch}/browser"]
        where = f"file://{sheet}"
        dom = _run([*command, f"--window-size={width},1000", "--dump-dom", where])
        measured = re.search(r"<title>(\d+) (\d+)</title>", dom)
        if measured is None:
            raise SystemExit(f"{path}: chromium did not lay the sheet out")
        height, wide = map(int, measured.groups())
        if wide:
            raise SystemExit(f"{path}: {wide} letters are wider than {_WIDTH} px")
        _run([*command, f"--window-size={width},{height}", f"--screenshot={path}", where])
    print(f"{path}  {width} x {height}  {path.stat().st_size // 1024} KB")


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        env={**os.environ, "FONTCONFIG_FILE": str(_FONTS)},
    )
    return done.stdout


if __name__ == "__main__":
    main()
