"""A notice promises that something is not done, and says as plainly that it is.

"We do not give your address to any school" and "we share information about you with your school"
cannot both be read at their word. Where one of the two is plainly the exception to the other, it
wins. Here each is wider than the other in some way, so people cannot tell which holds for them.
A notice must be clear (Article 12(1)), and what it says must be true (Article 5(1)(a)).

To mend it: make one sentence the exception to the other ("except your address"), or give the
promise the exception that is meant under `unless` and record for the flow that it applies.

Fails:

    kind: activity
    id: tenancies
    name: Council tenancies
    subjects: tenant
    data: [name, payment-record]
    purposes: housing-services
    disclosures:
      - to: gas-firm                      # <- found here
    ---
    kind: party
    id: gas-firm
    name: Example Gas Repairs Ltd
    type: controller
    broader: contractor
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We do not tell anyone what rent you have paid
        never: discloses
        to: anyone
        data: payment-record
      - quote: We share what our contractors need to look after your home
        discloses: contractor

Passes:

    kind: activity
    id: tenancies
    name: Council tenancies
    subjects: tenant
    data: [name, payment-record]
    purposes: housing-services
    disclosures:
      - to: gas-firm
        data: name
    ---
    kind: party
    id: gas-firm
    name: Example Gas Repairs Ltd
    type: controller
    broader: contractor
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We do not tell anyone what rent you have paid
        never: discloses
        to: anyone
        data: payment-record
      - quote: We share what our contractors need to look after your home
        discloses: contractor
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.gaps import Gap
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.ERROR, law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 12(1)"), covers=("C-DENY",))
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PROMISE, Verdict.AMBIGUOUS):
        done = phrases.deed(case.register, gap.flow, f"data about {gap.people}")
        promise = phrases.quoted(gap.against, most=300)
        said = phrases.quoted(gap.told_by, most=300)
        notices = case.notices_saying((*gap.against, *gap.told_by))
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{done}, and both {promise} and {said} stand in {notices}{_why(case, gap)}",
            "say in one of the two sentences what is excepted, or add the exception to the "
            "promise (`unless`) and record for this flow that it applies",
        )


def _why(case: Case, gap: Gap) -> str:
    """Why neither wins; where the ways to judge a promise differ, what the others say."""
    verdict, modes = gap.judgement.verdict, gap.judgement.modes
    others = phrases.several(f"{v} in the mode {mode}" for mode, v in modes if v is not verdict)
    if not others:
        return ", neither being the exception to the other"
    return f"; neither wins in the mode {case.settings.mode}, and it would be {others}"
