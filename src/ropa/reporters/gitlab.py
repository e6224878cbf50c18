"""For merge requests on GitLab: a code quality report.

What is accepted is in it as a line that counts it, and so is what the settings changed: nobody reads the log of a
job that passed.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ropa.ci import Annotation, annotations, place
from ropa.findings import Severity
from ropa.location import Location
from ropa.report import Report, accepted_in_words, remarks
from ropa.visible import to_json, visible

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    issues = [_issue(annotation) for annotation in annotations(report)]
    return to_json([*issues, *_remarks(report)])


def _remarks(report: Report) -> Iterator[dict[str, Any]]:
    """What was accepted, switched off or trusted, and what verdicts rest on, beside the register's first line."""
    case = report.case
    first = min((document.path for document in case.documents), default=".")
    at = place(case, Location(first))
    for remark in (*accepted_in_words(report), *remarks(report)):
        yield {
            "description": visible(f"This check: {remark}"),
            "check_name": "ropa",
            "fingerprint": sha256(f"remark\0{remark}".encode()).hexdigest()[:32],
            "severity": "info",
            "location": {"path": at.path, "lines": {"begin": 1, "end": 1}},
        }


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
