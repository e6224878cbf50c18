"""A transfer rests on a safeguard that the law it is under does not know.

The United Kingdom and the European Union each have their own. For transfers under the UK GDPR there
are the International Data Transfer Agreement and the UK Addendum to the European clauses, both
since 21 March 2022; the European clauses alone are none. Under the EU GDPR there are the standard
contractual clauses of 2021, and the International Data Transfer Agreement is none (Article 46). The
Addendum holds the European clauses, so it serves both.

To mend it: agree on the safeguard of the right law, and record it.

Fails:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
        safeguard: sccs                   # <- found here
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
        safeguard: addendum
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
    law=("UK GDPR Article 46", "EU GDPR Article 46(2)", "DPA 2018 s.119A"),
    rests_on=("safeguards",),
    covers=("T-SAFEGUARD-UK",),
)
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.restricted:
        if flow.safeguard not in ("", "old-sccs"):
            day = case.settings.day
            for regime in law.crossed(case.regimes, *flow.box[COUNTRY]):
                if law.safeguard(flow.safeguard, regime, day) is None:
                    yield Problem(
                        (flow.origin / "safeguard").location,
                        f"{phrases.abroad(case.register, flow)}, which on {phrases.day(day)} is no "
                        f"safeguard under the law of the {law.WHOSE[regime]}",
                        "agree on a safeguard of that law, and record it",
                        where=flow.id,
                        facet=f"safeguard/{regime}",
                    )
