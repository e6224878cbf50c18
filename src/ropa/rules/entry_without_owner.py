"""An entry of the record names nobody who answers for it.

An entry that belongs to nobody is kept up to date by nobody. The regulator asks who is responsible
for each, and whether they could explain it. A post serves better than a person, who may leave.

To mend it: write `owner`.

Fails:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll

Fails, where another activity says it:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    ---
    kind: activity
    id: hiring
    name: Hiring staff
    subjects: job-applicant
    data: name
    purposes: recruitment
    owner: Head of Payroll

Fails, once where no activity says it:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    ---
    kind: activity
    id: hiring
    name: Hiring staff
    subjects: job-applicant
    data: name
    purposes: recruitment

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    owner: Head of Finance
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "ICO accountability framework"),
    covers=("A30-CURRENT",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking = [a for a in case.ledger.activities if not is_answer(a.record.owner)]
    for activities in case.ledger.one_or_each(
        lacking, somebody_has_it=any(is_answer(a.record.owner) for a in case.ledger.activities)
    ):
        first, *others = activities
        yield Problem(
            first.origin.location,
            "no activity says who answers for it"
            if others
            else f"“{first.name}” does not say who answers for it",
            "write `owner`: a post rather than a person",
            where="activities" if others else f"activity/{first.id}",
            facet="owner",
        )
