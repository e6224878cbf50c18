"""Personal data goes abroad, and no safeguard is recorded.

Data may leave the country only under an adequacy decision, under appropriate safeguards such as
the International Data Transfer Agreement, or under one of the narrow exceptions (Articles 44 to
49). The record must name the country and the safeguard (Article 30(1)(e)). That holds for a firm
that works for you, too.

To mend it: write `safeguard` with the disclosure, or once with the party. If there is no safeguard,
stop the transfer.

Fails:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: [email-address, survey-responses]
    purposes: surveys
    disclosures:
      - to: survey-firm                   # <- found here
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US

Passes:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: [email-address, survey-responses]
    purposes: surveys
    disclosures:
      - to: survey-firm
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US
    safeguard: addendum
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases

LAW = tuple(f"UK GDPR Article {article}" for article in ("30(1)(e)", "44", "45", "46"))


@rule(Severity.ERROR, since="0.1.0", law=LAW, covers=("T-44", "A30-1E-ID", "A30-2C"))
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.without_safeguard():
        party = case.register.parties.get(flow.end.id)
        if party and party.origin.lost("safeguard"):
            continue
        yield Problem(
            (flow.origin / "to").location,
            f"{phrases.abroad(case.register, flow)}, and no safeguard is recorded",
            f"write `safeguard` here or for the party: {phrases.several(phrases.SAFEGUARDS, 'or')}",
            where=flow.id,
            facet="safeguard",
        )
