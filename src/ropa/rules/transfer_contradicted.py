"""A notice tells another safeguard for data that leaves the country than the register records.

Where personal data leaves the country, people must be told to where it goes and what protects it
there, so that they can ask for a copy of it (Articles 13(1)(f) and 14(1)(f)). A safeguard that is
not the one in place is worse than none told: it misleads (Article 5(1)(a)), and it often means that
the contract was never updated.

To mend it: look up the contract. Correct the register or the notice, whichever is wrong.

Fails:

    kind: activity
    id: job-board
    name: Job applications
    subjects: job-applicant
    data: employment-history
    purposes: recruitment
    disclosures:
      - to: board                         # <- found here
    ---
    kind: party
    id: board
    name: Placeholder Jobs Inc.
    type: processor
    country: US
    safeguard: idta
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: Our job board is in the United States, under standard contractual clauses
        transfers: {to: board, countries: US, safeguard: sccs}

Passes:

    kind: activity
    id: job-board
    name: Job applications
    subjects: job-applicant
    data: employment-history
    purposes: recruitment
    disclosures:
      - to: board
    ---
    kind: party
    id: board
    name: Placeholder Jobs Inc.
    type: processor
    country: US
    safeguard: idta
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: Our job board is in the United States, under a transfer agreement
        transfers: {to: board, countries: US, safeguard: idta}
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
    law=("UK GDPR Article 13(1)(f)", "UK GDPR Article 14(1)(f)", "UK GDPR Article 5(1)(a)"),
    covers=("C-TRANSFER",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.TRANSFER, Verdict.CONTRADICTED):
        deed = phrases.abroad(case.register, gap.flow, f"data about {gap.people}")
        told = dict.fromkeys(phrases.SAFEGUARDS[s.safeguard] for s in gap.against)
        yield case.problem(
            gap,
            gap.flow.origin / "safeguard",
            f"{deed}; the notices say {phrases.several(told)}",
            f"find out which is right: correct the register or {case.notices_saying(gap.against)}",
        )
