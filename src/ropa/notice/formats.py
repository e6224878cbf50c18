"""The text that a reader sees of a published notice, out of the format it was published in.

HTML gives the words of its main part, each with its place in the file. Word gives its paragraphs and tables,
a PDF the lines of its pages without the headers that run through it; what is drawn out of these two is
the file's text from then on. Whatever a file holds, the outcome is a text or the reason there is none.
"""

import io
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from itertools import pairwise, repeat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import SourceFile
from ropa.notice.text import NoText, NoticeText, Shown, read_notice

if TYPE_CHECKING:  # a missing extra is a finding, not a crash
    from selectolax.lexbor import LexborNode

LONGEST_TEXT = 8 * 1024 * 1024
LONGEST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_PAGES = 500
MOST_NODES = 1_000_000
DEEPEST = 8
FURTHEST = 20_000
"""How many characters ahead a text of a page is looked for."""

# What the libraries raise on files that are broken or forged: they promise no less than this.
_BROKEN = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError),
    *(SyntaxError, EOFError, AssertionError, MemoryError, zlib.error),
)


def is_binary(path: str) -> bool:
    """Whether the file is in a format that has no lines of its own."""
    return _suffix(path) in _BINARY


def notice_of_text(file: SourceFile) -> NoticeText:
    """The normal form of a notice in Markdown, plain text or HTML. Raises `NoText`."""
    if _suffix(file.path) not in _HTML:
        return read_notice(file)
    if len(file.text) > LONGEST_TEXT:
        raise NoText(f"it is longer than {LONGEST_TEXT >> 20} MiB", "save only the notice")
    text = read_notice(file, _seen(file.text))
    if not text.folded:
        raise NoText("no text can be seen in it", "save the page as a reader sees it")
    return text


def notice_of_bytes(path: str, raw: bytes) -> NoticeText:
    """The normal form of a notice in Word or PDF. Raises `NoText`."""
    draw, name = _BINARY[_suffix(path)]
    try:
        drawn = tuple(draw(raw))
    except ImportError:
        hint = f"install it with `pip install 'ropa-checker[{name}]'`, or save the notice as text"
        raise NoText(f"reading .{name} files needs the extra `{name}`", hint) from None
    except _BROKEN:
        hint = "open it and save it anew, or save the notice as text"
        raise NoText(f"it is broken, or no .{name} file", hint) from None
    text = "\n".join(line for _, line in drawn)
    if not text.strip():
        raise NoText("it holds no text; it may be a scan", "save the notice as text")
    if len(text) > LONGEST_TEXT:
        raise NoText(f"its text is longer than {LONGEST_TEXT >> 20} MiB", "save only the notice")
    parts: dict[str, int] = {}
    for number, (part, _) in enumerate(drawn, 1):
        parts.setdefault(part, number)
    file = SourceFile(path, text, tuple((line, part) for part, line in parts.items()))
    return read_notice(file, extracted=True)


# HTML


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_HTML = (".html", ".htm", ".xhtml")
_UNSEEN = _names(
    "head script style template noscript iframe object svg math nav button select textarea input dialog audio "
    "video canvas"
)
_AROUND = frozenset({"header", "footer", "aside"})
_PARTS = frozenset({"article", "section"})
_UNSEEN_ROLES = frozenset(
    {"navigation", "dialog", "alertdialog", "search", "menu", "menubar", "banner", "contentinfo"}
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BESIDE_THE_TEXT = re.compile(
    r"cookie[-_]?(?:banner|consent|notice|bar|popup|message|law|control|settings|overlay)"
    r"|consent[-_]?(?:banner|manager|popup)|onetrust|cookiebot|breadcrumb|skip-?link|visually-hidden|sr-only",
    re.IGNORECASE,
)
_STARTS = {f"h{n}": f"{'#' * n} " for n in range(1, 7)} | {"li": "- ", "dd": "- ", "tr": "| "}
_STARTS |= dict.fromkeys(("summary", "caption", "legend"), "#### ")
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_NUMBERS = range(100)
_BLOCKS = _names(
    "address article aside blockquote body details div dl dt fieldset figcaption figure footer form header hr main "
    "ol p pre section table tbody thead tfoot ul"
).union(_STARTS)


def _seen(html: str) -> Shown:
    """The words of a page's main part in light mark-up, each with its place."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    writer = _Writer(_Places(html))
    mains = tree.css("main, [role=main]")
    main = next((m for m in mains if m.text(strip=True)), None)
    if tree.root is not None:
        for step in _walk(tree.root, main):
            writer.take(step)
    return Shown("".join(writer.pieces), writer.origins)


class _Step(Struct, frozen=True):
    """A node on the way in, or on the way out: how deep in lists, and whether a reader sees it."""

    node: "LexborNode"
    entering: bool
    lists: int
    inside: bool
    shown: bool


def _walk(root: "LexborNode", main: "LexborNode | None") -> Iterator[_Step]:
    """Every node in the order of the page; only what is inside `main` is seen, where there is one."""
    stack = [_Step(root, True, 0, main is None, True)]
    for _ in range(2 * MOST_NODES):
        if not stack:
            return
        step = stack.pop()
        yield step
        if step.entering and step.node.tag != "-text":
            stack.append(replace(step, entering=False))
            lists = step.lists + (step.node.tag in _LISTS)
            stack += [
                _Step(
                    child,
                    True,
                    lists,
                    step.inside or (main is not None and child.mem_id == main.mem_id),
                    step.shown and not _hidden(child, alone=main is None),
                )
                for child in reversed(list(_children(step.node)))
            ]
    raise NoText("it is too large a page", "save only the notice")


def _children(node: "LexborNode") -> Iterator["LexborNode"]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _hidden(node: "LexborNode", *, alone: bool) -> bool:
    """Whether a reader does not see it, or sees a menu or a banner; `alone` where no main part is marked."""
    tag = node.tag or ""
    if tag[0] == "-":
        return tag == "-comment"
    if tag in _UNSEEN:
        return True
    if alone and tag in _AROUND and (node.parent is None or node.parent.tag not in _PARTS):
        return True
    said = node.attributes
    return bool(said) and (
        ("hidden" in said and said["hidden"] != "until-found")
        or said.get("aria-hidden") == "true"
        or said.get("role") in _UNSEEN_ROLES
        or bool(_NOT_SHOWN.search(said.get("style") or ""))
        or bool(_BESIDE_THE_TEXT.search(f"{said.get('id') or ''} {said.get('class') or ''}"))
    )


class _Writer:
    """Writes what is seen of a page down in light mark-up."""

    def __init__(self, places: "_Places") -> None:
        self.places = places
        self.pieces: list[str] = []
        self.origins = array("q")
        self.last = 0
        self.in_row = False
        self.fresh = True  # nothing but marks stands on the line so far
        self.numbers: dict[int, int] = {}  # the last one of each numbered list

    def take(self, step: _Step) -> None:
        tag, seen = step.node.tag or "", step.inside and step.shown
        if tag == "-text":
            if step.node.parent is not None and step.node.parent.tag in _RAW:
                return
            # Text that is not seen is looked up, too, so that each text finds its own place.
            text = step.node.text_content or ""
            origins = self.places.of(text)
            if seen:
                self._words(text, origins)
        elif seen and tag == "br" and step.entering:
            self._mark(" " if self.in_row else "\n")
        elif seen and tag in _CELLS and not step.entering:
            self._mark(" | ")
        elif seen and tag in _BLOCKS:
            self._block(tag, step)

    def _block(self, tag: str, step: _Step) -> None:
        if tag == "tr":
            self.in_row = step.entering
        elif self.in_row:
            self._mark(" ")
            return
        if not step.entering:
            self._mark("\n\n")
            self.fresh = True
        elif tag in _STARTS or not self.fresh:
            indent = "  " * min(max(step.lists - 1, 0), DEEPEST) if tag == "li" else ""
            number = self._number(step.node) if tag == "li" else ""
            self._mark(f"\n\n{indent}{_STARTS.get(tag, '')}{number}")
            self.fresh = True

    def _number(self, item: "LexborNode") -> str:
        """The number that a browser puts before an entry of a list, while it has no more than two digits.

        It stands behind the mark of a bullet, so that an entry is never taken for a heading.
        """
        listed = item.parent
        if listed is None or listed.tag != "ol" or listed.attributes.get("type") not in (None, "1"):
            return ""
        before = self.numbers.get(listed.mem_id, _whole(listed.attributes.get("start"), 1) - 1)
        number = self.numbers[listed.mem_id] = _whole(item.attributes.get("value"), before + 1)
        return f"{number}. " if number in _NUMBERS else ""

    def _mark(self, mark: str) -> None:
        self.pieces.append(mark)
        self.origins.extend([self.last] * len(mark))

    def _words(self, text: str, origins: Iterator[int]) -> None:
        for run in _SPACES.split(text):
            if not run:
                continue
            if run.isspace():
                self._mark("" if self.fresh else " ")
                continue
            self.fresh = False
            for character in run:
                self.last = next(origins)
                self._mark("\\<" if character == "<" else character)


def _whole(written: str | None, otherwise: int) -> int:
    """A whole number as it is written; another where none is, or one that is no number of an entry."""
    return int(written) if written and re.fullmatch(r"\d{1,3}", written, re.ASCII) else otherwise


class _Places:
    """Where in the file each character of the page's text stands, found text by text."""

    def __init__(self, html: str) -> None:
        pieces: list[str] = []
        self.offsets = array("q")
        for token in _TOKEN.finditer(html):
            if token.lastgroup == "reference":
                pieces.append("".join(unescape(token[0]).split()))
                self.offsets.extend([token.start()] * len(pieces[-1]))
            elif token.lastgroup == "text":
                pieces.append(token[0])
                self.offsets.extend(range(token.start(), token.end()))
        self.stream = "".join(pieces)
        self.cursor = 0

    def of(self, text: str) -> Iterator[int]:
        """The place of each character that is no space; of a text the parser moved, where it had got to."""
        words = "".join(text.split())
        at = self.stream.find(words, self.cursor, self.cursor + len(words) + FURTHEST)
        if at < 0:
            here = self.offsets[self.cursor] if self.cursor < len(self.offsets) else 0
            return repeat(here)
        self.cursor = at + len(words)
        return iter(self.offsets[at : self.cursor])


# What is never closed runs to the end of the page, so that each character is looked at once.
_TAG = r"""(?:[^>="']++|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+(?:>|\Z)"""
_RAW = _names("script style iframe noembed noframes xmp textarea title")
_TOKEN = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)
    | <(?P<name>{"|".join(sorted(_RAW))})\b{_TAG}.*?(?:(?=</(?P=name)\b)|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    | <[a-z]{_TAG}
    | (?P<reference>&(?:\#\w{{1,10}}|\w{{1,32}});?)
    | (?P<text>[^<&\s]++|[<&])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


# Word


def _of_docx(raw: bytes) -> Iterator[tuple[str, str]]:
    """The lines of a document, each with the paragraph it is from."""
    import zipfile

    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LONGEST_UNPACKED:
            size = f"{LONGEST_UNPACKED >> 20} MiB"
            raise NoText(f"it unpacks to more than {size}", "save only the notice")
        document = docx.Document(io.BytesIO(raw))
    except (zipfile.BadZipFile, OpcError) as error:
        raise ValueError(str(error)) from error
    for number, line in enumerate(_paragraphs(document), 1):
        yield f"paragraph {number}", line
        yield f"paragraph {number}", ""


def _paragraphs(holder: Any) -> Iterator[str]:
    """The paragraphs and the rows of tables, in their order, as light mark-up."""
    from docx.table import Table

    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # A merged cell is given once for each column it spans.
                cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
                if any(cells.values()):
                    yield f"| {' | '.join(cells.values())} |"
        elif text := _without_hidden(block):
            yield f"{_mark_of(block)}{text}"


def _without_hidden(paragraph: Any) -> str:
    """The words of a paragraph, on one line, without what is set as hidden text."""
    if not any(run.font.hidden for run in paragraph.runs):
        return " ".join(paragraph.text.split())
    runs = (run.text for run in paragraph.runs if not run.font.hidden)
    return " ".join("".join(runs).split())


def _mark_of(paragraph: Any) -> str:
    """What its style says it is: a heading, an entry of a list, or neither."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith(("Heading", "Title")):
        return "## "
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    if numbered or style.startswith("List"):
        level = properties.numPr.ilvl.val if numbered and properties.numPr.ilvl is not None else 0
        return f"{'  ' * level}- "
    return ""


# PDF


def _of_pdf(raw: bytes) -> Iterator[tuple[str, str]]:
    """The lines of a document, each with its page, without what stands at the edge of many pages."""
    import logging

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what is wrong with a file is our finding
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoText("it is protected by a password", "save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise NoText(f"it has more than {MOST_PAGES} pages", "save only the notice")
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except PyPdfError as error:
        raise ValueError(str(error)) from error
    running = _running(pages)
    for number, lines in enumerate(pages, 1):
        kept = [line.strip() for line in lines if _shape(line) not in running]
        for line in _paragraphed(kept):
            yield f"page {number}", line


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


def _paragraphed(lines: list[str]) -> Iterator[str]:
    """The lines of a page, with a blank one where a paragraph, a heading or a list seems to begin."""
    longest = max(map(len, lines), default=0)
    for before, line in pairwise(["", *lines]):
        bullet = _GLYPH.match(line)
        if bullet:
            yield f"- {line[bullet.end() :]}"
            continue
        ended = before.rstrip().endswith((".", "?", "!", ":")) and len(before) < longest * 0.8
        short = bool(before) and len(before) < longest * 0.6 and line[:1].isupper()
        if ended or short:
            yield ""
        yield line


_SPACES = re.compile(r"(\s+)")
_WORDS = re.compile(r"\S+")
_GLYPH = re.compile(r"[•●▪◦‣·\uf0b7\uf0a7o][ \t]+(?=\S)|[•●▪\uf0b7\uf0a7](?=\S)")
_BINARY: dict[str, tuple[Callable[[bytes], Iterator[tuple[str, str]]], str]] = {
    ".docx": (_of_docx, "docx"),
    ".pdf": (_of_pdf, "pdf"),
}


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
