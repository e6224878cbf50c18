"""A file of the register cannot be read.

What stands in it is missing from everything else that is checked, so nobody can say that the
register is in order. Only plain YAML is read: names, values, lists and mappings. Tags, anchors and
aliases are refused, and so is a name that stands twice in one place, because the first value would
be lost without a word.

To mend it: the message says what is wrong in that place, and the hint what to write.

Fails:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    name: Example Payroll Ltd             # <- found here
    country: [GB                          # <- found here

Passes:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 30(3)",), undecided=True)
def check(case: Case) -> Iterator[Problem]:
    for document in case.documents:
        yield from document.problems
