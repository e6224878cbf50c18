"""A notice says that data may be used or shared, and leaves open whether it is.

Words such as “may”, “might” and “sometimes” tell people nothing they can rely on (Article 12(1); WP260).
Where it depends on something, say on what: “if you ask us to, we share ...”.

To mend it: say what is done, or when it is done.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    We may share your information with the fire service.    # <- found here

Fails, however it is hedged:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    === residents.md
    We might share your information with the fire service. # <- found here
    === tenants.md
    We sometimes share your information with the fire service. # <- found here
    === visitors.md
    Your data could be shared with the fire service. # <- found here
    === pupils.md
    We often keep your work.              # <- found here
    === parents.md
    We occasionally share your address with the school. # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    If there is a fire, we may share your address with the fire service.

Passes, where it says on what it depends, or only what the notice is about:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    ## We may share your information

    If your house is on fire, we may share your address with the fire service.

    This notice says how we may use your information.

    This notice explains:

    - we may share your details
    - we may keep your details
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.sentences import compiled

_DEED = r"(?:collect|use|share|disclose|pass|process|keep|store|hold|transfer|send|receive|obtain|record|provide|give)"
HEDGED = (
    rf"\b(?:we|they|it|(?-i:[A-Z]\w+)) (?:may|might|could|sometimes|often|occasionally)\b(?: \w+){{0,3}}? {_DEED}\b"
    r"|\b(?:data|information|details) (?:may|might|could) (?:\w+ )?be "
    r"(?:collected|used|shared|disclosed|passed|processed|kept|stored|held|transferred|sent|provided|given)\b"
)
SIGNS = ("may", "might", "could", "sometimes", "often", "occasionally")
"""One of these stands in every text that a hedge is in."""
DEPENDS = (
    r"\b(?:if|where|when|whenever|unless|in (?:an )?emergenc\w+|depending|in the event|should you|only)\b|"
    r"\bmay not\b"
)
TOLD_OF = r"\b(?:how|why|what|who|whom|which|whether|should)\b[^.;:]{0,60}$"
ABOUT = r"\b(?:explains?|should|tells? you|describes?|sets? out)(?: \w+)? ?:?$"
"""What stands before words that only say what a notice is about: how data may be used, with whom it may be shared."""


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 12(1)",),
    covers=("V-MODAL",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        hits = [
            hit
            for hit in wording.find(HEDGED, SIGNS)
            if not hit.passage.heading
            and not compiled(DEPENDS).search(hit.around)
            and not compiled(TOLD_OF).search(hit.before)
            and not compiled(ABOUT).search(wording.stem(hit.passage))
        ]
        if hits:
            yield case.wording_problem(
                wording,
                hits,
                f"leaves open whether it is done: “{hits[0].words}”",
                "say what is done, or on what it depends",
                "hedged",
            )
