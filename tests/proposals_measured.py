"""What `ropa notice suggest` makes of notices whose true statements were written by hand: counted, deed by deed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.proposing.suggesting import MAIN, Suggesting, Suggestion
from ropa.reading.memo import Readings
from ropa.reading.names import Names
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Claim, Notice, Register, Statement
from ropa.register.vocabulary import ROOTS, Facet
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText
from statement_sets import REGISTER, TEXT, StatementSet

KEYS = {
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}


class Counts(Struct):
    """Of hand-made claims: how many have a proposal of the right deed, the word filled in, or among what is offered.

    `right` and `wrong` are filled-in words of proposals at sentences that a hand-made statement states that key of.
    """

    claims: int = 0
    deeds: int = 0
    filled: int = 0
    offered: int = 0
    right: int = 0
    wrong: int = 0
    proposals: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        mine = (getattr(self, f) + getattr(other, f) for f in self.__struct_fields__)
        return Counts(*mine)

    def shares(self) -> str:
        """The counts as shares."""
        of = self.claims or 1
        sure = self.right + self.wrong
        return (
            f"{self.claims:4} claims: deed {self.deeds / of:.2f}, filled {self.filled / of:.2f}, "
            f"filled or offered {self.offered / of:.2f}; of {sure} filled in {self.right / (sure or 1):.2f} right; "
            f"{self.proposals} proposals"
        )


class Measured(Struct, frozen=True):
    """One notice with its true statements and what is proposed of it."""

    text: NoticeText
    register: Register
    notice: Notice
    suggesting: Suggesting
    suggestions: tuple[Suggestion, ...]


def measured(one: StatementSet) -> Measured:
    """A set of true statements, and what is proposed of its notice without them."""
    text = notice_of_text(SourceFile(TEXT, one.text))
    documents = tuple(parse(SourceFile(REGISTER, one.register)))
    register = build(documents, {(REGISTER, TEXT): text}, terms=shipped_terms())
    (notice,) = register.notices.values()
    readings = Readings(text, Names.of(register))
    suggesting = Suggesting(register, readings)
    return Measured(text, register, notice, suggesting, tuple(suggesting))


def counted(one: Measured) -> Mapping[str, Counts]:
    """The counts of one notice, by deed."""
    found: dict[str, Counts] = defaultdict(Counts)
    for statement in one.notice.statements:
        at = _stretch(one, statement)
        if at is not None:
            found[_deed(statement)] += _claim(one, statement, _at(one, at))
    for suggestion in one.suggestions:
        found[_named(suggestion)].proposals += 1
        right, wrong = _words(one, suggestion)
        found[_named(suggestion)].right += right
        found[_named(suggestion)].wrong += wrong
    return found


def _stretch(one: Measured, statement: Statement) -> tuple[int, int] | None:
    return one.text.span(statement.quoted) if statement.quoted else None


def _at(one: Measured, at: tuple[int, int]) -> list[Suggestion]:
    return [s for s in one.suggestions if s.start < at[1] and at[0] < s.end]


def _deed(statement: Statement) -> str:
    return f"never {statement.claim}" if statement.negative else str(statement.claim)


def _named(suggestion: Suggestion) -> str:
    return f"never {suggestion.claim}" if suggestion.negative else str(suggestion.claim)


def _claim(one: Measured, statement: Statement, near: Iterable[Suggestion]) -> Counts:
    same = [s for s in near if _named(s) == _deed(statement)]
    filled = any(_says(statement, s) for s in same)
    offered = filled or any(_says(statement, s, one.suggesting.others(s)) for s in same)
    return Counts(1, bool(same), filled, offered)


def _says(
    statement: Statement,
    suggestion: Suggestion,
    offered: Mapping[str, tuple[str, ...]] | None = None,
) -> bool:
    """Whether a proposal has the word of what the statement is mostly about, or of what it states instead."""
    if statement.claim is Claim.INFORMS:
        return bool(set(statement.items) & set(suggestion.items))
    if statement.claim is Claim.KEEPS and (statement.period or statement.criteria):
        same = suggestion.said.get("period") == statement.period and bool(statement.period)
        return same or bool(statement.criteria and suggestion.said.get("criteria"))
    stated = {key: words for key, words in _stated(statement) if words}
    main = next((k for k in MAIN[statement.claim] if k in stated), next(iter(stated), ""))
    if not main:
        told = suggestion.said.get("basis", {}).values()
        return statement.negative or (
            statement.basis is not None and statement.basis.letter in told
        )
    there = set(suggestion.filled.get(main, ()))
    there |= set((offered or {}).get(main, ()))
    return bool(there & set(stated[main]))


def _stated(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, facet in KEYS.items():
        yield key, statement.states.get(facet, ())


def _words(one: Measured, suggestion: Suggestion) -> tuple[int, int]:
    """How many of the words that a proposal fills in are right and wrong, where somebody has said so by hand."""
    by_hand: dict[str, set[str]] = defaultdict(set)
    items: set[str] = set()
    for statement in one.notice.statements:
        at = _stretch(one, statement)
        if at and suggestion.start < at[1] and at[0] < suggestion.end:
            items |= set(statement.items)
            for key, words in _stated(statement):
                by_hand[key] |= set(words)
    if suggestion.items:
        right = len(items & set(suggestion.items)) if items else 0
        return right, len(suggestion.items) - right if items else 0
    judged = [(k, w) for k, words in suggestion.filled.items() for w in words if by_hand[k]]
    right = sum(_akin(one, key, word, by_hand[key]) for key, word in judged)
    return right, len(judged) - right


def _akin(one: Measured, key: str, word: str, others: set[str]) -> bool:
    words = one.register.vocabulary[KEYS[key].scheme]
    mine = words.mask(word) if word in words.terms else 0
    return word in others or any(
        other in words.terms and not (mine & ~words.mask(other) and words.mask(other) & ~mine)
        for other in others - set(ROOTS.values())
    )


def table(found: Iterable[Mapping[str, Counts]]) -> Iterator[str]:
    """The counts of several notices as lines, deed by deed."""
    deeds: dict[str, Counts] = defaultdict(Counts)
    for one in found:
        for deed, counts in one.items():
            deeds[deed] += counts
    for deed in sorted(deeds, key=lambda d: -deeds[d].claims):
        yield f"{deed:18} {deeds[deed].shares()}"
    yield f"{'together':18} {total(deeds.values()).shares()}"


def total(counts: Iterable[Counts]) -> Counts:
    """All of them as one."""
    made = Counts()
    for one in counts:
        made += one
    return made
