"""Whose data a sentence speaks of, where it says so: “information about volunteers”, “donors' details”."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ropa.documents.patterns import regex
from ropa.reading.said import How, Named, Part, Reading
from ropa.register.vocabulary import Facet

_DATA = (
    r"(?:information|data|details|records?|files?|identit(?:y|ies)|names?|notes|photographs?|photos|images?"
    r"|address(?:es)?|documents?|accounts?)"
)
_DATA_WORD = regex(rf"\b{_DATA}\b", re.IGNORECASE)
_BETWEEN = regex(
    r"\A(?: (?:that|which))?(?: we(?: may| also)? [a-z]+)?"
    r" (?:about|of|for|on|concerning|regarding|relating to|belonging to)(?: (?!you(?:r|rself)?\b)[\w-]+){0,2} \Z",
    re.IGNORECASE,
)
"""What stands between a word for data and the people it is about: “information that we hold about our”."""
_OWNED = regex(rf"\A(?:['’]s?)(?: [\w-]+){{0,2}} {_DATA}\b", re.IGNORECASE)
_BESIDE = regex(rf"\A(?: personal)? {_DATA}\b", re.IGNORECASE)
_POSSESSIVE = regex(r"\A['’]s? \Z")
_TOLD_OR_YOURS = regex(
    r"\b(?:your|(?:giv|send|provid|offer|show|tell)(?:e|es|s|ing)?(?: our| the)?) \Z", re.IGNORECASE
)
"""What stands before people who are given information, or who are the reader's: “your child's name”."""
_LISTED = regex(
    r"\A(?:['’]s?)?(?:,|,? and(?:/or)?|,? or|,? &) (?:(?:our|the|their|any|former|other) )?\Z",
    re.IGNORECASE,
)

_AND_YOU = regex(r"\A(?:,|,? and(?:/or)?|,? or|,? &) (?:about |of )?you(?:rself)?\b", re.IGNORECASE)
"""That a list goes on with the reader, so that it is not of others alone."""


def whose(reading: Reading, *, denied: bool) -> tuple[Named, ...]:
    """The people whose data it is, by the sentence or its lead-in; none where neither says so."""
    parts = (Part.SENTENCE, Part.LEAD)
    return tuple(word for part in parts for word in _of(reading, part, denied=denied))


def _of(reading: Reading, part: Part, *, denied: bool) -> Iterator[Named]:
    """Those of one part: whoever is told as such, and whoever stands in one list with them."""
    text = reading.text_of(part)
    data = [w.span for w in reading.named(Facet.DATA) if w.span.part is part and w.how in _SURE]
    ends = {span.end for span in data} | {m.end() for m in _DATA_WORD.finditer(text)}
    people = [
        w
        for w in sorted(reading.named(Facet.SUBJECT), key=lambda w: w.span.start)
        if w.span.part is part
        and w.how in _SURE
        and (denied or not w.denied)
        and not any(span.holds(w.span) for span in data)
    ]
    starts = {span.start for span in data}
    told = [_is_told(text, word, ends, starts) for word in people]
    for run in _lists(text, people):
        behind = text[people[run[-1]].span.end :]
        if any(told[at] for at in run) and not _AND_YOU.search(behind):
            yield from (people[at] for at in run)


_SURE = frozenset(How) - {How.HINT, How.STEMS}


def _is_told(text: str, word: Named, ends: set[int], starts: set[int]) -> bool:
    before, start, end = text[: word.span.start], word.span.start, word.span.end
    if any(_BETWEEN.search(before[at:]) for at in ends if at < start):
        return True
    if _TOLD_OR_YOURS.search(before):
        return False
    owner = text[:end].rstrip("'’s") if text[start:end].endswith(("'", "’", "'s", "’s")) else ""
    behind = text[len(owner) :] if owner else text[end:]
    if _OWNED.search(behind) or any(_POSSESSIVE.search(text[end:at]) for at in starts if at > end):
        return True
    return not text[start:end].endswith("s") and bool(_BESIDE.search(behind))


def _lists(text: str, people: Sequence[Named]) -> Iterator[range]:
    """The places of those who stand side by side in one list."""
    first = 0
    for at, (one, other) in enumerate(pairwise(people), 1):
        if not _LISTED.search(text[one.span.end : other.span.start]):
            yield range(first, at)
            first = at
    if people:
        yield range(first, len(people))
