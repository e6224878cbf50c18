"""Columns of unknown headings, guessed by what stands in their cells."""

from msgspec.structs import replace

from ropa.foreign.headings import ASK, FIELDS
from ropa.foreign.layout import RecordLayout, SheetColumn
from ropa.foreign.listing import pieces
from ropa.foreign.lookup import says_nothing
from ropa.foreign.words import WordBook
from ropa.register.vocabulary import Facet

_BY_CONTENT = {
    "subjects": Facet.SUBJECT,
    "data": Facet.DATA,
    "recipients": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
}
_MOST_KNOWN = 0.7
_AHEAD = 0.25


def guessed_by_content(layout: RecordLayout, words: WordBook) -> RecordLayout:
    """The layout with columns of unknown headings given to the field whose words stand in them."""
    there = {column.field for column in layout.columns}
    columns = []
    for column in layout.columns:
        guess = (
            "" if column.field != ASK or column.why else _content_of(layout, column, words, there)
        )
        if guess:
            there.add(guess)
            why = f"most of its cells are words for {FIELDS[guess]}"
            columns.append(replace(column, field=guess, why=why))
            continue
        columns.append(column)
    return replace(layout, columns=tuple(columns))


def _content_of(layout: RecordLayout, column: SheetColumn, words: WordBook, there: set[str]) -> str:
    texts = [
        text
        for row in layout.rows
        if (text := layout.grid.text(row.index, column.index)) and not says_nothing(text)
    ]
    shares = []
    for field, facet in _BY_CONTENT.items():
        finder = words.finders[facet]
        found = [bool(finder.any(piece)) for text in texts for piece in pieces(text, finder)]
        shares.append((sum(found) / len(found) if len(found) > 2 else 0.0, field))  # noqa: PLR2004 - fewer say nothing
    shares.sort(reverse=True)
    (share, field), (other, _) = shares[:2]
    ahead = share >= _MOST_KNOWN and share - other >= _AHEAD
    return field if ahead and field not in there else ""
