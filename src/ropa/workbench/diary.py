"""What was done at the workbench, in the order in which it was done, so that it can be undone: also by the next server.

A line says what is about to be written, and what stood there before; another that it was. Whoever is killed between the
two has written either all of it or nothing, and the files themselves tell which.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.whole import write_whole

Held = Mapping[str, bytes | None]
"""What files hold, by their paths; None for one that is not there."""
NAME = ".ropa-review.jsonl"
MOST_KEPT = 200
"""How many doings can be undone, one after the other."""


class DeskDoing(Struct, frozen=True, tag="did"):
    """Something that was written: when, what in a sentence, what each file held before, and the mark of what it got.

    A file that was not there before held None.
    """

    number: int
    when: str
    said: str
    before: Mapping[str, str | None]
    after: Mapping[str, str]
    undone: bool = False


class _TakenBack(Struct, frozen=True, tag="undid"):
    """That a doing was undone."""

    undone: int


def mark(raw: bytes | None) -> str:
    """A short name for what a file holds, by which it is known again; nothing for no file."""
    return "" if raw is None else hashlib.sha256(raw).hexdigest()[:16]


class Diary:
    """The doings of a register, kept in a file that only its owner may read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._doings = {doing.number: doing for doing in self._read()}

    @property
    def doings(self) -> tuple[DeskDoing, ...]:
        """Everything that was done, the first first."""
        return tuple(self._doings.values())

    @property
    def last(self) -> DeskDoing | None:
        """What would be undone next."""
        return next((doing for doing in reversed(self.doings) if not doing.undone), None)

    def begin(self, when: str, said: str, before: Held, after: Held) -> DeskDoing:
        """Note what is about to be written."""
        number = max(self._doings, default=0) + 1
        doing = DeskDoing(
            number,
            when,
            said,
            {
                path: None if raw is None else raw.decode("utf-8", "surrogateescape")
                for path, raw in before.items()
            },
            {path: mark(raw) for path, raw in after.items()},
        )
        self._append(doing)
        self._doings[number] = doing
        return doing

    def drop(self, doing: DeskDoing) -> None:
        """What was begun was not written after all."""
        self._append(_TakenBack(doing.number))
        self._doings.pop(doing.number, None)

    def undo(self, doing: DeskDoing) -> None:
        """What was written was taken back."""
        self._append(_TakenBack(doing.number))
        self._doings[doing.number] = replace(doing, undone=True)

    def _append(self, said: DeskDoing | _TakenBack) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # it begins a line of its own, since whoever came before may have been killed in the middle of one
            os.write(descriptor, b"\n" + msgspec.json.encode(said) + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _read(self) -> Iterator[DeskDoing]:
        """What the file says, without a line that was not written to its end; a long file is cut to what is kept."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return
        found: dict[int, DeskDoing] = {}
        for line in lines:
            try:
                said = msgspec.json.decode(line, type=DeskDoing | _TakenBack)
            except (msgspec.DecodeError, msgspec.ValidationError):
                continue
            if isinstance(said, DeskDoing):
                found[said.number] = said
            elif said.undone in found:
                found[said.undone] = replace(found[said.undone], undone=True)
        kept = list(found.values())[-MOST_KEPT:]
        if len(lines) > 4 * MOST_KEPT:
            write_whole(self.path, b"".join(msgspec.json.encode(doing) + b"\n" for doing in kept))
            self.path.chmod(0o600)
        yield from kept
