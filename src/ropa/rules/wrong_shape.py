"""A document of the register does not have the shape its kind asks for.

A name is misspelt, something that must be there is missing, or a value is not of the right kind.
What is wrong is left out of everything else that is checked: the entry of a list, or the field, or
the whole document where the rest is none without it. What rests on it cannot be decided, so nobody can
say that the register is in order; and nothing is said of its absence. The record must hold what
Article 30(1) asks for, and be clear enough to be shown to the regulator (Article 30(4)).

To mend it: the message says what is wrong in that place, and the hint what to write.

Fails:

    kind: activity                        # <- found here
    id: leave-of-absence
    subjects: employee
    purpose: staff-performance            # <- found here
    purposes: employment-administration
    data: absence

Passes:

    kind: activity
    id: leave-of-absence
    name: Leave and sickness of our staff
    subjects: employee
    purposes: employment-administration
    data: absence
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 30(1)", "UK GDPR Article 30(4)"),
    undecided=True,
    covers=("A30-1B", "A30-1C-DS", "A30-1C-PD", "A30-1E-ID", "A30-2C", "R-FORM"),
)
def check(case: Case) -> Iterator[Problem]:
    yield from case.malformed
