"""For a meeting, on paper: the gap report as PDF."""

from ropa.case import Report
from ropa.paper.gap_report import gap_report
from ropa.paper.typesetter import typeset


def render(report: Report) -> bytes:
    return typeset(gap_report(report))
