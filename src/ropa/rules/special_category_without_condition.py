"""Special category data is used, and no condition of Article 9 is recorded.

Data about health, ethnicity, religion, sex life and the like may be used only where a condition of
Article 9(2) is met, besides a lawful basis (Article 9(1)). Which data that is, the words of the
register say (`special: article_9`).

To mend it: write `article_9` below `basis`: the letter of the condition. If none is met, do not use
the data.

Fails:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: [name, allergies-and-diet]
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}        # <- found here

Passes:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: [name, allergies-and-diet]
    purposes: education-provision
    basis: {article_6: e, article_9: g, schedule_1: "6", law: Education Act 1996 s.512}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 9(1)", "UK GDPR Article 9(2)"),
    covers=("A9-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        special = case.ledger.special(ground.data)
        if special and not ground.basis.article_9:
            data = phrases.names(case.register, Facet.DATA, special)
            yield Problem(
                ground.origin.location,
                f"{case.ledger.said(ground)} uses {data}, which is special category data, and no "
                "condition of Article 9(2) is recorded",
                "write `article_9` below `basis`: the letter of the condition",
                where=ground.where,
                facet="basis/article_9",
            )
