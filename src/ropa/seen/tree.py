"""The small tree that every format becomes: lines as they are seen, and the blocks that they make up."""

from array import array
from bisect import bisect_right
from enum import StrEnum

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.seen.fold import Places

FURNITURE, FOLDED = "furniture", "folded"
"""What stands around the notice on its page, and what its readers have to open."""


class NoText(Exception):
    """No text can be had of a file: why, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Kind(StrEnum):
    """What a block is to the reader."""

    HEADING = "heading"
    PROSE = "prose"
    BULLET = "bullet"
    ROW = "row"


class Cell(Struct, frozen=True, gc=False):
    """A cell of a table: where it stands in what is written, its column, and how far it reaches."""

    start: int
    end: int
    column: int
    columns: int = 1
    rows: int = 1
    head: bool = False


class Line(Struct, frozen=True, gc=False):
    """A line as it is seen. `kind` is None where only its look can tell what it is.

    `indent` is how far in it stands, `mark` the number or bullet before its words. `level` is a heading's rank;
    of a bullet it is 1 where a list is marked up, so that the bullet can be nothing else.
    `apart` is true where a blank line, or the edge of a block, stands above it.
    """

    start: int
    end: int
    kind: Kind | None = None
    indent: int = 0
    level: int = 0
    mark: str = ""
    apart: bool = False
    strong: bool = False
    footnote: bool = False
    table: int = 0
    cells: tuple[Cell, ...] = ()


class Block(Struct, frozen=True, gc=False):
    """A stretch of what is written that is read as one. `indent` tells a bullet from one below it."""

    start: int
    end: int
    kind: Kind
    indent: int = 0
    level: int = 0
    mark: str = ""
    apart: bool = False
    footnote: bool = False
    table: int = 0
    cells: tuple[Cell, ...] = ()


class LeftOut(Struct, frozen=True, gc=False):
    """A part that is left out or closed: what it is, and the lines of the file from its first word to its last.

    `kind` is `hidden`, `struck out`, `front matter`, `footnote` or `furniture` for what is left out, and
    `folded` for what is seen once somebody opens it.
    """

    kind: str
    first: int
    last: int


class Faint(Struct, frozen=True, gc=False):
    """Where in what is written words stand that people may not see, and why."""

    start: int
    end: int
    why: str


class Seen(Struct, frozen=True, eq=False):
    """What is seen of a file: its words line by line, where each comes from, and what was left out.

    Places in `asides` are those of the file's characters, until they are made lines. `links` are the targets of the
    links among its words, as they are written.
    """

    written: str
    lines: tuple[Line, ...]
    origins: Places | None = None
    faint: tuple[Faint, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    closed: tuple[LeftOut, ...] = ()
    links: tuple[str, ...] = ()


_GLYPH = regex(r"[•‣·●▪◦\uf0b7\uf0a7][ \t]+|[•●▪\uf0b7\uf0a7](?=\S)|–[ \t]+")


class DrawnOut(Struct, frozen=True, eq=False):
    """What is seen of a file that has no lines of its own: places in it are those of what is drawn out of it.

    `parts` are its pages or paragraphs, each with the line where it begins. `unsettled` counts the changes in it
    that nobody has accepted or refused. `divided` are the places in what is written where a hyphen stood at the
    end of a line: nobody can say whether the word has one.
    """

    seen: Seen
    parts: tuple[tuple[int, str], ...]
    unsettled: int = 0
    divided: tuple[int, ...] = ()


def drawn_out(seen: Seen) -> Seen:
    """The same with its places in what is written, and not in what it was made of."""

    def moved(asides: tuple[LeftOut, ...]) -> tuple[LeftOut, ...]:
        return tuple(
            LeftOut(a.kind, written_at(seen, a.first), written_at(seen, a.last)) for a in asides
        )

    return Seen(
        *(seen.written, seen.lines, None, seen.faint, moved(seen.left_out), moved(seen.closed)),
        links=seen.links,
    )


def written_at(seen: Seen, place: int) -> int:
    """Where in what is written the first character stands that comes from a place of the file, or from behind it."""
    starts, homes = (seen.origins.starts, seen.origins.homes) if seen.origins else ((), ())
    at = bisect_right(homes, place) - 1
    if at < 0:
        return 0
    ends = starts[at + 1] if at + 1 < len(starts) else len(seen.written)
    return min(starts[at] + place - homes[at], ends)


class Scribe:
    """Writes down what is seen, block by block. What is a block, a list or a table, its caller says."""

    def __init__(self) -> None:
        self.links: dict[str, None] = {}
        self._pieces: list[str] = []
        self._length = 0
        self._starts, self._homes = array("q"), array("q")
        self._lines: list[Line] = []
        self._faint: list[Faint] = []
        self._hint: Line | None = None  # of the line that is not begun yet
        self._begun = -1
        self._strong = True
        self._space = False
        self._broken = False
        self._cells: list[Cell] | None = None
        self._cell: Cell | None = None
        self._home = 0

    @property
    def fresh(self) -> bool:
        """Whether no word stands on the line yet."""
        return self._begun < 0

    def block(self, hint: Line) -> None:
        """Begins a block: the next words stand on a line of its own that is as the hint says."""
        self.line(hint, apart=True)

    def line(self, hint: Line, *, apart: bool) -> None:
        """Begins a line that is as the hint says; apart from what stands above it, or going on with it.

        A paragraph at the beginning of a bullet is the bullet.
        """
        self.turn()
        pending = self._hint is not None and self._hint.kind is Kind.BULLET and self.fresh
        if pending and hint.kind is None and apart:
            return
        self._hint, self._broken = hint, not apart

    def end(self) -> None:
        """Ends the line, and what is said of the next one."""
        self.turn()
        self._hint, self._broken = None, False

    def turn(self) -> None:
        """Goes on at the next line of the same block."""
        if self._cells is not None:
            self._space = True
            return
        if self._begun >= 0:
            self._close()
            self._broken = True

    def row(self, hint: Line) -> None:
        """Begins a row of a table."""
        self.block(hint)
        self._cells = []

    def cell(self, cell: Cell) -> None:
        """Begins a cell of the row."""
        self.end_cell()
        if self._begun >= 0:
            self._put(" | ", self._home)
        self._cell, self._space = cell, False

    def end_cell(self) -> None:
        """Ends the cell."""
        if self._cell is not None and self._cells is not None:
            cell = self._cell
            start = cell.start if cell.start >= 0 else self._length
            self._cells.append(Cell(start, self._length, *_rest(cell)))
        self._cell, self._space = None, False

    def end_row(self) -> None:
        """Ends the row, if it has words."""
        self.end_cell()
        cells, self._cells = self._cells or [], None
        if self._begun >= 0:
            self._close(tuple(cells))
        self.end()

    def space(self) -> None:
        """Parts what is written from what follows."""
        self._space = True

    def words(
        self, text: str, stretches: tuple[tuple[int, int], ...], *, strong: bool, why: str
    ) -> None:
        """Writes words, with where each stretch of them comes from: its offset in them, and its place."""
        words = text.lstrip()
        if self._begun < 0 and self._cells is None:
            words = self._unmarked(words)
        cut = len(text) - len(words)
        if not words:
            self._space = self._space or bool(text)
            return
        if self._begun < 0:
            self._begin()
        elif (cut or self._space) and not self._written_space():
            self._put(" ", self._home)
        self._space = False
        if self._cell is not None and self._cell.start < 0:
            self._cell = Cell(self._length, 0, *_rest(self._cell))
        start = self._length
        for at, home in stretches:
            within = at >= cut
            self._starts.append(start + at - cut if within else start)
            self._homes.append(home if within else home + cut - at)
        self._home = self._homes[-1] + start + len(words) - 1 - self._starts[-1]
        self._pieces.append(words)
        self._length += len(words)
        self._strong = self._strong and strong
        if why:
            self._faint.append(Faint(start, self._length, why))

    @property
    def tail(self) -> str:
        """The end of what is written so far."""
        return self._pieces[-1][-4:] if self._pieces else ""

    def _unmarked(self, words: str) -> str:
        """The words of a new line without the bullet that is written before them."""
        hint = self._hint or Line(0, 0)
        glyph = _GLYPH.match(words) if hint.kind is None else None
        if glyph:
            self._hint = Line(
                0, 0, Kind.BULLET, hint.indent, 0, glyph[0].strip(), footnote=hint.footnote
            )
            words = words[glyph.end() :]
        return words

    def sheet(self, left_out: tuple[LeftOut, ...], closed: tuple[LeftOut, ...]) -> Seen:
        """All that was written."""
        self.end()
        written = "".join(self._pieces)
        origins = Places(self._starts, self._homes)
        return Seen(
            *(written, tuple(self._lines), origins, tuple(self._faint), left_out, closed),
            links=tuple(self.links),
        )

    def _written_space(self) -> bool:
        return self._pieces[-1][-1].isspace()

    def _put(self, mark: str, home: int) -> None:
        for _ in mark:
            self._starts.append(self._length)
            self._homes.append(home)
            self._length += 1
        self._pieces.append(mark)

    def _begin(self) -> None:
        self._begun, self._strong = self._length, True

    def _close(self, cells: tuple[Cell, ...] = ()) -> None:
        hint = self._hint or Line(0, 0)
        self._lines.append(
            Line(
                self._begun,
                self._length,
                hint.kind,
                hint.indent,
                hint.level,
                hint.mark,
                not self._broken,
                self._strong,
                hint.footnote,
                hint.table,
                cells,
            )
        )
        self._put("\n", self._home)
        self._begun, self._space = -1, False
        if (
            hint.kind is not None
        ):  # what follows in the same block is no heading or bullet of its own
            self._hint = Line(0, 0, None, hint.indent, footnote=hint.footnote)


def _rest(cell: Cell) -> tuple[int, int, int, bool]:
    return cell.column, cell.columns, cell.rows, cell.head
