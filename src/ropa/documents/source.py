"""Files in, plain data and the place of every value out.

It reads the JSON-like part of YAML on purpose: `country: NO` is Norway, `2026-01-31` and `010` are text, and
aliases and tags are refused. Documents that are laid out plainly are read by `plain`, several times faster
than any parser; the others by `libyaml`. What a file may ask for is bounded.
"""

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.patterns import regex
from ropa.documents.plain import MOST_DOCUMENTS, NOTHING, Entry, Lines, Scalars
from ropa.documents.wrapped import NOT_PLAIN
from ropa.findings import Problem
from ropa.location import Location, Pointer

LONGEST = 32 * 1024 * 1024
SUFFIXES = (".yaml", ".yml")
IMPORTED = "ropa-import.yaml"
"""What `ropa import` remembers: it stands in the folder of a register, and only what says its kind is a document."""

Watch = Callable[[int, int], None]
"""Told how many files are read, of how many."""


def nobody_watches(done: int, total: int) -> None:
    """What is told where nobody wants to know."""
    del done, total


_DASHES = regex(r"^---(?=\r?$)", re.MULTILINE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0) and os.O_NOFOLLOW | os.O_NONBLOCK


class Unreadable(Struct, frozen=True):
    """A file whose text cannot be had, and the place and reason."""

    path: str
    problem: Problem


def read_tree(root: Path, watch: Watch = nobody_watches) -> Iterator[Document]:
    """Every document of every YAML file under `root`, in the order of their paths.

    Names that begin with a dot are passed over. What cannot be read becomes a document without data
    whose problem says why.
    """
    memory = Memory()
    for file in read_files(root, watch):
        yield from documents_of(file, memory)


def read_files(root: Path, watch: Watch = nobody_watches) -> Iterator[SourceFile | Unreadable]:
    """The text of every YAML file under `root`, in the order of their paths, or why it cannot be had."""
    found = sorted(_yaml_files(root), key=lambda it: it if isinstance(it, str) else it.path)
    for done, path in enumerate(found, 1):
        yield _read_plain(root, path) if isinstance(path, str) else path
        watch(done, len(found))


def documents_of(
    file: SourceFile | Unreadable, memory: "Memory | None" = None
) -> Iterator[Document]:
    """The documents of a file; of one that cannot be read, a document without data whose problem says why."""
    match file:
        case SourceFile():
            found = parse(file, memory)
            yield from found if file.path != IMPORTED else filter(_says_its_kind, found)
        case Unreadable(path, problem):
            yield Document(SourceFile(path, ""), None, problems=(problem,))


def _says_its_kind(document: Document) -> bool:
    """Whether what is read in `ropa-import.yaml` is a document after all, or may be one."""
    return bool(document.problems) or (isinstance(document.data, dict) and "kind" in document.data)


def read_text(root: Path, path: str) -> SourceFile | Unreadable:
    """The text of one file inside `root`; it never follows a path or a link out of there."""
    raw = read_bytes(root, path)
    return raw if isinstance(raw, Unreadable) else decoded(path, raw)


def read_bytes(root: Path, path: str) -> bytes | Unreadable:
    """What is in one file inside `root`, read as `read_text` reads it."""
    whole = root / path
    try:
        inside = whole.resolve(strict=True).is_relative_to(root.resolve())
        status = whole.stat()
        if not inside:
            return _unreadable(path, "it leads outside the register", "keep it inside the folder")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "it is not an ordinary file", "replace it by a file")
        if status.st_size > LONGEST:
            return _unreadable(path, f"it is larger than {LONGEST >> 20} MiB", "split it")
        return whole.read_bytes()
    except FileNotFoundError:
        return _unreadable(path, "there is no such file", "check the name")
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name, ...
        return _unreadable(path, _reason(error), "check its name and permissions")


def bounded(path: Path, most: int) -> bytes:
    """What is in an ordinary file that somebody named. Raises `OSError`, as for a device or more than `most` bytes."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file")
        held = file.read(most + 1)
    if len(held) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20} MiB")
    return held


def _without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to must not be waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_plain(root: Path, path: str) -> SourceFile | Unreadable:
    """The text of a file that was found by walking: quickly, unless it is a link or no ordinary file."""
    try:
        descriptor = os.open(f"{root}/{path}", os.O_RDONLY | _NOT_A_LINK)
        try:
            status = os.fstat(descriptor)
            ordinary = _NOT_A_LINK and stat.S_ISREG(status.st_mode) and status.st_size <= LONGEST
            raw = os.read(descriptor, status.st_size + 1) if ordinary else None
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return read_text(root, path)
    if raw is None or len(raw) != status.st_size:  # it grew, or came in pieces
        return read_text(root, path)
    return decoded(path, raw)


class Memory:
    """The words and lines that were met, for all the files that share it."""

    def __init__(self) -> None:
        self.scalars = Scalars()
        self.lines = Lines(self.scalars)
        self._outlines: dict[tuple[SourceFile, int], Entry] = {}

    def find(self, file: SourceFile, line: int, pointer: Pointer) -> int:
        """The packed place of something in the plainly laid out document that begins on a line."""
        outline = self._outlines.get((file, line))
        if outline is None:
            outline = self._outlines[file, line] = self.lines.outline(_document(file, line))
        down, column = self.lines.place(lambda n: file.line(line + n + 1), outline, pointer)
        return line + down << COLUMN_BITS | column


def _document(file: SourceFile, line: int) -> list[str]:
    """The lines of the document that begins on a line, or has its first words there."""
    begin = file.offset(line)
    end = _DASHES.search(file.text, begin)
    return file.text[begin : end.start() if end else None].splitlines()


def parse(file: SourceFile, memory: Memory | None = None) -> Iterator[Document]:
    """The documents of one YAML stream."""
    memory = memory or Memory()
    if not file.text.isascii() and (odd := _ODD_INDENT.search(file.text)):
        return iter((_oddly_indented(file, odd.start()),))
    if "<<<<<<< " in file.text and (conflict := _CONFLICT.search(file.text)):
        return iter((_in_conflict(file, conflict.start()),))
    sound = _laid_out_plainly(file, memory)
    if sound is not None:
        return iter(sound)
    from ropa.documents import libyaml

    return libyaml.parse(file, memory.scalars)


_ODD_INDENT = regex(
    r"^[ ]*[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000][\s\u200b]*(?:- |[\w-]+:(?:\s|$))",
    re.MULTILINE,
)
"""A line that is indented with signs that look like spaces and are none."""


def _oddly_indented(file: SourceFile, offset: int) -> Document:
    line = file.text.count("\n", 0, offset)
    message = "this line is indented with no-break spaces, as text from Word or a web page is"
    hint = "put ordinary spaces in their place, here and in the lines below"
    at = file.stretch(line, 0)
    return Document(
        file, None, problems=(Problem(at, message, hint, where=file.path, facet="indentation"),)
    )


_CONFLICT = regex(r"^<{7} ", re.MULTILINE)
"""Where git leaves two versions of some lines for somebody to choose from."""


def _in_conflict(file: SourceFile, offset: int) -> Document:
    at = file.stretch(file.text.count("\n", 0, offset), 0)
    message = "a merge stopped here: two versions of the same lines stand below one another"
    hint = "keep what is right of the two, and delete the lines with <<<<<<<, ======= and >>>>>>>"
    problem = Problem(at, message, hint, where=file.path, facet="conflict")
    return Document(file, None, problems=(problem,))


def _laid_out_plainly(file: SourceFile, memory: Memory) -> list[Document] | None:
    """The documents of a file without faults; None where libyaml has to say what is wrong with it.

    Those that are not laid out plainly are read by libyaml, one by one.
    """
    text = file.text.replace("\r\n", "\n")
    if "\r" in text or "\n--- " in text or text.startswith("--- "):
        return None
    if text.count("\n---") >= MOST_DOCUMENTS:
        return None
    lines = text.split("\n")
    lines.append("---")
    documents: list[Document] = []
    first = 0
    while first < len(lines):
        end = lines.index("---", first)
        inside = lines[first:end]
        if end < len(lines) - 1:
            inside.append("")  # its last line ends, too
        data = memory.lines.read(inside)
        if data is NOT_PLAIN:
            from ropa.documents import libyaml

            read = libyaml.parse_stretch(file, first, inside, memory.scalars)
            if any(document.problems for document in read):
                return None
            documents += read
        elif data is not NOTHING:
            start = first + next(n for n, line in enumerate(inside) if line[:1] not in " #")
            documents.append(Document(file, data, start << COLUMN_BITS, find=memory.find))
        first = end + 1
    return documents


def comments(file: SourceFile, marker: str) -> Iterator[tuple[int, int, str]]:
    """The comments with a marker in them: the line and column of their `#`, counted from 0, and their text."""
    if marker in file.text:
        from ropa.documents import libyaml

        yield from libyaml.comments(file, marker)


def _yaml_files(root: Path) -> Iterator[str | Unreadable]:
    """The paths of the files, and the folders that cannot be looked into."""
    folders = [""]
    while folders:
        prefix = folders.pop()
        try:
            with os.scandir(root / prefix) as entries:
                seen = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            yield _unreadable(
                prefix.rstrip("/") or ".", _reason(error), "check its name and permissions"
            )
            continue
        for entry in seen:
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{path}/")
            elif entry.name.lower().endswith(SUFFIXES):
                yield _named_in_utf8(path)
            elif entry.is_symlink() and leads_to_folder(entry):
                yield _unreadable(
                    path, "a link to a folder is not followed", "put the folder itself here"
                )


def leads_to_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a folder or a link to one; a link that leads round in a circle leads nowhere."""
    try:
        return entry.is_dir()
    except OSError as error:
        return error.errno != errno.ELOOP  # what else cannot be followed may be a folder


def _named_in_utf8(path: str) -> str | Unreadable:
    """The path, unless no report could write it down."""
    shown = path.encode("utf-8", "backslashreplace").decode()
    return path if shown == path else _unreadable(shown, "its name is not UTF-8", "rename it")


def decoded(path: str, raw: bytes) -> SourceFile | Unreadable:
    """The text of a file from its bytes, or where they are no UTF-8."""
    try:
        return SourceFile(path, raw.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        before = SourceFile(path, error.object[: error.start].decode("utf-8", "replace"))
        line, column = len(before.lines), len(before.lines[-1]) + 1
        at = Location(path, line, column, line, column + 1)
        byte = error.object[error.start]
        message = f"the text is not UTF-8: byte 0x{byte:02x} does not belong here"
        if raw.startswith(_UTF_16):
            message = "the text is UTF-16 or UTF-32, not UTF-8"
        hint = "save the file as UTF-8"
        return Unreadable(path, Problem(at, message, hint, where=path, facet="text"))


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or "its name cannot be used").lower()


def _unreadable(path: str, reason: str, hint: str) -> Unreadable:
    message = f"cannot read it: {reason}"
    return Unreadable(path, Problem(Location(path), message, hint, where=path, facet="file"))
