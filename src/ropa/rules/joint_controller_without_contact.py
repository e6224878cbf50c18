"""A joint controller is recorded without how to reach them.

Where several decide together why and how data is used, the record holds the name and the contact
details of each of them (Article 30(1)(a)).

To mend it: write `contact` with the party.

Fails:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    joint_controllers: hilltop
    ---
    kind: party                           # <- found here
    id: hilltop
    name: Hilltop Example School
    type: joint-controller
    agreement: JCA-2026-1

Fails, where the type alone says it, or the activity alone:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    joint_controllers: hilltop
    ---
    kind: party                           # <- found here
    id: hilltop
    name: Hilltop Example School
    type: controller
    agreement: JCA-2026-1
    ---
    kind: party                           # <- found here
    id: valley
    name: Valley Example School
    type: joint-controller
    agreement: JCA-2026-2
    ---
    kind: party
    id: press
    name: Quill Example Press
    type: controller

Passes:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    joint_controllers: hilltop
    ---
    kind: party
    id: hilltop
    name: Hilltop Example School
    type: joint-controller
    agreement: JCA-2026-1
    contact: office@hilltop.example
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(1)(a)",), covers=("A30-1A-JC",))
def check(case: Case) -> Iterator[Problem]:
    parties = case.register.parties
    joint = {p for a in case.ledger.activities for p in a.record.joint_controllers}
    for party in parties.values():
        if not party.contact and (party.type == "joint-controller" or party.id in joint):
            yield Problem(
                party.origin.location,
                f"{party.name} is a joint controller, and the record does not say how to reach "
                "them",
                "write `contact`",
                where=f"party/{party.id}",
                facet="contact",
            )
