"""The published texts of the notices: found beside the register, in whatever format, or why they cannot be had."""

from collections.abc import Callable, Iterable
from pathlib import Path

from ropa.documents.document import Document
from ropa.documents.kept import KeptBooks
from ropa.documents.source import Unreadable, decoded, read_bytes
from ropa.errors import CannotRead
from ropa.findings import Problem
from ropa.seen import formats
from ropa.seen.text import NoText, NoticeText, Texts

Read = Callable[[Path, str, str], NoticeText | Unreadable]
"""Reads the text of a file in a folder, or of a part of its page. Raises `NoText` where none can be had."""


def read_text_of(
    root: Path, path: str, main: str, books: KeptBooks | None = None
) -> NoticeText | Unreadable:
    """The text of one file, in whatever format, or of a part of its page. Raises `NoText` where none can be had.

    What is drawn out of Word and PDF is kept in the `books`, and taken from them.
    """
    raw = read_bytes(root, path)
    return raw if isinstance(raw, Unreadable) else text_of_bytes(path, raw, main, books)


def text_of_bytes(
    path: str, raw: bytes, main: str, books: KeptBooks | None = None
) -> NoticeText | Unreadable:
    """The same, from what the file holds."""
    if formats.is_binary(path):
        return formats.notice_of_bytes(path, raw, books)
    file = decoded(path, raw)
    return file if isinstance(file, Unreadable) else formats.notice_of_text(file, main)


def published_texts(documents: Iterable[Document], root: Path, read: Read = read_text_of) -> Texts:
    """The published text each notice names, or why it cannot be had."""
    notices = [d for d in documents if d.data["kind"] == "notice" and "text" in d.data]
    parts: dict[tuple[str, str], set[str]] = {}
    for d in notices:
        parts.setdefault((d.path, d.data["text"]), set()).add(_main(d))
    return {
        key: _text(d, d.data["text"], root, read) if len(parts[key]) == 1 else _two_parts(d)
        for d in notices
        for key in [(d.path, d.data["text"])]
    }


def _main(document: Document) -> str:
    """The part of its page that a notice names, empty where it names none."""
    return str(document.data.get("main", ""))


def _two_parts(document: Document) -> Problem:
    """Notices of one file are told apart by the names of their texts."""
    return Problem(
        (document.origin / ("main" if _main(document) else "text")).location,
        f"two notices in this file take different parts of {document.data['text']}",
        "keep each notice in a file of its own",
        (),
        f"notice/{document.data['id']}",
        "main",
    )


def read_notice_file(path: Path, main: str = "") -> NoticeText:
    """The text of one published notice, or of a part of its page, wherever it is. Raises `CannotRead`."""
    read = _read_or_why_not(path.parent, path.name, main)
    if isinstance(read, NoText):
        raise CannotRead(f"{path}: {read.message}; {read.hint}")
    return read


def _text(document: Document, written: str, root: Path, how: Read) -> NoticeText | Problem:
    at, where = (document.origin / "text").location, f"notice/{document.data['id']}"
    if written.startswith("/") or ".." in written.split("/"):
        message = f"the text {written} leads outside the folder of its notice"
        return Problem(at, message, "keep the text beside the notice", (), where, "text")
    folder = document.path.rpartition("/")[0]
    main = _main(document)
    if main and not formats.is_page(written):
        hint = "delete `main`: it names the part of a page in HTML that is the notice"
        at = (document.origin / "main").location
        return Problem(at, f"{written} is no page that has parts", hint, (), where, "main")
    path = f"{folder}/{written}" if folder else written
    read = _read_or_why_not(root, path, main, how)
    if isinstance(read, NoText):
        at = (document.origin / "main").location if "`main`" in read.message else at
        return Problem(at, f"{written}: {read.message}", read.hint, (), where, "text")
    if main or not formats.is_page(written) or _holds_every_quote(document, read):
        return read
    whole = _read_or_why_not(root, path, "body", how)
    return read if isinstance(whole, NoText) else whole


def _holds_every_quote(document: Document, text: NoticeText) -> bool:
    """Whether the words of all statements stand in what was taken for the notice."""
    statements = document.data.get("statements", ())
    return all(
        text.quoted(s["quote"], s.get("prefix", ""), s.get("suffix", ""))
        for s in statements
        if not s.get("proposed")
    )


def _read_or_why_not(
    root: Path, path: str, main: str = "", how: Read = read_text_of
) -> NoticeText | NoText:
    try:
        read = how(root, path, main)
    except NoText as none:
        return none
    if isinstance(read, Unreadable):
        return NoText(read.problem.message, read.problem.hint)
    return read
