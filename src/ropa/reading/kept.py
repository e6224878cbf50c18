"""What was read before of the same sentences, by the same words: plain values out of the books of the user."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.kept import KeptBook, KeptBooks, digest
from ropa.reading.names import Names
from ropa.reading.said import Reading
from ropa.register.vocabulary import Facet
from ropa.seen.text import NoticeText, Sentence
from ropa.seen.tree import Kind

ShortForms = tuple[tuple[str, Facet | None, str], ...]
"""The short forms that a text defines for itself, each with the word it stands for."""
Signs = tuple[tuple[int, int, str], ...]
"""Where in a text an item looks told, and how well."""

_T = TypeVar("_T")
_NOWHERE = Sentence("", "", "", Kind.PROSE, 0, 0)
_packed = msgspec.msgpack.Encoder(order="deterministic").encode
_reading = msgspec.msgpack.Decoder(Reading).decode
_short = msgspec.msgpack.Decoder(ShortForms).decode
_signs = msgspec.msgpack.Decoder(Signs).decode


class KeptReadings(Struct, frozen=True, dict=True):
    """What was read by the names of one register, and what is read now for the next run."""

    names: Names
    books: KeptBooks

    def of(
        self, sentence: Sentence, how: tuple[ShortForms, str], read: Callable[[], Reading]
    ) -> Reading:
        """The reading of a sentence, wherever in its notice it now stands, by names and `how` it is read besides."""
        apart = replace(sentence, start=0, end=0, lead_at=(), heading_at=None, row_at=None)
        key = digest(b"reading", _packed((apart, how)))
        kept = self._again(key, _reading)
        if kept is not None:
            return replace(kept, sentence=sentence)
        made = read()
        self._book.keep(key, _packed(replace(made, sentence=_NOWHERE)))
        return made

    def short_forms(self, text: NoticeText, find: Callable[[], ShortForms]) -> ShortForms:
        """The short forms that a text defines."""
        key = digest(b"short", text.folded.encode())
        kept = self._again(key, _short)
        if kept is None:
            kept = find()
            self._book.keep(key, _packed(kept))
        return kept

    def signs(self, text: NoticeText, item: str, detect: Callable[[], Signs]) -> Signs:
        """The sentences of a text that look as if they told an item."""
        if text not in self._texts:
            self._texts[text] = digest(_packed((text.written, text.sheet.lines)))
        key = digest(b"signs", item.encode(), self._texts[text])
        kept = self._again(key, _signs)
        if kept is None:
            kept = detect()
            self._book.keep(key, _packed(kept))
        return kept

    def _again(self, key: bytes, decode: Callable[[bytes], _T]) -> _T | None:
        """What is kept under a key; what is no such value after all is made anew."""
        held = self._book.of(key)
        try:
            return None if held is None else decode(held)
        except msgspec.MsgspecError:
            return None

    @cached_property
    def _texts(self) -> dict[NoticeText, bytes]:
        return {}

    @cached_property
    def _book(self) -> KeptBook:
        return self.books.book(b"readings", _packed(self.names.content))
