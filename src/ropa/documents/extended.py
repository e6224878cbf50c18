"""What a register takes over from another: a trust's template, a council's corporate entries and notices.

An entry of its own with the same kind and id takes the place of the other's, and what it leaves out is not there. Every
document keeps the place where it is written, so each value says where it comes from. Nothing is copied.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import Document
from ropa.documents.source import read_tree
from ropa.errors import did_you_mean
from ropa.findings import Problem
from ropa.location import Location

MOST_DEEP = 8
"""How many registers may extend one another in a row."""


class TakenOver(Struct, frozen=True):
    """The documents that come from one other register, as they are written there: `folder` is where it lies, `prefix`
    what goes before its paths, as they are seen from the register that takes them over."""

    folder: Path
    prefix: str
    documents: tuple[Document, ...]

    @property
    def shown(self) -> Iterator[Document]:
        """The documents under the paths by which the register that takes them over knows them."""
        for document in self.documents:
            file = replace(document.file, path=f"{self.prefix}{document.path}")
            problems = tuple(self._shown(problem) for problem in document.problems)
            yield replace(document, file=file, problems=problems)

    def _shown(self, problem: Problem) -> Problem:
        at = replace(problem.at, path=f"{self.prefix}{problem.at.path}")
        return replace(problem, at=at, where=at.path)


class Extended(Struct, frozen=True):
    """All documents of a register with those it takes over, what comes from where, and what cannot be had."""

    documents: tuple[Document, ...]
    taken: tuple[TakenOver, ...] = ()
    problems: tuple[Problem, ...] = ()


def extended(documents: Iterable[Document], root: Path) -> Extended:
    """The documents of the register under `root` with those that it takes over."""
    own = tuple(documents)
    if not any(map(_extends, own)):
        return Extended(own)
    taking = _Taking(root)
    taking.take(own, root, (root,))
    inherited = (document for taken in taking.taken for document in taken.shown)
    return Extended((*own, *inherited), tuple(taking.taken), tuple(taking.problems))


def _extends(document: Document) -> bool:
    data = document.data
    return isinstance(data, dict) and data.get("kind") == "organisation" and "extends" in data


class _Taking:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.bound = _bound(root)
        self.taken: list[TakenOver] = []
        self.problems: list[Problem] = []
        self.known: set[str] = set()

    def take(
        self, documents: tuple[Document, ...], folder: Path, way: tuple[Path, ...]
    ) -> frozenset[str]:
        """Take over what some documents of a folder ask for, and say what there is; the first of an id counts."""
        self.known.update(name for d in documents for name in _names(d))
        there: frozenset[str] = frozenset()
        for document in filter(_extends, documents):
            left_out = _listed(document.data.get("leaves_out", ()))
            for i, written in enumerate(_listed(document.data["extends"])):
                other = folder / written
                if why := self._why_not(other, way):
                    self._refuse(self._at(document, "extends", i, folder), written, *why)
                else:
                    there |= self._take(other, left_out, way)
            for i, name in enumerate(left_out):
                if name not in there:
                    self._not_there(self._at(document, "leaves_out", i, folder), name, there)
        return there

    def _take(
        self, other: Path, left_out: tuple[str, ...], way: tuple[Path, ...]
    ) -> frozenset[str]:
        everything = tuple(read_tree(other))
        self.known.update(left_out)
        kept = tuple(d for d in everything if self._counts(d))
        prefix = f"{Path(os.path.relpath(other, self.root)).as_posix()}/"
        self.taken.append(TakenOver(other, prefix, kept))
        self.known.update(name for d in kept for name in _names(d))
        further = self.take(everything, other, (*way, other))
        return further.union(name for d in everything for name in _names(d))

    def _counts(self, document: Document) -> bool:
        """Whether a document of another register is part of this one; whose that other one is stays there."""
        data = document.data
        if document.problems or not isinstance(data, dict):
            return True
        return data.get("kind") != "organisation" and self.known.isdisjoint(_names(document))

    def _why_not(self, other: Path, way: tuple[Path, ...]) -> tuple[str, str] | None:
        """Why another register cannot be taken over, and what to do."""
        real, steps = _real(other), [_real(step) for step in way]
        if not real.is_dir():
            return "there is no such folder", "name it from the folder of this register"
        if real in steps:
            circle = " → ".join(step.name for step in (*steps, real))
            return f"it comes round in a circle: {circle}", "take one step out of it"
        if not real.is_relative_to(self.bound):
            return f"it leads out of {self.bound.name or self.bound}", "keep both in one repository"
        if any(real.is_relative_to(step) or step.is_relative_to(real) for step in steps):
            return "one of the two lies in the other", "put them beside each other"
        if len(way) > MOST_DEEP:
            return f"more than {MOST_DEEP} registers extend one another", "extend fewer"
        return None

    def _at(self, document: Document, key: str, number: int, folder: Path) -> Location:
        """Where an entry of a field is written, as the register that takes over knows the file."""
        place = document.origin / key
        at = (place if isinstance(document.data[key], str) else place / number).location
        if folder == self.root:
            return at
        return replace(at, path=f"{Path(os.path.relpath(folder, self.root)).as_posix()}/{at.path}")

    def _not_there(self, at: Location, name: str, there: frozenset[str]) -> None:
        near = did_you_mean(name, there)
        message = f"{name} is left out, and is not in what this register extends{near}"
        self._note(at, message, "delete it from `leaves_out`, or mend the name", name)

    def _refuse(self, at: Location, written: str, why: str, hint: str) -> None:
        self._note(at, f"cannot extend {written}: {why}", hint, written)

    def _note(self, at: Location, message: str, hint: str, facet: str) -> None:
        self.problems.append(Problem(at, message, hint, where="organisation", facet=facet))


def extends(documents: Iterable[Document]) -> tuple[str, ...]:
    """The folders that some documents ask to take over, as they are written."""
    return tuple(
        name
        for document in documents
        if _extends(document)
        for name in _listed(document.data["extends"])
    )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _bound(root: Path) -> Path:
    """The folder out of which nothing may lead: that of the repository; outside of one the working directory, or the
    folder that the register lies in."""
    here = _real(root)
    top = next((at for at in (here, *here.parents) if (at / ".git").exists()), None)
    working = _real(Path.cwd())
    return top or (working if here.is_relative_to(working) and here != working else here.parent)


def _names(document: Document) -> tuple[str, ...]:
    """What an entry is called in `leaves_out`, as `activity/loans`."""
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return ()
    return (f"{data.get('kind')}/{data['id']}",)


def _listed(written: object) -> tuple[str, ...]:
    if isinstance(written, str):
        return (written,)
    return tuple(map(str, written)) if isinstance(written, (list, tuple)) else ()
