"""The yearly return about children to the Department for Education is not recorded as what it is.

Councils in England send the Department for Education particulars of children in need and children
looked after because section 83(3) of the Children Act 1989 makes them; under section 83(4A) they
may identify each child. The basis is a legal obligation, Article 6(1)(c), and the law is that
section.

To mend it: write `basis: {article_6: c, law: Children Act 1989 s.83}` with the activity or the
disclosure.

Fails:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: e, law: Education Act 1996 s.537A}
    disclosures:
      - to: dfe                           # <- found here
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Fails, where the section is named and the basis is not a duty:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: e, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe                           # <- found here
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Fails, where the disclosure has a basis of its own:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
        basis: {article_6: c, law: Education Act 1996 s.537A} # <- found here
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Fails, where another section, or section 83 of another law, is named:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: [Children Act 1989 s.17, Education Act 1996 s.83]}
    disclosures:
      - to: dfe                           # <- found here
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Passes:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Passes, where another law is named beside:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: [Education Act 1996 s.537A, Children Act 1989 s.83]}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority

Passes, where no basis is recorded, which `basis-not-recorded` tells:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Basis
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 6(1)(c)", "Children Act 1989 s.83(3)", "Children Act 1989 s.83(4A)"),
    regimes=("uk-gdpr",),
    covers=("D-S83",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity, disclosure in case.ledger.returns:
        bases = [part.basis for part in disclosure.bases]
        if bases and not any(basis.article_6 == "c" and _names_it(basis) for basis in bases):
            own, basis = not disclosure.inherits, bases[0]
            yield Problem(
                (disclosure.origin / ("basis" if own else "to")).location,
                f"“{activity.name}” sends the Department for Education data about children, and the "
                f"record rests it on {basis}, not on the duty of section 83",
                "write `basis: {article_6: c, law: Children Act 1989 s.83}`",
                where=f"{activity.id}/disclose/{disclosure.to}",
                facet="basis/law",
            )


def _names_it(basis: Basis) -> bool:
    return any(
        "children act 1989" in law.casefold() and re.search(r"\b83\b", law) for law in basis.law
    )
