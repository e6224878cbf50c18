"""A notice tells people of a condition that the register does not record.

"Only after an approval", "under a written agreement", "if you consent": such words tell people
what protects them. If the register does not record that the condition exists for that flow, nobody
can show that it is met, and perhaps it never was. What a notice says must be true (Article
5(1)(a)), and the organisation must be able to show it (Article 5(2)).

To mend it: record the condition under `conditions`, with the name it is filed under, or take it out
of the notice.

Fails:

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    disclosures:
      - to: clinic                        # <- found here
    ---
    kind: party
    id: clinic
    name: Sample Street Eye Clinic
    type: controller
    broader: private-health-provider
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We share results with the clinic under a written agreement
        discloses: {to: clinic, conditions: agreement}

Fails, where the condition is on what others give:

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    sources: gp-practice                  # <- found here
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: Your GP tells us of your health under a written agreement
        collects: {from: gp-practice, conditions: agreement}

Fails, where somebody else promises more than an approval:

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    disclosures:
      - to: clinic
        onward:
          - to: eye-research              # <- found here
    ---
    kind: party
    id: clinic
    name: Sample Street Eye Clinic
    type: controller
    broader: private-health-provider
    ---
    kind: party
    id: eye-research
    name: University of Exampleton
    type: controller
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: The clinic shares results with the university under a written agreement
        discloses: {to: eye-research, by: clinic, conditions: agreement}

Fails, where the approval is one of our own:

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    disclosures:
      - to: clinic                        # <- found here
    ---
    kind: party
    id: clinic
    name: Sample Street Eye Clinic
    type: controller
    broader: private-health-provider
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We share results with the clinic once our panel has approved it
        discloses: {to: clinic, conditions: approval}

Passes:

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    disclosures:
      - to: clinic
        conditions:
          - agreement: ISA-2026-14
    ---
    kind: party
    id: clinic
    name: Sample Street Eye Clinic
    type: controller
    broader: private-health-provider
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We share results with the clinic under a written agreement
        discloses: {to: clinic, conditions: agreement}

Passes, where the approval is one of somebody else (`approval-bypassed` looks at those):

    kind: activity
    id: screening
    name: Eye screening for people with diabetes
    subjects: patient
    data: [name, health]
    purposes: health-care
    disclosures:
      - to: clinic
        onward:
          - to: eye-research
    ---
    kind: party
    id: clinic
    name: Sample Street Eye Clinic
    type: controller
    broader: private-health-provider
    ---
    kind: party
    id: eye-research
    name: University of Exampleton
    type: controller
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: The clinic shares results with the university only after its own approval
        discloses: {to: eye-research, by: clinic, conditions: approval}
"""

from collections.abc import Iterator, Mapping

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.coverage import Told
from ropa.judging.gaps import place
from ropa.register.model import Claim, Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_STEPS = frozenset({Claim.COLLECTS, Claim.DISCLOSES})


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 5(2)"),
    covers=("C-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    for told in case.coverage.under_conditions():
        for kind, statements in _missing(case, told).items():
            condition = phrases.CONDITIONS[kind]
            about = phrases.about(case.register, told.flow)
            yield Problem(
                (told.flow.origin / "to").location,
                f"{phrases.quoted(statements, most=60)} promises {condition}; none is recorded where "
                f"{phrases.goes(case.register, told.flow, about)}",
                f"record {condition} under `conditions`, with the name it is filed under, or take "
                f"it out of {case.notices_saying(statements)}",
                tuple((place(statement), "it is promised here") for statement in statements),
                told.flow.id,
                f"conditions/{kind}",
            )


def _missing(case: Case, told: Told) -> Mapping[str, list[Statement]]:
    """The conditions that are not recorded, each with the statements that promise it.

    An approval by somebody else is another matter: data must not go around it by any way.
    """
    missing: dict[str, list[Statement]] = {}
    whom = told.on(Facet.RECIPIENT) or told.on(Facet.SOURCE)
    for statement in whom.told_by if whom else ():
        if statement.conditions and statement.claim in _STEPS:
            for kind in case.coverage.guards.unrecorded(statement, told.flow):
                if not (statement.by and kind == "approval"):
                    missing.setdefault(kind, []).append(statement)
    return missing
