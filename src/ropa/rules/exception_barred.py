"""A public authority that uses its powers sends data abroad on an exception that is not for it.

Consent, a contract with the person or in their interest, and compelling interests carry no transfer
that a public authority makes in the exercise of its public powers: letters (a) to (c) and the second
subparagraph of Article 49(1) do not apply to it (Article 49(3)). What is no task of the authority,
such as a journey of its own staff, is another matter.

To mend it: agree on a safeguard under Article 46, or name the exception that holds: an important
public interest in law (d), legal claims (e), vital interests (f), a public register (g).

Fails:

    kind: organisation
    id: council
    name: Sampleton Council
    contact: Town Hall, Sampleton SA1 1AA
    public_authority: true
    ---
    kind: activity
    id: enquiries-abroad
    name: Enquiries abroad
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: e, law: Children Act 1989 s.47}
    disclosures:
      - to: agency
        safeguard: exception
        exception: {letter: a, reason: the family agreed}      # <- found here
    ---
    kind: party
    id: agency
    name: Example Child Agency
    type: controller
    country: AU

Fails, for contracts and compelling interests:

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

    kind: organisation
    id: council
    name: Sampleton Council
    contact: Town Hall, Sampleton SA1 1AA
    public_authority: true
    ---
    kind: activity
    id: enquiries-abroad
    name: Enquiries abroad
    subjects: child
    data: name
    purposes: child-protection
    basis: {article_6: e, law: Children Act 1989 s.47}
    disclosures:
      - to: agency
        safeguard: exception
        exception: {letter: f, reason: the child is in danger there}
    ---
    kind: party
    id: agency
    name: Example Child Agency
    type: controller
    country: AU

Passes, as a journey of its own staff is no public power:

    kind: organisation
    id: council
    name: Sampleton Council
    contact: Town Hall, Sampleton SA1 1AA
    public_authority: true
    ---
    kind: activity
    id: travel
    name: Journeys of our staff
    subjects: employee
    data: name
    purposes: employment-administration
    basis: {article_6: b, reason: the contract of employment}
    disclosures:
      - to: hotel
        safeguard: exception
        exception: {letter: b, reason: a room has to be booked}
    ---
    kind: party
    id: hotel
    name: Example Hotel
    type: controller
    country: AU
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import PURPOSE, Flow
from ropa.rule import rule
from ropa.saying import phrases

_NOT_FOR_AUTHORITIES = {
    "a": "consent",
    "b": "a contract with the person",
    "c": "a contract in their interest",
    "compelling": "compelling interests",
}


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 49(1)", "UK GDPR Article 49(3)"),
    covers=("T-49",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation is None or not organisation.public_authority:
        return
    for flow in case.graph.restricted:
        derogation = flow.transfer.derogation
        if flow.safeguard == "exception" and derogation and _is_power(case, flow):
            letter = _NOT_FOR_AUTHORITIES.get(derogation.letter)
            if letter:
                yield Problem(
                    (flow.origin / "exception").location,
                    f"{phrases.abroad(case.register, flow)} ({letter}), which a public authority cannot rely on "
                    "where it uses its powers (Article 49(3))",
                    "agree on a safeguard, or name the exception that holds",
                    where=flow.id,
                    facet="exception/authority",
                )


def _is_power(case: Case, flow: Flow) -> bool:
    """Whether it is done for a task of the authority, and not for what anybody does."""
    interests = flow.basis is not None and flow.basis.article_6 == "f"
    return not interests and not case.ledger.is_no_task(flow.box[PURPOSE])
