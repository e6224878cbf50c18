"""What each verdict rests on: on words alone, on a person's reading of them, or on a reading that nobody signed.

It is judged again by what the words prove, and by what persons read as well; the strongest that reaches the same
verdict is what the verdict rests on. Where every statement is proved by its words, nothing is judged again.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import Flow
from ropa.judging.evidence import Proofs, Rests
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement, Settings
from ropa.judging.memory import Whole
from ropa.judging.statements import Voices, voices
from ropa.judging.verdict import Verdict
from ropa.register.model import Register, Statement
from ropa.register.vocabulary import Facet


class Resting(Struct, frozen=True, eq=False, dict=True):
    """Says of judgements what they rest on, where some statement in force is not proved by its words alone."""

    register: Register
    settings: Settings
    proofs: Proofs
    said: Voices

    def judged(self, flow: Flow, whole: Whole) -> Whole:
        """The judgements on a flow, each with what it rests on."""
        judgements, verdict = whole
        return tuple([self._rested(judgement, flow) for judgement in judgements]), verdict

    def _weak(self, judgement: Judgement) -> bool:
        return not self.weak.isdisjoint(judgement.told_by)

    @cached_property
    def weak(self) -> frozenset[Statement]:
        """The statements in force that are not proved by their words alone."""
        told = (spoken.statement for spoken in self.said.spoken if spoken.tells)
        return frozenset(s for s in told if self.proofs.of(s).rests is not Rests.WORDS)

    def _rested(self, judgement: Judgement, flow: Flow) -> Judgement:
        known = self._shared.get(id(judgement))
        if known is None:  # kept with the judgement itself, whose place in memory is the key
            known = self._shared[id(judgement)] = judgement, *self._outright(judgement)
        _, left, rested = known
        for rests in left:
            again = self._judges[rests].judgement(flow, judgement.facet)
            if again is not None and again.verdict >= judgement.verdict:
                return self._resting_on(judgement, rests)
        return rested

    def _outright(self, judgement: Judgement) -> tuple[tuple[Rests, ...], Judgement]:
        """The levels at which it has to be judged again, and what it is where none of them reaches its verdict.

        What each statement that tells it says of it counts as a whole at some level, or not at all at any: then every
        flow that shares the judgement shares what it rests on.
        """
        if not self._weak(judgement):
            return (), judgement
        asked = []
        for rests in self.levels:
            counting = self._counting(judgement, rests)
            if counting is None:
                asked.append(rests)
            elif counting:
                return tuple(asked), self._resting_on(judgement, rests)
        return tuple(asked), self._resting_on(judgement, Rests.READING)

    def _counting(self, judgement: Judgement, rests: Rests) -> bool | None:
        """Whether all of what tells it counts at a level, or (False) none; None where that does not decide it."""
        facet, told = judgement.facet, self._tellings[rests]
        if judgement.verdict <= Verdict.UNDECIDABLE or facet is Facet.PROMISE:
            lowest = judgement.verdict is Verdict.CONTRADICTED and facet is not Facet.PROMISE
            return True if lowest else None
        there = [told.get(statement) for statement in judgement.told_by]
        if not any(said is not None and _speaks_to(said, facet) for said in there):
            return False
        if judgement.against or self.settings.linked or self.said.views:
            return None
        whole = all(
            said is not None and _of(said, facet) == _of(statement, facet)
            for said, statement in zip(there, judgement.told_by, strict=True)
        )
        return True if whole else None

    @cached_property
    def _tellings(self) -> Mapping[Rests, Mapping[Statement, Statement]]:
        """Each statement as far as it counts at a level."""
        return {
            rests: {spoken.statement: spoken.telling for spoken in heard.spoken}
            for rests, heard in self.levels.items()
        }

    def _resting_on(self, judgement: Judgement, rests: Rests) -> Judgement:
        """One value for all flows that share a judgement and what it rests on."""
        if rests is judgement.evidence:
            return judgement
        key = (id(judgement), rests)
        if key not in self._weaker:
            self._weaker[key] = replace(judgement, evidence=rests)
        return self._weaker[key]

    @cached_property
    def _shared(self) -> dict[int, tuple[Judgement, tuple[Rests, ...], Judgement]]:
        return {}

    @cached_property
    def _weaker(self) -> dict[tuple[int, Rests], Judgement]:
        return {}

    @cached_property
    def _judges(self) -> dict[Rests, Judge]:
        return {
            rests: Judge(self.register, heard, self.settings)
            for rests, heard in self.levels.items()
        }

    @cached_property
    def levels(self) -> Mapping[Rests, Voices]:
        """What people are told, if nothing counted that rests on less; the strongest first.

        Where no person has read anything, their readings change nothing and are not asked for.
        """
        by_person = any(one.lifted for s in self.weak for one in self.proofs.of(s).stated)
        levels = (Rests.WORDS, Rests.PERSON) if by_person else (Rests.WORDS,)
        day = self.settings.day
        return {rests: voices(self.register, day, self.proofs, rests) for rests in levels}


def _speaks_to(said: Statement, facet: Facet) -> bool:
    """Whether a statement says anything of a facet; of how long data is kept, also when it is kept longer."""
    return said.speaks_to(facet) or (facet is Facet.RETENTION and bool(said.longer))


def _of(said: Statement, facet: Facet) -> tuple[object, ...]:
    """All that a statement says of a facet."""
    match facet:
        case Facet.BASIS:
            return (said.basis,)
        case Facet.RETENTION:
            return said.period, said.trigger, said.criteria, said.longer
        case Facet.TRANSFER:
            return said.states.get(Facet.COUNTRY), said.safeguard
    return (said.states.get(facet),)
