"""How long: the periods of a register, compared and said in words.

A period is written in the ISO 8601 way (`P6Y`), as a range of two (`P30D/P90D`: the one at least, the other at
most), as `permanently`, or as `never` for what is used and not stored.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from math import inf

from ropa.documents.patterns import regex
from ropa.remembering import remembered

PERMANENTLY, NEVER = "permanently", "never"
_PERIOD = regex(
    r"P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_FOR_EVER = regex(
    r"(?i)(?:(?:is|are|be|will be)? ?(?:kept|held|stored|retained) )?"
    r"(?:permanently|indefinitely|for ?ever|in perpetuity|for (?:an )?(?:unlimited|indefinite)(?: (?:time|period))?)\.?"
)
_NOT_AT_ALL = regex(
    r"(?i)(?:(?:is|are|it is|they are) )?(?:never|not) (?:kept|held|stored|retained|saved)(?: (?:at all|by us))?\.?"
)


SAID_WITHOUT_NUMBER = {
    PERMANENTLY: (
        r"(?i)\b(?:permanently|indefinitely|for ?ever|in perpetuity|(?:unlimited|indefinite) (?:time|period))\b"
    ),
    NEVER: (
        r"(?i)(?:\b(?:not|never|no longer|cannot|nor)|n't)\b(?: \w+){0,3} "
        r"(?:keep|kept|hold|held|stored?|retain(?:ed)?|saved?)\b"
    ),
}
"""How sentences say a period that has no number."""


def as_period(words: str) -> str:
    """What criteria come to that say no more than a period does: for ever, or not at all; otherwise nothing."""
    if _FOR_EVER.fullmatch(words.strip()):
        return PERMANENTLY
    return NEVER if _NOT_AT_ALL.fullmatch(words.strip()) else ""


def is_exception(criteria: str) -> bool:
    """Whether criteria beside a period say when it is kept longer than that, and not why it is that long."""
    return _EXCEPTION.search(criteria) is not None


_EXCEPTION = regex(
    r"(?i)^(?:(?:or|but|and) )?(?:for )?(?:unless|except|extended|until|while|as long as|if)\b|\b(?:longer|later)\b"
)


def ends(period: str) -> tuple[str, ...]:
    """The two ends of a range, or the period alone."""
    return tuple(period.split("/"))


@remembered
def days(period: str) -> float:
    """A period in days, to compare two of them, a range by its longer end: a month is a twelfth of 365.2425 days.

    `P12M` and `P1Y` are equal; for ever is infinite. A period the schema would refuse raises `ValueError`.
    """
    return max(map(_days, ends(period)))


def _days(period: str) -> float:
    if period in _WITHOUT_END:
        return _WITHOUT_END[period]
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    years, months, weeks, rest, hours, minutes, seconds = (
        int(part or 0) for part in found.groups()
    )
    whole_months = years * 12 + months
    return (
        whole_months * 365.2425 / 12
        + weeks * 7
        + rest
        + hours / 24
        + minutes / 1440
        + seconds / 86400
    )


_WITHOUT_END = {PERMANENTLY: inf, NEVER: 0.0}


def same_length(one: str, other: str) -> bool:
    """Whether two periods are as long as each other, as `P12M` and `P1Y` are; of a range, either end may be meant."""
    return any(days(a) == days(b) for a in ends(one) for b in ends(other))


@remembered
def longer_than(kept: str, told: str) -> bool:
    """Whether data kept for one ISO 8601 period is kept longer than people are told by another.

    Days are held against months by the calendar: 92 days are not longer than three months, since July to September
    are as long. Months held against days are longer by a day and more. A period the schema would refuse raises
    `ValueError`.
    """
    kept, told = max(ends(kept), key=days), max(ends(told), key=days)
    over = days(kept) - days(told)
    if kept in _WITHOUT_END or told in _WITHOUT_END:
        return kept != told and over > 0
    by_month, told_by_month = _by_month(kept), _by_month(told)
    if by_month is told_by_month or abs(over) > _ODD_DAYS:
        return over > 0
    if by_month:
        return over >= 1
    return all(after(day, kept) > after(day, told) for day in _starts())


_ODD_DAYS = 5
"""By how many days, and more, periods differ that no calendar can make equal, one in months and one in days."""


def _starts() -> Iterator[date]:
    """Every day of four years, the leap day among them."""
    return (date(2023, 1, 1) + timedelta(days=days) for days in range(4 * 366))


def _by_month(period: str) -> bool:
    """Whether it counts in years or months."""
    date_part = period.partition("T")[0]
    return "Y" in date_part or "M" in date_part


@remembered
def after(day: date, period: str) -> date:
    """The day that comes a period later; the last one there is where the calendar ends before, or nothing ends."""
    period = max(ends(period), key=days)
    if period in _WITHOUT_END:
        return day if period == NEVER else date.max
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    years, months, weeks, rest, *_ = (int(part or 0) for part in found.groups())
    year, month = divmod(day.year * 12 + day.month - 1 + years * 12 + months, 12)
    try:
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(weeks=weeks, days=rest)
    except (ValueError, OverflowError):
        return date.max


def period_in_words(period: str) -> str:
    """`P75Y` as "75 years", `P1Y6M` as "1 year and 6 months"; what is not a period, as it stands."""
    first, *rest = map(_in_words, ends(period))
    return f"{first} to {rest[0]}" if rest else first


def how_long(period: str) -> str:
    """The same to go behind a verb: "for 75 years", "for 30 days to 90 days", "permanently"."""
    if period in _WITHOUT_END:
        return _in_words(period)
    return f"for {period_in_words(period)}"


def _in_words(period: str) -> str:
    if period == NEVER:
        return "for no time at all"
    found = _PERIOD.fullmatch(period)
    if found is None:
        return period
    units = ("year", "month", "week", "day", "hour", "minute", "second")
    counts = [
        (int(n), unit) for n, unit in zip(found.groups(), units, strict=True) if n is not None
    ]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in counts]
    return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
