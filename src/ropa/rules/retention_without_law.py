"""A period is recorded without what sets it.

Where a law sets the period, the record should name it; where the organisation chose it, the
schedule or policy it stands in. Otherwise nobody can say later why it is six years and not three
(Articles 5(1)(e) and 5(2)).

To mend it: write `law` beside `period`: the law, or the line of the retention schedule.

Fails:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment}

Fails, once where no activity says it:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment}
    ---
    kind: activity
    id: hiring
    name: Hiring staff
    subjects: job-applicant
    data: name
    purposes: recruitment
    retention: {period: P6M, trigger: collection}

Fails, for each where another activity says it:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment}
    ---
    kind: activity
    id: hiring
    name: Hiring staff
    subjects: job-applicant
    data: name
    purposes: recruitment
    retention: {period: P6M, trigger: collection, law: Limitation Act 1980 s.5}
    ---
    kind: activity
    id: training
    name: Training
    subjects: employee
    data: name
    purposes: employment-administration
    retention: {criteria: until it is no longer needed}

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment, law: "Retention schedule, line HR4"}

Passes, where criteria say why:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment, criteria: claims are brought until then}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import NEVER
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)", "UK GDPR Article 5(2)"),
    covers=("R-FORM",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking = [
        activity
        for activity in case.ledger.activities
        if any(
            r.period not in ("", NEVER) and not (r.law or r.criteria) for r in activity.retention
        )
    ]
    for activities in case.ledger.one_or_each(
        lacking, somebody_has_it=any(r.law for a in case.ledger.activities for r in a.retention)
    ):
        first, *others = activities
        yield Problem(
            first.origin.location,
            "no activity says what sets how long its data is kept"
            if others
            else f"“{first.name}” does not say what sets how long its data is kept",
            "write `law` beside `period`: the law, or the line of the retention schedule",
            where="activities" if others else f"activity/{first.id}",
            facet="retention/law",
        )
