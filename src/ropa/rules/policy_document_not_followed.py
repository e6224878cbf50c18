"""The record does not say whether data is kept and erased as the appropriate policy document lays
down.

Where a condition with an appropriate policy document is relied on, the record of the activity holds
which condition it is, how Article 6 is met, and whether the data is kept and erased as the document
says; if it is not, the reasons (Data Protection Act 2018, Schedule 1, paragraph 41).

To mend it: write `followed: true` below `policy_document`; or `followed: false` and the `reason`.

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
      schedule_1: "18"
      law: Children Act 2004 s.11
    policy_document: APD-2026             # <- found here

Fails, where it is not followed, and no reason is given:

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
    policy_document: {name: APD-2026, followed: false} # <- found here

Fails, whatever needs none:

    kind: activity
    id: loans
    name: Lending books
    subjects: library-user
    data: name
    purposes: library-services
    basis: {article_6: e, law: Public Libraries and Museums Act 1964 s.7}
    policy_document: APD-2025
    ---
    kind: activity
    id: work
    name: Health of staff
    subjects: employee
    data: health
    purposes: employment-administration
    basis: {article_6: c, article_9: h, schedule_1: "2", law: Health and Safety at Work etc. Act 1974 s.2}
    policy_document: APD-2025
    ---
    kind: activity
    id: odd
    name: Odd jobs
    subjects: employee
    data: health
    purposes: employment-administration
    basis: {article_6: c, article_9: g, schedule_1: "99", law: Health and Safety at Work etc. Act 1974 s.2}
    policy_document: APD-2025
    ---
    kind: activity
    id: none
    name: Nothing on file
    subjects: employee
    data: health
    purposes: employment-administration
    basis: {article_6: c, article_9: g, schedule_1: "18", law: Health and Safety at Work etc. Act 1974 s.2}
    policy_document: {reason: nobody has written it yet}
    ---
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
    disclosures:
      - to: police
        basis: {article_6: c, article_9: g, schedule_1: "18", law: Police Act 1996 s.6}
    policy_document: APD-2026             # <- found here

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
    policy_document: {name: APD-2026, followed: false, reason: the old system cannot erase yet}

Passes, where the reason is given:

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
    policy_document: {name: APD-2026, followed: false, reason: the erasure is overdue until June}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.model import PolicyDocument
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("DPA 2018 Schedule 1 paragraph 41",),
    regimes=("uk-gdpr",),
    rests_on=("schedule-1",),
    covers=("A9-SCH1-41",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        activity, policy = ground.activity, case.ledger.policy(ground.activity)
        if policy is None or not policy.name or not ground.basis.schedule_1 or ground.disclosure:
            continue
        row = law.schedule_1(ground.basis.schedule_1, case.settings.day)
        lacks = _lacking(policy, f"the data of “{activity.name}” is")
        if lacks and row and row.policy == "required":
            yield Problem(
                (activity.origin / "policy_document").location,
                f"the record does not say {lacks} kept and erased as {policy.name} lays down",
                "write `followed: true` below `policy_document`, or `followed: false` and `reason`",
                where=ground.where,
                facet="policy_document/followed",
            )


def _lacking(policy: PolicyDocument, data: str) -> str:
    """What of it is not said, as part of a sentence."""
    if policy.followed is None:
        return f"whether {data}"
    return "" if policy.followed or policy.reason else f"why {data} not"
