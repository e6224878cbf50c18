"""An online service that children use has no record of how its design protects them.

Since 5 February 2026 whoever offers an online service that children are likely to use takes
account, when designing it, of how children are best protected, that they know less of the risks,
and that their needs differ with age (UK GDPR Article 25(1A) and (1B)). To follow the Children's
Code is enough. Offline services are not meant.

To mend it: write `childrens_code` below `online_service`: the name of the record.

Fails:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    online_service: true                  # <- found here

Fails, whatever is not online:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: name
    purposes: education-provision
    ---
    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    online_service: true                  # <- found here

Passes:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    online_service: {childrens_code: "Self-assessment, March 2026"}

Passes, where it is not for children:

    kind: activity
    id: homework-app
    name: Homework app
    subjects: employee
    data: name
    purposes: education-provision
    online_service: true

Passes, before that duty was law:

    # as of 2025-01-01
    kind: activity
    id: homework-app
    name: Homework app
    subjects: pupil
    data: name
    purposes: education-provision
    online_service: true
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 25(1A)", "UK GDPR Article 25(1B)"),
    regimes=("uk-gdpr",),
    rests_on=("duties/childrens-protection",),
    covers=("N-25-CHILD",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        service = activity.record.online_service
        if service is None or service.childrens_code:
            continue
        if case.ledger.children(activity.subjects) and _in_force(case):
            yield Problem(
                (activity.origin / "online_service").location,
                f"“{activity.name}” is an online service for children, and nothing is on file of "
                "how its design protects them",
                "write `childrens_code` below `online_service`",
                where=f"activity/{activity.id}",
                facet="online_service/childrens_code",
            )


def _in_force(case: Case) -> bool:
    duty = law.DUTIES.find("childrens-protection", case.settings.day, case.regimes)
    return duty is not None
