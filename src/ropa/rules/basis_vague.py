"""A notice hints at the lawful basis without naming the article or the law.

“The law requires us” may be meant as a legal obligation, but it does not say which law, and so
nobody can look it up. People must be told the legal basis itself (Articles 13(1)(c) and 14(1)(c));
plain words are welcome beside it. Words that name the law are enough.

To mend it: keep the plain words, and add the article, or the law that makes it an obligation or a
task.

Fails:

    kind: activity
    id: sickness
    name: Sick pay
    subjects: employee
    data: sickness-absence
    purposes: payroll
    sources: data-subject
    basis:                                # <- found here
      article_6: c
      law: Social Security Contributions and Benefits Act 1992 s.151
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: The law makes us keep a record of when you are ill
        uses: {purposes: payroll, basis: {in_words: c}}

Passes:

    kind: activity
    id: sickness
    name: Sick pay
    subjects: employee
    data: sickness-absence
    purposes: payroll
    sources: data-subject
    basis:
      article_6: c
      law: Social Security Contributions and Benefits Act 1992 s.151
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: Section 151 of the Social Security Contributions and Benefits Act makes us use it to pay you
        uses:
          purposes: payroll
          basis:
            in_words: c
            law: Social Security Contributions and Benefits Act 1992 s.151
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
    law=("UK GDPR Article 13(1)(c)", "UK GDPR Article 14(1)(c)"),
    covers=("N-1C-L",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.BASIS, Verdict.VAGUE):
        basis = phrases.basis(gap.flow.basis)
        yield case.problem(
            gap,
            case.written(gap.flow, "basis"),
            f"{phrases.quoted(gap.told_by, 40)} is all that {gap.people} are told of the lawful basis",
            f"name the article or the law in {case.notices_saying(gap.told_by)}: {basis}",
        )
