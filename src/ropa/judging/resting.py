"""What each verdict rests on: on words alone, on a person's reading of them, or on a reading that nobody signed.

It is judged again by what the words prove, and by what persons read as well; the strongest that reaches the same
verdict is what the verdict rests on. Where every statement is proved by its words, nothing is judged again.
"""

from collections.abc import Callable, Mapping
from functools import cache, cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import Flow
from ropa.judging.evidence import Proofs, Rests
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement, Settings
from ropa.judging.memory import Whole
from ropa.judging.statements import Voices, voices
from ropa.register.model import Register, Statement


class Resting(Struct, frozen=True, eq=False, dict=True):
    """Says of judgements what they rest on, where some statement in force is not proved by its words alone."""

    register: Register
    settings: Settings
    proofs: Proofs
    said: Voices

    def judged(self, flow: Flow, whole: Whole) -> Whole:
        """The judgements on a flow, each with what it rests on."""
        judgements, verdict = whole
        if not any(self._weak(judgement) for judgement in judgements):
            return whole
        again = cache(lambda rests: self._judges[rests].judgements(flow)[0])
        return tuple(self._rested(judgement, again) for judgement in judgements), verdict

    def _weak(self, judgement: Judgement) -> bool:
        return not self.weak.isdisjoint(judgement.told_by)

    @cached_property
    def weak(self) -> frozenset[Statement]:
        """The statements in force that are not proved by their words alone."""
        told = (spoken.statement for spoken in self.said.spoken if spoken.tells)
        return frozenset(s for s in told if self.proofs.of(s).rests is not Rests.WORDS)

    def _rested(
        self, judgement: Judgement, again: Callable[[Rests], tuple[Judgement, ...]]
    ) -> Judgement:
        if not self._weak(judgement):
            return judgement
        facet, verdict = judgement.facet, judgement.verdict
        for rests in self._judges:
            if any(j.facet is facet and j.verdict >= verdict for j in again(rests)):
                return self._resting_on(judgement, rests)
        return self._resting_on(judgement, Rests.READING)

    def _resting_on(self, judgement: Judgement, rests: Rests) -> Judgement:
        """One value for all flows that share a judgement and what it rests on."""
        if rests is judgement.evidence:
            return judgement
        key = (id(judgement), rests)
        if key not in self._shared:
            self._shared[key] = judgement, replace(judgement, evidence=rests)
        return self._shared[key][1]

    @cached_property
    def _shared(self) -> dict[tuple[int, Rests], tuple[Judgement, Judgement]]:
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
