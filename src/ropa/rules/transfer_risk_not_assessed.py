"""A transfer rests on a safeguard whose risk nobody assessed.

A contract does not bind the authorities of another country. Whoever relies on clauses, on binding
rules or on an instrument between public bodies first assesses whether people stay protected there:
under the UK GDPR, whether protection is not materially lower (Articles 45B and 46). An adequacy
decision has done so already, and an exception takes none.

To mend it: do the assessment, and write its name under `transfer_risk_assessment`, with the
disclosure or the party.

Fails:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm                   # <- found here
    ---
    kind: party
    id: survey-firm
    name: Askwell Example Inc.
    type: processor
    country: US
    safeguard: addendum

Passes:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
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
    transfer_risk_assessment: TRA-2026-3

Passes, where no safeguard is recorded, which `transfer-without-safeguard` tells:

    kind: activity
    id: staff-survey
    name: Yearly survey of our staff
    subjects: employee
    data: survey-responses
    purposes: surveys
    disclosures:
      - to: survey-firm
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
from ropa.flows.flow import Flow
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 46", "UK GDPR Article 45B", "CJEU C-311/18"),
    rests_on=("safeguards", "duties/data-protection-test"),
    covers=("T-TRA",),
)
def check(case: Case) -> Iterator[Problem]:
    found: dict[str, Flow] = {}
    for flow in case.graph.restricted:
        if flow.safeguard and not flow.transfer.risk_assessment and _due(case, flow.safeguard):
            found.setdefault(flow.end.id, flow)
    for recipient, flow in found.items():
        yield Problem(
            (flow.origin / "to").location,
            f"{phrases.goes_abroad(case.register, flow, 'data')}, and no assessment of the risk is on file",
            f"write `transfer_risk_assessment`, here or with the party: {phrases.SAFEGUARDS[flow.safeguard]} needs one",
            where=f"party/{recipient}",
            facet="transfer_risk_assessment",
        )


def _due(case: Case, safeguard: str) -> bool:
    """Whether any law that applies has the risk of such a transfer assessed."""
    rows = (law.safeguard(safeguard, regime, case.settings.day) for regime in case.regimes)
    return any(row is not None and row.assessment for row in rows)
