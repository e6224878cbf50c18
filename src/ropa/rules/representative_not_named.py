"""An organisation outside the territory of a law it is under names no representative there.

Whoever is under the EU GDPR without being established in the European Economic Area, or under the
UK GDPR without being established in the United Kingdom, appoints a representative there, and the
record names them (Articles 27 and 30(1)(a)). Public authorities need none (Article 27(2)(b)).
Sources disagree whether the duty of the United Kingdom is to end; so far it stands.

To mend it: write `representative` with the organisation: the name and how to reach them.

Fails:

    kind: organisation
    id: examplewear
    name: Examplewear Ltd
    contact: privacy@examplewear.example
    home: GB
    regimes: [uk-gdpr, eu-gdpr]           # <- found here

Passes:

    kind: organisation
    id: examplewear
    name: Examplewear Ltd
    contact: privacy@examplewear.example
    home: GB
    regimes: [uk-gdpr, eu-gdpr]
    representative: Sample Representation BV, Amsterdam, gdpr@representation.example

Passes, where it is a public authority:

    kind: organisation
    id: examplewear
    name: Examplewear Ltd
    contact: privacy@examplewear.example
    home: GB
    public_authority: true
    regimes: [uk-gdpr, eu-gdpr]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule

_TERRITORY = {
    "uk-gdpr": ("GB", "the United Kingdom"),
    "eu-gdpr": ("eea", "the European Economic Area"),
}


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 27", "UK GDPR Article 30(1)(a)"),
    covers=("A30-1A-REP",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if not organisation or organisation.representative or organisation.public_authority:
        return
    countries = case.register.vocabulary[Facet.COUNTRY]
    for regime in organisation.regimes:
        area, name = _TERRITORY[regime]
        if countries.mask(organisation.home) & ~countries.mask(area):
            yield Problem(
                (organisation.origin / "regimes").location,
                f"{organisation.name} is not established in {name}, is under its law, and names "
                "no representative there",
                "write `representative`, or take the regime out if it does not apply",
                where=f"organisation/{organisation.id}",
                facet=f"representative/{regime}",
            )
