"""An entry of the record has not been reviewed for too long, or never.

A record is worth what it is worth today: an auditor asks whether it matches what people are doing
now. The regulator expects that it is reviewed regularly, and the organisation must be able to show
that it complies (Articles 5(2) and 30). A year is taken as the interval, unless `review_interval`
of the organisation says another.

To mend it: review the entry with those who do the work, mend what has changed, and write the day
under `reviewed`.

Fails:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2024-05-01                  # <- found here

Fails, a day later:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2025-11-22                  # <- found here

Fails, where another activity says when:

    kind: activity                        # <- found here
    id: hiring
    name: Hiring staff
    subjects: job-applicant
    data: name
    purposes: recruitment
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2024-05-01                  # <- found here

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2026-05-01

Passes, where the organisation reviews every three years:

    kind: organisation
    id: northwold
    name: Northwold Library
    review_interval: P3Y
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2024-05-01

Passes, a year after to the day:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    reviewed: 2025-11-23
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import after, period_in_words
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 30", "ICO accountability framework"),
    covers=("A30-CURRENT",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    interval = organisation.review_interval if organisation else "P1Y"
    never = []
    for activity in case.ledger.activities:
        if activity.reviewed is None:
            never.append(activity)
        elif after(activity.reviewed, interval) < case.settings.day:
            yield Problem(
                (activity.origin / "reviewed").location,
                f"“{activity.name}” was last reviewed on {phrases.day(activity.reviewed)}, more "
                f"than {period_in_words(interval)} ago",
                "review it, and write the day under `reviewed`",
                where=f"activity/{activity.id}",
                facet="reviewed",
            )
    for activities in case.ledger.one_or_each(
        never, somebody_has_it=any(a.reviewed for a in case.ledger.activities)
    ):
        first, *others = activities
        what = "no activity" if others else f"“{first.name}” does not say"
        yield Problem(
            first.origin.location,
            f"{what} says when it was last reviewed" if others else f"{what} when it was reviewed",
            "write `reviewed`: the day somebody last checked that it is still so",
            where="activities" if others else f"activity/{first.id}",
            facet="reviewed",
        )
