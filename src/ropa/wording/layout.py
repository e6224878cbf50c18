"""What stands round a sentence of a notice: the line that leads in to it, its label, the question it answers."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.seen.text import NoticeText, Sentence, fold_text
from ropa.seen.tree import Kind

MOST_WORDS_OF_A_LABEL = 8
MOST_WORDS_OF_A_LINE = 9
"""A block below a lead-in that is no longer may be a line of an address: the next one still belongs to it."""
LONGEST_ANSWER = 6
"""How many sentences below a question are read as its answer."""

_CLAUSE = regex(r"\b(?:we|you|our|your|this|how|what|why|who|rights)\b|\?", re.IGNORECASE)
_LABEL = regex(r"(?:\(?\w{1,3}[.)] )?([A-Z][^:.?!]{1,70}?) ?(?::| -) (?=\S)")


class Placed(Struct, frozen=True):
    """A sentence with what tells what it is about, besides its own words; each empty where there is none.

    `lead` is the line that leads in to it: of its list or table, or the block above that ends with a colon.
    `text` is its words, or those of one cell of a row, which is then told what it is by the head of its column.
    `asked` is the question that it answers, `label` what it puts before a colon or a dash. `answers` is true
    of a short line right under a heading: it looks like a heading, and may be all that is said there.
    """

    sentence: Sentence
    text: str
    lead: str
    asked: str
    label: str
    answers: bool


def laid_out(text: NoticeText) -> Iterator[Placed]:
    """The sentences of a text with what stands round them, each row followed by its cells."""
    cells = _cells(text)
    for found in placed(text.sentences()):
        yield found
        yield from cells.get(found.sentence.start, ())


def _cells(text: NoticeText) -> Mapping[int, Sequence[Placed]]:
    """The cells below the first row of each table, by where the sentence begins that they stand in."""
    rows = {s.start: s for s in text.sentences() if s.kind is Kind.ROW}
    found: dict[int, list[Placed]] = {}
    heads: Sequence[str] = ()
    for block, start, _ in text.blocks():
        row = rows.get(start) if block.kind is Kind.ROW else None
        if row is None:
            heads = ()
            continue
        cells = [
            fold_text(cell) for cell in text.written[block.start : block.end].strip(" |").split("|")
        ]
        if heads and len(cells) == len(heads):
            found[start] = [
                Placed(row, cell, head, "", cells[0], answers=False)
                for head, cell in zip(heads, cells, strict=True)
                if cell and head
            ]
        heads = heads or cells
    return found


def placed(sentences: Sequence[Sentence]) -> Iterator[Placed]:
    """Each sentence with what stands round it."""
    above, asked, since, under = "", "", 0, False
    for at, sentence in enumerate(sentences):
        lead = sentence.lead or (above if _may_follow(sentence) else "")
        since += 1
        asked = asked if since <= LONGEST_ANSWER and sentence.kind is not Kind.HEADING else ""
        yield Placed(
            sentence,
            sentence.text,
            lead,
            asked,
            _label(sentence.text),
            under and _ends(sentences, at),
        )
        under = sentence.kind is Kind.HEADING
        if sentence.text.endswith("?") and sentence.kind is not Kind.HEADING:
            asked, since = sentence.text, 0
        above = _leading(sentence, lead)


def _ends(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether nothing stands below a heading but the next heading."""
    return at + 1 == len(sentences) or sentences[at + 1].kind is Kind.HEADING


def _may_follow(sentence: Sentence) -> bool:
    """Whether a block may be what the one above leads in to; a heading only where it looks like a name."""
    named = not _CLAUSE.search(sentence.text)
    return sentence.kind is Kind.PROSE or (sentence.kind is Kind.HEADING and named)


def _leading(sentence: Sentence, lead: str) -> str:
    """What leads in to the block after a sentence: itself, or what led in to it where it is a short line."""
    if sentence.kind is Kind.PROSE and sentence.text.endswith(":"):
        return sentence.text
    goes_on = len(sentence.text.split()) <= MOST_WORDS_OF_A_LINE and sentence.text[-1] not in ".?!:"
    return lead if goes_on and sentence.kind is not Kind.BULLET else ""


def _label(text: str) -> str:
    found = _LABEL.match(text)
    label = found[1] if found else ""
    return label if len(label.split()) <= MOST_WORDS_OF_A_LABEL else ""
