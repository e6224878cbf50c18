"""The dates a notice gives of itself: when it was last updated, and when it is to be reviewed."""

from datetime import date, timedelta

from ropa.wording.sentences import Hit, Wording, compiled


def last_updated(wording: Wording) -> tuple[Hit, date] | None:
    """When a notice says it was last changed: the latest such date in its text, with the words."""
    found = ((hit, _stated(hit.words)) for hit in wording.find_across(_UPDATED, _SIGNS_OF_UPDATED))
    dated = [(hit, stated) for hit, stated in found if stated]
    return max(dated, key=lambda pair: pair[1], default=None)


def next_review(wording: Wording) -> tuple[Hit, date] | None:
    """When a notice says it will be looked at again: the latest such date in its text, with the words."""
    found = ((hit, _stated(hit.words)) for hit in wording.find_across(_TO_BE_REVIEWED, ("review",)))
    planned = [(hit, stated) for hit, stated in found if stated]
    return max(planned, key=lambda pair: pair[1], default=None)


def dated(wording: Wording) -> bool:
    """Whether a text says when it is from: its version, its last change, or a date at its beginning or end."""
    ends = (*wording.passages[:AT_AN_END], *wording.passages[-AT_AN_END:])
    return (
        last_updated(wording) is not None
        or wording.says(r"\bv(?:ersion)?\.? ?\d")
        or any(compiled(_DATE).search(passage.words) for passage in ends)
    )


AT_AN_END = 3
"""In how many passages at either end of a text a date is taken for its own."""


def _stated(words: str) -> date | None:
    """The date at the end of some words; a month means its last day. In numbers the day comes first."""
    found = compiled(rf"{_DATE}$").search(words)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        year = int(found["year"] or found["short_year"])
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
        month = (
            int(found["number"])
            if found["number"]
            else _MONTHS.index(found["month"][:3].title()) + 1
        )
        day = found["day"] or found["late_day"] or found["number_day"]
        if day:
            return date(year, month, int(day))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:  # the 31st of a month that has 30 days
        return None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DATE = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<number_day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?P<short_year>(?:20)?\d\d)"
    r"|(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))\.?(?: (?P<late_day>\d{1,2})(?:st|nd|rd|th)?)?,? "
    r"(?P<year>20\d\d))(?!\d)"
)

_UPDATED = (
    r"\b(?:(?:last|most recently|date|latest) (?:(?:was|been|is|of) )?(?:the )?(?:last )?"
    r"(?:updated?|revi(?:ewed|sed|ew|sion)|amended|modified|changed|edited|version)|version date|"
    r"date of issue|^updated)\b"
    rf"(?: (?:on|in|at|was|is|date|by)\b| ?[:|-])* ?(?:the )?{_DATE}"
)

_SIGNS_OF_UPDATED = (
    "updat", "revi", "amended", "modified", "changed", "edited", "version", "date of issue",
)  # fmt: skip

_TO_BE_REVIEWED = (
    r"\b(?:next (?:\w+ )?review(?:ed)?|due for (?:its |a )?(?:next )?review|review (?:is )?(?:next )?due|"
    r"(?:to|will) be (?:next )?reviewed(?: again| next)?)"
    rf"(?: (?:date|due|by|on|in|before|is)\b| ?[:|-])* ?(?:the )?{_DATE}"
)
