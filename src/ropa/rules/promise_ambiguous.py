"""A notice promises that something is not done, and says as plainly that it is.

"We do not give your address to any school" and "we share information about you with your school"
cannot both be read at their word. Where the second is narrower, and one of the two says that there is an
exception ("except", "apart from", "other than", "unless", "but we", "only ... to"), the narrower one wins. Here
neither says so, or each is wider than the other in some way, so people cannot tell which holds for them.
A notice must be clear (Article 12(1)), and what it says must be true (Article 5(1)(a)).

Whoever works for the organisation as its processor is not "anyone" in a promise about giving data away. Words
that keep data inside ("your details never leave the council", "it stays with us") are about processors, too.

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

Fails, where the narrower sentence is not marked as an exception:

    kind: activity
    id: tenancies
    name: Letting homes
    subjects: tenant
    data: [name, email-address]
    purposes: housing-services
    disclosures:
      - to: mailer                        # <- found here
        data: email-address
    ---
    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: Your details never leave the council
        never: discloses
        to: anyone
      - quote: We send your email address to Sample Mailer Ltd
        discloses: {to: mailer, data: email-address}

Passes, where it is, and where a firm that works for us is not meant:

    kind: activity
    id: tenancies
    name: Letting homes
    subjects: tenant
    data: [name, email-address]
    purposes: housing-services
    disclosures:
      - to: mailer
        data: email-address
      - to: survey-firm
        data: name
    ---
    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    ---
    kind: party
    id: survey-firm
    name: Sample Surveys Ltd
    type: controller
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We do not give your details to anyone
        never: discloses
        to: anyone
      - quote: We send your email address to Sample Mailer Ltd, which works for us
        discloses: {to: mailer, data: email-address}
      - quote: The only exception is that we give your name to Sample Surveys Ltd
        discloses: {to: survey-firm, data: name}

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
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 12(1)"),
    covers=("C-DENY",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PROMISE, Verdict.AMBIGUOUS):
        done = phrases.goes(case.register, gap.flow, f"data about {gap.people}")
        promise = phrases.quoted(gap.against, most=40)
        said = phrases.quoted(gap.told_by, most=30)
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{done}; {said} says so, and {promise} denies it",
            "find out which is true; if the one is an exception, say so in one of the two (“except ...”, "
            "“but we ...”), or state it in the promise (`unless`) and record for this flow that it applies"
            f"{case.in_other_modes(gap.judgement)}",
        )
