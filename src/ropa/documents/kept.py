"""What a later run may use again, in the user's own folder: bytes under the hash of all that they were made of.

Nothing in it is a verdict, and nothing in it is code. A file counts only where its own hash is right, so that one that
is damaged or cut short is made anew; where nothing can be kept, nothing is lost but time.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from ropa.documents.own_folder import FolderNotOurs, own_folder
from ropa.documents.whole import write_whole
from ropa.errors import CannotWrite

MOST_OF_A_BOOK = 8 << 20
"""How many bytes one book may hold beside what was used last; then only that stays in it."""
MOST_BYTES = 128 << 20
"""How large the whole folder may grow; then the books that were used longest ago go."""
_HASH = 32
_FORM = b"1"
_A_DAY = 86_400.0
_READERS = ("documents", "seen", "register", "law", "flows", "saying", "wording", "reading")
"""The rooms of the package whose files may change what is kept: all that read, and none that judges."""


class KeptBook:
    """Bytes by their keys, which are kept together: read when one is first asked for, written when all is done."""

    def __init__(self, read: Callable[[], dict[bytes, bytes]]) -> None:
        self._read = read
        self._there: dict[bytes, bytes] | None = None
        self._used: dict[bytes, bytes] = {}
        self.new = False

    @property
    def there(self) -> dict[bytes, bytes]:
        """What was kept before."""
        if self._there is None:
            self._there = self._read()
        return self._there

    def of(self, key: bytes) -> bytes | None:
        """What is kept under a key, or was made for it in this run."""
        found = self._used.get(key) or self.there.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def keep(self, key: bytes, made: bytes) -> None:
        """Keep what was made, for the run after this one."""
        self._used[key] = made
        self.new = True

    def content(self) -> dict[bytes, bytes]:
        """What is to be kept now: what was used, and what else was there while that is little."""
        whole = {**self.there, **self._used}
        return whole if sum(map(len, whole.values())) <= MOST_OF_A_BOOK else self._used


class KeptBooks:
    """The books of this user. Without a `folder` nothing is there and nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._open: dict[str, KeptBook] = {}

    def book(self, *made_of: bytes) -> KeptBook:
        """The book of what was made of these, by this version of the tool."""
        name = digest(_FORM, _tool() if self.folder else b"", *made_of).hex()
        if name not in self._open:
            self._open[name] = KeptBook(lambda: self._read(name))
        return self._open[name]

    def write(self) -> None:
        """Keep what is new. Never raises: a full disk, or a folder that is gone, costs the next run its time."""
        with suppress(OSError):
            written = [self._write(name, book) for name, book in self._open.items() if book.new]
            if any(written):
                self._fit()

    def _read(self, name: str) -> dict[bytes, bytes]:
        if self.folder is None:
            return {}
        try:
            path = self.folder / name
            held = path.read_bytes()
            if held[:_HASH] == digest(name.encode(), held[_HASH:]):
                _note_use(path)
                return msgspec.msgpack.decode(held[_HASH:], type=dict[bytes, bytes])
        except (OSError, ValueError):
            pass
        return {}

    def _write(self, name: str, book: KeptBook) -> bool:
        if self.folder is None:
            return False
        packed = msgspec.msgpack.encode(book.content())
        write_whole(self.folder / name, digest(name.encode(), packed) + packed)
        (self.folder / name).chmod(0o600)
        return True

    def _fit(self) -> None:
        """Let the books go that were used longest ago, until the others fit."""
        assert self.folder is not None
        room = MOST_BYTES
        for _, size, path in sorted(_files(self.folder), reverse=True):
            room -= size
            if room < 0:
                Path(path).unlink(missing_ok=True)


def kept_books() -> tuple[KeptBooks, str]:
    """The books of this user, and why their folder is not used, where somebody else has a hand in it.

    That there is no room for a folder concerns nobody: nothing is kept then, and nothing is said.
    """
    try:
        return KeptBooks(own_folder("check")), ""
    except FolderNotOurs as error:
        return KeptBooks(), str(error)
    except CannotWrite:
        return KeptBooks(), ""


def digest(*parts: bytes) -> bytes:
    """The hash of some bytes, in which none can pass for part of another."""
    whole = blake2b(digest_size=_HASH)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            yield status.st_mtime, status.st_size, entry.path


def _note_use(path: Path) -> None:
    """So that what is used does not go for its age; once a day is enough."""
    status = path.stat()
    if abs(_now() - status.st_mtime) > _A_DAY:
        os.utime(path)


def _now() -> float:
    import time

    return time.time()


@cache
def _tool() -> bytes:
    """What reads: the version of Python, and each file of the rooms that read, by its size and time."""
    package = Path(__file__).parents[1]
    files = (
        f"{room}/{entry.name} {status.st_size} {status.st_mtime_ns}"
        for room in _READERS
        for entry in _entries(package / room)
        for status in (entry.stat(),)
    )
    return "\n".join((sys.version, *sorted(files))).encode()


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _entries(Path(entry.path))
            elif entry.name.endswith((".py", ".yaml")):
                yield entry
