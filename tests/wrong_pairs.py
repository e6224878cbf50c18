"""Statements that are not true of their words, made from true ones: the yardstick for what a check of words catches.

Either the statement is altered or the text is. Each pair holds one statement alone, so that what is said of it is said
of the alteration. The same sets give the same pairs.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

import wrong_words as words
from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet, Hierarchy, fold
from statement_sets import REGISTER, Said, StatementSet, quoted, stretches, write

MAIN = {
    "collects": "data",
    "uses": "purposes",
    "keeps": "data",
    "discloses": "to",
    "transfers": "to",
}
"""What an action is mostly about: the facet it states where it is written as a list."""
FACETS = {
    "data": Facet.DATA,
    "purposes": Facet.PURPOSE,
    "to": Facet.RECIPIENT,
    "from": Facet.RECIPIENT,
}
OF_A_PROMISE = ("to", "by", "about", "data", "from", "purposes", "countries")
ENOUGH = 3
"""How many other statements, categories or parties each statement is tried with."""
LETTERS = {"article_6": "abcdef", "article_9": "abcdefghij", "in_words": "abcdef"}
_PERIOD = re.compile(r"P(\d+)([YMWD])")
_UNITS = "YMWD"
_LETTER = re.compile(r"(?<=rticle 6\(1\)\()[a-f](?=\))|(?<=rticle\s9\(2\)\()[a-j](?=\))")
_NUMBERS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
)
_SPAN = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)})(\s+)(year|month|week|day|hour)(s?)\b")


class WrongPair(Struct, frozen=True, dict=True):
    """One altered statement or text. `number` says which statement of the set it was, counted from 0.

    `statement` is what the register says, `text` the notice; one of them is not what the set has.
    """

    kind: str
    number: int
    of: StatementSet
    statement: Said
    text: str

    @cached_property
    def register(self) -> str:
        """The register with this statement alone, as YAML text."""
        return self.of.register_of((self.statement,))

    @property
    def altered_text(self) -> bool:
        """Whether the text of the notice was altered, and not the statement."""
        return self.text != self.of.text

    def write(self, folder: Path) -> None:
        """Write the register and the notice, as `ropa check` reads them."""
        write(folder, self.register, self.text)


class _True(Struct, frozen=True, dict=True):
    """One true statement taken apart, with the place of its words and the words of its set's register."""

    number: int
    of: StatementSet
    place: tuple[int, int]
    vocabulary: Mapping[Facet, Hierarchy]

    @property
    def statement(self) -> Said:
        return self.of.statements[self.number]

    @cached_property
    def deed(self) -> str:
        return next((deed for deed in (*MAIN, "informs") if deed in self.statement), "never")

    @cached_property
    def facets(self) -> dict[str, Any]:
        """What a statement of a flow states, written out; of a promise, what it promises of."""
        if self.deed == "never":
            return {k: v for k, v in self.statement.items() if k in (*OF_A_PROMISE, "unless")}
        stated = self.statement[self.deed]
        return dict(stated) if isinstance(stated, dict) else {MAIN.get(self.deed, "items"): stated}

    @cached_property
    def sentence(self) -> tuple[int, int]:
        return words.sentence_around(self.of.text, *self.place)

    @cached_property
    def lead(self) -> tuple[int, int] | None:
        return words.lead_in(self.of.text, self.place[0])

    @cached_property
    def around(self) -> str:
        """All that a person reads the quote with: its block and what leads in to it."""
        block, lead = words.block_around(self.of.text, self.place[0]), self.lead or (0, 0)
        last = max(block[1], self.place[1])
        return fold(f"{self.of.text[slice(*lead)]} {self.of.text[block[0] : last]}")

    @property
    def flow(self) -> bool:
        """Whether it says what is done, and promises nothing."""
        return self.deed in MAIN

    def other(self, key: str, value: Any) -> Said:
        """The statement with another value for one facet."""
        return self.saying({**self.facets, key: value})

    def saying(self, facets: Said) -> Said:
        """The statement with other facets."""
        kept = {k: v for k, v in self.statement.items() if k in {"quote", "prefix"}}
        return {**kept, **(facets if self.deed == "never" else {self.deed: facets})}


Kind = Callable[[_True, "tuple[_True, ...]", random.Random], Iterator[tuple[Said, str]]]


def wrong_pairs(one: StatementSet) -> Iterator[WrongPair]:
    """Every wrong pair that a set of true statements yields, kind by kind."""
    vocabulary = _vocabulary(one)
    every = tuple(
        _True(number, one, place, vocabulary) for number, place in enumerate(stretches(one))
    )
    for kind, alter in KINDS.items():
        chance = random.Random(f"{one.name}/{kind}")
        for true in every:
            for statement, text in alter(true, every, chance):
                if statement != true.statement or text != one.text:
                    yield WrongPair(kind, true.number, one, statement, text)


def _vocabulary(one: StatementSet) -> Mapping[Facet, Hierarchy]:
    return build(
        tuple(parse(SourceFile(REGISTER, one.register))), {}, terms=shipped_terms()
    ).vocabulary


def _periods(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """One more, ten times as many, another unit; in the statement, and in the text."""
    found = _PERIOD.fullmatch(str(true.facets.get("period", ""))) if true.deed == "keeps" else None
    if not found:
        return
    number, unit = int(found[1]), found[2]
    others = (f"P{number + 1}{unit}", f"P{number * 10}{unit}", *_units(number, unit))
    yield from ((true.other("period", other), true.of.text) for other in others)
    said = [*_SPAN.finditer(true.of.text, *true.place)]
    if len(said) == 1:
        for other in _other_spans(said[0]):
            yield _edited(true, [(*said[0].span(), other)])


def _units(number: int, unit: str) -> Iterator[str]:
    """As many of another unit: not twelve months for a year, which is the same."""
    yield from (f"P{number}{other}" for other in _UNITS if other != unit)


def _other_spans(said: re.Match[str]) -> Iterator[str]:
    number = int(said[1]) if said[1].isdigit() else _NUMBERS.index(said[1])
    for other in (number + 1, number * 10):
        yield f"{other}{said[2]}{said[3]}s"
    yield f"{said[1]}{said[2]}{'month' if said[3] == 'year' else 'year'}{said[4]}"


def _articles(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """Another letter, where the words name the Article; in the statement, and in the text."""
    basis = true.facets.get("basis", {}) if true.flow else {}
    for article in ("article_6", "article_9"):
        for letter in LETTERS[article] if article in basis else "":
            if letter != basis[article]:
                yield true.other("basis", {**basis, article: letter}), true.of.text
    for said in _LETTER.finditer(true.of.text, *true.place) if basis else ():
        letters = LETTERS["article_9" if said.string[said.start() - 6] == "9" else "article_6"]
        for letter in letters:
            if letter != said[0]:
                yield _edited(true, [(*said.span(), letter)])


def _letters_in_words(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """Another letter, where the words say the basis without an Article."""
    basis = true.facets.get("basis", {}) if true.flow else {}
    right = basis.get("in_words") or basis.get("article_6")
    for letter in LETTERS["in_words"] if right else "":
        if letter != right:
            yield true.other("basis", {"in_words": letter}), true.of.text


def _named_parties(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """Another registered party for the one that the words name; in the statement, and in the text."""
    parties = _parties(true.of)
    for key in ("to", "from"):
        named = [w for w in _listed(true.facets.get(key)) if _is_named(true, parties.get(w))]
        for party in named if true.flow else ():
            for other in _other_parties(true, parties):
                instead = [other if word == party else word for word in _listed(true.facets[key])]
                yield true.other(key, instead), true.of.text
                yield from _renamed(true, parties[party], parties[other]["name"])


def _renamed(true: _True, party: Said, other: str) -> Iterator[tuple[Said, str]]:
    """The text with another party's name where the sentence has this one's, once."""
    start, end = true.sentence
    names = "|".join(map(_wrapped, sorted(_names(party), key=len, reverse=True)))
    named = rf"\b(?:[Tt]he\s+)?(?:{names})(?:\s+\((?:{names})\))?(?!\w)"
    said = [m for m in re.finditer(named, true.of.text) if start <= m.start() < end]
    if len(said) == 1:
        article = "the " if re.search(rf"\bthe\s+{_wrapped(other)}", true.of.text) else ""
        yield _edited(true, [(*said[0].span(), f"{article}{other}")])


def _wrapped(name: str) -> str:
    """A name as a pattern, wherever its line may be broken."""
    return r"\s+".join(map(re.escape, name.split()))


def _other_parties(true: _True, parties: Mapping[str, Said]) -> Iterator[str]:
    unnamed = [id_ for id_, party in parties.items() if not _is_named(true, party)]
    return iter(unnamed[:ENOUGH])


def _parties_for_categories(
    true: _True, _: object, chance: random.Random
) -> Iterator[tuple[Said, str]]:
    """A registered party that the words do not name, for a category."""
    parties = _parties(true.of)
    for key in ("to", "from") if true.flow else ():
        if (stated := _listed(true.facets.get(key))) and not set(stated) & set(parties):
            unnamed = [p for p in parties if not _is_named(true, parties[p])]
            for other in chance.sample(unnamed, min(ENOUGH, len(unnamed))):
                yield true.other(key, other), true.of.text


def _categories(true: _True, _: object, chance: random.Random) -> Iterator[tuple[Said, str]]:
    """Another shipped word of the same facet, neither wider nor narrower, that its words do not have."""
    for key, facet in FACETS.items() if true.flow else ():
        if stated := _listed(true.facets.get(key)):
            hierarchy = true.vocabulary[facet]
            others = [w for w in hierarchy.terms if _is_another(true, hierarchy, stated, w)]
            if others and not hierarchy.umbrella(stated[0]):
                yield true.other(key, chance.choice(others)), true.of.text


def _is_another(true: _True, hierarchy: Hierarchy, stated: Iterable[str], word: str) -> bool:
    own = hierarchy.union(hierarchy.find(w) or w for w in stated)
    term = hierarchy.terms[word]
    said = {part for name in term.names for part in name.split() if len(part) > 3}
    return not (
        hierarchy.mask(word) & own
        or term.umbrella
        or _share_a_parent(hierarchy, stated, word)
        or any(part[:5] in true.around for part in said)
    )


def _share_a_parent(hierarchy: Hierarchy, stated: Iterable[str], word: str) -> bool:
    parents = {parent for own in stated for parent in hierarchy.wider(hierarchy.find(own) or own)}
    return bool(parents & set(hierarchy.wider(word)) - {hierarchy.root})


def _by_grammar(
    form: Callable[[_True, "words.Spot"], Iterator[tuple[words.Edit, ...]]],
) -> Kind:
    """A kind that alters the sentence a flow statement quotes, at the place where its deed is said."""

    def alter(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
        start, end = true.sentence
        spot = words.deed(true.of.text, start, end) if true.flow else None
        if spot and not words.is_denied(true.of.text[start:end]) and _governs(true, spot):
            for edits in form(true, spot):
                yield _edited(true, edits)

    return alter


def _governs(true: _True, spot: words.Spot) -> bool:
    """Whether the deed at this place is what the quote says: the quote has it, or it follows in the same clause."""
    between = true.of.text[spot.verb[1] : true.place[0]]
    return spot.verb[0] < true.place[1] and not re.search(
        r"[.;:]|, (?:and|but|so|which|we)\b|\band\s*$", between
    )


def _denied_leads(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """The sentence that leads in to the list is denied."""
    spot = words.deed(true.of.text, *true.lead) if true.lead and true.flow else None
    if spot and true.lead and not words.is_denied(true.of.text[slice(*true.lead)]):
        for edits in words.negated(true.of.text, spot):
            yield _edited(true, edits)


def _tied_to_consent(*deeds: str) -> Kind:
    """What is done is done only with consent, which the statement leaves out."""

    def alter(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
        denied = words.is_denied(true.of.text[slice(*true.sentence)])
        if true.deed in deeds and "conditions" not in true.facets and not denied:
            for edits in words.with_consent(true.of.text, *true.sentence):
                yield _edited(true, edits)

    return alter


def _read_as_promise(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """A statement of what is done, written as a promise not to do it."""
    kept = {key: value for key, value in true.facets.items() if key in OF_A_PROMISE}
    read_with = true.of.text[slice(*true.sentence)] + true.of.text[slice(*(true.lead or (0, 0)))]
    if true.flow and kept and not words.is_denied(read_with):
        found = {k: v for k, v in true.statement.items() if k in {"quote", "prefix"}}
        yield {**found, "never": true.deed, **kept}, true.of.text


def _affirmed(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """A promise whose sentence no longer denies."""
    if true.deed == "never":
        for edits in words.affirmed(true.of.text, *true.sentence):
            yield _edited(true, edits)


def _read_as_done(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """A promise, written as a statement of what is done."""
    if true.deed == "never":
        found = {k: v for k, v in true.statement.items() if k in {"quote", "prefix"}}
        kept = {k: v for k, v in true.facets.items() if k != "unless"}
        yield {**found, true.statement["never"]: kept}, true.of.text


def _elsewhere(*, same: bool) -> Kind:
    """The quote of another statement, of the same deed or of another, from a sentence that says nothing of this one."""

    def alter(
        true: _True, every: tuple[_True, ...], chance: random.Random
    ) -> Iterator[tuple[Said, str]]:
        near = {other.sentence for other in every if not _says_nothing_of(other, true)}
        fit = (o for o in every if (o.deed == true.deed) == same and o.sentence not in near)
        others = {other.statement["quote"]: other for other in fit}
        for quote in chance.sample(sorted(others), min(ENOUGH, len(others))):
            yield _quoting(true, quoted(true.of.text, *others[quote].place)), true.of.text

    return alter


def _says_nothing_of(other: _True, true: _True) -> bool:
    """Whether another statement stands in another sentence, with other words for every facet both state."""
    if other.sentence == true.sentence:
        return False
    if other.deed == true.deed == "informs":
        items, own = _listed(other.statement["informs"]), _listed(true.statement["informs"])
        return not set(items) & set(own)
    return not any(_overlap(true, key, other.facets.get(key)) for key in true.facets)


def _overlap(true: _True, key: str, value: Any) -> bool:
    """Whether a value of another statement for one facet has anything in common with this one's."""
    if key not in FACETS or value is None:
        return value is not None and key != "about"
    hierarchy = true.vocabulary[FACETS[key]]
    own, other = (
        hierarchy.union(hierarchy.find(w) or w for w in _listed(v))
        for v in (true.facets[key], value)
    )
    return bool(own & other)


def _quoting(true: _True, quote: Mapping[str, str]) -> Said:
    rest = {k: v for k, v in true.statement.items() if k not in {"quote", "prefix"}}
    return {**quote, **rest}


def _title(true: _True, _: object, __: random.Random) -> Iterator[tuple[Said, str]]:
    """The title of the notice as the quote, where it has the three words that a quote needs."""
    title, *_others = words.headings(true.of.text)
    if len(title.split()) > 2:
        yield _quoting(true, {"quote": title}), true.of.text


def _heading(true: _True, _: object, chance: random.Random) -> Iterator[tuple[Said, str]]:
    """A heading as the quote, of three words at the least."""
    _title, *others = words.headings(true.of.text)
    if long := [heading for heading in others if len(heading.split()) > 2]:
        yield _quoting(true, {"quote": chance.choice(long)}), true.of.text


def _edited(true: _True, edits: Iterable[words.Edit]) -> tuple[Said, str]:
    """The statement with its quote after edits of the text, and the edited text."""
    edits = tuple(edits)
    text = words.edited(true.of.text, edits)
    return _quoting(true, quoted(text, *words.moved(true.place, edits))), text


def _parties(one: StatementSet) -> dict[str, Said]:
    return {d["id"]: d for d in one.documents if d["kind"] == "party" and d["type"] != "category"}


def _names(party: Said) -> list[str]:
    return [party["name"], *_listed(party.get("synonyms"))]


def _is_named(true: _True, party: Said | None) -> bool:
    """Whether the words around a quote have one of a party's names."""
    return bool(party) and any(fold(name) in true.around for name in _names(party or {}))


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


KINDS: Mapping[str, Kind] = {
    "another period": _periods,
    "another letter, written as an Article": _articles,
    "another letter, in words": _letters_in_words,
    "another registered party": _named_parties,
    "a registered party for a category": _parties_for_categories,
    "another category": _categories,
    "denied in the sentence": _by_grammar(lambda true, spot: words.negated(true.of.text, spot)),
    "denied in the lead-in": _denied_leads,
    "past": _by_grammar(lambda true, spot: words.past(true.of.text, spot)),
    "made a question": _by_grammar(lambda t, spot: words.asked(t.of.text, spot, t.sentence[1])),
    "given only with your consent": _tied_to_consent("discloses", "transfers"),
    "had only with your consent": _tied_to_consent("collects", "uses"),
    "positive read as a promise": _read_as_promise,
    "negation taken out of a promise": _affirmed,
    "promise read as positive": _read_as_done,
    "quote of another statement, same deed": _elsewhere(same=True),
    "quote of another statement, other deed": _elsewhere(same=False),
    "the title as the quote": _title,
    "a heading as the quote": _heading,
}
"""Every kind of alteration by its name."""
