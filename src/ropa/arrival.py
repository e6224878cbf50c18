"""A foreign record of processing into the files of a register, and the account of its cells.

Nothing of a register is written while something in the file waits for an answer, unless that is wanted. What an
earlier reading wrote, and somebody has changed since, is only changed where the file says something else now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa import plugins
from ropa.documents import handwriting
from ropa.documents.document import Document
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import IMPORTED, read_tree
from ropa.errors import CannotRead
from ropa.findings import Problem
from ropa.foreign import memory
from ropa.foreign.account import OF_ORGANISATION, Fate, ForeignReading, NewWord, ReadCell
from ropa.foreign.drafts import NOT_RECORDED
from ropa.foreign.lookup import plain, says_nothing
from ropa.foreign.memory import Remembered, fingerprint, fingerprints, remembered
from ropa.foreign.organisation import LABEL
from ropa.foreign.surroundings import Surroundings
from ropa.foreign.words import WordBook, finders
from ropa.intake import (
    WritingPlan,
    ordered,
    refuse_broken,
    refuse_passed_over,
    texts_of,
    with_files,
)
from ropa.record.workbook.carried import Carried, identity, said
from ropa.record.workbook.spreadsheet import Spot
from ropa.register.build import build
from ropa.register.lexicon import Lexicon, shipped_terms

OWN = ("record-xlsx", "record-jsonld")
"""The importers of our own record, which comes back whole."""


class Arrival(Struct, frozen=True):
    """What comes of a foreign file: the text of each file to write, what changes in words, and the reading itself.

    While something is asked about, `files` hold only what is remembered, unless all was to be written so far.
    `held` says that it was not. `faults` keep everything from being written; `notes` are what was not carried over.
    """

    files: Mapping[str, str | None]
    changes: tuple[str, ...]
    reading: ForeignReading
    faults: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    held: bool = False


def format_of(content: bytes, name: str) -> str:
    """The importer that reads a file, by what stands in it and the ending of its name. Raises `CannotRead`."""
    for format_ in sorted(
        plugins.names("importers"), key=lambda n: (n not in OWN, n == "table", n)
    ):
        if plugins.load("importers", format_).recognises(content, name):
            return format_
    known = ".xlsx, .ods, .csv, .docx, .md, .json, .jsonld or .yaml"
    raise CannotRead(
        f"{name} is none of the files that can be read; name one that ends in {known}, or its --format"
    )


def bring_in(content: bytes, name: str, format_: str, root: Path, *, so_far: bool) -> Arrival:
    """What a foreign file changes in the register under `root`, which need not be there yet."""
    documents = tuple(read_tree(root)) if root.is_dir() else ()
    refuse_broken(documents)
    refuse_passed_over(root, documents)
    before = remembered(root)
    words = [d for d in documents if d.data["kind"] in ("term", "party")]
    vocabulary = Lexicon(words, shipped_terms()).vocabulary()
    ids = {
        plain(str(d.data["name"])): str(d.data["id"])
        for d in documents
        if d.data["kind"] == "activity"
    }
    around = Surroundings(
        WordBook(finders(vocabulary), [d.data for d in documents]), before.answers, ids
    )
    reading: ForeignReading = plugins.load("importers", format_).read_foreign(content, name, around)
    if not any(data["kind"] == "activity" for data in reading.documents):
        raise CannotRead(f"it is {reading.is_a}, and nothing in it says what is done with data")
    return _Arriving(name, documents, before, so_far=so_far).arrival(
        _beside_ours(reading, documents)
    )


def _beside_ours(reading: ForeignReading, documents: Iterable[Document]) -> ForeignReading:
    """The reading without its organisation, where the register says already whose it is: that is kept as a note."""
    ours = next((d.data for d in documents if d.data["kind"] == "organisation"), None)
    if ours is None:
        return reading
    known = " ".join(str(value) for value in ours.values())
    cells = tuple(
        replace(cell, fate=Fate.NOTE, why="the register says already whose it is")
        if cell.field.startswith(OF_ORGANISATION) and not _is_known(cell, known)
        else cell
        for cell in reading.cells
    )
    rest = tuple(data for data in reading.documents if data["kind"] != "organisation")
    return replace(reading, documents=rest, cells=cells)


def _is_known(cell: ReadCell, known: str) -> bool:
    text = " ".join(cell.text.split())
    return cell.field.endswith(LABEL) or says_nothing(text) or text in known


class _Arriving:
    """Knows, while a reading is taken in, what is in the register and what was read the last time."""

    def __init__(
        self, name: str, documents: Sequence[Document], before: Remembered, *, so_far: bool
    ) -> None:
        self.name, self.documents, self.before, self.so_far = name, documents, before, so_far
        self.there = {identity(d.data): d for d in documents}
        self.faults: list[Problem] = []
        self.notes: list[Problem] = []

    def arrival(self, reading: ForeignReading) -> Arrival:
        if reading.questions and not self.so_far:
            text = memory.written(self.name, reading, self.before, self.before.prints)
            return Arrival({IMPORTED: text}, (), reading, held=True)
        plan = self._plan(reading)
        if self.faults and not self.so_far:
            return Arrival({}, (), reading, ordered(self.faults))
        files, changes = texts_of(plan, self.documents)
        files = _with_nearest(files, reading.words)
        if wrong := list(self._wrong(files)):
            return Arrival({}, (), reading, tuple(wrong))
        now = {**self.before.prints, **fingerprints(reading.documents)}
        files = {**files, IMPORTED: memory.written(self.name, reading, self.before, now)}
        return Arrival(files, changes, reading, (), ordered([*self.faults, *self.notes]))

    def _plan(self, reading: ForeignReading) -> WritingPlan:
        cells = {cell.entry: cell for cell in reversed(reading.cells) if cell.entry}
        new: list[Carried] = []
        changed: list[tuple[Carried, Carried]] = []
        for data in reading.documents:
            at = cells[data["id"]].at if data["id"] in cells else Spot(self.name, 0, 0)
            known = self.there.get(identity(data))
            if known is None:
                new.append(Carried(data, at, {}))
            elif data["kind"] in ("activity", "party"):
                now = self._amended(known.data, data, at)
                if now != known.data:
                    changed.append((Carried(now, at, {}), Carried(known.data, at, {})))
        self._say_what_is_gone(reading)
        return WritingPlan(tuple(new), tuple(changed), (), (), ())

    def _amended(
        self, ours: Mapping[str, Any], read: Mapping[str, Any], at: Spot
    ) -> Mapping[str, Any]:
        """A document of the register with the fields that the file says otherwise than the last time."""
        key = identity(read)
        then = self.before.prints.get(key, {})
        now, made = fingerprints([read])[key], dict(ours)
        for field in dict.fromkeys((*now, *then)):
            if now.get(field) == then.get(field):
                continue
            here = fingerprint(field, ours[field]) if field in ours else None
            if here not in (then.get(field), now.get(field)):
                message = f"“{field}” of {key[1]} was changed in the register, and says something else in the file now"
                self.faults.append(said(at, message, "make the two say the same, and import again"))
            elif field in read:
                made[field] = read[field]
            else:
                made.pop(field, None)
        return made

    def _say_what_is_gone(self, reading: ForeignReading) -> None:
        read = {identity(data) for data in reading.documents}
        then = {key for key in self.before.prints if key[0] == "activity"}
        if 2 * len(then & read) < len(then):  # another file, and not a newer one of the same
            return
        for kind, id_ in sorted(then - read):
            if (kind, id_) in self.there:
                message = f"{id_} was in the file the last time, is not in it now, and stays in the register"
                self.notes.append(
                    said(Spot(self.name, 0, 0), message, "delete it there if it is done no more")
                )

    def _wrong(self, files: Mapping[str, str | None]) -> Iterator[Problem]:
        """What the register's own checks say of what would be written and did not say before."""
        before = {problem.message for problem in _problems(self.documents)}
        for problem in _problems(with_files(self.documents, files)):
            if problem.message not in before:
                yield replace(problem, hint=f"{problem.hint}; this is a fault in ropa itself")


def _problems(documents: Sequence[Document]) -> Iterator[Problem]:
    for document in documents:
        yield from document.problems or (() if well_formed(document) else violations(document))
    good = [d for d in documents if not d.problems and well_formed(d)]
    register = build(good, {}, terms=shipped_terms())
    yield from register.duplicates
    yield from (p for p in register.unknown if not p.facet.endswith(f"/{NOT_RECORDED}"))


def _with_nearest(
    files: Mapping[str, str | None], words: Iterable[NewWord]
) -> dict[str, str | None]:
    """The files, with the nearest known words beside each new one: to which it belongs is for a person to say."""
    made = dict(files)
    for word in (word for word in words if not word.broader):
        near = ", ".join(word.nearest) or "no known word is near"
        begins = handwriting.document({"kind": "term", "facet": word.facet, "id": word.id})
        said_first = f"# `broader:` is for you to say: {near}\n{begins}"
        for path, text in made.items():
            if text and begins in text and said_first not in text:
                made[path] = text.replace(begins, said_first, 1)
    return made
