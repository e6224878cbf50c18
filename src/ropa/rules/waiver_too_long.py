"""A waiver runs for more than twelve months, so it accepts nothing yet.

A gap that is accepted for years is a gap that nobody means to mend. Measures are reviewed and kept up
to date (Article 24(1)), so whoever accepts a gap decides anew at least once a year.

To mend it: write a day within the next twelve months.

Fails:

    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2027-11-24                     # <- found here

Passes:

    kind: waiver
    id: print-firm
    finding: recipient-omitted@letters/disclose/print-firm@recipient
    reason: The new notice is at the printer
    owner: privacy@exampleton.example
    until: 2027-11-23
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"),
    last=True,
)
def check(case: Case) -> Iterator[Problem]:
    for waiver in case.acceptance.waivers:
        if waiver.too_long(case.settings.day):
            yield Problem(
                (waiver.origin / "until").location,
                f"{waiver.name} accepts nothing yet, because it runs until {phrases.day(waiver.until)}, "
                "more than twelve months from the day asked about",
                f"have {waiver.owner} decide for a year at the most",
                where=waiver.about,
                facet="until",
            )
