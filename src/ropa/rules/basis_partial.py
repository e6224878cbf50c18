"""A notice tells the lawful basis of some of the processing, and leaves the rest out.

People must be told the lawful basis of each purpose (Articles 13(1)(c) and 14(1)(c)). A notice that
gives the basis of one purpose, or tells it to one group of people, leaves the others to guess.

To mend it: tell the basis of what is left out, too, in a notice that these people are given.

Fails:

    kind: activity
    id: council-tax
    name: Council tax
    subjects: council-tax-payer
    data: [name, address]
    purposes: [council-tax, fraud-prevention]
    sources: data-subject
    basis: {article_6: e}                 # <- found here
    ---
    kind: notice
    id: council-tax
    audience: council-tax-payer
    text: council-tax.md
    statements:
      - quote: We collect council tax as our public task (Article 6(1)(e))
        uses: {purposes: council-tax, basis: {article_6: e}}
      - quote: We compare lists to find fraud
        uses: fraud-prevention

Passes:

    kind: activity
    id: council-tax
    name: Council tax
    subjects: council-tax-payer
    data: [name, address]
    purposes: [council-tax, fraud-prevention]
    sources: data-subject
    basis: {article_6: e}
    ---
    kind: notice
    id: council-tax
    audience: council-tax-payer
    text: council-tax.md
    statements:
      - quote: We collect council tax and look for fraud as our public task (Article 6(1)(e))
        uses: {purposes: [council-tax, fraud-prevention], basis: {article_6: e}}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(c)", "UK GDPR Article 14(1)(c)"),
    covers=("N-1C-L",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.BASIS, Verdict.PARTIAL):
        yield case.problem(
            gap,
            case.written(gap.flow, "basis"),
            f"{gap.nobody} tells {gap.people} {phrases.lawful(case.register, gap.flow)}",
            f"tell it in {case.notices_of(gap)}, next to each purpose: {phrases.basis(gap.flow.basis)}",
        )
