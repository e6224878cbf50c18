"""A transfer rests on an adequacy decision that covers only some, and nothing shows that the recipient
is one.

Some decisions cover part of a country: those in Canada subject to its privacy law for business
(PIPEDA), those in Japan subject to the APPI, firms in the United States on the Data Privacy
Framework List, for the United Kingdom with the UK Extension. Whether a recipient belongs has to be
looked up and recorded.

To mend it: look the recipient up, and write `adequacy_scheme` with the party or the disclosure. If
it is not covered, agree on another safeguard.

Fails:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: adequacy               # <- found here
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US
    adequacy_scheme: dpf

Passes:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: adequacy
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US
    adequacy_scheme: [dpf, uk-extension]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 45A", "EU GDPR Article 45(3)"),
    rests_on=("adequacy-uk", "adequacy-eu"),
    covers=("T-ADEQ-UK", "T-ADEQ-EU"),
)
def check(case: Case) -> Iterator[Problem]:
    for flow, country, mark in case.graph.crossings:
        if flow.safeguard == "adequacy":
            day = case.settings.day
            for regime in law.crossed(case.regimes, country):
                row = law.adequacy(regime, country, day)
                if row and not set(row.schemes) <= set(flow.transfer.schemes):
                    yield Problem(
                        (flow.origin / "safeguard").location,
                        f"{phrases.abroad(case.register, flow, country=country)}; it holds only where "
                        f"{row.condition}, and the record does not say so",
                        f"look it up, and write `adequacy_scheme: [{', '.join(row.schemes)}]`",
                        where=flow.id,
                        facet=f"adequacy_scheme/{regime}{mark}",
                    )
