"""What a register takes over from another cannot be had.

A register may extend another one: a trust's template, a council's corporate entries and notices. Where that is not
there, leads out of the repository, or comes round in a circle, entries are missing from everything that is checked, so
nobody can say that people are told of them. The same goes for an entry that is left out and is not there: its name may
be wrong, and the entry that was meant still counts.

To mend it: name the folder of the other register, from the folder of this one, and under `leaves_out` its entries by
kind and id.

Fails:

    kind: organisation
    id: sample
    name: Sample Academy
    extends: ../trust                     # <- found here

Passes:

    kind: organisation
    id: sample
    name: Sample Academy
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 30(3)",), undecided=True)
def check(case: Case) -> Iterator[Problem]:
    yield from case.not_extended
