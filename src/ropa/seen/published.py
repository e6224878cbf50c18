"""The published texts of the notices: found beside the register, in whatever format, or why they cannot be had."""

from collections.abc import Iterable
from pathlib import Path

from ropa.documents.document import Document
from ropa.documents.source import Unreadable, read_bytes, read_text
from ropa.errors import CannotRead
from ropa.findings import Problem
from ropa.seen import formats
from ropa.seen.text import NoText, NoticeText, Texts


def published_texts(documents: Iterable[Document], root: Path) -> Texts:
    """The published text each notice names, or why it cannot be had."""
    notices = (d for d in documents if d.data["kind"] == "notice" and "text" in d.data)
    return {(d.path, d.data["text"]): _text(d, d.data["text"], root) for d in notices}


def read_notice_file(path: Path) -> NoticeText:
    """The text of one published notice, wherever it is. Raises `CannotRead`."""
    read = _read_or_why_not(path.parent, path.name)
    if isinstance(read, NoText):
        raise CannotRead(f"{path}: {read.message}; {read.hint}")
    return read


def _text(document: Document, written: str, root: Path) -> NoticeText | Problem:
    at, where = (document.origin / "text").location, f"notice/{document.data['id']}"
    if written.startswith("/") or ".." in written.split("/"):
        message = f"the text {written} leads outside the folder of its notice"
        return Problem(at, message, "keep the text beside the notice", (), where, "text")
    folder = document.path.rpartition("/")[0]
    read = _read_or_why_not(root, f"{folder}/{written}" if folder else written)
    if isinstance(read, NoText):
        return Problem(at, f"{written}: {read.message}", read.hint, (), where, "text")
    return read


def _read_or_why_not(root: Path, path: str) -> NoticeText | NoText:
    try:
        read = _read(root, path)
    except NoText as none:
        return none
    if isinstance(read, Unreadable):
        return NoText(read.problem.message, read.problem.hint)
    return read


def _read(root: Path, path: str) -> NoticeText | Unreadable:
    """The text of one file, in whatever format. Raises `NoText` where none can be had of it."""
    if formats.is_binary(path):
        raw = read_bytes(root, path)
        return raw if isinstance(raw, Unreadable) else formats.notice_of_bytes(path, raw)
    file = read_text(root, path)
    return file if isinstance(file, Unreadable) else formats.notice_of_text(file)
