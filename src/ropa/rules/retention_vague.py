"""A notice tells only in general words how long personal data is kept.

“As long as we need it” may be told only where no period can be given (Articles 13(2)(a) and
14(2)(a)). Where the register records one, it can be given, and people are owed it.

To mend it: put the period, and when it begins, in place of the general words.

Fails:

    kind: activity
    id: badges
    name: Visitors' badges
    subjects: visitor
    data: [name, photos]
    purposes: security-of-premises
    retention: {period: P30D, trigger: collection}  # <- found here
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    statements:
      - quote: We keep your data no longer than necessary
        keeps: {criteria: no longer than necessary}

Fails, where another sentence says the period of other data:

    kind: activity
    id: badges
    name: Visitors' badges
    subjects: visitor
    data: [name, photos]
    purposes: security-of-premises
    retention: {period: P30D, trigger: collection} # <- found here
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    statements:
      - quote: We keep your data no longer than necessary
        keeps: {criteria: no longer than necessary}
      - quote: We keep your name for 30 days after your visit
        keeps: {data: name, period: P30D, trigger: collection}

Passes:

    kind: activity
    id: badges
    name: Visitors' badges
    subjects: visitor
    data: [name, photos]
    purposes: security-of-premises
    retention: {period: P30D, trigger: collection}
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    statements:
      - quote: We keep your data for 30 days
        keeps: {period: P30D, trigger: collection}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(2)(a)", "UK GDPR Article 14(2)(a)"),
    covers=("N-2A", "V-RETENTION"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RETENTION, Verdict.VAGUE):
        entries = case.untold.entries(gap)
        general = [s for s in gap.told_by if s.criteria] or list(gap.told_by)
        recorded = phrases.kept_for(case.register, entries)
        yield case.problem(
            gap,
            entries[0].origin / "period",
            f"data about {gap.people} is kept {recorded}; the notices say only {phrases.quoted(general, 40)}",
            f"say {gap.judgement.lacks} in {case.notices_saying(general)}",
        )
