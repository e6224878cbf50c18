"""A sentence of a notice says that data is shared, and with whom only in words that fit anybody.

People must be told the recipients or at least what kind of recipients they are, by what they do and in which field
(Article 13(1)(e), 14(1)(e)). This looks at the words: a sentence that goes on to name somebody is not found.

To mend it: name them, or say what kind of organisation they are and what they do.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We share your details with third parties.      # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We share your details with third parties who print our letters.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.vague import vague_recipients


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    rests_on=("vague-phrases",),
    covers=("V-RECIPIENT",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.VAGUE.on(case.settings.day, case.regimes):
            if row.facet == "recipient" and (hits := vague_recipients(wording, row)):
                yield case.wording_problem(
                    wording,
                    hits,
                    f"says who gets data only as “{hits[0].words}”",
                    row.better,
                    row.id,
                )
