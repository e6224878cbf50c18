"""A notice gives another address for the data protection officer than the register does.

One of the two is out of date, and people who write to it may never get an answer (Articles 13(1)(b),
37(7), 38(4)).

To mend it: find out which mailbox is read, and write it in both.

Fails:

    kind: organisation
    id: northwold
    name: Northwold Library
    dpo: dpo@northwold.example
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Our data protection officer is at officer@northwold.example.        # <- found here

Passes:

    kind: organisation
    id: northwold
    name: Northwold Library
    dpo: dpo@northwold.example
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Our data protection officer is at dpo@northwold.example.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording import EMAIL, Hit, Wording, compiled, same_name

OFFICER = r"\b(?:data protection officer|DPO)\b"


@rule(
    Severity.WARNING,
    law=("UK GDPR Article 13(1)(b)", "UK GDPR Article 14(1)(b)", "UK GDPR Article 37(7)"),
    covers=("X-CONTACT", "N-1B"),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    recorded = (
        {e.casefold() for e in compiled(EMAIL).findall(organisation.dpo)} if organisation else set()
    )
    for wording in case.wordings if recorded else ():
        told = [hit for hit in wording.find(EMAIL) if _of_our_officer(case, wording, hit)]
        if told and recorded.isdisjoint(hit.words.casefold() for hit in told):
            yield case.wording_problem(
                wording,
                told,
                f"sends people to {told[0].words} for the data protection officer, "
                f"and the register says {min(recorded)}",
                "write the mailbox that is read, in both",
                "dpo",
            )


def _of_our_officer(case: Case, wording: Wording, hit: Hit) -> bool:
    """Whether an address stands with the officer's title, and not with the name of somebody else."""
    around = " ".join(p.words for p in (*wording.lead(hit.passage)[::-1], hit.passage))
    near = hit.before if compiled(OFFICER).search(hit.before) else around
    others = (party.name for party in case.register.parties.values())
    return compiled(OFFICER).search(near) is not None and not any(
        same_name(around, name, wording) for name in others
    )
