"""A transfer still rests on the standard contractual clauses of before 2021.

The European clauses of 2001, 2004 and 2010 were repealed on 27 September 2021. Contracts made
before served under the EU GDPR until 27 December 2022; under the UK GDPR contracts made by 21
September 2022 served until 21 March 2024.

To mend it: make a new contract, with the clauses of 2021, the UK Addendum or the International Data
Transfer Agreement.

Fails:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: old-sccs               # <- found here
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
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: idta
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US

Passes, while they still serve:

    # as of 2024-01-31
    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: old-sccs
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import COUNTRY
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 46", "EU GDPR Article 46(2)(c)", "Implementing Decision (EU) 2021/914"),
    rests_on=("safeguards/old-clauses-uk", "safeguards/old-clauses-eu"),
    covers=("T-SCC-OLD-EU", "T-SAFEGUARD-UK"),
)
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.restricted:
        if flow.safeguard == "old-sccs":
            day = case.settings.day
            for regime in law.crossed(case.regimes, *flow.box[COUNTRY]):
                if law.safeguard("old-sccs", regime, day) is None:
                    yield Problem(
                        (flow.origin / "safeguard").location,
                        f"{phrases.abroad(case.register, flow)}, which serve no longer under the "
                        f"law of the {law.WHOSE[regime]}",
                        "make a new contract, and record its safeguard",
                        where=flow.id,
                        facet=f"safeguard/{regime}",
                    )
