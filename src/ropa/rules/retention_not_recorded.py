"""The record does not say how long some of the data is kept.

The record holds, where possible, when the different categories of data are to be erased (Article
30(1)(f)): category by category, not once for everything. Data without an end is kept for ever, and
whether people are told the truth about it cannot be checked.

To mend it: add to `retention` a period and when it begins, or `criteria` where no period can be
given.

Fails:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    retention:                            # <- found here
      - data: name
        period: P6Y
        trigger: end-of-employment

Fails, where an entry names the law, and no period:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    retention:                            # <- found here
      - data: name
        law: Limitation Act 1980 s.5

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    retention:
      - data: name
        period: P6Y
        trigger: end-of-employment
      - data: bank-details
        period: P3M
        trigger: end-of-employment

Passes, where an entry is about all of the data:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    retention:
      - period: P6Y
        trigger: end-of-employment

Passes, where the entries together are about all of it, or only criteria are set:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    retention:
      - data: name
        period: P6Y
        trigger: end-of-employment
      - data: bank-details
        criteria: until the last pay is paid
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Activity, Words
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)", "UK GDPR Article 30(1)(f)"),
    undecided=True,
    covers=("A30-1F",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        missing = _without(case, activity)
        if missing:
            data = phrases.several(map(phrases.inside, missing[:6]))
            what = data if activity.retention else "the data"
            yield Problem(
                (activity.origin / "retention").location,
                f"the record does not say how long {what} of “{activity.name}” is kept",
                "write under `retention` a `period` and its `trigger`, or `criteria`",
                where=f"activity/{activity.id}",
                facet="retention",
            )


def _without(case: Case, activity: Activity) -> Words:
    """Names for the data that no entry is about."""
    told = [entry for entry in activity.retention if entry.period or entry.criteria]
    if any(entry.data is activity.data for entry in told):
        return ()
    data = case.register.vocabulary[Facet.DATA]
    left = data.union(activity.data)
    for entry in told:
        left &= ~data.union(entry.data)
    return data.names(left, activity.data) if left else ()
