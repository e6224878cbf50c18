"""A notice uses a term of the law before 2018, or an office's former name.

That breaks nothing by itself. It is a sign that nobody has read the notice for years.

To mend it: use the word the law uses now, and read the rest of the notice, too.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    This is our fair processing notice.   # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    This is our privacy notice.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import superseded


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 12(1)",),
    rests_on=("superseded/term",),
    covers=("X-TERM",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.SUPERSEDED.on(case.settings.day, case.regimes):
            if row.kind == "term" and (hits := superseded(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"says “{hits[0].words}”, {row.how}",
                    f"say {row.replacement}",
                    row.id,
                )
