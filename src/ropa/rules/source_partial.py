"""Personal data comes from somebody, and only some of this is told.

People must be told from where their data comes when it does not come from them (Article 14(2)(f)).
That holds for every group of people and for all that comes from the source, not only for the part
that is easily told.

To mend it: tell the others as well, in a notice that they are given, or widen the sentence so that
it covers all that comes from the source.

Fails:

    kind: activity
    id: support-plans
    name: Support plans
    subjects: pupil
    data: [sen, family-circumstances]
    purposes: sen-support
    sources: childrens-services           # <- found here
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Children's services tell us what help you need with learning
        collects: {from: childrens-services, data: sen}

Passes:

    kind: activity
    id: support-plans
    name: Support plans
    subjects: pupil
    data: [sen, family-circumstances]
    purposes: sen-support
    sources: childrens-services
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Children's services tell us what help you need, and about your home
        collects: {from: childrens-services, data: [sen, family-circumstances]}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 14(2)(f)",), covers=("N-2G", "C-SOURCE"))
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.SOURCE, Verdict.PARTIAL):
        yield case.problem(
            gap,
            gap.flow.origin / "from",
            f"{gap.nobody} tells {gap.people} that their data comes from {gap.first}",
            f"mention {gap.missing}, by name or by category, in {case.notices_of(gap)}",
        )
