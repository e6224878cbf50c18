"""A notice tells another lawful basis than the register records.

People's rights follow from the lawful basis they are told (Articles 13(1)(c) and 14(1)(c)). Those
who are told of consent believe that they can take it back; those who are told of legitimate
interests believe that they can object. A basis that is not the true one misleads them, and that is
neither fair nor transparent (Article 5(1)(a)).

To mend it: find out which of the two is right. Correct the register if it is the notice, and the
notice if it is the register; people have to be told of such a change.

Fails:

    kind: activity
    id: admissions
    name: School admissions
    subjects: [pupil, parent]
    data: [name, address]
    purposes: school-admissions
    sources: data-subject
    basis:                                # <- found here
      article_6: e
      law: School Standards and Framework Act 1998 s.84
    ---
    kind: notice
    id: families
    audience: [pupil, parent]
    text: families.md
    statements:
      - quote: By sending this form you consent to our use of it for admissions (Article 6(1)(a))
        uses: {purposes: school-admissions, basis: {article_6: a}}

Passes:

    kind: activity
    id: admissions
    name: School admissions
    subjects: [pupil, parent]
    data: [name, address]
    purposes: school-admissions
    sources: data-subject
    basis:
      article_6: e
      law: School Standards and Framework Act 1998 s.84
    ---
    kind: notice
    id: families
    audience: [pupil, parent]
    text: families.md
    statements:
      - quote: Admissions are our public task (Article 6(1)(e))
        uses: {purposes: school-admissions, basis: {article_6: e}}
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
    law=("UK GDPR Article 13(1)(c)", "UK GDPR Article 14(1)(c)", "UK GDPR Article 5(1)(a)"),
    covers=("C-BASIS",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.BASIS, Verdict.CONTRADICTED):
        basis = phrases.basis(gap.flow.basis)
        told = dict.fromkeys(phrases.basis(statement.basis) for statement in gap.against)
        yield case.problem(
            gap,
            case.written(gap.flow, "basis"),
            f"{gap.people} are told that the basis is {phrases.several(told)}, and the register says {basis}",
            f"find out which is right: correct the register or {case.notices_saying(gap.against)}",
        )
