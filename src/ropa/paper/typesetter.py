"""A manuscript as PDF: tagged, with bookmarks, the same bytes for the same words. The only module that knows typst.

What others wrote goes in as data and never as mark-up, and nothing is fetched.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ropa.errors import MissingExtra
from ropa.paper.binding import bound
from ropa.paper.manuscript import (
    Block,
    Bullets,
    Code,
    DraftWording,
    Entries,
    Line,
    Link,
    Manuscript,
    PaperHeading,
    PaperItem,
    PaperTable,
    Paragraph,
    Strong,
    Wide,
    paragraph,
)
from ropa.visible import visible, with_code

if TYPE_CHECKING:  # loaded only when a document is made
    import typst

BEYOND_LATIN = "\u0250"
"""The first letter that the fonts of typst may lack."""
NUMBERED = "The computer that made this has no font for some letters. They stand as their numbers, as in <U+4E2D>."
WIDEST_WORD = 24
"""In letters; a longer word is cut rather than given more of a table's width."""
MORE = 4.0
"""How many letters of width a column gets for the root of its usual length."""
PROBE = b"""#set document(title: "probe")
#for word in json(bytes(sys.inputs.manuscript)) { par(word) }
"""
TEMPLATE = Path(__file__).with_suffix(".typ")
CREATED = 946_684_800
"""The second every document says it was made, the first of 2000, so that the same words give the same bytes."""
STANDARD = "ua-1"
"""PDF/UA: what a screen reader needs."""
MOST_AT_ONCE = 1_200_000
"""How many characters a manuscript has, as JSON, that is set as a whole: typst takes 0.9 GB for it. A record of 320
activities, if each is as long as those of the benchmark."""
IN_PARTS = (
    "This document is so large that it is set in parts, without the marks that a screen reader goes by. "
    "The same as a page for the browser (HTML) has them."
)


def typeset(manuscript: Manuscript) -> bytes:
    """The pages. What no font can show stands as its number, and the first page says so.

    The fonts of this computer are asked only where those that come with typst lack something.
    """
    try:
        import typst
    except ModuleNotFoundError as error:
        raise MissingExtra("pdf") from error
    words = _odd_words(_manuscript(manuscript))
    compiler = typst.Compiler(TEMPLATE, ignore_system_fonts=True)
    if words and not _can_show(compiler, words):
        compiler = typst.Compiler(TEMPLATE)
    numbered = dict(_numbered(compiler, words))
    told = _with_note(manuscript, NUMBERED) if numbered else manuscript
    content = json.dumps(_replaced(_manuscript(told), numbered))
    if len(content) > MOST_AT_ONCE:
        whole = _replaced(_manuscript(_with_note(told, IN_PARTS)), numbered)
        return bound(whole, partial(_set_elsewhere, all_fonts=bool(words)))
    try:
        return _compiled(compiler, content, TEMPLATE.read_bytes(), STANDARD)
    except typst.TypstError:  # words that can be shown each by itself, and not beside each other
        return _compiled(compiler, content, TEMPLATE.read_bytes())


def _with_note(manuscript: Manuscript, note: str) -> Manuscript:
    return replace(manuscript, blocks=(paragraph(note), *manuscript.blocks))


def _set_elsewhere(content: dict[str, Any], *, all_fonts: bool) -> bytes:
    """A part of a manuscript, set by a process of its own: what typst has taken of memory it does not give back."""
    code = "import sys; sys.path[:] = sys.argv[2:]; import ropa.paper.typesetter as t; t.set_part()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "all" if all_fonts else "own", *sys.path],
        input=json.dumps(content).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


def set_part() -> None:
    """What that process does: the part comes in as JSON, and goes out as PDF without marks for screen readers."""
    import typst

    compiler = typst.Compiler(TEMPLATE, ignore_system_fonts=sys.argv[1] == "own")
    content = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(_compiled(compiler, content, TEMPLATE.read_bytes(), tags=False))


def _compiled(
    compiler: "typst.Compiler", content: str, template: bytes, *standards: Any, tags: bool = True
) -> bytes:
    made = compiler.compile(
        template,
        sys_inputs={"manuscript": content},
        format="pdf",
        pdf_standards=list(standards),
        timestamp=CREATED,
        pdf_tags=tags,
    )
    assert isinstance(made, bytes)  # many are for pictures, none for files
    return made


def _odd_words(content: Any) -> list[str]:
    """The words with letters that not every font has."""
    words = {word for text in _texts(content) for word in text.split()}
    return sorted(word for word in words if max(word) >= BEYOND_LATIN)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _texts(one)
        case dict():
            yield from _texts([*value.values()])


def _can_show(compiler: "typst.Compiler", words: list[str]) -> bool:
    import typst

    try:
        _compiled(compiler, json.dumps(words), PROBE, STANDARD)
    except typst.TypstError:
        return False
    return True


def _numbered(compiler: "typst.Compiler", words: list[str]) -> Iterator[tuple[str, str]]:
    """The words that no font can show, with the numbers of their letters for the letters."""
    if not words or _can_show(compiler, words):
        return
    for word in words:
        if not _can_show(compiler, [word]):
            odd = {c for c in word if c >= BEYOND_LATIN}
            lacking = {c for c in odd if not _can_show(compiler, [c])} or odd
            yield word, "".join(f"<U+{ord(c):04X}>" if c in lacking else c for c in word)


def _replaced(value: Any, words: dict[str, str]) -> Any:
    match value:
        case str() if words:
            return re.sub(r"\S+", lambda found: words.get(found[0], found[0]), value)
        case list():
            return [_replaced(one, words) for one in value]
        case dict():
            return {key: _replaced(one, words) for key, one in value.items()}
    return value


def _manuscript(manuscript: Manuscript) -> dict[str, Any]:
    return {"title": visible(manuscript.title), "blocks": list(map(_block, manuscript.blocks))}


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case PaperHeading():
            return {"kind": "heading", "level": block.level, "line": _line(block.line)}
        case Paragraph():
            return {"kind": "paragraph", "lines": _lines(block.lines)}
        case Bullets():
            return {"kind": "bullets", "items": list(map(_item, block.items))}
        case DraftWording():
            return {
                "kind": "draft",
                "number": block.number,
                "lead": _line(block.lead),
                "wording": visible(block.wording),
                "statement": "\n".join(map(visible, block.statement.split("\n"))),
            }
        case PaperTable():
            return _table(block)
        case Entries():
            entries = [
                {"heading": e.heading, "note": e.note, "lines": _lines(e.lines)}
                for e in block.entries
            ]
            return {"kind": "entries", "entries": entries}
        case Wide():
            return {"kind": "wide", "blocks": list(map(_block, block.blocks))}


def _item(item: PaperItem) -> dict[str, Any]:
    return {"lines": _lines(item.lines), "below": list(map(_item, item.below))}


def _table(table: PaperTable) -> dict[str, Any]:
    return {
        "kind": "table",
        "columns": [{"heading": c.heading, "numbers": c.numbers} for c in table.columns],
        "rows": [list(map(_lines, row)) for row in table.rows],
        "widths": [_width(table, n) for n in range(len(table.columns))],
    }


def _width(table: PaperTable, number: int) -> float:
    """How much of the page a column gets: as its longest word needs, and more where there is much to read."""
    cells = [" ".join(map(_said, row[number])) for row in table.rows if row[number]]
    words = re.split(r"[\s/-]+", " ".join((table.columns[number].heading, *cells)))
    longest = min(max(map(len, words)), WIDEST_WORD)
    reading = sum(map(len, cells)) / max(1, len(cells))
    return max(longest + 2.0, MORE * sqrt(reading))


def _said(line: Line) -> str:
    return "".join(map(_words, line))


def _words(part: str | Strong | Code | Link) -> str:
    match part:
        case str():
            return part
        case Link():
            return part.address
    return part.text


def _lines(lines: Iterable[Line]) -> list[Any]:
    return list(map(_line, lines))


def _line(line: Line) -> list[list[str]]:
    return [cut for piece in line for cut in _piece(piece)]


def _piece(piece: str | Strong | Code | Link) -> list[list[str]]:
    match piece:
        case Code():
            return [["code", piece.text]]
        case Link():
            return [["link", piece.address]]
        case Strong():
            kind, text = "strong", piece.text
        case _:
            kind, text = "plain", piece
    kinds = (kind, "code")
    cut = [
        [kinds[n % 2], part.strip("`") if n % 2 else part] for n, part in enumerate(with_code(text))
    ]
    return [part for part in cut if part[1]]
