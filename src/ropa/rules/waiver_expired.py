"""A waiver has run out.

A gap was accepted until a certain day, and that day has passed. What the waiver accepted counts
again as a fault, so that nothing stays accepted because somebody forgot it.

To mend it: mend the gap and delete the waiver. If the gap has to stand for longer, have its owner
decide so, and write the new day and the reason.

Fails:

    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2026-09-30                     # <- found here

Passes:

    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2026-12-31
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 5(2)",), last=True)
def check(case: Case) -> Iterator[Problem]:
    for waiver in case.acceptance.waivers:
        if waiver.over(case.settings.day):
            yield Problem(
                (waiver.origin / "until").location,
                f"{waiver.name} ran out on {phrases.day(waiver.until)}, and what it "
                "accepted counts again",
                f"mend the gap and delete the waiver, or ask {waiver.owner} for a new decision",
                where=waiver.about,
                facet="until",
            )
