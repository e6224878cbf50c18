"""A field that asks for an answer holds none: “TBC”, “n/a”, “see above”, “?”.

The record has to say what Article 30 asks for, and the organisation has to be able to show that it complies
(Article 5(2)). A word that stands for an answer that nobody has given shows that somebody meant to.

To mend it: write the answer, or take the field out until there is one.

Fails:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    consent_record: tbc                                # <- found here
    dpia: {needed: true, reference: see above}         # <- found here
    retention: {criteria: "?"}                         # <- found here

Passes:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    consent_record: forms in the staff file
    dpia: {needed: true, reference: DPIA-2025-4}
    retention: {criteria: until the next pay day}
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ropa.case import Case
from ropa.documents.document import Document, Origin
from ropa.findings import Problem, Severity
from ropa.register.non_answers import ASKED, is_answer
from ropa.rule import rule

Found = tuple[Origin, str]
"""A text, and where it is written."""


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 30(1)"),
    covers=("R-FORM",),
)
def check(case: Case) -> Iterator[Problem]:
    for document in (d for d in case.documents if isinstance(d.data, dict)):
        asked = ASKED.get(str(document.data.get("kind")), frozenset())
        for origin, text in _texts(document, asked):
            if not is_answer(text):
                field = next(str(s) for s in reversed(origin.pointer) if isinstance(s, str))
                yield Problem(
                    origin.location,
                    f"`{field}` asks for an answer, and “{text}” is none",
                    "write the answer, or take the field out until there is one",
                    where=f"{document.data['kind']}/{document.data.get('id', '')}",
                    facet="/".join(map(str, origin.pointer)),
                )


def _texts(document: Document, asked: frozenset[str]) -> Iterator[Found]:
    """Every text under a field that asks for an answer; of a list, each."""
    leading = _leading(asked)
    waiting: list[tuple[Origin, Any, str]] = [(document.origin, document.data, "")]
    while waiting:
        at, value, path = waiting.pop()
        if isinstance(value, dict):
            if value.get("proposed"):
                continue  # it counts for nothing, so nothing is asked of it
            held = ((key, f"{path}/{key}".lstrip("/")) for key in value)
            waiting += [(at / key, value[key], to) for key, to in held if to in leading]
        elif isinstance(value, list):
            waiting += [(at / i, held, path) for i, held in enumerate(value)]
        elif isinstance(value, str) and path in asked:
            yield at, value


@cache
def _leading(asked: frozenset[str]) -> frozenset[str]:
    """The fields themselves, and those that lead to them: the others are not looked into."""
    steps = (path.split("/") for path in asked)
    return frozenset("/".join(path[:n]) for path in steps for n in range(1, len(path) + 1))
