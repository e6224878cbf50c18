"""A system is in the register, and no activity keeps anything in it.

Either it is no longer in use, and it can go, or an activity does not say where its data is kept.
Nobody can look after data, or find it when a person asks for it, without knowing where it is
(Articles 15 and 32).

To mend it: delete the system, or name it under `systems` in the activities that use it.

Fails:

    kind: system
    id: visitor-book                      # <- found here
    name: Visitor book at the school gate

Passes:

    kind: system
    id: visitor-book
    name: Visitor book at the school gate
    ---
    kind: activity
    id: visits
    name: Signing visitors in and out
    subjects: visitor
    data: [name, vehicle-registration]
    purposes: security-of-premises
    systems: visitor-book
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.NOTE, since="0.1.0", law=("UK GDPR Article 15", "UK GDPR Article 32"))
def check(case: Case) -> Iterator[Problem]:
    if case.short:
        return  # what cannot be read may use it
    for id_ in case.graph.unused_systems():
        system = case.register.systems[id_]
        yield Problem(
            (system.origin / "id").location,
            f"no activity keeps anything in {system.name}",
            "delete it, or name it under `systems` in the activities that use it",
            where=f"system/{id_}",
            facet="use",
        )
