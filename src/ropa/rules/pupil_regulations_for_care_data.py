"""Sharing data from children's social care is said to rest on regulations about pupils.

The regulations of 2009 on individual pupil information (SI 2009/1563, under the Education Act 1996
s.537A) cover pupils at schools in England and nothing else. They do not let anybody share data
about children in need or children looked after.

To mend it: name the law that does let it be shared, such as the Children Act 1989 s.83.

Fails:

    kind: activity
    id: research-extract
    name: Extract for researchers
    subjects: looked-after-child
    data: placement
    purposes: research
    disclosures:
      - to: researcher
        basis: {article_6: e, law: SI 2009/1563}                # <- found here

Fails, where another law is named beside:

    kind: activity
    id: research-extract
    name: Extract for researchers
    subjects: looked-after-child
    data: placement
    purposes: research
    disclosures:
      - to: researcher
        basis: {article_6: e, law: [Education Act 1996 s.537A, SI 2009/1563]} # <- found here

Passes:

    kind: activity
    id: research-extract
    name: Extract for researchers
    subjects: pupil
    data: attendance
    purposes: research
    disclosures:
      - to: researcher
        basis: {article_6: e, law: SI 2009/1563}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import IN_CARE
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("Education Act 1996 s.537A", "SI 2009/1563"),
    regimes=("uk-gdpr",),
    covers=("D-NPD-GATE",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if any("2009/1563" in law for law in ground.basis.law):
            subjects = ground.subjects
            if case.ledger.about(Facet.SUBJECT, subjects, IN_CARE):
                yield Problem(
                    ground.origin.location,
                    f"{case.ledger.said(ground)} rests on SI 2009/1563, which covers pupils at "
                    "schools and not children in need or in care",
                    "name the law that lets it be shared",
                    where=ground.where,
                    facet="basis/law",
                )
