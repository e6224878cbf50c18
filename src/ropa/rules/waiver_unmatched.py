"""A waiver accepts nothing that is found.

Perhaps the gap is mended, and the waiver would quietly accept the next one like it. Perhaps its
pattern is misspelt, or a comment has come to stand on the wrong line. And what could not be checked
can be accepted by nobody: no waiver makes an unread file a read one. Who accepts what has to stay
plain (Articles 5(2) and 24(1)).

To mend it: delete the waiver, or write the finding's name as the report has it. A comment stands on
the line that the report shows, or alone on the line above it.

Fails:

    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient      # <- found here
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2027-03-31

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
    unmatched = case.acceptance.unmatched
    for waiver in unmatched if unmatched and case.whole else ():  # what was not read may hold it
        where = "this line" if waiver.line else "this register"
        message = f"{waiver.name} accepts nothing, because {where} has no such finding"
        hint = "delete it, or write the finding as the report names it, where the report shows it"
        at = (waiver.origin / "finding").location
        yield Problem(at, message, hint, where=waiver.about, facet="finding")
    for waiver in case.acceptance.undecided:
        message = f"{waiver.name} accepts nothing, because what it names could not be checked"
        hint = "mend what could not be checked: nothing passes by not being looked at"
        at = (waiver.origin / "finding").location
        yield Problem(at, message, hint, where=waiver.about, facet="finding")
