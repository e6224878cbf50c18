"""The record does not say where data is kept.

Good practice is a record that leads on to the rest of the file: where data is kept, the contracts,
the assessments. Without the systems nobody can see which data has left the country with a host, or
what is hit when a system fails.

To mend it: add a `kind: system`, and name it under `systems`.

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
    systems: files
    ---
    kind: system
    id: files
    name: Filing cabinets

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
    systems: ledger
    ---
    kind: system
    id: ledger
    name: Payroll system in our own data centre
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "ICO, good practice for records of processing"),
    covers=("A30-GP",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking = [
        a
        for a in case.ledger.activities
        if not a.systems and "systems" not in a.origin.document.data  # else their names are unknown
    ]
    for activities in case.ledger.one_or_each(
        lacking, somebody_has_it=any(a.systems for a in case.ledger.activities)
    ):
        first, *others = activities
        yield Problem(
            first.origin.location,
            "no activity says where its data is kept"
            if others
            else f"“{first.name}” does not say where its data is kept",
            "add a `kind: system`, and name it under `systems`",
            where="activities" if others else f"activity/{first.id}",
            facet="systems",
        )
