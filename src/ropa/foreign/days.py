"""Days as people write them: 03/04/2025 with the day first, “14 May 2025”, “2 avril 2024”; months and quarters, too."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from ropa.foreign.lookup import values

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+([^\W\d_]+)\.?,?\s+(\d{4})")
_CENTURY = 2000
"""What two digits of a year are counted from."""


def day_of(text: str) -> str:
    """The day in the ISO 8601 way; nothing where a text is none."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", text):
        return _iso(*map(int, text[:10].split("-")))
    if found := _NUMBERS.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _iso(year if len(found[3]) > 2 else _CENTURY + year, month, day)  # noqa: PLR2004
    found = _WORDS.fullmatch(text.casefold())
    month = _months().get(found[2], 0) if found else 0
    return _iso(int(found[3]), month, int(found[1])) if found and month else ""


def first_day_of(text: str) -> str:
    """The first day of a month or a quarter, as in “March 2024”, “Mar-24”, “03/2024” and “Q2 2024”; nothing else."""
    words = text.strip().casefold()
    for pattern in _PARTS:
        if found := pattern.fullmatch(words):
            year = int(found["year"].strip("-'’ "))
            return _iso(
                year if year >= 100 else _CENTURY + year,  # noqa: PLR2004 - of two digits
                _first_month(found["part"]),
                1,
            )
    return ""


def says_when(text: str) -> bool:
    """Whether a text is a day, a month or a quarter of a year."""
    return bool(day_of(text) or first_day_of(text))


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NAME = r"(?P<part>[^\W\d_]{3,10})"
_QUARTER = (
    r"(?P<part>q[1-4]|[1-4]q|(?:1st|2nd|3rd|4th|first|second|third|fourth) quarter|quarter [1-4])"
)
_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}\.?[\s,/-]*(?:of |de |del )?{_YEAR}",
        rf"{_NAME}\.?\s?(?P<year>[-'’]\d\d)",
        rf"{_YEAR}[\s,/-]*{_NAME}",
        rf"(?P<part>\d{{1,2}})\s*[./-]\s*{_YEAR}",
        rf"{_YEAR}\s*[./-]\s*(?P<part>\d{{1,2}})",
        rf"{_QUARTER}[\s,/-]*(?:of )?{_YEAR}",
        rf"{_YEAR}[\s,/-]*{_QUARTER}",
    )
)
_QUARTERS: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _first_month(part: str) -> int:
    """The month that a part of a year begins with; 0 where it is none."""
    if part.isdigit():
        return int(part)
    if part in _months():
        return _months()[part]
    quarter = re.search(r"[1-4]", part) if "q" in part else None
    number = int(quarter[0]) if quarter else _QUARTERS.get(part.partition(" ")[0], 0)
    return 3 * number - 2 if number else 0


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@cache
def _months() -> Mapping[str, int]:
    ours = {name: number for number, name in enumerate(_MONTHS, 1)}
    short = {name[:3]: number for name, number in ours.items()} | {"sept": 9}
    return short | ours | {str(name): int(number) for name, number in values()["months"].items()}
