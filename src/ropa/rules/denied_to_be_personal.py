"""An entry is said to hold no personal data, and names people or data about them.

An entry with `not_personal` proves that somebody looked; nothing of it is held against a notice. Whoever
names people or kinds of personal data there has found the contrary: personal data is any information about
somebody who can be identified (Article 4(1)).

To mend it: take out `not_personal` and record the activity, or take out what the entry names.

Fails:

    kind: activity
    id: branches
    name: Opening hours and managers of our branches
    not_personal: addresses of offices                 # <- found here
    subjects: employee
    data: [name, work-contact-details]

Fails, where the reason is none:

    kind: activity
    id: branches
    name: Opening hours of our branches
    not_personal: n/a                                  # <- found here

Passes:

    kind: activity
    id: branches
    name: Opening hours of our branches
    not_personal: addresses and opening hours of offices alone
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.lexicon import strings
from ropa.register.model import NotPersonal
from ropa.register.non_answers import is_answer
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 4(1)", "UK GDPR Article 30(1)"),
    covers=("A30-1C-PD",),
)
def check(case: Case) -> Iterator[Problem]:
    for entry in case.register.not_personal.values():
        named = [word for key in ("subjects", "data") for word in _named(entry, key)]
        if named or not is_answer(entry.reason):
            says = f"names {phrases.several(named)}" if named else "does not say why"
            yield Problem(
                (entry.origin / "not_personal").location,
                f"“{entry.name}” is said to hold no personal data, and {says}",
                "take out `not_personal` and record the activity, or say why there is no personal data",
                where=f"activity/{entry.id}",
                facet="not_personal",
            )


def _named(entry: NotPersonal, key: str) -> tuple[str, ...]:
    return strings(entry.origin.document.data.get(key, ()))
