"""The record does not say whose it is, or how to reach them.

The record of processing begins with the name and the contact details of the controller, or of the
processor where it acts for others (Article 30(1)(a) and 30(2)(a)). Without them nobody can tell who
answers for the rest.

To mend it: add a `kind: organisation` with its `name` and its `contact`: an address, an email or a
telephone number.

Fails:

    kind: organisation                    # <- found here
    id: northwold
    name: Northwold Library

Passes:

    kind: organisation
    id: northwold
    name: Northwold Library
    contact: 1 Shelf Lane, Northwold NW1 1AA
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.location import Location
from ropa.register.non_answers import is_answer
from ropa.rule import rule

COVERS = ("A30-1A", "A30-2A")


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 30(1)(a)", "UK GDPR Article 30(2)(a)"),
    covers=COVERS,
)
def check(case: Case) -> Iterator[Problem]:
    organisation, activities = case.register.organisation, case.register.activities
    if (
        organisation is None and activities and case.whole
    ):  # else it may be the one that cannot be read
        yield Problem(
            Location(next(iter(activities.values())).origin.document.path),
            "the record does not say whose it is",
            "add a `kind: organisation` with its `name` and `contact`",
            where="organisation",
            facet="name",
        )
    elif organisation is not None and not is_answer(organisation.contact):
        yield Problem(
            (organisation.origin / "contact").location,
            f"the record does not say how to reach {organisation.name}",
            "write `contact`: an address, an email or a telephone number",
            where=f"organisation/{organisation.id}",
            facet="contact",
        )
