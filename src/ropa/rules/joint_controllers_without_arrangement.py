"""Joint controllers have no arrangement on file.

Those who decide together why and how data is used must lay down who does what: who tells people,
who answers their requests. The essence of it is made available to the people concerned (Article
26(1) and (2)).

To mend it: agree on it, and write its name under `arrangement` with the activity, or under
`agreement` with the party.

Fails:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    joint_controllers: hilltop            # <- found here
    ---
    kind: party
    id: hilltop
    name: Hilltop Example School
    type: joint-controller
    contact: office@hilltop.example

Fails, where it is only given the data:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    disclosures:
      - to: hilltop                       # <- found here
    ---
    kind: activity
    id: trips
    name: Shared trips
    subjects: pupil
    data: name
    purposes: education-provision
    joint_controllers: valley
    arrangement: JCA-2026-3
    ---
    kind: activity
    id: clubs
    name: Shared clubs
    subjects: pupil
    data: name
    purposes: education-provision
    disclosures: [{to: valley}, {to: moor}, {to: press}]
    ---
    kind: party
    id: hilltop
    name: Hilltop Example School
    type: joint-controller
    contact: office@hilltop.example
    ---
    kind: party
    id: valley
    name: Valley Example School
    type: joint-controller
    contact: office@valley.example
    ---
    kind: party
    id: moor
    name: Moor Example School
    type: joint-controller
    contact: office@moor.example
    agreement: JCA-2026-4
    ---
    kind: party
    id: press
    name: Quill Example Press
    type: controller
    contact: office@quill.example

Passes:

    kind: activity
    id: admissions
    name: Shared admissions of two schools
    subjects: pupil
    data: name
    purposes: school-admissions
    joint_controllers: hilltop
    arrangement: JCA-2026-1
    ---
    kind: party
    id: hilltop
    name: Hilltop Example School
    type: joint-controller
    contact: office@hilltop.example
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.document import Origin
from ropa.findings import Problem, Severity
from ropa.register.model import Party
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 26(1)", "UK GDPR Article 26(2)"),
    covers=("G-26",),
)
def check(case: Case) -> Iterator[Problem]:
    for party, at in _without(case).values():
        yield Problem(
            at.location,
            f"{case.register.name} and {party.name} are joint controllers, and no arrangement "
            "between them is on file",
            "write `arrangement` with the activity, or `agreement` with the party",
            where=f"party/{party.id}",
            facet="arrangement",
        )


def _without(case: Case) -> dict[str, tuple[Party, Origin]]:
    """The joint controllers with no arrangement, each once, and where they are named."""
    found: dict[str, tuple[Party, Origin]] = {}
    for activity in case.ledger.activities:
        for id_ in activity.record.joint_controllers:
            party = case.register.parties[id_]
            if not (activity.record.arrangement or party.agreement):
                found.setdefault(id_, (party, activity.origin / "joint_controllers"))
    for party, at in case.ledger.receiving:
        if party.type == "joint-controller" and not party.agreement:
            arranged = any(
                a.record.arrangement and party.id in a.record.joint_controllers
                for a in case.ledger.activities
            )
            if not arranged:
                found.setdefault(party.id, (party, at))
    return found
