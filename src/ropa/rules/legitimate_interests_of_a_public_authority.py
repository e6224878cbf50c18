"""A public authority relies on legitimate interests for its tasks.

Public authorities may not rest what they do in the performance of their tasks on legitimate
interests (Article 6(1), closing words). Since 5 February 2026 the same holds for recognised
legitimate interests in the United Kingdom (Data (Use and Access) Act 2025 s.70). What is no task of
theirs, such as the safety of their own buildings, paying their staff or raising money from former
students, is another matter.

To mend it: rest it on the task (e) or the obligation (c) and the law that lays it down. If there is
none, stop.

Fails:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    public_authority: true
    ---
    kind: activity
    id: child-protection
    name: Protecting children
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: f, interests: keeping children safe}     # <- found here

Fails, where it is a recognised interest:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    public_authority: true
    ---
    kind: activity
    id: child-protection
    name: Protecting children
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: ea, annex_1: "5"}  # <- found here

Passes:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    public_authority: true
    ---
    kind: activity
    id: child-protection
    name: Protecting children
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: e, law: Children Act 1989 s.47}
    ---
    kind: activity
    id: cameras
    name: Cameras at our depot
    subjects: visitor
    data: cctv
    purposes: security-of-premises
    basis: {article_6: f, interests: keeping thieves out of the depot}

Passes, where it is none of its tasks:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    public_authority: true
    ---
    kind: activity
    id: staff
    name: Work that is not a task
    subjects: employee
    data: name
    purposes:
      [employment-administration, security-of-premises, it-operation, procurement, marketing,
       newsletter, website-analytics]
    basis: {article_6: f, interests: running an office}

Passes, where the basis is a task:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    public_authority: true
    ---
    kind: activity
    id: child-protection
    name: Protecting children
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: e, law: Children Act 1989 s.47}

Passes, before there were recognised interests:

    # as of 2025-01-01
    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    public_authority: true
    ---
    kind: activity
    id: child-protection
    name: Protecting children
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: ea, annex_1: "5"}

Passes, as raising money is no public task:

    kind: organisation
    id: northwold
    name: University of Northwold
    contact: 1 College Road, Northwold NW1 1AA
    public_authority: true
    ---
    kind: term
    facet: purpose
    id: fundraising
    label: Fundraising among alumni
    ---
    kind: activity
    id: appeals
    name: Yearly appeal
    subjects: former-student
    data: name
    purposes: fundraising
    basis: {article_6: f, interests: scholarships that gifts pay for}
    ---
    kind: term
    facet: subject
    id: former-student
    label: Former students
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 6(1), closing words", "Data (Use and Access) Act 2025 s.70"),
    rests_on=("duties/recognised-legitimate-interests",),
    covers=("A6-PA-F",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation is None or not organisation.public_authority:
        return
    for ground in case.ledger.grounds:
        letter, purposes = ground.basis.article_6, ground.purposes
        barred = letter == "f" or (letter == "ea" and _recognised(case))
        if barred and not case.ledger.is_no_task(purposes):
            yield Problem(
                (ground.origin / "article_6").location,
                f"{organisation.name} is a public authority, and {case.ledger.said(ground)} "
                f"rests on {phrases.BASES[letter]}",
                "rest it on (e) or (c) and name the law, or stop",
                where=ground.where,
                facet="basis/article_6",
            )


def _recognised(case: Case) -> bool:
    row = law.DUTIES.find("recognised-legitimate-interests", case.settings.day, case.regimes)
    return row is not None
