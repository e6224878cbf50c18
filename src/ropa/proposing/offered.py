"""Suggestions as entries of a notice's file: quoted, merged where they are items of one list, and tried beforehand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import Document, SourceFile
from ropa.documents.source import parse
from ropa.judging.evidence import Proof, Proofs
from ropa.proposing.suggesting import Suggestion
from ropa.proposing.taking import CHOOSE, NEW
from ropa.register.build import build
from ropa.register.model import Claim, Evidence, Notice, Register, Statement
from ropa.register.shipped_words import Glossary
from ropa.seen.text import NoticeText
from ropa.seen.tree import Kind

BY = "ropa notice suggest"
SHORT_ITEM = 5
"""Of how many words an item of a list is at the most that is one statement with its neighbours."""
MOST_MERGED = 12
BEFORE = 60
"""How many characters before a quote tell it from the same words elsewhere."""


class Offered(Struct, frozen=True):
    """A statement as it may be written into the file of a notice, and the suggestions that it was made of."""

    entry: Mapping[str, Any]
    of: tuple[Suggestion, ...]

    @property
    def first(self) -> Suggestion:
        """The suggestion that it begins with."""
        return self.of[0]

    @property
    def open(self) -> bool:
        """Whether a person has to choose something before it can be accepted."""
        return any(suggestion.open for suggestion in self.of)


def offered(suggestions: Iterable[Suggestion], text: NoticeText) -> Iterator[Offered]:
    """The suggestions as entries, in their order; none whose words cannot be quoted."""
    for group in _merged(suggestions):
        quote = _quote(text, group[0].start, group[-1].end)
        if quote:
            yield Offered({**quote, "proposed": True, **_said(group)}, tuple(group))


def _merged(suggestions: Iterable[Suggestion]) -> Iterator[list[Suggestion]]:
    """Each suggestion, or several that are the short items of one list and say the same of it."""
    open_: dict[tuple[object, ...], list[Suggestion]] = {}
    groups: list[list[Suggestion]] = []
    for suggestion in suggestions:
        key = _alike(suggestion)
        group = open_.get(key) if key else None
        if group is not None and len(group) < MOST_MERGED and _follows(group[-1], suggestion):
            group.append(suggestion)
            continue
        groups.append([suggestion])
        if key:
            open_[key] = groups[-1]
    yield from groups


def _alike(suggestion: Suggestion) -> tuple[object, ...] | None:
    """What makes items of a list one statement; None for what stands alone."""
    sentence = suggestion.reading.sentence
    short = len(sentence.text.split()) <= SHORT_ITEM
    alone = suggestion.open or suggestion.items or suggestion.negative or suggestion.said
    keys = tuple(key for key in suggestion.filled if key != "about")
    if sentence.kind is not Kind.BULLET or not short or alone or len(keys) != 1:
        return None
    about = suggestion.filled.get("about", ())
    return suggestion.claim, keys, about, sentence.lead_at, sentence.heading_at


def _follows(before: Suggestion, after: Suggestion) -> bool:
    """Whether two items stand one below the other."""
    return 0 <= after.start - before.end <= 1


def _quote(text: NoticeText, start: int, end: int) -> dict[str, str]:
    """The words to quote, with those before them where the same words stand twice; nothing where none can be."""
    words = (
        text.folded[start:end].rstrip(".;,").removesuffix(" and").removesuffix(" or").rstrip(";,")
    )
    for before in ({}, {"prefix": _before(text, start)}):
        prefix = before.get("prefix", "")
        found = text.quoted(words, prefix) if prefix or not before else None
        if found is not None and text.span(found)[0] == start:
            return {"quote": words, **before}
    return {}


def _before(text: NoticeText, start: int) -> str:
    above = text.folded[max(0, start - BEFORE) : start]
    return (above.partition(" ")[2] if start > BEFORE else above).strip()


def _said(group: Sequence[Suggestion]) -> dict[str, Any]:
    """What the statement says, with who proposes it."""
    first = group[0]
    if first.claim is Claim.INFORMS:
        return {"by": BY, "informs": _short(first.items)}
    body: dict[str, Any] = {}
    for key in dict.fromkeys(key for one in group for key in one.filled):
        body[key] = _short(
            tuple(dict.fromkeys(w for one in group for w in one.filled.get(key, ())))
        )
    body |= {key: CHOOSE + ", ".join(words) for key, words in first.choose.items()}
    body |= {key: _short([NEW + name for name in names]) for key, names in first.new.items()}
    body |= {
        key: _short(said) if isinstance(said, tuple) else said for key, said in first.said.items()
    }
    if first.negative:
        return {"proposed": {"by": BY}, "never": str(first.claim), **body}
    return {"by": BY, str(first.claim): body}


def _short(words: Sequence[str]) -> Any:
    return words[0] if len(words) == 1 else list(words)


# -- trying them ---------------------------------------------------------------------------------


class Trying(Struct, frozen=True):
    """A notice of a register, to try statements in without writing them."""

    register: Register
    notice: Notice
    texts: Mapping[tuple[str, str], NoticeText]
    documents: tuple[Document, ...]
    terms: Glossary

    def statements(
        self, entries: Sequence[Mapping[str, Any]]
    ) -> tuple[Register, tuple[Statement, ...]]:
        """The entries as proposals of the notice, in a register that has them beside its words."""
        written = self.notice.origin.document.data
        data = {**written, "statements": [{**entry, "proposed": True} for entry in entries]}
        path = self.notice.origin.document.path
        (document,) = parse(SourceFile(path, handwriting.document(data)))
        words = [d for d in self.documents if d.data["kind"] in _WORDS]
        register = build([*words, document], self.texts, terms=self.terms)
        return register, register.notices[self.notice.id].proposals

    def proofs(self, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Statement, Proof]]:
        """What the words of the notice prove of each."""
        register, statements = self.statements(entries)
        proved = Proofs(register, self.texts)
        for statement in statements:
            yield statement, proved.of(statement)


_WORDS = frozenset({"organisation", "party", "term"})


def sound(found: Sequence[Offered], trying: Trying) -> tuple[Offered, ...]:
    """Those that their own words bear out: none is gainsaid, and none says what is not there."""
    tried = trying.proofs([one.entry for one in found])
    return tuple(
        one
        for one, (statement, proof) in zip(found, tried, strict=True)
        if statement.evidence is Evidence.FOUND and (one.open or not proof.faulty)
    )


def untold(found: Iterable[Offered], notice: Notice, text: NoticeText) -> Iterator[Offered]:
    """Those that no statement or proposal of the notice says already, of the same words."""
    there = [(text.span(s.quoted), s) for s in (*notice.statements, *notice.proposals) if s.quoted]
    for one in found:
        first, end = one.first, one.of[-1].end
        near = [s for (start, last), s in there if start < end and first.start < last]
        same = [s for s in near if (s.claim, s.negative) == (first.claim, first.negative)]
        if not any(_says_as_much(s, one) for s in same):
            yield one


def _says_as_much(statement: Statement, one: Offered) -> bool:
    stated = {word for words in statement.states.values() for word in words}
    stated |= set(statement.items)
    wanted = {w for s in one.of for words in s.filled.values() for w in words}
    wanted |= {item for s in one.of for item in s.items}
    return wanted <= stated
