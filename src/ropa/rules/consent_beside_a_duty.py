"""A disclosure asks for consent although a duty or a task makes it.

People are asked to agree, and it happens whether they agree or not. That misleads them about the
choice they have (Article 5(1)(a)). In care, "not without your consent, unless the law requires it"
is a common way to do so. What confidentiality at common law needs is another matter: call that by
its name.

To mend it: take the condition `consent` out and tell people about the duty, or rest the disclosure
on consent alone.

Fails:

    kind: activity
    id: returns
    name: Yearly return
    subjects: pupil
    data: name
    purposes: statutory-return
    basis: {article_6: c, law: Education Act 1996 s.537A}
    disclosures:
      - to: government-department
        conditions: consent               # <- found here

Fails, where a task in the public interest makes it:

    kind: activity
    id: returns
    name: Yearly return
    subjects: pupil
    data: name
    purposes: statutory-return
    basis: {article_6: e, law: Education Act 1996 s.537A}
    disclosures:
      - to: government-department
        conditions: consent               # <- found here

Passes:

    kind: activity
    id: returns
    name: Yearly return
    subjects: pupil
    data: name
    purposes: statutory-return
    basis: {article_6: c, law: Education Act 1996 s.537A}
    disclosures:
      - to: government-department

Passes, where the disclosure itself rests on consent:

    kind: activity
    id: returns
    name: Yearly return
    subjects: pupil
    data: name
    purposes: statutory-return
    basis: {article_6: c, law: Education Act 1996 s.537A}
    disclosures:
      - to: government-department
        basis: {article_6: a, reason: families agree if they like}
        conditions: consent

Passes, where no basis is recorded, which `basis-not-recorded` tells:

    kind: activity
    id: returns
    name: Yearly return
    subjects: pupil
    data: name
    purposes: statutory-return
    disclosures:
      - to: government-department
        conditions: consent
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 7(4)"),
    covers=("A6-MIX",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        for disclosure in activity.disclosures:
            asked = any(c.kind == "consent" for c in disclosure.conditions)
            letters = {part.basis.article_6 for part in disclosure.bases} if asked else set()
            if letters and letters <= {"c", "e"}:
                basis = disclosure.bases[0].basis
                to = phrases.name(case.register, Facet.RECIPIENT, disclosure.to)
                yield Problem(
                    (disclosure.origin / "conditions").location,
                    f"“{activity.name}” gives data to {to} on the basis of "
                    f"{phrases.BASES[basis.article_6]}, and asks people to consent to it as well",
                    "take the condition out, or rest the disclosure on consent alone",
                    where=f"{activity.id}/disclose/{disclosure.to}",
                    facet="conditions/consent",
                )
