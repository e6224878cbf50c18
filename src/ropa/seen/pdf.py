"""PDF: the words of each page with what can be known of whether they are seen, drawn out by pypdf.

What stands outside its page is left out; what is too small, in the colour of the paper, not drawn at all or
covered by a box is kept and said to be so. What a picture or another layer does to words is not known.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.seen.plain import sheet_of_text
from ropa.seen.tree import DrawnOut, Faint, LeftOut, NoText, Seen, written_at

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 500
LONGEST_STREAMS = 8 * 1024 * 1024
"""How much all pages together may hold before it is turned into words; pages that share a stream hold it once."""
LONGEST_TEXT = 8 * 1024 * 1024
MOST_BOXES = 2_000
SMALLEST = 2.0
"""Letters of fewer points than this are not read."""
NOT_DRAWN = 3
"""The way of drawing letters that leaves no ink; a scan with recognised words uses it above its picture."""
FROM_WHITE = 0.1
RAISED = 0.8
"""A number that is set smaller than this share of the letters before it is that of a footnote."""


class Piece(Struct, frozen=True):
    """Words that are drawn in one go: where, how large, and why they may not be seen."""

    text: str
    x: float
    y: float
    size: float
    why: str = ""
    outside: bool = False


class _Area(Struct, frozen=True):
    left: float
    low: float
    right: float
    high: float
    white: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.low <= y <= self.high


class _Ink(Struct, frozen=True):
    """What the next letters are drawn with."""

    white: bool = False
    drawn: bool = True
    clear: bool = False  # what is drawn may let shine through what is below it


def drawn_of_pdf(raw: bytes) -> DrawnOut:
    """What is seen of a PDF. Raises `NoText`, and `ValueError` where it is none."""
    import logging

    # What is wrong with a file is our finding.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoText("it is protected by a password", "save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise NoText(f"it has more than {MOST_PAGES} pages", "save only the notice")
        return _written(list(_pages(reader.pages)))
    except PyPdfError as error:
        raise ValueError(str(error)) from error


def _pages(pages: Sequence["PageObject"]) -> Iterator[list[Piece]]:
    """The pieces of each page; of pages that are drawn by the same stream, read once."""
    known: dict[str, list[Piece]] = {}
    held = long = 0
    for page in pages:
        key = f"{page.get('/Contents')!r} {page.get('/Resources')!r} {page.mediabox}"
        raw_key = f"{page.raw_get('/Contents')!r} {key}" if "/Contents" in page else key
        if raw_key not in known:
            contents = page.get_contents()
            held += len(contents.get_data()) if contents is not None else 0
            _refuse(held, LONGEST_STREAMS, "what is drawn on its pages")
            known[raw_key] = _Artist(page).pieces()
        long += sum(len(piece.text) for piece in known[raw_key])
        _refuse(long, LONGEST_TEXT, "its text")
        yield known[raw_key]


def _refuse(length: int, most: int, what: str) -> None:
    if length > most:
        raise NoText(f"{what} is longer than {most >> 20} MiB", "save only the notice")


class _Artist:
    """Follows what is drawn on a page, and notes what each piece of text is drawn with."""

    def __init__(self, page: "PageObject") -> None:
        self._page = page
        left, low, right, high = (float(edge) for edge in page.cropbox)
        self._paper = _Area(min(left, right), min(low, high), max(left, right), max(low, high))
        self._pieces: list[Piece] = []
        self._ink, self._kept = _Ink(), [_Ink()]
        self._path: list[_Area] = []
        self._boxes: list[_Area] = []
        self._used: set[_Ink] = set()
        self._picture = False

    def pieces(self) -> list[Piece]:
        """The pieces in the order in which they are drawn."""
        self._page.extract_text(visitor_operand_before=self._operation, visitor_text=self._text)
        return self._pieces

    def _text(self, text: str, cm: Any, tm: Any, _: Any, size: Any) -> None:
        """Takes the text that was drawn since the last time, with where it begins."""
        used, self._used = self._used, set()
        if not text:
            return
        x, y = _at(cm, tm[4], tm[5])
        scale = (
            abs(cm[0] * cm[3] - cm[1] * cm[2]) ** 0.5 * abs(tm[0] * tm[3] - tm[1] * tm[2]) ** 0.5
        )
        points = abs(float(size or 0)) * scale
        outside = not self._paper.holds(x, y + points / 3) and bool(text.strip())
        self._pieces.append(Piece(text, x, y, points, self._why(used, x, y, points), outside))

    def _why(self, used: set[_Ink], x: float, y: float, points: float) -> str:
        if any(not ink.drawn for ink in used) and not self._picture:
            return "not drawn"
        if 0 < points < SMALLEST:
            return "too small to read"
        below = [box for box in self._boxes if box.holds(x, y + points / 3)]
        if any(ink.white for ink in used) and all(box.white for box in below):
            return "in the colour of what is behind it"
        return ""

    def _operation(self, operator: bytes, operands: Any, cm: Any, _: Any) -> None:
        done = _DONE.get(operator)
        if done:
            done(self, [_number(operand) for operand in operands], cm)

    def _shows(self, *_: Any) -> None:
        self._used.add(self._ink)

    def _keeps(self, *_: Any) -> None:
        self._kept.append(self._ink)

    def _gives_back(self, *_: Any) -> None:
        self._ink = self._kept.pop() if len(self._kept) > 1 else self._ink

    def _draws(self, numbers: list[float], _: Any) -> None:
        self._ink = replace(self._ink, drawn=numbers[:1] != [NOT_DRAWN])

    def _colours(self, numbers: list[float], _: Any) -> None:
        self._ink = replace(self._ink, white=_is_white(numbers))

    def _clears(self, *_: Any) -> None:
        self._ink = replace(self._ink, clear=True)

    def _pictures(self, *_: Any) -> None:
        self._picture = True

    def _outlines(self, numbers: list[float], cm: Any) -> None:
        if len(numbers) == len(_RECTANGLE) and len(self._path) < MOST_BOXES:
            x, y, wide, tall = numbers
            ends = [_at(cm, x, y), _at(cm, x + wide, y + tall)]
            (left, right), (low, high) = (sorted(end[i] for end in ends) for i in (0, 1))
            self._path.append(_Area(left, low, right, high, self._ink.white))

    def _fills(self, *_: Any) -> None:
        path, self._path = self._path, []
        for box in path:
            if not self._ink.clear and len(self._boxes) < MOST_BOXES:
                self._boxes.append(replace(box, white=self._ink.white))
                self._cover(box)

    def _ends(self, *_: Any) -> None:
        self._path = []

    def _cover(self, box: _Area) -> None:
        """Says of what was drawn before that a box is drawn over it."""
        for at, piece in enumerate(self._pieces):
            if (
                not piece.why
                and piece.text.strip()
                and box.holds(piece.x, piece.y + piece.size / 3)
            ):
                self._pieces[at] = replace(piece, why="covered by a box")


_RECTANGLE = "xywh"
_DONE = {
    **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), _Artist._shows),
    b"q": _Artist._keeps,
    b"Q": _Artist._gives_back,
    b"Tr": _Artist._draws,
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), _Artist._colours),
    b"gs": _Artist._clears,
    **dict.fromkeys((b"Do", b"BI", b"sh", b"INLINE IMAGE"), _Artist._pictures),
    b"re": _Artist._outlines,
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), _Artist._fills),
    **dict.fromkeys((b"n", b"S", b"s"), _Artist._ends),
}


def _at(cm: Any, x: float, y: float) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


def _number(operand: Any) -> float:
    return float(operand) if isinstance(operand, (int, float)) else -1.0


def _is_white(numbers: list[float]) -> bool:
    """Whether a colour is that of paper: of one or three parts all full, of four none."""
    if any(number < 0 for number in numbers) or not numbers:
        return False
    if len(numbers) > len("rgb"):
        return max(numbers) < FROM_WHITE
    return min(numbers) > 1 - FROM_WHITE


# Lines


class _Chunk(Struct, frozen=True):
    """A part of a line, and why it may not be seen."""

    text: str
    why: str


def _written(pages: list[list[Piece]]) -> DrawnOut:
    """The lines of all pages, without what stands at the edge of many, as the paragraphs that they make up."""
    cut = [list(_lines(pieces)) for pieces in pages]
    running = _running([[_plain(line) for line in lines] for lines in cut])
    paper, begun = _Paper(), []
    for lines in cut:
        begun.append(paper.length)
        for line in _paragraphed([line for line in lines if _shape(_plain(line)) not in running]):
            paper.take(line)
    seen = sheet_of_text("".join(paper.pieces))
    faint = (Faint(written_at(seen, f.start), written_at(seen, f.end), f.why) for f in paper.faint)
    outside = sum(piece.outside for pieces in pages for piece in pieces)
    aside = (LeftOut("off the page", 0, 0),) * bool(outside)
    drawn = Seen(seen.written, seen.lines, None, tuple(faint), aside)
    lines_at = [drawn.written.count("\n", 0, written_at(seen, at)) + 1 for at in begun]
    parts = tuple((line, f"page {number}") for number, line in enumerate(lines_at, 1))
    return DrawnOut(drawn, parts, divided=tuple(written_at(seen, at) for at in paper.divided))


class _Paper:
    """The lines as they are written down: a word that is divided at the end of one is put together."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.faint: list[Faint] = []
        self.divided: list[int] = []
        self.length = 0
        self._above = ""

    def take(self, line: Sequence[_Chunk]) -> None:
        """Writes a line down."""
        below = _plain(line)
        if _DIVIDED.search(self._above) and below[:1].islower():
            self._drop(len("-\n"))
            self.divided.append(self.length)
        for stroke in line:
            if stroke.why:
                self.faint.append(Faint(self.length, self.length + len(stroke.text), stroke.why))
            self._put(stroke.text)
        self._above = below
        self._drop(len(self.pieces[-1]) - len(self.pieces[-1].rstrip()) if line else 0)
        self._put("\n")

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _drop(self, signs: int) -> None:
        while signs > 0 and self.pieces:
            last = self.pieces.pop()
            self.length -= len(last)
            if len(last) > signs:
                self._put(last[:-signs])
            signs -= len(last)


_DIVIDED = regex(r"[^\W\d_]{2}[-\u00ad\u2010]\Z")
"""The end of a line in the middle of a word."""


def _plain(line: Sequence[_Chunk]) -> str:
    return "".join(stroke.text for stroke in line).strip()


def _lines(pieces: Sequence[Piece]) -> Iterator[list[_Chunk]]:
    """The pieces that are on the page, line by line, without the numbers of footnotes."""
    line: list[_Chunk] = []
    before = Piece("", 0, 0, 0)
    for piece in pieces:
        if piece.outside or _is_note_mark(before, piece):
            continue
        parts = piece.text.split("\n")
        for at, text in enumerate(parts):
            if at:
                yield line
                line = []
            if text:
                line.append(_Chunk(text, piece.why if text.strip() else ""))
        before = piece if piece.text.strip() else before
    if _plain(line):
        yield line


def _is_note_mark(before: Piece, piece: Piece) -> bool:
    """Whether it is a small number behind a word on the same line."""
    small = 0 < piece.size < RAISED * before.size
    return small and bool(_MARK.fullmatch(piece.text)) and before.text[-1:].strip() != ""


_MARK = regex(r"\d{1,2}(?:,\d{1,2})*|[*†‡]")


def _running(pages: list[list[str]]) -> frozenset[str]:
    """The lines at the edges of pages that half of them share, whatever their numbers."""
    edges = Counter(
        shape for lines in pages for shape in {_shape(line) for line in _edges(lines)} if shape
    )
    least = max(2, (len(pages) + 1) // 2)
    return frozenset(shape for shape, count in edges.items() if count >= least)


def _edges(lines: list[str]) -> list[str]:
    """The first and the last lines of a page, a few of them as the page is long."""
    few = min(3, max(1, len(lines) // 4))
    return [*lines[:few], *lines[-few:]]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphed(lines: list[list[_Chunk]]) -> Iterator[list[_Chunk]]:
    """The lines of a page, with an empty one where a paragraph, a heading or a list seems to begin."""
    plain = [_plain(line) for line in lines]
    longest = max(map(len, plain), default=0)
    for at, (before, line) in enumerate(pairwise(["", *plain])):
        ended = before.endswith((".", "?", "!", ":")) and len(before) < longest * 0.8
        short = bool(before) and len(before) < longest * 0.6 and line[:1].isupper()
        if ended or short:
            yield []
        yield lines[at]
