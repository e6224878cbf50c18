"""A recognised legitimate interest is recorded under the EU GDPR, which knows none.

The basis of Article 6(1)(ea) was added to the UK GDPR alone. What is done under the EU GDPR, too,
needs one of the six bases of its own Article 6(1).

To mend it: name another basis, or record what is done under each law as an activity of its own.

Fails:

    kind: organisation
    id: examplewear
    name: Examplewear Ltd
    contact: privacy@examplewear.example
    regimes: [uk-gdpr, eu-gdpr]
    ---
    kind: activity
    id: fraud-checks
    name: Checking orders for fraud
    subjects: enquirer
    data: name
    purposes: fraud-prevention
    basis: {article_6: ea, annex_1: "5"}                        # <- found here

Passes:

    kind: organisation
    id: examplewear
    name: Examplewear Ltd
    contact: privacy@examplewear.example
    regimes: [uk-gdpr, eu-gdpr]
    ---
    kind: activity
    id: fraud-checks
    name: Checking orders for fraud
    subjects: enquirer
    data: name
    purposes: fraud-prevention
    basis: {article_6: f, interests: not sending goods to thieves}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("EU GDPR Article 6(1)",),
    regimes=("eu-gdpr",),
    covers=("A6-EA-EU",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if ground.basis.article_6 == "ea":
            yield Problem(
                (ground.origin / "article_6").location,
                f"{case.ledger.said(ground)} rests on a recognised legitimate interest, and the EU "
                "GDPR knows none",
                "name one of the bases (a) to (f)",
                where=ground.where,
                facet="basis/article_6",
            )
