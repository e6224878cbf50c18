"""An organisation that is no public authority relies on a public task.

Since 5 February 2026 a public task under the UK GDPR has to be the controller's own (Data (Use and
Access) Act 2025 s.70). A charity or a firm that answers the request of a council can no longer
borrow the council's task. It may rest its answer on a recognised legitimate interest (Article
6(1)(ea), Annex 1 paragraph 1). Some firms do have a task of their own, such as a water company or
an academy trust.

To mend it: write under `official_authority` what gives the organisation this task, or name another
basis.

Fails:

    kind: organisation
    id: lantern
    name: Example Lantern Trust
    contact: office@lantern.example
    ---
    kind: activity
    id: referrals
    name: Answering the council's questions about families
    subjects: parent
    data: name
    purposes: safeguarding
    basis: {article_6: e, law: Children Act 1989 s.47}          # <- found here

Passes:

    kind: organisation
    id: lantern
    name: Example Lantern Trust
    contact: office@lantern.example
    ---
    kind: activity
    id: referrals
    name: Answering the council's questions about families
    subjects: parent
    data: name
    purposes: safeguarding
    basis: {article_6: ea, annex_1: "1"}

Passes, where official authority is recorded:

    kind: organisation
    id: lantern
    name: Example Lantern Trust
    contact: office@lantern.example
    ---
    kind: activity
    id: referrals
    name: Answering the council's questions about families
    subjects: parent
    data: name
    purposes: safeguarding
    official_authority: Children Act 1989 s.47
    basis: {article_6: e, law: Children Act 1989 s.47}

Passes, before that was law:

    # as of 2025-01-01
    kind: organisation
    id: lantern
    name: Example Lantern Trust
    contact: office@lantern.example
    ---
    kind: activity
    id: referrals
    name: Answering the council's questions about families
    subjects: parent
    data: name
    purposes: safeguarding
    basis: {article_6: e, law: Children Act 1989 s.47}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 6(1)(e)", "Data (Use and Access) Act 2025 s.70(2)(a)"),
    regimes=("uk-gdpr",),
    rests_on=("duties/own-public-task",),
    covers=("A6-E-OWN",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation is None or organisation.public_authority:
        return
    if organisation.origin.lost("public_authority"):
        return
    if law.DUTIES.find("own-public-task", case.settings.day, case.regimes):
        for ground in case.ledger.grounds:
            given = ground.activity.record.official_authority
            if ground.basis.article_6 == "e" and not is_answer(given):
                yield Problem(
                    (ground.origin / "article_6").location,
                    f"{organisation.name} is no public authority, and {case.ledger.said(ground)} "
                    "rests on a public task",
                    "write `official_authority`: what gives it this task; or name another basis",
                    where=ground.where,
                    facet="basis/article_6",
                )
