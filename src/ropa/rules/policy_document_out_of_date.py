"""The appropriate policy document has not been reviewed for long, or never under the law that asks for it.

It is kept, and reviewed and updated from time to time, as long as data is used on a condition that
needs it and for six months after (Data Protection Act 2018 Schedule 1 paragraph 40). The Act sets no
interval; twice the organisation's `review_interval`, two years where it sets none, is taken as too
long. A document of before 25 May 2018 cannot be about that Act.

To mend it: review the document, and write the day under `reviewed`.

Fails:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis: {article_6: e, article_9: g, schedule_1: "18", law: Children Act 2004 s.11}
    policy_document: {name: APD-2010, reviewed: 2010-01-01, followed: true}      # <- found here

Passes:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis: {article_6: e, article_9: g, schedule_1: "18", law: Children Act 2004 s.11}
    policy_document: {name: APD-2026, reviewed: 2026-01-01, followed: true}
"""

from collections.abc import Iterator
from datetime import date

from ropa.case import Case
from ropa.documents.document import Origin
from ropa.findings import Problem, Severity
from ropa.register.model import PolicyDocument
from ropa.register.periods import after
from ropa.rule import rule
from ropa.saying import phrases

_ACT_BEGAN = date(2018, 5, 25)


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("DPA 2018 Schedule 1 paragraph 40",),
    regimes=("uk-gdpr",),
    covers=("A9-APD",),
)
def check(case: Case) -> Iterator[Problem]:
    organisation = case.register.organisation
    interval = organisation.review_interval if organisation else "P1Y"
    for origin, policy, where in _documents(case):
        reviewed = policy.reviewed
        if reviewed is not None and after(after(reviewed, interval), interval) < case.settings.day:
            before = ", before the Act that asks for it" if reviewed < _ACT_BEGAN else ""
            yield Problem(
                (origin / "reviewed").location,
                f"the policy document{f' {policy.name}' if policy.name else ''} was last reviewed "
                f"on {phrases.day(reviewed)}{before}",
                "review it, and write the day under `reviewed`",
                where=where,
                facet="policy_document/reviewed",
            )


def _documents(case: Case) -> Iterator[tuple[Origin, PolicyDocument, str]]:
    """Every policy document of the register, where it stands, and what it is about."""
    organisation = case.register.organisation
    if organisation is not None and organisation.policy_document is not None:
        where = f"organisation/{organisation.id}"
        yield organisation.origin / "policy_document", organisation.policy_document, where
    for activity in case.ledger.activities:
        policy = activity.record.policy_document
        if policy is not None:
            yield activity.origin / "policy_document", policy, f"activity/{activity.id}"
