"""Machines decide about people, and the record does not say how or what follows.

People must be told how such a decision comes about and what it means for them (Articles 13(2)(f) and
14(2)(g)), and be able to speak to it, to have a person look at it and to contest it (UK GDPR Article
22C, EU GDPR Article 22(3)). Nobody can tell what is written down nowhere.

To mend it: write `logic` and `consequences` below `automated_decisions`.

Fails:

    kind: activity
    id: sets
    name: Putting pupils into sets
    subjects: pupil
    data: [name, attainment]
    purposes: education-provision
    automated_decisions:                  # <- found here
      logic: exam marks

Passes:

    kind: activity
    id: sets
    name: Putting pupils into sets
    subjects: pupil
    data: [name, attainment]
    purposes: education-provision
    automated_decisions:
      logic: the sum of three exam marks, highest first
      consequences: the set in which a pupil is taught mathematics for a year
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 13(2)(f)", "UK GDPR Article 14(2)(g)", "UK GDPR Article 22C"),
    covers=("N-2F",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        decisions = activity.record.automated_decisions
        if decisions is None or not decisions.alone:
            continue
        lacking = [k for k, say in _ASKED.items() if not is_answer(getattr(decisions, k))]
        if lacking:
            at = activity.origin / "automated_decisions"
            yield Problem(
                at.location if len(lacking) > 1 else (at / lacking[0]).location,
                f"in “{activity.name}” machines decide about people, and the record does not say "
                f"{' or '.join(_ASKED[key] for key in lacking)}",
                f"write {' and '.join(f'`{key}`' for key in lacking)} below `automated_decisions`",
                where=f"activity/{activity.id}",
                facet="automated_decisions",
            )


_ASKED = {"logic": "how", "consequences": "what it means for them"}
