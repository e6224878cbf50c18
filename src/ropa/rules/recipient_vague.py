"""Personal data goes to somebody, and the notices speak only of somebody in general.

Recipients may be told by category, but the category has to say something: “health bodies” does,
“third parties” and “our partners” do not, and neither does a word that is far above the recipient.
The regulators' guidance is to name recipients, or else to be as specific about the category as can
be (Articles 13(1)(e) and 14(1)(e)).

To mend it: name the recipient, or its kind (“payroll providers”), in the sentence that is there
already.

Fails:

    kind: activity
    id: pay
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    disclosures:
      - to: payfirm                       # <- found here
    ---
    kind: party
    id: payfirm
    name: Placeholder Payroll Ltd
    type: processor
    broader: payroll-provider
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We share your bank details with third parties
        discloses: third-party
      - quote: We may also give them to anybody else who needs them
        discloses: anyone

Fails, whatever is passed on:

    kind: activity
    id: pay
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    disclosures:
      - to: hmrc                          # <- found here
        onward:
          - to: dwp
      - to: payfirm                       # <- found here
    ---
    kind: party
    id: payfirm
    name: Placeholder Payroll Ltd
    type: processor
    broader: payroll-provider
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We share your bank details with third parties
        discloses: third-party
      - quote: We may also give them to anybody else who needs them
        discloses: anyone
      - quote: The tax office may share it with third parties
        discloses: {to: third-party, by: hmrc}

Passes:

    kind: activity
    id: pay
    name: Paying our staff
    subjects: employee
    data: [name, bank-details]
    purposes: payroll
    disclosures:
      - to: payfirm
    ---
    kind: party
    id: payfirm
    name: Placeholder Payroll Ltd
    type: processor
    broader: payroll-provider
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We give your bank details to the firm that runs our payroll
        discloses: payroll-provider
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
    covers=("N-1E", "C-RECIPIENT", "V-RECIPIENT"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RECIPIENT, Verdict.VAGUE):
        if gap.flow.action is Action.ONWARD:
            continue
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"data about {gap.people} goes to {gap.first}; the notices say only {phrases.quoted(gap.told_by, 40)}",
            f"mention {gap.missing}, by name or by category, in {case.notices_saying(gap.told_by)}",
        )
