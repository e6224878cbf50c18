"""Words as they were written in, ids of the vocabulary out; what nobody defined is noted on the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from ropa.documents.document import Document, Origin
from ropa.documents.shipped import derived, shipped
from ropa.errors import did_you_mean, slip_of
from ropa.findings import Problem
from ropa.register import shipped_words, vocabulary
from ropa.register.model import Register, Words
from ropa.register.non_answers import is_answer, refers_elsewhere
from ropa.register.shipped_words import NO_TERMS, Glossary, packed, unpacked
from ropa.register.vocabulary import (
    ROOTS,
    TERMS,
    Facet,
    Hierarchy,
    Term,
    Vocabulary,
    fold,
    same_terms,
)

MOST_GUESSES = 500_000
"""How many words are compared, in all, to say which one was meant."""
MOST_AGAIN = 100
"""How many further places of one problem are named."""


@cache
def shipped_terms() -> Glossary:
    """The words of the package, made at first use: the same for every register of a process."""
    documents = tuple(shipped(TERMS))
    made_of = (*sorted(TERMS.glob("*.yaml")), *map(Path, _MADE_BY))
    kept = derived(
        "glossary", made_of, TERMS, lambda: packed(Lexicon(documents).glossary(), documents)
    )
    return unpacked(kept, documents)


_MADE_BY = (__file__, vocabulary.__file__, shipped_words.__file__)


MOST_LEXICONS = 4
"""The lexicons of how many registers, or moments of one, are kept."""

MOST_BESIDE = 64
"""How many hierarchies are kept with the words that were not found in them."""


def lexicon_of(
    documents: Iterable[Document], before: Glossary, held: Vocabulary | None = None
) -> "Lexicon":
    """The lexicon of some terms and parties: the same words as the last time where it is the same documents.

    `held` is the vocabulary of the register at another moment: its words are these as long as there is that register,
    however many others were read since.
    """
    made_of = tuple(documents)
    known = held.lexicon if isinstance(held, _HeldVocabulary) else None
    if known is None or not known.is_of(made_of, before):
        known = _lexicon(made_of, before)
    return known.renewed()


@lru_cache(maxsize=MOST_LEXICONS)
def _lexicon(documents: tuple[Document, ...], before: Glossary) -> "Lexicon":
    return Lexicon(documents, before)


class _HeldVocabulary(dict[Facet, Hierarchy]):
    """The hierarchies of a register, and the lexicon that they are of, in which nothing was looked up yet."""

    def __init__(self, hierarchies: Vocabulary, lexicon: "Lexicon | None") -> None:
        super().__init__(hierarchies)
        self.lexicon = lexicon

    def __reduce__(self) -> tuple[type[dict[Facet, Hierarchy]], tuple[dict[Facet, Hierarchy]]]:
        """Without the lexicon: who takes a report up again elsewhere reads its register anew."""
        return dict, (dict(self),)


class Lexicon:
    """The terms and parties of a register, and the words that were looked up in them and not found.

    The first of two terms with one id counts, so those that were there `before` stay as they are.
    """

    def __init__(self, documents: Iterable[Document], before: Glossary = NO_TERMS) -> None:
        self._unknown: dict[tuple[str, str], Problem] = {}
        self._duplicates: dict[tuple[str, str], Problem] = {}
        self._left_out: dict[tuple[str, str], Problem] = {}
        self._documents, self._before = tuple(documents), before
        self._unused: Lexicon | None = None
        self._by_id: dict[tuple[Facet, str], tuple[Term, Origin]] = {}
        self._by_name: dict[tuple[Facet, str], tuple[Term, Origin]] = {}
        self._of_two: set[tuple[Facet, str]] = set()
        self._own = tuple(self._terms(self._documents))
        self._all = (*before.terms, *self._own)
        self._known = {facet: self._hierarchy(facet) for facet in ROOTS}
        self.terms = tuple(term for term in self._all if not self._gave_way(term))
        self._strange: dict[Facet, set[str]] = {}
        self._ids: dict[Facet, dict[str, str]] = {facet: {} for facet in Facet}
        self._looked_up: dict[tuple[Facet, str], Words] = {}
        self._shared: dict[Words, Words] = {}
        self._guesses = MOST_GUESSES
        self._named: dict[Facet, Mapping[str, str]] = {}
        self._beside: dict[tuple[Facet, frozenset[str]], Hierarchy] = {}
        self._check_broader()

    def is_of(self, documents: tuple[Document, ...], before: Glossary) -> bool:
        """Whether it is made of these documents, on top of these terms."""
        return self._before is before and self._documents == documents

    def renewed(self) -> "Lexicon":
        """The same words, in which nothing has been looked up yet. What was found shows where it is found again."""
        made = copy(self)
        made._unused = self
        made._unknown, made._duplicates = dict(self._unknown), dict(self._duplicates)
        made._left_out, made._strange = dict(self._left_out), {}
        return made

    def finds_alike(self, before: Register) -> bool:
        """Whether all that was looked up in a register at another moment means the same word here.

        Then what was made of it stands, and counts as looked up here.
        """
        words = before.vocabulary
        held = words.lexicon if isinstance(words, _HeldVocabulary) else None
        if held is None or not (same_terms(before.terms, self.terms) or self._finds(held)):
            return False
        for facet, ids in held._ids.items():
            self._ids[facet].update(ids)
        self._looked_up.update(held._looked_up)
        return True

    def _finds(self, held: "Lexicon") -> bool:
        same = {f: words is held._known[f] for f, words in self._known.items()}
        ids = (
            self._means(facet, written) == (id_,)
            for facet, found in held._ids.items()
            if found and not same[facet.scheme]
            for written, id_ in found.items()
        )
        others = (
            self._means(facet, written) == found
            for (facet, written), found in held._looked_up.items()
            if not same[facet]
        )
        return self._of_two == held._of_two and all(ids) and all(others)

    def _means(self, facet: Facet, written: str) -> Words:
        """The ids of what an entry names, one or several; none where nobody defined it."""
        hierarchy = self._known[facet.scheme]
        found = hierarchy.find(written)
        return hierarchy.several(written) if found is None else (found,)

    @property
    def unknown(self) -> tuple[Problem, ...]:
        """The names that nobody defined, each once for what uses it."""
        return tuple(self._unknown.values())

    @property
    def duplicates(self) -> tuple[Problem, ...]:
        """The names that stand for two things."""
        return tuple({**self._left_out, **self._duplicates}.values())

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """Those of them that leave a document out: the second of its id, and a second organisation."""
        return tuple(self._left_out.values())

    def vocabulary(self) -> Vocabulary:
        """A hierarchy for each facet, in which the words that were not found are atoms of their own."""
        found = {facet: self._hierarchy_with(facet) for facet in self._known}
        return _HeldVocabulary(found, self._unused)

    def _hierarchy_with(self, facet: Facet) -> Hierarchy:
        """One value for the same words that were not found, however often a register is read."""
        strange = frozenset(self._strange.get(facet, ()))
        known = self._beside.get((facet, strange))
        if known is None:
            while len(self._beside) >= MOST_BESIDE:
                self._beside.pop(next(iter(self._beside)))
            known = self._beside[facet, strange] = self._known[facet].beside(strange)
        return known

    def glossary(self) -> Glossary:
        """What another lexicon may begin with."""
        return Glossary(
            self.terms,
            MappingProxyType({**self._before.by_id, **self._by_id}),
            MappingProxyType({**self._before.by_name, **self._by_name}),
            MappingProxyType(self._known),
        )

    def words(
        self, facet: Facet, data: Mapping[str, Any], key: str, origin: Origin, where: str
    ) -> Words:
        """The ids of what stands under `key`, one word or a list of them, in order and once each."""
        written, ids = data[key], self._ids[facet]
        if type(written) is str:
            written = [written]
        try:
            found = tuple([ids[word] for word in written])
        except KeyError:  # a word is met for the first time, or nobody defined it
            at = origin / key
            looked_up = [self._listed(facet, w, at / i, where) for i, w in enumerate(written)]
            found = tuple(chain.from_iterable(looked_up))
        known = self._shared.get(found)
        if known is None:
            once = tuple(dict.fromkeys(found))
            known = self._shared[found] = self._shared.setdefault(once, once)
        return known

    def proposed(
        self, facet: Facet, data: Mapping[str, Any], key: str, _: Origin, __: str
    ) -> Words:
        """The same of what counts for nothing: a word that nobody defined stays as it is, and is not noted."""
        found: list[str] = []
        for written in strings(data[key]):
            means = self._known[facet.scheme].find(written)
            self._looked_up[facet.scheme, written] = (means,) if means else ()
            found.append(means or written)
        return tuple(dict.fromkeys(found))

    def word(
        self, facet: Facet, data: Mapping[str, Any], key: str, origin: Origin, where: str
    ) -> str:
        """The id of the one word under `key`."""
        found = self._ids[facet].get(data[key])
        return self._look_up(facet, data[key], origin / key, where) if found is None else found

    def reference(
        self, kind: str, ids: Words, known: Mapping[str, Any], origin: Origin, where: str
    ) -> None:
        """Note which of the ids under `origin` name nothing of that kind."""
        for i, id_ in enumerate(ids):
            if id_ not in known:
                message = f"there is no {kind} “{id_}”{self._near(id_, known)}"
                hint = f"add a `kind: {kind}` with this id, or mend the name"
                facet = f"{kind}/{id_}"
                _note(
                    self._unknown, Problem((origin / i).location, message, hint, (), where, facet)
                )

    def twice(self, kind: str, id_: str, again: Origin, first: Origin) -> None:
        """Note that an id stands twice."""
        first_place, kind_before = first.location, first.document.data["kind"]
        as_other = "" if kind_before == kind else f", already as a {kind_before}"
        message = f"the {kind} {id_} is written twice{as_other}"
        related = ((first_place, f"{id_} was first written here"),)
        hint = "rename one of the two, or delete it"
        at = (again / "id").location
        _note(self._left_out, Problem(at, message, hint, related, f"{kind}/{id_}", "id"))

    def second_organisation(self, again: Origin, first: Origin) -> None:
        """Note that the register says twice whose it is."""
        message = (
            f"{again.document.data['name']} is a second organisation, and a register has only one"
        )
        related = ((first.location, "this is the first"),)
        hint = "keep a register for each organisation, or write the other one as a `kind: party`"
        where = f"organisation/{again.document.data['id']}"
        _note(
            self._left_out, Problem(again.location, message, hint, related, where, "organisation")
        )

    def _listed(self, facet: Facet, written: str, origin: Origin, where: str) -> Words:
        """The ids of what one entry of a list names: one, or several where it lists what is known."""
        hierarchy = self._known[facet.scheme]
        if written not in self._ids[facet] and hierarchy.find(written) is None:
            several = hierarchy.several(written)
            if several and not any((facet.scheme, fold(id_)) in self._of_two for id_ in several):
                self._looked_up[facet.scheme, written] = several
                return several
        return (self._look_up(facet, written, origin, where),)

    def _look_up(self, facet: Facet, written: str, origin: Origin, where: str) -> str:
        hierarchy = self._known[facet.scheme]
        found = hierarchy.find(written)
        two = written not in hierarchy.terms and (facet.scheme, fold(written)) in self._of_two
        if found is not None and not two:
            self._ids[facet][written] = found
            return found
        self._strange.setdefault(facet.scheme, set()).add(written)
        if not two:  # that one name is of two things is noted where they are defined
            self._note_unknown(facet, written, origin, where)
        return written

    def _near(self, word: str, known: Mapping[str, Any]) -> str:
        """A guess at what was meant, while there are few enough to be worth the time."""
        self._guesses -= len(known)
        return did_you_mean(word[:100], known) if self._guesses > 0 else ""

    def _slip(self, word: str, facet: Facet) -> str:
        """The word that was meant, where it is written with a slip of the keyboard."""
        names = self.names(facet)
        self._guesses -= len(names)
        return slip_of(fold(word[:100]), names) if self._guesses > 0 else ""

    def names(self, facet: Facet) -> Mapping[str, str]:
        """Every name of a facet's words, with the id of the word."""
        if facet not in self._named:
            terms = self._known[facet].terms.values()
            self._named[facet] = {name: term.id for term in terms for name in term.names}
        return self._named[facet]

    def _note_unknown(self, facet: Facet, word: str, origin: Origin, where: str) -> None:
        near = self._slip(word, facet.scheme)
        message = f"“{word}” is not a known {_KNOWN[facet.scheme]}{near}"
        words = f"use a word that `ropa terms --facet {facet.scheme}` lists"
        hint = (
            f"add a `kind: party` with this id, or {words}"
            if facet.scheme is Facet.RECIPIENT
            else f"{words}, or add a `kind: term` with this id"
        )
        if facet.scheme in _ASKED and (refers_elsewhere(word) or not is_answer(word)):
            no_answer = "says only where to look" if refers_elsewhere(word) else "is no answer"
            message = f"the record does not say {_ASKED[facet.scheme]}: “{word}” {no_answer}"
        facet_id = f"{facet.scheme}/{word}"
        _note(self._unknown, Problem(origin.location, message, hint, (), where, facet_id))

    def _terms(self, documents: Iterable[Document]) -> Iterator[Term]:
        """Terms and parties, the first of two with one id; names that mean two things are noted."""
        found, names = self._by_id, self._by_name
        ids_before, names_before = self._before.by_id, self._before.by_name
        for document in documents:
            kind = document.data["kind"]
            for term, origin in _MAKE[kind](document.data, document.origin):
                key = (term.facet, term.id)
                known = found.get(key) or ids_before.get(key)
                if known is None or (known[0].yields and not term.yields):
                    known = found[key] = (term, origin)
                first, first_origin = known
                if first is not term:
                    if kind == "term" or first_origin.document.data["kind"] == "term":
                        self.twice(kind, term.id, origin, first_origin)
                    continue  # a party that stands twice is noted with the parties
                yield term
                for name in term.firm:
                    key = (term.facet, name)
                    # an id is its own, whatever words there are
                    by_id = kind == "party" and name == fold(term.id)
                    other = names.get(key) or (None if by_id else names_before.get(key))
                    if other is None or (other[0].yields and not term.yields):
                        names[key] = (term, origin)
                    elif other[0] is not term:
                        self._same_name(name, (term, origin), other)

    def _same_name(self, name: str, again: tuple[Term, Origin], first: tuple[Term, Origin]) -> None:
        message = f"“{name}” means {first[0].id} already, and {again[0].id} uses it, too"
        related = ((first[1].location, f"{first[0].id} has it"),)
        hint = "use another name or synonym"
        where = f"{again[1].document.data['kind']}/{again[0].id}"
        self._of_two.add((again[0].facet, name))
        _note(self._duplicates, Problem(again[1].location, message, hint, related, where, name))

    def _hierarchy(self, facet: Facet) -> Hierarchy:
        known = self._before.hierarchies.get(facet)
        if known and not any(term.facet is facet for term in self._own):
            return known
        return Hierarchy(facet, (term for term in self._all if term.facet is facet))

    def _gave_way(self, term: Term) -> bool:
        """Whether a word of the package stands behind one of the register's own."""
        return term.yields and self._known[term.facet].terms.get(term.id) is not term

    def _check_broader(self) -> None:
        for term in self._own:
            hierarchy, where = self._known[term.facet], f"term/{term.id}"
            if term.origin is None:
                continue
            for key, words in (
                ("broader", term.broader),
                ("holds", term.holds),
                ("rest_of", term.rest_of),
            ):
                for i, word in enumerate(words):
                    if hierarchy.find(word) is None:
                        self._note_unknown(term.facet, word, term.origin / key / i, where)
            itself = term.id in map(hierarchy.find, term.broader)
            if term.id in hierarchy.loops or itself:
                at = (term.origin / "broader").location
                hint = "take one step out of the circle of `broader`"
                message = f"{term.id} is broader than itself"
                _note(self._unknown, Problem(at, message, hint, (), where, "broader"))


_KNOWN = {
    Facet.SUBJECT: "word for a group of people",
    Facet.DATA: "word for a kind of data",
    Facet.PURPOSE: "word for a purpose",
    Facet.RECIPIENT: "party or word for recipients",
    Facet.COUNTRY: "country",
    Facet.TRIGGER: "word for when a period begins",
}


_ASKED = {
    Facet.SUBJECT: "whose data it is",
    Facet.DATA: "which data",
    Facet.PURPOSE: "what for",
    Facet.RECIPIENT: "who",
}
"""What a field asks, for an entry in it that answers nothing."""


def _note(noted: dict[tuple[str, str], Problem], problem: Problem) -> None:
    """Keep a problem; one that was noted elsewhere in the same thing only gets a further place."""
    key = (problem.where, problem.facet)
    first = noted.setdefault(key, problem)
    if first is not problem and len(first.related) < MOST_AGAIN:
        again = (problem.at, "and again here")
        noted[key] = replace(first, related=(*first.related, again))


def _term(data: Mapping[str, Any], origin: Origin) -> Iterator[tuple[Term, Origin]]:
    """A term, and those it lists as narrower by their labels alone."""
    facet = Facet(data["facet"])
    term = Term(
        facet=facet,
        id=data["id"],
        label=data["label"],
        synonyms=strings(data.get("synonyms", ())),
        broader=strings(data.get("broader", ())),
        open=data.get("open", True),
        umbrella=data.get("umbrella", False),
        special=data.get("special", ""),
        plain=data.get("plain", ""),
        never=strings(data.get("not", ())),
        holds=strings(data.get("holds", ())),
        rest_of=strings(data.get("rest_of", ())),
        yields=data.get("yields", False),
        starter=data.get("starter", False),
        same_as=data.get("same-as", {}),
        origin=origin,
    )
    yield term, origin
    for id_, label in data.get("narrower", {}).items():
        at = origin / "narrower" / id_
        yield Term(facet, id_, label, broader=(term.id,), special=term.special, origin=at), at


def _party(data: Mapping[str, Any], origin: Origin) -> Iterator[tuple[Term, Origin]]:
    """A party as a word for recipients. A processor is not a third party (Article 4(10))."""
    default = "processor" if data["type"] == "processor" else "third-party"
    term = Term(
        facet=Facet.RECIPIENT,
        id=data["id"],
        label=data["name"],
        synonyms=strings(data.get("synonyms", ())),
        broader=strings(data.get("broader", default)),
        origin=origin,
    )
    yield term, origin


_Maker = Callable[[Mapping[str, Any], Origin], Iterator[tuple[Term, Origin]]]
_MAKE: Mapping[str, _Maker] = {"term": _term, "party": _party}


def strings(written: Any) -> Words:
    """One word or a list of them, as a tuple of text."""
    return (str(written),) if isinstance(written, (str, int)) else tuple(map(str, written))
