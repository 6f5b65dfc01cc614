"""Public holidays of Croatia, Serbia and Hungary, 2024 to 2027, written down from their laws.

HR: Zakon o blagdanima, spomendanima i neradnim danima (NN 110/2019). RS: Zakon o državnim i drugim praznicima;
of a holiday on a Sunday the next working day is free. HU: 2012. évi I. törvény § 102, and the yearly decrees on
the days around holidays (15/2023 GM, 11/2024 NGM, 10/2025 NGM); 24 December by law from 2026.
"""

from datetime import date, timedelta

YEARS = range(2024, 2028)
_EASTER = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28)}
_ORTHODOX_EASTER = {2024: (5, 5), 2025: (4, 20), 2026: (4, 12), 2027: (5, 2)}
# Day off and the weekend day that is worked for it.
_HUNGARIAN_SWAPS = {
    "2024-08-19": "2024-08-03",
    "2024-12-24": "2024-12-07",
    "2024-12-27": "2024-12-14",
    "2025-05-02": "2025-05-17",
    "2025-10-24": "2025-10-18",
    "2025-12-24": "2025-12-13",
    "2026-01-02": "2026-01-10",
    "2026-08-21": "2026-08-08",
}
SWAPPED = {date.fromisoformat(worked): date.fromisoformat(off) for off, worked in _HUNGARIAN_SWAPS.items()}


def _on(year: int, days: str) -> set[date]:
    """`days`: month-day, month-day …"""
    return {date.fromisoformat(f"{year}-{day}") for day in days.split()}


def _from_easter(easter: tuple[int, int], year: int, *after: int) -> set[date]:
    return {date(year, *easter) + timedelta(days=days) for days in after}


def _croatia(year: int) -> set[date]:
    fixed = _on(year, "01-01 01-06 05-01 05-30 06-22 08-05 08-15 11-01 11-18 12-25 12-26")
    return fixed | _from_easter(_EASTER[year], year, 0, 1, 60)


def _serbia(year: int) -> set[date]:
    moved = {2025: "02-17", 2026: "02-17", 2027: "05-04"}.get(year, "")
    fixed = _on(year, f"01-01 01-02 01-07 02-15 02-16 05-01 05-02 11-11 {moved}")
    return fixed | _from_easter(_ORTHODOX_EASTER[year], year, -2, -1, 0, 1)


def _hungary(year: int) -> set[date]:
    fixed = _on(year, "01-01 03-15 05-01 08-20 10-23 11-01 12-25 12-26" + (" 12-24" if year >= 2026 else ""))
    off = {day for day in SWAPPED.values() if day.year == year}
    return fixed | off | _from_easter(_EASTER[year], year, -2, 0, 1, 49, 50)


HOLIDAYS: dict[str | None, frozenset[date]] = {
    None: frozenset(),
    "HR": frozenset().union(*map(_croatia, YEARS)),
    "RS": frozenset().union(*map(_serbia, YEARS)),
    "HU": frozenset().union(*map(_hungary, YEARS)),
}
