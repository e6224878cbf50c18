"""A notice tells only in part how long personal data is kept.

“For six years” says little while nobody knows when the six years begin. And a period for some of
the data, or for some of the people, leaves the rest untold. All of it must be told, or how it is
decided (Articles 13(2)(a) and 14(2)(a)).

To mend it: add what is missing to the sentence that tells the period, or add a sentence for the
rest.

Fails:

    kind: activity
    id: complaints
    name: Complaints about the hospital
    subjects: patient
    data: complaint-details
    purposes: complaints-handling
    retention:
      - period: P10Y                      # <- found here
        trigger: end-of-case
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We keep complaints for ten years
        keeps: {data: complaint-details, period: P10Y}

Passes:

    kind: activity
    id: complaints
    name: Complaints about the hospital
    subjects: patient
    data: complaint-details
    purposes: complaints-handling
    retention:
      - period: P10Y
        trigger: end-of-case
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We keep complaints for ten years after we have answered
        keeps: {data: complaint-details, period: P10Y, trigger: end-of-case}
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
    law=("UK GDPR Article 13(2)(a)", "UK GDPR Article 14(2)(a)"),
    covers=("N-2A",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RETENTION, Verdict.PARTIAL):
        entries = case.untold.entries(gap)
        recorded, lacks = phrases.schedule(case.register, entries), case.untold.lacks(gap)
        yield case.problem(
            gap,
            entries[0].origin / "period",
            f"{gap.nobody} tells {gap.people} {', nor '.join(lacks)}",
            f"say {', and '.join(lacks)} in {case.notices_of(gap)}: {recorded}",
        )
