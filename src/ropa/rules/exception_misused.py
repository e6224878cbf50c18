"""A transfer rests on an exception that does not carry it.

The exceptions of Article 49 are for specific situations, not for a routine. The record says which
of them it is, and why the transfer is necessary. Public authorities that use their public powers
cannot rely on consent, on contracts or on compelling interests: letters (a) to (c), and the second
subparagraph (Article 49(3)).

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

Fails, where a public authority relies on one that is not for it:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    public_authority: true
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
        exception: {letter: a, reason: they agreed to it} # <- found here
      - to: hotel
        safeguard: exception
        exception: {letter: b, reason: they booked the stay} # <- found here
      - to: carrier
        safeguard: exception
        exception: {letter: c, reason: we booked the flight for them} # <- found here
      - to: insurance-firm
        safeguard: exception
        exception: {letter: compelling, reason: nobody else can help, safeguards: a contract} # <- found here
      - to: embassy
        safeguard: exception
        exception: {letter: d, reason: an important public interest}
    ---
    kind: party
    id: clinic
    name: Example Hospital
    type: controller
    country: AU
    ---
    kind: party
    id: hotel
    name: Example Hotel
    type: controller
    country: AU
    ---
    kind: party
    id: carrier
    name: Example Airline
    type: controller
    country: AU
    ---
    kind: party
    id: insurance-firm
    name: Example Insurance
    type: controller
    country: AU
    ---
    kind: party
    id: embassy
    name: Example Embassy
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

_NOT_FOR_AUTHORITIES = frozenset({"a", "b", "c", "compelling"})


@rule(
    Severity.WARNING,
    law=("UK GDPR Article 49(1)", "UK GDPR Article 49(3)"),
    rests_on=("safeguards/exception",),
    covers=("T-49",),
)
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.restricted:
        if flow.safeguard == "exception":
            for facet, fault, hint in _faults(case, flow):
                yield Problem(
                    (flow.origin / "exception").location
                    if flow.transfer.derogation
                    else (flow.origin / "safeguard").location,
                    f"{phrases.abroad(case.register, flow)}, and {fault}",
                    hint,
                    where=flow.id,
                    facet=f"exception/{facet}",
                )


def _faults(case: Case, flow: Flow) -> Iterator[tuple[str, str, str]]:
    derogation, organisation = flow.transfer.derogation, case.register.organisation
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
    if organisation and organisation.public_authority and derogation.letter in _NOT_FOR_AUTHORITIES:
        yield (
            "authority",
            "a public authority that uses its powers cannot rely on that one",
            "name another exception, or agree on a safeguard",
        )
