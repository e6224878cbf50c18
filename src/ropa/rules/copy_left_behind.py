"""A copy of a document lies beside it, and is not read.

Editors and patches leave copies behind: `loans.yaml~`, `loans.yaml.bak`, `.loans.yaml.swp`. What stands in a
copy counts for nothing. Where it says what the document itself does not, somebody may think it counts.

To mend it: delete the copy, or have git ignore it.

Fails:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    === register.yaml~
    kind: party                           # <- found here
    id: payroll-firm
    name: Sample Payrolls Ltd
    type: processor

Passes:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(1)(d)",))
def check(case: Case) -> Iterator[Problem]:
    yield from case.passed_over.copies
