"""Something began before the people it is about had a notice.

People are told when data is collected from them (Article 13(1)), and of data from elsewhere within
a month at the latest (Article 14(3)). An activity that began while no notice on file was in force
for its people was told too late; or an earlier notice is missing from the file.

To mend it: put the earlier notice on file with its `in_force`, or note that people were told too
late.

Fails:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: data-subject
    started: 2025-01-01                   # <- found here
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Fails, where the data is from elsewhere and a month has passed:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: police
    started: 2025-11-30                   # <- found here
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Fails, where some of the data is from the people themselves:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: [police, data-subject]
    started: 2025-12-15                   # <- found here
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Fails, where no source is recorded:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    started: 2025-12-15                   # <- found here
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Fails, whatever else the record holds:

    kind: activity
    id: loans
    name: Lending books
    subjects: library-user
    data: name
    purposes: library-services
    ---
    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: data-subject
    started: 2025-01-01                   # <- found here
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Passes:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: data-subject
    started: 2026-01-01
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Passes, where the data is from elsewhere and people are told within a month:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: police
    started: 2025-12-15
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Passes, where it begins only later, and nobody is told of that day yet:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: data-subject
    started: 2027-06-01
    ---
    kind: notice
    id: library
    audience: library-user
    in_force: {from: 2026-01-01, to: 2027-01-31}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises

Passes, where people have no notice at all, which `subject-without-notice` tells:

    kind: activity
    id: cameras
    name: Cameras at the library
    subjects: library-user
    data: cctv
    purposes: security-of-premises
    sources: data-subject
    started: 2025-01-01
    ---
    kind: notice
    id: library
    audience: visitor
    in_force: {from: 2026-01-01}
    text: library.md
    statements:
      - quote: There are cameras in the library
        uses: security-of-premises
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import SELF
from ropa.register.periods import after
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

A_MONTH = "P1M"


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)", "UK GDPR Article 14(3)"),
    covers=("N-TIME",),
)
def check(case: Case) -> Iterator[Problem]:
    people = case.register.vocabulary[Facet.SUBJECT]
    for activity in case.ledger.activities:
        started = activity.record.started
        if started is None or started > case.settings.day:
            continue
        direct = not activity.sources or any(s.party == SELF for s in activity.sources)
        told_by = started if direct else after(started, A_MONTH)
        late = [
            word
            for word in activity.subjects
            if people.mask(word) & case.coverage.voices.noticed
            and not people.mask(word) & case.voices_on(told_by).noticed
        ]
        if late:
            yield Problem(
                (activity.origin / "started").location,
                f"“{activity.name}” began on {phrases.day(started)}, when no notice on file was in "
                f"force for {phrases.names(case.register, Facet.SUBJECT, tuple(late))}",
                "put the earlier notice on file, or note that people were told too late",
                where=f"activity/{activity.id}",
                facet="started",
            )
