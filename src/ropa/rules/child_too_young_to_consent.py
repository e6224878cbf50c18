"""An online service takes the consent of children who are too young to give it.

Where an online service is offered directly to children, a child's own consent counts only from a
certain age; for younger children the holder of parental responsibility agrees (Article 8(1)). In
the United Kingdom that age is 13. Under the EU GDPR it is 16, unless the law of a member state sets
a lower one, which is never below 13.

To mend it: write the age you ask for under `minimum_age`, how parents agree under
`parental_consent`, and where a member state departs from 16, its age under `age_of_consent`.

Fails:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 11}     # <- found here

Fails, where no age is asked for:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: true                  # <- found here

Fails, where the law of a member state sets the age:

    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 13, age_of_consent: 14} # <- found here
    ---
    kind: activity
    id: reading-app
    name: Reading app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 15}     # <- found here

Fails, whatever other services there are:

    kind: activity
    id: loans
    name: Lending books
    subjects: library-user
    data: name
    purposes: library-services
    basis: {article_6: a, reason: people join if they like}
    ---
    kind: activity
    id: sums-app
    name: Sums app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 11, parental_consent: a letter to the parents}
    ---
    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 12}     # <- found here

Passes:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 11, parental_consent: a code sent to a parent}

Passes, where they are asked for just the age, where it is not for children, or where it rests on
something else:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: families sign up if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 13}
    disclosures:
      - to: government-department
        basis: {article_6: c, law: Education Act 1996 s.537A}
    ---
    kind: activity
    id: library-app
    name: Library app
    subjects: employee
    data: name
    purposes: library-services
    basis: {article_6: a, reason: staff use it if they like}
    consent_record: sign-up log
    online_service: {minimum_age: 11}
    ---
    kind: activity
    id: reports
    name: School reports online
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    online_service: {minimum_age: 11}
    disclosures:
      - to: charity
        basis: {article_6: a, reason: families agree if they like}
        conditions: {consent: form}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import OnlineService
from ropa.rule import rule

UK_AGE, EU_AGE = 13, 16


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 8(1)", "EU GDPR Article 8(1)"),
    covers=("A8-ISS",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        service = ground.activity.record.online_service
        if service is None or ground.disclosure or ground.basis.article_6 != "a":
            continue
        age = _age(case, service)
        asked = service.minimum_age
        if service.parental_consent or (asked is not None and asked >= age):
            continue
        if case.ledger.children(ground.subjects):
            who = f"from the age of {asked}" if asked is not None else "of any age"
            yield Problem(
                (ground.activity.origin / "online_service").location,
                f"“{ground.activity.name}” takes the consent of children {who}, and their own "
                f"consent counts only from {age}",
                f"ask for an age of {age}, or write how parents agree under `parental_consent`",
                where=ground.where,
                facet="online_service",
            )


def _age(case: Case, service: OnlineService) -> int:
    """The age from which a child's own consent counts under every law that applies."""
    eu = (service.age_of_consent or EU_AGE) if "eu-gdpr" in case.regimes else 0
    return max(UK_AGE if "uk-gdpr" in case.regimes else 0, eu)
