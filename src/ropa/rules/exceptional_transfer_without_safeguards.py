"""A one-off transfer for compelling interests is recorded without its safeguards.

Where no other way exists, data may go abroad once, about a limited number of people, for compelling
legitimate interests, and only with suitable safeguards (Article 49(1), second subparagraph). This
is the one kind of transfer whose safeguards have to stand in the record itself (Articles 30(1)(e),
30(2)(c) and 49(6)).

To mend it: write `safeguards` below `exception`, or do not make the transfer.

Fails:

    kind: activity
    id: recall
    name: Recall of a faulty implant
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: maker
        safeguard: exception
        exception:                        # <- found here
          letter: compelling
          reason: only the maker can tell which implants are faulty
    ---
    kind: party
    id: maker
    name: Sample Implants Inc.
    type: controller
    country: US

Passes:

    kind: activity
    id: recall
    name: Recall of a faulty implant
    subjects: patient
    data: name
    purposes: health-care
    disclosures:
      - to: maker
        safeguard: exception
        exception:
          letter: compelling
          reason: only the maker can tell which implants are faulty
          safeguards: sent encrypted, serial numbers in place of names, deleted after a month
    ---
    kind: party
    id: maker
    name: Sample Implants Inc.
    type: controller
    country: US
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases

LAW = tuple(f"UK GDPR Article {n}" for n in ("30(1)(e)", "30(2)(c)", "49(1)", "49(6)"))


@rule(Severity.ERROR, since="0.1.0", law=LAW, covers=("A30-1E-SG", "A30-2C"))
def check(case: Case) -> Iterator[Problem]:
    for flow in case.graph.restricted:
        derogation = flow.transfer.derogation
        if derogation and derogation.letter == "compelling" and not derogation.safeguards:
            yield Problem(
                (flow.origin / "exception").location,
                f"{phrases.abroad(case.register, flow)}, for compelling interests, and the record "
                "does not hold the safeguards",
                "write `safeguards` below `exception`",
                where=flow.id,
                facet="exception/safeguards",
            )
