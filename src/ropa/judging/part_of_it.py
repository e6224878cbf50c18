"""Whether a sentence speaks of some of the data alone: "admission records" is no word for all that is held."""

import re
from collections.abc import Iterable

from ropa.documents.patterns import regex
from ropa.reading.grammar import grammar
from ropa.reading.said import How, Named, Part, Reading, Span

_BEFORE = regex(r"([\w'’-]+)\s+\Z")
_BEHIND = regex(
    r"\s+(?:of|about|relating to|related to|regarding|concerning)\s+(?:(?:an?|any|each|every|our|the)\s+)*([\w'’-]+)"
)
_FILE = regex(r"(?:case )?(?:files?|records?|notes)", re.IGNORECASE)
"""What holds all that is held of somebody, whatever word of the register it is a name of."""


def words_for_a_part(
    data: Iterable[tuple[Reading, Named]], people: Iterable[tuple[Reading, Named]]
) -> tuple[tuple[Reading, Span], ...]:
    """The words of sentences for some of the data, where no word for all of it stands there.

    `data` and `people` are the words that are named in them. Nothing where neither is: "we keep it for a year".
    """
    here = [
        (r, word)
        for r, word in data
        if word.span.part is Part.SENTENCE
        and word.how not in (How.STEMS, How.HINT)
        and not r.begins_with(word.span)
    ]
    groups = {(id(r), word.span.start): word.span.end for r, word in people}
    if any(_is_any(r, word) and not _is_part(r, word.span, groups) for r, word in here):
        return ()
    return tuple(dict.fromkeys((r, _with_its_word(r, word.span)) for r, word in here))


def _is_any(reading: Reading, word: Named) -> bool:
    """Whether a word alone, whatever stands before it, is one for any data."""
    return word.how is How.UMBRELLA or bool(_FILE.fullmatch(reading.words_of(word.span)))


def _is_part(reading: Reading, span: Span, groups: dict[tuple[int, int], int]) -> bool:
    """Whether a word before or behind a word for any data says which."""
    before = _saying_which(reading, span)
    if before:
        ends = [end for (which, _), end in groups.items() if which == id(reading)]
        return not any(before.start(1) < end <= before.end(1) for end in ends)
    behind = _BEHIND.match(reading.text_of(span.part), span.end)
    if behind is None or (id(reading), behind.start(1)) in groups:
        return False
    return behind[1].lower() not in grammar().small["everybody"]


def _with_its_word(reading: Reading, span: Span) -> Span:
    before = _saying_which(reading, span)
    return Span(before.start(1), span.end, span.part) if before else span


def _saying_which(reading: Reading, span: Span) -> re.Match[str] | None:
    """The word before some words, where it leaves them less than they were."""
    before = _BEFORE.search(reading.text_of(span.part)[: span.start])
    return before if before and before[1].lower() not in grammar().small["leaving_all"] else None
