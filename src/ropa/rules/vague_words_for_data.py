"""A sentence of a notice says that data is used or shared, and which data only in words that fit any.

Where data comes from elsewhere, people must be told its categories (Article 14(1)(d)), and whoever is told that
“some of this information” is passed on does not know what that is (Article 12(1)).

To mend it: say which data.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We pass some of this information to the fire service.      # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We pass some of this information, your name and address, to the fire service.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.vague import vague_data


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 14(1)(d)"),
    rests_on=("vague-phrases",),
    covers=("V-CATEGORY",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.VAGUE.on(case.settings.day, case.regimes):
            if row.facet == "data" and (hits := vague_data(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"says which data only as “{hits[0].words}”",
                    row.better,
                    row.id,
                )
