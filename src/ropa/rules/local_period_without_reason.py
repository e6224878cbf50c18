"""The period for children in need is neither reasoned nor marked as a local policy.

For the records of children in need who were never looked after there is no period in the law: real
schedules run from three years after the 18th birthday to 35 years after the last contact. The
choice is the council's, so it has to be reasoned and stand in its own schedule (Articles 5(1)(e)
and 5(2)). The regulations on looked-after children do not set it.

To mend it: write under `law` the line of your retention schedule, or the reason under `criteria`.

Fails:

    kind: activity
    id: child-in-need
    name: Supporting children in need
    subjects: child-in-need
    data: child-assessment
    purposes: support
    retention: {period: P75Y, trigger: birth, law: SI 2010/959 reg 50}      # <- found here

Fails, where no law is named, whichever records of the case they are:

    kind: activity
    id: care
    name: Social care of children in need
    subjects: child-in-need
    data: child-assessment
    purposes: social-care
    retention: {period: P75Y, trigger: birth} # <- found here
    ---
    kind: activity
    id: safeguarding
    name: Safeguarding children in need
    subjects: child-in-need
    data: child-assessment
    purposes: safeguarding
    retention:
      - criteria: until it is no longer needed
      - period: P75Y                      # <- found here
        trigger: birth

Passes:

    kind: activity
    id: child-in-need
    name: Supporting children in need
    subjects: child-in-need
    data: child-assessment
    purposes: support
    retention: {period: P25Y, trigger: birth, law: "Sampleton retention schedule, line CS4"}

Passes, where it is the criteria that say how long, another's records, or a law of its own:

    kind: activity
    id: child-in-need
    name: Supporting children in need
    subjects: child-in-need
    data: child-assessment
    purposes: support
    retention: {period: P75Y, trigger: birth, criteria: the line of our schedule}
    ---
    kind: activity
    id: return
    name: Yearly return
    subjects: child-in-need
    data: child-assessment
    purposes: statutory-return
    retention: {period: P75Y, trigger: birth}
    ---
    kind: activity
    id: both
    name: Supporting children
    subjects: [child-in-need, looked-after-child]
    data: child-assessment
    purposes: support
    retention: {period: P75Y, trigger: birth, law: SI 2010/959 reg 50}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Words
from ropa.register.vocabulary import Facet
from ropa.rule import rule

CASE_WORK = ("support", "social-care", "safeguarding")
"""The purposes of the records that are meant; a copy of a return or of a letter is none."""


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)", "UK GDPR Article 5(2)"),
    rests_on=("statutory-retention",),
    covers=("R-CIN-LOCAL",),
)
def check(case: Case) -> Iterator[Problem]:
    cited = {(a.id, number): row for a, number, _, row in case.ledger.cited_periods}
    for activity in case.ledger.activities:
        in_need: Words = ()
        if case.ledger.about(Facet.PURPOSE, activity.purposes, CASE_WORK):
            in_need = case.ledger.about(Facet.SUBJECT, activity.subjects, ("child-in-need",))
        for number, entry in enumerate(activity.retention if in_need else (), 1):
            row = cited.get((activity.id, number))
            alone = in_need == activity.subjects
            if entry.period and not entry.criteria and (not entry.law or (row and alone)):
                why = f"{row.law} does not set it" if row else "the record does not say why"
                yield Problem(
                    (entry.origin / "law").location,
                    f"“{activity.name}” keeps data about children in need for a period that no "
                    f"law lays down, and {why}",
                    "write under `law` the line of your own schedule, or the reason under `criteria`",
                    where=f"activity/{activity.id}",
                    facet=f"retention/{number}/law",
                )
