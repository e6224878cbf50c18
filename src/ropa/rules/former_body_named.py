"""A notice names a body that no longer exists.

People cannot turn to it, and whoever took its place gets their data without their being told
(Article 13(1)(e)). "Formerly the Criminal Records Bureau" is no fault.

To mend it: name the body that does its work now.

Fails:

    kind: notice
    id: children
    audience: child
    text: children.md
    === children.md
    We may tell the Local Safeguarding Children Board.      # <- found here

Passes:

    kind: notice
    id: children
    audience: child
    text: children.md
    === children.md
    We may tell the safeguarding partners, who took over from the Local Safeguarding Children Board.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import superseded


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 13(1)(e)"),
    rests_on=("superseded/body",),
    covers=("X-INSTRUMENT",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.SUPERSEDED.on(case.settings.day, case.regimes):
            if row.kind == "body" and (hits := superseded(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"names {row.name}, {row.how} (“{hits[0].words}”)",
                    f"name {row.replacement} instead",
                    row.id,
                )
