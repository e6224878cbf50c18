"""A period rests on the law of another nation.

How long case records are kept is devolved: England, Wales and Scotland each have their own
regulations, and the periods differ. A schedule copied from across the border is wrong here, even
where the number happens to be right.

To mend it: name the law of your nation, and check the period against it.

Fails:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    nation: England
    ---
    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P100Y
      trigger: birth
      law: SSI 2009/210 reg 43            # <- found here

Passes:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    nation: England
    ---
    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P75Y
      trigger: birth
      law: SI 2010/959 reg 50

Passes, where the nation is not recorded:

    kind: organisation
    id: exampleshire
    name: Exampleshire County Council
    contact: County Hall, Exampleshire EX1 1AA
    ---
    kind: activity
    id: looked-after
    name: Supporting children we look after
    subjects: looked-after-child
    data: care-plan
    purposes: support
    retention:
      period: P100Y
      trigger: birth
      law: SSI 2009/210 reg 43
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(e)",),
    rests_on=("statutory-retention",),
    covers=("R-NATION",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation is None or not organisation.nation:
        return
    for activity, number, entry, row in case.ledger.cited_periods:
        if row.nation != organisation.nation:
            yield Problem(
                (entry.origin / "law").location,
                f"“{activity.name}” is kept under {row.law}, which is law in {row.nation}, and "
                f"{organisation.name} is in {organisation.nation}",
                f"name the law of {organisation.nation}, and check the period against it",
                where=f"activity/{activity.id}",
                facet=f"retention/{number}/law",
            )
