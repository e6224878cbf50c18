"""Personal data is kept longer than a notice tells, or counted from another day.

A period that people are told is one they rely on (Articles 13(2)(a) and 14(2)(a)). To keep their
data longer, or to count from another day than they were told, is not transparent (Article 5(1)(a)):
75 years from birth and 75 years from the 18th birthday lie 18 years apart. Keeping it for a shorter
time is no fault.

To mend it: find out which of the two is right. Correct the notice, or shorten the retention and
delete what is over time.

Fails:

    kind: activity
    id: staff-files
    name: Staff files
    subjects: employee
    data: [name, job-details]
    purposes: employment-administration
    retention:
      - period: P10Y                      # <- found here
        trigger: end-of-employment
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We delete your file six years after you leave
        keeps: {period: P6Y, trigger: end-of-employment}

Passes:

    kind: activity
    id: staff-files
    name: Staff files
    subjects: employee
    data: [name, job-details]
    purposes: employment-administration
    retention:
      - period: P6Y
        trigger: end-of-employment
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We delete your file six years after you leave
        keeps: {period: P6Y, trigger: end-of-employment}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(2)(a)", "UK GDPR Article 14(2)(a)", "UK GDPR Article 5(1)(a)"),
    covers=("C-RETENTION",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RETENTION, Verdict.CONTRADICTED):
        entries = case.untold.entries(gap)
        recorded = phrases.kept_for(case.register, entries)
        told = dict.fromkeys(
            phrases.told_kept(case.register, statement) for statement in gap.against
        )
        yield case.problem(
            gap,
            entries[0].origin / "period",
            f"data about {gap.people} is kept {recorded}; the notices say {phrases.several(told)}",
            f"find out which is right: correct the register or {case.notices_saying(gap.against)}; if the sentence "
            "speaks only of other data, say which with `data` in its statement",
        )
