"""A notice of an organisation under the law of the United Kingdom alone speaks of the GDPR, and never of the UK GDPR.

Since the end of 2020 the two are different laws. To cite the wrong one is no breach of Article 13 by
itself, but its reader may look up a right in the wrong text (Article 12(1)).

To mend it: write “UK GDPR”. Where the EU GDPR applies, too, say so in the register's `regimes`.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Our legal reason is Article 6(1)(e) of the General Data Protection Regulation.      # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Our legal reason is Article 6(1)(e) of the UK GDPR.

Passes, where the law of the Union applies as well:

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
    Our legal reason is Article 6(1)(e) of the General Data Protection Regulation.

Passes, before the United Kingdom had a law of that name:

    # as of 2020-12-01
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Our legal reason is Article 6(1)(e) of the General Data Protection Regulation.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule

NAME = r"\b(?:General Data Protection Regulations?|GDPR)\b"
OWN_NAME = rf"\b(?:UK|United Kingdom)(?:'s)?[ -](?:version of the )?{NAME}"


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "European Union (Withdrawal) Act 2018 s.3"),
    regimes=("uk-gdpr",),
    rests_on=("duties/uk-gdpr",),
    covers=("X-GDPR-UK",),
)
def check(case: Case) -> Iterator[Problem]:
    if "eu-gdpr" in case.regimes or not law.DUTIES.find("uk-gdpr", case.settings.day):
        return
    for wording in case.wordings:
        hits = tuple(wording.find(NAME))
        if hits and not wording.says(OWN_NAME):
            yield case.wording_problem(
                wording,
                hits,
                f"speaks of the “{hits[0].words}”, and the UK GDPR is the law that applies",
                "write “UK GDPR”, or add `eu-gdpr` to the `regimes` of the organisation",
                "uk-gdpr",
            )
