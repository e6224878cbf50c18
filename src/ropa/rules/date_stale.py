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

Passes:

    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2026-03-01}
    text: residents.md
    === residents.md
    Last updated: 27 February 2026.
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
