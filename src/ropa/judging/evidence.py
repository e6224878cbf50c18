"""Is a statement borne out by the sentences it quotes: gainsaid, silent, proved word by word, or read so by a person?

The sentence is looked at in which the quote stands, with its lead-in, row and heading. A reading makes no flow told;
it takes away from a statement what its words do not say.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.kept import KeptBooks
from ropa.documents.patterns import regex
from ropa.judging.gainsaid import (
    WORDED,
    Claimed,
    Gainsaid,
    ProvingWords,
    akin,
    gainsaid,
    gainsaid_unread,
    kept_of,
    lasting,
    letters,
    words,
)
from ropa.judging.taken_back import takes_back
from ropa.reading.grammar import grammar
from ropa.reading.kept import KeptReadings
from ropa.reading.language import is_english, looks_english
from ropa.reading.memo import ITEMS, Readings
from ropa.reading.names import Names
from ropa.reading.said import How, Part, Reading, Span
from ropa.reading.tokens import stem
from ropa.register.model import (
    SELF,
    Basis,
    Claim,
    Evidence,
    Notice,
    Register,
    Statement,
    Words,
    same_entry,
)
from ropa.register.periods import SAID_WITHOUT_NUMBER, same_length
from ropa.register.vocabulary import ROOTS, Facet, same_terms, same_words
from ropa.seen.text import NoticeText, Texts
from ropa.seen.tree import Kind

KEYS: Mapping[Facet, str] = {
    Facet.DATA: "data",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "purposes",
    Facet.COUNTRY: "countries",
}
"""The keys by which a statement states the facets whose words a sentence may say."""


SHORTEST_HINT = 4
"""How many letters a word has at the least whose stem is a hint."""


class Rests(StrEnum):
    """What something told rests on: the words themselves, a person's reading of them, or a reading nobody signed."""

    WORDS = "words"
    PERSON = "person"
    READING = "reading"

    @property
    def strength(self) -> int:
        """Higher is stronger."""
        return _STRENGTH[self]


_STRENGTH = {Rests.READING: 0, Rests.PERSON: 1, Rests.WORDS: 2}


def weakest(found: Iterable[Rests]) -> Rests:
    """What a whole rests on, from its parts."""
    return min(found, key=lambda rests: rests.strength, default=Rests.WORDS)


class Stated(Struct, frozen=True):
    """One thing that a statement states, by its key, and what the sentences say of it.

    `words` are those of the statement, `said` those that the sentences say, by `marks`. `near` is true where they
    say a wider word, or whether they say any of it; `lifted` where a person reads it so.
    """

    key: str
    words: Words
    said: Words
    marks: tuple[ProvingWords, ...] = ()
    near: bool = False
    lifted: bool = False

    @property
    def rests(self) -> Rests:
        """What it rests on as a whole."""
        if len(self.said) == len(self.words):
            return Rests.WORDS
        return Rests.PERSON if self.lifted else Rests.READING

    def counting(self, least: Rests) -> Words:
        """The words of it that count where nothing weaker does."""
        lifted = self.lifted and least is not Rests.WORDS
        return self.words if lifted or least is Rests.READING else self.said


class Proof(Struct, frozen=True, eq=False):
    """What the words of a notice prove of one statement. Without `readings` they were not read.

    `deed` says whether the sentences say what is done, `mute` that they have no word by which it may be told,
    `heading` that only a heading is quoted, and `unseen` why people may not see the words that are quoted. `kept_of`
    is the data whose keeping they tell, where the statement names none and they speak of some alone.
    """

    statement: Statement
    readings: tuple[Reading, ...] = ()
    stated: tuple[Stated, ...] = ()
    deed: bool = True
    mute: bool = False
    gainsaid: Gainsaid | None = None
    heading: bool = False
    unseen: str = ""
    kept_of: Words = ()

    @property
    def silent(self) -> bool:
        """Whether the sentences say nothing of a statement about a flow, neither the deed nor any of its facets."""
        if self.statement.claim is Claim.INFORMS or not self.readings:
            return False
        return self.mute and not any(one.said or one.near for one in self.asked)

    @property
    def asked(self) -> Iterator[Stated]:
        """What is stated besides words that mean everything, which no sentence has to say."""
        return (one for one in self.stated if one.marks or not set(one.words) <= _ROOTS)

    @property
    def faulty(self) -> bool:
        """Whether its words do not bear it out."""
        return bool(self.gainsaid or self.unseen) or self.heading or self.silent

    @property
    def void(self) -> bool:
        """Whether it tells nothing: a promise bites as it is written until somebody mends it."""
        return self.faulty and not self.statement.negative

    @property
    def unsaid(self) -> bool:
        """Whether no stated facet is said, though one is stated that a sentence would have a word for.

        Purposes are told by paraphrase as often as not, so that they alone raise no question.
        """
        telling = tuple(self.asked)
        asked = any(one.key != "purposes" for one in telling)
        return asked and not any(one.said or one.near for one in telling)

    @property
    def rests(self) -> Rests:
        """What it rests on as a whole."""
        if not self.readings or not self.deed:
            return Rests.READING
        return weakest(one.rests for one in self.stated)

    def on(self, key: str) -> Stated | None:
        """What is said of one thing that it states."""
        return next((one for one in self.stated if one.key == key), None)

    def telling(self, least: Rests) -> Statement:
        """The statement with nothing left in it that is void, or that rests on less than `least`."""
        if self.void:
            return _without_all(self.statement)
        if least is Rests.READING or self.rests.strength >= least.strength:
            return self.held
        if not self.readings or not self.deed:
            return _without_all(self.statement)
        return _with_only(self.held, {one.key: one.counting(least) for one in self.stated})

    @property
    def held(self) -> Statement:
        """The statement, held to the data that its sentences say it of."""
        if not self.kept_of:
            return self.statement
        return replace(self.statement, states={**self.statement.states, Facet.DATA: self.kept_of})


_ROOTS = frozenset(ROOTS.values())

HARD = frozenset({"to", "from", "period", "countries"})
"""What a statement states that is hardly ever told by paraphrase."""


class Proofs(Struct, frozen=True, eq=False, dict=True):
    """The proofs of a register's statements, each made when it is asked for, and each only once.

    `untrusted` are the ids of the statements whose reading nobody answers for but who brings them, and `books` hold
    what was read in earlier runs. `day` is the one asked about: what begins later is not so yet. `altered` are those of
    them whose sentence is another one: a person read the former.
    """

    register: Register
    texts: Texts
    untrusted: frozenset[str] = frozenset()
    books: KeptBooks | None = None
    day: date | None = None
    altered: frozenset[str] = frozenset()

    def keep(self, before: "Proofs") -> None:
        """Take over what was read and proved of another moment, where that cannot come out otherwise.

        A proof is of one statement, object by object, and a statement that is the very same has the text that it had.
        """
        if not named_alike(self.register, before.register) or self.day != before.day:
            return
        self._made.update(before._made)
        for id_, notice in self.register.notices.items():
            was = before.register.notices.get(id_)
            if was and was.text and before.text(was) is self.text(notice):
                if id_ in before._read:
                    self._read[id_] = before._read[id_]
                if was is not notice:
                    self._before[id_] = [
                        proof for s in was.statements if (proof := before._made.get(s.id))
                    ]

    def least(self, statement: Statement, least: Rests) -> Rests:
        """The least that a statement has to rest on to count, where `least` is asked of all."""
        if statement.id in self.altered:
            return Rests.WORDS
        return Rests.PERSON if statement.id in self.untrusted and least is Rests.READING else least

    def of(self, statement: Statement) -> Proof:
        """What the words of its notice prove of a statement."""
        known = self._made.get(statement.id)
        if known is None or known.statement is not statement:
            known = self._made[statement.id] = self._again(statement) or self._prove(statement)
        return known

    def _again(self, statement: Statement) -> Proof | None:
        """The proof of a statement that stood elsewhere in its notice before, of the same words of the same text."""
        found = (p for p in self._before.get(statement.notice, ()) if _same(p.statement, statement))
        proof = next(found, None)
        return replace(proof, statement=statement) if proof else None

    def read(self, notice: Notice) -> Readings | None:
        """The readings of a notice's text; None where it has none, or in a language that is not read."""
        if notice.id not in self._read:
            text = self.text(notice)
            english = text is not None and looks_english(text)
            self._read[notice.id] = self._readings(text, "en") if text and english else None
        return self._read[notice.id]

    def text(self, notice: Notice) -> NoticeText | None:
        """The text of a notice, where there is one."""
        text = self.texts.get((notice.origin.document.path, notice.text))
        return text if isinstance(text, NoticeText) else None

    def unread(self, notice: Notice) -> bool:
        """Whether a notice has a text whose language is not read."""
        return self.text(notice) is not None and self.read(notice) is None

    def in_doubt(self, notice: Notice) -> bool:
        """Whether a text is in another language than its notice says, or in one that it does not name."""
        if self.text(notice) is None:
            return False
        declared = not notice.language or is_english(notice.language)
        return declared is (self.read(notice) is None)

    def unseen(self, statement: Statement) -> str:
        """Why people may not see the words that a statement quotes, as `white on white`; nothing where they do."""
        text = self.text(self.register.notices[statement.notice])
        if text is None or not text.doubts or statement.quoted is None:
            return ""
        start, end = text.span(statement.quoted)
        return next((d.why for d in text.doubts if d.start < end and start < d.end), "")

    def elsewhere(self, proof: Proof) -> Reading | None:
        """Where no facet of a statement is said by its own sentences: the first sentence that says one."""
        notice = self.register.notices[proof.statement.notice]
        readings = self.read(notice)
        if readings is None or not proof.readings or proof.faulty:
            return None
        if proof.statement.claim is Claim.INFORMS:
            return self._item_elsewhere(readings, proof)
        if proof.unsaid:
            return self._facet_elsewhere(readings, proof)
        return self._said_better(readings, proof)

    def other_items(self, proof: Proof) -> Words:
        """The items that the sentences tell in place of all those that a statement states."""
        readings = self.read(self.register.notices[proof.statement.notice])
        if readings is None or proof.statement.claim is not Claim.INFORMS or proof.faulty:
            return ()
        if any(one.said for one in proof.stated) or not set(proof.statement.items) & set(ITEMS):
            return ()
        told = (item for r in proof.readings for item in readings.items(r))
        return tuple(dict.fromkeys(one.item for one in told if one.status == "present"))

    def unsaid_rights(self, proof: Proof) -> bool:
        """Whether the sentences look like none of the rights that a statement states, and nobody read them so.

        Other items are told in more ways than are known.
        """
        if not proof.readings or proof.statement.claim is not Claim.INFORMS or proof.faulty:
            return False
        items = proof.statement.items
        asked = bool(items) and all(i.startswith("right-") and i in ITEMS for i in items)
        return asked and not any(one.said or one.lifted for one in proof.stated)

    def other_words(self, proof: Proof) -> tuple[ProvingWords, ...]:
        """The words that the sentences name in place of all that a statement states of a facet."""
        statement = proof.statement
        if not proof.readings or proof.faulty or statement.claim is Claim.INFORMS:
            return ()
        if statement.negative or any(one.said or one.near for one in proof.asked):
            return ()
        if any(one.lifted for one in proof.stated) or self._hinted(proof):
            return ()
        claimed = self._claimed(statement, proof.readings)
        return tuple(mark for facet in WORDED for mark in _named_instead(claimed, facet))

    def _item_elsewhere(self, readings: Readings, proof: Proof) -> Reading | None:
        silent = [item for one in proof.stated for item in one.words if item not in one.said]
        if any(one.said or one.lifted for one in proof.stated):
            return None
        for item in silent:
            for at in readings.telling(item) if item in ITEMS else ():
                return at
        return None

    def _facet_elsewhere(self, readings: Readings, proof: Proof) -> Reading | None:
        statement = proof.statement
        if any(one.lifted for one in proof.stated) or self._hinted(proof):
            return None
        quoted = {reading.sentence.start for reading in proof.readings}
        for reading in readings:
            if reading.sentence.start not in quoted and reading.sentence.kind is not Kind.HEADING:
                claimed = self._claimed(statement, (reading,))
                if claimed.done and _says_some(claimed):
                    return reading
        return None

    def _said_better(self, readings: Readings, proof: Proof) -> Reading | None:
        """A sentence that says all that the quoted ones say of a statement, and whom or how long as well.

        Whom it is given, where it comes from and how long it is kept is hardly ever told by paraphrase.
        """
        statement = proof.statement
        said = {one.key for one in proof.asked if one.said or one.near}
        lacking = {one.key for one in proof.asked if one.key in HARD and not one.lifted} - said
        if statement.negative or not lacking or self._hinted_at(proof, lacking):
            return None
        quoted = {reading.sentence.start for reading in proof.readings}
        for reading in readings:
            if reading.sentence.start in quoted or reading.sentence.kind is Kind.HEADING:
                continue
            claimed = self._claimed(statement, (reading,))
            if claimed.done:
                other = {one.key for one in _stated(claimed) if one.said}
                if said <= other and lacking & other:
                    return reading
        return None

    def _hinted_at(self, proof: Proof, keys: Iterable[str]) -> bool:
        """Whether one stem of some name of what stands under these keys stands in its sentences."""
        texts = (t for r in proof.readings for t in (r.sentence.text, r.sentence.lead))
        there = {hint for text in texts for hint in _hints(text)}
        stated = {Facet.RECIPIENT: "to", Facet.SOURCE: "from"}
        return any(
            not there.isdisjoint(hint for name in term.firm for hint in _hints(name))
            for facet, key in stated.items()
            for word in (proof.statement.states.get(facet, ()) if key in keys else ())
            if (term := self.register.vocabulary[facet.scheme].terms.get(word)) is not None
        )

    def _hinted(self, proof: Proof) -> bool:
        """Whether one stem of some name of what is stated stands in its sentences: no evidence, but no silence."""
        texts = (t for r in proof.readings for t in (r.sentence.text, r.sentence.lead))
        there = {hint for text in texts for hint in _hints(text)}
        return any(
            not there.isdisjoint(hint for name in term.firm for hint in _hints(name))
            for facet in WORDED
            for word in proof.statement.states.get(facet, ())
            if (term := self.register.vocabulary[facet.scheme].terms.get(word)) is not None
        )

    def _prove(self, statement: Statement) -> Proof:
        if statement.evidence is not Evidence.FOUND or statement.quoted is None:
            return Proof(statement)
        readings = self.read(self.register.notices[statement.notice])
        if readings is None:
            proof = self._held(statement)
        else:
            proof = self.against(statement, tuple(self._quoted(statement, readings)))
        unseen = self.unseen(statement)
        return replace(proof, unseen=unseen) if unseen else proof

    def _held(self, statement: Statement) -> Proof:
        """What goes against a statement in a language that is not read; nothing in it is proved or missed."""
        text = self.text(self.register.notices[statement.notice])
        if text is None:
            return Proof(statement)
        readings = self._readings(text, "und")
        claimed = self._claimed(statement, tuple(self._quoted(statement, readings)))
        return Proof(statement, gainsaid=gainsaid_unread(claimed))

    def against(self, statement: Statement, quoted: tuple[Reading, ...]) -> Proof:
        """What the sentences that it quotes prove of a statement, as they are read."""
        readings = self.read(self.register.notices[statement.notice])
        if readings is None or not quoted:
            return Proof(statement)
        claimed = self._claimed(statement, quoted, _pointed_to(readings, quoted[0]))
        claimed = replace(claimed, after=_behind(readings, quoted[-1]))
        if statement.claim is Claim.INFORMS:
            stated: tuple[Stated, ...] = (_items(statement, readings, quoted),)
        else:
            stated = tuple(_stated(claimed))
        return Proof(
            statement,
            quoted,
            stated,
            deed=statement.claim is Claim.INFORMS or _says_so(claimed),
            mute=statement.claim is not Claim.INFORMS and not claimed.done and claimed.mute,
            gainsaid=gainsaid(claimed),
            heading=all(_only_entitles(reading) for reading in quoted),
            kept_of=kept_of(claimed),
        )

    def _quoted(self, statement: Statement, readings: Readings) -> Iterator[Reading]:
        """The readings of the sentences that a quote stands in."""
        assert statement.quoted is not None
        start, end = readings.text.span(statement.quoted)
        sentences, starts = readings.text.sentences(), self._starts(readings.text)
        for sentence in sentences[
            max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)
        ]:
            if start < sentence.end:
                yield readings.of(sentence)

    def _starts(self, text: NoticeText) -> Sequence[int]:
        key = id(text)
        if key not in self._begun:
            self._begun[key] = [sentence.start for sentence in text.sentences()]
        return self._begun[key]

    def _claimed(
        self, statement: Statement, readings: tuple[Reading, ...], before: str = ""
    ) -> Claimed:
        register = self.register
        parties = frozenset(register.parties)
        ours = register.organisation
        others = frozenset(p.id for p in register.parties.values() if p.type == "controller")
        day = self._day(register.notices[statement.notice])
        return Claimed(
            statement, readings, register.vocabulary, parties, before, ours, others, day=day
        )

    def _day(self, notice: Notice) -> date | None:
        """The day that a notice is asked about: of one that comes later, its first."""
        begins = notice.start
        return max(self.day, begins) if self.day and begins else self.day

    def _readings(self, text: NoticeText, language: str) -> Readings:
        return Readings(text, self._names, language, self._kept)

    @cached_property
    def _names(self) -> Names:
        return Names.of(self.register)

    @cached_property
    def _kept(self) -> KeptReadings | None:
        return KeptReadings(self._names, self.books) if self.books else None

    @cached_property
    def _made(self) -> dict[str, Proof]:
        return {}

    @cached_property
    def _before(self) -> dict[str, list[Proof]]:
        return {}

    @cached_property
    def _read(self) -> dict[str, Readings | None]:
        return {}

    @cached_property
    def _begun(self) -> dict[int, list[int]]:
        return {}


_WRITTEN = frozenset({"id", "origin", "read_as", "accepted", "proposed_by"})
_STATED = tuple(n for n in Statement.__struct_fields__ if n not in _WRITTEN)


def _same(one: Statement, other: Statement) -> bool:
    """Whether two statements state the same of the same words, and a person reads the same in them."""
    lifts = [s.read_as.lifts.keys() if s.read_as else () for s in (one, other)]
    return lifts[0] == lifts[1] and all(getattr(one, n) == getattr(other, n) for n in _STATED)


def named_alike(one: Register, other: Register) -> bool:
    """Whether a sentence says the same in two registers: by the same words and parties, of the same organisation.

    What else is recorded of a party, as where it sits, says nothing of a sentence: it is drawn into the flows.
    """
    same = same_words(one.vocabulary, other.vocabulary) and same_terms(one.terms, other.terms)
    return (
        same and same_entry(one.organisation, other.organisation) and _named(one) == _named(other)
    )


def known_alike(one: Register, other: Register) -> bool:
    """Whether two registers are of the same organisation, and deal with the same parties, whatever these are called."""
    types = ({id_: p.type for id_, p in register.parties.items()} for register in (one, other))
    return same_entry(one.organisation, other.organisation) and next(types) == next(types)


def _named(register: Register) -> list[tuple[str, str, str]]:
    """What of its parties sentences are read by, and promises and guards meet."""
    return [(party.id, party.name, party.type) for party in register.parties.values()]


def _says_some(claimed: Claimed) -> bool:
    """Whether a sentence says some of a statement's own words besides purposes, or its numbers."""
    stated = claimed.statement.states
    worded = (
        named.word in stated[facet]
        for facet in WORDED
        if facet in stated and facet is not Facet.PURPOSE
        for _, named in claimed.telling(facet)
        if named.how not in (How.STEMS, How.UMBRELLA) and named.word not in _ROOTS
    )
    return any(worded) or any(marks for key, _, marks in _scalars(claimed) if key != "criteria")


_BACK = regex(
    r"(?:this|that|these|those|it|they|he|she|such|the same|some of|here|to do)\b", re.IGNORECASE
)


_SPEAKS = regex(r"[.?!:;]\Z|\b(?:we|us|our|you|your|will|is|are|may|can|do|not)\b", re.IGNORECASE)


def _only_entitles(reading: Reading) -> bool:
    """Whether it is a heading, or a title too long to be seen as one: the first line, and no sentence."""
    sentence = reading.sentence
    first = sentence.start == 0 and sentence.kind is Kind.PROSE
    return sentence.kind is Kind.HEADING or (first and not _SPEAKS.search(sentence.text))


def _hints(text: str) -> Iterator[str]:
    """The stems of the words of a text that tell something: “your” and “information” stand in every notice."""
    small = grammar().small
    for word in words(text):
        general = word in small["general"] or word in small["function"]
        if len(word) >= SHORTEST_HINT and not general:
            yield stem(word)


def _pointed_to(readings: Readings, first: Reading) -> str:
    """The sentence before one that begins by pointing back to it: “This will only take place where ...”."""
    if not _BACK.match(first.sentence.text):
        return ""
    sentences = readings.text.sentences()
    at = bisect_left(sentences, first.sentence.start, key=lambda sentence: sentence.start)
    return sentences[at - 1].text if at else ""


def _behind(readings: Readings, last: Reading) -> Reading | None:
    """The next sentence, read where it takes back the one before it, and is no heading."""
    sentences = readings.text.sentences()
    at = bisect_left(sentences, last.sentence.start, key=lambda sentence: sentence.start) + 1
    if at >= len(sentences) or sentences[at].kind is Kind.HEADING:
        return None
    return readings.of(sentences[at]) if takes_back(sentences[at].text) else None


# -- what is said of what is stated --------------------------------------------------------------


def _stated(claimed: Claimed) -> Iterator[Stated]:
    statement = claimed.statement
    lifts = statement.read_as.lifts if statement.read_as else {}
    for facet in WORDED:
        words = statement.states.get(facet)
        if words:
            yield _worded(claimed, facet, words, lifted=KEYS[facet] in lifts)
    if statement.basis and statement.basis.letters:
        yield _told_basis(claimed, statement.basis.letters, lifted="basis" in lifts)
    for key, value, marks in _scalars(claimed):
        yield Stated(key, (value,), (value,) if marks else (), marks, lifted=key in lifts)


def _worded(claimed: Claimed, facet: Facet, words: Words, *, lifted: bool) -> Stated:
    """The words of a facet that are said by a name of their own or of a narrower word; a wider one is near."""
    named = tuple(claimed.telling(facet))
    said, marks, near = [], [], False
    for word in words:
        found = [ProvingWords(r, n.span) for r, n in named if claimed.within(facet, n.word, word)]
        if facet is Facet.SOURCE and word == SELF:
            found += _from_you(claimed)
        marks += found
        if found or word in _ROOTS:
            said.append(word)
        near = near or any(
            n.how is not How.UMBRELLA and claimed.within(facet, word, n.word) for _, n in named
        )
    return Stated(KEYS[facet], words, tuple(said), tuple(dict.fromkeys(marks)), near, lifted)


_FROM_YOU = regex(
    r"\bfrom (?:you|yourself)\b|\byou (?:\w+ )?(?:give|tell|told|gave|provide|send|sent|fill|enter|share|submit)\w*\b",
    re.IGNORECASE,
)


def _from_you(claimed: Claimed) -> Iterator[ProvingWords]:
    """Where a sentence says that something comes from whoever reads it."""
    for reading in claimed.readings:
        for found in _FROM_YOU.finditer(reading.sentence.text):
            yield ProvingWords(reading, Span(*found.span()))


def _told_basis(claimed: Claimed, stated: Words, *, lifted: bool) -> Stated:
    """The lawful basis, or the several that are told in words, with the words that say each."""
    found = [(x.letter, ProvingWords(r, x.span)) for r in claimed.readings for x in letters(r, 6)]
    said = tuple(letter for letter in stated if any(letter == one for one, _ in found))
    marks = tuple(mark for letter, mark in found if letter in stated)
    return Stated("basis", stated, said, marks, lifted=lifted)


def _endless(claimed: Claimed, period: str) -> Iterator[ProvingWords]:
    """The words for ever, or for not at all, where that is what is stated."""
    if period in SAID_WITHOUT_NUMBER:
        for reading in claimed.readings:
            for found in re.finditer(SAID_WITHOUT_NUMBER[period], reading.sentence.text):
                yield ProvingWords(reading, Span(*found.span()))


def _scalars(claimed: Claimed) -> Iterator[tuple[str, str, tuple[ProvingWords, ...]]]:
    """What is stated in numbers and fixed words, each with the words that say it."""
    statement, readings = claimed.statement, claimed.readings
    periods = [(r, p) for r in readings for p in lasting(r)]
    if statement.period:
        same = [
            ProvingWords(r, p.span) for r, p in periods if same_length(p.period, statement.period)
        ]
        same += _endless(claimed, statement.period)
        yield "period", statement.period, tuple(same)
    if statement.trigger:
        events = claimed.vocabulary[Facet.TRIGGER]
        found = [(r, p.trigger, p.span) for r, p in periods if p.trigger]
        if not statement.period:  # criteria name what it ends with, and no period
            found += [(r, said.word, said.span) for r in readings for said in r.beginnings]
        begins = [
            ProvingWords(r, span)
            for r, word, span in found
            if claimed.within(Facet.TRIGGER, events.find(word) or word, statement.trigger)
        ]
        yield "trigger", statement.trigger, tuple(begins)
    if statement.criteria:
        yield (
            "criteria",
            statement.criteria,
            tuple(ProvingWords(r, s) for r in readings for s in r.criteria),
        )
    if statement.safeguard:
        safe = [(r, x) for r in readings for x in r.safeguards if x.word == statement.safeguard]
        yield "safeguard", statement.safeguard, tuple(ProvingWords(r, x.span) for r, x in safe)


def _says_so(claimed: Claimed) -> bool:
    """Whether the deed is said, by a verb that hangs on nothing, or by any other word that tells such a deed."""
    return not claimed.open and (claimed.done or claimed.framed)


def _items(statement: Statement, readings: Readings, quoted: Sequence[Reading]) -> Stated:
    """The items that the sentences look as if they told. An item that nobody knows the look of is taken as told."""
    said, marks = [], []
    for item in statement.items:
        telling = [r for r in quoted if item not in ITEMS or readings.status(item, r)]
        if telling:
            said.append(item)
            marks += [ProvingWords(r, Span(0, len(r.sentence.text))) for r in telling]
    lifted = statement.read_as is not None and "informs" in statement.read_as.lifts
    return Stated(
        "informs", statement.items, tuple(said), tuple(dict.fromkeys(marks)), lifted=lifted
    )


def _named_instead(claimed: Claimed, facet: Facet) -> Iterator[ProvingWords]:
    """The words of a facet that the sentences themselves name, where they are of another kind than all it states."""
    stated = claimed.statement.states.get(facet, ())
    named = [
        (reading, word)
        for reading, word in claimed.named(facet)
        if word.span.part is Part.SENTENCE and word.how not in (How.UMBRELLA, How.STEMS)
    ]
    if stated and not any(akin(claimed, facet, stated, word.word) for _, word in named):
        yield from (ProvingWords(reading, word.span) for reading, word in named)


# -- what counts ---------------------------------------------------------------------------------


def _without_all(statement: Statement) -> Statement:
    """A statement that states nothing."""
    return _with_only(statement, {})


def _with_only(statement: Statement, kept: Mapping[str, Words]) -> Statement:
    """A statement that states no more than these words of each of its keys."""
    states = {
        facet: kept.get(KEYS[facet], ()) if facet in KEYS else words
        for facet, words in statement.states.items()
    }
    return replace(
        statement,
        states={facet: words for facet, words in states.items() if words},
        basis=_only(statement.basis, kept.get("basis", ())),
        period=statement.period if kept.get("period") else "",
        trigger=statement.trigger if kept.get("trigger") else "",
        criteria=statement.criteria if kept.get("criteria") else "",
        longer=statement.longer
        if kept.get("longer", kept.get("criteria", kept.get("period")))
        else (),
        safeguard=statement.safeguard if kept.get("safeguard") else "",
        items=kept.get("informs", ()),
    )


def _only(basis: Basis | None, letters: Words) -> Basis | None:
    """A basis with these letters of Article 6(1) alone."""
    if basis is None or letters == basis.letters:
        return basis
    return replace(basis, article_6="", in_words="" if basis.article_6 else " ".join(letters))
