"""The wording of a notice, brought from a file or from the web: its bytes, what they are, and what is known of them."""

import re
from datetime import date
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import webencodings
from msgspec import Struct

from ropa.documents.document import SourceFile
from ropa.documents.patterns import regex
from ropa.documents.source import bounded
from ropa.errors import CannotRead
from ropa.fetching.pages import FetchBounds, FetchedPage, fetch, is_address
from ropa.seen import formats
from ropa.seen.text import NoText, NoticeText

LARGEST = 32 * 1024 * 1024
"""How many bytes a file may have."""
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""What servers say of files they do not know."""
_KNOWN = {
    ".html": ".html", ".htm": ".html", ".xhtml": ".html", ".md": ".md", ".markdown": ".md",
    ".txt": ".txt", ".text": ".txt", ".pdf": ".pdf", ".docx": ".docx",
}  # fmt: skip
_BEGINS = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}
_META = regex(r"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_TITLE = regex(r"<title[^>]*>([^<]{1,300})</title", re.IGNORECASE)
_SAVED_FROM = regex(r"<!--\s*saved from url=\(\d+\)(https?://[^\s\"'<>]+)\s*-->", re.IGNORECASE)
_HEAD = 1024
_BEFORE_SENTENCES = 4096
_BOM = "\ufeff"


class BroughtText(Struct, frozen=True):
    """The wording of a notice as it was brought.

    `suffix` is what it is kept as, `content` the bytes to keep, which are those that came unless they had to be
    written as UTF-8. `url` is where it is published, as far as that is known; `page` is what was fetched, `path` the
    file that it was read from.
    """

    called: str
    suffix: str
    content: bytes
    url: str = ""
    page: FetchedPage | None = None
    path: Path | None = None

    def seen(self, name: str, main: str = "") -> NoticeText:
        """What a reader sees of it. Raises `NoText`."""
        if formats.is_binary(name):
            return formats.notice_of_bytes(name, self.content)
        return formats.notice_of_text(SourceFile(name, self.text), main)

    @property
    def text(self) -> str:
        """Its text, where it has lines of its own."""
        return self.content.decode("utf-8").removeprefix(_BOM)

    @property
    def title(self) -> str:
        """What the page calls itself, in the bar of a browser; nothing where it is no page."""
        found = _TITLE.search(self.text[:LARGEST]) if self.suffix == ".html" else None
        return " ".join(unescape(found[1]).split()) if found else ""

    def fetched(self, day: date) -> dict[str, str]:
        """What the register keeps of how it came; nothing where it was a file."""
        if self.page is None:
            return {}
        return {"url": self.page.url, "on": day.isoformat(), "sha256": self.page.sha256}


def brought(named: str, bounds: FetchBounds) -> BroughtText:
    """What a file or an address gives. Raises `CannotRead` or `CannotFetch`."""
    return of_page(fetch(named, bounds), named) if is_address(named) else of_file(Path(named))


def of_file(path: Path) -> BroughtText:
    """The wording in a file. Raises `CannotRead`."""
    try:
        content = bounded(path, LARGEST)
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error).lower()
        raise CannotRead(f"{path}: cannot read it: {reason}") from error
    suffix = _KNOWN.get(path.suffix.lower())
    if suffix is None:
        known = "Markdown (.md), text (.txt), a saved page (.html), Word (.docx) or PDF"
        raise CannotRead(f"{path} is none of what can be read: {known}; save it as one of these")
    told = _as_told(content, suffix, str(path))
    saved = _SAVED_FROM.search(told[:_HEAD].decode("utf-8")) if suffix == ".html" else None
    return BroughtText(path.stem, suffix, told, saved[1] if saved else "", path=path)


def of_page(page: FetchedPage, asked: str) -> BroughtText:
    """The wording on a page that was fetched. Raises `CannotRead` where it is of a type that is not read."""
    path = PurePosixPath(unquote(urlsplit(page.url).path))
    by_name = _KNOWN.get(path.suffix.lower())
    suffix = by_name if page.type in _UNSAID else _TYPES.get(page.type)
    if page.type == "text/plain" and by_name == ".md":
        suffix = ".md"
    if suffix is None and page.type in _UNSAID:
        suffix = next((s for begins, s in _BEGINS.items() if page.content.startswith(begins)), None)
    if suffix is None:
        what = page.type or "of no type that its server names"
        raise CannotRead(f"{asked} is {what}; a page, a PDF, a Word file or text is read")
    told = _as_told(page.content, suffix, asked, page.charset)
    return BroughtText(path.stem or urlsplit(page.url).hostname or "", suffix, told, asked, page)


def read_or_refuse(brought_text: BroughtText, main: str = "") -> NoticeText:
    """What a reader sees of it. Raises `CannotRead` where that is nothing."""
    name = f"{brought_text.called}{brought_text.suffix}"
    try:
        return brought_text.seen(name, main)
    except NoText as none:
        raise CannotRead(f"{name}: {none.message}; {none.hint}") from none


def _as_told(content: bytes, suffix: str, named: str, charset: str = "") -> bytes:
    """The bytes to keep: as they are, or as UTF-8 where they are text of another encoding."""
    begins = next((s for start, s in _BEGINS.items() if content.startswith(start)), None)
    if begins and begins != suffix:
        raise CannotRead(f"{named} is called {suffix} and is a {begins} file; give it that ending")
    if formats.is_binary(f"x{suffix}"):
        return content
    if _is_utf_8(content) and not _says_otherwise(charset):
        return content
    said = (
        _META.search(content[:_BEFORE_SENTENCES].decode("latin-1")) if suffix == ".html" else None
    )
    label = charset or (said[1] if said else "")
    known = webencodings.lookup(label) or webencodings.lookup("windows-1252")
    text, _ = webencodings.decode(content, known, errors="replace")
    return f"{_BOM}{text}".encode()  # the mark tells a browser what the page itself says otherwise


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _says_otherwise(charset: str) -> bool:
    """Whether a server names an encoding in which bytes that look like UTF-8 are something else."""
    known = webencodings.lookup(charset) if charset else None
    return known is not None and known.name.startswith(("utf-16", "iso-2022"))
