"""Personal data may be passed on by its recipient, and no notice says so.

People who are told of a recipient, and not of those it passes their data on to, do not know who
receives it (Articles 13(1)(e) and 14(1)(e)). Where the register records the next step, it is known,
and fairness asks that it is told (Article 5(1)(a)).

To mend it: say in a notice that these people are given who passes the data on and to whom, and tie
the sentence to a statement with `by:`. Or agree with the recipient that the data stays where it is.

Fails:

    kind: activity
    id: pensions
    name: Pensions
    subjects: employee
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
    audience: employee
    text: staff.md
    statements:
      - quote: We tell the Sample Pension Scheme what you earn
        discloses: scheme

Fails, whatever else is missing:

    kind: activity
    id: pensions
    name: Pensions
    subjects: employee
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
    audience: employee
    text: staff.md
    statements:
      - quote: We tell the Sample Pension Scheme what you earn
        discloses: scheme

Passes:

    kind: activity
    id: pensions
    name: Pensions
    subjects: employee
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
    audience: employee
    text: staff.md
    statements:
      - quote: We tell the Sample Pension Scheme what you earn
        discloses: scheme
      - quote: The scheme passes it on to Placeholder Actuaries
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
    for gap in case.gaps(Facet.RECIPIENT, Verdict.OMITTED):
        if gap.flow.action is not Action.ONWARD:
            continue
        holder = phrases.name(case.register, Facet.RECIPIENT, gap.flow.start.id)
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{gap.nobody} tells {gap.people} that {holder} may pass their data on to {gap.first}",
            f"say in {case.notices_of(gap)} that {holder} may pass it on to {gap.missing}",
        )
