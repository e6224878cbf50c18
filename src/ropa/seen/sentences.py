"""Blocks cut into sentences, each with what it is read under: its heading, its lead-ins, its row."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ropa.seen.layout import FOLLOWING, sentence_ends
from ropa.seen.tree import Block, Cell, Kind

Stretch = tuple[int, int]
Placed = tuple[Block, int, int]
"""A block, and where it stands in the normal form."""

MOST_KEPT = 600
"""How much of a heading or a lead-in goes with each sentence below it; nobody writes one that is longer."""
MOST_OF_A_HEAD = 120
"""How much of the head of a column goes with each cell below it."""
LONGEST_FOLLOWING = 240
LOWEST = 7
"""The rank of a heading that only looks like one: below all that are marked."""
MOST_COLUMNS = 100


class Sentence(Struct, frozen=True, gc=False):
    """A sentence of a notice, or a bullet or heading that is none, in the normal form.

    `lead` is the sentence that leads in to the list it belongs to, or the first row of its table, `heading` the
    heading it stands under, the last `MOST_KEPT` characters of either where it is longer. `start` and `end` are
    where it stands in the normal form; `lead_at` and `heading_at` say the same of its lead-ins, the outermost
    first, and its heading. A row of a table is one sentence, unless a cell holds several: `row` is then the whole
    row as it is read, each cell behind the head of its column, and `row_at` where the row stands.
    `parent_headings` are those above its heading, the outermost first; `answers` is the question it answers;
    `follows` what stands below its list and belongs to it: “Legal basis: contract”.
    """

    text: str
    lead: str
    heading: str
    kind: Kind
    start: int
    end: int
    lead_at: tuple[Stretch, ...] = ()
    heading_at: Stretch | None = None
    row: str = ""
    row_at: Stretch | None = None
    parent_headings: tuple[str, ...] = ()
    answers: str = ""
    follows: str = ""
    footnote: bool = False


class _Heading(Struct, frozen=True):
    level: int
    text: str
    at: Stretch


class _LeadIn(Struct, frozen=True):
    """What leads in to what stands further in than `indent`: all lead-ins, and where they stand."""

    indent: int
    text: str
    at: tuple[Stretch, ...]


_NO_LEAD = _LeadIn(-1, "", ())


def sentences(
    folded: str, placed: Sequence[Placed], folded_at: Callable[[int], int]
) -> Sequence[Sentence]:
    """The sentences of a text, in their order."""
    reader = _Cutter(folded, folded_at)
    for block, start, end in placed:
        reader.take(block, start, end)
    return reader.found


class _Cutter:
    """Goes through the blocks and remembers what the next ones stand under."""

    def __init__(self, folded: str, folded_at: Callable[[int], int]) -> None:
        self.found: list[Sentence] = []
        self._folded, self._folded_at = folded, folded_at
        self._headings: list[_Heading] = []
        self._leads = [_NO_LEAD]
        self._table: _Grid | None = None
        self._listed = (
            -1
        )  # where the sentences of the last list begin, while something may follow it

    def take(self, block: Block, start: int, end: int) -> None:
        """Cuts one block."""
        if block.kind is Kind.ROW:
            self._row(block, start, end)
            return
        self._table = None
        cut = tuple(self._cut(start, end))
        if block.kind is Kind.BULLET:
            self._listed = len(self.found) if self._listed < 0 else self._listed
            while len(self._leads) > 1 and self._leads[-1].indent >= block.indent:
                self._leads.pop()
        elif not block.indent:
            follows = block.kind is Kind.PROSE and self._follows(start, end)
            self._listed = self._listed if follows else -1
            self._leads = [_NO_LEAD]
        lead = self._leads[-1]
        for first, last in cut:
            self._add(block, first, last, lead)
        self._remember(block, cut, lead)

    def _remember(self, block: Block, cut: Sequence[Stretch], lead: _LeadIn) -> None:
        """What the blocks that follow stand under."""
        text = self._folded[cut[-1][0] : cut[-1][1]]
        if block.kind is Kind.HEADING:
            self._under(block, cut[0][0], cut[-1][1])
        elif block.kind is Kind.BULLET and text.endswith(":"):
            whole = f"{lead.text} {text}".strip()[-MOST_KEPT:]
            self._leads.append(_LeadIn(block.indent, whole, (*lead.at, cut[-1])))
        elif block.kind is Kind.PROSE and _leads_in(text):
            self._leads.append(_LeadIn(block.indent - 1, text[-MOST_KEPT:], (cut[-1],)))

    def _under(self, block: Block, start: int, end: int) -> None:
        """A heading ends the sections of its rank and those below."""
        level = block.level or LOWEST
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        self._headings.append(_Heading(level, self._folded[start:end][-MOST_KEPT:], (start, end)))

    def _add(self, block: Block, start: int, end: int, lead: _LeadIn) -> None:
        heading = self._headings[-1] if self._headings else None
        self.found.append(
            Sentence(
                self._folded[start:end],
                lead.text,
                heading.text if heading else "",
                block.kind,
                start,
                end,
                lead.at,
                heading.at if heading else None,
                parent_headings=self._parents,
                answers=heading.text if heading and heading.text.endswith("?") else "",
                footnote=block.footnote,
            )
        )

    @property
    def _parents(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self._headings[:-1])

    def _follows(self, start: int, end: int) -> bool:
        """Whether a line below a list belongs to it; if so, the sentences of the list are given it."""
        line = self._folded[start:end]
        if self._listed < 0 or len(line) > LONGEST_FOLLOWING or not FOLLOWING.match(line):
            return False
        for at in range(self._listed, len(self.found)):
            sentence = self.found[at]
            follows = f"{sentence.follows} {line}".strip()[:MOST_KEPT]
            if sentence.kind is Kind.BULLET:
                self.found[at] = replace(sentence, follows=follows)
        return True

    # Tables

    def _row(self, block: Block, start: int, end: int) -> None:
        if self._table is None or self._table.number != block.table:
            self._table = _Grid(block.table)
        self._listed = -1
        table, outer = self._table, self._leads[-1]
        cells = [self._cell(cell) for cell in block.cells]
        row = table.read(cells)
        lead = _LeadIn(0, f"{outer.text} {table.lead}".strip(), (*outer.at, *table.lead_at))
        several = [cut for cell in cells if len(cut := tuple(self._cut(cell.start, cell.end))) > 1]
        first = len(self.found)
        if several:
            for cell in cells:
                for begun, ended in self._cut(cell.start, cell.end):
                    self._add(block, begun, ended, lead)
        else:
            self._add(block, start, end, lead)
        for at in range(first, len(self.found)):
            self.found[at] = replace(self.found[at], row=row, row_at=(start, end))
        table.begin(self._folded[start:end], (start, end), cells)

    def _cell(self, cell: Cell) -> "_CellText":
        start, end = self._folded_at(cell.start), self._folded_at(cell.end)
        text = self._folded[start:end]
        return _CellText(text.strip(), start + len(text) - len(text.lstrip()), end, cell)

    def _cut(self, start: int, end: int) -> Iterator[Stretch]:
        """Where each sentence of a stretch begins and ends, without the spaces around it."""
        stretch, begun = self._folded[start:end], 0
        for stop in sentence_ends(stretch):
            first = begun + len(stretch[begun:stop]) - len(stretch[begun:stop].lstrip())
            last = first + len(stretch[first:stop].rstrip())
            if last > first:
                yield start + first, start + last
            begun = stop


class _CellText(Struct, frozen=True):
    """A cell with its words, and where they stand in the normal form."""

    text: str
    start: int
    end: int
    cell: Cell


class _Grid:
    """A table, row by row: its heads, and the cells that reach down into the rows below."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.lead = ""
        self.lead_at: tuple[Stretch, ...] = ()
        self._heads: dict[int, str] = {}
        self._reaching: dict[int, tuple[str, int]] = {}
        self._begun = False

    def read(self, cells: Sequence[_CellText]) -> str:
        """A row as it is read: each cell behind the head of its column."""
        if not self._begun:
            return ". ".join(cell.text for cell in cells)
        said = [self._said(column, text) for column, text in self._columns(cells)]
        return ". ".join(said)

    def begin(self, text: str, at: Stretch, cells: Sequence[_CellText]) -> None:
        """Takes the first row as that of the heads."""
        if self._begun:
            return
        self._begun = True
        self.lead, self.lead_at = text[-MOST_KEPT:], (at,)
        self._heads = {cell.cell.column: cell.text[:MOST_OF_A_HEAD] for cell in cells}

    def _said(self, column: int, text: str) -> str:
        head = self._heads.get(column, "")
        return f"{head}: {text}" if head else text

    def _columns(self, cells: Sequence[_CellText]) -> Iterator[tuple[int, str]]:
        """The cells with their columns, those of the rows above that reach down to here among them."""
        own = {read.cell.column for read in cells}
        for column, (text, left) in tuple(self._reaching.items()):
            if column in own or left < 1:
                del self._reaching[column]
            else:
                self._reaching[column] = text, left - 1
                yield column, text
        for read in cells:
            if read.cell.rows > 1 and len(self._reaching) < MOST_COLUMNS:
                self._reaching[read.cell.column] = read.text[:MOST_KEPT], read.cell.rows - 1
            yield read.cell.column, read.text


def _leads_in(text: str) -> bool:
    """Whether a list that follows belongs to it: it ends with a colon, or in the middle."""
    return text[-1] not in ".?!" or bool(re.search(r"\b(?:following|below|these)\b", text))
