"""Which flows would be told by a proposal, were it a statement: tried on those that lack what it says."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import Flow
from ropa.judging.coverage import Coverage, Told
from ropa.judging.evidence import Proofs
from ropa.judging.judge import Judge
from ropa.judging.statements import voices
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice, Register, Statement
from ropa.register.vocabulary import Facet

MOST_TRIED = 400
"""How many flows are tried for one proposal."""
_LACKS = frozenset(
    {Verdict.OMITTED, Verdict.UNTIED, Verdict.PARTIAL, Verdict.VAGUE, Verdict.UNDECIDABLE}
)
_SAID_BY = {
    Facet.RETENTION: ("period", "trigger", "criteria"),
    Facet.BASIS: ("basis",),
    Facet.TRANSFER: ("safeguard",),
}


class Telling(Struct, frozen=True, dict=True, eq=False):
    """A register as it is told, to be told more."""

    coverage: Coverage
    proofs: Proofs

    def by(self, statement: Statement) -> tuple[Flow, ...]:
        """The flows of which some facet would be better told."""
        lacking = [told for told in self.coverage.flows if self._may_gain(told, statement)][
            :MOST_TRIED
        ]
        if not lacking:
            return ()
        register = _with(self.coverage.register, statement)
        said = voices(
            register, self.coverage.settings.day, self.proofs, self.coverage.settings.least
        )
        judge = Judge(register, said, self.coverage.settings)
        return tuple(told.flow for told in lacking if _gains(told, judge))

    def _may_gain(self, told: Told, statement: Statement) -> bool:
        return any(
            judgement.verdict in _LACKS and self._speaks_of(told, judgement.facet, statement)
            for judgement in told.judgements
        )

    def _speaks_of(self, told: Told, facet: Facet, statement: Statement) -> bool:
        if facet in _SAID_BY:
            return any(getattr(statement, name) for name in _SAID_BY[facet])
        words = self.coverage.register.vocabulary[facet.scheme]
        mine = words.union(w for w in statement.states.get(facet, ()) if w in words.terms)
        theirs = words.union(w for w in told.flow.words(facet) if w in words.terms)
        return bool(mine & theirs)


def _with(register: Register, statement: Statement) -> Register:
    """The register as if a statement counted."""
    notice: Notice = register.notices[statement.notice]
    notice = replace(notice, statements=(*notice.statements, statement))
    return replace(register, notices={**register.notices, notice.id: notice})


def _gains(told: Told, judge: Judge) -> bool:
    judged, _ = judge.judgements(told.flow)
    now = {judgement.facet: judgement.verdict for judgement in judged}
    return any(
        now.get(j.facet, j.verdict) > j.verdict for j in told.judgements if j.verdict in _LACKS
    )


def activities(flows: Iterable[Flow]) -> Iterator[str]:
    """The ids of the activities of some flows, each once."""
    yield from dict.fromkeys(flow.activity for flow in flows)
