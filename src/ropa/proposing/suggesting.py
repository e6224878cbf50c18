"""From what the sentences of a notice say to the statements that a person may want to make of them.

A facet is filled only where the words are there; else the nearest words are offered, or a name that only the notice
has.
What a sentence does not say is not proposed, and what its words go against is not proposed either.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.judging.untied import speaks_apart
from ropa.proposing.choosing import MOST, Choices
from ropa.proposing.newcomers import RUNS, newcomers
from ropa.proposing.whose import whose
from ropa.reading.grammar import grammar
from ropa.reading.memo import Readings
from ropa.reading.said import (
    OTHERS,
    READER,
    US,
    Deed,
    Ground,
    How,
    Lasting,
    Named,
    Part,
    Polarity,
    Reading,
    Role,
    Time,
)
from ropa.register.model import SELF, Claim, Register
from ropa.register.vocabulary import ROOTS, Facet, Hierarchy
from ropa.seen.tree import Kind

SHORT = 12
"""Of how many words a sentence is at the most of which one word may be a purpose."""
SHORTEST_TITLE = 3
"""Of how many words a title is at the least that is a name by itself."""
FIRST, FURTHEST = 3, 3
"""How many words that a sentence hints at are offered first, and how many sentences back somebody is named last."""
LONGEST_LABEL = 4
"""Of how many words an entry of a list is at the most that is the name of some data that no word is known for."""
HALF = 0.5
"""How much of an entry of a list a single word has to be to be what the entry names."""

MAIN: Mapping[Claim, tuple[str, ...]] = {
    Claim.COLLECTS: ("data", "from"),
    Claim.USES: ("purposes",),
    Claim.KEEPS: ("data",),
    Claim.DISCLOSES: ("to",),
    Claim.TRANSFERS: ("countries", "to"),
}
"""What each deed is mostly told of, so that it is asked for where the words do not say it."""

KEYS: Mapping[str, Facet] = {
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}
_MAY: Mapping[Claim, tuple[str, ...]] = {
    Claim.COLLECTS: ("data", "from", "purposes"),
    Claim.USES: ("data", "purposes"),
    Claim.KEEPS: ("data", "countries"),
    Claim.DISCLOSES: ("to", "data", "purposes", "countries"),
    Claim.TRANSFERS: ("to", "data", "countries"),
}
_GUARDS = {
    Ground.CONSENT: "consent",
    Ground.LAW: "law-permits",
    Ground.REQUEST: "request",
    Ground.APPROVAL: "approval",
}
_ROOTS = frozenset(ROOTS.values())
_OWN = (Part.SENTENCE, Part.ROW)


class Suggestion(Struct, frozen=True):
    """One statement that may be made of a sentence.

    `filled` are the words of its keys that the sentence says, `said` its basis, period and the like; `choose` the
    nearest words for a key that it says in none, and `new` names for a key that nothing in the register has. `led` is
    the part of the words that the deed is read in.
    """

    reading: Reading
    claim: Claim
    negative: bool = False
    filled: Mapping[str, tuple[str, ...]] = {}
    said: Mapping[str, Any] = {}
    choose: Mapping[str, tuple[str, ...]] = {}
    new: Mapping[str, tuple[str, ...]] = {}
    items: tuple[str, ...] = ()
    led: Part = Part.SENTENCE

    @property
    def start(self) -> int:
        """Where its sentence begins in the normal form of the text."""
        return self.reading.sentence.start

    @property
    def end(self) -> int:
        """Where its sentence ends."""
        return self.reading.sentence.end

    @property
    def open(self) -> bool:
        """Whether a person has to choose something before it can count."""
        return bool(self.choose or self.new)


class Suggesting(Struct, frozen=True, dict=True, eq=False):
    """What may be proposed of one notice, by a register's words."""

    register: Register
    readings: Readings

    def __iter__(self) -> Iterator[Suggestion]:
        """The suggestions, in the order of the text."""
        for reading in self.readings:
            yield from self.of(reading)

    def of(self, reading: Reading) -> Iterator[Suggestion]:
        """What may be proposed of one sentence."""
        if reading.sentence.kind is Kind.HEADING or not reading.grammar:
            return
        items = tuple(i.item for i in self.readings.items(reading) if i.status == "present")
        if items:
            yield Suggestion(reading, Claim.INFORMS, items=items)
        if reading.question or _of_rights(reading) or (items and speaks_apart(reading)):
            return
        found = self._done(reading)
        yield from found
        if not any(one.claim is Claim.DISCLOSES for one in found):
            yield from self._given(reading)
        if not any(one.claim is Claim.USES for one in found):
            yield from self._based(reading)
        if not found and not reading.deeds:
            yield from self._come_by(reading)
        elif not any(one.claim is Claim.COLLECTS for one in found):
            yield from self._gathered(reading)

    def _done(self, reading: Reading) -> list[Suggestion]:
        """What a sentence says is done or not done, each deed once, and none that another says as well."""
        found: dict[tuple[Claim, bool, str], Suggestion] = {}
        firm: set[Claim] = set()
        for deed, claim in self._claims(reading):
            denied = deed.polarity is Polarity.DENIES
            by = str(deed.by) if deed.by in self.register.parties else ""
            if (claim, denied, by) not in found:
                made = self._suggestion(reading, deed, claim, denied=denied)
                if made is not None:
                    found[claim, denied, by] = made
                    firm |= {claim} if claim is self._called(reading, deed)[0] else set()
        if (Claim.COLLECTS, False, "") in found and _entry(reading):
            uses = found.get((Claim.USES, False, ""))
            if uses and uses.filled.get("data") and not ("purposes" in uses.filled or uses.said):
                del found[Claim.USES, False, ""]  # an item of a list of data
        return [
            one
            for one in found.values()
            if one.claim in firm or not self._said_already(one, found.values())
        ]

    @staticmethod
    def _said_already(made: Suggestion, found: Iterable[Suggestion]) -> bool:
        """Whether another statement of the sentence says as much: what is used or given was collected."""
        if made.claim is not Claim.COLLECTS or made.negative or made.said or made.open:
            return False
        return any(
            all(set(words) <= set(one.filled.get(key, ())) for key, words in made.filled.items())
            for one in found
            if not one.negative and one is not made
        )

    def _given(self, reading: Reading) -> Iterator[Suggestion]:
        """A disclosure that no verb of ours says: what is held on somebody's system, or shared by the way."""
        text = reading.sentence.text
        named = [w for w in reading.words if w.facet is Facet.RECIPIENT and not w.denied]
        named = [w for w in named if w.span.part in _OWN and w.how is not How.UMBRELLA]
        to = [w.word for w in named if w.role is Role.TO and _GIVES.search(text)]
        to += [w.word for w in named if self._runs(w.word) and RUNS.search(text)]
        new = newcomers(reading, self.register) if _HELD.search(text) else ()
        if to or new:
            filled = {"to": tuple(dict.fromkeys(to))} if to else {}
            data = self._filled(reading, "data", denied=False)
            filled |= {"data": data} if data else {}
            yield Suggestion(reading, Claim.DISCLOSES, filled=filled, new={} if to else {"to": new})

    def _come_by(self, reading: Reading) -> Iterator[Suggestion]:
        """Data that is said to come from somewhere, or to be asked for, by no verb that is known for a deed."""
        filled = {key: self._filled(reading, key, denied=False) for key in ("data", "from")}
        filled = {key: words for key, words in filled.items() if words}
        comes = "from" in filled and _COMES.search(reading.sentence.text)
        asked = "data" in filled and _ASKED.search(reading.sentence.text)
        if comes or asked:
            yield Suggestion(reading, Claim.COLLECTS, filled=filled)

    def _based(self, reading: Reading) -> Iterator[Suggestion]:
        """A use that no verb says: “Our legal reason is our public task”, “for the purpose of paying you”."""
        basis = dict(_basis(reading))
        purposes = self._filled(reading, "purposes", denied=False)
        if basis or (purposes and _FOR_A_PURPOSE.search(reading.sentence.text)):
            near = () if purposes else self._nearest(reading, "purposes", ())
            filled = {"purposes": purposes} if purposes else {}
            choose = {"purposes": near} if near else {}
            yield Suggestion(reading, Claim.USES, filled=filled, said=basis, choose=choose)

    def _gathered(self, reading: Reading) -> Iterator[Suggestion]:
        """Data that a sentence says is collected by the way: “We use cookies to collect information about visits”."""
        data = self._filled(reading, "data", denied=False)
        if data and not _entry(reading) and _TO_GATHER.search(reading.sentence.text):
            yield Suggestion(reading, Claim.COLLECTS, filled={"data": data})

    def _givers(self, reading: Reading, deed: Deed) -> tuple[str, ...]:
        """Who gives us data, where a sentence says that somebody else provides it and names nobody who gets it."""
        if deed.by in (US, READER) or not _hands_on(reading, deed):
            return ()
        named = [w for w in reading.named(Facet.RECIPIENT) if w.span.part in _OWN and not w.denied]
        named = [w for w in named if w.how is not How.UMBRELLA and w.word != SELF]
        if any(word.role is Role.TO for word in named):
            return ()
        return tuple(dict.fromkeys(word.word for word in named))

    def _runs(self, word: str) -> bool:
        """Whether a recipient runs systems for others."""
        party = self.register.parties.get(word)
        words = self.register.vocabulary[Facet.RECIPIENT]
        return bool(party and party.type == "processor") or "processor" in words.wider(word)

    def _claims(self, reading: Reading) -> Iterator[tuple[Deed, Claim]]:
        """What is done, and what a statement would call it."""
        for deed in reading.deeds:
            unsaid = (Polarity.ASKS, Polarity.SUPPOSES)
            if deed.time in (Time.PAST, Time.PLANNED) or deed.polarity in unsaid or not deed.claims:
                continue
            if deed.by == READER and Claim.COLLECTS not in deed.claims:
                continue
            if deed.by == OTHERS and deed.polarity is Polarity.DENIES:
                continue
            if _in_a_name(reading, deed):
                continue
            if deed.polarity is Polarity.SAYS and self._givers(reading, deed):
                yield deed, Claim.COLLECTS
                continue
            if deed.by in self.register.parties and Claim.DISCLOSES not in deed.claims[:1]:
                continue  # what others do with data of their own is theirs to tell
            yield from ((deed, claim) for claim in self._called(reading, deed))

    def _called(self, reading: Reading, deed: Deed) -> Sequence[Claim]:
        """What a deed may be called here: to hold data is to keep it where a sentence says how long, and where."""
        claims = [claim for claim in deed.claims if claim is not Claim.INFORMS]
        if deed.polarity is Polarity.DENIES:
            return claims[:1]
        lasts = self._lasts(reading)
        alone = Claim.KEEPS in claims[:1] and Claim.COLLECTS not in claims
        return [c for c in claims if c is not Claim.KEEPS or lasts or alone]

    def _lasts(self, reading: Reading) -> bool:
        kept = any(p.of is Lasting.KEEPING for p in reading.periods)
        where = any(True for _ in reading.named(Facet.COUNTRY))
        return kept or where or bool(reading.criteria or _LASTS.search(reading.sentence.text))

    def _suggestion(
        self, reading: Reading, deed: Deed, claim: Claim, *, denied: bool
    ) -> Suggestion | None:
        if denied and _sells(reading, deed):
            return None
        filled = {key: self._filled(reading, key, denied=denied) for key in _MAY[claim]}
        filled = {key: words for key, words in filled.items() if words}
        givers = self._givers(reading, deed) if claim is Claim.COLLECTS and not denied else ()
        filled |= {"from": givers} if givers else {}
        if deed.by in self.register.parties and "to" in filled and _hands_on(reading, deed):
            filled["to"] = tuple(word for word in filled["to"] if word != deed.by) or (
                "third-party",
            )
            filled["by"] = (deed.by,)
        first = bool(givers) or claim is self._called(reading, deed)[0]
        if not first and not denied and not self._borne_out(reading, claim, filled):
            return None
        if denied and claim is Claim.DISCLOSES and not filled.get("to"):
            filled |= {"to": ("anyone",)} if _NOBODY.search(reading.sentence.text) else {}
        about = tuple(dict.fromkeys(word.word for word in whose(reading, denied=denied)))
        said = dict(self._said(reading, deed, claim, denied=denied))
        heading = deed.span.part is Part.HEADING and reading.sentence.kind is Kind.PROSE
        named = not denied or (not filled.get(MAIN[claim][0]) and _named_after(reading, deed))
        open_ = first and named and not filled.get("by") and not heading
        new, choose = self._unfilled(reading, claim, filled) if open_ else ({}, {})
        if not (filled or said or new or choose) and not denied:
            return None
        if denied and open_ and not (new or choose):
            return None  # whom or what for it says in words that nothing is near to: less would promise more
        if _leads_in(reading) and not said and self._umbrellas(filled):
            return None
        filled |= {"about": about} if about else {}
        return Suggestion(reading, claim, denied, filled, said, choose, new, led=deed.span.part)

    def _umbrellas(self, filled: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether no word is filled in that tells anything."""
        return all(
            word in _ROOTS or self.register.vocabulary[KEYS[key].scheme].terms[word].umbrella
            for key, words in filled.items()
            if key in KEYS
            for word in words
        )

    def _borne_out(
        self, reading: Reading, claim: Claim, filled: Mapping[str, tuple[str, ...]]
    ) -> bool:
        """Whether a deed may be called so, which is called otherwise at first: what it is mostly told of is there."""
        if claim is Claim.DISCLOSES:
            to = [w for w in reading.named(Facet.RECIPIENT) if w.word in filled.get("to", ())]
            entry = reading.sentence.kind is Kind.BULLET and bool(
                _GIVES.search(reading.sentence.lead)
            )
            return any(word.role is Role.TO or entry for word in to)
        if claim is Claim.KEEPS:
            return self._lasts(reading)
        return any(filled.get(key) for key in MAIN[claim])

    def _filled(self, reading: Reading, key: str, *, denied: bool) -> tuple[str, ...]:
        """The words of a key that a sentence says surely enough to be filled in."""
        facet = KEYS[key]
        named = [
            w for w in reading.named(facet) if w.span.part in _OWN and (denied or not w.denied)
        ]
        if facet in (Facet.RECIPIENT, Facet.SOURCE):
            named = [w for w in named if self._stands_so(reading, w, facet)]
            people = [word.span for word in whose(reading, denied=denied)]
            named = [w for w in named if w.span not in people]
        named = [w for w in named if not self._in_the_title(reading, w)]
        if facet is Facet.DATA:
            named = [w for w in named if not reading.begins_with(w.span)]
            named = [w for w in named if not _excepted(reading, w)]
        sure = [w for w in named if self._surely(reading, w, facet)]
        sure = [w for w in sure if not self._is_said_closer(w, sure, facet)]
        if not sure and facet is not Facet.PURPOSE:
            sure = [w for w in named if w.how is How.UMBRELLA]
        return tuple(dict.fromkeys(w.word for w in sure))

    def _is_said_closer(self, word: Named, others: Iterable[Named], facet: Facet) -> bool:
        """Whether the same words are also the name of something narrower, or of a party: of one's own authority."""
        words = self.register.vocabulary[facet.scheme]
        return any(
            other.word != word.word
            and other.span.overlaps(word.span)
            and (self._is_closer(other, word, words) or self._is_partys(other, word))
            for other in others
        )

    @staticmethod
    def _is_closer(one: Named, other: Named, words: Hierarchy) -> bool:
        """Whether a word is the narrower, and by words that do not mean the wider just as well; else the wider is it.

        “Medical information” is any data about health, of which a record of treatment is one kind.
        """
        alike = one.span == other.span and one.how is other.how
        wider, narrower = words.wider(one.word), words.wider(other.word)
        return one.word in narrower if alike else other.word in wider

    def _is_partys(self, one: Named, other: Named) -> bool:
        return one.word in self.register.parties and other.word not in self.register.parties

    def _in_the_title(self, reading: Reading, word: Named) -> bool:
        """Whether a word is part of what the notice calls its service: “Order books for schools”."""
        title, text = self._title, reading.text_of(word.span.part).lower()
        at = text.find(title) if title else -1
        while at >= 0:
            if at <= word.span.start and word.span.end <= at + len(title):
                return True
            at = text.find(title, at + 1)
        return False

    @cached_property
    def _title(self) -> str:
        """What the notice is of, by its title, where that is a name of several words; nothing where it is not."""
        first = next(iter(self.readings.text.sentences()), None)
        if first is None or first.kind is not Kind.HEADING:
            return ""
        title = _OF_A_NOTICE.sub("", first.text.lower()).strip(" :-")
        return title if len(title.split()) >= SHORTEST_TITLE else ""

    def _surely(self, reading: Reading, word: Named, facet: Facet) -> bool:
        if word.how in (How.HINT, How.UMBRELLA) or word.word in _ROOTS:
            return False
        words = reading.words_of(word.span)
        several = " " in words or "-" in words
        if facet is Facet.PURPOSE and not several:
            return self._fills(reading, words) or _length(reading.sentence.text) <= SHORT
        return several or word.how is not How.STEMS

    @staticmethod
    def _fills(reading: Reading, words: str) -> bool:
        """Whether words are most of an entry of a list or a cell."""
        return _entry(reading) and _length(words) >= HALF * _length(reading.sentence.text)

    def _stands_so(self, reading: Reading, word: Named, facet: Facet) -> bool:
        """Whether somebody who is named is who data goes to, or who it comes from."""
        if facet is Facet.SOURCE:
            led = _FROM.search(reading.sentence.lead or reading.sentence.heading)
            return word.role is Role.FROM or (word.role is Role.NAMED and bool(led))
        return word.role is not Role.FROM and word.word != SELF

    def _said(
        self, reading: Reading, deed: Deed, claim: Claim, *, denied: bool
    ) -> Iterator[tuple[str, Any]]:
        """Basis, period, criteria, safeguard and conditions, as far as the sentence says them."""
        if denied:
            guards = [_GUARDS[held.ground] for held in deed.conditions]
            if guards:
                yield "unless", tuple(dict.fromkeys(guards))
            return
        if claim in (Claim.USES, Claim.COLLECTS, Claim.DISCLOSES):
            yield from _basis(reading)
        if claim is Claim.KEEPS:
            yield from _length_of(reading)
        if claim in (Claim.KEEPS, Claim.TRANSFERS, Claim.DISCLOSES):
            yield from (("safeguard", s.word) for s in reading.safeguards[:1])
        consent = [held for held in deed.conditions if held.ground is Ground.CONSENT]
        if consent and claim in (Claim.DISCLOSES, Claim.COLLECTS, Claim.USES):
            yield "conditions", "consent"

    def others(self, suggestion: Suggestion) -> dict[str, tuple[str, ...]]:
        """For each key that a suggestion might state, the nearest words besides those that are filled in."""
        if suggestion.claim is Claim.INFORMS:
            return {}
        return {
            key: self._nearest(suggestion.reading, key, suggestion.filled.get(key, ()))
            for key in _MAY[suggestion.claim]
        }

    def _nearest(self, reading: Reading, key: str, filled: Iterable[str]) -> tuple[str, ...]:
        """The words that may be meant: those it hints at, whoever was named last, and those nearest to its words."""
        sentence, left_out = reading.sentence, set(filled)
        facet = KEYS[key]
        hinted = [word.word for word in reading.words if word.facet.scheme is facet.scheme]
        if facet in (Facet.RECIPIENT, Facet.SOURCE):
            hinted += self._named_last(reading)
        text = f"{sentence.text} {sentence.lead} {sentence.row}"
        near = self._choices.nearest(facet, text, left_out)
        further = self._choices.nearest(facet, sentence.heading, left_out)
        found = dict.fromkeys((*hinted[:FIRST], *near[:MOST], *further, *near))
        return tuple(word for word in found if word not in left_out)[:MOST]

    def _named_last(self, reading: Reading) -> list[str]:
        """Whom the sentences before name last, for one that says “it”, “they” or “the company”."""
        at = self._order.get(reading.sentence.start, 0)
        for before in reversed(self._all[max(0, at - FURTHEST) : at]):
            named = [w.word for w in before.named(Facet.RECIPIENT) if w.word not in (*_ROOTS, SELF)]
            if named:
                return list(dict.fromkeys(named))[:2]
        return []

    @cached_property
    def _all(self) -> tuple[Reading, ...]:
        return tuple(self.readings)

    @cached_property
    def _order(self) -> Mapping[int, int]:
        return {one.sentence.start: number for number, one in enumerate(self._all)}

    def _unfilled(
        self, reading: Reading, claim: Claim, filled: Mapping[str, tuple[str, ...]]
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        """What is new, and what a person has to choose, of what the deed is mostly told of."""
        new: dict[str, tuple[str, ...]] = {}
        choose: dict[str, tuple[str, ...]] = {}
        for key in MAIN[claim]:
            if filled.get(key) and not set(filled[key]) <= _ROOTS:
                return new, choose
        if claim is Claim.DISCLOSES:
            names = newcomers(reading, self.register)
            if names:
                return {"to": names}, choose
        key = MAIN[claim][0]
        if claim is Claim.COLLECTS and _PURPOSE.match(reading.sentence.text):
            key = "purposes"
        if claim is not Claim.KEEPS and not filled.get(key):
            left_out = filled.get(key, ())
            own = self._choices.nearest(KEYS[key], reading.sentence.text, left_out)
            nearest = self._nearest(reading, key, left_out) if own or key == "to" else ()
            if nearest:
                choose[key] = nearest
            elif claim is Claim.COLLECTS and _entry(reading) and (label := _label(reading)):
                new["data"] = (label,)
        return new, choose

    @cached_property
    def _choices(self) -> Choices:
        return Choices(self.register.vocabulary)


_FROM = regex(
    r"\b(?:from|sources?|obtain\w*|gives? us|provides? us|receiv\w+)\b[^.]*\Z", re.IGNORECASE
)
_GIVES = regex(
    r"\b(?:shar(?:e|ed|es|ing)|disclos\w+|pass(?:ed|ing)?|sen[dt]\w*|giv(?:e|en|es|ing)|suppl(?:y|ied|ies|ying)"
    r"|forward\w*|transfer\w*|report(?:ed|ing)?|provid\w+|submit\w*)\b",
    re.IGNORECASE,
)
_HELD = regex(
    r"\b(?:(?:held|stored|hosted|kept|recorded|processed|saved|managed) (?:on|in|by|with|using|via)"
    r"|software|systems? (?:called|known))\b",
    re.IGNORECASE,
)
_LASTS = regex(
    r"\b(?:until|as long as|longer|delet\w+|destroy\w*|retain\w*|retention|kept|keep)\b",
    re.IGNORECASE,
)
_FOR_AS_LONG = regex(
    r"\bfor (?:the |a )?(?:\w+ ){0,2}(?:lifetime|life|duration|length|remainder|rest|term|year)\b[^.;:]*?"
    r"(?= and then\b|[.;:]|\Z)"
    r"|\b(?:for )?(?:no |not (?:any )?)?longer than [^.;:]*|\b(?:for )?(?:only )?as long as [^.;:]*|\buntil [^.;:]*",
    re.IGNORECASE,
)
_COMES = regex(
    r"\b(?:comes?|came|coming|originat\w+|sources?|obtained|got|passed|supplied|taken) (?:\w+ )?from\b",
    re.IGNORECASE,
)
_TO_GATHER = regex(
    r"\b(?:we|our|us)\b[^.]*\b(?:to (?:collect|gather|record|capture|log)|by collecting|collecting)\b",
    re.IGNORECASE,
)
_FOR_A_PURPOSE = regex(
    r"\b(?:for the purposes? of|the (?:purpose|reason)\b[^.]*\bis)\b", re.IGNORECASE
)
_ASKED = regex(
    r"\b(?:ask(?:ed)? (?:you )?for|we (?:also )?(?:get|see|hear|find out|come by)|tells? us|told us)\b",
    re.IGNORECASE,
)
_OF_A_NOTICE = regex(
    r"\A(?:(?:our|the|privacy|fair processing|data protection|notice|policy|statement|for|of|on)\b[ :-]*)+"
    r"|(?:[ :-]*\b(?:privacy|notice|policy|statement))+\Z"
)
_PURPOSE = regex(r"(?:to|for|when|where|so that|in order to|in response to)\b", re.IGNORECASE)
_RIGHTS = regex(
    r"\b(?:(?:your|data protection|individual|subject)(?: \w+)? rights?|rights?(?: \w+)?:?\Z"
    r"|have (?:a|the) (?:\w+ )?right)",
    re.IGNORECASE,
)
_WHOSE = regex(r"\A(?:(?:your|their|his|her|its|our|the|an?|any|and|or)\s+)+", re.IGNORECASE)
_TO_WHOM = regex(r"\b(?:with|to)\s+(?!you\b|do\b|be\b)[a-z]", re.IGNORECASE)
_WHAT_FOR = regex(r"\b(?:for|to|in order to|as)\s+(?!as\b|longer\b|you\b|us\b)[a-z]", re.IGNORECASE)
_NOBODY = regex(r"\b(?:nobody|no[- ]one|anyone|anybody)\b", re.IGNORECASE)
_SELLS = regex(r"\b(?:sell|sold|rent|trade|profit)", re.IGNORECASE)


def _of_rights(reading: Reading) -> bool:
    """Whether a sentence stands below words about people's rights, so that it says what they may ask for."""
    sentence = reading.sentence
    return any(_RIGHTS.search(text) for text in (sentence.text, sentence.lead, sentence.heading))


def _hands_on(reading: Reading, deed: Deed) -> bool:
    """Whether whoever does it gives data away: they provide or send it, and do not get or see it."""
    verb = reading.words_of(deed.span)
    return deed.claims[0] is Claim.COLLECTS or bool(_GIVES.search(verb))


def _in_a_name(reading: Reading, deed: Deed) -> bool:
    """Whether what looks like a verb stands in somebody's name: “Fairly Collected Ltd”."""
    at = deed.span
    names = (w.span for w in reading.words if w.facet is Facet.RECIPIENT)
    return any(n.part is at.part and n.start < at.start and at.end < n.end for n in names)


def _entry(reading: Reading) -> bool:
    """Whether it is an item of a list, or a row of a table."""
    return reading.sentence.kind in (Kind.BULLET, Kind.ROW)


def _label(reading: Reading) -> str:
    """What a short entry of a list names, as a word may be called; nothing where it is no name."""
    label = _WHOSE.sub("", reading.sentence.text).strip(" .,;:")
    words = label.split()
    return label if 0 < len(words) <= LONGEST_LABEL else ""


def _named_after(reading: Reading, deed: Deed) -> bool:
    """Whether somebody, or what for, is named behind what is promised not to be done: “with our volunteers”."""
    text, promised = reading.text_of(deed.span.part), deed.claims[0]
    wanted = _TO_WHOM if promised is Claim.DISCLOSES else _WHAT_FOR
    return promised in (Claim.DISCLOSES, Claim.USES) and bool(wanted.search(text, deed.span.end))


def _excepted(reading: Reading, word: Named) -> bool:
    """Whether a word is what a deed waits for, so that nothing is done with it: “without their parents' consent”."""
    return any(held.span.overlaps(word.span) for deed in reading.deeds for held in deed.conditions)


def _leads_in(reading: Reading) -> bool:
    """Whether a sentence only leads in to its list."""
    return reading.sentence.text.endswith(":")


def _sells(reading: Reading, deed: Deed) -> bool:
    """Whether it denies a sale, which is no promise that data is not given to anyone."""
    return bool(_SELLS.search(reading.words_of(deed.span)))


def _length(text: str) -> int:
    """How many words a text has that tell something."""
    skipped = grammar().small["skipped"]
    return sum(word.lower() not in skipped for word in re.findall(r"[\w'-]+", text))


def _basis(reading: Reading) -> Iterator[tuple[str, dict[str, str]]]:
    """The lawful basis it names: by its Article, or in words."""
    framed = [one for one in reading.letters if not one.denied and (one.framed or not one.in_words)]
    sixth = [one for one in framed if one.article == 6 and one.span.part is not Part.HEADING]  # noqa: PLR2004
    written = [one for one in sixth if not one.in_words]
    letters = dict.fromkeys(one.letter for one in written or sixth)
    if len(letters) == 1:
        (letter,) = letters
        yield "basis", {"article_6" if written else "in_words": letter}


def _length_of(reading: Reading) -> Iterator[tuple[str, str]]:
    kept = [p for p in reading.periods if p.of is Lasting.KEEPING]
    if len({p.period for p in kept}) == 1:
        yield "period", kept[0].period
        if kept[0].trigger:
            yield "trigger", kept[0].trigger
    elif not kept and reading.criteria:
        yield "criteria", reading.words_of(reading.criteria[0])
    elif not kept and (said := _FOR_AS_LONG.search(reading.sentence.text)):
        yield "criteria", said[0].rstrip(" ,;:.")
