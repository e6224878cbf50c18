"""Data that was given away comes back, and no entry takes it from whoever passes it on.

Somebody to whom data was given passes it on, step by step, and in the end to the organisation that gave it. What
comes back is taken from somebody other than the person, so the person has to be told whom it
comes from (Article 14(2)(f)), and what it is then used for. Where no entry records that, nobody can say.

To mend it: add whoever passes it on to the sources of the entry that uses it; or take the step out, if it is not so.

Fails:

    kind: activity
    id: placements
    name: Finding a placement
    subjects: looked-after-child
    data: [name, placement]
    purposes: support
    sources: data-subject
    disclosures:
      - to: fostering-agency
        onward:
          - to: own-organisation          # <- found here
            data: placement

Fails, where something else is taken from them:

    kind: activity
    id: placements
    name: Finding a placement
    subjects: looked-after-child
    data: [name, placement]
    purposes: support
    sources:
      - from: data-subject
      - from: fostering-agency
        data: name
    disclosures:
      - to: fostering-agency
        onward:
          - to: own-organisation          # <- found here
            data: placement

Passes:

    kind: activity
    id: placements
    name: Finding a placement
    subjects: looked-after-child
    data: [name, placement]
    purposes: support
    sources:
      - from: data-subject
      - from: fostering-agency
        data: placement
    disclosures:
      - to: fostering-agency
        onward:
          - to: own-organisation
            data: placement

Passes, where the people themselves bring back what is taken from them:

    kind: activity
    id: placements
    name: Finding a placement
    subjects: looked-after-child
    data: [name, placement]
    purposes: support
    sources: data-subject
    disclosures:
      - to: data-subject
        onward:
          - to: own-organisation
            data: placement
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 14(2)(f)", "UK GDPR Article 30(1)(d)"),
)
def check(case: Case) -> Iterator[Problem]:
    for flow, labels in case.graph.comes_back():
        data = phrases.several(map(phrases.inside, labels))
        giver = phrases.name(case.register, Facet.RECIPIENT, flow.start.id)
        yield Problem(
            (flow.origin / "to").location,
            f"{phrases.deed(case.register, flow, data)}, which gave it away, and no entry takes it from there",
            f"add {giver} to the sources of the entry that uses it, or take this step out",
            where=flow.id,
            facet="source",
        )
