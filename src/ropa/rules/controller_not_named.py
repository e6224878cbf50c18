"""A notice nowhere says whose it is.

People must be told who is responsible for their data, by name (Articles 13(1)(a), 14(1)(a)). “We”, the
name of a team, or a web address does not tell them. The notices it sends its reader to count, too.

To mend it: name the organisation as the register does, and say that it is the controller.

Fails:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md                        # <- found here
    === users.md
    We use your name to lend you books.

Passes:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Northwold Library uses your name to lend you books.

Passes, where the notice sends its reader to one that names it:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: users
    audience: library-user
    layers: [library]
    text: users.md
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    === users.md
    We use your name to lend you books. [More](library.md).
    === library.md
    Northwold Library is the controller.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.names import named


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(a)", "UK GDPR Article 14(1)(a)"),
    covers=("N-1A",),
)
def check(case: Case) -> Iterator[Problem]:
    if not case.register.organisation:
        return
    name = case.register.name
    naming = {w.notice.id for w in case.wordings if named(w, name)}
    for notice in (wording.notice for wording in case.wordings):
        if naming.isdisjoint((notice.id, *notice.leads_to)):
            yield Problem(
                (notice.origin / "text").location,
                f"“{notice.name}” does not name {name} anywhere",
                f"write that {name} is the controller, and how to reach it",
                where=f"notice/{notice.id}",
                facet="name",
            )
