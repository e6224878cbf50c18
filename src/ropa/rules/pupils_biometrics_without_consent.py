"""Biometric data of pupils is used, and no parent's consent is on file.

In England and Wales a school or a college may use a child's biometric information in an automated
system only when each parent has been told, at least one of them has consented in writing, and neither
a parent nor the child objects, whatever the lawful basis (Protection of Freedoms Act 2012 ss.26 to 28).
Whoever refuses is offered another way.

To mend it: write `consent_record`: where the parents' consents are on file.

Fails:

    kind: activity
    id: lunches
    name: Paying for lunch by fingerprint
    subjects: pupil
    data: biometric                       # <- found here
    purposes: education-provision
    basis: {article_6: e, article_9: g, schedule_1: "6", law: Education Act 1996 s.512}

Passes:

    kind: activity
    id: lunches
    name: Paying for lunch by fingerprint
    subjects: pupil
    data: biometric
    purposes: education-provision
    basis: {article_6: e, article_9: a, law: Education Act 1996 s.512}
    consent_record: signed forms of parents in the admissions file
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_NATIONS = ("", "England", "Wales")


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("Protection of Freedoms Act 2012 ss.26 to 28",),
    regimes=("uk-gdpr",),
    rests_on=("duties/pupils-biometrics",),
    covers=("A6-A-RECORD",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    nation = organisation.nation if organisation else ""
    if nation not in _NATIONS or not law.DUTIES.find("pupils-biometrics", case.settings.day):
        return
    for activity in case.ledger.activities:
        pupils = case.ledger.about(Facet.SUBJECT, activity.subjects, ("pupil",))
        biometric = case.ledger.about(Facet.DATA, activity.data, ("biometric",))
        if pupils and biometric and not is_answer(activity.record.consent_record):
            data = phrases.names(case.register, Facet.DATA, biometric)
            who = phrases.names(case.register, Facet.SUBJECT, pupils)
            yield Problem(
                (activity.origin / "data").location,
                f"“{activity.name}” uses {data} about {who}, and no parent's consent is on file, "
                "without which a school or a college in England or Wales may not use it",
                "write `consent_record`: where the parents' consents are",
                where=f"activity/{activity.id}",
                facet="consent_record",
            )
