"""Data is used again for another purpose, and nothing is recorded that lets it.

Data collected for one purpose may be used for another only where that is compatible (Article
5(1)(b)): people consented, a law requires it, it is for research, archives or statistics, it is on
the list of Annex 2 (United Kingdom, since 5 February 2026), or an assessment found it compatible
(UK GDPR Article 8A, EU GDPR Article 6(4)). What people gave on consent is a matter of its own in the
United Kingdom: see consent-data-reused.

To mend it: write `compatibility`: the ground, or the name of the assessment. A legal obligation
with its law is a ground by itself.

Fails:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: leisure-cards
    name: Offering leisure cards
    subjects: pupil
    data: [name, address]
    purposes: marketing
    sources: own-organisation             # <- found here
    basis: {article_6: e, law: Local Government Act 1972 s.111}

Fails, where a duty is claimed without its law, or nothing at all:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: fraud
    name: Tracing fraud
    subjects: pupil
    data: [name, address]
    purposes: fraud-prevention
    sources:
      - own-organisation                  # <- found here
    basis: {article_6: c}
    ---
    kind: activity
    id: newsletter
    name: Newsletter
    subjects: pupil
    data: [name, address]
    purposes: newsletter
    sources: own-organisation             # <- found here
    ---
    kind: activity
    id: fines
    name: Fines
    subjects: pupil
    data: [name, address]
    purposes: debt-recovery
    sources: own-organisation             # <- found here
    basis: {article_6: e, law: Education Act 1996 s.444}

Fails, where the ground is no answer:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: leisure-cards
    name: Offering leisure cards
    subjects: pupil
    data: [name, address]
    purposes: marketing
    sources: own-organisation             # <- found here
    basis: {article_6: e, law: Local Government Act 1972 s.111}
    compatibility: x

Passes:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: leisure-cards
    name: Offering leisure cards
    subjects: pupil
    data: [name, address]
    purposes: marketing
    sources: own-organisation
    basis: {article_6: e, law: Local Government Act 1972 s.111}
    compatibility: CA-2026-1

Passes, where it is research, statistics or an archive:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: leisure-cards
    name: Offering leisure cards
    subjects: pupil
    data: [name, address]
    purposes: [research, statistics, archiving]
    sources: own-organisation
    basis: {article_6: e, law: Local Government Act 1972 s.111}

Passes, where people agree, a duty demands it, or a ground is recorded:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: parent
    ---
    kind: activity
    id: leisure-cards
    name: Offering leisure cards
    subjects: pupil
    data: [name, address]
    purposes: marketing
    sources: own-organisation
    basis: {article_6: a, reason: families agree if they like}
    ---
    kind: activity
    id: fraud
    name: Tracing fraud
    subjects: pupil
    data: [name, address]
    purposes: fraud-prevention
    sources: own-organisation
    basis: {article_6: c, law: Education Act 1996 s.512}
    ---
    kind: activity
    id: newsletter
    name: Newsletter
    subjects: pupil
    data: [name, address]
    purposes: newsletter
    sources: own-organisation
    compatibility: COMP-2026-2
    ---
    kind: activity
    id: enrolment
    name: Enrolment
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    sources: own-organisation
    basis: {article_6: e, law: Education Act 1996 s.512}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import OWN
from ropa.law import tables as law
from ropa.register.model import Activity
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_DEEMED = ("research", "statistics", "archiving")


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(b)", "UK GDPR Article 8A", "EU GDPR Article 6(4)"),
    rests_on=("duties/compatible-purposes", "duties/consent-carries-no-more"),
    covers=("A5-COMPAT",),
)
def check(case: Case) -> Iterator[Problem]:
    stretched = _stretched(case)
    for activity in case.ledger.activities:
        within = [i for i, source in enumerate(activity.sources) if source.party in OWN]
        if within and activity.id not in stretched and not _has_ground(activity):
            new = case.ledger.new_purposes(activity)
            if new and case.ledger.about(Facet.PURPOSE, new, _DEEMED) != new:
                said = phrases.names(case.register, Facet.PURPOSE, new)
                yield Problem(
                    activity.sources[within[0]].origin.location,
                    f"“{activity.name}” uses data we hold already for {said}, which nothing it was "
                    "collected for includes, and no ground for that is recorded",
                    "write `compatibility`: the ground, or the name of the assessment",
                    where=f"activity/{activity.id}",
                    facet="compatibility",
                )


def _has_ground(activity: Activity) -> bool:
    """Whether a ground is recorded, fresh consent and a legal obligation with its law among them."""
    bases = [part.basis for part in activity.bases]
    required = bool(bases) and all(
        b.article_6 == "a" or (b.article_6 == "c" and b.law) for b in bases
    )
    ground = activity.record.compatibility
    return required or (ground is not None and ground.says_something)


def _stretched(case: Case) -> frozenset[str]:
    """The activities whose fault is that people consented to something else, which another rule tells."""
    if not law.DUTIES.find("consent-carries-no-more", case.settings.day, case.regimes):
        return frozenset()
    return frozenset(activity.id for activity, _, _ in case.ledger.consent_stretched)
