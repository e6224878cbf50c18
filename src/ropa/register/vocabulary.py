"""Words as sets: which word of a register is part of which word of a notice.

A term denotes its atoms: itself when nothing is narrower, else those of its narrower terms, plus one
residual atom ("other health information") unless it says that its narrower terms are all there is. Broader
is then superset, a synonym is equality, and what two words have in common is an intersection. Sets are
Python integers, a bit an atom.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents.document import Origin
from ropa.documents.patterns import regex
from ropa.documents.shipped import derived, shipped
from ropa.register import wordforms
from ropa.register.told_purposes import bare, purposes_told
from ropa.register.wordforms import Form, forms

TERMS = Path(__file__).parent / "terms"
"""The words that ship with the package."""


class Facet(StrEnum):
    """One thing about a flow that people may have to be told, or that may go against what they were told."""

    SUBJECT = "subject"
    DATA = "data"
    SOURCE = "source"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    COUNTRY = "country"
    TRIGGER = "trigger"
    BASIS = "basis"
    RETENTION = "retention"
    TRANSFER = "transfer"
    PROMISE = "promise"
    ITEM = "item"

    @property
    def scheme(self) -> "Facet":
        """The facet whose words it uses: a source is a party or a category of them, as a recipient is."""
        return Facet.RECIPIENT if self is Facet.SOURCE else self


ROOTS: Mapping[Facet, str] = {
    Facet.SUBJECT: "person",
    Facet.DATA: "personal-data",
    Facet.PURPOSE: "any-purpose",
    Facet.RECIPIENT: "anyone",
    Facet.COUNTRY: "anywhere",
    Facet.TRIGGER: "any-event",
}
"""The word that means everything, for each facet that has words. A term with no `broader` is below it."""


class Term(Struct, frozen=True, dict=True):
    """One word of the controlled vocabulary, or one party as a word of the recipients.

    `plain` is what to call it in a notice, in the middle of a sentence, where the label is a word of the trade.
    `never` are words that hold one of its names and mean something else: "public interest" is no publicity.
    `special` is "article_9" or "article_10" for data that the UK GDPR treats as such. `same_as` names
    the equal concept elsewhere, by scheme ("dpv" to an IRI, "fideslang" to a key). A word of the package that `yields`
    gives way to one of the register's own that answers to any of its names, and leaves it the others. `starter` says
    that a word of the register comes from a starter pack, and nobody has confirmed it.
    """

    facet: Facet
    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    open: bool = True
    umbrella: bool = False
    special: str = ""
    same_as: Mapping[str, str] = {}
    origin: Origin | None = None
    plain: str = ""
    never: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    rest_of: tuple[str, ...] = ()
    yields: bool = False
    starter: bool = False

    @property
    def composed(self) -> bool:
        """Whether it stands for other terms: for all that it holds, or for what others leave of the one above it."""
        return bool(self.holds or self.rest_of)

    @property
    def also(self) -> tuple[str, ...]:
        """Names that stand for it in a cell of a register, and are too common to be looked for in sentences."""
        at = self.origin
        written = at.document.data.get("also", ()) if at and not at.pointer else ()
        return (written,) if isinstance(written, str) else tuple(written)

    @cached_property
    def also_folded(self) -> tuple[str, ...]:
        """Those names as they are looked up: made once for all registers that have the term."""
        return tuple(map(fold, self.also))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every folded name it answers to in a register, once each."""
        return tuple(dict.fromkeys((*self.firm, *self.also_folded)))

    @property
    def means(self) -> tuple[object, ...]:
        """All that it says, but not where it is written."""
        said = [getattr(self, name) for name in self.__struct_fields__ if name != "origin"]
        return (*said, self.also, self.is_party)

    @property
    def is_party(self) -> bool:
        """Whether it is somebody by name, whom a register has as a party."""
        return self.origin is not None and self.origin.document.data["kind"] == "party"

    @cached_property
    def firm(self) -> tuple[str, ...]:
        """Those of its names that are looked for in sentences, too, and that no word of a register may take."""
        names = (self.id, self.label, *self.synonyms, self.plain)
        return tuple(dict.fromkeys([_folded(name) for name in names if name]))


def _placed(term: Term) -> tuple[object, ...]:
    """What of a term says how it is graded, besides what it stands below."""
    return term.umbrella, term.open, term.special, term.holds, term.rest_of, term.is_party


LISTED = regex(r"\s*(?:[,;/&]\s*(?:and|or)\b|[,;/&]|(?<=\s)(?:and|or)(?=\s))\s*")
"""What stands between the things that one entry lists."""


LaidDown = tuple[list[str], list[str], tuple[Any, ...]]
"""The ids of the terms of a hierarchy in their order, those in a circle, and its tables."""


def _root_of(facet: Facet) -> Term:
    """The word above all others, where no term says what it is called."""
    return Term(facet, ROOTS[facet], ROOTS[facet], open=True, umbrella=True)


class Hierarchy:
    """The words of one facet as sets of atoms. Made once, then only asked.

    Words that nobody defined become atoms of their own, below nothing, so that nothing tells them.
    """

    def __init__(self, facet: Facet, terms: Iterable[Term], unknown: Iterable[str] = ()) -> None:
        self.facet = facet
        self.root = ROOTS[facet]
        self.terms: dict[str, Term] = {}
        self._ids = _by_name(terms, self.terms)
        self.terms.setdefault(self.root, _root_of(facet))
        self._ids.setdefault(fold(self.root), self.root)
        self._broader = {id_: self._parents(term) for id_, term in self.terms.items()}
        self._narrower: dict[str, list[str]] = {id_: [] for id_ in self.terms}
        for id_, parents in self._broader.items():
            for parent in parents:
                self._narrower[parent].append(id_)
        self.loops = frozenset(self._break_loops())
        self._own: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        self._count_atoms()
        self._add(unknown)

    def laid_down(self) -> LaidDown:
        """What it works out of its terms, as plain data in the order of `taken_up`."""
        own = (self._ids, self._broader, self._narrower, self._own, self._masks)
        return list(self.terms), sorted(self.loops), own

    @classmethod
    def taken_up(cls, facet: Facet, terms: Mapping[str, Term], kept: LaidDown) -> "Hierarchy":
        """The hierarchy of some terms of which this was laid down, without working it out again."""
        made = cls.__new__(cls)
        made.facet, made.root = facet, ROOTS[facet]
        ids, loops, own = kept
        made.terms = {id_: terms.get(id_) or _root_of(facet) for id_ in ids}
        made.loops = frozenset(loops)
        made._ids, made._broader, made._narrower, made._own, made._masks = own
        made._add(())
        return made

    def beside(self, unknown: Iterable[str]) -> "Hierarchy":
        """The same words, and beside them those that nobody defined."""
        made = copy(self)
        made._own, made._masks = dict(self._own), dict(self._masks)
        made._add(unknown)
        return made

    def _add(self, unknown: Iterable[str]) -> None:
        self.unknown = frozenset(word for word in unknown if word not in self.terms)
        for word in sorted(self.unknown):
            self._masks[word] = self._own[word] = 1 << len(self._own)
        self._hops: dict[tuple[str, str], int | None] = {}

    def same_as(self, other: "Hierarchy") -> bool:
        """Whether it has the same words as another, called and ordered the same, so that it has the same atoms."""
        if self is other:
            return True
        same = self.unknown == other.unknown and self._ids == other._ids
        return same and (
            self.terms is other.terms
            or same_terms(tuple(self.terms.values()), tuple(other.terms.values()))
        )

    def stands_as(self, other: "Hierarchy") -> bool:
        """Whether each word that is in both stands below the same words, and as broadly."""
        mine, theirs = self.terms, other.terms
        return all(
            (term is theirs[id_] or _placed(term) == _placed(theirs[id_]))
            and self._broader[id_] == other._broader[id_]
            for id_, term in mine.items()
            if id_ in theirs
        )

    def other_atoms(self, other: "Hierarchy") -> frozenset[str]:
        """The words that have other atoms here than there, or are only here or there, or nobody defined."""
        masks = self._masks.items() ^ other._masks.items()
        return frozenset([word for word, _ in masks]) | (self.unknown ^ other.unknown)

    def find(self, word: str) -> str | None:
        """The id of the term that `word` names: by id, label or synonym, in any case or spacing, or inflected.

        A party is found by its names alone: nobody is called what somebody else is almost called.
        """
        if word in self.terms:
            return word
        name = fold(word)
        return self._ids.get(name) or self._also.get(name) or self._inflected(word)

    def several(self, word: str) -> tuple[str, ...]:
        """The ids of the things that one entry lists, in its order: none, unless every one of them is known.

        “Name, address and date of birth” is three, and so is “exam and test results” two: what stands behind the last
        may be meant of all. What is known as a whole is one thing, and nobody asks for its parts. A purpose may be told
        as a clause.
        """
        return self._listed(word) or (
            purposes_told(word, self.find) if self.facet is Facet.PURPOSE and " " in word else ()
        )

    def _listed(self, word: str) -> tuple[str, ...]:
        parts = LISTED.split(word)
        *before, last = (part.strip() for part in parts)
        tail = last.rpartition(" ")[2]
        found = [self.find(f"{part} {tail}") or self.find(part) for part in before]
        found.append(self.find(last))
        known = tuple(dict.fromkeys(id_ for id_ in found if id_))
        return known if before and None not in found else ()

    def _inflected(self, word: str) -> str | None:
        """The id of the one term that has a name of this form, or, with one common word less, of the one that has.

        A word that is written as an id is one, and nothing else.
        """
        if not word or (" " not in word and not _SIGNS.isdisjoint(word)):
            return None
        if self.facet is Facet.PURPOSE:
            name = fold(bare(word))
            named = self._ids.get(name) or self._also.get(name)
            if named:
                return named
        as_it_is, short = forms(self.facet, word)
        return self._forms[0].get(as_it_is) or self._forms[1].get(short) or None

    @cached_property
    def _also(self) -> Mapping[str, str]:
        """Terms by the names that only registers use."""
        found: dict[str, str] = {}
        for term in self.terms.values():
            for name in term.also_folded:
                found.setdefault(name, term.id)
        return found

    @cached_property
    def _forms(self) -> tuple[Mapping[Form, str], Mapping[Form, str]]:
        """Terms by the forms of their names, whole and without their last common word, where they fit one alone."""
        found: tuple[dict[Form, str], dict[Form, str]] = ({}, {})
        shipped_forms = _shipped_forms(self.facet)
        for term in self.terms.values():
            if not term.umbrella and not term.is_party:
                for made in {shipped_forms.get(n) or forms(self.facet, n) for n in term.names}:
                    for by_form, form in zip(found, made, strict=True):
                        by_form[form] = term.id if by_form.get(form, term.id) == term.id else ""
        for by_form in found:
            by_form.pop((), None)
        return found

    def like(self, word: str) -> tuple[str, ...]:
        """The ids of the terms that a word may mean, in the order of the vocabulary.

        That is what it names, if anything, first; then every term of which one name has all its words, begun or whole.
        """
        asked = fold(word).split()
        named = self.find(word)
        found = [
            term.id
            for term in self.terms.values()
            if any(_has_words(name.split(), asked) for name in term.names)
        ]
        return tuple(dict.fromkeys([*([named] if named else ()), *found])) if asked else ()

    @property
    def size(self) -> int:
        """How many atoms there are."""
        return len(self._own)

    def mask(self, word: str) -> int:
        """The atoms of a term, by its id, as bits."""
        return self._masks[word]

    def union(self, words: Iterable[str]) -> int:
        """The atoms of several terms together."""
        atoms = 0
        for word in words:
            atoms |= self._masks[word]
        return atoms

    def inside(self, atoms: int) -> frozenset[str]:
        """The words that denote some of these atoms and no others."""
        return frozenset([word for word, own in self._masks.items() if not own & ~atoms])

    def label(self, word: str) -> str:
        """What to call a term in a sentence; a word nobody defined is called what it was written as."""
        term = self.terms.get(word)
        return term.label if term else word

    def plain(self, word: str) -> str:
        """What to call a term in the middle of a sentence to anybody; nothing where its label will do."""
        term = self.terms.get(word)
        return term.plain if term and self.find(term.plain) == word else ""

    def umbrella(self, word: str) -> bool:
        """Whether the word is too vague to tell anybody anything."""
        term = self.terms.get(word)
        return term is not None and term.umbrella

    def hops(self, narrow: str, broad: str) -> int | None:
        """How many steps up it is from one term to another, at the least; None when it is not above."""
        if narrow == broad:
            return 0
        known = self._hops.get((narrow, broad), -1)
        if known != -1:
            return known
        found = self._climb(narrow, broad)
        if found is None and broad in self.terms and self.terms[broad].composed:
            found = self._below(narrow, self.terms[broad])
        self._hops[narrow, broad] = found
        return found

    def _below(self, narrow: str, broad: Term) -> int | None:
        """How many steps up it is to a term that stands for others: one more than to those it holds."""
        if self._masks[narrow] & ~self._masks[broad.id]:
            return None
        steps = [self.hops(narrow, word) for word in map(self.find, broad.holds) if word]
        known = [step + 1 for step in steps if step is not None]
        return min(known, default=1)

    def wider(self, word: str) -> tuple[str, ...]:
        """The terms directly above."""
        return tuple(self._broader.get(word, ()))

    def names(self, atoms: int, within: Iterable[str] = ()) -> tuple[str, ...]:
        """Words for a set of atoms: whole terms where they fit, "other ..." for a residue.

        `within` gives the terms it was taken from, to be named in their order and in their words.
        """
        found: dict[str, None] = {}
        left = atoms
        for word in (*within, self.root, *self.unknown):
            if left:
                left &= ~self._name(word, left, atoms, found)
        return tuple(found)

    def narrowed(self, words: Iterable[str], held: Iterable[str]) -> tuple[str, ...]:
        """Some words; in place of one that is wider than what is held, the words that are held below it."""
        held, found = tuple(held), dict[str, None]()
        whole = self.union(held)
        for word in words:
            atoms = self.mask(word)
            below = [other for other in held if self.mask(other) & atoms]
            inside = not any(self.mask(other) & ~atoms for other in below)
            found.update(
                dict.fromkeys(below if atoms & ~whole and inside else [word] if below else [])
            )
        return tuple(found)

    def tree(self) -> Iterator[str]:
        """Every word on a line, indented below its broader one: its id, its label, what it is too vague for."""
        yield f"{self.facet}:"
        waiting = [(self.root, 1)]
        while waiting:
            word, depth = waiting.pop()
            yield f"{'  ' * depth}{word}: {self.label(word)}{' (umbrella)' if self.umbrella(word) else ''}"
            waiting += [(narrower, depth + 1) for narrower in reversed(self._narrower[word])]

    def _name(self, word: str, atoms: int, whole: int, found: dict[str, None]) -> int:
        """Name the atoms that a word has of these, and say which they were.

        A term all of which is in `whole` is named as one, though a word it overlaps has named some of it.
        """
        named = 0
        waiting = [
            (word, False)
        ]  # not by recursion: a register may stack words as high as it likes
        while waiting:
            here, narrower_done = waiting.pop()
            left, mine, own = atoms & ~named, self._masks.get(here, 0), self._own.get(here, 0)
            if narrower_done:
                if own & left:
                    found[_others(self.label(here))] = None
                    named |= own
            elif mine & left and not mine & ~whole:
                found[self.label(here)] = None
                named |= mine
            elif mine & left:
                waiting.append((here, True))
                waiting.extend((narrower, False) for narrower in reversed(self._narrower[here]))
        return named

    def _parents(self, term: Term) -> list[str]:
        if term.id == self.root:
            return []
        found = (self.find(word) for word in term.broader)
        return [p for p in dict.fromkeys(found) if p and p != term.id] or [self.root]

    def _break_loops(self) -> Iterator[str]:
        """Take out each step up that leads back to where it began, and name the term it began from."""
        state: dict[str, bool] = {}  # True while its narrower terms are being walked
        for start in self.terms:
            if start in state:
                continue
            state[start] = True
            walk = [(start, iter(tuple(self._narrower[start])))]
            while walk:
                here, rest = walk[-1]
                below = next(rest, None)
                if below is None:
                    state[here] = False
                    walk.pop()
                elif below not in state:
                    state[below] = True
                    walk.append((below, iter(tuple(self._narrower[below]))))
                elif state[below]:
                    self._narrower[here].remove(below)
                    self._broader[below].remove(here)
                    if not self._broader[below]:
                        self._broader[below].append(self.root)
                        self._narrower[self.root].append(below)
                    yield below

    def _count_atoms(self) -> None:
        """The atoms by the order of the words, those of the package first: one more at the end moves none of them."""
        for word, term in sorted(self.terms.items(), key=lambda one: not one[1].yields):
            if not term.composed and (not self._narrower[word] or term.open):
                self._own[word] = 1 << len(self._own)
        for word in self._from_below():
            atoms = self._own.get(word, 0)
            for below in self._narrower[word]:
                atoms |= self._masks[below]
            self._masks[word] = atoms
        for term in self.terms.values():
            self._masks[term.id] |= self._of_all(term.holds)
        for term in self.terms.values():
            if term.rest_of:
                whole = self.union(self._broader[term.id])
                self._masks[term.id] = whole & ~self._of_all(term.rest_of)

    def _from_below(self) -> Iterator[str]:
        """The words in an order in which each comes behind all that are narrower."""
        waiting = {id_: len(below) for id_, below in self._narrower.items()}
        ready = [id_ for id_, count in waiting.items() if not count]
        while ready:
            word = ready.pop()
            yield word
            for above in self._broader[word]:
                waiting[above] -= 1
                if not waiting[above]:
                    ready.append(above)

    def _of_all(self, words: Iterable[str]) -> int:
        return self.union(word for word in map(self.find, words) if word is not None)

    def _climb(self, narrow: str, broad: str) -> int | None:
        reached, steps = {narrow}, 0
        while reached:
            steps += 1
            reached = {above for word in reached for above in self._broader.get(word, ())}
            if broad in reached:
                return steps
        return None


Vocabulary = Mapping[Facet, Hierarchy]
"""A hierarchy for each facet that has words."""


def same_words(one: Vocabulary, other: Vocabulary) -> bool:
    """Whether two registers have the same words, those that nobody defined among them, wherever they are written.

    Then every word stands for the same atoms in both, by the same bits: these are given in the order of the words.
    """
    return one.keys() == other.keys() and all(other[facet].same_as(one[facet]) for facet in one)


Moved = Mapping[Facet, frozenset[str]]
"""The words that stand for other atoms at one moment than at another, by facet."""
NONE_MOVED: Moved = {}


def moved(now: Vocabulary, before: Vocabulary) -> Moved | None:
    """The words that stand for other atoms than they did `before`; those that came or went, and all above, among them.

    None where some word was put elsewhere, so that any may be graded otherwise; and where a country or a beginning of a
    period is called otherwise, since these are looked up when flows are judged.
    """
    if now.keys() != before.keys():
        return None
    found: dict[Facet, frozenset[str]] = {}
    for facet, words in now.items():
        if words is before[facet]:
            continue
        these = _moved(words, before[facet])
        if these is None:
            return None
        if these:
            found[facet] = these
    return found


@lru_cache(maxsize=2 * len(ROOTS))
def _moved(now: Hierarchy, before: Hierarchy) -> frozenset[str] | None:
    if now.same_as(before):
        return frozenset()
    if now.facet in (Facet.COUNTRY, Facet.TRIGGER) or not now.stands_as(before):
        return None
    return now.other_atoms(before)


def same_terms(one: Sequence[Term], other: Sequence[Term]) -> bool:
    """Whether some terms are the same in the same order, wherever they are written."""
    if one is other:
        return True
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(a is b or a.means == b.means for a, b in pairs)


@cache
@cache
def _shipped_forms(facet: str) -> Mapping[str, tuple[Form, Form]]:
    """The forms of every folded name of the package: made once, and kept, since most registers inflect some word."""
    sources = (*sorted(TERMS.glob("*.yaml")), Path(wordforms.__file__))
    return derived(
        f"forms-{facet}",
        sources,
        TERMS,
        lambda: {name: forms(facet, name) for name in _shipped_names(facet)},
    )


def _shipped_names(facet: str) -> Iterator[str]:
    for document in shipped(TERMS):
        data = document.data
        if data["facet"] == facet:
            for key in ("id", "label", "plain", "synonyms", "also"):
                written = data.get(key, ())
                yield from map(_folded, (written,) if isinstance(written, str) else written)


def fold(word: str) -> str:
    """A word as it is compared: letter case, and the difference of space, hyphen and underscore, go."""
    return _folded(word)


def _folded(word: str) -> str:
    """The same, not remembered: the names of the package are folded once each, and most have no odd sign."""
    if word.isascii():
        plain = word.lower()
        if "-" in plain or "_" in plain:
            plain = plain.replace("-", " ").replace("_", " ")
        return plain if "  " not in plain and plain == plain.strip() else " ".join(plain.split())
    return " ".join(word.casefold().translate(_GAPS).split())


_SIGNS = frozenset("-_")
_GAPS = dict.fromkeys(map(ord, "_-\u2010\u2011\u2012\u2013\u2014\u2015"), " ")


def _has_words(name: list[str], asked: list[str]) -> bool:
    return all(any(word.startswith(begun) for word in name) for begun in asked)


def _others(label: str) -> str:
    """What a term holds beside its narrower terms, in words; `Supporting people` is no noun to put “other” before."""
    if label.partition(" ")[0].endswith("ing"):
        return f"{label[:1].lower()}{label[1:]} in other ways"
    return f"other {label[:1].lower()}{label[1:]}"


def _by_name(terms: Iterable[Term], kept: dict[str, Term]) -> dict[str, str]:
    """Ids of terms by name: ids first, then labels and synonyms; the first of two terms with one name keeps it.

    Words of the package that yield come last. One of which some name is taken already is not `kept`: what
    else it is called then means the word that took it.
    """
    yielding: list[Term] = []
    for term in terms:
        if term.yields:
            yielding.append(term)
        else:
            kept.setdefault(term.id, term)
    found = {term.firm[0]: id_ for id_, term in kept.items()}
    for term in kept.values():
        for name in term.firm:
            found.setdefault(name, term.id)
    for term in yielding:
        ours = next((found[name] for name in term.firm if name in found), term.id)
        if ours == term.id:
            kept.setdefault(term.id, term)
        for name in term.names if ours != term.id else term.firm:
            found.setdefault(name, ours)
    return found
