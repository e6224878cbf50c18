"""Data is kept for another period than the law it names lays down.

Some records have their period from the law: the case record of a looked-after child, adoption
information, the record of a foster carer. The nation decides: 75 years in England and Wales, 100 in
Scotland. Where the law sets the least, longer is allowed. An entry that names such a law, or is
plainly about such a record, has to agree with it (Article 5(1)(e)).

To mend it: put the period right, or name the law that does set it.

Fails:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention: {period: P25Y, trigger: birth, law: SI 2010/959 reg 50}      # <- found here

Fails, where it is too long, or fifteen years are not counted from the death:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      - {period: P80Y, trigger: birth, law: SI 2010/959 reg 50} # <- found here
      - {period: P15Y, trigger: birth, law: SI 2010/959 reg 50} # <- found here
      - {period: P14Y, trigger: death, law: SI 2010/959 reg 50} # <- found here

Fails, where it is shorter than the least the law allows:

    kind: activity
    id: fostering
    name: Approving foster carers
    subjects: foster-carer
    data: name
    purposes: support
    retention: {period: P9Y, trigger: end-of-approval, law: SI 2011/581 reg 32} # <- found here

Passes:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention: {period: P75Y, trigger: birth, law: SI 2010/959 reg 50}

Passes, where the period after a death is the one the law sets:

    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      - {period: P75Y, trigger: birth, law: SI 2010/959 reg 50}
      - {period: P15Y, trigger: death, law: SI 2010/959 reg 50}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import days, how_long, period_in_words
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
        after_death = entry.trigger == "death" and entry.period == row.after_death
        kept, due = days(entry.period), days(row.period)
        if not after_death and (kept < due if row.minimum else kept != due):
            at_least = "at least " if row.minimum else ""
            yield Problem(
                (entry.origin / "period").location,
                f"“{activity.name}” keeps {row.about} {how_long(entry.period)}, and "
                f"{row.law} says {at_least}{period_in_words(row.period)} from "
                f"{phrases.begins(case.register, row.trigger)}",
                f"write `period: {row.period}`, or name the law that does set it",
                where=f"activity/{activity.id}",
                facet=f"retention/{number}/period",
            )
