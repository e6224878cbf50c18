"""The period is the one the law lays down, and it begins on another day.

Seventy-five years from birth are not seventy-five years from the 18th birthday: the number is the
same, and data is kept 18 years too long. A council's published schedule has made just this mistake
(Article 5(1)(e)).

To mend it: put the trigger right.

Fails:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P75Y
      trigger: age-18                     # <- found here
      law: SI 2010/959 reg 50

Passes:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P75Y
      trigger: birth
      law: SI 2010/959 reg 50

Passes, where no trigger is written, which `retention-without-trigger` tells:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P75Y
      law: SI 2010/959 reg 50

Passes, where the period is another, which `statutory-period-differs` tells:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P15Y
      trigger: age-18
      law: SI 2010/959 reg 50
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import days, how_long
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)", "the law that sets the period"),
    rests_on=("statutory-retention",),
    covers=("R-LAW", "R-LAC-EN", "R-HOME-EN", "R-ADOPT-EN", "R-FOSTER-EN"),
)
def check(case: Case) -> Iterator[Problem]:
    for activity, number, entry, row in case.ledger.statutory_periods:
        same = days(entry.period) == days(row.period)
        if same and _begins_otherwise(case, entry.trigger, row.trigger):
            yield Problem(
                (entry.origin / "trigger").location,
                f"“{activity.name}” keeps {row.about} {how_long(entry.period)} from "
                f"{phrases.begins(case.register, entry.trigger)}, and {row.law} counts from "
                f"{phrases.begins(case.register, row.trigger)}",
                f"write `trigger: {row.trigger}`",
                where=f"activity/{activity.id}",
                facet=f"retention/{number}/trigger",
            )


def _begins_otherwise(case: Case, recorded: str, by_law: str) -> bool:
    """Whether a known word is recorded that is neither the law's nor a narrower one."""
    events = case.register.vocabulary[Facet.TRIGGER]
    known = recorded in events.terms and by_law in events.terms
    return known and bool(events.mask(recorded) & ~events.mask(by_law))
