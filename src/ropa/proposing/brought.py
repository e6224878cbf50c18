"""What somebody else proposes, a program or a person: held against words and sentences, and refused with a reason.

What is refused is refused for one reason, the first that there is, with the nearest that would do.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import Document, SourceFile, rebuilt
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import parse
from ropa.errors import nearest as spelt_like
from ropa.judging.evidence import Proof, Proofs
from ropa.judging.reasons import sentence_of, why_void
from ropa.proposing.choosing import Choices
from ropa.proposing.offered import offered
from ropa.proposing.suggesting import Suggesting
from ropa.proposing.taking import CHOOSE, NEW, in_words
from ropa.register.build import build, proposal
from ropa.register.lexicon import shipped_terms, strings
from ropa.register.model import Evidence, Notice, Register, Statement
from ropa.register.vocabulary import Facet
from ropa.seen.text import NoticeText
from ropa.visible import visible

MOST = 1_000
"""How many proposals are looked at in one go."""
LONGEST = 4_000
"""How many characters one proposal has at the most."""
LONGEST_NAME = 100
"""How many characters the name of a proposer has at the most."""
LONGEST_SHOWN = 300
SHORTEST = 3
"""How many characters have to stand together to be something that a quote and a sentence share."""
KINDS = ("party", "term", "activity", "system")
"""What may be proposed besides statements, as whole documents."""

_STATED = {
    "about": Facet.SUBJECT,
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "by": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}
_HINTS = ("proposed", "accepted", "read_as")
"""Keys that nobody brings with a proposal: they are for whoever accepts it."""


class Refusal(StrEnum):
    """Why a proposal is refused, as it is counted."""

    MALFORMED = "malformed"
    FOR_A_PERSON = "for-a-person"
    NO_NOTICE = "no-notice"
    NO_TEXT = "no-text"
    NOT_QUOTED = "not-quoted"
    TOO_SHORT = "too-short"
    LEFT_OPEN = "left-open"
    NO_WORD = "no-word"
    GAINSAID = "gainsaid"
    UNSAID = "unsaid"
    THERE_ALREADY = "there-already"


WOULD_DO: Mapping[Refusal, str] = {
    Refusal.MALFORMED: "{notice: ID, quote: words of the notice, discloses: {to: PARTY, data: DATA}}",
    Refusal.FOR_A_PERSON: "the same without `proposed`, `accepted` and `read_as`",
    Refusal.NO_NOTICE: "a notice that the register has, once there is one",
    Refusal.NO_TEXT: "a notice with its text on file: `ropa notice add`",
    Refusal.NOT_QUOTED: "words of the notice as they stand there",
    Refusal.TOO_SHORT: "the whole sentence",
    Refusal.LEFT_OPEN: "one word, or the same without this key",
    Refusal.NO_WORD: "the same without this word; or propose a `term` or a `party` first",
    Refusal.GAINSAID: "another sentence: this one says otherwise",
    Refusal.UNSAID: "another sentence: this one says none of it",
    Refusal.THERE_ALREADY: "nothing: it is there",
}
"""What would do instead, where nothing nearer is known."""


class Verified(Struct, frozen=True):
    """What came of one proposal, by its number in what was brought, counted from 1.

    Without a `reason` it may be kept: as an `entry` of the notice, or as a document. `why` is the kind of the reason,
    `nearest` what would do instead, and `rests` what the sentence bears it out by.
    """

    number: int
    notice: str
    entry: Mapping[str, Any]
    reason: str = ""
    nearest: tuple[str, ...] = ()
    rests: str = ""
    why: Refusal | None = None

    @property
    def kept(self) -> bool:
        """Whether it may be kept."""
        return not self.reason


class Brought(Struct, frozen=True):
    """Proposals as they came, and whose they are."""

    by: str
    proposals: Sequence[Any]


class NotKept(Exception):
    """Why a proposal is not kept, and the nearest that would do."""

    def __init__(
        self, reason: str, nearest: Sequence[str] = (), why: Refusal = Refusal.MALFORMED
    ) -> None:
        super().__init__(reason)
        self.nearest, self.why = tuple(nearest) or (WOULD_DO[why],), why


def brought(data: Any, by: str = "") -> Brought:
    """Proposals out of plain data: a list, or a mapping with `proposals`, `by` and `notice`. Raises `NotKept`."""
    if isinstance(data, list):
        data = {"proposals": data}
    if not isinstance(data, dict) or not isinstance(data.get("proposals"), list):
        raise NotKept(
            "this is no list of proposals; write `by:` and `proposals:`, a statement an entry"
        )
    if len(data["proposals"]) > MOST:
        raise NotKept(f"these are more than {MOST} proposals; bring them in parts")
    notice = data.get("notice")
    found = [_plain(one, notice) for one in data["proposals"]]
    return Brought(_named(by or data.get("by", "")), found)


def _plain(one: Any, notice: Any) -> Any:
    """A proposal as one mapping, be it written by itself or as `ropa notice suggest` writes it."""
    if not isinstance(one, dict):
        return one
    said = one.get("statement")
    one = {**said, "notice": one.get("notice", notice)} if isinstance(said, dict) else one
    return (
        {"notice": notice, **one} if notice and "notice" not in one and "kind" not in one else one
    )


def _named(by: Any) -> str:
    """The name of whoever proposes, on one line and not too long."""
    name = " ".join(visible(by).split()) if isinstance(by, str) else ""
    if not name:
        raise NotKept("say who proposes: `by:` with a name, or --by NAME")
    if len(name) > LONGEST_NAME:
        raise NotKept(f"the name of who proposes is longer than {LONGEST_NAME} characters")
    return name


_BROUGHT = "proposal"
"""The path of what is brought, as long as it is no file."""


class Verifying(Struct, frozen=True, dict=True, eq=False):
    """A register that proposals are held against, without being judged."""

    register: Register
    documents: tuple[Document, ...]
    proofs: Proofs

    def __call__(self, brought: Brought) -> tuple[Verified, ...]:
        """What comes of each, beside those before it."""
        found: list[Verified] = []
        for number, one in enumerate(brought.proposals, 1):
            found.append(self._verified(number, one, brought.by, found))
        return tuple(found)

    def _verified(self, number: int, one: Any, by: str, before: Sequence[Verified]) -> Verified:
        notice = str(one.get("notice", "")) if isinstance(one, dict) else ""
        try:
            entry, rests = self._tried(one, by, before)
        except NotKept as refused:
            return Verified(number, notice, {}, str(refused), refused.nearest, why=refused.why)
        return Verified(number, notice, entry, rests=rests)

    def _tried(
        self, one: Any, by: str, before: Sequence[Verified]
    ) -> tuple[Mapping[str, Any], str]:
        """A proposal as it may be kept, and what bears it out. Raises `NotKept`."""
        if not isinstance(one, dict):
            raise NotKept(
                "this is no statement; write a mapping with `notice`, `quote` and what it states"
            )
        if len(str(one)) > LONGEST:
            raise NotKept(f"this is longer than {LONGEST} characters")
        if "kind" in one:
            return self._document(one, by, [b.entry for b in before if "kind" in b.entry]), ""
        notice = self._notice(one)
        entry, rests = self._statement(one, notice, by)
        if any(b.notice == notice.id and b.entry == entry for b in before):
            raise NotKept("this is brought twice", why=Refusal.THERE_ALREADY)
        return entry, rests

    # -- documents -------------------------------------------------------------------------------

    def _document(
        self, one: Mapping[str, Any], by: str, before: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        if one["kind"] not in KINDS:
            raise NotKept(
                f"no document of this kind can be proposed; there are {', '.join(KINDS)}", KINDS
            )
        plain = {k: v for k, v in one.items() if k not in ("proposed", "by")}
        entry = {**plain, "proposed": {"by": by}}
        self._well_formed(entry)
        self._is_new(entry, before)
        self._known_in(plain, before)
        return entry

    def _is_new(self, entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> None:
        named = entry["kind"], entry["id"]
        for one in before:
            if (one["kind"], one["id"]) == named:
                raise NotKept("this is brought twice", why=Refusal.THERE_ALREADY)
        for d in self.documents:
            if (d.data["kind"], d.data.get("id")) == named:
                there = f"the register has a {named[0]} {named[1]} already"
                raise NotKept(there, (d.path,), Refusal.THERE_ALREADY)

    def _known_in(self, plain: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> None:
        """Raise where a document names what neither the register nor another proposal knows."""
        beside = [_accepted(self._well_formed(one, "before")) for one in before]
        documents = (*self._as_if_accepted, *beside, self._well_formed(plain))
        for problem in build(documents, {}, terms=shipped_terms()).unknown:
            if problem.at.path == _BROUGHT:
                near = (problem.hint,) if problem.hint else ()
                raise NotKept(problem.message, near, Refusal.NO_WORD)

    @cached_property
    def _as_if_accepted(self) -> tuple[Document, ...]:
        """The documents of the register, with those that are proposed as if somebody had accepted them."""
        return tuple(d if d.data["kind"] == "notice" else _accepted(d) for d in self.documents)

    def _well_formed(self, data: Mapping[str, Any], path: str = _BROUGHT) -> Document:
        documents = list(parse(SourceFile(path, handwriting.document(data))))
        problems = [p for d in documents for p in d.problems]
        if len(documents) != 1 or problems:
            raise NotKept("this cannot be written down as YAML")
        if not well_formed(documents[0]):
            first = next(violations(documents[0]))
            raise NotKept(first.message, (first.hint,) if first.hint else ())
        return documents[0]

    # -- statements ------------------------------------------------------------------------------

    def _notice(self, one: Mapping[str, Any]) -> Notice:
        wanted, known = one.get("notice"), self.register.notices
        if not isinstance(wanted, str) or wanted not in known:
            near = spelt_like(str(wanted)[:100], known, most=5) or list(known)[:5]
            lacks = f"the register has no notice “{str(wanted)[:100]}”"
            raise NotKept(lacks, near, Refusal.NO_NOTICE)
        return known[wanted]

    def _statement(
        self, one: Mapping[str, Any], notice: Notice, by: str
    ) -> tuple[Mapping[str, Any], str]:
        forbidden = [key for key in _HINTS if key in one and one[key] is not True]
        if forbidden and not ("never" in one and forbidden == ["proposed"]):
            not_yours = f"`{forbidden[0]}` is for whoever accepts it, and no part of a proposal"
            raise NotKept(not_yours, why=Refusal.FOR_A_PERSON)
        entry = _entry(one, by)
        self._well_formed({"kind": "notice", "id": "n", "audience": "x", "statements": [entry]})
        text = self.proofs.text(notice)
        if text is None:
            unseen = f"{notice.id} has no text on file, so that no quote can be looked up"
            raise NotKept(unseen, why=Refusal.NO_TEXT)
        self._quoted(entry, text)
        self._words(entry)
        statement, proof = self._proved(entry, notice)
        if statement.evidence is not Evidence.FOUND:
            raise NotKept(
                "the quote is too short: write three words at least, or a whole item of a list",
                nearest_passages(entry["quote"], text),
                Refusal.TOO_SHORT,
            )
        if proof.faulty:
            why = why_void(self.register, proof) or "its words do not bear it out"
            kind = Refusal.GAINSAID if proof.gainsaid is not None else Refusal.UNSAID
            raise NotKept(f"{why}: “{sentence_of(proof)}”", self._would_do(proof), kind)
        if self._is_there(statement, notice):
            there = "the notice has this statement already, of the same words"
            raise NotKept(there, why=Refusal.THERE_ALREADY)
        return entry, str(proof.rests)

    def _quoted(self, entry: Mapping[str, Any], text: NoticeText) -> None:
        """Raise where the quote does not stand in the text letter for letter."""
        quote = entry["quote"]
        if text.find(quote, entry.get("prefix", ""), entry.get("suffix", "")) is None:
            beside = "" if text.find(quote) is None else ", with these words beside it"
            raise NotKept(
                f"the quote does not stand in the text letter for letter{beside}",
                nearest_passages(quote, text),
                Refusal.NOT_QUOTED,
            )

    def _words(self, entry: Mapping[str, Any]) -> None:
        """Raise where a word is not known."""
        body = next((entry[c] for c in _CLAIMS if c in entry), entry)
        if not isinstance(body, Mapping):
            claim = next(c for c in _CLAIMS if c in entry)
            body = {_MOSTLY[claim]: body} if claim in _MOSTLY else {}
        for key, facet in _STATED.items():
            if key in body and not (key == "by" and body is entry and "never" not in entry):
                self._all_known(facet, key, strings(body[key]))

    def _all_known(self, facet: Facet, key: str, words: Sequence[str]) -> None:
        known = self.register.vocabulary[facet.scheme]
        for word in words:
            if word.startswith((CHOOSE, NEW)):
                left = f"`{key}` is left open (“{word[:LONGEST_SHOWN]}”); choose a word"
                raise NotKept(left, why=Refusal.LEFT_OPEN)
            if known.find(word) is None:
                names = {name: term.id for term in known.terms.values() for name in term.names}
                near = [names[name] for name in spelt_like(word.casefold(), names, most=3)]
                near += self.choices.nearest(facet, word)
                raise NotKept(
                    f"“{word[:100]}” in `{key}` is no word of the vocabulary",
                    tuple(dict.fromkeys(near))[:5],
                    Refusal.NO_WORD,
                )

    def _proved(self, entry: Mapping[str, Any], notice: Notice) -> tuple[Statement, Proof]:
        statement = proposal(entry, notice, self.proofs.text(notice), self.register.vocabulary)
        return statement, self.proofs.of(statement)

    def _would_do(self, proof: Proof) -> tuple[str, ...]:
        """What would do instead of a statement that its sentence goes against: what can be made of the sentence."""
        readings = self.proofs.read(self.register.notices[proof.statement.notice])
        if readings is None:
            return ()
        suggesting = Suggesting(self.register, readings)
        made = (s for reading in proof.readings for s in suggesting.of(reading))
        return tuple(in_words(one.entry) for one in offered(made, readings.text))[:3]

    @staticmethod
    def _is_there(statement: Statement, notice: Notice) -> bool:
        def said(one: Statement) -> tuple[object, ...]:
            states = sorted((str(f), sorted(w)) for f, w in one.states.items())
            scalars = one.basis, one.period, one.trigger, one.criteria, one.safeguard
            return one.quote, one.claim, one.negative, states, one.items, one.by, scalars

        return any(said(one) == said(statement) for one in (*notice.statements, *notice.proposals))

    @cached_property
    def choices(self) -> Choices:
        """The nearest words of each facet."""
        return Choices(self.register.vocabulary)


_CLAIMS = ("collects", "uses", "keeps", "discloses", "transfers", "informs")
_MOSTLY = {
    "collects": "data",
    "uses": "purposes",
    "keeps": "data",
    "discloses": "to",
    "transfers": "to",
}


def _accepted(document: Document) -> Document:
    """A document that is proposed, as if somebody had accepted it."""
    if not document.data.get("proposed"):
        return document
    return rebuilt(document, {k: v for k, v in document.data.items() if k != "proposed"})


_FIRST = ("id", "quote", "prefix", "suffix")
"""What stands at the beginning of a statement."""


def _entry(one: Mapping[str, Any], by: str) -> dict[str, Any]:
    """A statement as it is kept: proposed, and by whom."""
    left_out = {"notice", "proposed", "kind", *(() if "never" in one else ("by",))}
    said = {key: value for key, value in one.items() if key not in left_out}
    if "never" in one:
        return {**said, "proposed": {"by": by}}
    head: dict[str, Any] = {key: said.pop(key) for key in _FIRST if key in said}
    return {**head, "proposed": True, "by": by, **said}


def nearest_passages(quote: str, text: NoticeText, most: int = 2) -> tuple[str, ...]:
    """The sentences of a text that are most like some words, the nearest first."""
    words = set(quote.lower().split())
    scored = [
        (len(words & set(s.text.lower().split())), -n, s.text)
        for n, s in enumerate(text.sentences())
    ]
    best = max((shared for shared, *_ in scored), default=0)
    near = [text for shared, _, text in sorted(scored, reverse=True)[:5] if 2 * shared > best]
    near.sort(key=lambda sentence: -_alike(quote, sentence))
    return tuple(sentence[:LONGEST_SHOWN] for sentence in near[:most])


def _alike(quote: str, sentence: str) -> int:
    """How many characters of a quote stand in a sentence in their order, a few at a time."""
    one, other = quote[:LONGEST_SHOWN], sentence[:LONGEST_SHOWN]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= SHORTEST)


def lines(found: Sequence[Verified]) -> Iterator[str]:
    """What came of each, for a person."""
    for one in found:
        of = f" ({one.notice})" if one.notice else ""
        if one.kept:
            by = "its words" if one.rests == "words" else "a reading of its words"
            yield f"{one.number}.{of} may be kept{f', borne out by {by}' if one.rests else ''}"
        else:
            yield f"{one.number}.{of} refused: {one.reason}"
            yield from (f"    nearest: {near}" for near in one.nearest)
