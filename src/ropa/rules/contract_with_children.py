"""The data of children rests on a contract.

The basis holds for a contract to which the person themselves is a party (Article 6(1)(b)), and a child
can seldom make one: a school's contract, where there is one, is with the parents. Whoever relies on it
has to consider whether the child is able to understand and to enter into it.

To mend it: name the basis that the work rests on: a task or a duty with its law, or legitimate
interests. Where young people of 16 and more make the contract through an online service, write its
`minimum_age`.

Fails:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: b, reason: they are enrolled with us}      # <- found here

Passes:

    kind: activity
    id: fees
    name: School fees
    subjects: parent
    data: name
    purposes: billing
    basis: {article_6: b, reason: parents sign the contract}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_OLD_ENOUGH = 16


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 6(1)(b)",), covers=("A6-REASON",))
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        children = case.ledger.children(ground.subjects)
        if children and ground.basis.article_6 == "b" and not _are_old_enough(ground):
            who = phrases.names(case.register, Facet.SUBJECT, children)
            yield Problem(
                (ground.origin / "article_6").location,
                f"{case.ledger.said(ground)} rests on a contract for the data of {who}, who can "
                "seldom be a party to one",
                "name the basis that it rests on for them",
                where=ground.where,
                facet="basis/article_6",
            )


def _are_old_enough(ground: LedgerGround) -> bool:
    service = ground.activity.record.online_service
    return service is not None and (service.minimum_age or 0) >= _OLD_ENOUGH
