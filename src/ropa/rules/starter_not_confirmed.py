"""Entries come from a starter pack, and nobody has confirmed them yet.

`ropa init` begins a register with what every body of its kind has: parties, words, whether it is a public
authority. That is a guess about bodies of a kind, and not a fact about this one. The organisation answers for what
its record says (Articles 5(2) and 30).

To mend it: look at each entry. Where it is so, delete its line `starter: true`, and write what else is known, such as
the agreement. Where it is not so, delete the entry.

Fails:

    kind: party
    id: our-local-authority
    name: Our local authority
    type: public-authority
    starter: true                         # <- found here

Fails, once for all of them:

    kind: organisation
    id: northwold
    name: Northwold School
    public_authority: true
    starter: true                         # <- found here
    ---
    kind: party
    id: our-local-authority
    name: Our local authority
    type: public-authority
    starter: true
    ---
    kind: term
    facet: purpose
    id: homework
    label: Homework
    starter: true

Passes:

    kind: party
    id: our-local-authority
    name: Exampleshire County Council
    type: public-authority
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.document import Origin
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases

MOST_NAMED, MOST_USED = 3, 2


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 30"))
def check(case: Case) -> Iterator[Problem]:
    found = list(_unconfirmed(case))
    if not found:
        return
    (_, first), *_ = found
    one = len(found) == 1
    entries = phrases.count(len(found), "entry", "entries")
    yield Problem(
        (first / "starter").location,
        f"{entries} of a starter pack {'is' if one else 'are'} not confirmed yet:"
        f" {phrases.few([name for name, _ in found], MOST_NAMED)}{_used(case)}",
        "look at each: delete its `starter: true` where it is so, and the entry where it is not",
        where="starters",
        facet="starter",
    )


def _unconfirmed(case: Case) -> Iterator[tuple[str, Origin]]:
    """What nobody has confirmed, by name, in the order of the register."""
    organisation = case.register.organisation
    if organisation and organisation.starter:
        yield "what kind of body it is", organisation.origin
    yield from ((p.name, p.origin) for p in case.register.parties.values() if p.starter)
    for term in case.register.terms:
        if term.starter and term.origin is not None:
            yield f"“{term.label}”", term.origin


def _used(case: Case) -> str:
    """Those that flows rest on already."""
    unused = {*case.graph.unused_parties()}
    used = [p.name for p in case.register.parties.values() if p.starter and p.id not in unused]
    who = phrases.several(used) if len(used) <= MOST_USED else f"{len(used)} of them"
    return f"; data already goes to or comes from {who}" if used else ""
