"""A notice names some of the data that comes from somebody else, and leaves the rest out.

Where data does not come from the people themselves, they must be told all the kinds of data it is
(Article 14(1)(d)). A list that stops short makes them believe that nothing else is held about them.

To mend it: add what is missing to a notice that these people are given, by name or by the kind of
data it belongs to.

Fails:

    kind: activity
    id: transfers
    name: Pupils who come from another school
    subjects: pupil
    data: [attainment, behaviour]         # <- found here
    purposes: education-provision
    sources:
      - from: school
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Your last school sends us your results
        collects: {from: school, data: attainment}

Passes:

    kind: activity
    id: transfers
    name: Pupils who come from another school
    subjects: pupil
    data: [attainment, behaviour]
    purposes: education-provision
    sources:
      - from: school
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Your last school sends us your results and how you behaved
        collects: {from: school, data: [attainment, behaviour]}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 14(1)(d)",),
    covers=("N-1D-CAT", "C-CATEGORY"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.DATA, Verdict.PARTIAL):
        yield case.problem(
            gap,
            case.written(gap.flow, "data"),
            f"{gap.nobody} tells {gap.people} that their data includes {gap.first}",
            f"mention {gap.missing} in {case.notices_of(gap)}",
        )
