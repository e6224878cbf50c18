"""A document lies in the register's folder, and nobody looks at it.

Only files that end in .yaml or .yml are read, and none whose name, or whose folder's name, begins with a dot.
A document of ours in any other file is part of nothing that is checked, so nobody can say that people are told
of what it records. A file that git ignores is passed over without a word; a copy that an editor leaves beside a
file that is read is only [noted](copy-left-behind.md).

To mend it: give the file a name that is read, or take it out of the register's folder.

Fails:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    === school-meals.yaml.txt
    kind: activity                        # <- found here
    id: school-meals
    name: School meals
    subjects: pupils
    data: name
    purposes: billing

Fails, where the name begins with a dot:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    === .caterer.yaml
    kind: party                           # <- found here
    id: caterer
    name: Sample Meals Ltd
    type: controller

Passes:

    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    === caterer.yaml
    kind: party
    id: caterer
    name: Sample Meals Ltd
    type: controller
    === README.md
    Each file begins with a line such as

    kind: party
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 30(3)",), undecided=True)
def check(case: Case) -> Iterator[Problem]:
    yield from case.passed_over.left_out
