"""A notice carries no date and no version.

Without one nobody can say which text people were given when, and whether it has been looked at since
(Articles 5(2), 12). The register may say it (`version`, or `in_force` with its first day), or the text.

To mend it: write `in_force: {from: ...}` and a `version`, and print the date in the notice.

Fails:

    kind: notice
    id: residents                         # <- found here
    audience: resident
    text: residents.md
    === residents.md
    We use your name to write to you.

Passes:

    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2026-03-01}
    text: residents.md
    === residents.md
    We use your name to write to you.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.dates import dated


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"),
    covers=("N-VERSION",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        notice = wording.notice
        if not (notice.version or notice.start or dated(wording)):
            yield Problem(
                (notice.origin / "id").location,
                f"“{notice.name}” carries no date and no version",
                "write `in_force: {from: ...}`, and print the date in the notice",
                where=f"notice/{notice.id}",
                facet="version",
            )
