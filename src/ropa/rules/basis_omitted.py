"""No notice tells the lawful basis on which personal data is used.

Every use of personal data rests on one of the bases in Article 6, and people must be told which
(Articles 13(1)(c) and 14(1)(c)): their rights depend on it. Consent can be withdrawn, a public task
can be objected to, a contract gives a right to take the data elsewhere.

To mend it: tell the basis next to the purpose, with the article and, where it is a legal obligation
or a public task, the law it rests on.

Fails:

    kind: activity
    id: permits
    name: Parking permits
    subjects: resident
    data: [name, vehicle-registration]
    purposes: licensing
    sources: data-subject
    basis:                                # <- found here
      article_6: e
      law: Road Traffic Regulation Act 1984 s.45
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: We use your registration number to give you a permit
        uses: licensing

Passes:

    kind: activity
    id: permits
    name: Parking permits
    subjects: resident
    data: [name, vehicle-registration]
    purposes: licensing
    sources: data-subject
    basis:
      article_6: e
      law: Road Traffic Regulation Act 1984 s.45
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: Permits for residents are our public task (Article 6(1)(e))
        uses: {purposes: licensing, basis: {article_6: e}}
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
    covers=("N-1C-L",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.BASIS, Verdict.OMITTED):
        yield case.problem(
            gap,
            case.written(gap.flow, "basis"),
            f"{gap.nobody} tells {gap.people} {phrases.lawful(case.register, gap.flow)}",
            f"tell it in {case.notices_of(gap)}, next to the purpose: {phrases.basis(gap.flow.basis)}",
        )
