"""Two notices for some of the same people are in force at one address at the same time.

At one address people read one text. Where a new version takes the place of an old one and the old one never ends, what
the old one says seems to be told, and nobody can read it any more (Articles 12(1), 13 and 14). So only the later one
counts: the one with the later first day, or else the higher version.

To mend it: write in the old one until when it was in force (`in_force: {to: ...}`). Two notices on one page have
addresses of their own (`#pupils`), other people, or one of them sends its readers to the other; a version in another
language says its `language`.

Fails:

    kind: notice
    id: pupils-2025                       # <- found here
    audience: pupil
    url: https://sample.example/privacy
    version: "1"
    in_force: {from: 2025-09-01}
    text: pupils-2025.md
    ---
    kind: notice
    id: pupils-2026
    audience: [pupil, parent]
    url: https://sample.example/privacy
    version: "2"
    in_force: {from: 2026-09-01}
    text: pupils-2026.md
    === pupils-2025.md
    We pass your name to Sample Trust.
    === pupils-2026.md
    We use your name to teach you.

Passes, where the old one is over, or the two stand apart on the page:

    kind: notice
    id: pupils-2025
    audience: pupil
    url: https://sample.example/privacy
    version: "1"
    in_force: {from: 2025-09-01, to: 2026-08-31}
    text: pupils-2025.md
    ---
    kind: notice
    id: pupils-2026
    audience: pupil
    url: https://sample.example/privacy
    version: "2"
    in_force: {from: 2026-09-01}
    text: pupils-2026.md
    ---
    kind: notice
    id: clubs
    audience: pupil
    url: https://sample.example/privacy#clubs
    in_force: {from: 2026-09-01}
    text: clubs.md
    === pupils-2025.md
    We pass your name to Sample Trust.
    === pupils-2026.md
    We use your name to teach you.
    === clubs.md
    We use your name to run clubs.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.editions import replaced
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13(1)", "UK GDPR Article 14(1)"),
)
def check(case: Case) -> Iterator[Problem]:
    people, day = case.register.vocabulary[Facet.SUBJECT], case.settings.day
    for pair in replaced(case.register):
        earlier, later = pair.earlier, pair.later
        if earlier.over(day) or later.over(day):
            continue
        common = people.union(earlier.audience) & people.union(later.audience)
        groups = map(phrases.inside, people.names(common, earlier.audience))
        yield Problem(
            (earlier.origin / "id").location,
            f"“{earlier.name}” and “{later.name}” are both in force for {phrases.several(groups)} at "
            f"{earlier.url}, where only one text can be read; the later one counts",
            "write `in_force: {to: ...}`: the last day it was published, or an address of its own",
            (((later.origin / "id").location, "the later one"),),
            f"notice/{earlier.id}",
            f"url/{later.id}",
        )
