"""Personal data may be passed on by its recipient, and only some of this is told.

People who are told of a recipient, and not of those it passes their data on to, do not know who
receives it (Articles 13(1)(e) and 14(1)(e)). What is told to one group, or of one kind of data,
does not tell the rest.

To mend it: tell the others as well, in a notice that they are given, or widen the sentence so that
it covers all that may be passed on.

Fails:

    kind: activity
    id: pensions
    name: Pensions
    subjects: [employee, former-employee]
    data: [name, pay]
    purposes: pensions
    disclosures:
      - to: scheme
        onward:
          - to: actuary                   # <- found here
    ---
    kind: party
    id: scheme
    name: Sample Pension Scheme
    type: controller
    broader: pension-provider
    ---
    kind: party
    id: actuary
    name: Placeholder Actuaries LLP
    type: controller
    broader: professional-adviser
    ---
    kind: notice
    id: staff
    audience: [employee, former-employee]
    text: staff.md
    statements:
      - quote: While you work here, your pension scheme passes your pay on to Placeholder Actuaries
        discloses: {to: actuary, by: scheme, about: employee}

Fails, whatever else is told to some:

    kind: activity
    id: pensions
    name: Pensions
    subjects: [employee, former-employee]
    data: [name, pay]
    purposes: pensions
    disclosures:
      - to: bank
      - to: scheme
        onward:
          - to: actuary                   # <- found here
    ---
    kind: party
    id: scheme
    name: Sample Pension Scheme
    type: controller
    broader: pension-provider
    ---
    kind: party
    id: actuary
    name: Placeholder Actuaries LLP
    type: controller
    broader: professional-adviser
    ---
    kind: notice
    id: staff
    audience: [employee, former-employee]
    text: staff.md
    statements:
      - quote: While you work here, your pension scheme passes your pay on to Placeholder Actuaries
        discloses: {to: actuary, by: scheme, about: employee}
      - quote: While you work here, we give your name to the bank
        discloses: {to: bank, about: employee}

Passes:

    kind: activity
    id: pensions
    name: Pensions
    subjects: [employee, former-employee]
    data: [name, pay]
    purposes: pensions
    disclosures:
      - to: scheme
        onward:
          - to: actuary
    ---
    kind: party
    id: scheme
    name: Sample Pension Scheme
    type: controller
    broader: pension-provider
    ---
    kind: party
    id: actuary
    name: Placeholder Actuaries LLP
    type: controller
    broader: professional-adviser
    ---
    kind: notice
    id: staff
    audience: [employee, former-employee]
    text: staff.md
    statements:
      - quote: The pension scheme passes your pay on to Placeholder Actuaries
        discloses: {to: actuary, by: scheme}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.model import Action
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    covers=("C-ONWARD",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RECIPIENT, Verdict.PARTIAL):
        if gap.flow.action is not Action.ONWARD:
            continue
        holder = phrases.name(case.register, Facet.RECIPIENT, gap.flow.start.id)
        told = f"{holder} may pass their data on to {gap.missing}"
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{gap.nobody} tells {gap.people} that {told}",
            f"say in {case.notices_of(gap)} that {told}",
        )
