"""Data is used, and the record names no lawful basis.

Every use of personal data needs one of the bases of Article 6(1), and people are told which
(Articles 13(1)(c) and 14(1)(c)). If the record does not name it, nobody can show that there is one,
and whether people are told the truth cannot be checked.

To mend it: write `basis` with `article_6`, the letter of Article 6(1), and the law it rests on.

Fails:

    kind: activity                        # <- found here
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care

Fails, where the law is written and not the letter:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {law: National Health Service Act 2006 s.1} # <- found here

Fails, where a disclosure has a basis of its own without the letter:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    disclosures:
      - to: gp-practice
        basis: {law: National Health Service Act 2006 s.13G} # <- found here

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    law=("UK GDPR Article 5(2)", "UK GDPR Article 6(1)"),
    undecided=True,
    covers=("A6-ONE",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        if activity.basis is None or not activity.basis.article_6:
            yield Problem(
                (activity.origin / "basis").location,
                f"the record names no lawful basis for “{activity.name}”",
                "write `article_6` below `basis`: the letter of Article 6(1), and the law",
                where=f"activity/{activity.id}",
                facet="basis",
            )
    for ground in case.ledger.grounds:
        if ground.disclosure and not ground.basis.article_6:
            yield Problem(
                ground.origin.location,
                f"the record names no lawful basis for {case.ledger.said(ground)}",
                "write `article_6` below `basis`: the letter of Article 6(1), and the law",
                where=ground.where,
                facet="basis",
            )
