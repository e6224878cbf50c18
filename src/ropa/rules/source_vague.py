"""Personal data comes from somebody, and the notices speak only of somebody in general.

People must be told from which source their data comes when it does not come from them (Article
14(2)(f)). “Other organisations” is not a source that anybody could turn to. Only where the origin
really cannot be told, because many sources were used, may it be told in general (recital 61).

To mend it: name the source, or its kind (“your previous employer”), in the sentence that is there
already.

Fails:

    kind: activity
    id: benefits
    name: Housing benefit
    subjects: benefit-claimant
    data: [income, tenancy]
    purposes: benefits-administration
    sources:
      - data-subject
      - private-landlord                  # <- found here
    ---
    kind: notice
    id: claimants
    audience: benefit-claimant
    text: claimants.md
    statements:
      - quote: We also get information from other organisations
        collects: {from: third-party}

Passes:

    kind: activity
    id: benefits
    name: Housing benefit
    subjects: benefit-claimant
    data: [income, tenancy]
    purposes: benefits-administration
    sources:
      - data-subject
      - private-landlord
    ---
    kind: notice
    id: claimants
    audience: benefit-claimant
    text: claimants.md
    statements:
      - quote: We also get information from your landlord
        collects: {from: private-landlord}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING, since="0.1.0", law=("UK GDPR Article 14(2)(f)",), covers=("N-2G", "C-SOURCE")
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.SOURCE, Verdict.VAGUE):
        yield case.problem(
            gap,
            gap.flow.origin / "from",
            f"data about {gap.people} comes from {gap.first}; the notices say only {phrases.quoted(gap.told_by, 40)}",
            f"mention {gap.missing}, by name or by category, in {case.notices_saying(gap.told_by)}",
        )
