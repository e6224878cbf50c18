"""The YAML that ships with the package: read once, and kept beside it as Python keeps byte code.

What is kept is plain data, never a verdict, and counts only for the very file it was made of: its size and
the time it was last changed have to match. Where it cannot be written, the file is read each time.
"""

import marshal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ropa.documents.document import COLUMN_BITS, Document, Origin, SourceFile
from ropa.documents.source import parse
from ropa.documents.whole import write_whole
from ropa.location import Pointer

_Plain = TypeVar("_Plain")
Kept = tuple[tuple[int, int], str, list[tuple[int, Any]]]
"""Size and time of the file, its text, and the start and data of each document."""


def shipped(path: Path) -> Iterator[Document]:
    """The documents of a file of the package, or of every file in a folder of it, in the order of their names."""
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else (path,):
        _, text, documents = _kept(file) or _keep(file)
        source = SourceFile(file.name, text)
        yield from (Document(source, data, start, find=_find) for start, data in documents)


def derived(
    name: str, sources: tuple[Path, ...], beside: Path, make: Callable[[], _Plain]
) -> _Plain:
    """What was made of files of the package before, of the code that makes it among them, or is made now and kept.

    It has to be plain data; that it is what `make` gives is held by the size and time of every source.
    """
    stamps = [_stamp(source) for source in sources]
    kept = beside / "__pycache__" / f"{name}.{sys.implementation.cache_tag}"
    with suppress(OSError, ValueError, EOFError, TypeError):
        found: tuple[list[tuple[int, int]], _Plain] = marshal.loads(kept.read_bytes())
        if found[0] == stamps:
            return found[1]
    made = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            whole: Any = (stamps, made)
            write_whole(kept, marshal.dumps(whole))
    return made


def is_own_word(origin: Origin) -> bool:
    """Whether a term is the register's own, written in a document of its own."""
    return (
        origin.document.find is not _find
        and origin.document.data["kind"] == "term"
        and not origin.pointer
    )


def _kept(path: Path) -> Kept | None:
    try:
        kept: Kept = marshal.loads(_beside(path).read_bytes())
        return kept if kept[0] == _stamp(path) else None
    except (OSError, ValueError, EOFError, TypeError, LookupError):
        return None


def _keep(path: Path) -> Kept:
    stamp, text = _stamp(path), path.read_text("utf-8")
    documents = [(document.start, document.data) for document in parse(SourceFile(path.name, text))]
    kept = (stamp, text, documents)
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # nothing is lost: it is read again the next time
            write_whole(_beside(path), marshal.dumps(kept))
    return kept


def _beside(path: Path) -> Path:
    return path.parent / "__pycache__" / f"{path.name}.{sys.implementation.cache_tag}"


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _find(file: SourceFile, line: int, pointer: Pointer) -> int:
    at = _parsed(file)[line].locate(pointer)
    return at.line - 1 << COLUMN_BITS | at.column - 1


@cache
def _parsed(file: SourceFile) -> Mapping[int, Document]:
    """The documents of a file by the line they begin on: read again at the first place that is asked for."""
    return {document.start >> COLUMN_BITS: document for document in parse(file)}
