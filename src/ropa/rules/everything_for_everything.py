"""An entry gives all of its data to everybody for all of its purposes.

The regulator expects a record that is granular, with meaningful links: which data goes to whom, and
what for. Where an entry has several purposes and several recipients, and each is said to get
everything for everything, the entry is a list rather than a record, and most of what it says is
probably not so.

To mend it: write `data` and `purposes` with each disclosure, or make several activities of it.

Fails:

    kind: activity
    id: housing
    name: Housing
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures:                          # <- found here
      - to: contractor
      - to: debt-collector

Passes:

    kind: activity
    id: housing
    name: Housing
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures:
      - to: contractor
        data: [name, address]
        purposes: housing-services
      - to: debt-collector
        purposes: debt-recovery

Passes, where there are few purposes, little data or one recipient:

    kind: activity
    id: housing
    name: Housing
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery]
    disclosures: [{to: contractor}, {to: debt-collector}]
    ---
    kind: activity
    id: letters
    name: Letters
    subjects: tenant
    data: [name, address]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures: [{to: contractor}, {to: debt-collector}]
    ---
    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures: [{to: contractor}]

Passes, where one disclosure says which data, and another for which purposes:

    kind: activity
    id: housing
    name: Housing
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures:
      - to: contractor
        data: [name, address]
      - to: debt-collector

Passes, where a disclosure says for which purposes:

    kind: activity
    id: housing
    name: Housing
    subjects: tenant
    data: [name, address, bank-details]
    purposes: [housing-services, debt-recovery, complaints-handling]
    disclosures:
      - to: contractor
        purposes: housing-services
      - to: debt-collector
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 30(1)", "ICO, documentation: checklists"),
    covers=("A30-LINKED",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        if activity.everything_for_everything:
            yield Problem(
                (activity.origin / "disclosures").location,
                f"“{activity.name}” gives all of its data to {len(activity.disclosures)} "
                f"recipients for all of its {len(activity.purposes)} purposes",
                "write `data` and `purposes` with each disclosure, or make several activities of it",
                where=f"activity/{activity.id}",
                facet="disclosures",
            )
