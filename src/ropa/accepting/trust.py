"""Who has a say over a check: what accepts, excuses or explains away counts as a trusted revision has it.

Whoever asks for a change of a register would otherwise bring the waiver of what the change breaks. What is judged is
the register as it is; what loosens the judging of it is taken from the revision, or does not count.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from ropa.accepting.comments import inline_waivers
from ropa.documents.document import Document, rebuilt
from ropa.documents.schema import well_formed
from ropa.findings import Problem
from ropa.location import Location
from ropa.register.model import Claim, Register, Statement, Waiver

GUARDED = frozenset(
    {"read_as", "aside", "exemption", "main", "language", "same_as", "proposed", "accepted"}
)
"""Keys that say how something is to be read or what need not be told: nobody adds them to what is to be checked."""

_NO_FACET = GUARDED | {"by"}
"""Beside what is done, `by` is who proposed it; beside a promise, it is who discloses."""

_Data = Mapping[str, Any]
_Entries = Mapping[tuple[str, str, str], Document]


class Trust(Struct, frozen=True, dict=True):
    """The register as a trusted revision has it; without a `revision` it is trusted as it is.

    `accepts` says whether waivers count at all.
    """

    revision: str = ""
    documents: tuple[Document, ...] = ()
    accepts: bool = True

    def applied(
        self, documents: Iterable[Document]
    ) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The documents as far as they are trusted, and what of them is not, each with its place."""
        if not self.revision:
            return tuple(documents), ()
        judged = _HeldAgainst(self._then)
        kept = tuple(found for document in documents for found in judged.as_trusted(document))
        return (*kept, *judged.missing()), tuple(judged.refused)

    def waivers(
        self, documents: Iterable[Document], of_documents: Iterable[Waiver], rules: Collection[str]
    ) -> "Accepting":
        """The waivers that count, of documents and of comments; and the comments that are none."""
        inline = inline_waivers(documents, rules)
        if not self.accepts:
            return Accepting((), tuple(inline.malformed))
        own = inline.waivers
        if self.revision:
            trusted = {_beside(w) for w in inline_waivers(self.documents, rules).waivers}
            own = [waiver for waiver in own if _beside(waiver) in trusted]
        refused = [w for w in inline.waivers if w not in own]
        return Accepting(
            (*of_documents, *own), tuple(inline.malformed), tuple(map(_named, refused))
        )

    def untrusted(self, register: Register) -> frozenset[str]:
        """The ids of the statements that the revision lacks: whoever brings one cannot be the one who read it so."""
        if not self.revision:
            return frozenset()
        known = {
            (identity[2], _written(entry))
            for identity, document in self._then.items()
            if identity[0] == "notice"
            for entry in _listed(document.data.get("statements", ()))
        }
        found = (s for notice in register.notices.values() for s in notice.statements)
        return frozenset(s.id for s in found if (s.notice, _written(_data_of(s))) not in known)

    @cached_property
    def _then(self) -> _Entries:
        entries: dict[tuple[str, str, str], Document] = {}
        for document in self.documents:
            if not document.problems and well_formed(document):
                entries.setdefault(_identity(document), document)
        return entries


class Accepting(Struct, frozen=True):
    """The waivers that count, what is wrong with comments that are to be some, and those that are not trusted."""

    waivers: tuple[Waiver, ...]
    malformed: tuple[Problem, ...]
    refused: tuple[str, ...] = ()


class _HeldAgainst:
    """Holds the documents of a register against those of the trusted revision, and notes what is refused."""

    def __init__(self, then: _Entries) -> None:
        self.then = then
        self.refused: list[str] = []
        self.signed: set[tuple[str, str, str]] = set()

    def as_trusted(self, document: Document) -> Iterator[Document]:
        """The document as far as it is trusted: itself, as it was, without some of its keys, or not at all."""
        if document.problems or not (document.lost or well_formed(document)):
            yield document
            return
        identity = _identity(document)
        was = self.then.get(identity)
        if identity[0] not in ("waiver", "sign-off"):
            yield self._unguarded(document, was)
            return
        if was is None or was.data != document.data:
            self._refuse(" ".join(filter(None, identity)), document, ())
        else:
            was = document  # the same, at the place where it stands now
        if was is not None:
            self.signed.add(identity)
            yield was

    def missing(self) -> Iterator[Document]:
        """The sign-offs that were taken away: whoever takes one away is not asked for another."""
        for identity, document in self.then.items():
            if identity[0] == "sign-off" and identity not in self.signed:
                self._refuse(f"taking away {' '.join(filter(None, identity))}", document, ())
                yield document

    def _unguarded(self, document: Document, was: Document | None) -> Document:
        if not (_guards(document.data) or (was and _guards(was.data))):
            return document
        data = self._held(document.data, was.data if was else None, document, ())
        return document if data == document.data else rebuilt(document, data)

    def _held(self, now: Any, was: Any, document: Document, pointer: tuple[str | int, ...]) -> Any:
        """A value with its guarded keys as they were."""
        if isinstance(now, list):
            before = was if isinstance(was, list) else [was]
            return [
                self._held(entry, _as_it_was(entry, before), document, (*pointer, number))
                for number, entry in enumerate(now)
            ]
        if not isinstance(now, dict):
            return now
        then = _as_it_was(now, was) if isinstance(was, list) else was
        return self._guarded(now, then if isinstance(then, dict) else {}, document, pointer)

    def _guarded(
        self, now: _Data, then: _Data, document: Document, pointer: tuple[str | int, ...]
    ) -> _Data:
        if not then and now.get("proposed") and "quote" in now:
            then = {
                "proposed": now["proposed"]
            }  # what counts for nothing may be proposed by anybody
        for key in sorted(GUARDED.intersection((*now, *then))):
            if (key in now, now.get(key)) != (key in then, then.get(key)):
                self._refuse(f"`{key}`", document, (*pointer, key))
        free = {
            key: self._held(value, then.get(key), document, (*pointer, key))
            for key, value in now.items()
            if key not in GUARDED
        }
        return free | {key: value for key, value in then.items() if key in GUARDED}

    def _refuse(self, what: str, document: Document, pointer: tuple[str | int, ...]) -> None:
        self.refused.append(f"{what} ({_line(document.locate(pointer))})")


def _identity(document: Document) -> tuple[str, str, str]:
    data = document.data
    return str(data["kind"]), str(data.get("facet", "")), str(data["id"])


def _guards(value: Any) -> bool:
    """Whether one of the guarded keys stands anywhere in a value."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            if not GUARDED.isdisjoint(held):
                return True
            waiting += held.values()
        elif isinstance(held, list):
            waiting += held
    return False


def _as_it_was(entry: Any, before: Iterable[Any]) -> Any:
    """The entry of a list that says the same, but for the guarded keys; or the proposal that it is a part of."""
    bare, mappings = _bare(entry), [was for was in before if isinstance(was, dict)]
    same = next((was for was in mappings if _bare(was) == bare), None)
    if same is not None or not isinstance(entry, dict) or "quote" not in entry:
        return same
    return next((was for was in mappings if was.get("proposed") and _part_of(entry, was)), None)


def _part_of(entry: _Data, was: _Data) -> bool:
    """Whether a statement says of the same words that the same is done, be it of fewer things."""
    deeds = ({key: data.get(key) for key in _NEVER} for data in (entry, was))
    said, proposed = deeds
    return said == proposed and any(claim in entry and claim in was for claim in (*Claim, "never"))


_NEVER = ("quote", "never")
"""What says whether two statements are of the same words, and promise the same."""


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        besides = _NO_FACET if "quote" in value and "never" not in value else GUARDED
        return {key: _bare(held) for key, held in value.items() if key not in besides}
    return [_bare(held) for held in value] if isinstance(value, list) else value


def _written(entry: Any) -> str:
    return json.dumps(_bare(entry), sort_keys=True, default=str)


def _listed(entries: Any) -> Iterable[Any]:
    return entries if isinstance(entries, (list, tuple)) else (entries,)


def _data_of(statement: Statement) -> Any:
    """What the register writes of a statement."""
    data = statement.origin.document.data
    for step in statement.origin.pointer:
        if isinstance(data, dict) and "quote" in data:
            break
        data = data[step]
    return data


def _beside(waiver: Waiver) -> tuple[object, ...]:
    """What makes a comment the same one: what it says, in which file, beside which words."""
    file = waiver.origin.document.file
    line = file.line(waiver.line).partition("# ropa:")[0].strip()
    said = (waiver.finding, waiver.reason, waiver.owner, waiver.until, waiver.ticket, waiver.seen)
    return (file.path, line, *said)


def _named(waiver: Waiver) -> str:
    return f"{waiver.name} ({_line(waiver.origin.location)})"


def _line(at: Location) -> str:
    return f"{at.path}:{at.line}"
