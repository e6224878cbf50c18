"""Documents that are not in the register yet: a planned activity, a draft notice, read as if they were."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import well_formed
from ropa.documents.source import SUFFIXES, Unreadable, parse, read_text
from ropa.errors import CannotRead
from ropa.findings import Problem
from ropa.register.model import Register
from ropa.saying import phrases
from ropa.seen.published import published_texts
from ropa.seen.text import NoticeText, Texts


class Planned(Struct, frozen=True):
    """Some documents by their files' paths as seen from the register, and the texts of their notices."""

    documents: tuple[Document, ...]
    texts: Texts

    def without(self, documents: Iterable[Document]) -> tuple[Document, ...]:
        """The register's documents as if these files were not among its own."""
        paths = {document.path for document in self.documents}
        return tuple(document for document in documents if document.path not in paths)

    def among(
        self, documents: Iterable[Document], inside: Collection[str] = ()
    ) -> tuple[Document, ...]:
        """The register's documents with these: in the place of those with the same id, or behind them all.

        What comes from the files `inside` the register takes no other document's place: it was there beside it.
        """
        mine = {_identity(d): d for d in self.documents if _identity(d) and d.path not in inside}
        taken = tuple(mine.pop(_identity(document), document) for document in documents)
        left = {id(document) for document in taken}
        return (*taken, *(d for d in self.documents if id(d) not in left))

    def not_yet(self, register: Register, day: date) -> Iterator[str]:
        """The notices among these that nobody gets on the day, so that they tell nothing."""
        for notice in register.notices.values():
            if notice.origin.document in self.documents and not notice.in_force(day):
                when = f"from {phrases.day(notice.start)}" if notice.start else ""
                when += f" to {phrases.day(notice.end)}" if notice.end else ""
                yield f"“{notice.name}” is in force {when.strip()}, and tells nothing on {phrases.day(day)}"


def read_planned(files: Iterable[Path], root: Path) -> Planned:
    """The documents of some files, wherever they are. Raises `CannotRead`."""
    documents: list[Document] = []
    texts: dict[tuple[str, str], NoticeText | Problem] = {}
    for path in files:
        shown = Path(os.path.relpath(path.resolve(), root.resolve())).as_posix()
        found = tuple(parse(replace(_read(path), path=shown)))
        if not found:
            raise CannotRead(f"{path} holds no document")
        documents += found
        texts |= _texts(found, path, shown)
    return Planned(tuple(documents), texts)


def _read(path: Path) -> SourceFile:
    if path.suffix.lower() not in SUFFIXES:
        raise CannotRead(f"{path} is not YAML; name a file that ends in {' or '.join(SUFFIXES)}")
    file = read_text(path.parent, path.name)
    if isinstance(file, Unreadable):
        raise CannotRead(f"{path}: {file.problem.message}; {file.problem.hint}")
    return file


def _texts(
    documents: Iterable[Document], path: Path, shown: str
) -> Mapping[tuple[str, str], NoticeText | Problem]:
    """The texts of the notices of one file: they stand beside it, inside the register or not."""
    here = [
        replace(d, file=replace(d.file, path=path.name))
        for d in documents
        if not d.problems and well_formed(d)
    ]
    found = published_texts(here, path.parent)
    return {(shown, key): _seen_from_the_register(text, shown) for (_, key), text in found.items()}


def _seen_from_the_register(text: NoticeText | Problem, shown: str) -> NoticeText | Problem:
    if isinstance(text, NoticeText):
        folder = shown.rpartition("/")[0]
        path = f"{folder}/{text.file.path}" if folder else text.file.path
        return replace(text, file=replace(text.file, path=path))
    return replace(text, at=replace(text.at, path=shown))


def _identity(document: Document) -> tuple[str, ...]:
    """What two documents must share for one to replace the other; nothing for what is no document of ours."""
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return ()
    return tuple(str(data.get(key, "")) for key in ("kind", "facet", "id"))
