"""The rights recorded for an activity are not those that go with its lawful basis.

Which rights people have depends on the basis: they may object to what rests on a task or an
interest, take their data elsewhere where it rests on consent or a contract, withdraw a consent
(Articles 7(3), 17 to 21). A list that says otherwise leads to wrong answers to requests.

To mend it: mend the list, or leave `rights` out: they follow from the basis.

Fails:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    rights: [access, rectification, erasure, restriction, portability]      # <- found here

Fails, where they consented, and still cannot object:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: c, article_9: a, law: Education Act 1996 s.512}
    rights: [access, rectification, erasure, restriction, objection] # <- found here

Passes:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    rights: [access, rectification, restriction, objection]

Passes, where people consented to the use of special category data:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, article_9: a, law: Education Act 1996 s.512}
    rights: [access, rectification, erasure, restriction, objection, portability, withdrawal]

Passes, where no letter is recorded, which `basis-not-recorded` tells:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {law: Education Act 1996 s.512}
    rights: [access, rectification, erasure, restriction, portability]

Passes, where only a disclosure has another basis:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    disclosures:
      - to: caterer
        basis: {article_6: c, law: Education Act 1996 s.537A}
    rights: [access, rectification, restriction, objection]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.model import Activity
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=tuple(f"UK GDPR Article {n}" for n in ("7(3)", "17(3)(b)", "20(1)", "20(3)", "21(1)")),
    rests_on=("rights-by-basis",),
    covers=("A6-RIGHTS",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        wrong = tuple(_wrong(case, activity)) if activity.record.rights else ()
        if wrong:
            letters = dict.fromkeys(part.basis.article_6 for part in activity.bases)
            bases = phrases.several([phrases.BASES[letter] for letter in letters if letter])
            yield Problem(
                (activity.origin / "rights").location,
                f"“{activity.name}” rests on {bases}, "
                f"and its list of rights {phrases.several(wrong)}",
                "mend the list, or leave `rights` out",
                where=f"activity/{activity.id}",
                facet="rights",
            )


def _wrong(case: Case, activity: Activity) -> Iterator[str]:
    """What the list has too much, and what it lacks: people have the rights of each basis."""
    bases = [part.basis for part in activity.bases]
    found = [law.RIGHTS.find(b.article_6, case.settings.day, case.regimes) for b in bases]
    rows = [row.rights for row in found if row]
    consented = any(basis.article_9 == "a" for basis in bases)
    for right in rows[0] if rows else ():
        given = {row[right] for row in rows}
        listed = right in activity.record.rights
        if (
            listed
            and given == {"no"}
            and not (consented and right in ("portability", "withdrawal"))
        ):
            yield f"has {right}, which does not go with it"
        elif "yes" in given and not listed:
            yield f"lacks {right}"
