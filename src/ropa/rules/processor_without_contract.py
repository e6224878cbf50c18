"""A processor works with data, and no contract with it is on file.

A firm that works with data for the organisation may do so only under a contract that binds it
(Article 28(3)). One that decides by itself what the data is for becomes a controller (Article
28(10)).

To mend it: write the contract's name under `agreement` with the party.

Fails:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm
    ---
    kind: party                           # <- found here
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor

Passes:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm
    ---
    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2026-12
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 28(3)", "UK GDPR Article 28(10)"),
    covers=("G-28",),
)
def check(case: Case) -> Iterator[Problem]:
    for party, at in case.ledger.receiving:
        if party.type == "processor" and not is_answer(party.agreement):
            yield Problem(
                party.origin.location,
                f"{party.name} works with data for {case.register.name}, and no contract is on file",
                "write its name under `agreement`",
                ((at.location, "it is used here"),),
                f"party/{party.id}",
                "agreement",
            )
