"""The flows for programs: the shape is described in docs/json.md and schemas/flows.schema.json."""

from typing import Any

from msgspec.structs import replace

from ropa.case import Case
from ropa.flows.flow import COUNTRY, DATA, PURPOSE, SUBJECT, Flow, Node
from ropa.judging.coverage import Judgement, Told
from ropa.judging.gaps import place
from ropa.judging.parts import NOT_TOLD
from ropa.judging.reasons import words_proving
from ropa.judging.untied import UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.register.model import Statement
from ropa.report import Report
from ropa.saying import phrases
from ropa.visible import place_in_json, to_json

VERSION = 2


def render(report: Report) -> str:
    """The flows in the order of the register."""
    case = report.case
    settings = case.settings
    return to_json(
        {
            "version": VERSION,
            "register": {"root": case.root},
            "settings": {
                "as_of": settings.day.isoformat(),
                "mode": str(settings.mode),
                "linked": sorted(str(facet) for facet in settings.linked),
                "max_hops": settings.max_hops,
                "evidence": str(settings.evidence),
                "untied": str(settings.untied),
            },
            "undecided": report.undecided,
            "flows": [_flow(case, told) for told in case.coverage.flows],
        }
    )


def _flow(case: Case, told: Told) -> dict[str, Any]:
    flow = told.flow
    return {
        "id": flow.id,
        "activity": flow.activity,
        "action": str(flow.action),
        "in_words": phrases.step(case.register, flow),
        "from": _node(flow.start),
        "to": _node(flow.end),
        "subjects": list(flow.box[SUBJECT]),
        "data": list(flow.box[DATA]),
        "purposes": list(flow.box[PURPOSE]),
        "countries": list(flow.box[COUNTRY]),
        "article": "14" if flow.indirect else "13",
        "verdict": str(told.verdict),
        "evidence": str(told.evidence),
        "place": place_in_json(flow.origin.location),
        "facets": {str(j.facet): _judgement(case, flow, j) for j in told.judgements},
    }


def _node(node: Node) -> dict[str, str]:
    return {"kind": str(node.kind), "id": node.id}


def _judgement(case: Case, flow: Flow, judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": str(judgement.verdict),
        "evidence": str(judgement.evidence) if judgement.told_by else None,
        "how": judgement.how or None,
        "remainder": _remainder(case, flow, judgement),
        "not_told": _not_told(case, flow, judgement),
        "sentences": [_untied(case, sentence) for sentence in judgement.sentences],
        "may_tell": [_statement(statement) for statement in judgement.may_tell],
        "lacks": judgement.lacks or None,
        "told_by": [
            _statement(statement)
            | {"words": words_proving(case.proved.of(statement), judgement.facet)}
            for statement in judgement.told_by
        ],
        "against": [_statement(statement) for statement in judgement.against],
        "modes": {str(mode): str(verdict) for mode, verdict in judgement.modes},
    }


def _not_told(case: Case, flow: Flow, judgement: Judgement) -> dict[str, dict[str, list[str]]]:
    """The parts of the remainder by why they are not told; none where it is told otherwise, or badly."""
    if judgement.verdict not in NOT_TOLD:
        return {}
    parts = {
        "untold": judgement.untold,
        "untied": judgement.untied,
        "undecidable": judgement.open,
    }
    if judgement.verdict is Verdict.UNDECIDABLE and not judgement.open:
        parts = {"undecidable": judgement.remainder}
    return {
        why: _remainder(case, flow, replace(judgement, remainder=regions))
        for why, regions in parts.items()
        if regions
    }


def _untied(case: Case, sentence: UntiedSentence) -> dict[str, Any]:
    return {
        "notice": sentence.notice.id,
        "text": sentence.sentence.text,
        "place": place_in_json(case.place_of(sentence)),
    }


def _remainder(case: Case, flow: Flow, judgement: Judgement) -> dict[str, list[str]]:
    """What is not told along the facet itself, then what it is limited to along the others."""
    coverage, facet = case.coverage, judgement.facet
    remainder: dict[str, list[str]] = {}
    if judgement.verdict is Verdict.CLEAR:
        return remainder
    if judgement.remainder and facet.scheme in case.register.vocabulary:
        remainder[str(facet)] = list(coverage.names(facet, judgement, flow))
    limits = coverage.limits(judgement, flow, facet)
    return remainder | {str(other): list(words) for other, words in limits}


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "notice": statement.notice,
        "quote": statement.quote,
        "place": place_in_json(place(statement)),
    }
