"""Personal data comes from somebody, and no notice says from whom.

People must be told where their data comes from when it does not come from them, and whether that is
a public source (Article 14(2)(f)). Without it they cannot put right at its origin what is wrong.

To mend it: name the source, or the category it belongs to, in a notice that these people are given.

Fails:

    kind: activity
    id: hiring
    name: Choosing new teachers
    subjects: job-applicant
    data: [employment-history, references]
    purposes: recruitment
    sources:
      - data-subject
      - from: previous-employer           # <- found here
        data: references
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: You tell us where you have worked before
        collects: {from: data-subject, data: employment-history}

Passes:

    kind: activity
    id: hiring
    name: Choosing new teachers
    subjects: job-applicant
    data: [employment-history, references]
    purposes: recruitment
    sources:
      - data-subject
      - from: previous-employer
        data: references
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: You tell us where you have worked before
        collects: {from: data-subject, data: employment-history}
      - quote: We ask your last employer what they think of you
        collects: {from: previous-employer, data: references}

Passes, where another entry took it from the people, or they are the source themselves:

    kind: activity
    id: letters
    name: Letters to former staff
    subjects: former-employee
    data: name
    purposes: newsletter
    sources: own-organisation
    ---
    kind: activity
    id: leaving
    name: Leaving
    subjects: former-employee
    data: [name, address]
    purposes: employment-administration
    sources: data-subject
    ---
    kind: activity
    id: calls
    name: Calling parents
    subjects: parent
    data: phone-number
    purposes: customer-contact
    sources: parent
    ---
    kind: notice
    id: former-staff
    audience: [former-employee, parent]
    text: former-staff.md
    statements:
      - quote: We write to you now and then with our news
        uses: newsletter
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 14(2)(f)",),
    covers=("N-2G", "C-SOURCE", "N-13v14"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.SOURCE, Verdict.OMITTED):
        yield case.problem(
            gap,
            gap.flow.origin / "from",
            f"{gap.nobody} tells {gap.people} that their data comes from {gap.first}",
            f"mention {gap.missing}, by name or by category, in {case.notices_of(gap)}",
        )
