"""Personal data goes to somebody, and only some of those concerned are told.

Everybody whose data is shared must be told who receives it (Articles 13(1)(e) and 14(1)(e)). It is
not enough that parents are told when pupils' data goes too, or that the sharing of one thing is
told and of another is not.

To mend it: tell the others as well, in a notice that they are given; or widen the sentence so that
it covers all that is shared.

Fails:

    kind: activity
    id: vaccinations
    name: Vaccinations at school
    subjects: [pupil, parent]
    data: [name, immunisation]
    purposes: immunisation-programme
    disclosures:
      - to: nurses                        # <- found here
    ---
    kind: party
    id: nurses
    name: Sampleton School Nurses
    type: controller
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: We give your details to Sampleton School Nurses
        discloses: nurses
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We keep a list of your vaccinations
        collects: immunisation

Fails, whatever is passed on:

    kind: activity
    id: vaccinations
    name: Vaccinations at school
    subjects: [pupil, parent]
    data: [name, immunisation]
    purposes: immunisation-programme
    disclosures:
      - to: gp-practice
        onward:
          - to: hospital
      - to: nurses                        # <- found here
    ---
    kind: party
    id: nurses
    name: Sampleton School Nurses
    type: controller
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: We give your details to Sampleton School Nurses
        discloses: nurses
      - quote: Your doctor passes it on to the hospital
        discloses: {to: hospital, by: gp-practice}
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We keep a list of your vaccinations
        collects: immunisation

Passes:

    kind: activity
    id: vaccinations
    name: Vaccinations at school
    subjects: [pupil, parent]
    data: [name, immunisation]
    purposes: immunisation-programme
    disclosures:
      - to: nurses
    ---
    kind: party
    id: nurses
    name: Sampleton School Nurses
    type: controller
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: We give your details to Sampleton School Nurses
        discloses: nurses
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Sampleton School Nurses know who has had which vaccination
        discloses: nurses
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.model import Action
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    covers=("N-1E", "C-RECIPIENT"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RECIPIENT, Verdict.PARTIAL):
        if gap.flow.action is Action.ONWARD:
            continue
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{gap.nobody} tells {gap.people} that their data goes to {gap.first}",
            f"mention {gap.missing}, by name or by category, in {case.notices_of(gap)}",
        )
