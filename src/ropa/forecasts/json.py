"""For programs: a versioned shape, described in docs/json.md and schemas/law.schema.json."""

from typing import Any

from ropa.changes.forecast import Forecast
from ropa.findings import Finding
from ropa.law.calendar import LawChange, LawDay
from ropa.visible import place_in_json, to_json

VERSION = 1


def render(forecast: Forecast) -> str:
    """Everything the forecast knows."""
    return to_json(
        {
            "version": VERSION,
            "from": forecast.start.isoformat(),
            "to": forecast.end.isoformat(),
            "regimes": list(forecast.regimes),
            "register": forecast.report.case.root if forecast.report else None,
            "undecided": forecast.undecided,
            "days": [_day(day) for day in forecast.days],
        }
    )


def _day(day: LawDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "changes": [_change(change) for change in day.changes],
        "comes": [_finding(finding) for finding in day.comes],
        "goes": [_finding(finding) for finding in day.goes],
    }


def _change(change: LawChange) -> dict[str, Any]:
    standing = change.standing
    return {
        "table": change.table,
        "row": change.row.id,
        "begins": change.begins,
        "in_words": change.words,
        "from": standing.start.isoformat() if standing.start else None,
        "until": standing.end.isoformat() if standing.end else None,
        "regimes": list(standing.regimes),
        "sources": list(standing.sources),
        "status": standing.status,
        "read": standing.read.isoformat(),
        "note": standing.note,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "severity": str(finding.rule.severity),
        "message": problem.message,
        "hint": problem.hint,
        "law": list(finding.rule.law),
        "place": place_in_json(problem.at),
    }
