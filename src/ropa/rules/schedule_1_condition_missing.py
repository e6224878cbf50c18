"""A condition of Article 9 needs one of Schedule 1, and none is recorded.

Employment and social protection (b), substantial public interest (g), health and social care (h),
public health (i) and research (j) are conditions only with a basis in domestic law. In the United
Kingdom that is a condition of Schedule 1 to the Data Protection Act 2018 (section 10).

To mend it: write `schedule_1` below `basis`: the number of the paragraph.

Fails:

    kind: activity
    id: sick-pay
    name: Sick pay
    subjects: employee
    data: sickness-absence
    purposes: payroll
    basis:                                # <- found here
      article_6: c
      article_9: b
      law: Social Security Contributions and Benefits Act 1992 s.151

Passes:

    kind: activity
    id: sick-pay
    name: Sick pay
    subjects: employee
    data: sickness-absence
    purposes: payroll
    basis:
      article_6: c
      article_9: b
      schedule_1: "1"
      law: Social Security Contributions and Benefits Act 1992 s.151
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule

NEED_ONE = frozenset("bghij")
"""The letters of Article 9(2) that take a condition of Schedule 1 in the United Kingdom."""


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("DPA 2018 s.10", "DPA 2018 Schedule 1"),
    regimes=("uk-gdpr",),
    covers=("A9-SCH1",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        letter = ground.basis.article_9
        if letter in NEED_ONE and not ground.basis.schedule_1:
            yield Problem(
                ground.origin.location,
                f"{case.ledger.said(ground)} rests on Article 9(2)({letter}), and no condition of "
                "Schedule 1 to the Data Protection Act 2018 is recorded",
                "write `schedule_1` below `basis`: the number of the paragraph",
                where=ground.where,
                facet="basis/schedule_1",
            )
