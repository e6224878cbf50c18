"""Plain text, and the lines drawn out of a format made for printing: what each line looks like, and its words."""

from itertools import zip_longest

from ropa.documents.patterns import regex
from ropa.seen.layout import BULLET
from ropa.seen.tree import Cell, Kind, Line, Scribe, Seen

_LINE = regex(r"(?P<quoted>(?:[ \t]*+>)*)(?P<line>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_HEADING = regex(r"(#{1,6})[ \t]+(?=\S)")
_STRONG = regex(r"(\*\*|__)(?=\S)[^*_]{1,120}(?<=\S)\1:?[ \t]*$")
_UNDERLINE = regex(r"(?:=+|-{2,})[ \t]*$")
_RULE = regex(r"(?=[^\w]*$)(?:[-*_=|:][ \t]*){3,}$")
_NUMBER = regex(r"\d{1,2}[.)](?=[ \t])")
_LETTER = regex(r"\(?[\da-z]")
_EMPHASIS = regex(r"[*`]++|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])")
DEEPEST = 16


def sheet_of_text(text: str) -> Seen:
    """What is seen of plain text: all of it, without the marks that stand for a heading, a bullet or a row."""
    scribe, apart = Scribe(), True
    lines = [(found.end("quoted"), found.end("line")) for found in _LINE.finditer(text)]
    for (start, end), below in zip_longest(lines, lines[1:]):
        written = text[start:end].rstrip()
        line = written.lstrip()
        if not line or _RULE.match(line) or (not apart and _UNDERLINE.match(line)):
            apart = True
            continue
        under = apart and below is not None and bool(_UNDERLINE.match(text, *below))
        hint, begin = _look(line, min(len(written) - len(line), DEEPEST), under=under)
        if hint.kind is Kind.ROW:
            _row(scribe, hint, line, start + len(written) - len(line))
        else:
            scribe.line(hint, apart=apart)
            _words(scribe, line, begin, start + len(written) - len(line))
        apart = hint.kind is Kind.HEADING and not under
    return scribe.sheet((), ())


def _look(line: str, indent: int, *, under: bool) -> tuple[Line, int]:
    """What a line looks like, and where its words begin."""
    heading, bullet = _HEADING.match(line), BULLET.match(line)
    if heading:
        return Line(0, 0, Kind.HEADING, 0, len(heading[1])), heading.end()
    if line[0] == "|" or " | " in line:
        return Line(0, 0, Kind.ROW, table=1), 0
    if bullet and not _STRONG.match(line):
        number = _NUMBER.match(line)
        lettered = not number and _LETTER.match(line)
        hint = Line(0, 0, Kind.BULLET, indent, mark=number[0] if number else "")
        return hint, 0 if lettered else bullet.end()
    if under:
        return Line(0, 0, Kind.HEADING, 0, 2), 0
    return Line(0, 0, None, indent), 0


def _row(scribe: Scribe, hint: Line, line: str, first: int) -> None:
    scribe.row(hint)
    at = 0
    for column, cell in enumerate(line.split("|")):
        if cell.strip():
            scribe.cell(Cell(-1, 0, column))
            _words(scribe, line[: at + len(cell)], at, first)
        at += len(cell) + 1
    scribe.end_row()


def _words(scribe: Scribe, line: str, begin: int, first: int) -> None:
    """The words of a line without the stars that stand for emphasis."""
    strong, at = bool(_STRONG.match(line)), begin
    for mark in (*_EMPHASIS.finditer(line, begin), None):
        upto = mark.start() if mark else len(line)
        if upto > at:
            scribe.words(line[at:upto], ((0, first + at),), strong=strong, why="")
        at = mark.end() if mark else upto
