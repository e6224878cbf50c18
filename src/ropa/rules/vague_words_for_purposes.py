"""A sentence of a notice says what data is used for only in words that fit anything.

A purpose must be specified and explicit (Articles 5(1)(b), 13(1)(c)). The guidelines on transparency call “to develop
new services” and “for research purposes” poor practice, since they leave open which services and what research.

To mend it: say what is done with the data, and what for.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We use your details for business purposes.      # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We use your details for two purposes: to answer you and to send you bills.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.vague import vague_purposes


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(b)", "UK GDPR Article 12(1)", "UK GDPR Article 13(1)(c)"),
    rests_on=("vague-phrases",),
    covers=("V-PURPOSE",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.VAGUE.on(case.settings.day, case.regimes):
            if row.facet == "purpose" and (hits := vague_purposes(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"says what data is used for only as “{hits[0].words}”",
                    row.better,
                    row.id,
                )
