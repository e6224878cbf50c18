"""A period is recorded without the day it begins.

"Six years" says nothing until it says from when: from the end of the case, of the year, of
employment. Without it the data cannot be erased on time, and what people are told cannot be held
against it (Articles 5(1)(e) and 30(1)(f)).

To mend it: write `trigger` beside `period`.

Fails:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y}              # <- found here

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {period: P6Y, trigger: end-of-employment}

Passes, where criteria say how long:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    retention: {criteria: until the last pay is paid}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import NEVER, PERMANENTLY, how_long
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)", "UK GDPR Article 30(1)(f)"),
    covers=("R-FORM",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        for number, entry in enumerate(activity.retention, 1):
            endless = entry.period in (PERMANENTLY, NEVER)
            if entry.period and not (entry.trigger or endless):
                yield Problem(
                    (entry.origin / "period").location,
                    f"data of “{activity.name}” is kept {how_long(entry.period)}, and "
                    "the record does not say from when",
                    "write `trigger` beside `period`",
                    where=f"activity/{activity.id}",
                    facet=f"retention/{number}/trigger",
                )
