"""Nothing is recorded of how the data is protected.

The record holds, where possible, a general description of the technical and organisational security
measures (Articles 30(1)(g) and 30(2)(d)). An authority has fined a company for an empty cell. A
general description of what protects everything is enough: it need not be repeated with each
activity.

To mend it: write `security` with the activity, with a system it is kept in, or once with the
organisation.

Fails:

    kind: activity                        # <- found here
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll

Fails, where another activity says it, or its system:

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
    security: Locked
    ---
    kind: activity
    id: training
    name: Training
    subjects: employee
    data: name
    purposes: employment-administration
    systems: files
    ---
    kind: system
    id: files
    name: Filing cabinets
    security: Locked

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

    kind: organisation
    id: northwold
    name: Northwold Library
    contact: 1 Shelf Lane, Northwold NW1 1AA
    security: Access by role, encryption at rest, a yearly penetration test
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 30(1)(g)", "UK GDPR Article 30(2)(d)", "UK GDPR Article 32(1)"),
    covers=("A30-1G", "A30-2D"),
)
def check(case: Case) -> Iterator[Problem]:
    organisation, systems = case.register.organisation, case.register.systems
    if organisation and is_answer(organisation.security):
        return
    activities = case.register.activities.values()
    lacking = [
        a
        for a in activities
        if not any(map(is_answer, (a.security, *(systems[s].security for s in a.systems))))
    ]
    described = len(lacking) < len(activities)
    for together in case.ledger.one_or_each(lacking, somebody_has_it=described):
        first, *others = together
        yield Problem(
            first.origin.location,
            "nothing is recorded of how any data is protected"
            if others
            else f"nothing is recorded of how the data of “{first.name}” is protected",
            "write `security` here, with a system, or once with the organisation",
            where="activities" if others else f"activity/{first.id}",
            facet="security",
        )
