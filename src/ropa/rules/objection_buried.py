"""A notice mentions the right to object only in passing, among other rights.

Where data is used for a public task or for legitimate interests, people may object, and this right must be
brought to their attention clearly and apart from anything else (Article 21(4)). An entry of its own in
a list of rights is enough here; half a sentence is not.

To mend it: give the right to object a sentence or an entry of its own.

Fails:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: e}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data.     # <- found here

Fails, where it rests on legitimate interests, or on recognised ones:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: f}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data. # <- found here

Fails, where it rests on a recognised interest:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: ea}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data. # <- found here

Fails, where a heading is all that is its own:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: e}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    ## Your right to object

    You can ask for a copy, have mistakes corrected and object to our use of your data. # <- found here

Fails, whatever else is done without a basis on file:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: e}
    ---
    kind: activity
    id: lists
    name: Lists
    subjects: tenant
    data: name
    purposes: housing-services
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data. # <- found here

Passes:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: e}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy and have mistakes corrected.

    You have the right to object to what we do with your data.

Passes, where nobody can object:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: c}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data.

Passes, where it has a sentence of its own as well:

    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    basis: {article_6: e}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    === tenants.md
    You can ask for a copy, have mistakes corrected and object to our use of your data.

    You can object to our use of your data.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.sentences import compiled

BASES = frozenset({"e", "ea", "f"})
OBJECT = (
    r"\b(?:right (?:to|of) object(?:ion)?|(?:can|may|to|and|or|also|you) object (?:to|if|when|where|at|in)|"
    r"object,? and|right to [^.;]{1,120}\bobject)\b"
)
ANOTHER = (
    r"\b(?:access|cop(?:y|ies)|correct(?:ed|ion)?|rectif\w+|eras\w+|delet\w+|restrict\w*|portab\w+|put right|"
    r"withdraw\w*)\b"
)


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 21(4)",),
    covers=("N-21-4",),
)
def check(case: Case) -> Iterator[Problem]:
    parts = (part for a in case.register.activities.values() for part in a.bases)
    if not any(part.basis.letter in BASES for part in parts):
        return
    for wording in case.wordings:
        hits = [hit for hit in wording.find(OBJECT, ("object",)) if not hit.passage.heading]
        if hits and all(compiled(ANOTHER).search(hit.around) for hit in hits):
            yield case.wording_problem(
                wording,
                hits,
                "mentions the right to object only among other things",
                "give it a sentence or an entry of its own",
                "right-to-object",
            )
