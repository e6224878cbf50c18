"""A party is in the register, and no data comes from it or goes to it.

Either sharing with it has ended, and it can go, or a flow is missing from the record, which must
hold all recipients (Article 30(1)(d)). A party of a starter pack that nobody has confirmed yet is another
matter (`starter-not-confirmed`).

To mend it: delete the party, or record the disclosure, the source or the system it belongs to.

Fails:

    kind: party
    id: shredder                          # <- found here
    name: Sample Shredding Ltd
    type: processor

Passes, where nobody has confirmed yet that there is such a party:

    kind: party
    id: shredder
    name: Sample Shredding Ltd
    type: processor
    starter: true

Passes:

    kind: party
    id: shredder
    name: Sample Shredding Ltd
    type: processor
    ---
    kind: activity
    id: disposal
    name: Destroying old personnel files
    subjects: former-employee
    data: employment-record
    purposes: records-management
    disclosures:
      - to: shredder
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.NOTE, since="0.1.0", law=("UK GDPR Article 30(1)(d)",))
def check(case: Case) -> Iterator[Problem]:
    if case.short:
        return  # what cannot be read may use it
    for id_ in case.graph.unused_parties():
        party = case.register.parties[id_]
        if party.starter:
            continue
        yield Problem(
            (party.origin / "id").location,
            f"no data comes from {party.name} or goes to it",
            "delete it, or record the disclosure, the source or the system it belongs to",
            where=f"party/{id_}",
            facet="use",
        )
