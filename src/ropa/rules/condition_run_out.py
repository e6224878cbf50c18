"""A consent, an approval or another condition is over, or does not hold yet.

What has to be met first is met only while it holds. One that is over makes no exception from a promise, and
allows nothing (Article 5(2): the organisation must be able to show it).

To mend it: have it renewed and write the new `until`, or stop.

Fails:

    kind: activity
    id: newsletter
    name: Newsletter
    subjects: resident
    data: email-address
    purposes: communication
    disclosures:
      - to: researcher
        conditions: {approval: panel-2019, until: 2024-08-31}     # <- found here

Passes:

    kind: activity
    id: newsletter
    name: Newsletter
    subjects: resident
    data: email-address
    purposes: communication
    disclosures:
      - to: researcher
        conditions: {approval: panel-2026, until: 2027-08-31}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Condition
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 7(1)"))
def check(case: Case) -> Iterator[Problem]:
    day = case.settings.day
    for flow in case.graph.flows:
        for number, condition in enumerate(flow.conditions):
            if not condition.holds(day):
                yield Problem(
                    (flow.origin / "conditions").location,
                    f"{phrases.goes(case.register, flow, 'data')} only with {_called(condition)}, "
                    f"and that {_when(case, condition)}",
                    "have it renewed and write the new `until`, or stop",
                    where=flow.id,
                    facet=f"conditions/{number}",
                )


def _called(condition: Condition) -> str:
    said = phrases.CONDITIONS.get(condition.kind, condition.kind)
    return f"{said} ({condition.name})" if condition.name else said


def _when(case: Case, condition: Condition) -> str:
    if condition.end is not None and condition.end < case.settings.day:
        return f"was over on {phrases.day(condition.end)}"
    return f"holds only from {phrases.day(condition.start)}" if condition.start else "does not hold"
