"""Days as people write them: 03/04/2025 with the day first, “14 May 2025”, “2 avril 2024”."""

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
