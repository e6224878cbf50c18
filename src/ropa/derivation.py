"""Why a flow has its verdict: what was considered, what told it, and what each statement lacked."""

from collections.abc import Iterator

from ropa import phrases
from ropa.case import Case, place
from ropa.coverage import Told
from ropa.judgement import Judgement
from ropa.promises import guard_met
from ropa.errors import UnknownName, did_you_mean
from ropa.flows import AXES, Flow
from ropa.model import Action, Evidence, Statement
from ropa.statements import Spoken
from ropa.verdict import Verdict
from ropa.vocabulary import Facet


def derive(case: Case, flow_id: str) -> str:
    """The derivation of one flow's verdict, to be read from the top. Raises `UnknownName`."""
    told = case.coverage.by_id.get(flow_id)
    if told is None:
        near = did_you_mean(flow_id, case.coverage.by_id)
        raise UnknownName(f"there is no flow “{flow_id}”{near}; `ropa flows` lists them")
    return "\n".join([*_heading(case, told), *_facets(case, told)]) + "\n"


def _heading(case: Case, told: Told) -> Iterator[str]:
    flow = told.flow
    yield f"{flow.id}: {told.verdict}"
    yield f"  {phrases.step(case.register, flow)}"
    yield f"  recorded at {_shown(case, str(flow.origin.location))}"
    yield f"  basis: {phrases.basis(flow.basis)}"
    if flow.conditions:
        recorded = (phrases.CONDITIONS[c.kind] + (f" ({c.name})" if c.name else "") for c in flow.conditions)
        yield f"  on condition of {phrases.several(recorded)}"
    article = "Article 14: some of the data comes from elsewhere" if flow.indirect else "Article 13"
    yield f"  people must be told under {article}"
    voices = case.coverage.voices
    people = case.register.vocabulary[Facet.SUBJECT]
    given = [n.name for n in voices.notices if voices.reach[n.id] & people.union(flow.box[0])]
    yield f"  notices they get: {phrases.several(given) or 'none'}"


def _facets(case: Case, told: Told) -> Iterator[str]:
    for judgement in told.judgements:
        yield ""
        yield from _facet(case, told.flow, judgement)


def _facet(case: Case, flow: Flow, judgement: Judgement) -> Iterator[str]:
    facet = judgement.facet
    how = f", {judgement.how}" if judgement.how else ""
    due = "" if judgement.due else " (not due for this flow, so it does not count)"
    yield f"{facet}: {judgement.verdict}{how}{due}"
    if judgement.lacks:
        yield f"  lacks: {judgement.lacks}"
    if judgement.remainder:
        yield f"  not told: {_remainder(case, flow, judgement)}"
    for mode, verdict in judgement.modes:
        yield f"  in mode {mode}: {verdict}"
    for statement in judgement.against:
        yield f"  against: {_cited(case, statement)}"
    for statement in judgement.told_by:
        open_ = judgement.verdict is Verdict.UNDECIDABLE
        yield f"  {'may tell it' if open_ else 'told by'}: {_cited(case, statement)}"
    cited = {*judgement.told_by, *judgement.against}
    for statement, reason in _passed_over(case, flow, facet):
        if statement not in cited:
            yield f"  passed over: {_cited(case, statement)}"
            yield f"               {reason}"


def _remainder(case: Case, flow: Flow, judgement: Judgement) -> str:
    register, facet = case.register, judgement.facet
    parts = [
        f"{other}: {phrases.several(words)}"
        for other, words in case.coverage.limits(judgement, flow, facet)
    ]
    if facet.scheme in register.vocabulary:
        parts.insert(0, phrases.several(case.coverage.names(facet, judgement, flow)))
    return "; ".join(parts) or "all of it"


def _cited(case: Case, statement: Statement) -> str:
    return f"{statement.id} at {_shown(case, str(place(statement)))} “{statement.quote}”"


def _shown(case: Case, at: str) -> str:
    return at if case.root == "." else f"{case.root}/{at}"


def _passed_over(case: Case, flow: Flow, facet: Facet) -> Iterator[tuple[Statement, str]]:
    """The statements that state the facet and do not tell it here, each with the first reason why."""
    voices = case.coverage.voices
    for statement in voices.void:
        if _states(statement, facet):
            yield statement, "its quote is not in the published text, so it tells nothing"
    for spoken in voices.spoken:
        if _states(spoken.statement, facet):
            reason = _reason(case, flow, facet, spoken)
            if reason:
                yield spoken.statement, reason


def _states(statement: Statement, facet: Facet) -> bool:
    if facet is Facet.PROMISE or statement.negative:
        return statement.negative and facet is Facet.PROMISE
    return facet is not Facet.SUBJECT and statement.speaks_to(facet)


def _reason(case: Case, flow: Flow, facet: Facet, spoken: Spoken) -> str:
    statement, register = spoken.statement, case.register
    if flow.action not in statement.actions:
        says = f"{statement.claim} by somebody else" if statement.by else str(statement.claim)
        return f"it speaks of another step ({says}), and this one is to {_STEPS[flow.action]}"
    if spoken.by and register.vocabulary[Facet.RECIPIENT].mask(flow.start.id) & ~spoken.by:
        return f"it is about what {phrases.names(register, Facet.RECIPIENT, statement.by)} does"
    for axis, other in enumerate(AXES):
        hierarchy = register.vocabulary[other.scheme]
        if not flow.box[axis] or spoken.masks[axis] & hierarchy.union(flow.box[axis]):
            continue
        if other is Facet.SUBJECT:
            return f"it does not reach {phrases.people(register, flow)}"
        said = phrases.names(register, other, statement.states[other])
        return f"it speaks only of {said} ({other})"
    if facet is Facet.PROMISE and guard_met(statement, flow):
        choices = (phrases.several(sorted(choice)) for choice in statement.unless)
        return f"its guard is met by what is recorded ({phrases.several(choices, 'or')}), so it does not bite"
    if statement.evidence is Evidence.NO_TEXT:
        return "the text it quotes is not on file"
    missing = [f for f in case.settings.linked if facet in case.settings.linked and f not in spoken.stated]
    if missing:
        return f"the settings want {phrases.several(sorted(case.settings.linked))} told together"
    return ""


_STEPS = {
    Action.COLLECT: "collect data",
    Action.USE: "use data",
    Action.KEEP: "keep data",
    Action.DISCLOSE: "disclose data",
    Action.ONWARD: "pass data on",
}
