"""Special category data is said to have been made public by the person, and nothing shows how.

Article 9(2)(e) holds for data that the person themselves has manifestly made public, by a clear act of
their own. That somebody else published it, or that it can be found, is not enough. The organisation
has to be able to show it (Article 5(2)).

To mend it: write `reason` below `basis`: where and how the person made it public. If they did not,
name the condition that fits.

Fails:

    kind: activity
    id: files
    name: Health files
    subjects: patient
    data: [name, health]
    purposes: health-care
    basis: {article_6: e, article_9: e, law: National Health Service Act 2006 s.1}     # <- found here

Passes:

    kind: activity
    id: councillors
    name: Politics of our councillors
    subjects: councillor
    data: [name, political-opinion]
    purposes: communications
    basis:
      article_6: e
      article_9: e
      law: Local Government Act 1972 s.100G
      reason: councillors stood for election for the party that is named
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 9(2)(e)", "UK GDPR Article 5(2)"),
    covers=("A9-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if ground.basis.article_9 == "e" and not is_answer(ground.basis.reason):
            yield Problem(
                (ground.origin / "article_9").location,
                f"{case.ledger.said(ground)} rests on data that people made public themselves "
                "(Article 9(2)(e)), and the record does not say how they did",
                "write `reason` below `basis`: where and how they made it public",
                where=ground.where,
                facet="basis/reason",
            )
