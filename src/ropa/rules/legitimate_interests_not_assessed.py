"""Something rests on legitimate interests, and they are not named or not weighed.

The basis holds only where the interest is real, the data necessary, and the person's own interests
do not weigh more, above all where the person is a child (Article 6(1)(f)). The organisation must be
able to show that it weighed them, and people are told which interests are pursued (Articles
13(1)(d) and 14(2)(b)).

To mend it: write the interest under `interests` below `basis`, and the name of the assessment under
`legitimate_interests_assessment`.

Fails:

    kind: activity
    id: postal-offers
    name: Offers by post
    subjects: enquirer
    data: address
    purposes: marketing
    basis: {article_6: f, interests: winning customers back}    # <- found here

Fails, where the interests themselves are not named:

    kind: activity
    id: postal-offers
    name: Offers by post
    subjects: enquirer
    data: address
    purposes: marketing
    basis: {article_6: f}                 # <- found here

Passes:

    kind: activity
    id: postal-offers
    name: Offers by post
    subjects: enquirer
    data: address
    purposes: marketing
    basis: {article_6: f, interests: winning customers back}
    legitimate_interests_assessment: LIA-2026-2
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 6(1)(f)"),
    covers=("A6-F-LIA",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if ground.basis.article_6 == "f":
            lacks = tuple(_lacking(ground))
            if lacks:
                children = case.ledger.children(ground.subjects)
                care = ", and some of it is about children" if children else ""
                yield Problem(
                    ground.origin.location,
                    f"{case.ledger.said(ground)} rests on legitimate interests, and the record "
                    f"does not hold {phrases.several(lacks, 'or')}{care}",
                    "write `interests` below `basis`, and `legitimate_interests_assessment`",
                    where=ground.where,
                    facet="legitimate_interests_assessment",
                )


def _lacking(ground: LedgerGround) -> Iterator[str]:
    if not ground.basis.interests:
        yield "which interests"
    if not ground.activity.record.legitimate_interests_assessment:
        yield "an assessment of them"
