"""What in the words of a sentence goes against the statement that quotes it.

The whole sentence is looked at, with its lead-in, never the quoted words alone: "pass your name to the Trust" is
part of "we will never pass your name to the Trust".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.judging.in_tables import denying, of_others
from ropa.judging.part_of_it import words_for_a_part
from ropa.judging.taken_back import not_yet, takes_back
from ropa.reading.grammar import grammar
from ropa.reading.said import (
    OTHERS,
    READER,
    US,
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
from ropa.register.model import Claim, Organisation, Statement, Words
from ropa.register.periods import NEVER, same_length
from ropa.register.vocabulary import ROOTS, Facet, Vocabulary
from ropa.wording.names import apart, bodies

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
    PLANNED = "planned"
    SUPPOSED = "supposed"
    SELDOM = "hardly ever"
    TAKEN_BACK = "taken back"
    NOT_DENIED = "not denied"
    TURNED = "the other way round"
    READER = "by the reader"
    DOER = "by another"
    PERIOD = "another period"
    PART = "of a part of it"
    BEGINNING = "another beginning"
    LETTER = "another basis"
    SAFEGUARD = "another safeguard"
    PARTY = "another party"
    CONSENT = "only with consent"
    SOMEBODY_ELSE = "somebody else's address"


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

    `before` is the sentence before the first of them, where that begins by pointing back to it, and `after` what is
    read behind the last. `others` are the parties that act for themselves, so that what they do is not done by us
    or for us. `day` is the one that is asked about, where one is.
    """

    statement: Statement
    readings: tuple[Reading, ...]
    vocabulary: Vocabulary
    parties: frozenset[str]
    before: str = ""
    organisation: Organisation | None = None
    others: frozenset[str] = frozenset()
    after: Reading | None = None
    day: date | None = None

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
    def open(self) -> bool:
        """Whether all that they say is done hangs on words that leave open whether it is."""
        holding = [deed for _, deed in self.deeds if deed.holds]
        return bool(holding) and all(deed.hangs for deed in holding)

    @property
    def framed(self) -> bool:
        """Whether a word stands in the sentences, or in what leads in to them, by which such a deed is told."""
        return any(_frames(t, self.statement.claim) for t in self._texts)

    @property
    def mute(self) -> bool:
        """Whether no such word stands there, nor in the heading, nor in the sentence that the first points back to."""
        if self._timeless:
            return True
        headings = (reading.sentence.heading for reading in self.readings)
        texts = (self.before, *headings)
        if self.framed or any(_frames(t, self.statement.claim) for t in texts):
            return False
        return not self._by_purpose or all(_TO_READER.match(r.sentence.text) for r in self.readings)

    @property
    def _timeless(self) -> bool:
        """Whether it states how long something is kept, and no word of the sentences is of time."""
        stated = bool(self.statement.period) and not any(
            reading.periods for reading in self.readings
        )
        return stated and not any(_OF_TIME.search(text) for text in self._texts)

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

_WORD = regex(r"[a-z]+")

_TO_READER = regex(
    r"(?:if |when )?you\b|(?:please |do |do not )?(?:write|contact|email|call|ring|visit|click|see|read|ask)\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells readers what they may do, and not what is done with their data."""


_OF_TIME = regex(
    r"\d|\b(?:years?|months?|weeks?|days?|hours?|until|till|as long|how long|lifetime|lifelong|birthdays?|permanent\w*"
    r"|indefinite\w*|for ever|forever|always|session|decades?|after|once|when|long|short|term|time|times|period\w*"
    r"|annual\w*|yearly|monthly|daily|weekly|age|aged|expir\w*|retention)\b",
    re.IGNORECASE,
)
"""Words and figures by one of which it is said how long something is kept."""


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
        found = _no_right(claimed) or _nobody_there(claimed) or _somebody_else(claimed)
        return found or _not_now(claimed)
    if statement.negative:
        return _undenied(claimed) or _scalars(claimed) or _not_now(claimed)
    if statement.period == NEVER:
        return _wholly_past(claimed)
    return (
        _in_a_row(claimed)
        or _undone(claimed)
        or _not_now(claimed)
        or _wholly_past(claimed)
        or _denied_words(claimed)
        or _turned_round(claimed)
        or _done_by_another(claimed)
        or _scalars(claimed)
        or _another(claimed)
    )


def gainsaid_unread(claimed: Claimed) -> Gainsaid | None:
    """What goes against a statement in a language that is not read: figures, Article letters and names alone."""
    statement = claimed.statement
    if statement.claim is Claim.INFORMS:
        return None
    found = _scalars(claimed)
    if found or statement.negative:
        return found
    other = _another(claimed)
    return None if other and any(map(_in_a_list, other.marks)) else other


_JOINED_BEHIND = regex(
    r"\s*(?:[,;/&]|(?:a|ac|neu|agus|nó|et|ou|und|oder|oraz|lub|i|și|sau|y|e|o|en|of)\b)",
    re.IGNORECASE,
)
_JOINED_BEFORE = regex(
    r"(?:[,;/&]|\b(?:a|ac|neu|agus|nó|et|ou|und|oder|oraz|lub|i|și|sau|y|e|o|en|of))\s*(?:\w+\s+)?\Z",
    re.IGNORECASE,
)


def _in_a_list(mark: ProvingWords) -> bool:
    """Whether somebody may stand beside who is named, by a name that only that language has."""
    text = mark.reading.text_of(mark.span.part)
    return bool(
        _JOINED_BEHIND.match(text, mark.span.end) or _JOINED_BEFORE.search(text[: mark.span.start])
    )


def _scalars(claimed: Claimed) -> Gainsaid | None:
    return (
        _period(claimed)
        or _beginning(claimed)
        or _of_a_part(claimed)
        or _letter(claimed)
        or _safeguard(claimed)
    )


# -- what is done ------------------------------------------------------------------------------


def _undone(claimed: Claimed) -> Gainsaid | None:
    """Denied, asked or told of the past, and nowhere in these sentences said to be done."""
    if claimed.done:
        return _seldom(claimed) or _with_consent(claimed)
    deeds = [(r, d) for r, d in claimed.deeds if not (_denies(d) and _destroys(r, d))]
    denied = [(r, d) for r, d in deeds if _denies(d)]
    if denied and not _excepted(claimed, denied):
        return Gainsaid(GainsaidBy.DENIED, tuple(_marks(denied)))
    for reason, is_so in _UNHELD:
        found = [(r, d) for r, d in deeds if is_so(d) and not _denies(d)]
        if found and not (reason is GainsaidBy.PLANNED and _as_the_law_asks(claimed, found)):
            return Gainsaid(reason, tuple(_marks(found)))
    withheld = tuple(_withheld(claimed))
    if withheld:
        return Gainsaid(GainsaidBy.DENIED, withheld)
    asked = [(r, d) for r, d in deeds if _asks(d) and d.span.part is not Part.HEADING]
    if asked or (claimed.readings and all(r.question for r in claimed.readings)):
        return Gainsaid(GainsaidBy.ASKED, tuple(_marks(asked)))
    return None if deeds else _with_consent(claimed)


_WITHHELD = regex(
    r"\b(?:withh[eo]ld|withholds?|withholding|kept back|keeps? back|kept secret|hidden|hides?|protected|shielded)\b"
    r"[^.;]{0,40}\bfrom\b",
    re.IGNORECASE,
)


def _withheld(claimed: Claimed) -> Iterator[ProvingWords]:
    """Where data is kept from somebody, and a statement says that they get it."""
    if claimed.statement.claim in (Claim.DISCLOSES, Claim.TRANSFERS):
        for reading in claimed.readings:
            found = _WITHHELD.search(reading.sentence.text)
            if found is not None:
                yield ProvingWords(reading, Span(*found.span()))


def _is_past(deed: Deed) -> bool:
    return deed.time is Time.PAST


def _is_planned(deed: Deed) -> bool:
    return deed.time is Time.PLANNED


def _as_the_law_asks(claimed: Claimed, found: Iterable[tuple[Reading, Deed]]) -> bool:
    """Whether it is a transfer that is intended, which is what people have to be told (Article 13(1)(f))."""
    marks = [mark.words.lower() for mark in _marks(found)]
    return claimed.statement.claim is Claim.TRANSFERS and all(
        mark.startswith("inten") for mark in marks
    )


def _is_supposed(deed: Deed) -> bool:
    return deed.polarity is Polarity.SUPPOSES


_UNHELD = (
    (GainsaidBy.PAST, _is_past),
    (GainsaidBy.SUPPOSED, _is_supposed),
    (GainsaidBy.PLANNED, _is_planned),
)


def _seldom(claimed: Claimed) -> Gainsaid | None:
    """What is done hardly ever, of which the statement says no condition."""
    holding = [(r, d) for r, d in claimed.deeds if d.holds]
    if claimed.statement.conditions or any(d.strength is not Strength.SELDOM for _, d in holding):
        return None
    return Gainsaid(GainsaidBy.SELDOM, tuple(_marks(holding)))


def _not_now(claimed: Claimed) -> Gainsaid | None:
    """What begins on a later day than is asked about, or is taken back by what is read next."""
    later = _in_each(_later(claimed, reading) for reading in claimed.readings)
    if later:
        return Gainsaid(GainsaidBy.PLANNED, later)
    back = takes_back(claimed.after.sentence.text) if claimed.after else None
    if claimed.after and back:
        return Gainsaid(GainsaidBy.TAKEN_BACK, (ProvingWords(claimed.after, back),))
    return None


def _in_each(found: Iterable[Iterable[ProvingWords]]) -> tuple[ProvingWords, ...]:
    """The words that were found in each of some sentences; none where one of them has none."""
    marks = [tuple(one) for one in found]
    return tuple(mark for one in marks for mark in one) if all(marks) else ()


def _later(claimed: Claimed, reading: Reading) -> Iterator[ProvingWords]:
    if claimed.day is not None:
        for span in not_yet(reading.sentence.text, claimed.day):
            yield ProvingWords(reading, span)


def _denies(deed: Deed) -> bool:
    return deed.polarity is Polarity.DENIES


def _asks(deed: Deed) -> bool:
    return deed.polarity is Polarity.ASKS


def _hedged(deed: Deed) -> bool:
    """Whether it is done only under a condition, which denies it for the rest: "we share it only if"."""
    return deed.strength in (Strength.ONLY_IF, Strength.EXCEPT)


_DESTROYING = regex(r"(?:delet|destr|eras|shred|dispos|remov|anonym)", re.IGNORECASE)


def _destroys(reading: Reading, deed: Deed) -> bool:
    """Whether it speaks of deleting: what is not deleted is kept."""
    return bool(_DESTROYING.match(reading.words_of(deed.span)))


def _after_except(claimed: Claimed) -> bool:
    """Whether something stated stands behind an "except", and not only whether "unless you agree" does."""
    return any(
        (found := _EXCEPT.search(reading.text_of(word.span.part))) is not None
        and found.end() <= word.span.start
        for reading, word in _spoken_of(claimed)
    )


def _spoken_of(claimed: Claimed) -> Iterator[tuple[Reading, Named]]:
    """What is stated of whom, what and what for, where the sentences say it and no heading does."""
    stated = claimed.statement.states
    for facet in (Facet.RECIPIENT, Facet.SOURCE, Facet.DATA, Facet.PURPOSE):
        for said in stated.get(facet, ()):
            for reading, word in claimed.telling(facet):
                if word.span.part in _SPOKEN and claimed.within(facet, word.word, said):
                    yield reading, word


def _excepted(claimed: Claimed, denied: Iterable[tuple[Reading, Deed]]) -> bool:
    """Whether what is stated is the exception from a denial: "with nobody but the Trust"."""
    if not any(_hedged(deed) or deed.conditions for _, deed in denied):
        return False
    if not any(_EXCEPT.search(reading.text_of(part)) for reading, _ in denied for part in _SPOKEN):
        return False  # "if you ask, we do not keep it" excepts nothing
    return any(_spoken_of(claimed)) or bool(claimed.statement.conditions)


_SPOKEN = (Part.SENTENCE, Part.LEAD)
"""The parts that say something; a heading only says what they are about."""

_EXCEPT = regex(
    r"\b(?:unless|without|except|until|only|other than|apart from|aside from|but|bar|save|excluding|excepting)\b",
    re.IGNORECASE,
)


def _wholly_past(claimed: Claimed) -> Gainsaid | None:
    """Sentences of the past alone, which say nothing of today: "before 2020 a cookie was set"."""
    marks = [mark for reading in claimed.readings if (mark := _past_of_all(reading))]
    spoken = [r for r in claimed.readings if r.deeds or r.past]
    if marks and len(marks) == len(spoken):
        return Gainsaid(GainsaidBy.PAST, tuple(marks))
    return None


_PUTS_INTO_THE_PAST = regex(r"(?:before|until|to|in|during) \d{4}\Z|\w+ to\Z", re.IGNORECASE)
_OF_TODAY = regex(
    r"\b(?:is|are|will|now|today|still|since then|continues?|but)\b",
    re.IGNORECASE,
)


def _past_of_all(reading: Reading) -> ProvingWords | None:
    """The words that put a whole sentence into the past: "used to", and no word of today besides."""
    for span in reading.past:
        mark = ProvingWords(reading, span)
        text = reading.sentence.text
        around = f"{text[: span.start]} {text[span.end :]}"
        today = any(
            deed.holds and deed.span.part is Part.SENTENCE and deed.span.end <= span.start
            for deed in reading.deeds
        )
        if _PUTS_INTO_THE_PAST.match(mark.words) and not today and not _OF_TODAY.search(around):
            return mark
    return None


def _denied_words(claimed: Claimed) -> Gainsaid | None:
    """Everything stated of a facet that is said at all is said where it is denied, and is no exception from that."""
    undone = [(r, d) for r, d in claimed.deeds if _denies(d)]
    if _excepted(claimed, undone) and (claimed.statement.conditions or _after_except(claimed)):
        return None
    for facet in WORDED:
        stated = claimed.statement.states.get(facet, ())
        found = [
            (reading, word)
            for reading, word in claimed.named(facet)
            if word.span.part is not Part.HEADING
            and any(claimed.within(facet, word.word, said) for said in stated)
        ]
        if found and all(word.denied for _, word in found):
            return Gainsaid(
                GainsaidBy.DENIED, tuple(_denying_of(reading, word) for reading, word in found)
            )
    return None


_DENIAL = regex(
    r"\b(?:not|never|no|nobody|none|nor|neither|nothing|cannot|refus\w+|avoid\w*|except|other than|apart from"
    r"|excluding|excepting|leave|omit|stops|prevents|instead of|rather than|without)\b|n't\b",
    re.IGNORECASE,
)
_BEHIND_IT = regex(r" (?:excepted|excluded|aside|apart)\b", re.IGNORECASE)


def _denying_of(reading: Reading, word: Named) -> ProvingWords:
    """What denies a word: the nearest "not" or "except" before it, or else the word itself."""
    span, text = word.span, reading.text_of(word.span.part)
    behind = _BEHIND_IT.match(text, span.end)
    if behind is not None:
        return ProvingWords(reading, Span(span.start, behind.end(), span.part))
    before = list(_DENIAL.finditer(text, 0, span.start))
    place = Span(*before[-1].span(), span.part) if before else span
    return ProvingWords(reading, place)


# -- which way, and by whom -------------------------------------------------------------------


def _turned_round(claimed: Claimed) -> Gainsaid | None:
    """What is said to come from whom the statement lets it go to, or the other way; or the reader does it."""
    if claimed.done:
        return None
    facet = Facet.SOURCE if claimed.statement.claim is Claim.COLLECTS else Facet.RECIPIENT
    stated = claimed.statement.states.get(facet, ())
    named = [
        (reading, word)
        for reading, word in claimed.named(facet)
        if word.span.part is Part.SENTENCE and akin(claimed, facet, stated, word.word)
    ]
    for reason, goes in ((GainsaidBy.TURNED, _comes_back), (GainsaidBy.READER, _goes_by_reader)):
        if named and all(goes(reading, word, facet) for reading, word in named):
            marks = tuple(dict.fromkeys(ProvingWords(r, word.span) for r, word in named))
            return Gainsaid(reason, marks)
    return None


def _comes_back(reading: Reading, word: Named, facet: Facet) -> bool:
    """Whether somebody is named as the other end of the way than the facet is."""
    own = [deed for deed in reading.deeds if not deed.led and deed.claims]
    if facet is Facet.SOURCE:
        ours = all(deed.by == US and deed.claims[:1] == (Claim.DISCLOSES,) for deed in own)
        return bool(own) and ours and word.role is Role.TO
    if not own:
        told = _TELLS_US.match(reading.text_of(word.span.part), word.span.end)
        return word.role is Role.FROM or bool(told)
    got = all(deed.by != READER and deed.claims[:1] == (Claim.COLLECTS,) for deed in own)
    given = any(deed.by == word.word for deed in own)
    return bool(own) and got and (given or word.role in (Role.FROM, Role.BY))


_TELLS_US = regex(
    r"\s+(?:\w+ )?(?:tells?|sends?|gives?|pass(?:es)?|hands?|lets?|shows?|informs?|notif(?:y|ies)|supplies|provides?)"
    r"\s+(?:\w+ ){0,6}?us\b",
    re.IGNORECASE,
)


def _goes_by_reader(reading: Reading, word: Named, facet: Facet) -> bool:
    """Whether it is the reader who gives it to somebody, and nobody else does anything there."""
    own = [deed for deed in reading.deeds if not deed.led and deed.claims]
    reads = [deed.by == READER and deed.claims == (Claim.COLLECTS,) for deed in own]
    return facet is Facet.RECIPIENT and word.role is Role.TO and bool(own) and all(reads)


def _done_by_another(claimed: Claimed) -> Gainsaid | None:
    """What is done by a body that acts for itself, or by bodies or people of any kind, and by nobody else there.

    What others pass on is told by a statement that says by whom.
    """
    if claimed.statement.claim not in _OURS or claimed.statement.by:
        return None
    done = [(r, d) for r, d in claimed.deeds if d.holds and not d.led]
    if done and all(_is_anyones(r, d) and not _is_for_us(claimed, r, d) for r, d in done):
        return Gainsaid(GainsaidBy.DOER, tuple(_named_doer(r, d) for r, d in done))
    if not done or not all(_is_anothers(claimed, r, d) for r, d in done):
        return None
    own = (r for r, _ in done for w in r.named(Facet.RECIPIENT) if w.word not in claimed.others)
    if any(own):
        return None
    return Gainsaid(GainsaidBy.DOER, tuple(_named_doer(r, d) for r, d in done))


_OURS = (Claim.USES, Claim.KEEPS, Claim.DISCLOSES, Claim.TRANSFERS)
"""What only we can do, or others for us."""

_ANY = regex(
    r"(?:for (?:example|instance))?,? ?(?:(?:many|most|some|several|all|certain|typical) )?"
    r"(?:other|another|many|most|several|a typical|an?|typical) (?:\w+ ){0,2}?"
    r"(?:schools?|hospitals?|organisations?|compan(?:y|ies)|councils?|trusts?|charit(?:y|ies)|firms?|bodies|employers?"
    r"|universit(?:y|ies)|colleges?|agenc(?:y|ies)|surger(?:y|ies)|businesses|clubs?|authorit(?:y|ies))\b"
    r"|(?:it (?:is|falls) (?:up to |for |to |left to |upon )?)?(?:your |the )?(?:pupils|parents|children|students"
    r"|applicants|patients|tenants|residents|customers|members|visitors|mother|father|carers?|family|families|guardians"
    r"|friends|people|individuals)(?: (?:them|him|her)sel(?:f|ves))?(?: to)?"
    r"(?: (?:may|can|will|must|also|often|sometimes))* ?\Z",
    re.IGNORECASE,
)
"""Bodies of any kind, and people themselves, as the subject: what they do is not done by us."""


def _is_anothers(claimed: Claimed, reading: Reading, deed: Deed) -> bool:
    """Whether it is done by a registered body that acts for itself, and that does not just get it of us."""
    if deed.by not in claimed.others:
        return False
    passed = claimed.statement.claim in (Claim.DISCLOSES, Claim.TRANSFERS)
    stated = claimed.statement.states.get(Facet.RECIPIENT, ())
    return not passed or not (_receives(reading, deed) or deed.by in stated)


def _is_anyones(reading: Reading, deed: Deed) -> bool:
    """Whether it is done by bodies of a kind, or by people themselves: "other schools pass"."""
    subject = _before_the_verb(reading, deed)
    return deed.by == OTHERS and not _receives(reading, deed) and bool(_ANY.match(subject))


def _is_for_us(claimed: Claimed, reading: Reading, deed: Deed) -> bool:
    """Whether a body without a name may be the processor that is stated: "a mailing firm sends you our newsletter"."""
    stated = claimed.statement.states.get(Facet.RECIPIENT, ())
    serving = claimed.parties - claimed.others
    named = {word.word for word in reading.named(Facet.RECIPIENT)}
    unnamed = bool(stated) and serving.issuperset(stated) and named.isdisjoint(stated)
    return unnamed and bool(_ONE.match(_before_the_verb(reading, deed)))


def _before_the_verb(reading: Reading, deed: Deed) -> str:
    return reading.words_of(deed.clause)[: deed.span.start - deed.clause.start]


_ONE = regex(r"an? (?!typical)", re.IGNORECASE)


def _receives(reading: Reading, deed: Deed) -> bool:
    """Whether who does it gets it of us, or serves us."""
    verb = grammar().verbs.get(reading.words_of(deed.span).lower())
    return verb is not None and (verb.takes or verb.serves)


def _named_doer(reading: Reading, deed: Deed) -> ProvingWords:
    """The name of who does it, or else the verb."""
    named = (w.span for w in reading.words if w.word == deed.by and w.span.part is deed.span.part)
    return ProvingWords(reading, next(named, deed.span))


def _in_a_row(claimed: Claimed) -> Gainsaid | None:
    """What a row of a table says no to, and what in it is of another body."""
    no = _in_each((ProvingWords(r, span) for span in denying(r)) for r in claimed.readings)
    if no:
        return Gainsaid(GainsaidBy.DENIED, no)
    if claimed.statement.claim not in (Claim.USES, Claim.KEEPS):
        return None
    quote = claimed.statement.quote
    theirs = _in_each(
        (ProvingWords(r, span) for span in of_others(r, quote, claimed.others))
        for r in claimed.readings
    )
    return Gainsaid(GainsaidBy.DOER, theirs) if theirs else None


_NO = regex(
    r"\b(?:not|never|no|nobody|none|nor|neither|nothing|cannot|only|solely|except|other than|apart from"
    r"|refuse|limited to|restricted|confidential|stop|stopped|cease|ceased|within|inside|private"
    r"|without (?:\w+ )?\w+ing)\b|n't\b",
    re.IGNORECASE,
)
_IF_NOT = regex(r"\b(?:unless|without)\b", re.IGNORECASE)
"""What makes a promise only of what is denied: "we give it to others unless" denies nothing."""


def _undenied(claimed: Claimed) -> Gainsaid | None:
    """A promise whose sentences say no "not", nor any other word that keeps something from being done."""
    readings = claimed.readings
    if all(r.question for r in readings):
        return Gainsaid(GainsaidBy.ASKED)
    planned = [(r, d) for r, d in claimed.deeds if _denies(d) and _is_planned(d)]
    if planned and len(planned) == len(claimed.deeds):
        return Gainsaid(GainsaidBy.PLANNED, tuple(_marks(planned)))
    done = [(r, d) for r, d in claimed.deeds if d.holds]
    if any(_keeps_from(reading, done=bool(done)) for reading in readings):
        return None
    return Gainsaid(GainsaidBy.NOT_DENIED, tuple(ProvingWords(r, d.span) for r, d in done))


def _keeps_from(reading: Reading, *, done: bool) -> bool:
    """Whether a sentence says that something is not done, or not otherwise."""
    texts = [reading.text_of(part) for part in _SPOKEN]
    if any(_denies(deed) for deed in reading.deeds) or any(_NO.search(text) for text in texts):
        return True
    if any(_IF_NOT.search(text) for text in texts):
        return not done
    return any(_hedged(deed) for deed in reading.deeds)


def _marks(found: Iterable[tuple[Reading, Deed]]) -> Iterator[ProvingWords]:
    for reading, deed in found:
        for span in deed.marks or (deed.span,):
            yield ProvingWords(reading, span)


_HEDGES_A_RIGHT = regex(
    r"\b(?:if|when|where|while|because|unless|except|until|once|some|sometimes|always|absolute|certain|only|however"
    r"|but|all|every|may)\b",
    re.IGNORECASE,
)
"""What leaves something of a right that is denied: "you cannot always object"."""


_GRANTS = regex(r"\b(?:you|they|people) (?:can|may|have|are entitled)\b", re.IGNORECASE)
_SOMEBODYS = regex(
    r"\b(?:right|no way|requests?|you|they|people|parents|children|individuals)", re.IGNORECASE
)


def _no_right(claimed: Claimed) -> Gainsaid | None:
    """A right that the sentences say people do not have, whatever happens."""
    if not any(item.startswith(("right-", "complaint-")) for item in claimed.statement.items):
        return None
    past = _in_each(
        (ProvingWords(r, span) for span in r.past if _is_over(r, span)) for r in claimed.readings
    )
    if past:
        return Gainsaid(GainsaidBy.PAST, past)
    marks = _in_each(map(_takes_away, claimed.readings))
    return Gainsaid(GainsaidBy.DENIED, marks) if marks else None


def _is_over(reading: Reading, span: Span) -> bool:
    """Whether a right that people "used to" have is not told of today as well."""
    text = reading.text_of(span.part)
    used = reading.words_of(span).lower().endswith("to")
    return used and not _OF_TODAY.search(f"{text[: span.start]} {text[span.end :]}")


_NOT_THERE = regex(
    r"\b(?:do(?:es)? not have|don't have|doesn't have|ha(?:s|ve) no|there is no|ha(?:s|ve)n't|ha(?:s|ve) not"
    r"|without an?|not (?:required|obliged|need) to|vacant|no longer)\b",
    re.IGNORECASE,
)
_OFFICER = regex(r"\bofficer\b|\bDPO\b", re.IGNORECASE)
_REACHED = regex(r"@|\b\d{4,}|\bwrite to\b|\bcontact\b|\bcall\b", re.IGNORECASE)


def _nobody_there(claimed: Claimed) -> Gainsaid | None:
    """An officer to write to, where the sentences say that there is none and give no address."""
    if claimed.statement.items != ("dpo-contact",):
        return None
    marks = []
    for reading in claimed.readings:
        text = reading.sentence.text
        found = _NOT_THERE.search(text)
        if found is None or not _OFFICER.search(text) or _REACHED.search(text):
            return None
        marks.append(ProvingWords(reading, Span(*found.span())))
    return Gainsaid(GainsaidBy.DENIED, tuple(marks)) if marks else None


def _takes_away(reading: Reading) -> Iterator[ProvingWords]:
    """The words that say that people have no right, where the sentence grants none and hedges nothing."""
    for span in reading.unrighted:
        text = reading.text_of(span.part)
        before, behind = text[: span.start], text[span.end :]
        granted = _GRANTS.search(before) or _HEDGES_A_RIGHT.search(f"{before} {behind}")
        if not granted and _SOMEBODYS.search(text, 0, span.end):
            yield ProvingWords(reading, span)


# -- only if you agree -------------------------------------------------------------------------


_IF_AGREED = regex(
    r"\b(?:if|when|where|once|unless|only|with|subject to|after)\b[^.;]{0,30}\b(?:you|your|they|their|parents?)\b"
    r"[^.;]{0,20}\b(?:agree[sd]?|agreement|consent(?:ed|s)?|permission|opt(?:ed)? in)\b",
    re.IGNORECASE,
)
_WITHOUT = regex(
    r"\b(?:without|regardless of|(?:not|no|never|n't|we) (?:need|needs|require)|even if)\b[^.;,]{0,40}\Z",
    re.IGNORECASE,
)


def _with_consent(claimed: Claimed) -> Gainsaid | None:
    """A disclosure or transfer "only if you agree", where the statement leaves the consent out."""
    statement = claimed.statement
    basis = statement.basis
    told = "consent" in statement.conditions or (
        basis is not None and ("a" in basis.letters or basis.article_9 == "a")
    )
    if told or statement.claim not in (Claim.DISCLOSES, Claim.TRANSFERS):
        return None
    holding = [(r, d) for r, d in claimed.deeds if d.holds]
    holding = holding or [
        (r, d) for r in claimed.readings for d in r.deeds if d.holds and d.by != READER
    ]
    marks = [_agreed(reading, deed) for reading, deed in holding]
    if not marks:
        marks = [mark for reading in claimed.readings if (mark := _if_agreed(reading))]
    if marks and all(marks):
        return Gainsaid(GainsaidBy.CONSENT, tuple(mark for mark in marks if mark))
    return None


def _agreed(reading: Reading, deed: Deed) -> ProvingWords | None:
    """The words that make a deed wait for consent."""
    for held in deed.conditions:
        before = reading.text_of(held.span.part)[: held.span.start]
        if held.ground is Ground.CONSENT and not _WITHOUT.search(before):
            return ProvingWords(reading, held.span)
    return _if_agreed(reading) if deed.led else None


def _if_agreed(reading: Reading) -> ProvingWords | None:
    """Where a sentence speaks of consent as a condition."""
    found = _IF_AGREED.search(reading.sentence.text)
    if found is None or _WITHOUT.search(reading.sentence.text, 0, found.start()):
        return None
    return ProvingWords(reading, Span(*found.span()))


# -- numbers and fixed words -------------------------------------------------------------------


def lasting(reading: Reading) -> Iterator[Period]:
    """The periods that may be of keeping: no age, and no time to answer in."""
    return (p for p in reading.periods if p.of in (Lasting.KEEPING, Lasting.OTHER))


def _period(claimed: Claimed) -> Gainsaid | None:
    stated = claimed.statement.period
    if not stated:
        return None
    said = [(r, p) for r in claimed.readings for p in lasting(r)]
    if not said or any(same_length(p.period, stated) for _, p in said):
        return None
    return Gainsaid(GainsaidBy.PERIOD, tuple(ProvingWords(r, p.span) for r, p in said))


def _of_a_part(claimed: Claimed) -> Gainsaid | None:
    """How long all data is kept is stated, and said of some alone: the rest may be kept as long as anybody likes."""
    statement, whole = claimed.statement, ROOTS[Facet.DATA]
    if statement.claim is not Claim.KEEPS or statement.negative:
        return None
    if whole not in statement.states.get(Facet.DATA, ()):
        return None  # what names no data says it of what its sentence speaks of
    if Facet.PURPOSE in statement.states:
        return None  # it is stated of what serves these alone
    found = words_for_a_part(claimed.named(Facet.DATA), claimed.named(Facet.SUBJECT))
    if not found:
        return None
    return Gainsaid(GainsaidBy.PART, tuple(ProvingWords(r, span) for r, span in found))


def kept_of(claimed: Claimed) -> Words:
    """The data that the sentences say it of, where they say so of some and the statement names none."""
    statement = claimed.statement
    named = Facet.DATA in statement.states or Facet.PURPOSE in statement.states
    if statement.claim is not Claim.KEEPS or statement.negative or named:
        return ()
    part = words_for_a_part(claimed.named(Facet.DATA), claimed.named(Facet.SUBJECT))
    spans = [(reading, span) for reading, span in part]
    found = (
        word.word
        for reading, word in claimed.named(Facet.DATA)
        if word.how is not How.UMBRELLA
        and any(r is reading and s.holds(word.span) for r, s in spans)
        and not _BESIDE.search(reading.text_of(word.span.part), 0, word.span.start)
    )
    return tuple(dict.fromkeys(found))


_BESIDE = regex(
    r"\b(?:from|after|since|until|till|following|when|where|if|once|because|before|with|in|on|by|under|against|per)\b"
    r"[^,;.]*\Z",
    re.IGNORECASE,
)
"""What lets a word for data say when or where it is kept, and not what: "from your date of birth", "in your file"."""


def _beginning(claimed: Claimed) -> Gainsaid | None:
    """Another beginning is said of the very period that is stated, and nowhere the stated one."""
    statement = claimed.statement
    if not statement.period or claimed.vocabulary[Facet.TRIGGER].find(statement.trigger) is None:
        return None  # of a beginning that nobody defined nothing can be said
    same = [
        (reading, period)
        for reading in claimed.readings
        for period in lasting(reading)
        if same_length(period.period, statement.period)
    ]
    turned = [_turned_back(reading, period) for reading, period in same]
    if turned and all(turned):
        return Gainsaid(GainsaidBy.BEGINNING, tuple(mark for mark in turned if mark))
    said = [period.trigger for _, period in same]
    said += [one.word for reading in claimed.readings for one in reading.beginnings]
    if not same or not all(period.trigger for _, period in same):
        return None
    if any(akin(claimed, Facet.TRIGGER, (statement.trigger,), word) for word in said):
        return None
    marks = [
        ProvingWords(reading, one.span)
        for reading, period in same
        for one in reading.beginnings
        if one.word == period.trigger
    ]
    marks = marks or [ProvingWords(reading, period.span) for reading, period in same]
    return Gainsaid(GainsaidBy.BEGINNING, tuple(marks))


_BEFORE = regex(r"\s*before [^.,;]*", re.IGNORECASE)


def _turned_back(reading: Reading, period: Period) -> ProvingWords | None:
    """The words that let a period end where it should begin: "six years before the end of the year"."""
    found = _BEFORE.match(reading.text_of(period.span.part), period.span.end)
    if found is None:
        return None
    return ProvingWords(reading, Span(period.span.start, found.end(), period.span.part))


def letters(reading: Reading, article: int) -> Iterator[Letter]:
    """The letters of an Article that a sentence says."""
    return (one for one in reading.letters if one.article == article)


def _letter(claimed: Claimed) -> Gainsaid | None:
    basis = claimed.statement.basis
    ninth = (basis.article_9,) if basis and basis.article_9 else ()
    for article, stated in ((6, basis.letters), (9, ninth)) if basis else ():
        said = [(r, one) for r in claimed.readings for one in _meant(r, article)]
        marks = tuple(ProvingWords(r, one.span) for r, one in said)
        same = [(r, one) for r, one in said if one.letter in stated]
        if stated and said and not same:
            return Gainsaid(GainsaidBy.LETTER, marks)
        if same and all(_is_denied(r, one) for r, one in same):
            return Gainsaid(GainsaidBy.DENIED, tuple(ProvingWords(r, one.span) for r, one in same))
    return None


_IN_BRACKETS = regex(
    r"\s*\((?:\s*(?:under|the|UK|EU|GDPR|Article|Art\.?)\b,?)*\s*\Z", re.IGNORECASE
)


def _meant(reading: Reading, article: int) -> Iterator[Letter]:
    """The letters of an Article; one that is written in brackets counts for the words before it."""
    instead = {named.letter for named, _ in _bracketed(reading)}
    for one in letters(reading, article):
        if not (one.in_words and one.letter in instead):
            yield one


def _bracketed(reading: Reading) -> Iterator[tuple[Letter, Letter]]:
    """The bases told in words behind which an Article is written in brackets, with that Article."""
    written = [one for one in reading.letters if not one.in_words]
    for one in reading.letters:
        text = reading.text_of(one.span.part)[one.span.end :]
        for other in written if one.in_words else ():
            gap = other.span.start - one.span.end
            same = other.span.part is one.span.part
            if same and gap > 0 and _IN_BRACKETS.match(text[:gap]):
                yield one, other


def _is_denied(reading: Reading, letter: Letter) -> bool:
    """Whether a basis is said not to be the one, by itself or by the words that it stands in brackets behind."""
    return letter.denied or any(
        named.denied for named, written in _bracketed(reading) if written == letter
    )


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

_ROLES = {
    Facet.RECIPIENT: (Role.TO, Role.NAMED),
    Facet.SOURCE: (Role.FROM, Role.NAMED),
}


def _another(claimed: Claimed) -> Gainsaid | None:
    """Another registered party is named where a stated one would be, and that one is not."""
    for facet in _ROLES:
        stated = claimed.statement.states.get(facet, ())
        named = [(r, w) for r, w in claimed.named(facet) if w.how is not How.UMBRELLA]
        beside = [(r, w) for r, w in named if w.span.part is not Part.HEADING]
        unsaid = [party for party in stated if not _said_by(claimed, facet, party, beside)]
        others = [
            (r, w)
            for r, w in (beside or _headed(named))
            if _in_that_place(claimed, w, facet) and not akin(claimed, facet, stated, w.word)
        ]
        replaced = bool(others) and not claimed.parties.isdisjoint(unsaid)
        if replaced and not any(_and_more(r, w) for r, w in others):
            marks = tuple(ProvingWords(r, word.span) for r, word in others)
            return Gainsaid(GainsaidBy.PARTY, marks)
    return None


def _said_by(
    claimed: Claimed, facet: Facet, party: str, named: Iterable[tuple[Reading, Named]]
) -> bool:
    """Whether a party is named, or a kind of people it is of; not "as our processor", "its inspectors"."""
    return any(
        claimed.within(facet, word.word, party)
        or (claimed.within(facet, party, word.word) and not _only_describes(reading, word))
        for reading, word in named
    )


_DESCRIBING = regex(r"\b(?:as (?:an?|our|the)|its|their|whose)\s*\Z", re.IGNORECASE)


def _only_describes(reading: Reading, named: Named) -> bool:
    """Whether a word for a kind of people says what somebody named already is, or is theirs."""
    text = reading.text_of(named.span.part)
    return bool(_DESCRIBING.search(text, 0, named.span.start))


_ALL_OF_IT = 0.7
"""How much of a heading a name has to be for the heading to say whom all below it is about."""


def _headed(named: Iterable[tuple[Reading, Named]]) -> list[tuple[Reading, Named]]:
    """The names that are a heading."""
    return [
        (reading, word)
        for reading, word in named
        if word.span.end - word.span.start >= _ALL_OF_IT * len(reading.sentence.heading)
    ]


def _in_that_place(claimed: Claimed, named: Named, facet: Facet) -> bool:
    """Whether a party of the register is named where the stated one would be, and is not who gives it."""
    if named.how is How.STEMS or named.span.part not in _PLACES:
        return False
    if named.word not in claimed.parties or named.role not in _ROLES[facet]:
        return False
    return named.word not in claimed.statement.by


_PLACES = (Part.SENTENCE, Part.LEAD, Part.HEADING)


def akin(claimed: Claimed, facet: Facet, stated: Words, word: str) -> bool:
    """Whether a word means what some stated one does, or is wider or narrower."""
    return any(
        claimed.within(facet, word, said) or claimed.within(facet, said, word) for said in stated
    )


OF_CONTROLLER = frozenset({"controller-identity", "controller-contact"})
"""The items that tell who is responsible."""


def _somebody_else(claimed: Claimed) -> Gainsaid | None:
    """Who is responsible is told by the name or the address of somebody else.

    One officer for several bodies is no fault, so a sentence that tells of the officer as well is left alone.
    """
    items = set(claimed.statement.items)
    if not items or items - OF_CONTROLLER:
        return None
    found = of_somebody_else(claimed.readings, claimed.organisation)
    return Gainsaid(GainsaidBy.SOMEBODY_ELSE, (found,)) if found else None


def of_somebody_else(
    readings: Sequence[Reading], organisation: Organisation | None
) -> ProvingWords | None:
    """The name of another body in some sentences, where ours stands nowhere beside it."""
    texts = [text for r in readings for text in (r.sentence.text, r.sentence.lead)]
    if organisation is None or not apart(organisation.name):
        return None
    if any(names_ours(text, organisation) for text in texts):
        return None
    known = apart(organisation.contact) | _initials(organisation.name)
    for reading in readings:
        for found in bodies(reading.sentence.text):
            if not apart(found[0]) & known:
                return ProvingWords(reading, Span(*found.span()))
    return None


def names_ours(text: str, organisation: Organisation) -> bool:
    """Whether a text has the words that set the organisation apart, or the short form of its name."""
    said = apart(text)
    return bool(apart(organisation.name) <= said or _initials(organisation.name) & said)


def _initials(name: str) -> frozenset[str]:
    """`ecc` for Exampleshire County Council."""
    capitals = "".join(re.findall(r"\b[A-Z]", name))
    return frozenset((capitals.casefold(),)) if len(capitals) > 1 else frozenset()


_AND = regex(
    r"\s*(?:,|;|/|&|\band\b|\bor\b|\bas well as\b)\s*(?:(?:also|to|with|from|the|our|a)\s+)*"
)


def _and_more(reading: Reading, named: Named) -> bool:
    """Whether somebody stands beside who is named, in a list with them, whom the register does not know."""
    text = reading.text_of(named.span.part)
    begun = [w.span.start for w in reading.words if w.span.part is named.span.part]
    behind = _AND.match(text, named.span.end)
    if behind is None or not text[behind.end() :].strip(" .,;:"):
        return False
    if _APPOSED.match(text, named.span.end):
        return False
    here = behind.end()
    known = any(here - 1 <= start <= here + 4 for start in begun)
    return not known and not _CLAUSE.match(text, here)


_APPOSED = regex(
    r"\s*,\s*(?:the|our|an?|who|which)\b[^,;.]{1,60},\s*(?!and\b|or\b|the\b|our\b)\w+s?\b",
    re.IGNORECASE,
)
"""What says of somebody who they are: "Sample Constabulary, the police here, hears from us"."""

_CLAUSE = regex(
    r"(?:we|you|they|it|who|which|so|because|for|if|when|where|under|but|in|by|this|that|\w+s)\b",
    re.IGNORECASE,
)
