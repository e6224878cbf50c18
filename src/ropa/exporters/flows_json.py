"""The flows for programs: the shape is described in docs/json.md and schemas/flows.schema.json."""

import json
from typing import Any

from ropa.case import Case, Report, place
from ropa.coverage import Judgement, Told
from ropa.flows import AXES, Flow, Node
from ropa.model import Statement

VERSION = 1


def render(report: Report) -> str:
    case = report.case
    document = {
        "version": VERSION,
        "as_of": case.settings.day.isoformat(),
        "mode": str(case.settings.mode),
        "flows": [_flow(case, told) for told in case.coverage.flows],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _flow(case: Case, told: Told) -> dict[str, Any]:
    flow = told.flow
    at = flow.origin.location
    return {
        "id": flow.id,
        "activity": flow.activity,
        "action": str(flow.action),
        "from": _node(flow.start),
        "to": _node(flow.end),
        "words": {str(facet): list(flow.box[axis]) for axis, facet in enumerate(AXES) if flow.box[axis]},
        "verdict": str(told.verdict),
        "place": {"path": at.path, "line": at.line, "column": at.column},
        "facets": {str(j.facet): _judgement(case, flow, j) for j in told.judgements},
    }


def _node(node: Node) -> dict[str, str]:
    return {"kind": str(node.kind), "id": node.id}


def _judgement(case: Case, flow: Flow, judgement: Judgement) -> dict[str, Any]:
    coverage, facet = case.coverage, judgement.facet
    remainder = {}
    if judgement.remainder and facet.scheme in case.register.vocabulary:
        remainder[str(facet)] = list(coverage.names(facet, judgement, flow))
    remainder |= {str(f): list(words) for f, words in coverage.limits(judgement, flow, facet)}
    return {
        "verdict": str(judgement.verdict),
        "how": judgement.how or None,
        "due": judgement.due,
        "remainder": remainder,
        "lacks": judgement.lacks or None,
        "told_by": [_statement(statement) for statement in judgement.told_by],
        "against": [_statement(statement) for statement in judgement.against],
        "modes": {str(mode): str(verdict) for mode, verdict in judgement.modes},
    }


def _statement(statement: Statement) -> dict[str, Any]:
    at = place(statement)
    return {
        "id": statement.id,
        "quote": statement.quote,
        "place": {"path": at.path, "line": at.line, "column": at.column},
    }
