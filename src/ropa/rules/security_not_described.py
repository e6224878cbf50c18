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
from ropa.rule import rule


@rule(
    Severity.ERROR,
    law=("UK GDPR Article 30(1)(g)", "UK GDPR Article 30(2)(d)", "UK GDPR Article 32(1)"),
    covers=("A30-1G", "A30-2D"),
)
def check(case: Case) -> Iterator[Problem]:
    organisation, systems = case.register.organisation, case.register.systems
    if organisation and organisation.security:
        return
    for activity in case.register.activities.values():
        if not (activity.security or any(systems[s].security for s in activity.systems)):
            yield Problem(
                activity.origin.location,
                f"nothing is recorded of how the data of “{activity.name}” is protected",
                "write `security` here, with a system, or once with the organisation",
                where=f"activity/{activity.id}",
                facet="security",
            )
