"""No notice tells how long personal data is kept.

People must be told how long their data is kept, or, where no period can be given, how its end is
decided (Articles 13(2)(a) and 14(2)(a)). A period that stands only in a retention schedule tells
them nothing unless the notice says it.

To mend it: write the period and when it begins into a notice that these people are given, and tie
the sentence to a statement.

Fails:

    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: [name, attendance]
    purposes: pastoral-care
    retention:                            # <- found here
      period: P1Y
      trigger: end-of-year
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We write down who comes to a club
        collects: {data: [name, attendance], purposes: pastoral-care}

Passes:

    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: [name, attendance]
    purposes: pastoral-care
    retention:
      period: P1Y
      trigger: end-of-year
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We keep our lists for one year after the end of the year
        keeps: {period: P1Y, trigger: end-of-year}
"""

from collections.abc import Iterator

from ropa.case import Case, shown
from ropa.findings import Problem, Severity
from ropa.judging.judge import BEGINNING
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(2)(a)", "UK GDPR Article 14(2)(a)"),
    covers=("N-2A",),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RETENTION, Verdict.OMITTED):
        entries = case.untold.entries(gap)
        recorded = phrases.schedule(case.register, entries)
        begins = gap.judgement.lacks == BEGINNING
        lacks, say = (BEGINNING, BEGINNING) if begins else _HOW_LONG
        if begins:
            recorded += f"; {shown(gap.judgement.sentences[0].sentence.text)} may say how long, and nobody has tied it"
        yield case.problem(
            gap,
            entries[0].origin,
            f"{gap.nobody} tells {gap.people} {lacks}",
            f"say {say} in {case.notices_of(gap)}: {recorded}",
        )


_HOW_LONG = "how long their data is kept", "how long, and from when,"
