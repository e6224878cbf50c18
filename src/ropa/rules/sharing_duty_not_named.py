"""Safeguarding information is shared in England, and the duty to share it is not named.

Section 16LA of the Children Act 2004 obliges those who work with children in England to share
information that is relevant to safeguarding a child. The section was read while it was still to come
(Children's Wellbeing and Schools Act 2026 s.4); that it is in force since 30 September 2026 is known
from secondary sources alone, so this is a note, and no fault. A sharing that rests on the duty can name
it as its law, and its notice can say so.

To mend it: look up whether the section is in force and applies to you, and name it under `law` below
`basis`; or switch the rule off.

Fails:

    kind: organisation
    id: council
    name: Sampleton Council
    contact: Town Hall, Sampleton SA1 1AA
    nation: England
    ---
    kind: activity
    id: protection
    name: Protecting children
    subjects: child
    data: name
    purposes: safeguarding
    basis: {article_6: e, law: Children Act 1989 s.47}        # <- found here
    disclosures: [{to: police}]

Passes:

    kind: organisation
    id: council
    name: Sampleton Council
    contact: Town Hall, Sampleton SA1 1AA
    nation: England
    ---
    kind: activity
    id: protection
    name: Protecting children
    subjects: child
    data: name
    purposes: safeguarding
    basis: {article_6: c, law: [Children Act 2004 s.16LA, Children Act 1989 s.47]}
    disclosures: [{to: police}]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.model import Activity
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.NOTE,
    since="0.2.0",
    law=("Children Act 2004 s.16LA",),
    regimes=("uk-gdpr",),
    rests_on=("duties/sharing-to-safeguard-children",),
    covers=("D-16LA",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    duty = law.DUTIES.find("sharing-to-safeguard-children", case.settings.day)
    if organisation is None or organisation.nation != "England" or duty is None:
        return
    sharing = [a for a in case.ledger.activities if _shares(case, a) and not _names_it(a)]
    for together in case.ledger.one_or_each(
        sharing, somebody_has_it=any(map(_names_it, case.ledger.activities))
    ):
        first, *others = together
        more = f", as {len(others)} more do," if others else ""
        yield Problem(
            (first.origin / "basis").location,
            f"“{first.name}” shares information to safeguard children{more} and does not name section 16LA "
            "of the Children Act 2004, in force by secondary sources alone",
            "look up whether the duty applies (it is said to be in force since 30 September 2026), "
            "and name it under `law` below `basis`",
            where="activities" if others else f"activity/{first.id}",
            facet="basis/law/16LA",
        )


def _shares(case: Case, activity: Activity) -> bool:
    """Whether an activity gives somebody data about children to keep them safe."""
    return bool(
        activity.disclosures
        and case.ledger.children(activity.subjects)
        and case.ledger.about(Facet.PURPOSE, activity.purposes, ("safeguarding",))
    )


def _names_it(activity: Activity) -> bool:
    parts = (*activity.bases, *(part for d in activity.disclosures for part in d.bases))
    return any("16LA" in one for part in parts for one in part.basis.law)
