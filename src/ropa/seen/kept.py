"""What was drawn out of a Word or PDF file before: the same words and lines of the same bytes, by the same reader."""

from collections.abc import Callable
from importlib import metadata

import msgspec
from msgspec import Struct

from ropa.documents.kept import KeptBooks, digest
from ropa.seen.tree import DrawnOut, Faint, LeftOut, Line, Seen

_READ_BY = ("mammoth", "pypdf", "selectolax", "tinycss2")
"""The packages whose version may change what is drawn out."""


class KeptDrawing(Struct, frozen=True, gc=False):
    """A `DrawnOut` as it is kept: its places are those of what is written, so that none of them come from elsewhere."""

    written: str
    lines: tuple[Line, ...]
    faint: tuple[Faint, ...]
    left_out: tuple[LeftOut, ...]
    closed: tuple[LeftOut, ...]
    links: tuple[str, ...]
    parts: tuple[tuple[int, str], ...]
    unsettled: int
    divided: tuple[int, ...]

    @staticmethod
    def of(drawn: DrawnOut) -> "KeptDrawing":
        """What is to be kept."""
        seen = drawn.seen
        return KeptDrawing(
            *(seen.written, seen.lines, seen.faint, seen.left_out, seen.closed, seen.links),
            *(drawn.parts, drawn.unsettled, drawn.divided),
        )

    def drawn(self) -> DrawnOut:
        """What it was made of."""
        asides = (self.faint, self.left_out, self.closed, self.links)
        seen = Seen(self.written, self.lines, None, *asides)
        return DrawnOut(seen, self.parts, self.unsettled, self.divided)


def drawn_again(
    suffix: str, raw: bytes, draw: Callable[[bytes], DrawnOut], books: KeptBooks
) -> DrawnOut:
    """What is drawn out of a file: out of the books, or by `draw`, whatever that raises."""
    book = books.book(b"drawn out", suffix.encode(), digest(raw), *map(_version, _READ_BY))
    held = book.of(b"")
    if held is not None:
        try:
            return msgspec.msgpack.decode(held, type=KeptDrawing).drawn()
        except msgspec.MsgspecError:
            pass
    made = draw(raw)
    if made.seen.origins is None:
        book.keep(b"", msgspec.msgpack.encode(KeptDrawing.of(made)))
    return made


def _version(name: str) -> bytes:
    try:
        return metadata.version(name).encode()
    except metadata.PackageNotFoundError:
        return b""
