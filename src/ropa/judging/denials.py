"""The sentences that deny a step which some flow takes, and that no promise of the register quotes.

A sentence is looked at whether it is set aside or not: nobody can set a promise aside.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.flows.flow import Flow
from ropa.judging.coverage import Coverage
from ropa.judging.untied import Sentences
from ropa.reading.said import US, Deed, How, Named, Polarity, Reading, Role, Strength, Time
from ropa.register.model import Action, Claim, Notice, Words
from ropa.register.vocabulary import ROOTS, Facet, Hierarchy
from ropa.seen.tree import Kind


class Denial(Struct, frozen=True):
    """A sentence that denies what some flows do.

    `names` says that it names who gets the data, or whom it comes from; `guarded` that it makes an exception.
    """

    notice: Notice
    reading: Reading
    flows: tuple[Flow, ...]
    names: bool
    guarded: bool

    @property
    def plain(self) -> bool:
        """Whether nothing excuses the flows: somebody is named, or there is no exception."""
        return self.names or not self.guarded


def denials(coverage: Coverage) -> Iterator[Denial]:
    """The denials of the notices in force that no promise quotes and some flow goes against."""
    sentences = coverage.sentences
    for notice in coverage.voices.notices if sentences else ():
        if sentences is not None:
            yield from _Denying(coverage, sentences, notice).found()


class _Denying:
    """The denials of one notice."""

    def __init__(self, coverage: Coverage, sentences: Sentences, notice: Notice) -> None:
        self.coverage, self.sentences, self.notice = coverage, sentences, notice
        self.register = coverage.register
        proofs = sentences.proofs
        self.readings = proofs.read(notice)
        self.promised = {
            reading.sentence.start
            for statement in notice.statements
            if statement.negative
            for reading in proofs.of(statement).readings
        }

    def found(self) -> Iterator[Denial]:
        for sentence in self.readings.text.sentences() if self.readings else ():
            leads_in = sentence.text.endswith(":")  # its entries say what is denied
            if leads_in or sentence.kind is Kind.HEADING or sentence.start in self.promised:
                continue
            assert self.readings is not None
            if not _DENIES.search(f"{sentence.lead} {sentence.text}"):
                continue  # most say no "not", and need not be read for this
            denial = self._denial(self.readings.of(sentence))
            if denial is not None:
                yield denial

    def _denial(self, reading: Reading) -> Denial | None:
        denied = [] if reading.question else [d for d in reading.deeds if _denied(reading, d)]
        if not denied:
            return None
        named = _named(self.register.vocabulary, reading)
        flows = self._going_against(denied, named)
        guarded = all(_guarded(deed) for deed in denied)
        names = Facet.RECIPIENT in named
        return Denial(self.notice, reading, flows, names, guarded) if flows else None

    def _going_against(
        self, denied: list[Deed], named: Mapping[Facet, tuple[str, ...]]
    ) -> tuple[Flow, ...]:
        claims = {claim for deed in denied for claim in deed.claims[:1]}
        taken = {step for claim in claims for step in _STEPS.get(claim, ())}
        across = Claim.TRANSFERS in claims
        about = [(facet, _Akin(self.sentences, facet, words)) for facet, words in named.items()]
        return tuple(
            flow
            for flow in self._reached
            if (flow.action in taken or (across and flow.crosses_border))
            and (named or (flow.action is Action.DISCLOSE and self._is_third(flow)))
            # without a word, "we do not use it" is about something that the sentence names otherwise
            and all(any(akin[w] for w in _of_flow(flow, facet)) for facet, akin in about)
        )

    @cached_property
    def _reached(self) -> tuple[Flow, ...]:
        """The flows about people who get the notice."""
        reach = self.coverage.voices.reach[self.notice.id]
        return tuple(told.flow for told in self.coverage.about(reach))

    def _is_third(self, flow: Flow) -> bool:
        """Whether somebody gets it who is no firm that works for the organisation."""
        party = self.register.parties.get(flow.end.id)
        return party is None or party.type != "processor"


class _Akin(dict[str, bool]):
    """Whether a word is among those that a sentence names, or a wider or a narrower one: each is asked once."""

    def __init__(self, sentences: Sentences, facet: Facet, named: tuple[str, ...]) -> None:
        super().__init__()
        self._akin = partial(sentences.akin, facet, others=named)

    def __missing__(self, word: str) -> bool:
        found = self[word] = self._akin(word)
        return found


def _of_flow(flow: Flow, facet: Facet) -> Words:
    """A flow's words of a facet; who the data comes from, where nobody gets it."""
    return flow.words(facet) or (flow.words(Facet.SOURCE) if facet is Facet.RECIPIENT else ())


_STEPS: Mapping[Claim, tuple[Action, ...]] = {
    Claim.DISCLOSES: (Action.DISCLOSE,),
    Claim.COLLECTS: (Action.COLLECT,),
    Claim.USES: (Action.USE,),
    Claim.KEEPS: (Action.KEEP,),
}

_DENIES = regex(r"\b(?:not|never|no|nobody|none|nor|neither|nothing|cannot)\b|n't\b", re.IGNORECASE)
_SELLS = regex(r"(?:sell|sold|rent|trad)", re.IGNORECASE)
_ROOTS = frozenset(ROOTS.values())


def _denied(reading: Reading, deed: Deed) -> bool:
    """Whether a deed of ours is said not to be done: to sell is more than to give."""
    return (
        deed.polarity is Polarity.DENIES
        and deed.by == US
        and deed.time not in (Time.PAST, Time.PLANNED)
        and bool(deed.claims)
        and not _SELLS.match(reading.words_of(deed.span))
    )


def _guarded(deed: Deed) -> bool:
    return deed.strength in (Strength.ONLY_IF, Strength.EXCEPT) or bool(deed.conditions)


def _named(vocabulary: Mapping[Facet, Hierarchy], reading: Reading) -> dict[Facet, tuple[str, ...]]:
    """The words that stand where it is denied, by facet; those that mean everything limit nothing."""
    found: dict[Facet, dict[str, None]] = {}
    for word in reading.words:
        if _limits(word) and not vocabulary[word.facet].umbrella(word.word):
            found.setdefault(word.facet, {})[word.word] = None
    return {facet: tuple(words) for facet, words in found.items()}


def _limits(word: Named) -> bool:
    return (
        word.denied
        and word.facet in (Facet.DATA, Facet.RECIPIENT, Facet.PURPOSE, Facet.COUNTRY)
        and word.how not in (How.HINT, How.UMBRELLA)
        and word.word not in _ROOTS
        and word.role is not Role.BY
    )
