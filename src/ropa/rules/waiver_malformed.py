"""A waiver in a comment does not say all that it must, so it accepts nothing.

Whoever accepts a gap says which rule it is about, until when, who answers for it and why. Without
these nobody could show later that the decision was taken, or take it back (Articles 5(2) and
24(1)). A waiver in a file of its own is held to the same by its shape.

To mend it: write `# ropa: accept RULE until YEAR-MONTH-DAY (owner: NAME) because REASON` on the
line of the finding, or alone on the line above. Several rules are separated by commas; `ticket:` may
follow the owner, behind a semicolon.

Fails:

    kind: activity
    id: term-letters
    name: Letters to parents
    subjects: parent
    data: address
    purposes: communication
    disclosures:
      - to: print-firm  # ropa: accept recipient-omitted until June         # <- found here
      # ropa: accept recipient-omited until 2027-03-31 (owner: J. Smith)   # <- found here
      - to: supplier

Passes:

    kind: activity
    id: term-letters
    name: Letters to parents
    subjects: parent
    data: address
    purposes: communication
    disclosures:
      # ropa: accept recipient-omitted until 2027-03-31 (owner: J. Smith) because the notice is at the printer
      - to: supplier
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR, since="0.1.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"), last=True
)
def check(case: Case) -> Iterator[Problem]:
    yield from case.acceptance.malformed
