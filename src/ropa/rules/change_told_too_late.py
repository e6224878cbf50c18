"""A new purpose or a new recipient came first, and the notice that tells of it later.

Before data is used for a new purpose, people are told (Articles 13(3) and 14(4)); the same is
expected of a new recipient. A notice that says "look here now and then for changes" is not enough.
Here people had a notice when the change began, and it said nothing of it.

To mend it: publish the notice before the change begins. What is past cannot be mended: note it, and
tell the people concerned.

Fails:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    disclosures:
      - to: caterer
        started: 2026-03-01               # <- found here
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils-1
    audience: pupil
    in_force: {from: 2025-01-01, to: 2026-08-31}
    text: pupils-1.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision
    ---
    kind: notice
    id: pupils-2
    audience: pupil
    in_force: {from: 2026-09-01}
    text: pupils-2.md
    statements:
      - quote: We give your name to Sample Catering
        discloses: caterer

Fails, where the purpose came first:

    kind: activity
    id: offers
    name: Offers to tenants
    subjects: tenant
    data: name
    purposes: marketing
    sources: data-subject
    started: 2026-03-01                   # <- found here
    ---
    kind: notice
    id: tenants-1
    audience: tenant
    in_force: {from: 2025-01-01, to: 2026-08-31}
    text: tenants-1.md
    statements:
      - quote: We use your name to look after your home
        uses: housing-services
    ---
    kind: notice
    id: tenants-2
    audience: tenant
    in_force: {from: 2026-09-01}
    text: tenants-2.md
    statements:
      - quote: We use your name to send you offers
        uses: marketing

Passes:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    disclosures:
      - to: caterer
        started: 2026-10-01
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils-1
    audience: pupil
    in_force: {from: 2025-01-01, to: 2026-08-31}
    text: pupils-1.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision
    ---
    kind: notice
    id: pupils-2
    audience: pupil
    in_force: {from: 2026-09-01}
    text: pupils-2.md
    statements:
      - quote: We give your name to Sample Catering
        discloses: caterer

Passes, where the change has not begun:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    disclosures:
      - to: caterer
        started: 2026-12-05
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils-1
    audience: pupil
    in_force: {from: 2025-01-01, to: 2026-08-31}
    text: pupils-1.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision
    ---
    kind: notice
    id: pupils-2
    audience: pupil
    in_force: {from: 2026-09-01, to: 2026-11-30}
    text: pupils-2.md
    statements:
      - quote: We give your name to Sample Catering
        discloses: caterer
    ---
    kind: notice
    id: pupils-3
    audience: pupil
    in_force: {from: 2026-12-01}
    text: pupils-3.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision

Passes, where nobody is told even now, which `recipient-omitted` tells:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    disclosures:
      - to: caterer
        started: 2026-03-01
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils-1
    audience: pupil
    in_force: {from: 2025-01-01, to: 2026-08-31}
    text: pupils-1.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision
    ---
    kind: notice
    id: pupils-2
    audience: pupil
    in_force: {from: 2026-09-01}
    text: pupils-2.md
    statements:
      - quote: We use your name for school meals
        uses: education-provision
"""

from collections.abc import Iterator
from datetime import date

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Words
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(3)", "UK GDPR Article 14(4)"),
    covers=("N-FURTHER",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        began = activity.record.started
        if began:
            for purpose in activity.purposes:
                if _late(case, began, activity.subjects, Facet.PURPOSE, purpose):
                    what = f"uses data for {phrases.name(case.register, Facet.PURPOSE, purpose)}"
                    yield Problem(
                        (activity.origin / "started").location,
                        f"“{activity.name}” {what} since {phrases.day(began)}, and the notice of "
                        "that day said nothing of it",
                        "tell people before a change begins; note what is past, and tell them",
                        where=f"activity/{activity.id}",
                        facet=f"started/{purpose}",
                    )
        for disclosure in activity.disclosures:
            began = disclosure.started
            if began and _late(case, began, disclosure.subjects, Facet.RECIPIENT, disclosure.to):
                to = phrases.name(case.register, Facet.RECIPIENT, disclosure.to)
                yield Problem(
                    (disclosure.origin / "started").location,
                    f"“{activity.name}” gives data to {to} since {phrases.day(began)}, and the "
                    "notice of that day said nothing of it",
                    "tell people before a change begins; note what is past, and tell them",
                    where=f"{activity.id}/disclose/{disclosure.to}",
                    facet="started",
                )


def _late(case: Case, began: date, subjects: Words, facet: Facet, word: str) -> bool:
    """Whether people had a notice on the day, were not told of it, and are told now."""
    if began > case.settings.day:
        return False
    then = case.voices_on(began)
    had_notice = case.register.vocabulary[Facet.SUBJECT].union(subjects) & then.noticed
    return (
        bool(had_notice)
        and not case.told_in(then, subjects, facet, word)
        and case.told_in(case.coverage.voices, subjects, facet, word)
    )
