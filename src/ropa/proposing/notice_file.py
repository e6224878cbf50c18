"""The statements in the file of a notice: added to, changed and taken out, and nothing else of the file touched."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ropa.documents import handwriting
from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.libyaml import Stretch, stretches
from ropa.documents.source import parse
from ropa.errors import CannotWrite
from ropa.record.workbook.amending import amended

Data = Mapping[str, Any]
KEY = "statements"


class NoticeFile:
    """The text of a file that holds the document of a notice, while its statements are changed.

    Comments, order and layout of everything that is not changed stay. Raises `CannotWrite` where the text is laid out
    so that a change cannot be made to it without changing more.
    """

    def __init__(self, document: Document) -> None:
        self.path = document.path
        self.text = document.file.text
        self.line = document.start >> COLUMN_BITS
        self.entries: list[Any] = list(_listed(document.data.get(KEY, ())))
        self._before = {k: v for k, v in document.data.items() if k != KEY}

    def add(self, entries: Sequence[Data]) -> None:
        """Write further statements behind those that are there."""
        if entries:
            self.text = self._with(entries)
            self._holds([*self.entries, *entries])

    def change(self, number: int, now: Data | None) -> None:
        """Let the statement of that number, counted from 1, say something else; or take it out."""
        item, before = self._items[number - 1], self.entries[number - 1]
        if now is None:
            self.text = self._without(item)
        elif item.block and item.keys:
            self.text = amended(self.text, item, before, now)
        else:
            written = handwriting.inline(dict(now))
            self.text = f"{self.text[: item.start]}{written}{self.text[item.end :]}"
        inside = [] if now is None else [now]
        self._holds([*self.entries[: number - 1], *inside, *self.entries[number:]])

    def on_disk(self, root: Path) -> bytes:
        """The bytes to write, with the mark at the beginning that the file has."""
        marked = (root / self.path).read_bytes().startswith(b"\xef\xbb\xbf")
        return (b"\xef\xbb\xbf" if marked else b"") + self.text.encode("utf-8")

    @property
    def _document(self) -> Stretch:
        return next(s for s in stretches(self.text) if self._line_of(s.start) >= self.line)

    @property
    def _items(self) -> Sequence[Stretch]:
        _, held = (self._document.keys or {})[KEY]
        return held.items or ()

    def _line_of(self, at: int) -> int:
        return self.text.count("\n", 0, at)

    def _with(self, entries: Sequence[Data]) -> str:
        here = self._document
        keys = here.keys or {}
        if KEY not in keys:
            return _inserted(self.text, here.end, handwriting.entry(KEY, list(entries), ""))
        at, held = keys[KEY]
        if held.block and held.items:
            margin = self._margin(held.items[0])
            written = "".join(handwriting.item(dict(entry), margin) for entry in entries)
            return _inserted(self.text, held.end, written)
        written = handwriting.entry(KEY, [*self.entries, *entries], "").rstrip("\n")
        return f"{self.text[:at]}{written}{self.text[held.end :]}"

    def _margin(self, item: Stretch) -> str:
        dash = self.text.rindex("-", 0, item.start)
        return " " * (dash - self.text.rfind("\n", 0, dash) - 1)

    def _without(self, item: Stretch) -> str:
        if len(self._items) == 1:
            at, held = (self._document.keys or {})[KEY]
            return f"{self.text[:at]}{KEY}: []{self.text[held.end :]}"
        dash = self.text.rindex("-", 0, item.start)
        start = self.text.rfind("\n", 0, dash) + 1
        end = self.text.find("\n", item.end)
        return self.text[:start] + ("" if end < 0 else self.text[end + 1 :])

    def _holds(self, entries: Sequence[Any]) -> None:
        """Make sure that the text says what it is to say, and everything else as before."""
        try:
            documents = list(parse(SourceFile(self.path, self.text)))
        except ValueError:
            documents = []
        said = [d.data for d in documents if d.start >> COLUMN_BITS == self.line]
        if not said or said[0] != {**self._before, KEY: list(entries)}:
            raise CannotWrite(
                f"{self.path} is laid out so that its statements cannot be changed without changing more; write"
                " `statements:` as a list, an entry below the other, and run this again"
            )
        self.entries = list(entries)


def _listed(entries: Any) -> Sequence[Any]:
    return entries if isinstance(entries, (list, tuple)) else (entries,)


def _inserted(text: str, after: int, written: str) -> str:
    """The text with lines put in below that of a place."""
    end = text.find("\n", after)
    if end < 0:
        return f"{text}\n{written}"
    return f"{text[: end + 1]}{written}{text[end + 1 :]}"
