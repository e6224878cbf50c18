"""A notice relies on a law or a transfer scheme that has ended.

Whoever reads it learns of rights and duties that are no longer there, and cannot trust the rest: a
regulator counted a mention of the Privacy Shield among the wrong information of a site (CNIL,
SAN-2025-017). Information must be true and easy to understand (Articles 5(1)(a), 12(1)). To tell
the history ("replaced the Data Protection Act 1998") is no fault, and a notice is judged by the law
of the day of the check, and only while it is in force.

To mend it: name what took its place, and read the whole notice again, since it is older than that.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    You can see your file under section 7 of the Data Protection Act (1998).    # <- found here

    Our supplier in the United States belongs to the Privacy Shield.            # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    You can see your file under Article 15 of the UK GDPR, which replaced the Data Protection Act 1998.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import superseded

KINDS = ("instrument", "transfer")


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 12(1)", "UK GDPR Article 13"),
    rests_on=("superseded/instrument", "superseded/transfer"),
    covers=("X-INSTRUMENT",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.SUPERSEDED.on(case.settings.day, case.regimes):
            if row.kind in KINDS and (hits := superseded(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"relies on {row.name}, {row.how} (“{hits[0].words}”)",
                    f"name {row.replacement} instead",
                    row.id,
                )
