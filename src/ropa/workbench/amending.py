"""YAML changed where it stands: bytes in, bytes out, and every comment and line that is not concerned as it was.

A change is written the way a person would write it there. Then the file is read again: what it says has to be what it
said, with the change and nothing else, or nothing is changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.libyaml import stretches
from ropa.documents.source import Unreadable, decoded, parse
from ropa.errors import RopaError
from ropa.record.workbook.amending import amended

_PATH = "amended.yaml"
_BOM = b"\xef\xbb\xbf"


class CannotAmend(RopaError):
    """A file is laid out so that it cannot be changed in place."""


class Entry(Struct, frozen=True):
    """Which document of a file: by its kind and id, and where a file has several of them, the first."""

    kind: str
    id: str


def said(raw: bytes, entry: Entry) -> Mapping[str, Any]:
    """What a document of a file says. Raises `CannotAmend` where there is none."""
    documents = _documents(raw)
    data: Mapping[str, Any] = documents[_which(documents, entry)].data
    return data


def added(raw: bytes, entry: Entry, key: str, value: Any, at: int | None = None) -> bytes:
    """A file with one more item in the list under a key: before the item `at`, or behind them all."""
    data = said(raw, entry)
    listed = list(data.get(key) or ())
    listed.insert(len(listed) if at is None else at, value)
    return changed(raw, entry, {**data, key: listed})


def removed(raw: bytes, entry: Entry, key: str, at: int) -> bytes:
    """A file without one item of the list under a key; without the key where it was the last."""
    data = said(raw, entry)
    left = [one for number, one in enumerate(data[key]) if number != at]
    return changed(
        raw, entry, {k: left if k == key else v for k, v in data.items() if k != key or left}
    )


def changed(raw: bytes, entry: Entry, now: Mapping[str, Any]) -> bytes:
    """A file in which a document says something else. Raises `CannotAmend`."""
    documents = _documents(raw)
    number = _which(documents, entry)
    text = documents[number].file.text
    plain = text.replace("\r\n", "\n")
    (stretch,) = [
        s
        for s in stretches(plain)
        if plain.count("\n", 0, s.start) == documents[number].start >> COLUMN_BITS
    ]
    made = amended(plain, stretch, documents[number].data, now, exact=True)
    wanted = [now if n == number else document.data for n, document in enumerate(documents)]
    again = list(parse(SourceFile(_PATH, made)))
    if (
        any(document.problems for document in again)
        or [document.data for document in again] != wanted
    ):
        why = "is laid out so that it cannot be changed here; change it in an editor"
        raise CannotAmend(f"{entry.kind} {entry.id} {why}")
    ends = made.replace("\n", "\r\n") if "\r\n" in text else made
    return (_BOM if raw.startswith(_BOM) else b"") + ends.encode()


def with_document(raw: bytes, data: Any) -> bytes:
    """A file with one more document at its end; with it alone where it held nothing."""
    text = raw.decode()
    more = handwriting.document(data)
    if not text.strip():
        return more.encode()
    end = "" if text.endswith("\n") else "\n"
    return f"{text}{end}---\n{more}".encode()


def _documents(raw: bytes) -> Sequence[Document]:
    file = decoded(_PATH, raw)
    if isinstance(file, Unreadable):
        raise CannotAmend(file.problem.message)
    return list(parse(file))


def _which(documents: Sequence[Document], entry: Entry) -> int:
    for number, document in enumerate(documents):
        data = document.data
        if isinstance(data, dict) and (data.get("kind"), data.get("id")) == (entry.kind, entry.id):
            return number
    raise CannotAmend(f"there is no {entry.kind} {entry.id} in this file any more")
