"""A processor does not record for whom it acts, or how to reach them.

Whoever works with data for others keeps a record of its own, with the name and the contact details
of each controller it acts for (Article 30(2)(a)).

To mend it: write under `on_behalf_of` the party the work is done for, and `contact` with that
party.

Fails:

    kind: organisation
    id: quill
    name: Quill and Example Print Ltd
    contact: privacy@quill.example
    role: processor
    ---
    kind: activity                        # <- found here
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing

Fails, where the controller cannot be reached:

    kind: organisation
    id: quill
    name: Quill and Example Print Ltd
    contact: privacy@quill.example
    role: processor
    ---
    kind: activity
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing
    on_behalf_of: [exampleshire, sampleton]
    ---
    kind: party                           # <- found here
    id: exampleshire
    name: Exampleshire County Council
    type: controller
    ---
    kind: party
    id: sampleton
    name: Sampleton Borough Council
    type: controller
    contact: privacy@sampleton.example

Passes:

    kind: organisation
    id: quill
    name: Quill and Example Print Ltd
    contact: privacy@quill.example
    role: processor
    ---
    kind: activity
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing
    on_behalf_of: {controller: exampleshire, processing: printing}
    ---
    kind: party
    id: exampleshire
    name: Exampleshire County Council
    type: controller
    contact: privacy@exampleshire.example
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(2)(a)",), covers=("A30-2A",))
def check(case: Case) -> Iterator[Problem]:
    unreachable = {}
    for activity in case.ledger.mandated:
        if not activity.record.on_behalf_of:
            yield Problem(
                activity.origin.location,
                f"{case.register.name} does “{activity.name}” as a processor, and the record does "
                "not say for whom",
                "write `on_behalf_of`: the controllers it is done for, and which processing",
                where=f"activity/{activity.id}",
                facet="on_behalf_of",
            )
        for mandate in activity.record.on_behalf_of:
            party = case.register.parties.get(mandate.controller)
            if party and not party.contact:
                unreachable[party.id] = party
    for party in unreachable.values():
        yield Problem(
            party.origin.location,
            f"{case.register.name} acts for {party.name}, and the record does not say how to "
            "reach them",
            "write `contact`",
            where=f"party/{party.id}",
            facet="contact",
        )
