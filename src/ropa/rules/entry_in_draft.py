"""An entry of the record is a draft.

A draft is held against the notices as any other entry is, so that what it lacks is known before it begins. The
record says that it is a draft, and why. The record has to be right on the day the regulator asks (Article 30(4)).

To mend it: finish the entry, and take out `draft`.

Fails:

    kind: activity
    id: chat
    name: Answering questions in a chat
    subjects: resident
    data: name
    purposes: customer-contact
    draft: the contract is not signed yet              # <- found here

Passes:

    kind: activity
    id: chat
    name: Answering questions in a chat
    subjects: resident
    data: name
    purposes: customer-contact
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 30(4)",), covers=("A30-CURRENT",))
def check(case: Case) -> Iterator[Problem]:
    for activity in case.register.activities.values():
        if activity.record.draft:
            reason = activity.record.draft
            says = f": {reason}" if is_answer(reason) else ", and nobody says why"
            yield Problem(
                (activity.origin / "draft").location,
                f"“{activity.name}” is a draft{says}",
                "finish the entry, and take out `draft`",
                where=f"activity/{activity.id}",
                facet="draft",
            )
