"""Columns held against their cells: what they do not bear out is a question, and some only they make known."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from ropa.foreign.fields import is_tick
from ropa.foreign.grounds import grounds
from ropa.foreign.heading_words import is_silent
from ropa.foreign.headings import ASK, FIELDS, NOTE, plain_heading
from ropa.foreign.kinds import ONLY_WHETHER, CellKind, is_plain_no, kind_of, out_of_place
from ropa.foreign.layout import RecordLayout, SheetColumn
from ropa.foreign.listing import WordFinder, listed, pieces
from ropa.foreign.lookup import comes_later, plain, says_nothing, yes_or_no
from ropa.foreign.words import WordBook
from ropa.register.vocabulary import Facet

_BY_CONTENT: Mapping[str, Facet] = {
    "subjects": Facet.SUBJECT,
    "data": Facet.DATA,
    "recipients": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
}
_MOST_KNOWN, _AHEAD, _FEWEST = 0.7, 0.25, 3
"""How much of a column has to be words of a facet, how much more than of any other, and of how many words at least."""
_MOST_AMISS = 0.6
"""How much of a column has to be out of place in it for the column to be asked about as a whole."""
_HALF = 0.5
LOOKED_AT = 100
"""How many cells of a column, from its first, say what it holds."""
_FEW_OF_ITS_OWN = 0.2


class ColumnCells(Struct, frozen=True):
    """A column with what its cells say, without those that say nothing."""

    column: SheetColumn
    texts: Sequence[str]

    @property
    def telling(self) -> Sequence[str]:
        """The cells that say more than no, and more than that somebody will know later."""
        return [text for text in self.texts if not is_plain_no(text) and not comes_later(text)]


def held_to_cells(layout: RecordLayout, words: WordBook, answered: Collection[str]) -> RecordLayout:
    """The layout with each column held against its cells; those that a person has `answered` stay what they are.

    What a heading was taken for is a question where the cells are no such thing, and a column whose heading says
    nothing of it gets the field that only its cells show.
    """
    layout = _with_boxes(layout, words, answered)
    there = {column.field for column in layout.columns}
    columns = []
    for column in layout.columns:
        cells = ColumnCells(column, tuple(islice(_texts(layout, column), LOOKED_AT)))
        sure = column.ticks or plain_heading(column.heading) in answered
        held = column if sure else _held(cells, words)
        columns.append(_guessed(replace(cells, column=held), words, there))
        there.add(columns[-1].field)
    return replace(layout, columns=tuple(_described(columns, answered)))


def _described(columns: Sequence[SheetColumn], answered: Collection[str]) -> Iterator[SheetColumn]:
    """The columns; where none says what for and another the name, the one that describes what is done says it."""
    fields = [column.field for column in columns]
    lacking = "name" in fields and "purposes" not in fields
    for column in columns:
        heading = plain_heading(column.heading)
        may = lacking and column.field in (ASK, NOTE) and heading not in answered
        if may and heading.startswith("description") and not column.why:
            lacking = False
            why = "no other column says what for"
            yield replace(column, field="purposes", why=why)
        else:
            yield column


_WITH_BOXES: Mapping[str, Facet] = {
    "data": Facet.DATA,
    "subjects": Facet.SUBJECT,
    "recipients": Facet.RECIPIENT,
}
_FEWEST_BOXES = 2
"""How many columns of boxes name words of a kind before a tick in one of them counts as that word."""


def _with_boxes(layout: RecordLayout, words: WordBook, answered: Collection[str]) -> RecordLayout:
    """The layout with its columns of boxes: several whose cells only say yes or no to the word that heads them."""
    boxes = [
        column
        for column in layout.columns
        if column.field in _MAY_BE_BOXES
        and plain_heading(column.heading) not in answered
        and _say_whether(tuple(islice(_texts(layout, column), LOOKED_AT)))
    ]
    for field, facet in _WITH_BOXES.items():
        named = [column for column in boxes if words.finders[facet].any(column.heading)]
        if len(named) >= _FEWEST_BOXES:
            boxes = [column for column in boxes if column not in named]
            layout = replace(layout, columns=tuple(
                replace(column, field=field, why="its cells say yes or no to its heading", ticks=column.heading)
                if column in named
                else column
                for column in layout.columns
            ))  # fmt: skip
    return layout


_MAY_BE_BOXES = frozenset(
    {ASK, "name", "data", "special", "subjects", "recipients", "sources", "owner"}
)


def _texts(layout: RecordLayout, column: SheetColumn) -> Iterator[str]:
    for row in layout.rows:
        text = layout.grid.text(row.index, column.index)
        if text and (is_plain_no(text) or not says_nothing(text)):
            yield text


# -- what was guessed ----------------------------------------------------------------------------------


def _held(cells: ColumnCells, words: WordBook) -> SheetColumn:
    column = cells.column
    whether = _WHETHER_OF.get(column.field, "")
    if whether and cells.texts and _share(_begins_with_yes_or_no, cells.texts) >= _HALF:
        return replace(column, field=whether, why="its cells say yes or no")
    if column.why and column.field in ONLY_WHETHER and _say_whether(cells.texts):
        return replace(column, field=NOTE, why="its cells say whether there is one, and not which")
    if column.field == "systems" and column.why and _are_countries(cells.texts, words):
        return replace(column, field="transfers", why="each of its cells is a country")
    why = "" if column.field in (ASK, NOTE) else _amiss(cells) or _of_another_facet(cells, words)
    return replace(column, field=ASK, why=why) if why else column


def _are_countries(texts: Sequence[str], words: WordBook) -> bool:
    """Whether every cell names countries and no more: where a server stands is a place, and no system."""
    finder = words.finders[Facet.COUNTRY]
    named = [bool(finder.any(piece)) for text in texts for piece in pieces(text, finder)]
    return bool(named) and all(named)


def _amiss(cells: ColumnCells) -> str:
    """Why the cells of a column are no answers to what its heading was taken for."""
    column, texts = cells.column, cells.telling
    if not texts:
        return ""
    if column.field == "organisation_name" and len(set(map(plain, texts))) > 1:
        return f"it was taken for {FIELDS[column.field]}, and its cells name several"
    said = [out_of_place(column.field, text) for text in texts if not is_tick(column, text)]
    kinds = [kind for kind in said if kind]
    if kinds and len(kinds) >= _MOST_AMISS * len(texts) and (column.why or len(texts) > 1):
        most = max(kinds, key=kinds.count)
        return f"it was taken for {FIELDS[column.field]}, and its cells say {most}"
    fits = _FITS.get(column.field)
    if fits is None or _share(fits, cells.texts) >= _HALF:
        return ""
    if column.why or (column.field in _SHAPED and len(texts) > 1 and not any(map(fits, texts))):
        return f"it was taken for {FIELDS[column.field]}, and its cells say something else"
    return ""


def _say_whether(texts: Sequence[str]) -> bool:
    return bool(texts) and all(kind_of(text) is CellKind.YES_OR_NO for text in texts)


def _share(fits: Callable[[str], bool], texts: Sequence[str]) -> float:
    return sum(map(fits, texts)) / len(texts) if texts else 0.0


def _begins_with_yes_or_no(text: str) -> bool:
    return yes_or_no(text) is not None or yes_or_no(text.split(maxsplit=1)[0]) is not None


def _is_when(text: str) -> bool:
    return kind_of(text) is CellKind.DAY


def _says_a_basis(text: str) -> bool:
    said = grounds(text.replace("_", " "))
    return bool(said.article_6 or said.article_9 or said.laws)


_DAYS, _ADDRESSES = ("reviewed", "started"), ("organisation_email", "dpo_email")
_SHAPED = frozenset((*_DAYS, *_ADDRESSES))
"""Fields of which a heading that is sure is still held against the shape of its cells."""
_WHETHER = ("dpia_needed", "automated_decisions", "breach", "policy_followed", "personal")
_WHETHER_OF: Mapping[str, str] = {"dpia": "dpia_needed"}
"""Fields that name a thing, each with the one that says whether there is such a thing."""
_FITS: Mapping[str, Callable[[str], bool]] = (
    dict.fromkeys(_DAYS, _is_when)
    | dict.fromkeys(_WHETHER, _begins_with_yes_or_no)
    | dict.fromkeys(("basis", "article_9"), _says_a_basis)
    | dict.fromkeys(_ADDRESSES, lambda text: "@" in text)
)
"""Fields whose cells can be known, and whether a cell is one of theirs."""


def _of_another_facet(cells: ColumnCells, words: WordBook) -> str:
    """Why the words of a column are not those of what its heading was taken for."""
    column = cells.column
    own = _HOLDS_WORDS.get(column.field, ())
    if column.field == "security" and _share(_is_secured, cells.texts) >= _HALF:
        return ""
    if not own or (column.field not in _SURE and not column.why):
        return ""
    shares = _shares(cells.telling, words)
    if not shares:
        return ""
    field = max(shares, key=lambda name: (shares[name], name))
    mine = max((shares[name] for name in own if name in shares), default=0.0)
    if field in own or shares[field] < _MOST_KNOWN or mine > _FEW_OF_ITS_OWN:
        return ""
    return f"it was taken for {FIELDS[column.field]}, and its cells are words for {FIELDS[field]}"


_SECURED = re.compile(
    r"(?i)pass(?:word|code|phrase)|lock|encrypt|\bsafe\b|restrict|\baccess|permission|\bpins?\b|firewall|alarm"
    r"|\bmfa\b|cabinet|secure|back-?ups?|anti-?virus|log-?ins?\b"
)


def _is_secured(text: str) -> bool:
    """Whether a text names what keeps data safe: a password is also data."""
    return _SECURED.search(text) is not None


_SURE = frozenset({"subjects", "data", "recipients", "processors", "sources", "on_behalf_of"})
"""Fields of which a heading that is sure is still held against the words of its cells."""
_HOLDS_WORDS: Mapping[str, tuple[str, ...]] = {
    "subjects": ("subjects", "recipients"),
    "data": ("data",),
    "recipients": ("recipients", "subjects"),
    "processors": ("recipients", "subjects"),
    "sources": ("recipients", "subjects"),
    "purposes": ("purposes",),
    "on_behalf_of": ("on_behalf_of",),
    "systems": ("systems",),
    "security": ("security",),
}
"""The words that a column of a field may well hold: people receive data, and it comes from them."""


def _shares(texts: Sequence[str], words: WordBook) -> Mapping[str, float]:
    """How much of what stands in a column is words of each facet; nothing where it is too little to say."""
    shares = {}
    for field, facet in _BY_CONTENT.items():
        finder = words.finders[facet]
        found = [_is_known(piece, finder) for text in texts for piece in pieces(text, finder)]
        if len(found) >= _FEWEST:
            shares[field] = sum(found) / len(found)
    return shares


def _is_known(piece: str, words: WordFinder) -> bool:
    """Whether a piece of a cell is a word, or words that "and" joins."""
    joined = " and " in piece and all(word.id for word in listed(piece, words))
    return joined or bool(words.any(piece))


# -- what only the cells show --------------------------------------------------------------------------


def _guessed(cells: ColumnCells, words: WordBook, there: Collection[str]) -> SheetColumn:
    """A column that is asked about, as the field that its cells show, if they show one that no other column is."""
    column = cells.column
    is_open = column.field == ASK or (column.field == NOTE and not column.headed)
    if not is_open or column.why.startswith("another"):
        return column
    field, why = _by_words(cells, words, there) or _by_shape(cells)
    if not field or field in there:
        return column
    return replace(column, field=field, why=f"{column.why}: {why}" if column.why else why)


_PEOPLE = frozenset({"subjects", "recipients"})


def _by_words(
    cells: ColumnCells, words: WordBook, there: Collection[str]
) -> tuple[str, str] | None:
    shares = _shares(cells.telling, words)
    if not shares:
        return None
    taken = _PEOPLE & set(there)
    if len(taken) < len(
        _PEOPLE
    ):  # the two have many words in common: it is the one that no other column is
        shares = {name: share for name, share in shares.items() if name not in taken}
    ranked = sorted(((share, field) for field, share in shares.items()), reverse=True)
    (share, field), (other, _) = (*ranked, (0.0, ""))[:2]
    if share < _MOST_KNOWN or share - other < _AHEAD:
        return None
    return field, f"most of its cells are words for {FIELDS[field]}"


def _by_shape(cells: ColumnCells) -> tuple[str, str]:
    """The field of a column whose heading says nothing and whose cells are all bases, or all periods."""
    heading = plain_heading(cells.column.heading)
    texts = cells.telling
    if len(texts) < _FEWEST:
        return "", ""
    if all(map(_names_a_basis, texts)) and _share(_is_only_a_basis, texts) >= _HALF:
        return "basis", "each of its cells is a lawful basis"
    if all(kind_of(text) is CellKind.PERIOD for text in texts) and is_silent(heading):
        return "retention", "each of its cells says how long"
    return "", ""


def _names_a_basis(text: str) -> bool:
    return bool(grounds(text.replace("_", " ")).article_6)


def _is_only_a_basis(text: str) -> bool:
    said = grounds(text.replace("_", " "))
    return bool(said.article_6) and not said.rest
