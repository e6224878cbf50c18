"""The condition for not-for-profit bodies with members is relied on by a public authority.

Article 9(2)(d) is for foundations, associations and other not-for-profit bodies with a political,
philosophical, religious or trade union aim, and for their members and those in regular contact with
them. A public authority is none of these.

To mend it: name the condition that fits, with its paragraph of Schedule 1 where it needs one. If none
is met, do not use the data.

Fails:

    kind: organisation
    id: sample
    name: Sample School
    contact: School Lane, SA1 1AA
    public_authority: true
    ---
    kind: activity
    id: faith
    name: Faith of our pupils
    subjects: pupil
    data: religion
    purposes: education-provision
    basis: {article_6: e, article_9: d, law: Education Act 1996 s.375}     # <- found here

Passes, as a church is such a body:

    kind: organisation
    id: church
    name: Church of Northwold
    contact: Church Lane, NW1 1AA
    ---
    kind: activity
    id: members
    name: Members of the church
    subjects: adult
    data: religion
    purposes: communications
    basis: {article_6: f, article_9: d, interests: knowing who belongs to us}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 9(2)(d)",), covers=("A9-COND",))
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation is None or not organisation.public_authority:
        return
    for ground in case.ledger.grounds:
        if ground.basis.article_9 == "d":
            yield Problem(
                (ground.origin / "article_9").location,
                f"{case.ledger.said(ground)} rests on Article 9(2)(d), which is for not-for-profit "
                "bodies with a political, philosophical, religious or trade union aim, and "
                f"{organisation.name} is a public authority",
                "name the condition that fits",
                where=ground.where,
                facet="basis/article_9",
            )
