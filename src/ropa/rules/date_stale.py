"""A notice says that it was last changed before something in it was.

A version that is in force since March cannot have been written for good the year before, and a text that
cites an Act of 2018 is not of 2015. Readers look at the date to see whether anything is new; so does an
auditor (Articles 5(2), 12(1)). A month between the writing and the first day in force is allowed for.

To mend it: write the day of the last change, every time something changes.

Fails:

    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2026-03-01}
    text: residents.md
    === residents.md
    Last updated: 8 August 2022.          # <- found here

Fails, where it cites what is newer:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    === residents.md
    Last updated: 8 August 2022.          # <- found here

    We hold your address under the Procurement Act 2023.
    === visitors.md
    Last updated: 8 August 2019.          # <- found here

    Our legal reason is Article 6(1)(e) of the UK GDPR.

Fails, where the version before says the same day and had other words:

    kind: notice
    id: residents-1
    name: Residents 2025
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    === old.md
    Last updated: 15 December 2025.

    We use your address to send letters.
    === new.md
    Last updated: 15 December 2025.       # <- found here

    We use your address to send letters and bills.

Passes:

    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2026-03-01}
    text: residents.md
    === residents.md
    Last updated: 27 February 2026.

Passes, where it speaks of a law to come, or of one as old as itself:

    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2022-09-08}
    text: residents.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === residents.md
    Last updated: 8 August 2022.

    We will work under the Procurement Act 2023 when it is in force. The Elections Act 2022 applies.
    === visitors.md
    Last updated: 1 December 2020.

    Our legal reason is Article 6(1)(e) of the UK GDPR.
    === tenants.md
    Last updated: 8 August 2019.

    Our legal reason is Article 6(1)(e) of the GDPR. The Data Protection Act 2018 applies.

Passes, where the version before says an earlier day, or the same words:

    kind: notice
    id: residents-1
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    ---
    kind: notice
    id: visitors-1
    audience: visitor
    url: https://sampleton.example/visits
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: visits-old.md
    ---
    kind: notice
    id: visitors-2
    audience: visitor
    url: https://sampleton.example/visits
    in_force: {from: 2026-01-01}
    text: visits-new.md
    === old.md
    Last updated: 14 December 2025.

    We use your address to send letters.
    === new.md
    Last updated: 15 December 2025.

    We use your address to send letters and bills.
    === visits-old.md
    Last updated: 15 December 2025.
    === visits-new.md
    Last updated: 15 December 2025.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording import dates
from ropa.wording.sentences import Wording, compiled

WRITING = timedelta(days=31)
"""How long before its first day in force a notice may have been finished."""
ACT = r"\b(?-i:(?:Act|Regulations?|Order|Rules)),? \(?((?:19|20)\d\d)\b"
UK_GDPR = r"\bUK (?:GDPR|General Data Protection Regulation)\b"


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"),
    rests_on=("duties/uk-gdpr",),
    covers=("N-VERSION",),
)
def check(case: Case) -> Iterator[Problem]:
    for text in case.wordings:
        if stated := dates.last_updated(text):
            hit, day = stated
            if reason := next(_newer(case, text, day), ""):
                yield case.wording_problem(
                    text,
                    [hit],
                    f"says “{hit.words}”, and {reason}",
                    "write the day of the last change, or the first day it is in force as it was",
                    "date",
                )


def _newer(case: Case, text: Wording, day: date) -> Iterator[str]:
    """What in the notice is newer than the day it states."""
    start = text.notice.start
    if start and day + WRITING < start:
        yield f"this version is in force only since {start.day} {start:%B %Y}"
    before = case.version_before(text)
    stated_before = dates.last_updated(before) if before else None
    if (
        before
        and stated_before
        and stated_before[1] >= day
        and before.text.digest != text.text.digest
    ):
        yield f"“{before.notice.name}”, which had other words, says the same day or a later one"
    for hit in text.find(ACT):
        year = int(hit.words[-4:])
        if day.year < year and not compiled(r"\bwill\b").search(hit.around):
            yield f"it cites a law of {year}"
    (uk,) = law.rows_behind(("duties/uk-gdpr",))
    if uk.standing.start and day < uk.standing.start - WRITING and text.says(UK_GDPR):
        yield f"it cites the UK GDPR, which is law only since {uk.standing.start.year}"
