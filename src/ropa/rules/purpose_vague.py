"""A notice tells a purpose only in words that could mean anything.

“To provide our services” or “for other purposes” tells nobody what happens to their data. A purpose
has to be explicit (Article 5(1)(b)), and told so that the reader can see what it covers (Article
12(1)).

To mend it: name the purpose, or the kind of purpose it belongs to, in the sentence that is there
already.

Fails:

    kind: activity
    id: tenancies
    name: Tenancies
    subjects: tenant
    data: [name, tenancy]
    purposes: debt-recovery               # <- found here
    sources: data-subject
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We use your information to carry out our functions
        uses: any-purpose

Passes:

    kind: activity
    id: tenancies
    name: Tenancies
    subjects: tenant
    data: [name, tenancy]
    purposes: debt-recovery
    sources: data-subject
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We use your information to recover rent that you owe
        uses: debt-recovery
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
    law=("UK GDPR Article 13(1)(c)", "UK GDPR Article 14(1)(c)"),
    covers=("N-1C-P", "C-PURPOSE", "V-PURPOSE"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PURPOSE, Verdict.VAGUE):
        goes = phrases.goes(case.register, gap.flow, f"data about {gap.people}")
        yield case.problem(
            gap,
            gap.flow.origin / "purposes",
            f"{goes} for {gap.first}; the notices say only {phrases.quoted(gap.told_by, 40)}",
            f"name {gap.missing} in {case.notices_saying(gap.told_by)}",
        )
