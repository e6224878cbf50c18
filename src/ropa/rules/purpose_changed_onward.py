"""Data is passed on for a purpose that it was not received for.

Data may be used further only for purposes that go with those it was collected for, unless the
person agrees or the law provides for it (Article 5(1)(b); UK GDPR Article 8A, EU GDPR Article 6(4)).
Here a recipient passes data on for something that it was not given the data for.

To mend it: if the new purpose goes with the old ones, record it for the first step too and tell
people; otherwise agree with the recipient that it does not pass the data on for that.

Fails:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, pay]
    purposes: payroll
    disclosures:
      - to: pension-fund
        purposes: pensions
        onward:
          - to: insurer
            purposes: marketing           # <- found here
    ---
    kind: party
    id: pension-fund
    name: Sampleton Pension Fund
    type: controller
    broader: pension-provider

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: [name, pay]
    purposes: payroll
    disclosures:
      - to: pension-fund
        purposes: pensions
        onward:
          - to: insurer
            purposes: pensions
    ---
    kind: party
    id: pension-fund
    name: Sampleton Pension Fund
    type: controller
    broader: pension-provider
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import PURPOSE
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(b)", "UK GDPR Article 8A", "EU GDPR Article 6(4)"),
    rests_on=("duties/compatible-purposes",),
    covers=("A5-COMPAT",),
)
def check(case: Case) -> Iterator[Problem]:
    for before, after, labels in case.graph.changed_purposes():
        data = phrases.about(case.register, after)
        received = phrases.names(case.register, Facet.PURPOSE, before.box[PURPOSE])
        new = phrases.several(map(phrases.inside, labels))
        yield Problem(
            (after.origin / "purposes").location,
            f"{phrases.deed(case.register, after, data)} for {new}, having received it for "
            f"{received}",
            f"record {new} for the step before and tell people, or agree that it is not passed on",
            (((before.origin / "purposes").location, "this is what it is received for"),),
            after.id,
            "purpose",
        )
