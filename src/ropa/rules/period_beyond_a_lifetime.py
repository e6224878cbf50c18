"""Data is kept for longer than anybody lives.

Data is kept in a form that identifies people no longer than is needed for what it is used for; for
archives in the public interest, research and statistics it may be kept longer (Article 5(1)(e)). No law
that this tool knows asks for more than 100 years. Whoever keeps data for longer has to be able to say
why.

To mend it: set the period that the work needs; or record the keeping as what it is: archiving, research
or statistics.

Fails:

    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    retention:
      - {period: P500Y, trigger: end-of-year, law: School schedule line 1}       # <- found here

Passes:

    kind: activity
    id: adoptions
    name: Adoption records
    subjects: child
    data: adoption
    purposes: adoption-and-fostering
    retention:
      - {period: P100Y, trigger: adoption-order, law: SI 2005/888 regulation 6}

Passes, for an archive:

    kind: activity
    id: charters
    name: Records of the borough
    subjects: resident
    data: name
    purposes: archiving
    retention:
      - {period: P500Y, trigger: end-of-year, law: Local Government Act 1972 s.224}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.periods import days, how_long
from ropa.register.vocabulary import Facet
from ropa.rule import rule

_LIFETIME = "P110Y"
_MAY_KEEP = ("archiving", "research", "statistics")


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 5(1)(e)",), covers=("R-LAW",))
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        if case.ledger.about(Facet.PURPOSE, activity.purposes, _MAY_KEEP):
            continue
        for number, entry in enumerate(activity.retention, 1):
            if entry.period and days(entry.period) > days(_LIFETIME):
                yield Problem(
                    (entry.origin / "period").location,
                    f"“{activity.name}” keeps data {how_long(entry.period)}, longer than "
                    "anybody lives, and is no archive, research or statistics",
                    "set the period that the work needs, or record the keeping as what it is",
                    where=f"activity/{activity.id}",
                    facet=f"retention/{number}/period",
                )
