"""Personal data is used for a purpose that no notice mentions.

People must be told every purpose their data is used for, at the latest when it is collected
(Article 13(1)(c)), or within a month where it comes from somebody else (Articles 14(1)(c) and
14(3)). A purpose they were never told of is hard to call fair, and where it is new they have to be
told before it begins (Articles 13(3) and 14(4)).

To mend it: write the purpose into a notice that these people are given, in words they understand,
and tie the sentence to a statement. Or stop using the data for it.

Fails:

    kind: activity
    id: library-cards
    name: Library cards
    subjects: library-user
    data: [name, email-address]
    purposes:
      - library-services
      - marketing                         # <- found here
    sources: data-subject
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:
      - quote: We use your details to lend you books
        uses: library-services

Passes:

    kind: activity
    id: library-cards
    name: Library cards
    subjects: library-user
    data: [name, email-address]
    purposes:
      - library-services
      - marketing
    sources: data-subject
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:
      - quote: We use your details to lend you books
        uses: library-services
      - quote: We also send you advertisements for our events
        uses: marketing
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
    covers=("N-1C-P", "C-PURPOSE"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PURPOSE, Verdict.OMITTED):
        goes = phrases.goes(case.register, gap.flow)
        yield case.problem(
            gap,
            gap.flow.origin / "purposes",
            f"{gap.nobody} tells {gap.people} that {goes} for {gap.first}",
            f"say in {case.notices_of(gap)} that their data is used for {gap.missing}",
        )
