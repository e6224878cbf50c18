"""A new version of a notice names somebody who gets data and whom the version before did not name.

That is no fault by itself: it is what a new version is for. But people who were given the old one must be told
before their data is used for something new (Articles 13(3), 14(4)), and to ask them to look at the notice from
time to time is not enough. Versions are told by their address: the same `url`, one in force after the other.

To mend it: tell the people concerned, then accept the finding with a waiver that says how.

Fails:

    kind: notice
    id: residents-2025
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2026
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    === old.md
    We share your address with Quill Print Ltd.
    === new.md
    We share your address with Quill Print Ltd and the Example Lantern Trust.       # <- found here

Fails, where it is named elsewhere as well:

    kind: notice
    id: residents-2025
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2026
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    === old.md
    We share your address with Quill Print Ltd.
    === new.md
    You can ask the Example Lantern Trust for help. # <- found here

    We share your address with the Example Lantern Trust.

Passes:

    kind: notice
    id: residents-2025
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2026
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    === old.md
    We share your address with Quill Print Ltd.
    === new.md
    Your address is shared with Quill Print Ltd.

Passes, where it is our own name, a new name of the same body, or no sharing:

    kind: organisation
    id: northwold
    name: Northwold Library Service
    ---
    kind: notice
    id: residents-2025
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2025-01-01, to: 2025-12-31}
    text: old.md
    ---
    kind: notice
    id: residents-2026
    audience: resident
    url: https://sampleton.example/privacy
    in_force: {from: 2026-01-01}
    text: new.md
    === old.md
    We share your address with the Office of the Schools Commissioner and Public Health England.
    === new.md
    Northwold Library Service shares your address with the UK Health Security Agency.

    The Example Lantern Trust meets on Mondays.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.names import same_name
from ropa.wording.sentences import Hit, Wording
from ropa.wording.superseded import superseded

NAME = r"(?-i:\b[A-Z][\w'&-]*(?:(?:,? (?:of|and|for|the|&))? [A-Z][\w'&-]*)+|\b[A-Z]{2,}\b)"
SHARES = (
    r"\b(?:shar(?:e[sd]?|ing)|disclos\w+|pass(?:es|ed|ing)?|send(?:s|ing)?|sent|transfer\w*|recipients?|"
    r"provided? to|given to)\b"
)


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("UK GDPR Article 13(3)", "UK GDPR Article 14(4)"),
    rests_on=("superseded/body",),
    covers=("N-FURTHER",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        before = case.version_before(wording)
        for name, hits in _added(case, before, wording) if before else ():
            yield case.wording_problem(
                wording,
                hits,
                f"names {name} where it says who gets data, and the version before did not",
                "tell the people concerned, and accept this with a waiver that says how",
                "-".join(name.casefold().split()),
            )


def _added(case: Case, before: Wording, wording: Wording) -> Iterator[tuple[str, list[Hit]]]:
    """The names in sentences about sharing that the older text does not hold, but for new names of the same body."""
    shared = {p.start for p in wording.passages if wording.says_in(p, SHARES)}
    named: dict[str, list[Hit]] = {}
    for hit in wording.find(NAME):
        named.setdefault(hit.words, []).append(hit)
    renamed = [
        row.replacement
        for row in law.SUPERSEDED.on(case.settings.day, case.regimes)
        if row.kind == "body" and superseded(before, row)
    ]
    ours = (case.register.name, *(to.removeprefix("the ") for to in renamed))
    known = before.text.folded.casefold()
    for name, hits in named.items():
        added = name.casefold() not in known and any(h.passage.start in shared for h in hits)
        if added and not any(name in body or same_name(name, body, wording) for body in ours):
            yield name, hits
