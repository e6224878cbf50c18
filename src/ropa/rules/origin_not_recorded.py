"""An activity uses data that is said to be held already, and no entry takes it from anybody.

A controller is no source to itself. Data that one activity takes over from another came from
somebody first: from the person, or from someone else, of whom the person has to be told
(Article 14(2)(f)). Where no entry of the register takes the data from anybody, nobody can say who
has to be told what of it, or whether it was collected for something that allows this
(Article 5(1)(b)).

To mend it: add the data to the entry that takes it, or write whom it comes from in place of
ourselves. What the organisation makes itself, such as notes and marks, is written as a source with
its data: `{from: own-organisation, data: case-notes}`.

Fails:

    kind: activity
    id: letters
    name: Letters to former staff
    subjects: former-employee
    data: [name, address]
    purposes: newsletter
    sources: own-organisation             # <- found here
    ---
    kind: activity
    id: leaving
    name: Leaving
    subjects: former-employee
    data: name
    purposes: employment-administration
    sources: data-subject

Fails, where it was taken from other people:

    kind: activity
    id: letters
    name: Letters to former staff
    subjects: former-employee
    data: name
    purposes: newsletter
    sources:
      - own-organisation                  # <- found here
    ---
    kind: activity
    id: admissions
    name: Admissions
    subjects: pupil
    data: name
    purposes: school-admissions
    sources: data-subject

Passes:

    kind: activity
    id: letters
    name: Letters to former staff
    subjects: former-employee
    data: [name, address]
    purposes: newsletter
    sources: own-organisation
    ---
    kind: activity
    id: leaving
    name: Leaving
    subjects: former-employee
    data: name
    purposes: employment-administration
    sources: data-subject
    ---
    kind: activity
    id: pay
    name: Pay
    subjects: former-employee
    data: [address, bank-details]
    purposes: employment-administration
    sources: data-subject

Passes, where it is made here:

    kind: activity
    id: checks
    name: Checks of our lessons
    subjects: pupil
    data: [name, case-notes]
    purposes: quality-assurance
    sources:
      - from: data-subject
        data: name
      - from: own-organisation
        data: case-notes
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.origins import Origins
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 14(2)(f)", "UK GDPR Article 5(1)(b)"),
    covers=("C-SOURCE",),
)
def check(case: Case) -> Iterator[Problem]:
    origins = Origins(case.register)
    for activity in case.ledger.activities:
        for source in activity.sources:
            untaken = origins.untaken(activity, source)
            if untaken:
                labels = [phrases.inside(label) for label in untaken]
                data, few = phrases.several(labels), phrases.few(labels, 2)
                yield Problem(
                    (source.origin / "from").location,
                    f"“{activity.name}” uses data as held already, and no entry takes {few} from anybody",
                    f"add {data} to the entry that takes it, or write whom it comes from, or that it is made here",
                    where=f"activity/{activity.id}",
                    facet="sources",
                )
