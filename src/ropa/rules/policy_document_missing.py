"""A condition that needs an appropriate policy document is relied on without one.

Most conditions of Schedule 1 to the Data Protection Act 2018 hold only where the controller has a
document that explains how it complies with the principles and how long it keeps the data (Part 4,
paragraphs 38 and 39). It is reviewed, and kept until six months after the last use.

To mend it: write the document, and name it under `policy_document`, with the activity or once with
the organisation. Where the condition excuses from it, write why under `reason`.

Fails:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"                    # <- found here
      law: Children Act 2004 s.11

Fails, once where no activity has one:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"                    # <- found here
      law: Children Act 2004 s.11
    ---
    kind: activity
    id: visits
    name: Home visits
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"
      law: Children Act 2004 s.11

Fails, for each where another activity has one:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"                    # <- found here
      law: Children Act 2004 s.11
    ---
    kind: activity
    id: visits
    name: Home visits
    subjects: child
    data: health
    purposes: safeguarding
    policy_document: {reason: nobody has written it yet}
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"                    # <- found here
      law: Children Act 2004 s.11
    ---
    kind: activity
    id: schools
    name: Schools
    subjects: child
    data: health
    purposes: safeguarding
    policy_document: APD-2026
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"
      law: Children Act 2004 s.11
    ---
    kind: activity
    id: counselling
    name: Counselling
    subjects: child
    data: name
    purposes: support
    basis: {article_6: e, law: Children Act 2004 s.11}

Fails, where a condition takes none for some, and no reason is given:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "10"                    # <- found here
      law: Children Act 2004 s.11

Passes:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"
      law: Children Act 2004 s.11
    policy_document: {name: APD-2026, followed: true}

Passes, where that reason is given:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: child
    data: health
    purposes: safeguarding
    policy_document: {reason: it is disclosed to the police at once}
    basis:
      article_6: e
      article_9: g
      schedule_1: "10"
      law: Children Act 2004 s.11
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.law import tables as law
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("DPA 2018 Schedule 1 paragraph 5", "DPA 2018 Schedule 1 Part 4"),
    regimes=("uk-gdpr",),
    rests_on=("schedule-1",),
    covers=("A9-APD",),
)
def check(case: Case) -> Iterator[Problem]:
    lacking: dict[str, tuple[LedgerGround, law.Schedule1]] = {}
    for ground in case.ledger.grounds:
        if ground.basis.schedule_1:
            row = law.schedule_1(ground.basis.schedule_1, case.settings.day)
            if row is not None and row.policy == "required" and not _has_policy(case, ground, row):
                lacking.setdefault(ground.activity.id, (ground, row))
    recorded = any(case.ledger.policy(activity) for activity in case.ledger.activities)
    activities = [ground.activity for ground, _ in lacking.values()]
    for together in case.ledger.one_or_each(activities, somebody_has_it=recorded):
        first, *others = together
        ground, row = lacking[first.id]
        more = f", as {len(others)} more do on such a paragraph," if others else ","
        unless = f"; none is needed for {row.unless}" if row.unless else ""
        yield Problem(
            (ground.origin / "schedule_1").location,
            f"{case.ledger.said(ground)} rests on paragraph {row.paragraph} of Schedule 1 "
            f"({row.title}){more} which needs an appropriate policy document{unless}",
            "write `policy_document`, here or once with the organisation",
            where="activities" if others else ground.where,
            facet="policy_document",
        )


def _has_policy(case: Case, ground: LedgerGround, row: law.Schedule1) -> bool:
    """Whether a document is named, or a reason why the condition takes none."""
    policy = case.ledger.policy(ground.activity)
    return policy is not None and bool(policy.name or (policy.reason and row.unless))
