"""What each verdict rests on: on words alone, on a person's reading of them, or on a reading that nobody signed.

It is judged again by what the words prove, and by what persons read as well; the strongest that reaches the same
verdict is what the verdict rests on. Where every statement is proved by its words, nothing is judged again.
"""

from functools import cached_property

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
        return tuple(self._rested(flow, judgement) for judgement in judgements), verdict

    def _weak(self, judgement: Judgement) -> bool:
        return not self.weak.isdisjoint(judgement.told_by)

    @cached_property
    def weak(self) -> frozenset[Statement]:
        """The statements in force that are not proved by their words alone."""
        told = (spoken.statement for spoken in self.said.spoken if spoken.tells)
        return frozenset(s for s in told if self.proofs.of(s).rests is not Rests.WORDS)

    def _rested(self, flow: Flow, judgement: Judgement) -> Judgement:
        if not self._weak(judgement):
            return judgement
        for rests in (Rests.WORDS, Rests.PERSON):
            again, _ = self._judges[rests].judgements(flow)
            if any(j.facet is judgement.facet and j.verdict >= judgement.verdict for j in again):
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
        levels = (Rests.WORDS, Rests.PERSON)
        return {
            rests: Judge(self.register, self.voices_at(rests), self.settings) for rests in levels
        }

    def voices_at(self, rests: Rests) -> Voices:
        """What people are told, if nothing counted that rests on less."""
        return voices(self.register, self.settings.day, self.proofs, rests)
