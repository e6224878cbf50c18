"""A recipient keeps data for longer than the one it came from.

Personal data is kept no longer than its purpose needs (Article 5(1)(e)). If a recipient keeps it
for longer than whoever passed it on, it outlives the purpose it was collected for, unless the
recipient has a reason of its own.

To mend it: agree on a shorter period with the recipient, or record why the longer one is right
(`law`) and accept the finding with a waiver.

Fails:

    kind: activity
    id: recruitment
    name: Choosing new staff
    subjects: job-applicant
    data: [name, employment-history]
    purposes: recruitment
    retention: {period: P6M, trigger: decision}
    disclosures:
      - to: recruitment-agency
        retention: {period: P2Y, trigger: decision}    # <- found here

Passes:

    kind: activity
    id: recruitment
    name: Choosing new staff
    subjects: job-applicant
    data: [name, employment-history]
    purposes: recruitment
    retention: {period: P6M, trigger: decision}
    disclosures:
      - to: recruitment-agency
        retention: {period: P6M, trigger: decision}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 5(1)(e)",), covers=("C-RETENTION",))
def check(case: Case) -> Iterator[Problem]:
    for flow, before, after in case.graph.lengthened_retention():
        kept = [phrases.kept(case.register, entry) for entry in (before, after)]
        recipient = phrases.name(case.register, Facet.RECIPIENT, flow.end.id)
        yield Problem(
            (after.origin / "period").location,
            f"{recipient} keeps {phrases.about(case.register, flow)} for "
            f"{kept[1]}, longer than the {kept[0]} of those it comes from",
            f"agree on a shorter period with {recipient}, or record why it needs the longer one",
            (((before.origin / "period").location, "this is how long it is kept before"),),
            flow.id,
            "retention",
        )
