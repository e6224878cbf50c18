"""Who has a say over a check: what accepts, excuses or explains away counts as a trusted revision has it.

Whoever asks for a change of a register would otherwise bring the waiver of what the change breaks. What is judged is
the register as it is; what loosens the judging of it is taken from the revision, or does not count.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.accepting.baseline import Baseline
from ropa.accepting.comments import inline_waivers
from ropa.documents.document import Document, rebuilt
from ropa.documents.patterns import regex
from ropa.documents.schema import well_formed
from ropa.findings import Problem
from ropa.location import Location
from ropa.register.model import Claim, Notice, Register, Statement, Waiver
from ropa.seen.text import NoticeText, Texts

GUARDED = frozenset(
    {"read_as", "aside", "exemption", "main", "language", "same_as", "proposed", "accepted"}
)
"""Keys that say how something is to be read or what need not be told: nobody adds them to what is to be checked."""

_NO_FACET = GUARDED | {"by"}
"""Beside what is done, `by` is who proposed it; beside a promise, it is who discloses."""

_CALLED = ("name", "label")
_WIDENS = (
    *_CALLED,
    *("broader", "synonyms", "also", "holds", "rest_of", "narrower"),
    *("open", "umbrella", "yields", "not"),
)
"""What says of a word or a party what it is called, and what it is part of."""
_BETWEEN_IDS = regex(r"[^\w.-]+")

_Data = Mapping[str, Any]
_Entries = Mapping[tuple[str, str, str], Document]


class Trust(Struct, frozen=True, dict=True):
    """The register as a trusted revision has it; without a `revision` it is trusted as it is.

    `accepts` says whether waivers count at all, and `texts` are those of its notices, by their ids, that are not now as
    they were there.
    """

    revision: str = ""
    documents: tuple[Document, ...] = ()
    accepts: bool = True
    texts: Mapping[str, NoticeText] = {}

    def applied(
        self, documents: Iterable[Document]
    ) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The documents as far as they are trusted, and what of them is not, each with its place."""
        if not self.revision:
            return tuple(documents), ()
        documents = tuple(documents)
        judged = _HeldAgainst(self._then, self.called_otherwise(documents))
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
            other = self.called_otherwise(documents)
            own = [w for w in own if _beside(w) in trusted and not _names(_words_beside(w), other)]
        refused = [w for w in inline.waivers if w not in own]
        return Accepting(
            (*of_documents, *own), tuple(inline.malformed), tuple(map(_named, refused))
        )

    def untrusted(self, register: Register, documents: Iterable[Document]) -> frozenset[str]:
        """The ids of the statements that the revision lacks: whoever brings one cannot be the one who read it so."""
        if not self.revision:
            return frozenset()
        known = {
            (identity[2], _written(entry))
            for identity, document in self._then.items()
            if identity[0] == "notice"
            for entry in _listed(document.data.get("statements", ()))
        }
        other = self.called_otherwise(documents)
        found = ((s, _data_of(s)) for n in register.notices.values() for s in n.statements)
        return frozenset(
            s.id
            for s, data in found
            if (s.notice, _written(data)) not in known or _mentions(data, other)
        )

    def altered(self, register: Register, texts: Texts) -> frozenset[str]:
        """The ids of the statements whose sentence, or the one before it where a person read it, is not in the text
        that the revision has: what was read there is not read of other words."""
        return frozenset(
            statement.id
            for id_, then in self.texts.items()
            if (notice := register.notices.get(id_)) is not None
            if isinstance(now := texts.get((notice.origin.document.path, notice.text)), NoticeText)
            for statement in _in_other_sentences(notice, now, then)
        )

    def called_otherwise(self, documents: Iterable[Document]) -> frozenset[str]:
        """The ids of parties and words that have another name than at the revision: they may be somebody else, so that
        what was accepted or read of the id there is not accepted of them."""
        return frozenset(
            identity[2]
            for identity, document, was in self._beside_each(documents)
            if was is not None and any(was.data.get(k) != document.data.get(k) for k in _CALLED)
        )

    def beyond(self, documents: Iterable[Document]) -> tuple[str, ...]:
        """What makes a word or a party part of another, or another name for it, and is not so at the revision: it is
        judged as it is now, and may let an older sentence tell more."""
        return tuple(
            f"`{key}` of {identity[0]} {identity[2]} ({_line(document.locate((key,)))})"
            for identity, document, was in self._beside_each(documents)
            for key in _WIDENS
            if key in document.data and (was is None or was.data.get(key) != document.data[key])
            if was is not None or key not in _CALLED
        )

    def baseline(self, known: Baseline, documents: Iterable[Document]) -> Baseline:
        """A baseline without what it lists of ids that stand for somebody else by now."""
        other = self.called_otherwise(documents)
        if not other:
            return known
        findings = {id_: said for id_, said in known.findings.items() if not _names(id_, other)}
        return replace(known, findings=findings)

    def _beside_each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[tuple[str, str, str], Document, Document | None]]:
        """The parties and words of a register, each with what the revision has of its id."""
        for document in documents if self.revision else ():
            data = document.data
            if isinstance(data, dict) and data.get("kind") in ("party", "term") and "id" in data:
                yield _identity(document), document, self._then.get(_identity(document))

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

    def __init__(self, then: _Entries, other: frozenset[str] = frozenset()) -> None:
        self.then = then
        self.other = other
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
        of_others = was is not None and _names(str(was.data.get("finding", "")), self.other)
        if was is None or was.data != document.data or of_others:
            self._refuse(" ".join(filter(None, identity)), document, ())
        else:
            was = document  # the same, at the place where it stands now
        if was is not None and not of_others:
            self.signed.add(identity)
            yield was

    def missing(self) -> Iterator[Document]:
        """The sign-offs that were taken away: whoever takes one away is not asked for another."""
        for identity, document in self.then.items():
            if identity[0] == "sign-off" and identity not in self.signed:
                self._refuse(f"taking away {' '.join(filter(None, identity))}", document, ())
                yield document

    def _unguarded(self, document: Document, was: Document | None) -> Document:
        turned = list(self._turned(document, was)) if was else []
        if not (turned or _guards(document.data) or (was and _guards(was.data))):
            return document
        data = self._held(document.data, was.data if was else None, document, ())
        if turned:
            data = {**data, "statements": [*_listed(data.get("statements", ())), *turned]}
        return document if data == document.data else rebuilt(document, data)

    def _turned(self, document: Document, was: Document) -> Iterator[_Data]:
        """The promises of a notice whose words something else is said of now: they count as well as that."""
        now = [e for e in _listed(document.data.get("statements", ())) if isinstance(e, dict)]
        there = set(map(_written, now))
        for entry in _listed(was.data.get("statements", ())):
            if not isinstance(entry, dict) or "never" not in entry or entry.get("proposed"):
                continue
            others = [number for number, other in enumerate(now) if _of_same_words(entry, other)]
            if _written(entry) not in there and others:
                self._refuse("what is said of a promise", document, ("statements", others[0]))
                yield entry

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
        kept = {key: value for key, value in then.items() if key in GUARDED}
        if "read_as" in kept and _mentions(now, self.other):
            del kept["read_as"]
            self._refuse("`read_as` of somebody else", document, pointer)
        return free | kept

    def _refuse(self, what: str, document: Document, pointer: tuple[str | int, ...]) -> None:
        self.refused.append(f"{what} ({_line(document.locate(pointer))})")


def _in_other_sentences(notice: Notice, now: NoticeText, then: NoticeText) -> Iterator[Statement]:
    """The statements of a notice whose sentences are not those of an earlier text of it."""
    there = set(_each_behind_another(then))
    alone = {sentence for _, sentence in there}
    behind = list(zip(_each_behind_another(now), now.sentences(), strict=True))
    for statement in notice.statements:
        if statement.quoted is None:
            continue
        start, end = now.span(statement.quoted)
        around = [said for said, one in behind if one.start < end and start < one.end]
        read = statement.read_as is not None
        if any(said not in there if read else said[1] not in alone for said in around):
            yield statement


def _each_behind_another(text: NoticeText) -> Iterator[tuple[str, str]]:
    """Each sentence with what leads in to it, behind the one that goes before."""
    before = ""
    for sentence in text.sentences():
        said = f"{sentence.lead} {sentence.text}"
        yield before, said
        before = said


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


def _of_same_words(one: _Data, other: _Data) -> bool:
    """Whether two statements quote the same words, or one of them a part of what the other quotes."""
    quotes = [" ".join(str(data.get("quote", "")).split()).casefold() for data in (one, other)]
    return bool(quotes[0] and quotes[1]) and (quotes[0] in quotes[1] or quotes[1] in quotes[0])


def _names(said: str, ids: Collection[str]) -> bool:
    """Whether a finding, or a line of a document, is about one of some ids."""
    return bool(ids) and not set(_BETWEEN_IDS.split(said)).isdisjoint(ids)


def _mentions(value: Any, ids: Collection[str]) -> bool:
    """Whether one of some ids is written anywhere in a value."""
    waiting = [value] if ids else []
    while waiting:
        held = waiting.pop()
        if isinstance(held, str) and held in ids:
            return True
        waiting += (
            held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
        )
    return False


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
    said = (waiver.finding, waiver.reason, waiver.owner, waiver.until, waiver.ticket, waiver.seen)
    return (waiver.origin.document.path, _words_beside(waiver), *said)


def _words_beside(waiver: Waiver) -> str:
    return waiver.origin.document.file.line(waiver.line).partition("# ropa:")[0].strip()


def _named(waiver: Waiver) -> str:
    return f"{waiver.name} ({_line(waiver.origin.location)})"


def _line(at: Location) -> str:
    return f"{at.path}:{at.line}"
