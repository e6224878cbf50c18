"""A sentence of a notice says how long data is kept only in words that fit any time.

People must be told a period, or criteria from which they can work it out (Articles 13(2)(a), 14(2)(a)). “As long as
necessary” gives neither. Where the same part of the notice gives a period, too, nothing is found.

To mend it: give a period and what it counts from, or how the period is worked out.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We keep your details for as long as necessary.      # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We keep your details for as long as necessary, which is six years after you leave.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.vague import vague_retention


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13(2)(a)", "UK GDPR Article 14(2)(a)"),
    rests_on=("vague-phrases",),
    covers=("V-RETENTION",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.VAGUE.on(case.settings.day, case.regimes):
            if row.facet == "retention" and (hits := vague_retention(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"says how long data is kept only as “{hits[0].words}”",
                    row.better,
                    row.id,
                )
