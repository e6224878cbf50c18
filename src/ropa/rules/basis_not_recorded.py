"""Data is used, and the record names no lawful basis.

Every use of personal data needs one of the bases of Article 6(1), and people are told which
(Articles 13(1)(c) and 14(1)(c)). If the record does not name it, nobody can show that there is one,
and whether people are told the truth cannot be checked.

To mend it: write `basis` with `article_6`, the letter of Article 6(1), and the law it rests on.

Fails:

    kind: activity                        # <- found here
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care

Fails, where the law is written and not the letter:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {law: National Health Service Act 2006 s.1} # <- found here

Fails, where a disclosure has a basis of its own without the letter:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    disclosures:
      - to: gp-practice
        basis: {law: National Health Service Act 2006 s.13G} # <- found here

Fails, where each basis is for a part, and no basis is for the rest:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: [health-care, research]
    basis: # <- found here
      - {article_6: e, law: National Health Service Act 2006 s.1, purposes: health-care}

Passes, where each part has its own:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: [health-care, research]
    basis:
      - {article_6: e, law: National Health Service Act 2006 s.1, purposes: health-care}
      - {article_6: a, reason: Patients are asked at the desk, purposes: research}

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: name
    purposes: health-care
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.document import Origin
from ropa.findings import Problem, Severity
from ropa.flows.grounds import Grounds
from ropa.register.model import Activity, divided
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 6(1)"),
    undecided=True,
    covers=("A6-ONE",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        if not activity.bases:
            yield _unnamed(activity.origin / "basis", activity, f"“{activity.name}”")
        elif divided(activity.bases) and (parts := tuple(_unfounded(case, activity))):
            said = phrases.several(parts)
            yield _unnamed(
                activity.origin / "basis", activity, f"{said} in “{activity.name}”", "part"
            )
    for ground in case.ledger.grounds:
        if not ground.basis.article_6:
            yield Problem(
                ground.origin.location,
                f"the record names no lawful basis for {case.ledger.said(ground)}",
                _HINT,
                where=ground.where,
                facet="basis",
            )


_HINT = "write `article_6` below `basis`: the letter of Article 6(1), and the law"


def _unnamed(origin: Origin, activity: Activity, what: str, part: str = "") -> Problem:
    hint = "write an entry of `basis` for it, or take `data`, `subjects` or `purposes` out of one"
    return Problem(
        origin.location,
        f"the record names no lawful basis for {what}",
        hint if part else _HINT,
        where=f"activity/{activity.id}",
        facet=f"basis/{part}" if part else "basis",
    )


def _unfounded(case: Case, activity: Activity) -> Iterator[str]:
    """What no entry is for, in words: as much of it as is not all that the activity has."""
    register = case.register
    whole = (activity.subjects, activity.data, activity.purposes)
    for people, data, purposes in Grounds(register.vocabulary).unfounded(activity.bases, whole):
        said = "data" if data == activity.data else phrases.names(register, Facet.DATA, data)
        if people != activity.subjects:
            said += f" about {phrases.names(register, Facet.SUBJECT, people)}"
        if purposes != activity.purposes:
            said += f" for {phrases.names(register, Facet.PURPOSE, purposes)}"
        yield said
