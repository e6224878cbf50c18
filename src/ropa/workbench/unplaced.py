"""Words that the vocabulary does not know, or that belong to none: who uses them, how each is placed."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping

from msgspec import Struct

from ropa.case import Case
from ropa.documents import handwriting
from ropa.documents.document import Document
from ropa.findings import Problem
from ropa.flows.flow import Flow
from ropa.foreign.listing import WordFinder
from ropa.foreign.words import slug, unused
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import ROOTS, Facet, Hierarchy, Term, fold
from ropa.workbench.amending import CannotAmend, Entry, changed, said, with_document
from ropa.workbench.forms import SuggestedWord

TERMS = "terms.yaml"
"""The file that a new word goes into."""
MOST_NEAR = 5
"""How many of the nearest words are offered, by a key each."""
MOST_LOOKED_AT = 40
"""How many words that share one with it are looked at, to find those."""
CALLED = {
    Facet.SUBJECT: "a group of people",
    Facet.DATA: "a kind of data",
    Facet.PURPOSE: "a purpose",
    Facet.RECIPIENT: "a recipient",
    Facet.COUNTRY: "a country",
    Facet.TRIGGER: "what a period begins with",
}
"""What a word of each facet is."""
SAME, BELOW, ALONE = "same", "below", "alone"
"""What a word can be: another name of one that is known, a kind of one, or a word that belongs to none."""


class WordUse(Struct, frozen=True):
    """Where a word is used: in which entry, by its kind and id, and at which place of a file."""

    kind: str
    id: str
    place: str


class UnplacedWord(Struct, frozen=True):
    """A word that nobody defined; or, with its id in `term`, a term of the register's own that belongs to none."""

    facet: Facet
    word: str
    used: tuple[WordUse, ...]
    term: str = ""

    @property
    def key(self) -> str:
        """What it is known by in an address."""
        return f"{self.facet}/{self.term or self.word}"

    @property
    def called(self) -> str:
        """What it is a word for."""
        return CALLED[self.facet]


class PlacedFile(Struct, frozen=True):
    """What placing a word makes of a file: its path, what it holds, and what it is to hold."""

    path: str
    here: bytes
    made: bytes


def unplaced(case: Case) -> tuple[UnplacedWord, ...]:
    """The words that nobody defined, those first that most entries use; then terms that belong to no other."""
    strange: dict[tuple[Facet, str], list[WordUse]] = {}
    for problem in case.register.unknown:
        facet, _, word = problem.facet.partition("/")
        if facet in CALLED and is_answer(word):
            strange.setdefault((Facet(facet), word), []).extend(_uses(case, problem))
    found = [UnplacedWord(facet, word, tuple(used)) for (facet, word), used in strange.items()]
    return (*sorted(found, key=lambda one: -len(one.used)), *_below_nothing(case))


def _uses(case: Case, problem: Problem) -> Iterator[WordUse]:
    kind, _, id_ = problem.where.rpartition("/")
    kind = kind or ("activity" if id_ in case.register.activities else "")
    yield WordUse(kind, id_, str(problem.at))


def _below_nothing(case: Case) -> Iterator[UnplacedWord]:
    ours = {id(document) for document in case.documents}
    for term in case.register.terms:
        alone = not (term.broader or term.composed or term.is_party)
        if alone and _has_document(term, ours):
            yield UnplacedWord(term.facet, term.label, tuple(_entries_of(case, term)), term.id)


def _has_document(term: Term, ours: Container[int]) -> bool:
    """Whether the register defines a word, in a document of its own."""
    at = term.origin
    return at is not None and not at.pointer and id(at.document) in ours


def _entries_of(case: Case, term: Term) -> Iterator[WordUse]:
    """The activities with a flow of a word, by their places."""
    has = (one.flow for one in case.coverage.flows if term.id in _words(one.flow, term.facet))
    for id_ in dict.fromkeys(flow.activity for flow in has):
        yield WordUse("activity", id_, str(case.register.activities[id_].origin.location))


def _words(flow: Flow, facet: Facet) -> tuple[str, ...]:
    if facet is Facet.TRIGGER:
        return tuple(kept.trigger for kept in flow.retention)
    sources = flow.words(Facet.SOURCE) if facet is Facet.RECIPIENT else ()
    return (*flow.words(facet), *sources)


def nearest(case: Case, one: UnplacedWord) -> tuple[SuggestedWord, ...]:
    """The known words that may be meant, the nearest first, with how many flows have just that word."""
    words = case.register.vocabulary[one.facet]
    found = WordFinder(one.facet, words).nearest(one.word, MOST_LOOKED_AT)
    known = [id_ for id_ in found if id_ not in (one.term, ROOTS[one.facet])]
    known.sort(key=lambda id_: -_likeness(one.word, words.terms[id_]))
    flows = (set(_words(told.flow, one.facet)) for told in case.coverage.flows)
    counted = Counter(word for held in flows for word in held)
    return tuple(
        SuggestedWord(id_, words.label(id_), counted[id_], _wider(words, id_))
        for id_ in known[:MOST_NEAR]
    )


def _wider(words: Hierarchy, id_: str) -> str:
    return ", ".join(words.label(wider) for wider in words.wider(id_) if wider != words.root)


def _likeness(word: str, term: Term) -> float:
    """How much of what two names say they both say: of the one name of a term that is most like it."""
    asked = set(fold(word).split())
    names = (set(name.split()) for name in term.names)
    return max(len(asked & name) / len(asked | name) for name in names)


def placed(
    case: Case, held: Callable[[str], bytes | None], one: UnplacedWord, how: str, target: str
) -> PlacedFile:
    """What one file is to hold so that a word is placed. Raises `CannotAmend`.

    A word of the register's own gets a synonym. One of the package cannot: the name becomes a term that holds it,
    which is the same set of things.
    """
    root = ROOTS[one.facet]
    belongs = {"holds": target} if how == SAME else {"broader": target if how == BELOW else root}
    if one.term:
        return _amended(held, _document(case, one.facet, one.term), belongs)
    own = _document(case, one.facet, target) if how == SAME else None
    if own is not None:
        written = own.data.get("synonyms", ())
        names = [written] if isinstance(written, str) else list(written)
        return _amended(held, own, {"synonyms": [*names, one.word] if names else one.word})
    ids = case.register.vocabulary[one.facet].terms
    id_ = unused(slug(one.word) or "word", ids)
    term = {"kind": "term", "facet": str(one.facet), "id": id_, "label": one.word, **belongs}
    here = held(TERMS) or b""
    return PlacedFile(TERMS, here, with_document(here, term))


def _document(case: Case, facet: Facet, id_: str) -> Document | None:
    """The document of the register that defines a word; none where the package does, or a line of another term."""
    term = case.register.vocabulary[facet].terms.get(id_)
    ours = {id(document) for document in case.documents}
    if term is None or term.origin is None or not _has_document(term, ours):
        return None
    return term.origin.document


def _amended(
    held: Callable[[str], bytes | None],
    document: Document | None,
    more: Mapping[str, object],
) -> PlacedFile:
    if document is None:
        raise CannotAmend("this word is not written in the register any more")
    here = held(document.path) or b""
    entry = Entry(document.data["kind"], document.data["id"])
    data = said(here, entry)
    if data.get("facet") != document.data.get("facet"):
        raise CannotAmend(f"{document.path} has two words {entry.id}; change it in an editor")
    return PlacedFile(document.path, here, changed(_answered(here, data), entry, {**data, **more}))


def _answered(raw: bytes, data: object) -> bytes:
    """A file without the line by which an import asks what a word belongs to."""
    if not isinstance(data, dict) or data.get("kind") != "term":
        return raw
    begins = handwriting.document({key: data[key] for key in ("kind", "facet", "id")})
    asked = (
        rb"(?m)^# `broader:` is for you to say: [^\n]*\n(?=" + re.escape(begins.encode()) + rb")"
    )
    return re.sub(asked, b"", raw)
