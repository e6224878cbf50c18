"""The sentences of the notices that speak of what is done with data, and that no statement ties to the register yet.

What a sentence's reading has and no valid statement on it states is untied, word by word. It tells nobody anything;
but where nothing else tells a flow's facet, it is not known to be omitted either.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from ropa.documents.patterns import regex
from ropa.flows.flow import Flow
from ropa.judging.evidence import Proof, Proofs, named_alike
from ropa.judging.gainsaid import (
    OF_CONTROLLER,
    lasting,
    names_ours,
    of_somebody_else,
)
from ropa.judging.set_aside import SetAside
from ropa.judging.statements import Voices
from ropa.reading.memo import ITEMS, Readings
from ropa.reading.said import OTHERS, READER, Deed, How, Lasting, Named, Part, Reading, Role
from ropa.register.model import (
    COVERS,
    SELF,
    Action,
    Aside,
    Claim,
    Notice,
    Register,
    Retention,
    Words,
)
from ropa.register.periods import same_length
from ropa.register.vocabulary import ROOTS, Facet
from ropa.seen.text import NoticeText, Sentence
from ropa.seen.tree import Kind

MOST_SHOWN = 5
"""How many sentences are named for one facet, at the most."""

EXACT, NEAR, PERHAPS = range(3)
"""How near a sentence is to what is not told, the nearest first."""

TIED: tuple[Facet, ...] = (Facet.DATA, Facet.RECIPIENT, Facet.COUNTRY, Facet.PURPOSE)
"""Whose words a statement ties in a sentence; those of a source are recipients' words."""

_OTHER_DEED = 10
"""What it adds to the rank of a sentence that it speaks of another step."""


class ReadingIn(NamedTuple):
    """A sentence of a notice."""

    notice: Notice
    reading: Reading


class UntiedSentence(Struct, frozen=True, eq=False):
    """A sentence that speaks, and what of it no statement ties.

    `reach` are the people who get its notice. `words` are those of its own that nothing ties, by facet, `beside` all
    that it names with its lead-in; `sources` are those of its recipients' words that data comes from. `news` says
    whether some of its words are in no quote and in no statement of the whole notice.
    """

    notice: Notice
    reading: Reading
    reach: int
    words: Mapping[Facet, Words]
    beside: Mapping[Facet, Words]
    sources: Words
    actions: frozenset[Action]
    letters: frozenset[str]
    periods: Words
    triggers: Words
    criteria: bool
    safeguards: Words
    news: bool

    @property
    def sentence(self) -> Sentence:
        """Where it stands, and its words."""
        return self.reading.sentence

    def tells_of(self, action: Action) -> bool:
        """Whether it says that such a step is taken: what is kept was collected."""
        kept = action is Action.COLLECT and Action.KEEP in self.actions
        return kept or action in self.actions

    @property
    def lasting(self) -> bool:
        """Whether it says how long something is kept, in whatever way."""
        return bool(self.periods or self.criteria)


def best(ranked: Mapping[UntiedSentence, int]) -> tuple[UntiedSentence, ...]:
    """The few that come nearest, in the order of their texts where they are as near."""
    found = sorted(ranked, key=lambda s: (ranked[s], s.notice.id, s.sentence.start))
    return tuple(found[:MOST_SHOWN])


class Sentences(Struct, frozen=True, eq=False, dict=True):
    """The speaking sentences of the notices in force that nothing ties, each notice read when it is asked for."""

    register: Register
    proofs: Proofs
    voices: Voices

    def keep(self, before: "Sentences") -> None:
        """Take over what was found at another moment in notices that are the very same and reach the same people."""
        if not named_alike(self.register, before.register):
            return
        for notice in self.voices.notices:
            id_ = notice.id
            same = before.register.notices.get(id_) is notice
            if same and before.voices.reach.get(id_) == self.voices.reach[id_]:
                if id_ in before._read:
                    self._read[id_] = before._read[id_]
                if id_ in before._aside:
                    self._aside[id_] = before._aside[id_]

    def number(self, notice: Notice) -> int:
        """How many sentences of a notice were read, headings among them; 0 where it is not read."""
        readings = self.proofs.read(notice)
        return len(readings.text.sentences()) if readings else 0

    def unwritten(self, notice: Notice) -> bool:
        """Whether nobody has written a statement of a notice yet, though its sentences tell of what is done.

        Those of a language that is not read may tell of anything.
        """
        if notice.statements:
            return False
        readings = self.proofs.read(notice)
        if readings is None:
            return self.proofs.unread(notice)
        aside = self.aside(notice).by_start
        return any(
            _tells_of_deeds(r)
            for r in readings
            if r.sentence.start not in aside and not _hardly_seen(readings.text, r.sentence)
        )

    @cached_property
    def unbegun(self) -> int:
        """The people all of whose notices nobody has begun to write statements of: of these, nothing is known."""
        begun = unbegun = 0
        for notice in self.voices.notices:
            if self.unwritten(notice):
                unbegun |= self.voices.reach[notice.id]
            else:
                begun |= self.voices.reach[notice.id]
        return unbegun & ~begun

    def disclosing_aside(self, notice: Notice) -> Iterator[tuple[Aside, Reading]]:
        """The sentences set aside that say that something is done, and name somebody whom the register knows."""
        readings, parties = self.proofs.read(notice), self.register.parties
        for sentence in readings.text.sentences() if readings and notice.aside else ():
            aside = self.aside(notice).by_start.get(sentence.start)
            if aside is not None and readings is not None:
                reading = readings.of(sentence)
                named = any(w.word in parties and w.how is not How.HINT for w in reading.words)
                if named and reading.deeds:
                    yield aside, reading

    def aside(self, notice: Notice) -> SetAside:
        """What is set aside of a notice."""
        if notice.id not in self._aside:
            self._aside[notice.id] = SetAside(notice, self.proofs.text(notice))
        return self._aside[notice.id]

    def of(self, notice: Notice) -> tuple[UntiedSentence, ...]:
        """The sentences of one notice, in the order of its text."""
        if notice.id not in self._read:
            readings = self.proofs.read(notice)
            found = _Tying(self, notice, readings).untied() if readings else ()
            self._read[notice.id] = tuple(found)
        return self._read[notice.id]

    def heard_by(self, people: int) -> Iterator[UntiedSentence]:
        """The sentences that some of these people get."""
        for notice in self.voices.notices:
            if self.voices.reach[notice.id] & people:
                yield from self.of(notice)

    def naming(
        self, facet: Facet, word: str, people: int, flow: Flow, linked: Iterable[Facet]
    ) -> Iterator[tuple[UntiedSentence, int]]:
        """Those that name a flow's word, a wider or a narrower one, and the `linked` facets too, with their ranks."""
        linked = tuple(linked)
        for sentence in self.heard_by(people):
            named = sentence.sources if facet is Facet.SOURCE else sentence.words.get(facet, ())
            given = (
                facet is Facet.SOURCE and self.is_reader(sentence.notice, word) and SELF in named
            )
            if not (given or self.akin(facet, word, named)):
                continue
            if not self._links(sentence, flow, linked):
                continue
            fits = sentence.tells_of(flow.action)
            if facet is Facet.DATA and not fits:
                continue  # to pass something on is not to say where it came from
            near = EXACT if word in named else NEAR
            yield sentence, near if fits else near + _OTHER_DEED

    def telling_basis(
        self, letter: str, people: int, flow: Flow
    ) -> Iterator[tuple[UntiedSentence, int]]:
        """Those that name a lawful basis."""
        for sentence in self.heard_by(people):
            if letter in sentence.letters:
                purposes = sentence.beside.get(Facet.PURPOSE, ())
                about = any(
                    self.akin(Facet.PURPOSE, p, purposes) for p in flow.words(Facet.PURPOSE)
                )
                yield sentence, EXACT if about else NEAR

    def telling_length(
        self, entry: Retention, data: int, people: int
    ) -> Iterator[tuple[UntiedSentence, int, int]]:
        """Those that say how long something is kept, with their ranks and of which data they may say it.

        One that names data says it of that; of other data as well where it says the very period.
        """
        for sentence in self.heard_by(people):
            if sentence.lasting:
                same = _has(sentence.periods, entry.period)
                yield from self._lasting(sentence, data, same=same)

    def telling_beginning(
        self, entry: Retention, data: int, people: int
    ) -> Iterator[tuple[UntiedSentence, int, int]]:
        """Those that say from when something is kept, in the same way; how long may be tied already.

        Where another period is tied than the one recorded, its beginning is no beginning of that.
        """
        for sentence in self.heard_by(people):
            same = _has((p.period for p in lasting(sentence.reading)), entry.period)
            if sentence.criteria or (sentence.triggers and (sentence.lasting or same)):
                yield from self._lasting(sentence, data, same=same)

    def _lasting(
        self, sentence: UntiedSentence, data: int, *, same: bool
    ) -> Iterator[tuple[UntiedSentence, int, int]]:
        named = sentence.beside.get(Facet.DATA, ())
        about = self.register.vocabulary[Facet.DATA].union(named) & data
        if same or not named:
            yield sentence, (EXACT if about else NEAR) if same else PERHAPS, data
        elif about:
            yield sentence, NEAR, about

    def saying_safeguard(self, safeguard: str, people: int) -> Iterator[tuple[UntiedSentence, int]]:
        """Those that name a safeguard of a transfer."""
        for sentence in self.heard_by(people):
            if safeguard in sentence.safeguards:
                yield sentence, EXACT

    def looking_like(self, item: str, people: int) -> tuple[tuple[ReadingIn, ...], int]:
        """The sentences that look as if they told an item, and those of these people who get none of them."""
        found: list[ReadingIn] = []
        for notice in self.voices.notices:
            readings = self.proofs.read(notice) if self.voices.reach[notice.id] & people else None
            if readings is not None and item in ITEMS:
                aside = self.aside(notice).by_start
                telling = [
                    r
                    for r in readings.telling(item)
                    if r.sentence.kind is not Kind.HEADING and r.sentence.start not in aside
                ]
                if item in OF_CONTROLLER:
                    telling = self._of_ours(readings, telling)
                found += [ReadingIn(notice, reading) for reading in telling]
                people &= ~self.voices.reach[notice.id] if telling else -1
        return tuple(found), people

    def _of_ours(self, readings: Readings, telling: list[Reading]) -> list[Reading]:
        """Those sentences that may be about us: none of a notice that gives the address of somebody else alone."""
        ours = self.register.organisation
        mine = [reading for reading in telling if not of_somebody_else((reading,), ours)]
        if ours is None or len(mine) == len(telling) or names_ours(readings.text.folded, ours):
            return mine
        return []

    def _links(self, sentence: UntiedSentence, flow: Flow, linked: tuple[Facet, ...]) -> bool:
        """Whether a sentence with its lead-in names some word of each facet that has to be told together."""
        return all(
            facet is Facet.SUBJECT
            or any(
                self.akin(facet, w, sentence.beside.get(facet.scheme, ()))
                for w in flow.words(facet)
            )
            for facet in linked
        )

    def is_reader(self, notice: Notice, word: str) -> bool:
        """Whether a source is among those whom a notice speaks to: “you give us” is what parents give, to parents."""
        return word in notice.audience and word not in self.register.parties

    def akin(self, facet: Facet, word: str, others: Iterable[str]) -> bool:
        """Whether some of the words is the word, a wider or a narrower one."""
        words = self.register.vocabulary[facet.scheme]
        if word not in words.terms:
            return word in others
        mask = words.mask(word)
        known = (other for other in others if other in words.terms)
        return any(_nested(mask, words.mask(other)) for other in known)

    @cached_property
    def _read(self) -> dict[str, tuple[UntiedSentence, ...]]:
        return {}

    @cached_property
    def _aside(self) -> dict[str, SetAside]:
        return {}


def _has(periods: Iterable[str], period: str) -> bool:
    return bool(period) and any(same_length(said, period) for said in periods)


def _nested(one: int, other: int) -> bool:
    return not one & ~other or not other & ~one


class _Tied(Struct):
    """What statements state of one sentence."""

    words: dict[Facet, set[str]]
    letters: set[str]
    periods: list[str]
    triggers: set[str]
    safeguards: set[str]
    criteria: bool = False
    stretches: list[tuple[int, int]] = field(default_factory=list)

    def add(self, proof: Proof) -> None:
        """Note what one statement states."""
        statement = proof.statement
        for facet, words in statement.states.items():
            self.words.setdefault(facet.scheme, set()).update(words)
        self.words.setdefault(Facet.RECIPIENT, set()).update(statement.by)
        if statement.basis:
            self.letters.update(statement.basis.letters)
        if statement.period:
            self.periods.append(statement.period)
        self.criteria = self.criteria or bool(statement.criteria)
        self.triggers.add(statement.trigger)
        self.safeguards.add(statement.safeguard)


def _nothing_tied() -> _Tied:
    return _Tied({}, set(), [], set(), set())


class _Tying:
    """The sentences of one notice held against its statements."""

    def __init__(self, sentences: Sentences, notice: Notice, readings: Readings) -> None:
        self.sentences, self.notice, self.readings = sentences, notice, readings
        self.register = sentences.register
        self.anywhere = _nothing_tied()
        self.tied: dict[int, _Tied] = {}
        for statement in notice.statements:
            proof = sentences.proofs.of(statement)
            if proof.readings and not proof.faulty and statement.quoted is not None:
                self.anywhere.stretches.append(readings.text.span(statement.quoted))
                self._tie(proof)

    def _tie(self, proof: Proof) -> None:
        self.anywhere.add(proof)
        starts = dict.fromkeys(
            at
            for reading in proof.readings
            for at in (reading.sentence.start, *(begun for begun, _ in reading.sentence.lead_at))
        )
        for at in starts:
            self.tied.setdefault(at, _nothing_tied()).add(proof)

    def untied(self) -> Iterator[UntiedSentence]:
        """The sentences that speak, in the order of the text."""
        text, aside = self.readings.text, self.sentences.aside(self.notice).by_start
        for sentence in text.sentences():
            if sentence.start in aside:
                continue
            if _hardly_seen(text, sentence):
                continue
            if sentence.kind is not Kind.HEADING and not _set_apart(sentence):
                found = self._untied(self.readings.of(sentence))
                if found is not None:
                    yield found

    def _untied(self, reading: Reading) -> UntiedSentence | None:
        deeds = [deed for deed in reading.deeds if _done(deed)]
        based = any(one.framed and not one.denied for one in reading.letters)
        if not (deeds or based) or reading.question:
            return None
        if any(Claim.INFORMS in deed.claims for deed in deeds):
            return None
        tied = self.tied.get(reading.sentence.start) or _NOTHING
        keeping = any(Claim.KEEPS in deed.claims for deed in deeds)
        kept = [p for p in lasting(reading) if keeping or p.of is Lasting.KEEPING]
        named = [word for word in reading.words if self._counts(word)]
        own = [word for word in named if word.span.part in _OWN_PARTS and _surely(reading, word)]
        words = {facet: self._left(facet, own, tied) for facet in TIED}
        found = UntiedSentence(
            notice=self.notice,
            reading=reading,
            reach=self.sentences.voices.reach[self.notice.id],
            words={
                **words,
                Facet.RECIPIENT: _of(own, words[Facet.RECIPIENT], source=False),
            },
            beside={facet: _words(facet, named) for facet in TIED},
            sources=_of(own, words[Facet.RECIPIENT], source=True)
            if any(Claim.COLLECTS in d.claims for d in deeds)
            else tuple(
                w.word for w in own if w.role is Role.FROM and w.word in words[Facet.RECIPIENT]
            ),
            actions=frozenset(a for d in deeds for claim in d.claims for a in COVERS[claim]),
            letters=frozenset(
                one.letter
                for one in reading.letters
                if one.article == _LAWFUL and not one.denied and (one.framed or not one.in_words)
            )
            - tied.letters,
            periods=tuple(
                p.period
                for p in kept
                if not any(same_length(p.period, said) for said in tied.periods)
            ),
            triggers=tuple(p.trigger for p in kept if p.trigger and p.trigger not in tied.triggers),
            criteria=bool(reading.criteria) and not tied.criteria,
            safeguards=tuple(s.word for s in reading.safeguards if s.word not in tied.safeguards),
            news=any(
                self._left(facet, self._unquoted(reading, own), self.anywhere) for facet in TIED
            ),
        )
        return found if _says_something(found) else None

    def _counts(self, word: Named) -> bool:
        """Whether a word that is named may be one that people are told of: no umbrella, and nothing denied."""
        term = self.register.vocabulary[word.facet].terms.get(word.word)
        return (
            word.facet in TIED
            and not word.denied
            and word.how not in (How.HINT, How.UMBRELLA)
            and word.word not in _ROOTS
            and term is not None
            and not term.umbrella
        )

    def _unquoted(self, reading: Reading, named: list[Named]) -> list[Named]:
        """The words that stand in no quote of a valid statement, so that nobody can have looked at them."""
        quoted = self.anywhere.stretches
        return [
            word
            for word in named
            if (at := reading.place(word.span)) is None
            or not any(start <= at[0] and at[1] <= end for start, end in quoted)
        ]

    def _left(self, facet: Facet, named: list[Named], tied: _Tied) -> Words:
        """The words of a facet that no statement on the sentence states, nor a wider or a narrower one."""
        said = tied.words.get(facet, ())
        return tuple(
            word for word in _words(facet, named) if not self.sentences.akin(facet, word, said)
        )


_NOTHING = _nothing_tied()
_LAWFUL = 6
"""The Article that lists the lawful bases."""
_ROOTS = frozenset(ROOTS.values())
_OWN_PARTS = (Part.SENTENCE, Part.ROW)


def _surely(reading: Reading, word: Named) -> bool:
    """Whether it is more than one stem of a name: “your school” is no school record."""
    return word.how is not How.STEMS or " " in reading.words_of(word.span)


def _words(facet: Facet, named: Iterable[Named]) -> Words:
    return tuple(dict.fromkeys(word.word for word in named if word.facet is facet))


def _of(named: Iterable[Named], untied: Words, *, source: bool) -> Words:
    """Those of the words for somebody whom data comes from, or whom it goes to; the reader gets none."""
    return tuple(
        dict.fromkeys(
            word.word
            for word in named
            if word.facet is Facet.RECIPIENT
            and word.word in untied
            and (word.role is not (Role.TO if source else Role.FROM))
            and (source or word.word != SELF)
        )
    )


def _done(deed: Deed) -> bool:
    """Whether something is said to be done with data: by us, by somebody it goes to, or by who gives it to us."""
    if not deed.holds or not deed.claims:
        return False
    if deed.by == READER:
        return Claim.COLLECTS in deed.claims
    return deed.by != OTHERS or not _HANDED_ON.isdisjoint(deed.claims)


_HANDED_ON = frozenset({Claim.DISCLOSES, Claim.COLLECTS})
"""What others do with data that comes to them from us, or to us from them: “schools send us your results”."""


def speaks_apart(reading: Reading) -> bool:
    """Whether a sentence is about rights, contact, cookies, security or the notice itself."""
    return _set_apart(reading.sentence)


def _hardly_seen(text: NoticeText, sentence: Sentence) -> bool:
    """Whether people may not see it."""
    return any(d.start < sentence.end and sentence.start < d.end for d in text.doubts)


def _tells_of_deeds(reading: Reading) -> bool:
    """Whether a sentence says that something is done with data, by whatever words."""
    sentence = reading.sentence
    apart = sentence.kind is Kind.HEADING or reading.question or _set_apart(sentence)
    return not apart and any(map(_done, reading.deeds))


def _says_something(found: UntiedSentence) -> bool:
    return bool(
        any(found.words.values())
        or found.sources
        or found.letters
        or found.lasting
        or found.triggers
        or found.safeguards
    )


# -- what is about something else ----------------------------------------------------------------

_APART = regex(
    r"""\b(?:
    (?:your|data\ protection|individual|subject|people's)(?:\ \w+)?\ rights?|rights|(?:subject\ )?access\ requests?
    |complain\w*|complaints?|contact(?:ing)?(?:\ us|\ details)?|get(?:ting)?\ in\ touch|questions|cookies?
    |secur(?:e|ely|ity)|changes\ to|updates?|review\ of|further\ information|more\ information|about\ this|links?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a heading says below which nothing is told of what is done with data."""

_NOTICE = regex(r"\b(?:privacy|notice|policy|statement)\b", re.IGNORECASE)
"""What a title says, which is about all there is."""

_ABOUT_ELSE = regex(
    r"""\b(?:you\ (?:also\ |do\ )?have\ (?:a|the|certain|some|several|these|other)?\s*(?:\w+\ )?rights?|your\ rights?
    |the\ right\ (?:to|of|not)|right\ of\ access
    |you\ (?:can|may|should|must)\ (?:also\ |always\ )?(?:ask|request|object|complain|contact|withdraw|write)
    |(?<!you\ )(?:contact|email|call|phone)\ us|write\ to\ (?:us|our|the)|get\ in\ touch|please\ contact
    |contact\ (?:the|our)\ data\ protection|cookies?|your\ complaints?
    |encrypt\w*|passwords?|secure(?:ly|d)?|technical\ and\ organi[sz]ational
    |security\ (?:measures|controls|procedures|policies)
    |(?:this|our|the)\ (?:privacy\ |fair\ processing\ |data\ protection\ )?
     (?:notice|policy|statement|leaflet|page|document)\ (?:\w+\ )?
     (?:explains?|describes?|tells?|sets?|covers?|applies|is|was|may|will|says?|details?|provides?|relates?|contains?))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a sentence says that is about rights, contact, cookies, security, or the notice itself.

"When you contact us" only says when.
"""


def _set_apart(sentence: Sentence) -> bool:
    """Whether it is about rights, contact, cookies, security or the notice, by its words or by its heading."""
    heading = sentence.heading
    if heading and _APART.search(heading) and not _NOTICE.search(heading):
        return True
    return any(_ABOUT_ELSE.search(text) for text in (sentence.text, sentence.lead))
