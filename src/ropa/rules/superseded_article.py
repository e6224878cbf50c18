"""A notice cites an article or a section that has been replaced.

The Data (Use and Access) Act 2025 moved some provisions of the UK GDPR and of the Data Protection Act
2018. Since 5 February 2026 automated decisions stand in Articles 22A to 22D and no longer in Article
22, transfers in Articles 44A to 45C and no longer in Articles 44 and 45, research in Articles 84A to
84D, new purposes in Article 8A, the exceptions from telling people in Article 14(5)(e) and (f);
sections 14 and 17A to 19 of the Act have gone. Since 19 June 2026 complaints stand in sections 164A
and 165 of the Act and no longer in Article 77. The right may still be there, but a reader who looks
it up does not find it (Article 12(1)). The EU GDPR keeps its articles: where both laws apply, only
what names the UK GDPR is meant.

To mend it: cite the article that took its place, and check that what the notice says still holds.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Article 22 of the UK GDPR).    # <- found here

    You may complain under Article 77 of the UK GDPR.    # <- found here

    Section 18 of the Data Protection Act 2018 lets us send data abroad.    # <- found here

Fails, where both laws apply, and that of the United Kingdom is named:

    kind: organisation
    id: northwold
    name: Northwold Library
    regimes: [uk-gdpr, eu-gdpr]
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Article 22 of the UK GDPR). # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Articles 22A to 22D of the UK GDPR).

    You may complain to the regulator (section 165 of the Data Protection Act 2018).

Passes, where the law of the Union applies as well, and may be meant:

    kind: organisation
    id: northwold
    name: Northwold Library
    regimes: [uk-gdpr, eu-gdpr]
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Article 22 of the GDPR).
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import is_british, superseded


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "DUAA 2025 ss.71, 77, 80, 85 to 87, 103"),
    regimes=("uk-gdpr",),
    rests_on=("superseded/article",),
    covers=("X-ART22", "X-INSTRUMENT"),
)
def check(case: Case) -> Iterator[Problem]:
    abroad_too = "eu-gdpr" in case.regimes  # then the article may be meant that is still law there
    for wording in case.wordings:
        for row in law.SUPERSEDED.on(case.settings.day, ("uk-gdpr",)):
            if row.kind != "article" or not (hits := superseded(wording, row)):
                continue
            if not abroad_too or any(is_british(hit.passage.words) for hit in hits):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"cites “{hits[0].words}”, and {row.name} was {row.how}",
                    f"cite {row.replacement} instead",
                    row.id,
                )
