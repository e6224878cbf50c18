"""A contract or agreement has not been reviewed for too long.

What a processor may do and must do is worth what the contract says today: sub-processors change,
countries change, terms run out (Articles 28(3) and 5(2)). Three review intervals are taken as too
long, unless the organisation says otherwise that is three years.

To mend it: review it, and write the day under `agreement_reviewed`.

Fails:

    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2019-12
    agreement_reviewed: 2019-06-01        # <- found here
    ---
    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm

Fails, the day after:

    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2019-12
    agreement_reviewed: 2023-11-22        # <- found here
    ---
    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm

Passes:

    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2019-12
    agreement_reviewed: 2026-06-01
    ---
    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm

Passes, where three reviews are not yet over:

    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2019-12
    agreement_reviewed: 2023-11-23
    ---
    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm

Passes, where the organisation reviews every five years:

    kind: organisation
    id: northwold
    name: Northwold Library
    review_interval: P5Y
    ---
    kind: party
    id: print-firm
    name: Quill and Example Print Ltd
    type: processor
    agreement: C-2019-12
    agreement_reviewed: 2019-06-01
    ---
    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    disclosures:
      - to: print-firm
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import after
from ropa.rule import rule
from ropa.saying import phrases

INTERVALS = 3


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 28(3)"),
    covers=("G-28",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    interval = organisation.review_interval if organisation else "P1Y"
    for party, _ in case.ledger.receiving:
        due = party.agreement_reviewed
        if due is not None:
            for _ in range(INTERVALS):
                due = after(due, interval)
            if due < case.settings.day and party.agreement_reviewed:
                yield Problem(
                    (party.origin / "agreement_reviewed").location,
                    f"the agreement with {party.name} was last reviewed on "
                    f"{phrases.day(party.agreement_reviewed)}",
                    "review it, and write the day",
                    where=f"party/{party.id}",
                    facet="agreement_reviewed",
                )
