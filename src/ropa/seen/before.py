"""What was read of a register, kept by its content: only a file that is otherwise than it was is read again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from os import scandir
from pathlib import Path

from ropa.documents.document import Document, SourceFile
from ropa.documents.source import (
    SUFFIXES,
    Unreadable,
    decoded,
    documents_of,
    read_bytes,
    read_files,
)
from ropa.seen.published import published_texts, text_of_bytes
from ropa.seen.text import NoText, NoticeText, Texts

MOST_KEPT = 512
"""How many texts of notices are kept."""

Files = Mapping[str, bytes]
"""What some files hold, by their paths from the register on."""
NOTHING: Files = {}
Stamp = tuple[int, int, int]
"""When a file was written, its length, and its number on the disk."""
_Held = tuple[SourceFile | Unreadable, tuple[Document, ...]]
"""A file as it was read, and the documents in it."""


def stamps(root: Path) -> Mapping[str, Stamp]:
    """Every file of a folder with what shows that it was written again; names that begin with a dot are passed over."""
    return dict(_stamped(root, ""))


def _stamped(root: Path, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with scandir(root / prefix) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _stamped(root, f"{prefix}{entry.name}/")
        else:
            try:
                status = entry.stat()
            except OSError:
                continue
            yield f"{prefix}{entry.name}", (status.st_mtime_ns, status.st_size, status.st_ino)


class ReadRegister:
    """The documents and texts of one register as they were last read, and how much has been read anew.

    `parsed` counts the YAML files that were read to data, `seen` the texts of notices.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parsed = self.seen = 0
        self._kept: dict[str, _Held] = {}
        self._tried: dict[str, _Held] = {}
        self._texts: dict[tuple[str, str, bytes], NoticeText | NoText] = {}

    def refresh(self) -> None:
        """Read what is otherwise than it was."""
        files = {file.path: file for file in read_files(self.root)}
        self._kept = {path: (file, self._of(file)) for path, file in files.items()}

    def documents(self, instead: Files = NOTHING) -> tuple[Document, ...]:
        """The documents of the register, those of some files by what they would hold `instead`."""
        files = {
            path: decoded(path, raw) for path, raw in instead.items() if path.endswith(SUFFIXES)
        }
        tried = {path: (file, self._of(file)) for path, file in files.items()}
        self._tried = tried or self._tried
        held = {path: found for path, (_, found) in (self._kept | tried).items()}
        return tuple(document for path in sorted(held) for document in held[path])

    def _of(self, file: SourceFile | Unreadable) -> tuple[Document, ...]:
        for known in (self._kept.get(file.path), self._tried.get(file.path)):
            if known is not None and known[0] == file:
                return known[1]
        self.parsed += 1
        return tuple(documents_of(file))

    def texts(self, documents: Iterable[Document], instead: Files = NOTHING) -> Texts:
        """The published texts of the notices among some documents, those of some files by what they would hold."""

        def read(root: Path, path: str, main: str) -> NoticeText | Unreadable:
            held = instead.get(path)
            raw = read_bytes(root, path) if held is None else held
            return raw if isinstance(raw, Unreadable) else self._text(path, main, raw)

        return published_texts(documents, self.root, read)

    def _text(self, path: str, main: str, raw: bytes) -> NoticeText | Unreadable:
        key = path, main, hashlib.sha256(raw).digest()
        known = self._texts.get(key)
        if known is None:
            made = self._made(path, raw, main)
            if isinstance(made, Unreadable):
                return made
            known = self._texts[key] = made
        if isinstance(known, NoText):
            raise known
        return known

    def _made(self, path: str, raw: bytes, main: str) -> NoticeText | NoText | Unreadable:
        self.seen += 1
        while len(self._texts) >= MOST_KEPT:
            self._texts.pop(next(iter(self._texts)))
        try:
            return text_of_bytes(path, raw, main)
        except NoText as none:
            return none
