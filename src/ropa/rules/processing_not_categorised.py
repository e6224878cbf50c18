"""A processor does not record what it does for a controller.

The record of a processor holds the categories of processing it carries out, for each controller it
acts for (Article 30(2)(b)): hosting, printing, scanning, support. The purposes are the
controller's.

To mend it: write `processing` beside the `controller`.

Fails:

    kind: activity
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing
    on_behalf_of: exampleshire            # <- found here
    ---
    kind: party
    id: exampleshire
    name: Exampleshire County Council
    type: controller
    contact: privacy@exampleshire.example

Fails, where the controller is only a category:

    kind: activity
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing
    on_behalf_of: local-authority         # <- found here

Passes:

    kind: activity
    id: letters
    name: Printing letters of councils
    subjects: resident
    data: address
    purposes: printing-and-mailing
    on_behalf_of: {controller: exampleshire, processing: [printing, posting]}
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


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(2)(b)",), covers=("A30-2B",))
def check(case: Case) -> Iterator[Problem]:
    parties = case.register.parties
    for activity in case.ledger.mandated:
        for mandate in activity.record.on_behalf_of:
            if not mandate.processing:
                party = parties.get(mandate.controller)
                yield Problem(
                    mandate.origin.location,
                    f"the record does not say what is done for "
                    f"{party.name if party else mandate.controller} in “{activity.name}”",
                    "write `processing` beside the `controller`, such as hosting or printing",
                    where=f"activity/{activity.id}",
                    facet=f"on_behalf_of/{mandate.controller}",
                )
