"""A transfer rests on an exception that does not carry it.

The exceptions of Article 49 are for specific situations, not for a routine. The record says which
of them it is, and why the transfer is necessary.

To mend it: write `exception` with its `letter` and `reason`; for transfers that recur, agree on a
safeguard.

Fails:

    kind: activity
    id: casework-abroad
    name: Asking doctors abroad
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: clinic
        safeguard: exception              # <- found here
    ---
    kind: party
    id: clinic
    name: Example Hospital
    type: controller
    country: AU

Fails, where it is not said why, or it happens again and again:

    kind: activity
    id: casework-abroad
    name: Asking doctors abroad
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: clinic
        safeguard: exception
        exception: {letter: f, repeated: true} # <- found here
    ---
    kind: party
    id: clinic
    name: Example Hospital
    type: controller
    country: AU


Passes:

    kind: activity
    id: casework-abroad
    name: Asking doctors abroad
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: clinic
        safeguard: exception
        exception: {letter: f, reason: the patient lies unconscious in a hospital abroad}
    ---
    kind: party
    id: clinic
    name: Example Hospital
    type: controller
    country: AU

Passes, where an organisation that is no authority relies on consent:

    kind: organisation
    id: lantern
    name: Example Lantern Trust
    ---
    kind: activity
    id: casework-abroad
    name: Asking doctors abroad
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: clinic
        safeguard: exception
        exception: {letter: a, reason: the patient agreed to it}
    ---
    kind: party
    id: clinic
    name: Example Hospital
    type: controller
    country: AU
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import Flow
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 49(1)",),
    rests_on=("safeguards/exception",),
    covers=("T-49",),
)
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.restricted:
        if flow.safeguard == "exception":
            for facet, fault, hint in _faults(flow):
                yield Problem(
                    (flow.origin / "exception").location
                    if flow.transfer.derogation
                    else (flow.origin / "safeguard").location,
                    f"{phrases.abroad(case.register, flow)}, and {fault}",
                    hint,
                    where=flow.id,
                    facet=f"exception/{facet}",
                )


def _faults(flow: Flow) -> Iterator[tuple[str, str, str]]:
    derogation = flow.transfer.derogation
    if derogation is None:
        yield (
            "letter",
            "the record does not say which exception it is",
            "write `exception` with its `letter` and `reason`",
        )
        return
    if not derogation.reason:
        yield "reason", "the record does not say why it is necessary", "write `reason`"
    if derogation.repeated:
        yield (
            "repeated",
            "it happens again and again, which no exception is for",
            "agree on a safeguard for it",
        )
