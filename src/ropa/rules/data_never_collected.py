"""An activity discloses data that it never collects.

What goes out must have come in. If the record does not say where the data comes from, people cannot
be told, and nobody can say that it was collected for a purpose that allows the sharing
(Article 5(1)(b)) or that no more is shared than is needed (Article 5(1)(c)). The record must hold
every category of data (Article 30(1)(c)).

To mend it: add the data to the activity, and to the source it comes from; or take it out of the
disclosure.

Fails:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: data-subject
    disclosures:
      - to: local-authority
        data: [name, religion]            # <- found here

Fails, where no source is recorded:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    disclosures:
      - to: local-authority
        data: [name, religion]            # <- found here

Passes:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address, religion]
    purposes: school-admissions
    sources: data-subject
    disclosures:
      - to: local-authority
        data: [name, religion]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(b)", "UK GDPR Article 5(1)(c)", "UK GDPR Article 30(1)(c)"),
    covers=("A30-COMPLETE",),
)
def check(case: Case) -> Iterator[Problem]:
    for flow, labels in case.graph.never_collected():
        data = phrases.several(map(phrases.inside, labels))
        few = phrases.few(map(phrases.inside, labels))
        activity = case.register.activities[flow.activity]
        known, caption = (
            ("sources", "this is where the activity's data comes from")
            if activity.sources
            else ("data", "this is what the activity collects")
        )
        yield Problem(
            (flow.origin / "data").location,
            f"{phrases.goes(case.register, flow, few)}; nothing records that “{activity.name}” collects it",
            f"add {data} to the data of {activity.id} and of a source, or take it out here",
            (((activity.origin / known).location, caption),),
            flow.id,
            "data",
        )
