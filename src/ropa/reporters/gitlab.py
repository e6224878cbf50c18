"""For merge requests on GitLab: a code quality report.

Nothing that is accepted is in it.
"""

from typing import Any

from ropa.ci import Annotation, annotations
from ropa.findings import Severity
from ropa.report import Report
from ropa.visible import to_json, visible

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    return to_json([_issue(annotation) for annotation in annotations(report)])


def _issue(annotation: Annotation) -> dict[str, Any]:
    at, rule = annotation.at, annotation.rule
    part = f"{visible(at.part)}: " if at.part else ""
    return {
        "description": f"{part}{annotation.message}",
        "check_name": rule.id,
        "fingerprint": annotation.fingerprint(at.path, str(annotation.number)),
        "severity": "blocker" if rule.undecided else _SEVERITY[rule.severity],
        "location": {"path": at.path, "lines": {"begin": at.line, "end": at.end_line}},
    }
