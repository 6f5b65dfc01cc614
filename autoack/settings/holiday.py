"""Which countries and subdivisions have public holidays on record."""

from functools import cache

from pydantic import ValidationInfo

from autoack.settings.names import nearest


@cache
def _countries() -> dict[str, list[str]]:
    import holidays  # noqa: PLC0415  # paid for only where holidays are asked for

    # Two-letter codes only: ISO 3166-1 alpha-2, as the contract has them.
    known: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=True)
    return {code: names for code, names in known.items() if len(code) == 2}


def check_country(code: str) -> str:
    """Raises ValueError where no holidays are known for the country."""
    if code not in _countries():
        raise ValueError(f"no public holidays known for the country {code!r}{nearest(code, _countries())}")
    return code


def check_subdivision(code: str, info: ValidationInfo) -> str:
    """Raises ValueError where the country has no such part with holidays of its own."""
    country = info.data.get("country")
    if country is None:  # wrong itself, and said so
        return code
    known = _countries()[country]
    if code not in known:
        hint = nearest(code, known) or (f"; there is {', '.join(known)}" if known else "; leave it out")
        raise ValueError(f"{country} has no subdivision {code!r} with holidays of its own{hint}")
    return code
