"""For programs: a versioned shape, described in docs/json.md and schemas/diff.schema.json."""

from typing import Any

from ropa.changes.comparison import ChangedEntry, Changes, Comparison, Ended, Shift
from ropa.changes.exposure import Untold
from ropa.changes.rewording import Requoted, Reworded, Turned
from ropa.findings import Finding
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.report import Report
from ropa.saying.edits import Edit
from ropa.visible import place_in_json, to_json

VERSION = 2


def render(comparison: Comparison) -> str:
    """Everything the comparison knows."""
    return to_json(
        {
            "version": VERSION,
            "old": _side(comparison.names[0], comparison.old),
            "new": _side(comparison.names[1], comparison.new),
            "notes": list(comparison.notes),
            "check_itself": list(comparison.check_itself),
            "turned": [_turned(turned) for turned in comparison.rewording.turned],
            "newly_untold": [_untold(untold) for untold in comparison.untold],
            "to_be_told": [{"subject": w, "times": n} for w, n in comparison.groups.items()],
            "notices_to_change": [{"notice": i, "times": n} for i, n in comparison.first.items()],
            "activities": _changes(comparison.activities),
            "flows": _changes(comparison.flows),
            "notices": _changes(comparison.notices),
            "statements": _changes(comparison.statements),
            "quotes": [_quote(quote) for quote in comparison.rewording.quotes],
            "texts": [_text(text) for text in comparison.rewording.texts],
            "verdicts": [_shift(shift) for shift in comparison.shifts],
            "waivers_ended": [_ended(ended) for ended in comparison.ended],
            "findings": {
                "new": [_finding(finding) for finding in comparison.appeared],
                "gone": [_finding(finding) for finding in comparison.gone],
            },
        }
    )


def _side(name: str, report: Report) -> dict[str, Any]:
    case = report.case
    return {
        "name": name,
        "as_of": case.settings.day.isoformat(),
        "activities": len(case.register.activities),
        "flows": len(case.coverage.flows),
        "evidence": {str(rests): case.coverage.clear_by[rests] for rests in Rests},
        "void": [statement.id for statement in case.coverage.void],
        "undecided": report.undecided,
    }


def _turned(turned: Turned) -> dict[str, Any]:
    return {
        "notice": turned.notice,
        "old": turned.before,
        "new": turned.after,
        "edits": [_edit(edit) for edit in turned.edits],
        "statements": list(turned.statements),
        "flows": list(turned.flows),
        "place": place_in_json(turned.at),
    }


def _quote(quote: Requoted) -> dict[str, Any]:
    return {
        "id": quote.id,
        "old": quote.before,
        "new": quote.after,
        "place": place_in_json(quote.at),
    }


def _text(text: Reworded) -> dict[str, Any]:
    return {
        "notice": text.notice,
        "added": list(text.added),
        "gone": list(text.gone),
        "changed": [{"old": old, "new": new} for old, new in text.changed],
        "moved": text.moved,
        "place": place_in_json(text.at),
    }


def _untold(untold: Untold) -> dict[str, Any]:
    return {
        "activities": list(untold.activities),
        "facet": str(untold.facet),
        "verdict": str(untold.verdict),
        "subjects": list(untold.people),
        "in_words": untold.words,
        "cause": str(untold.cause),
        "starts": untold.starts.isoformat() if untold.starts else None,
        "notices": list(untold.notices),
        "flows": list(untold.flows),
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "added": [_entry(entry) for entry in changes.added],
        "removed": [_entry(entry) for entry in changes.removed],
        "changed": [_entry(entry) for entry in changes.changed],
    }


def _entry(entry: ChangedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "in_words": entry.words,
        "place": place_in_json(entry.at),
        "edits": [_edit(edit) for edit in entry.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"what": edit.what, "gone": edit.gone or None, "new": edit.new or None}


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "flow": shift.flow,
        "in_words": shift.words,
        "before": str(shift.before),
        "after": str(shift.after),
        "facets": {
            str(facet): {"before": _verdict(before), "after": _verdict(after)}
            for facet, before, after in shift.facets
        },
    }


def _verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else str(verdict)


def _ended(ended: Ended) -> dict[str, Any]:
    waiver = ended.waiver
    return {
        "id": waiver.id,
        "finding": waiver.finding,
        "until": waiver.until.isoformat(),
        "ran_out": ended.ran_out,
        "stands_again": [finding.id for finding in ended.standing],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "severity": str(finding.rule.severity),
        "message": finding.problem.message,
        "hint": finding.problem.hint or None,
        "place": place_in_json(finding.problem.at),
    }
