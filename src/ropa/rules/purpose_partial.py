"""A notice tells some of what personal data is used for, and leaves the rest out.

A list of purposes reads as complete. People who are told of one purpose and not of another, or who
are told what some of their data is used for and not the rest, cannot know what is missing. All
purposes must be told to everybody the data is about (Articles 13(1)(c) and 14(1)(c)).

To mend it: add what is missing to a notice that these people are given, or leave out of the
register what is not done.

Fails:

    kind: activity
    id: census
    name: School census
    subjects: pupil
    data: attendance
    purposes: statutory-return
    sources: data-subject
    disclosures:
      - to: dfe
        purposes: [statistics, research]  # <- found here
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Each term we have to send a return about you
        uses: statutory-return
      - quote: The Department for Education counts who comes to school
        discloses: {to: dfe, purposes: statistics}

Passes:

    kind: activity
    id: census
    name: School census
    subjects: pupil
    data: attendance
    purposes: statutory-return
    sources: data-subject
    disclosures:
      - to: dfe
        purposes: [statistics, research]
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Each term we have to send a return about you
        uses: statutory-return
      - quote: The Department for Education counts who comes to school, and does research
        discloses: {to: dfe, purposes: [statistics, research]}
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
    law=("UK GDPR Article 13(1)(c)", "UK GDPR Article 14(1)(c)"),
    covers=("N-1C-P", "C-PURPOSE"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PURPOSE, Verdict.PARTIAL):
        goes = phrases.goes(case.register, gap.flow)
        yield case.problem(
            gap,
            gap.flow.origin / "purposes",
            f"{gap.nobody} tells {gap.people} that {goes} for {gap.first}",
            f"say in {case.notices_of(gap)} that their data is used for {case.untold.words_untold(gap)}",
        )
