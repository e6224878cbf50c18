"""Personal data may be passed on by its recipient, and the notices do not say to whom.

People who are told of a recipient, and not of those it passes their data on to, do not know who
receives it (Articles 13(1)(e) and 14(1)(e)). “It may be shared further” or “with third parties”
does not tell them.

To mend it: name those who may get it, or the category they belong to, in the sentence that is there
already.

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
      - quote: The scheme may share it with third parties
        discloses: {to: third-party, by: scheme}

Fails, whatever else is vague:

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
      - quote: The scheme may share it with third parties
        discloses: {to: third-party, by: scheme}
      - quote: We share it with third parties
        discloses: third-party

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
      - quote: The scheme may share it with its professional advisers
        discloses: {to: professional-adviser, by: scheme}
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
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    covers=("C-ONWARD",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RECIPIENT, Verdict.VAGUE):
        if gap.flow.action is not Action.ONWARD:
            continue
        holder = phrases.name(case.register, Facet.RECIPIENT, gap.flow.start.id)
        deed = f"{holder} may pass data about {gap.people} on to {gap.missing}"
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{deed}; the notices say only {phrases.quoted(gap.told_by, 40)}",
            f"mention {gap.missing}, by name or by category, in {case.notices_saying(gap.told_by)}",
        )
