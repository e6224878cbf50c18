"""What in the words of a sentence goes against the statement that quotes it.

The whole sentence is looked at, with its lead-in, never the quoted words alone: "pass your name to the Trust" is
part of "we will never pass your name to the Trust".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct

from ropa.reading.grammar import grammar
from ropa.reading.said import (
    READER,
    Deed,
    Ground,
    How,
    Lasting,
    Letter,
    Named,
    Part,
    Period,
    Polarity,
    Reading,
    Role,
    Span,
    Strength,
    Time,
)
from ropa.reading.tokens import stem
from ropa.register.model import Claim, Statement, Words, days
from ropa.register.vocabulary import Facet, Vocabulary

ALIKE: Mapping[Claim, frozenset[Claim]] = {
    Claim.COLLECTS: frozenset({Claim.COLLECTS, Claim.USES, Claim.KEEPS}),
    Claim.USES: frozenset({Claim.COLLECTS, Claim.USES, Claim.KEEPS}),
    Claim.KEEPS: frozenset({Claim.KEEPS}),
    Claim.DISCLOSES: frozenset({Claim.DISCLOSES, Claim.TRANSFERS}),
    Claim.TRANSFERS: frozenset({Claim.TRANSFERS, Claim.DISCLOSES, Claim.KEEPS}),
    Claim.INFORMS: frozenset({Claim.INFORMS}),
}
"""What a sentence may say is done, for each claim that it bears out: to hold data is to have collected it."""

SAFEGUARDS: Mapping[str, frozenset[str]] = {
    "idta": frozenset({"idta", "sccs"}),
    "addendum": frozenset({"addendum", "sccs"}),
}
"""The names that notices give to a safeguard besides its own: of the UK's contracts, many say the EU's."""

WORDED = (Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE, Facet.COUNTRY)
"""The facets of a statement whose words a sentence may say."""


class GainsaidBy(StrEnum):
    """What goes against a statement in its own words."""

    DENIED = "denied"
    ASKED = "asked"
    PAST = "past"
    NOT_DENIED = "not denied"
    PERIOD = "another period"
    LETTER = "another basis"
    SAFEGUARD = "another safeguard"
    PARTY = "another party"
    CONSENT = "only with consent"


class ProvingWords(NamedTuple):
    """Words of a sentence, or of what leads in to it, that prove something."""

    reading: Reading
    span: Span

    @property
    def words(self) -> str:
        """The words, in the normal form."""
        return self.reading.words_of(self.span)


class Gainsaid(Struct, frozen=True):
    """That a statement's words go against it: why, by which words, and what these say instead."""

    reason: GainsaidBy
    marks: tuple[ProvingWords, ...] = ()


class Claimed(Struct, frozen=True, dict=True):
    """A statement and the readings of the sentences it quotes, with the words they are told in.

    `before` is the sentence before the first of them, where that begins by pointing back to it.
    """

    statement: Statement
    readings: tuple[Reading, ...]
    vocabulary: Vocabulary
    parties: frozenset[str]
    before: str = ""

    @cached_property
    def deeds(self) -> tuple[tuple[Reading, Deed], ...]:
        """What the sentences say of the deed that is claimed, or of one that has no name."""
        wanted = ALIKE[self.statement.claim]
        return tuple(
            (reading, deed)
            for reading in self.readings
            for deed in reading.deeds
            if self._may_be_meant(deed)
            and (not wanted.isdisjoint(deed.claims) if deed.claims else _denies(deed))
        )

    def _may_be_meant(self, deed: Deed) -> bool:
        """Whether it may be the doer that the statement speaks of: what people give us we collect."""
        return deed.by != READER or self.statement.claim is Claim.COLLECTS

    @property
    def done(self) -> bool:
        """Whether the sentences say that the deed is done; of a promise, that it is denied."""
        if self.statement.negative:
            return any(_denies(deed) or _hedged(deed) for _, deed in self.deeds)
        return any(deed.holds for _, deed in self.deeds)

    @property
    def framed(self) -> bool:
        """Whether a word stands in the sentences, or in what leads in to them, by which such a deed is told."""
        return any(_frames(t, self.statement.claim) for t in self._texts)

    @property
    def mute(self) -> bool:
        """Whether no such word stands there, nor in the heading, nor in the sentence that the first points back to."""
        headings = (reading.sentence.heading for reading in self.readings)
        texts = (self.before, *headings)
        if self.framed or any(_frames(t, self.statement.claim) for t in texts):
            return False
        return not self._by_purpose or all(_TO_READER.match(r.sentence.text) for r in self.readings)

    @property
    def _by_purpose(self) -> bool:
        """Whether it states no more than what for, which is told by paraphrase as often as not."""
        statement = self.statement
        return set(statement.states) <= {Facet.PURPOSE, Facet.SUBJECT} and statement.basis is None

    @property
    def _texts(self) -> Iterator[str]:
        for reading in self.readings:
            yield reading.sentence.text
            yield reading.sentence.lead

    def named(self, facet: Facet) -> Iterator[tuple[Reading, Named]]:
        """The words of a facet that the sentences name; one stem of several is no word."""
        for reading in self.readings:
            for word in reading.named(facet):
                if word.how is not How.HINT:
                    yield reading, word

    def telling(self, facet: Facet) -> Iterator[tuple[Reading, Named]]:
        """The words that may tell a facet: where they are denied, a promise alone."""
        of_promise = self.statement.negative
        return ((r, word) for r, word in self.named(facet) if of_promise or not word.denied)

    def within(self, facet: Facet, narrow: str, broad: str) -> bool:
        """Whether one word means no more than another."""
        words = self.vocabulary[facet.scheme]
        if narrow not in words.terms or broad not in words.terms:
            return narrow == broad
        return not words.mask(narrow) & ~words.mask(broad)


_TELLING = {
    Claim.COLLECTS: "cookie come came comes know hear learn told tell write type kind category observe",
    Claim.USES: "for to purpose reason why because basis task duty interest law",
    Claim.KEEPS: "period year month week day long until expire expiry retention last after",
    Claim.DISCLOSES: "access available get gets got hear hears run runs read see look inspect answer publish deploy "
    "supplier contractor processor partner provider behalf print post appoint employ work recipient with communicate "
    "by department organisation company firm agency authority circulate distribute consult involve liaise",
    Claim.TRANSFERS: "country abroad overseas outside international server located based cloud",
}
"""Words besides the verbs of the grammar by which a deed may be told; where none stands, nothing is said of it."""

_WORD = re.compile(r"[a-z]+")

_TO_READER = re.compile(
    r"(?:if |when )?you\b|(?:please |do |do not )?(?:write|contact|email|call|ring|visit|click|see|read|ask)\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells readers what they may do, and not what is done with their data."""


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


def _frames(text: str, claim: Claim) -> bool:
    """Whether a text has some word by which such a deed may be told."""
    wanted, telling = ALIKE[claim], _telling(claim)
    verbs = grammar().verbs
    return any(
        stem(word) in telling or ((verb := verbs.get(word)) and wanted & set(verb.claims))
        for word in words(text)
    )


@cache
def _telling(claim: Claim) -> frozenset[str]:
    return frozenset(stem(w) for one in ALIKE[claim] for w in _TELLING.get(one, "").split())


def gainsaid(claimed: Claimed) -> Gainsaid | None:
    """What goes against a statement in the sentences it quotes; the first there is."""
    statement = claimed.statement
    if statement.claim is Claim.INFORMS:
        return None
    if statement.negative:
        return _undenied(claimed) or _scalars(claimed)
    return _undone(claimed) or _denied_words(claimed) or _scalars(claimed) or _another(claimed)


def _scalars(claimed: Claimed) -> Gainsaid | None:
    return _period(claimed) or _letter(claimed) or _safeguard(claimed)


# -- what is done ------------------------------------------------------------------------------


def _undone(claimed: Claimed) -> Gainsaid | None:
    """Denied, asked or told of the past, and nowhere in these sentences said to be done."""
    if claimed.done:
        return _with_consent(claimed)
    deeds = [(r, d) for r, d in claimed.deeds if not (_denies(d) and _destroys(r, d))]
    denied = [(r, d) for r, d in deeds if _denies(d)]
    if denied and not _excepted(claimed, denied):
        return Gainsaid(GainsaidBy.DENIED, tuple(_marks(denied)))
    past = [(r, d) for r, d in deeds if d.time is Time.PAST and not _denies(d)]
    if past:
        return Gainsaid(GainsaidBy.PAST, tuple(_marks(past)))
    asked = [(r, d) for r, d in deeds if _asks(d) and d.span.part is not Part.HEADING]
    if asked or (claimed.readings and all(r.question for r in claimed.readings)):
        return Gainsaid(GainsaidBy.ASKED, tuple(_marks(asked)))
    return None


def _denies(deed: Deed) -> bool:
    return deed.polarity is Polarity.DENIES


def _asks(deed: Deed) -> bool:
    return deed.polarity is Polarity.ASKS


def _hedged(deed: Deed) -> bool:
    """Whether it is done only under a condition, which denies it for the rest: "we share it only if"."""
    return deed.strength in (Strength.ONLY_IF, Strength.EXCEPT)


_DESTROYING = re.compile(r"(?:delet|destr|eras|shred|dispos|remov|anonym)", re.IGNORECASE)


def _destroys(reading: Reading, deed: Deed) -> bool:
    """Whether it speaks of deleting: what is not deleted is kept."""
    return bool(_DESTROYING.match(reading.words_of(deed.span)))


def _excepted(claimed: Claimed, denied: Iterable[tuple[Reading, Deed]]) -> bool:
    """Whether what is stated is the exception from a denial: "with nobody but the Trust"."""
    if not any(_hedged(deed) or deed.conditions for _, deed in denied):
        return False
    stated = claimed.statement.states
    named = any(
        claimed.within(f, word.word, said)
        for f in (Facet.RECIPIENT, Facet.DATA, Facet.PURPOSE)
        for said in stated.get(f, ())
        for _, word in claimed.telling(f)
    )
    return named or bool(claimed.statement.conditions)


def _denied_words(claimed: Claimed) -> Gainsaid | None:
    """Everything stated of a facet that is said at all is said where it is denied."""
    for facet in WORDED:
        stated = claimed.statement.states.get(facet, ())
        found = [
            (reading, word)
            for reading, word in claimed.named(facet)
            if any(claimed.within(facet, word.word, said) for said in stated)
        ]
        if found and all(word.denied for _, word in found):
            return Gainsaid(
                GainsaidBy.DENIED, tuple(ProvingWords(r, word.span) for r, word in found)
            )
    return None


_NO = re.compile(
    r"\b(?:not|never|no|nobody|none|nor|neither|nothing|cannot|without|only|solely|unless|except|other than|apart"
    r" from|limited to|restricted|refuse|confidential|stop|stopped|cease|ceased|within|inside|private)\b|n't\b",
    re.IGNORECASE,
)


def _undenied(claimed: Claimed) -> Gainsaid | None:
    """A promise whose sentences say no "not", nor any other word that keeps something from being done."""
    readings = claimed.readings
    if all(r.question for r in readings):
        return Gainsaid(GainsaidBy.ASKED)
    for reading in readings:
        if any(_denies(deed) or _hedged(deed) for deed in reading.deeds):
            return None
        if any(_NO.search(reading.text_of(part)) for part in (Part.SENTENCE, Part.LEAD)):
            return None
    deeds = [(r, d) for r, d in claimed.deeds if d.holds]
    return Gainsaid(GainsaidBy.NOT_DENIED, tuple(ProvingWords(r, d.span) for r, d in deeds))


def _marks(found: Iterable[tuple[Reading, Deed]]) -> Iterator[ProvingWords]:
    for reading, deed in found:
        for span in deed.marks or (deed.span,):
            yield ProvingWords(reading, span)


# -- only if you agree -------------------------------------------------------------------------


_IF_AGREED = re.compile(
    r"\b(?:if|when|where|once|unless|only|with|subject to|after)\b[^.;]{0,30}\b(?:you|your|they|their|parents?)\b"
    r"[^.;]{0,20}\b(?:agree[sd]?|agreement|consent(?:ed|s)?|permission|opt(?:ed)? in)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|regardless of|need|needs|require|even if)\b[^.;,]{0,40}\Z", re.IGNORECASE
)


def _with_consent(claimed: Claimed) -> Gainsaid | None:
    """A disclosure or transfer "only if you agree", where the statement leaves the consent out."""
    statement = claimed.statement
    basis = statement.basis
    told = "consent" in statement.conditions or (
        basis is not None and (basis.letter == "a" or basis.article_9 == "a")
    )
    if told or statement.claim not in (Claim.DISCLOSES, Claim.TRANSFERS):
        return None
    holding = [(r, d) for r, d in claimed.deeds if d.holds]
    marks = [_agreed(reading, deed) for reading, deed in holding]
    if marks and all(marks):
        return Gainsaid(GainsaidBy.CONSENT, tuple(mark for mark in marks if mark))
    return None


def _agreed(reading: Reading, deed: Deed) -> ProvingWords | None:
    """The words that make a deed wait for consent."""
    for held in deed.conditions:
        before = reading.text_of(held.span.part)[: held.span.start]
        if held.ground is Ground.CONSENT and not _WITHOUT.search(before):
            return ProvingWords(reading, held.span)
    if deed.led:
        found = _IF_AGREED.search(reading.sentence.text)
        if found:
            return ProvingWords(reading, Span(*found.span()))
    return None


# -- numbers and fixed words -------------------------------------------------------------------


def lasting(reading: Reading) -> Iterator[Period]:
    """The periods that may be of keeping: no age, and no time to answer in."""
    return (p for p in reading.periods if p.of in (Lasting.KEEPING, Lasting.OTHER))


def same_length(one: str, other: str) -> bool:
    """Whether two periods are as long as each other, as `P12M` and `P1Y` are."""
    return days(one) == days(other)


def _period(claimed: Claimed) -> Gainsaid | None:
    stated = claimed.statement.period
    if not stated:
        return None
    said = [(r, p) for r in claimed.readings for p in lasting(r)]
    if not said or any(same_length(p.period, stated) for _, p in said):
        return None
    return Gainsaid(GainsaidBy.PERIOD, tuple(ProvingWords(r, p.span) for r, p in said))


def letters(reading: Reading, article: int) -> Iterator[Letter]:
    """The letters of an Article that a sentence says."""
    return (one for one in reading.letters if one.article == article)


def _letter(claimed: Claimed) -> Gainsaid | None:
    basis = claimed.statement.basis
    for article, stated in ((6, basis.letter), (9, basis.article_9)) if basis else ():
        said = [(r, one) for r in claimed.readings for one in _meant(r, article)]
        if stated and said and all(one.letter != stated for _, one in said):
            return Gainsaid(GainsaidBy.LETTER, tuple(ProvingWords(r, one.span) for r, one in said))
    return None


_IN_BRACKETS = re.compile(
    r"\s*\((?:\s*(?:under|the|UK|EU|GDPR|Article|Art\.?)\b,?)*\s*\Z", re.IGNORECASE
)


def _meant(reading: Reading, article: int) -> Iterator[Letter]:
    """The letters of an Article; one that is written in brackets counts for the words before it."""
    found = tuple(letters(reading, article))
    written = [one.span for one in found if not one.in_words]
    for one in found:
        text = reading.text_of(one.span.part)[one.span.end :]
        behind = (s.start - one.span.end for s in written if s.part is one.span.part)
        named = (_IN_BRACKETS.match(text[:gap]) for gap in behind if gap > 0)
        if not (one.in_words and any(named)):
            yield one


def _safeguard(claimed: Claimed) -> Gainsaid | None:
    stated = claimed.statement.safeguard
    if not stated:
        return None
    known = SAFEGUARDS.get(stated, frozenset((stated,)))
    said = [(r, one) for r in claimed.readings for one in r.safeguards]
    if not said or any(one.word in known for _, one in said):
        return None
    return Gainsaid(GainsaidBy.SAFEGUARD, tuple(ProvingWords(r, one.span) for r, one in said))


# -- somebody else -----------------------------------------------------------------------------

_ROLES = {Facet.RECIPIENT: (Role.TO, Role.NAMED), Facet.SOURCE: (Role.FROM,)}


def _another(claimed: Claimed) -> Gainsaid | None:
    """Another registered party is named where the stated one would be, and the stated one is not."""
    for facet, roles in _ROLES.items():
        stated = claimed.statement.states.get(facet, ())
        if not stated or not claimed.parties.issuperset(stated):
            continue
        named = [(r, w) for r, w in claimed.named(facet) if w.how is not How.UMBRELLA]
        if any(_akin(claimed, facet, stated, word.word) for _, word in named):
            continue
        others = [
            (r, w)
            for r, w in named
            if w.word in claimed.parties and w.role in roles and _in_that_place(claimed, r, w)
        ]
        if others and not any(_and_more(r, w) for r, w in others):
            return Gainsaid(
                GainsaidBy.PARTY, tuple(ProvingWords(r, word.span) for r, word in others)
            )
    return None


def _in_that_place(claimed: Claimed, reading: Reading, named: Named) -> bool:
    """Whether somebody is named where the stated one would be, and is not who does it."""
    if named.how is How.STEMS or named.span.part not in (Part.SENTENCE, Part.LEAD):
        return False
    doers = {deed.by for deed in reading.deeds}
    return named.word not in claimed.statement.by and named.word not in doers


def _akin(claimed: Claimed, facet: Facet, stated: Words, word: str) -> bool:
    return any(
        claimed.within(facet, word, said) or claimed.within(facet, said, word) for said in stated
    )


_AND = re.compile(
    r"\s*(?:,|;|/|&|\band\b|\bor\b|\bas well as\b)\s*(?:(?:also|to|with|from|the|our|a)\s+)*"
)


def _and_more(reading: Reading, named: Named) -> bool:
    """Whether somebody stands beside who is named, in a list with them, whom the register does not know."""
    text = reading.text_of(named.span.part)
    begun = [w.span.start for w in reading.words if w.span.part is named.span.part]
    behind = _AND.match(text, named.span.end)
    if behind is None or not text[behind.end() :].strip(" .,;:"):
        return False
    here = behind.end()
    known = any(here - 1 <= start <= here + 4 for start in begun)
    return not known and not _CLAUSE.match(text, here)


_CLAUSE = re.compile(
    r"(?:we|you|they|it|who|which|so|because|for|if|when|where|under|but|in|by|this|that|\w+s)\b",
    re.IGNORECASE,
)
