"""A notice tells what data comes from somebody else only in words that could mean anything.

Where data does not come from the people themselves, they must be told the categories of data it is
(Article 14(1)(d)). “Personal data” and “information about you” are not categories, and neither is a
word so wide that nobody would think of the data in question.

To mend it: name the data, or the kind of data it belongs to (“health information”), in the sentence
that is there already.

Fails:

    kind: activity
    id: referrals
    name: Referrals to the clinic
    subjects: patient
    data: mental-health                   # <- found here
    purposes: health-care
    sources:
      - from: gp-practice
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: Your doctor sends us information about you
        collects: {from: gp-practice, data: personal-data}

Passes:

    kind: activity
    id: referrals
    name: Referrals to the clinic
    subjects: patient
    data: mental-health
    purposes: health-care
    sources:
      - from: gp-practice
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: Your doctor sends us information about your health
        collects: {from: gp-practice, data: health}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 14(1)(d)",),
    covers=("N-1D-CAT", "C-CATEGORY", "V-CATEGORY"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.DATA, Verdict.VAGUE):
        yield case.problem(
            gap,
            case.written(gap.flow, "data"),
            f"data about {gap.people} includes {gap.first}; "
            f"the notices say only {phrases.quoted(gap.told_by, 40)}",
            f"mention {gap.missing}, or its kind, in {case.notices_saying(gap.told_by)}",
        )
