"""A notice tells people the lawful basis for sensitive data, and not the condition that lets it be
used.

The condition of Article 9 is not one of the items of Articles 13 and 14, but without it people
cannot see why data about their health or their faith may be used at all (Article 5(1)(a)). The
model wording of the Department for Education states it beside the basis, and readers of council
notices expect it.

To mend it: add the condition to the sentence that tells the basis: `basis: {article_6: e,
article_9: h}`.

Fails:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    sources: data-subject
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}}    # <- found here
        quote: We treat you because it is our public task (Article 6(1)(e))

Fails, for many activities together:

    kind: activity
    id: clinic-1
    name: Clinic 1
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-2
    name: Clinic 2
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-3
    name: Clinic 3
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-4
    name: Clinic 4
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-5
    name: Clinic 5
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}} # <- found here
        quote: We treat you because it is our public task (Article 6(1)(e))

Fails, for four, each by its name:

    kind: activity
    id: clinic-1
    name: Clinic 1
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-2
    name: Clinic 2
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-3
    name: Clinic 3
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: clinic-4
    name: Clinic 4
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}} # <- found here
        quote: We treat you because it is our public task (Article 6(1)(e))

Fails, where the sentence that tells it is of other data, or for other people:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: [name, health]
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}} # <- found here
        quote: We treat you because it is our public task (Article 6(1)(e))
      - uses: {data: religion, basis: {article_9: h}}
        quote: We use your religion to care for you (Article 9(2)(h))
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - uses: {data: health, basis: {article_9: h}}
        quote: We use what we know of your health to care for you (Article 9(2)(h))

Fails, whatever other activities there are, and whoever tells another condition:

    kind: activity
    id: letters
    name: Letters to patients
    subjects: patient
    data: name
    purposes: newsletter
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    ---
    kind: activity
    id: clinic-1
    name: Clinic 1
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}} # <- found here
        quote: We treat you because it is our public task (Article 6(1)(e))
      - uses: {purposes: health-care, basis: {article_9: i}}
        quote: It is public health (Article 9(2)(i))
      - uses: health-care
        quote: We treat you

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    sources: data-subject
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We treat you because it is our public task, and care for health (Articles 6(1)(e), 9(2)(h))
        uses: {purposes: health-care, basis: {article_6: e, article_9: h}}

Passes, where a sentence of its own tells it:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: [name, health]
    purposes: health-care
    sources: data-subject
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We treat you because it is our public task (Article 6(1)(e))
        uses: {purposes: health-care, basis: {article_6: e}}
      - quote: We use what we know of your health to care for you (Article 9(2)(h))
        uses: {data: health, basis: {article_9: h}}

Passes, where it is no special category data, or no condition is recorded:

    kind: activity
    id: letters
    name: Letters to patients
    subjects: patient
    data: name
    purposes: health-care
    basis: {article_6: e, article_9: h, law: National Health Service Act 2006 s.1}
    ---
    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    ---
    kind: activity
    id: research
    name: Research
    subjects: patient
    data: health
    purposes: research
    basis: {article_6: e, article_9: j, law: National Health Service Act 2006 s.1}
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - uses: {purposes: health-care, basis: {article_6: e}}
        quote: We treat you because it is our public task (Article 6(1)(e))
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import DATA, PURPOSE, SUBJECT
from ropa.flows.regions import minus
from ropa.judging.gaps import place
from ropa.register.model import Activity, Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 9(2)"),
    covers=("N-1C-9",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking: dict[str, tuple[Statement, list[str]]] = {}
    for ground in case.ledger.grounds:
        activity, basis = ground.activity, ground.basis
        if ground.disclosure or not basis.article_9 or not case.ledger.special(ground.data):
            continue
        told = tuple(_telling(case, activity.id, ground.purposes))
        beside = any(_states(statement, basis.article_9) for statement in told)
        if told and not beside and not _tells_condition(case, activity, basis.article_9):
            _, names = lacking.setdefault(told[0].notice, (told[0], []))
            names.append(f"“{activity.name}” (Article 9(2)({basis.article_9}))")
    for notice, (statement, names) in lacking.items():
        yield Problem(
            statement.origin.location,
            f"“{case.register.notices[notice].name}” does not tell the condition for special category data "
            f"of {phrases.few(names, 1)}",
            f"add the condition to the sentences that tell the basis of {phrases.several(names)}",
            ((place(statement), "the basis is told here"),),
            f"notice/{notice}",
            "article_9",
        )


def _tells_condition(case: Case, activity: Activity, condition: str) -> bool:
    """Whether all of these people are told the condition, of all the special category data, by whichever sentences."""
    subjects, data = (case.register.vocabulary[f] for f in (Facet.SUBJECT, Facet.DATA))
    purposes = case.register.vocabulary[Facet.PURPOSE]
    people = subjects.union(activity.subjects) & case.coverage.voices.noticed
    whole = (
        people,
        data.union(case.ledger.special(activity.data)),
        purposes.union(activity.purposes),
    )
    said = (
        (spoken.masks[SUBJECT], spoken.masks[DATA], spoken.masks[PURPOSE])
        for spoken in case.coverage.voices.spoken
        if spoken.tells and not spoken.by and _states(spoken.statement, condition)
    )
    return not minus([whole], said)


def _states(statement: Statement, condition: str) -> bool:
    return statement.basis is not None and statement.basis.article_9 == condition


def _telling(case: Case, activity: str, purposes: tuple[str, ...]) -> Iterator[Statement]:
    """The statements that tell the basis of what an activity uses data for."""
    for purpose in purposes:
        told = case.coverage.by_id.get(f"{activity}/use/{purpose}")
        judgement = told.on(Facet.BASIS) if told else None
        yield from judgement.told_by if judgement else ()
