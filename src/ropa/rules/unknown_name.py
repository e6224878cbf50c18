"""A word or a name is used that nobody has defined.

A word means something here only if it stands in the vocabulary or the register defines it. What an
unknown word includes, and what includes it, cannot be told, so nothing that depends on it can be
decided. Often it is a slip of the keyboard.

To mend it: write the word as the vocabulary has it (`ropa terms` lists it), or add a `kind: term`,
a `kind: party`, a `kind: system` or a `kind: notice` with that id.

Fails:

    kind: activity
    id: jabs
    name: Vaccinations at school
    subjects: pupils
    data: [name, imunisation]             # <- found here
    purposes: immunisation-programme
    systems: jab-register                 # <- found here
    disclosures:
      - to: sample-surgery                # <- found here

Passes:

    kind: activity
    id: jabs
    name: Vaccinations at school
    subjects: pupils
    data: [name, immunisation]
    purposes: immunisation-programme
    systems: jab-register
    disclosures:
      - to: sample-surgery
    ---
    kind: system
    id: jab-register
    name: Vaccination register
    ---
    kind: party
    id: sample-surgery
    name: Sample Street Surgery
    type: controller
    broader: gp-practice
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 30(1)",),
    undecided=True,
    covers=("A30-1C-PD", "A30-1D", "A30-1E-ID", "C-LAYER"),
)
def check(case: Case) -> Iterator[Problem]:
    yield from case.register.unknown
