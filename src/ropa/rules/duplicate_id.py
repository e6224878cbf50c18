"""Two things in the register answer to one name.

Where an id stands twice, only the first one counts, and the other is left out of everything that is
checked, so that nobody can say that the register is in order. Where a label or a synonym stands for two words, a
reader cannot tell which is meant, and nothing that depends on it can be decided. A record that says two things
about one activity cannot be relied on (Article 30(1)).

To mend it: rename one of the two, or delete it.

Fails:

    kind: party
    id: savings-bank
    name: Example Bank plc
    type: controller
    ---
    kind: party
    id: savings-bank                      # <- found here
    name: Sample Savings Bank plc
    type: controller

Passes:

    kind: party
    id: example-bank
    name: Example Bank plc
    type: controller
    ---
    kind: party
    id: sample-bank
    name: Sample Savings Bank plc
    type: controller
"""

from collections.abc import Iterator

from msgspec.structs import replace

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(1)",), undecided=True)
def check(case: Case) -> Iterator[Problem]:
    for problem in case.register.duplicates:
        # the words that come with ropa are in no file of the register
        yield replace(problem, related=tuple(r for r in problem.related if r[0].path in case.files))
