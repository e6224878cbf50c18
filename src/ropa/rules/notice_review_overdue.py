"""A notice says when it will be looked at again, and that day has passed.

Its reader cannot tell whether the notice still holds, and whoever audits it sees that the plan was not kept
(Articles 5(2), 12(1)).
To mend it: review the notice, and print the new day; or leave the day out and keep it in the record.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Next review: March 2024.          # <- found here

Fails, the day after:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Next review: 22 November 2026.        # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Next review: March 2094.

Passes, on the day itself:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    Next review: 23 November 2026.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.dates import next_review


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"),
    covers=("N-VERSION",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        planned = next_review(wording)
        if planned and planned[1] < case.settings.day:
            hit, day = planned
            yield case.wording_problem(
                wording,
                [hit],
                f"says “{hit.words}”, and that day passed on {day.day} {day:%B %Y}",
                "review the notice, and print the new day",
                "review",
            )
