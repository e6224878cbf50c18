"""A personal data breach is noted, and no record of it is on file.

Every breach is documented: what happened, its effects, what was done about it (Article 33(5)). The
regulator may ask for it.

To mend it: write `record` below `breach`: the name it is filed under.

Fails:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    breach: {date: 2026-02-11}            # <- found here

Passes:

    kind: activity
    id: letters
    name: Letters to residents
    subjects: resident
    data: address
    purposes: printing-and-mailing
    breach: {date: 2026-02-11, record: BR-2026-3}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 33(5)",), covers=("G-33",))
def check(case: Case) -> Iterator[Problem]:
    for activity in case.register.activities.values():
        for number, breach in enumerate(activity.record.breaches, 1):
            if not breach.record:
                when = f" of {phrases.day(breach.found)}" if breach.found else ""
                yield Problem(
                    breach.origin.location,
                    f"“{activity.name}” notes a breach{when}, and no record of it is on file",
                    "write `record`: the name it is filed under",
                    where=f"activity/{activity.id}",
                    facet=f"breach/{number}",
                )
