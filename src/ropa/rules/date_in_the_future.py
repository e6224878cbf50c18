"""A day on which something is said to have been done has not come yet, or is long past.

A review, a signature, an agreement's review or a breach of a later day than that of the check cannot
have happened, and one of the year 1026 is a slip; whatever rests on it is not shown (Article 5(2)). A day on
which something is to begin may well lie ahead.

To mend it: write the day on which it was done.

Fails:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    reviewed: 2099-01-01                  # <- found here
    breach: {date: 2099-02-11, record: BR-1}          # <- found here

Fails, where a day is long past:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    started: 0204-01-01                   # <- found here
    reviewed: 1026-01-01                  # <- found here

Passes:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    started: 2099-01-01
    reviewed: 2026-01-01
    breach: {date: 2026-02-11, record: BR-1}
"""

from collections.abc import Iterator
from datetime import date

from ropa.case import Case
from ropa.documents.document import Origin
from ropa.findings import Problem, Severity
from ropa.register.model import Activity
from ropa.rule import rule
from ropa.saying import phrases

EARLIEST = 1900
"""Before this year nothing of a record was done."""

Done = tuple[date | None, Origin, str, str]
"""The day, where it is written, what was done then, and what it is about."""


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 33(5)", "DPA 2018 Schedule 1 paragraph 40"),
    covers=("G-33",),
)
def check(case: Case) -> Iterator[Problem]:
    for done, origin, what, where in _done(case):
        late = done is not None and done > case.settings.day and origin.pointer != ("started",)
        if done is not None and (late or done.year < EARLIEST):
            why = f"it is {phrases.day(case.settings.day)} today" if late else "that is long past"
            yield Problem(
                origin.location,
                f"{what} is said to be of {phrases.day(done)}, and {why}",
                "write the day on which it was done",
                where=where,
                facet="/".join(map(str, origin.pointer)),
            )


def _done(case: Case) -> Iterator[Done]:
    """Every day of the register on which something is said to have been done."""
    organisation = case.register.organisation
    if organisation is not None and organisation.policy_document is not None:
        at = organisation.origin / "policy_document" / "reviewed"
        where = f"organisation/{organisation.id}"
        yield organisation.policy_document.reviewed, at, "the policy document's review", where
    for party in case.register.parties.values():
        at = party.origin / "agreement_reviewed"
        yield (
            party.agreement_reviewed,
            at,
            f"the review of the agreement with {party.name}",
            f"party/{party.id}",
        )
    for activity in case.register.activities.values():
        for day, origin, what in _of_activity(activity):
            yield day, origin, f"{what} of “{activity.name}”", f"activity/{activity.id}"


def _of_activity(activity: Activity) -> Iterator[tuple[date | None, Origin, str]]:
    record, origin = activity.record, activity.origin
    yield activity.reviewed, origin / "reviewed", "the review"
    yield record.started, origin / "started", "the beginning"
    if record.policy_document is not None:
        at = origin / "policy_document" / "reviewed"
        yield record.policy_document.reviewed, at, "the review of the policy document"
    if record.dpia is not None:
        yield record.dpia.signed, origin / "dpia" / "date", "the impact assessment"
    for breach in record.breaches:
        yield breach.found, breach.origin / "date", "a breach"
