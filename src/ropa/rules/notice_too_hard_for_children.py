"""A notice for children reads as if it were written for older people.

What is told to a child must be in words that a child understands (Article 12(1) and recital 58).
The reading age here is the Flesch-Kincaid grade plus five years. It looks at the length of sentences
and of words and at nothing else, so take it as a hint, and let a few children read the notice. A
notice for anybody but children is not measured, nor is one of fewer than 60 words.

To mend it: shorter sentences, short words, one thought in each. Say “we keep” and not “retention”.

Fails:

    kind: notice
    id: looked-after
    audience: looked-after-child          # <- found here
    text: looked-after.md
    statements:
      - quote: Personal information is processed in accordance with statutory responsibilities
        uses: support
      - quote: Multi-disciplinary assessments facilitate appropriate decisions regarding accommodation
        uses: placement-finding
      - quote: Relevant particulars are communicated to participating organisations under applicable legislation
        discloses: dfe
      - quote: Documentation is retained for the statutory retention period following cessation of provision
        keeps: {criteria: statutory period}
      - quote: Categories of information include demographic characteristics and educational attainment
        collects: {data: education-record}
      - quote: Additional information concerning individual entitlements is obtainable on application
        informs: right-of-access
      - quote: Dissatisfaction regarding administrative arrangements should be communicated immediately
        informs: complaint-to-controller

Passes:

    kind: notice
    id: looked-after
    audience: looked-after-child
    text: looked-after.md
    statements:
      - quote: We use what we know about you to help you and to keep you safe
        uses: support
      - quote: We find you a good place to live with people who look after you
        uses: placement-finding
      - quote: Once a year we must tell the government how you are getting on at school
        discloses: dfe
      - quote: You can ask us to see your file, and we will help you to read it
        informs: right-of-access
      - quote: If you are not happy with what we do, tell us and we will look into it
        informs: complaint-to-controller

Passes, where it is over, for grown-ups as well, or for nobody by name:

    kind: notice
    id: looked-after
    audience: looked-after-child
    in_force: {to: 2026-01-31}
    text: looked-after.md
    statements:
      - quote: Personal information is processed in accordance with statutory responsibilities
        uses: support
      - quote: Multi-disciplinary assessments facilitate appropriate decisions regarding accommodation
        uses: placement-finding
      - quote: Relevant particulars are communicated to participating organisations under applicable legislation
        discloses: dfe
      - quote: Documentation is retained for the statutory retention period following cessation of provision
        keeps: {criteria: statutory period}
      - quote: Categories of information include demographic characteristics and educational attainment
        collects: {data: education-record}
      - quote: Additional information concerning individual entitlements is obtainable on application
        informs: right-of-access
      - quote: Dissatisfaction regarding administrative arrangements should be communicated immediately
        informs: complaint-to-controller

Passes, where it is for grown-ups as well:

    kind: notice
    id: looked-after
    audience: [looked-after-child, parent]
    text: looked-after.md
    statements:
      - quote: Personal information is processed in accordance with statutory responsibilities
        uses: support
      - quote: Multi-disciplinary assessments facilitate appropriate decisions regarding accommodation
        uses: placement-finding
      - quote: Relevant particulars are communicated to participating organisations under applicable legislation
        discloses: dfe
      - quote: Documentation is retained for the statutory retention period following cessation of provision
        keeps: {criteria: statutory period}
      - quote: Categories of information include demographic characteristics and educational attainment
        collects: {data: education-record}
      - quote: Additional information concerning individual entitlements is obtainable on application
        informs: right-of-access
      - quote: Dissatisfaction regarding administrative arrangements should be communicated immediately
        informs: complaint-to-controller
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule

OLDEST = 13
"""The age that a notice for children may be written for: the readers are younger than 18, and many much."""


@rule(Severity.NOTE, since="0.1.0", law=("UK GDPR Article 12(1)",), covers=("N-12-CHILD",))
def check(case: Case) -> Iterator[Problem]:
    people = case.register.vocabulary[Facet.SUBJECT]
    children = people.mask("child")
    for notice in case.register.notices.values():
        audience = people.union(notice.audience)
        if notice.over(case.settings.day) or not audience or audience & ~children:
            continue
        age = case.reading_age(notice)
        if age is not None and age > OLDEST:
            yield Problem(
                (notice.origin / "audience").location,
                f"“{notice.name}” is for children, and reads as if written for people aged {age} or more",
                "use shorter sentences and shorter words, and let a few children read it",
                where=f"notice/{notice.id}",
                facet="text",
            )
