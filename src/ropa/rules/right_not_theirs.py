"""A notice promises people a right that nothing in the register gives them.

Which rights people have follows from the lawful bases: nobody can take data elsewhere that is used
for a public task, or object where a law requires the use (Articles 20 and 21). A blanket list of
rights raises hopes and leads to refusals; what people are told has to be true (Article 5(1)(a)).

To mend it: take the right out of the notice, or say where it holds.

Fails:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-portability     # <- found here
        quote: You can take your data to another school

Fails, where nobody can object, or withdraw a consent:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: c, law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-object          # <- found here
        quote: You can object to our use
      - informs: right-to-withdraw-consent # <- found here
        quote: You can withdraw your consent

Fails, where they consented, and still cannot object:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: c, article_9: a, law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-object          # <- found here
        quote: You can object to our use

Fails, where others have that right, and these people have not:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    ---
    kind: activity
    id: newsletter
    name: Newsletter
    subjects: employee
    data: name
    purposes: newsletter
    basis: {article_6: a, reason: they like it}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-portability     # <- found here
        quote: You can take your data to another school

Passes:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-object
        quote: You can object to what we do with it

Passes, where people consented to the use of special category data:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, article_9: a, law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-portability
        quote: You can take your data to another school
      - informs: right-to-withdraw-consent
        quote: You can withdraw your consent

Passes, where one basis gives it, or no basis is recorded, or nothing is done:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}
    ---
    kind: activity
    id: newsletter
    name: Newsletter
    subjects: pupil
    data: name
    purposes: newsletter
    basis: {article_6: a, reason: they like it}
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - informs: right-to-portability
        quote: You can take your data to another employer
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-portability
        quote: You can take your data to another school

Passes, where no letter is recorded, which `basis-not-recorded` tells:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {law: Education Act 1996 s.512}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - informs: right-to-portability
        quote: You can take your data to another school
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import SUBJECT
from ropa.judging.gaps import place
from ropa.law import tables as law
from ropa.register.vocabulary import Facet
from ropa.rule import rule

RIGHTS = {
    "right-to-portability": ("portability", "take their data elsewhere"),
    "right-to-object": ("objection", "object"),
    "right-to-withdraw-consent": ("withdrawal", "withdraw consent"),
}
"""The rights that not every basis gives, as items of a notice, in the table and in words."""


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 20(1)", "UK GDPR Article 21(1)"),
    rests_on=("rights-by-basis",),
    covers=("N-2B-FIT",),
)
def check(case: Case) -> Iterator[Problem]:
    for spoken in case.coverage.voices.spoken:
        for item in RIGHTS.keys() & set(spoken.statement.items) if spoken.tells else ():
            right, words = RIGHTS[item]
            if _nobody_has(case, spoken.masks[SUBJECT], right):
                notice = case.register.notices[spoken.statement.notice]
                yield Problem(
                    spoken.statement.origin.location,
                    f"“{notice.name}” tells people that they can {words}, and no basis in the "
                    "register gives them that right",
                    "take it out, or say where it holds",
                    ((place(spoken.statement), "the notice says it here"),),
                    f"notice/{spoken.statement.id}",
                    item,
                )


def _nobody_has(case: Case, people: int, right: str) -> bool:
    """Whether every basis of what is done with these people's data denies a right."""
    subjects = case.register.vocabulary[Facet.SUBJECT]
    giving = {r.id: r.rights for r in law.RIGHTS.on(case.settings.day, case.regimes)}
    found = False
    for ground in case.ledger.grounds:
        if subjects.union(ground.subjects) & people:
            consented = ground.basis.article_9 == "a" and right in ("portability", "withdrawal")
            rights = giving.get(ground.basis.article_6)
            if rights is None or rights[right] != "no" or consented:
                return False
            found = True
    return found
