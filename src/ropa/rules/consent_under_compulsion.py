"""Something rests on consent although a law or a contract makes people give the data.

Consent is free only where people can refuse (Articles 4(11) and 7(4)). Whoever has to give the data
has not agreed to anything, and to ask them misleads them about the choice they have.

To mend it: rest it on the duty (c) or the task (e) and name the law, or on the contract (b); or write
`required_by: nothing` where people are free.

Fails:

    kind: activity
    id: register
    name: Admission register
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: parents sign a form}        # <- found here
    required_by: Education Act 1996 s.7

Passes:

    kind: activity
    id: register
    name: Admission register
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: c, law: Education Act 1996 s.434}
    required_by: Education Act 1996 s.434

Passes, where people are free:

    kind: activity
    id: choir
    name: School choir
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: a, reason: nobody has to sing}
    required_by: nothing
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import NOTHING
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 4(11)", "UK GDPR Article 7(4)"),
    covers=("A6-MIX",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        required, bases = activity.record.required_by, activity.bases
        compelled = required != NOTHING and is_answer(required)
        if compelled and activity.rests_on("a"):
            yield Problem(
                (bases[0].origin / "article_6").location,
                f"“{activity.name}” rests on consent, and {required} makes people give the data: "
                "nobody can refuse",
                "rest it on the duty, the task or the contract, or write `required_by: nothing`",
                (((activity.origin / "required_by").location, "this makes people give it"),),
                f"activity/{activity.id}",
                "basis/article_6",
            )
