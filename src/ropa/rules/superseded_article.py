"""A notice cites an article or a section that has been replaced.

The Data (Use and Access) Act 2025 moved some provisions of the UK GDPR: since 5 February 2026 the rules
on automated decisions, for one, stand in Articles 22A to 22D and no longer in Article 22. The right
may still be there, but a reader who looks it up does not find it (Article 12(1)).

To mend it: cite the article that took its place, and check that what the notice says still holds.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Article 22 of the UK GDPR).    # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    No decision about you is made by machines alone (Articles 22A to 22D of the UK GDPR).
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import superseded


@rule(
    Severity.WARNING,
    law=("UK GDPR Article 12(1)", "UK GDPR Articles 22A to 22D", "DUAA 2025 ss.80, 85 to 87"),
    regimes=("uk-gdpr",),
    rests_on=("superseded/uk-article-22", "superseded/uk-article-89", "superseded/dpa-2018-s17a"),
    covers=("X-ART22", "X-INSTRUMENT"),
)
def check(case: Case) -> Iterator[Problem]:
    abroad_too = "eu-gdpr" in case.regimes  # then the article may be meant that is still law there
    for wording in case.wordings:
        for row in law.SUPERSEDED.on(case.settings.day, ("uk-gdpr",)):
            if row.kind != "article" or not (hits := superseded(wording, row)):
                continue
            if not abroad_too or any("UK GDPR" in hit.passage.words for hit in hits):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"cites “{hits[0].words}”, and {row.name} was {row.how}",
                    f"cite {row.replacement} instead",
                    row.id,
                )
