"""Sheets of letters side by side, photographed by headless Chromium (Debian's)."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from autoack.letters.letter import Letter

PHONE = 360  # pixels, a phone's width
SCREEN = 800  # pixels, its height; also the width of a window of a mail program
_GAP = 16
_CAPTION = 20
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
figure {{ margin: 0 0 {gap}px 0; position: relative }}
figcaption {{ height: {caption}px }}
iframe {{ width: {width}px; border: 1px solid #888; display: block }}
hr {{ position: absolute; top: {fold}px; left: 0; right: 0; margin: 0; border: 0; border-top: 1px dashed #d33 }}
</style><main>{figures}</main><script>
addEventListener("load", () => {{
  const frames = [...document.querySelectorAll("iframe")];
  for (const frame of frames)
    frame.style.height = frame.contentDocument.documentElement.scrollHeight + "px";
  const wide = frames.filter(f => f.contentDocument.documentElement.scrollWidth > {width}).length;
  const card = f => f.contentDocument.querySelector(".card");
  const low = frames.filter(f => card(f) && card(f).getBoundingClientRect().bottom > {screen}).length;
  document.title = [document.documentElement.scrollHeight, wide, low].join(" ");
}});
</script>"""


def picture(
    path: Path,
    found: Sequence[tuple[str, Letter]],
    *,
    columns: int,
    width: int = PHONE,
    dark: bool = False,
    folded: bool = False,
) -> None:
    """One sheet of captioned letters, `width` pixels each; ends the program where one is wider.

    `folded` marks where the first screen ends, and ends the program where a letter's first card goes on below it.
    """
    fold = "<hr>" if folded else ""
    figures = [
        f'<figure><figcaption>{escape(name)}</figcaption><iframe srcdoc="{escape(letter.html)}"></iframe>'
        f"{fold}</figure>"
        for name, letter in found
    ]
    page = _SHEET.format(
        gap=_GAP,
        width=width,
        caption=_CAPTION,
        fold=_CAPTION + SCREEN,
        screen=SCREEN,
        back="#222" if dark else "#ddd",
        ink="#ddd" if dark else "#222",
        figures="".join(f"<section>{''.join(figures[n::columns])}</section>" for n in range(columns)),
    )
    wide, low = _photograph(path, page, columns * (width + 2 + _GAP) + _GAP, dark=dark)
    if wide:
        raise SystemExit(f"{path}: {wide} letters are wider than {width} px")
    if folded and low:
        raise SystemExit(f"{path}: the first card of {low} letters ends below the first screen")


def _photograph(path: Path, page: str, across: int, *, dark: bool) -> tuple[int, int]:
    """Take the picture; how many letters are too wide, and how many have a first card that is too long."""
    scheme = [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    with tempfile.TemporaryDirectory() as scratch:
        sheet = Path(scratch) / "sheet.html"
        sheet.write_text(page, encoding="utf-8")
        command = [*_BROWSER, *scheme, f"--user-data-dir={scratch}/browser"]
        where = f"file://{sheet}"
        dom = _run([*command, f"--window-size={across},1000", "--dump-dom", where])
        measured = re.search(r"<title>(\d+) (\d+) (\d+)</title>", dom)
        if measured is None:
            raise SystemExit(f"{path}: chromium did not lay the sheet out")
        height, wide, low = map(int, measured.groups())
        _run([*command, f"--window-size={across},{height}", f"--screenshot={path}", where])
    print(f"{path}  {across} x {height}  {path.stat().st_size // 1024} KB")
    return wide, low


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
