"""A promise gives way to a narrower sentence only in the way promises are judged here.

"We do not give your details to anyone, except as we say below" and "we give your name to the caterer" can be
read together: the second is the exception. People may all the same take the promise at its word, and other ways to
judge, such as PoliCheck's, call the two ambiguous (`--mode cautious`, `--mode strict`). Whoever relies on the
exception should know that it rests on this choice. What people are told must be clear (Article 12(1)).

To mend it: name the exception in the promise itself, and state it there (`unless`); or leave it as it is,
knowing why it holds.

Fails:

    kind: activity
    id: lunches
    name: School lunches
    subjects: pupil
    data: name
    purposes: support
    disclosures:
      - to: caterer                       # <- found here
    ---
    kind: party
    id: caterer
    name: Example Lunches
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We do not give your details to anyone, except as we say below
        never: discloses
        to: anyone
      - quote: We give your name to Example Lunches
        discloses: {to: caterer, data: name}

Passes:

    kind: activity
    id: lunches
    name: School lunches
    subjects: pupil
    data: name
    purposes: support
    disclosures:
      - to: caterer
    ---
    kind: party
    id: caterer
    name: Example Lunches
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We give your name to Example Lunches
        discloses: {to: caterer, data: name}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.gaps import place
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 12(1)",), covers=("C-DENY",))
def check(case: Case) -> Iterator[Problem]:
    for told in case.coverage.flows:
        judgement = told.on(Facet.PROMISE)
        if judgement is None or judgement.verdict is not Verdict.CLEAR or not judgement.modes:
            continue
        done = phrases.goes(case.register, told.flow, phrases.about(case.register, told.flow))
        yield Problem(
            (told.flow.origin / "to").location,
            f"{done}, as an exception from {phrases.quoted(judgement.against, 40)}",
            "name the exception in the promise itself, and state it there with `unless`"
            f"{case.in_other_modes(judgement)}",
            tuple(
                (place(statement), caption)
                for statements, caption in (
                    (judgement.against, "the promise"),
                    (judgement.told_by, "the exception"),
                )
                for statement in statements
            ),
            told.flow.id,
            str(Facet.PROMISE),
        )
