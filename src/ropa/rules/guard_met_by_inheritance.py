"""A promise is kept only by what the register records for the whole activity, and not for this disclosure.

"We give your information to nobody unless the law allows it" asks which law allows *this* to be given to
*these* people. A disclosure with no basis of its own takes over its activity's: the Act that lets a school
teach is then said to let it give names to a firm. The same goes for a consent: people agreed to the activity,
and perhaps to nobody else's having their data. Whoever relies on an exception has to be able to show that it
applies (Article 5(2)); which law permits a disclosure is for its own entry to say (Article 6(3)).

To mend it: write `basis` with the disclosure, with the law or the consent that is about it, or the consent under
`conditions`; for the operator of a system, record the disclosure under `disclosures` first. Where there is none, the
promise is broken.

Fails:

    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: [name, attendance]
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.13}
    disclosures:
      - to: newspaper                     # <- found here
        data: name
    ---
    kind: party
    id: newspaper
    name: The Sampleton Echo
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We give your data to nobody unless the law allows it
        never: discloses
        to: anyone
        unless: law-permits

Passes:

    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: [name, attendance]
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.13}
    disclosures:
      - to: local-authority
        data: attendance
        basis: {article_6: c, law: The School Attendance (Pupil Registration) (England) Regulations 2024 reg.13}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We give your data to nobody unless the law allows it
        never: discloses
        to: anyone
        unless: law-permits
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.gaps import place
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 6(3)"),
    covers=("C-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    for flow, promises in case.coverage.inherited():
        goes = phrases.goes(case.register, flow, phrases.about(case.register, flow))
        activity = case.register.activities[flow.activity]
        yield Problem(
            (flow.origin / "to").location,
            f"{goes}, and only the basis of the whole activity meets {phrases.quoted(promises, 40)}",
            "write `basis` with this disclosure: the law or the consent that is about it; "
            f"recorded for “{activity.name}” is {phrases.basis(flow.basis)}",
            tuple((place(promise), "the promise") for promise in promises),
            flow.id,
            str(Facet.PROMISE),
        )
