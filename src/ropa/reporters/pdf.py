"""For a meeting, on paper: the gap report as PDF."""

from ropa.paper.gap_report import gap_report
from ropa.paper.typesetter import typeset
from ropa.report import Report


def render(report: Report) -> bytes:
    return typeset(gap_report(report))
