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

Fails, where the title stands above the address, or behind it:

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
    Data Protection Officer

    officer@northwold.example             # <- found here

Fails, where the title stands behind the address:

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
    Write to officer@northwold.example, our data protection officer. # <- found here

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

Passes, where the address is not the officer's:

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
    Write to us at hello@northwold.example if you want to borrow a book.

    Our library is open on weekdays.

    Our data protection officer is Ms Example.

Passes, where the officer is that of somebody else:

    kind: organisation
    id: northwold
    name: Northwold Library
    dpo: dpo@northwold.example
    ---
    kind: party
    id: press
    name: Quill Example Press
    type: controller
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    The data protection officer of Quill Example Press is at officer@quill.example.

Passes, where the register names no address:

    kind: organisation
    id: northwold
    name: Northwold Library
    dpo: Ms Example
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Our data protection officer is at officer@northwold.example.

Passes, where the register has no organisation:

    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Our data protection officer is at officer@northwold.example.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.names import same_name
from ropa.wording.sentences import EMAIL, NEAR, Hit, Wording, compiled

OFFICER = r"\b(?:data protection officer|DPO)\b"


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(b)", "UK GDPR Article 14(1)(b)", "UK GDPR Article 37(7)"),
    covers=("X-CONTACT", "N-1B"),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    recorded = (
        {e.casefold() for e in compiled(EMAIL).findall(organisation.dpo)} if organisation else set()
    )
    for wording in (w for w in case.wordings if recorded and w.says(OFFICER)):
        told = [hit for hit in wording.find(EMAIL) if _near_the_title(wording, hit)]
        if recorded.isdisjoint(hit.words.casefold() for hit in told) and (
            told := [hit for hit in told if not _of_another(case, wording, hit)]
        ):
            yield case.wording_problem(
                wording,
                told,
                f"sends people to {told[0].words} for the data protection officer, "
                f"and the register says {min(recorded)}",
                "write the mailbox that is read, in both",
                "dpo",
            )


def _near_the_title(wording: Wording, hit: Hit) -> bool:
    """Whether the address stands behind the officer's title, or under it."""
    officer = compiled(OFFICER).search
    return officer(hit.before) is not None or officer(_around(wording, hit)) is not None


def _of_another(case: Case, wording: Wording, hit: Hit) -> bool:
    """Whether it is the officer of somebody else in the register."""
    around = _around(wording, hit)
    return any(same_name(around, p.name, wording) for p in case.register.parties.values())


def _around(wording: Wording, hit: Hit) -> str:
    """What stands before the address, in the passage above it, too, and behind it."""
    above = (p.words[-NEAR:] for p in wording.lead(hit.passage)[::-1])
    return " ".join((*above, hit.around))
