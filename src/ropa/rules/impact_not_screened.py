"""Processing that may put people at high risk was not screened for an impact assessment.

Before such processing begins, its impact has to be assessed (Article 35(1) and (3)): special
category data or data about offences on a large scale, decisions made by machines, people who cannot
easily defend themselves, children among them. Where none is needed, the screening that found so is
what shows it.

To mend it: write `dpia`: the name of the assessment, or `needed: false` and the reason.

Fails:

    kind: activity                        # <- found here
    id: clinic
    name: Diabetes clinic for children
    subjects: pupil
    data: [name, health]
    purposes: health-care

Fails, where decisions are made by machines, about offences, or online for children:

    kind: activity                        # <- found here
    id: scoring
    name: Scoring applications
    subjects: tenant
    data: name
    purposes: housing-services
    automated_decisions: true
    ---
    kind: activity                        # <- found here
    id: victims
    name: Support for victims
    subjects: victim
    data: dbs-check
    purposes: support
    ---
    kind: activity                        # <- found here
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    online_service: true
    ---
    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    dpia: DPIA-2025-4

Fails, where one is needed and none is on file, or nobody says whether:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    dpia: {needed: true}                  # <- found here
    ---
    kind: activity
    id: care
    name: Care at home
    subjects: social-care-client
    data: health
    purposes: social-care
    dpia: {date: 2025-03-01}              # <- found here
    ---
    kind: activity
    id: benefits
    name: Housing benefit
    subjects: benefit-claimant
    data: health
    purposes: benefits-administration
    dpia: {date: 2025-03-01}              # <- found here

Fails, once where no activity says it:

    kind: activity                        # <- found here
    id: clinic
    name: Diabetes clinic for children
    subjects: pupil
    data: [name, health]
    purposes: health-care
    ---
    kind: activity
    id: screening
    name: Eye screening
    subjects: patient
    data: health
    purposes: health-care

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic for children
    subjects: pupil
    data: [name, health]
    purposes: health-care
    dpia: {reference: DPIA-2025-4, date: 2025-03-01}

Passes, where an online service is not for children:

    kind: activity
    id: payslips
    name: Payslips online
    subjects: employee
    data: name
    purposes: payroll
    online_service: true
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Activity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

VULNERABLE = (
    "child",
    "patient",
    "social-care-client",
    "employee",
    "victim",
    "benefit-claimant",
)


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 35(1)", "UK GDPR Article 35(3)"),
    covers=("G-35",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking = [a for a in case.ledger.activities if _lacks(a) and any(_risks(case, a))]
    for activities in case.ledger.one_or_each(
        lacking, somebody_has_it=any(a.record.dpia for a in case.ledger.activities)
    ):
        first, *others = activities
        dpia = first.record.dpia
        why = phrases.several(_risks(case, first))
        unsigned = dpia is not None and dpia.needed
        yield Problem(
            (first.origin / "dpia").location,
            "no activity records whether an impact assessment is needed"
            if others
            else f"“{first.name}” involves {why}, and no impact assessment is on file, though one "
            "is needed"
            if unsigned
            else f"“{first.name}” involves {why}; does it need an impact assessment? The record does not say",
            "write `dpia`: the name of the assessment, or `needed: false` and the reason",
            where="activities" if others else f"activity/{first.id}",
            facet="dpia",
        )


def _whom(case: Case, activity: Activity) -> str:
    """Those of its people who need most care, by name."""
    words = case.register.vocabulary[Facet.SUBJECT]
    careful = words.union(VULNERABLE)
    named = [word for word in activity.subjects if words.mask(word) & careful]
    return phrases.few(phrases.name(case.register, Facet.SUBJECT, word) for word in named)


def _lacks(activity: Activity) -> bool:
    dpia = activity.record.dpia
    return dpia is None or dpia.needed is None or (dpia.needed and not dpia.reference)


def _risks(case: Case, activity: Activity) -> Iterator[str]:
    """What may put people at high risk, in words."""
    if activity.record.automated_decisions:
        yield "decisions made by machines"
    if case.ledger.about(Facet.SUBJECT, activity.subjects, VULNERABLE):
        if case.ledger.special(activity.data):
            yield f"special category data about {_whom(case, activity)}"
        elif case.ledger.criminal(activity.data):
            yield "data about offences of people who cannot easily defend themselves"
        elif activity.record.online_service and case.ledger.children(activity.subjects):
            yield "an online service for children"
