"""An organisation claims that it need keep no record, and the law does not excuse it.

Organisations with fewer than 250 people are excused only where what they do is unlikely to put
anybody at risk, is occasional, and includes no special category data and no data about offences.
Any one of the three ends the exemption (Article 30(5); Article 29 Working Party, position paper of
19 April 2018). Paying staff or running a membership is not occasional. A higher limit has been
proposed for the European Union, and is not law.

To mend it: keep the record, and take the claim out.

Fails:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    employees: 3
    record_exemption: true                # <- found here
    ---
    kind: activity
    id: members
    name: Health checks of members
    subjects: patient
    data: [name, health]
    purposes: health-care

Fails, where it is large, a public authority, or regular, or holds data about offences:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    employees: 250
    public_authority: true
    record_exemption: true                # <- found here
    ---
    kind: activity
    id: members
    name: List of members
    subjects: resident
    data: name
    purposes: customer-contact
    retention: {period: P1Y, trigger: collection}
    ---
    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: dbs-check
    purposes: recruitment

Fails, where the record is reviewed, so that it is not occasional:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    employees: 3
    record_exemption: true                # <- found here
    ---
    kind: activity
    id: members
    name: Health checks of members
    subjects: patient
    data: name
    purposes: health-care
    reviewed: 2026-01-01

Fails, where some of it is about health, and the number of people is not known:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    record_exemption: true                # <- found here
    ---
    kind: activity
    id: list
    name: List of members
    subjects: resident
    data: name
    purposes: customer-contact
    ---
    kind: activity
    id: members
    name: Health checks of members
    subjects: patient
    data: [name, health]
    purposes: health-care

Passes:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    employees: 3
    ---
    kind: activity
    id: members
    name: Health checks of members
    subjects: patient
    data: [name, health]
    purposes: health-care

Passes, where it is small, and nothing speaks against it:

    kind: organisation
    id: club
    name: Sampleton Swimming Club
    contact: office@club.example
    employees: 249
    record_exemption: true
    ---
    kind: activity
    id: members
    name: Health checks of members
    subjects: patient
    data: name
    purposes: health-care
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases

MOST_EMPLOYEES = 250


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(5)",), covers=("A30-5",))
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation and organisation.record_exemption:
        reasons = tuple(_against(case, organisation.employees))
        if reasons:
            yield Problem(
                (organisation.origin / "record_exemption").location,
                f"{organisation.name} claims that it need keep no record, but "
                f"{phrases.several(reasons)}",
                "take `record_exemption` out, and keep the record",
                where=f"organisation/{organisation.id}",
                facet="record_exemption",
            )


def _against(case: Case, employees: int | None) -> Iterator[str]:
    """What speaks against the claim."""
    if employees is not None and employees >= MOST_EMPLOYEES:
        yield f"{employees} people work for it"
    if case.register.organisation and case.register.organisation.public_authority:
        yield "what a public authority does is not occasional"
    if any(case.ledger.special(a.data) for a in case.register.activities.values()):
        yield "it holds special category data"
    if any(case.ledger.criminal(a.data) for a in case.register.activities.values()):
        yield "it holds data about offences"
    regular = sum(1 for a in case.register.activities.values() if a.retention or a.reviewed)
    if regular:
        yield "what it records is not occasional"
