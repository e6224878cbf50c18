"""Personal data leaves the country, and the notices tell only some of what is due.

Where personal data leaves the country, people must be told to where it goes and what protects it
there (Articles 13(1)(f) and 14(1)(f)). To name the country is half of it; the other half is the
safeguard and how to get a copy. And it must be told to everybody whose data goes there, for all the
data that goes.

To mend it: add what is missing to the sentence that tells of the transfer, or tell the others as
well.

Fails:

    kind: activity
    id: scans
    name: Reading scans overnight
    subjects: patient
    data: treatment-record
    purposes: health-care
    disclosures:
      - to: readers                       # <- found here
    ---
    kind: party
    id: readers
    name: Placeholder Radiology Pty
    type: processor
    country: AU
    safeguard: idta
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: At night, doctors in Australia look at your scans
        transfers: {to: readers, countries: AU}

Passes:

    kind: activity
    id: scans
    name: Reading scans overnight
    subjects: patient
    data: treatment-record
    purposes: health-care
    disclosures:
      - to: readers
    ---
    kind: party
    id: readers
    name: Placeholder Radiology Pty
    type: processor
    country: AU
    safeguard: idta
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: At night, doctors in Australia look at your scans, under a transfer agreement
        transfers: {to: readers, countries: AU, safeguard: idta}
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
    law=("UK GDPR Article 13(1)(f)", "UK GDPR Article 14(1)(f)"),
    covers=("N-1F", "C-TRANSFER"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.TRANSFER, Verdict.PARTIAL):
        deed = phrases.goes_abroad(case.register, gap.flow, f"data about {gap.people}")
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{deed}, and {gap.nobody} tells them {gap.judgement.lacks}",
            f"name {gap.judgement.lacks} in {case.notices_of(gap)}",
        )
