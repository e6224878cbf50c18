"""Personal data comes from somebody else, and no notice says what data it is.

Those who hand over their data themselves know what they gave. Where it comes from elsewhere they do
not, so they must be told what kinds of data it is (Article 14(1)(d)).

To mend it: name the data, or the kind of data it belongs to, in a notice that these people are
given.

Fails:

    kind: activity
    id: discounts
    name: Council tax discounts
    subjects: council-tax-payer
    data: income                          # <- found here
    purposes: council-tax
    sources:
      - from: dwp
    ---
    kind: party
    id: dwp
    name: Department for Work and Pensions
    type: public-authority
    broader: benefits-authority
    ---
    kind: notice
    id: council-tax
    audience: council-tax-payer
    text: council-tax.md
    statements:
      - quote: The Department for Work and Pensions helps us to work out your bill
        collects: {from: dwp, purposes: council-tax}

Passes:

    kind: activity
    id: discounts
    name: Council tax discounts
    subjects: council-tax-payer
    data: income
    purposes: council-tax
    sources:
      - from: dwp
    ---
    kind: party
    id: dwp
    name: Department for Work and Pensions
    type: public-authority
    broader: benefits-authority
    ---
    kind: notice
    id: council-tax
    audience: council-tax-payer
    text: council-tax.md
    statements:
      - quote: The Department for Work and Pensions tells us your income
        collects: {from: dwp, data: income, purposes: council-tax}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 14(1)(d)",),
    covers=("N-1D-CAT", "C-CATEGORY", "N-13v14"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.DATA, Verdict.OMITTED):
        yield case.problem(
            gap,
            case.written(gap.flow, "data"),
            f"{gap.nobody} tells {gap.people} that their data includes {gap.first}",
            f"mention {gap.missing} in {case.notices_of(gap)}",
        )
