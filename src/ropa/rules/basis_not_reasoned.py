"""A lawful basis is recorded without saying why it fits.

The basis is chosen before data is used, and the organisation must be able to show that it fits
(Articles 5(2) and 6(1)). The regulator expects the reason in writing. Where a law lays down the
duty or the task, naming that law is reason enough; consent, a contract and vital interests need a
sentence.

To mend it: write `reason` below `basis`.

Fails:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}                 # <- found here

Passes:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a, reason: Nobody has to take it}

Passes, where a law says why:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: d, law: Civil Contingencies Act 2004 s.2}

Passes, where the law is the reason, which `basis-without-law` asks for:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: c}

Passes, where no letter is written, which `basis-not-recorded` asks for:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {law: Public Libraries and Museums Act 1964 s.7}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases

_SAID_OTHERWISE = frozenset({"", "c", "e", "ea", "f"})
"""Bases whose reason is the law, the condition or the interest that other rules ask for."""


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 6(1)", "ICO accountability framework"),
    covers=("A6-REASON",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        basis = ground.basis
        if basis.article_6 not in _SAID_OTHERWISE and not (basis.reason or basis.law):
            yield Problem(
                ground.origin.location,
                f"{case.ledger.said(ground)} rests on {phrases.BASES[basis.article_6]}, and the "
                "record does not say why that fits",
                "write `reason` below `basis`: a sentence",
                where=ground.where,
                facet="basis/reason",
            )
