"""The text that a reader sees of a published notice, out of the format it was published in.

HTML gives the words of its main part, each with its place in the file. Word gives its paragraphs and tables,
a PDF the lines of its pages without the headers that run through it; what is drawn out of these two is
the file's text from then on. Whatever a file holds, the outcome is a text or the reason there is none.
"""

import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ropa.documents.document import SourceFile
from ropa.documents.kept import KeptBooks
from ropa.seen.plain import sheet_of_text
from ropa.seen.text import NoText, NoticeText, notice_of_sheet
from ropa.seen.tree import DrawnOut

if TYPE_CHECKING:  # a missing extra is a finding, not a crash
    pass

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


def is_page(path: str) -> bool:
    """Whether the file is a page of the web, of which a part may be the notice."""
    return _suffix(path) in _HTML


def notice_of_text(file: SourceFile, main: str = "") -> NoticeText:
    """The normal form of a notice in Markdown, plain text or HTML, of whose page `main` is a part. Raises `NoText`."""
    if len(file.text) > LONGEST_TEXT:
        raise NoText(f"it is longer than {LONGEST_TEXT >> 20} MiB", "save only the notice")
    suffix = _suffix(file.path)
    if suffix in _HTML:
        from ropa.seen.page import sheet_of_html

        text = notice_of_sheet(file, sheet_of_html(file.text, main))
        if not text.folded:
            raise NoText("no text can be seen in it", "save the page as a reader sees it")
        return text
    if suffix in _MARKDOWN:
        from ropa.seen.markdown import sheet_of_markdown

        return notice_of_sheet(file, sheet_of_markdown(file.text))
    return notice_of_sheet(file, sheet_of_text(file.text))


def notice_of_bytes(path: str, raw: bytes, books: KeptBooks | None = None) -> NoticeText:
    """The normal form of a notice in Word or PDF, drawn out of it but where the `books` have it. Raises `NoText`."""
    draw, name = _BINARY[_suffix(path)]
    try:
        drawn = _drawn_again(path, raw, draw, books) if books else draw(raw)
    except ImportError:
        hint = f"install it with `pip install 'ropa-checker[{name}]'`, or save the notice as text"
        raise NoText(f"reading .{name} files needs the extra `{name}`", hint) from None
    except _BROKEN:
        hint = "open it and save it anew, or save the notice as text"
        raise NoText(f"it is broken, or no .{name} file", hint) from None
    text = drawn.seen.written
    if not text.strip():
        raise NoText("it holds no text; it may be a scan", "save the notice as text")
    if len(text) > LONGEST_TEXT:
        raise NoText(f"its text is longer than {LONGEST_TEXT >> 20} MiB", "save only the notice")
    file = SourceFile(path, text, drawn.parts)
    return notice_of_sheet(
        file, drawn.seen, extracted=True, unsettled=drawn.unsettled, divided=drawn.divided
    )


def _drawn_again(
    path: str, raw: bytes, draw: Callable[[bytes], DrawnOut], books: KeptBooks
) -> DrawnOut:
    from ropa.seen.kept import drawn_again

    return drawn_again(_suffix(path), raw, draw, books)


_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")


def _of_docx(raw: bytes) -> DrawnOut:
    from ropa.seen.word import drawn_of_docx

    return drawn_of_docx(raw)


def _of_pdf(raw: bytes) -> DrawnOut:
    from ropa.seen.pdf import drawn_of_pdf

    return drawn_of_pdf(raw)


_BINARY: dict[str, tuple[Callable[[bytes], DrawnOut], str]] = {
    ".docx": (_of_docx, "docx"),
    ".pdf": (_of_pdf, "pdf"),
}


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
