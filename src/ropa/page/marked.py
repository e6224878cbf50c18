"""The published text as its reader sees it, cut where the quotes of statements begin and end."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.register.model import Evidence, Statement
from ropa.seen.text import NoticeText
from ropa.seen.tree import Block, Kind

_DEEPEST = 6
_BAR = " | "


class MarkedStretch(Struct, frozen=True):
    """Words that the same statements quote, or none does. `begins` are those whose quote starts here."""

    text: str
    quoted_by: tuple[Statement, ...]
    begins: tuple[Statement, ...]
    ends: tuple[Statement, ...]


class MarkedPart(Struct, frozen=True):
    """A heading, a paragraph, a bullet or a row of a table. `level` is a heading's, or how far in a bullet is.

    `mark` stands before its words and is none of them: the number it is written with, or a bullet's `•`.
    """

    kind: Kind
    level: int
    mark: str
    stretches: tuple[MarkedStretch, ...]


class _Quote(Struct, frozen=True):
    start: int
    end: int
    statement: Statement


def marked(text: NoticeText, statements: Iterable[Statement]) -> Iterator[MarkedPart]:
    """The text, part by part. A statement whose quote is not in it marks nothing."""
    quotes = sorted(_quotes(text, statements), key=lambda quote: (quote.start, quote.end))
    for block, start, end in text.blocks():
        inside = [quote for quote in quotes if quote.start < end and start < quote.end]
        bars = _bars(text, block) if block.kind is Kind.ROW else frozenset()
        mark = _mark(text, block, start)
        yield MarkedPart(
            block.kind, _level(block), mark, tuple(_cut(text, start, end, inside, bars))
        )


def _quotes(text: NoticeText, statements: Iterable[Statement]) -> Iterator[_Quote]:
    for statement in statements:
        if statement.evidence is Evidence.FOUND and statement.quoted:
            start, end = text.span(statement.quoted)
            quoted = text.folded[
                start:end
            ]  # in some formats the place takes in the space behind the words
            yield _Quote(start, start + len(quoted.rstrip()), statement)


def _level(block: Block) -> int:
    """A heading's rank, as it is marked up; one that only looks like a heading comes below the title."""
    if block.kind is Kind.HEADING:
        return min(block.level, _DEEPEST) or 2
    return block.indent // 2


def _mark(text: NoticeText, block: Block, start: int) -> str:
    """A number is no part of the normal form, so that it need not be quoted; a letter is: `(a) the school`."""
    lettered = _LETTER.match(text.folded, start)
    return block.mark or ("•" if block.kind is Kind.BULLET and not lettered else "")


_LETTER = regex(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] ")


def _bars(text: NoticeText, block: Block) -> Set[int]:
    """Where in the normal form the cells of a row are parted: there stands one space."""
    starts = (text.folded_at(cell.start) for cell in block.cells[1:])
    return {at - 1 for at in starts if at > 0 and text.folded[at - 1 : at] == " "}


def _cut(
    text: NoticeText, start: int, end: int, quotes: Sequence[_Quote], bars: Set[int]
) -> Iterator[MarkedStretch]:
    edges = {start, end, *bars, *(bar + 1 for bar in bars)}
    for quote in quotes:
        edges |= {max(start, quote.start), min(end, quote.end)}
    ordered = sorted(edges)
    for first, last in pairwise(ordered):
        over = [quote for quote in quotes if quote.start <= first and last <= quote.end]
        yield MarkedStretch(
            _BAR if first in bars else text.seen(first, last),
            tuple(quote.statement for quote in over),
            tuple(q.statement for q in over if q.start == first),
            tuple(q.statement for q in over if q.end == last),
        )
