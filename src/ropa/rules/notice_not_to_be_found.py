"""Nobody can tell from the record where people find a notice.

Information has to be easily accessible (Article 12(1)). The record should say where each notice is published, or how
people are handed it: with the form, at the first visit, on the wall.

To mend it: write `url`, or `issued`: how people get it.

Fails:

    kind: notice                          # <- found here
    id: patients
    audience: patient

Fails, for each where another says it, and once where none does:

    kind: notice                          # <- found here
    id: patients
    audience: patient
    ---
    kind: notice                          # <- found here
    id: visitors
    audience: visitor
    ---
    kind: notice
    id: staff
    audience: employee
    issued: with the contract

Fails, once where no notice says it:

    kind: notice                          # <- found here
    id: patients
    audience: patient
    ---
    kind: notice
    id: visitors
    audience: visitor

Passes:

    kind: notice
    id: patients
    audience: patient
    issued: handed out with the first letter
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "ICO, right to be informed: checklists"),
    covers=("N-LOCATE",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking = [n for n in case.coverage.voices.notices if not (n.url or n.issued)]
    alone = len(lacking) > 1 and len(lacking) == len(case.coverage.voices.notices)
    for notice in lacking[:1] if alone else lacking:
        yield Problem(
            notice.origin.location,
            "no notice in force says where people find it"
            if alone
            else f"nothing says where people find “{notice.name}”",
            "write `url`, or `issued`: how people get it",
            where="notices" if alone else f"notice/{notice.id}",
            facet="url",
        )
