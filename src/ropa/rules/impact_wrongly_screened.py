"""Screening found that no impact assessment is needed, for processing that the law names as needing one.

An assessment is required in particular for a systematic and extensive evaluation of people by
machines on which decisions with legal or similarly significant effects are based (Article 35(3)(a)).
Decisions that machines make alone about everybody who comes are just that. And a screening that gives
no reason shows nothing (Article 5(2)).

To mend it: carry the assessment out and write its name under `dpia`; or have a person decide, and
write who under `human`; or write the reason why none is needed.

Fails:

    kind: activity
    id: places
    name: Offering places
    subjects: pupil
    data: [name, health]
    purposes: school-admissions
    automated_decisions: {logic: points, consequences: a place or none}
    dpia: {needed: false, reason: it is quick}                # <- found here

Fails, where no reason is given:

    kind: activity
    id: clinic
    name: Clinic for children
    subjects: pupil
    data: [name, health]
    purposes: health-care
    dpia: {needed: false, reason: "no"}                       # <- found here

Passes:

    kind: activity
    id: places
    name: Offering places
    subjects: pupil
    data: [name, health]
    purposes: school-admissions
    automated_decisions: {logic: points, consequences: a place or none}
    dpia: DPIA-2026-7
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Activity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 35(3)", "UK GDPR Article 5(2)"),
    covers=("G-35",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        dpia = activity.record.dpia
        if dpia is not None and dpia.needed is False and (why := _why(activity)):
            yield Problem(
                (activity.origin / "dpia").location,
                f"“{activity.name}” is said to need no impact assessment, and {why}",
                "carry the assessment out and name it under `dpia`, or write who decides instead "
                "of the machine, or the reason",
                where=f"activity/{activity.id}",
                facet="dpia/needed",
            )


def _why(activity: Activity) -> str:
    """What speaks against it: decisions that machines make alone, or that no reason is given."""
    decisions, dpia = activity.record.automated_decisions, activity.record.dpia
    if decisions is not None and decisions.alone:
        return "machines decide alone about people there (Article 35(3)(a))"
    if dpia is not None and dpia.reason and not is_answer(dpia.reason):
        return f"“{dpia.reason}” is no reason"
    return ""
