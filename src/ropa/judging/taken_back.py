"""What is told only of a day to come, and what the next sentence takes back.

Both need more than the sentence itself: the day that is asked about, and what stands behind it.
"""

from collections.abc import Iterator
from datetime import date

from ropa.documents.patterns import regex
from ropa.reading.said import Span

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_COMING = regex(
    r"\b(?:from|as of|as from|starting(?: in| on| from)?|beginning(?: in| on)?|with effect from|not before|after"
    r"|not until)\s+(?:the |about )?(?:(?:spring|summer|autumn|winter|end|beginning|start) (?:of )?)?"
    rf"(?:(?P<next>next (?:year|month|term|week|school year|academic year|spring|summer|autumn|winter|{_MONTH}))"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?:(?P<month>{_MONTH}) )?(?P<year>20\d\d))\b",
    # "six years from 2031" is a period, and no day on which it begins to be so
)
_LASTING = regex(r"\b(?:years?|months?|weeks?|days?)\s*\Z")
_ANYWAY = regex(r"\b(?:already|now|today|as before|still)\b")


def not_yet(text: str, day: date) -> Iterator[Span]:
    """The words of a sentence that let it begin only on a later day: "from 2031", "from next year"."""
    low = text.lower()
    if _ANYWAY.search(low):
        return
    for found in _COMING.finditer(low):
        later = found["next"] or _day(found["day"], found["month"], found["year"]) > day
        if later and not _LASTING.search(low, 0, found.start()):
            yield Span(*found.span())


def _day(day: str | None, month: str | None, year: str) -> date:
    """The first day that may be meant."""
    number = _MONTHS.index(month) + 1 if month else 1
    return date(int(year), number, min(int(day or 1) or 1, 28))


_POINTS = (
    r"(?:however,? |but |in fact,? |today,? |unfortunately,? |actually,? )?"
    r"(?:this|that|it|these|those|none of this|neither|the (?:above|sentence above|paragraph above"
    r"|previous (?:sentence|paragraph)|last sentence)|all (?:this|that)|which"
    r"|(?:this|that|these|those|the) (?:\w+ )?(?:practice|rights?|arrangements?|sharing|rule|use|paragraph|sentence"
    r"|statement|section|promise))"
)
_ENDED = (
    r"(?:(?:is|are|was|were|has|have|had|been|being|will be|now|since|all) )*"
    r"(?:stopped|ceased|ended|over|discontinued|withdrawn|abolished|revoked|repealed|cancelled|a mistake|an error"
    r"|out of date|untrue|wrong|obsolete|history|ended in|false)"
)
_SO = (
    r"(?:the case|true|so|correct|happens?|apply|applies|exists?|holds?|in force|done|takes? place|applicable|in use"
    r"|valid|our practice|what we do|right|offered|given|available)"
)
_UNTRUE = (
    r"(?:(?:is|are|does|do|did|was|has) (?:not|n't)|isn't|aren't|doesn't|don't) (?:\w+ )?"
    rf"{_SO}"
)
_BACK = regex(
    rf"(?:{_POINTS} (?:(?:\w+ )?(?:no longer|not any more) {_SO}|(?:\w+ ){{0,2}}?{_ENDED}"
    rf"|{_UNTRUE})(?: any ?more| any longer| at all| now| today)?"
    r"|(?:however,? |but )?we (?:have |had )?(?:since )?(?:stopped|ceased|ended|given up|discontinued|abandoned)"
    r"(?: (?:doing|to do))? (?:this|that|it|so|the practice|these|those)"
    r"|(?:however,? |but )?we (?:do not|don't|no longer|never) do (?:this|that|so|it)(?: any ?more| any longer| now)?"
    r"|we no longer do(?: this| that| so| it)?"
    r"|(?:not any ?more|no longer|not any longer|no more))"
    r"(?: (?:in|since|when|on|after|as of|from|last|this|at|because|by)\b[^.]*)?[.!]?"
)


def takes_back(text: str) -> Span | None:
    """The words of a sentence that take back all that the one before it says: "This no longer applies."."""
    found = _BACK.fullmatch(text.lower().strip("* "))
    return Span(0, len(text.rstrip(" .!"))) if found else None
