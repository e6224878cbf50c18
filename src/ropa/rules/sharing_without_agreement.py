"""Data goes to another controller, and neither an agreement nor a law is recorded for it.

Who shares data should be able to show on what footing (Article 5(2)): an agreement on who does
what, or the law that makes or lets them share. One council's auditor found agreements for 42 of its
114 shares.

To mend it: write the agreement's name under `agreement` with the party, or the law under `basis`
with the disclosure.

Fails:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: a}
    disclosures:
      - to: trust                         # <- found here
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller

Fails, where the law is that of the activity, and no duty to share:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: e, law: Localism Act 2011 s.1}
    disclosures:
      - to: trust                         # <- found here
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller

Fails, once for each party, where the condition is another or the basis has no law:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: a}
    disclosures:
      - to: printer
      - to: trust                         # <- found here
        conditions: {consent: forms}
      - to: team                          # <- found here
        basis: {article_6: a, reason: they agree}
    ---
    kind: activity
    id: tickets
    name: Tickets
    subjects: resident
    data: address
    purposes: customer-contact
    disclosures:
      - to: trust
      - to: example-school                # <- found here
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller
    ---
    kind: party
    id: team
    name: Sampleton Football Team
    type: controller
    ---
    kind: party
    id: printer
    name: Quill Print Ltd
    type: processor
    ---
    kind: party
    id: example-school
    name: Sampleton Example School
    type: public-authority

Passes:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: a}
    disclosures:
      - to: trust
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller
    agreement: ISA-2026-2

Passes, where the activity rests on a duty:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: c, law: Localism Act 2011 s.1}
    disclosures:
      - to: trust
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller

Passes, where an agreement, terms or an order of a court stand beside, or it has a law of its own:

    kind: activity
    id: leisure
    name: Leisure cards
    subjects: resident
    data: address
    purposes: customer-contact
    basis: {article_6: a}
    disclosures:
      - to: trust
        conditions: {agreement: ISA-2026-2}
      - to: team
        conditions: {terms: terms of the framework}
      - to: county-court
        conditions: {court-order: of 2 March 2026}
      - to: example-school
        basis: {article_6: e, law: Education Act 1996 s.537A}
    ---
    kind: party
    id: trust
    name: Sampleton Leisure Trust
    type: controller
    ---
    kind: party
    id: team
    name: Sampleton Football Team
    type: controller
    ---
    kind: party
    id: county-court
    name: Sampleton County Court
    type: public-authority
    ---
    kind: party
    id: example-school
    name: Sampleton Example School
    type: controller
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Disclosure
from ropa.rule import rule

_OTHERS = frozenset({"controller", "public-authority"})
_FOOTING = frozenset({"agreement", "terms", "court-order"})


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "ICO data sharing code"),
    covers=("G-DSA",),
)
def check(case: Case) -> Iterator[Problem]:
    seen, parties = set(), case.register.parties
    for activity in case.ledger.activities:
        for disclosure in activity.disclosures:
            party = parties.get(disclosure.to)
            if party is None or party.type not in _OTHERS or party.agreement or party.id in seen:
                continue
            if not _has_footing(disclosure):
                seen.add(party.id)
                yield Problem(
                    (disclosure.origin / "to").location,
                    f"{case.register.name} shares data with {party.name} in “{activity.name}”, and "
                    "neither an agreement nor a law is recorded for it",
                    "write `agreement` with the party, or `basis` and its `law` here",
                    where=f"party/{party.id}",
                    facet="agreement",
                )


def _has_footing(disclosure: Disclosure) -> bool:
    """An agreement of its own, a law of its own, or a duty the activity itself rests on."""
    if any(condition.kind in _FOOTING for condition in disclosure.conditions):
        return True
    own = not disclosure.inherits
    bases = [part.basis for part in disclosure.bases]
    return bool(bases) and all(b.law and (own or b.article_6 == "c") for b in bases)
