"""What a waiver accepted has changed since, so the waiver no longer counts.

A waiver that carries `seen:` accepts a gap only as it was: what the finding said, and the data, the
people, the purposes, the basis, the retention and the conditions of the flow it is about. Somebody
decided about those facts, and not about others (Articles 5(2) and 24(1)). `ropa check` prints the
eight characters beside each waived finding.

To mend it: read the finding again. If it can be accepted as it is now, have the owner decide so, and
write the new `seen:`.

Fails:

    kind: activity
    id: letters
    name: Letters to parents
    subjects: parent
    data: [address, health]
    purposes: communication
    disclosures:
      - to: print-firm
    ---
    kind: party
    id: print-firm
    name: Sample Printing Ltd
    type: processor
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: We write to you about your child
        uses: communication
    ---
    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2027-03-31
    seen: 5bb4fc2d                        # <- found here

Passes:

    kind: activity
    id: letters
    name: Letters to parents
    subjects: parent
    data: address
    purposes: communication
    disclosures:
      - to: print-firm
    ---
    kind: party
    id: print-firm
    name: Sample Printing Ltd
    type: processor
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: We write to you about your child
        uses: communication
    ---
    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2027-03-31
    seen: 5bb4fc2d
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"),
    last=True,
)
def check(case: Case) -> Iterator[Problem]:
    for waiver, now in case.acceptance.outdated.items():
        yield Problem(
            (waiver.origin / "seen").location,
            f"{waiver.name} accepts nothing, because what it accepted has changed since",
            f"read the finding again; if {waiver.owner} accepts it as it is, write `seen: {now}`",
            where=waiver.about,
            facet="seen",
        )
