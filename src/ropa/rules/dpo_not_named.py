"""A public authority records no data protection officer.

Every public authority must have a data protection officer, publish how to reach them and tell the
regulator (Article 37(1)(a) and (7)). The record of processing names them, too (Article 30(1)(a)).

To mend it: write `dpo` with the organisation: how people reach the officer. A post and a mailbox
are enough.

Fails:

    kind: organisation                    # <- found here
    id: sampleton
    name: Sampleton Town Council
    contact: Town Hall, Sampleton SA1 1AA
    public_authority: true

Passes:

    kind: organisation
    id: sampleton
    name: Sampleton Town Council
    contact: Town Hall, Sampleton SA1 1AA
    public_authority: true
    dpo: dpo@sampleton.example
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.non_answers import is_answer
from ropa.rule import rule

LAW = ("UK GDPR Article 30(1)(a)", "UK GDPR Article 37(1)(a)", "UK GDPR Article 37(7)")


@rule(Severity.ERROR, since="0.1.0", law=LAW, covers=("A30-1A-DPO", "G-37"))
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    if organisation and organisation.public_authority and not is_answer(organisation.dpo):
        yield Problem(
            organisation.origin.location,
            f"{organisation.name} is a public authority, and no data protection officer is recorded",
            "write `dpo`: how people reach the officer",
            where=f"organisation/{organisation.id}",
            facet="dpo",
        )
