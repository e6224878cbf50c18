"""The condition of Schedule 1 that is recorded is not one for this condition of Article 9.

Each condition of Schedule 1 to the Data Protection Act 2018 supports one letter of Article 9(2):
paragraph 1 employment and social protection (b), 2 health and social care (h), 3 public health (i),
4 research (j), 6 to 28 substantial public interest (g). Those of Part 3 are for data about offences
alone. A paragraph that does not exist supports nothing.

To mend it: name the paragraph that fits, or mend the letter.

Fails:

    kind: activity
    id: assessments
    name: Assessing children in need
    subjects: child-in-need
    data: health
    purposes: assessment-of-need
    basis:
      article_6: e
      article_9: h
      schedule_1: "18"                    # <- found here
      law: Children Act 1989 s.17

Fails, where it is no condition, or one for data about offences:

    kind: activity
    id: loans
    name: Lending books
    subjects: library-user
    data: name
    purposes: library-services
    basis: {article_6: e, law: Public Libraries and Museums Act 1964 s.7}
    ---
    kind: activity
    id: assessments
    name: Assessing children in need
    subjects: child-in-need
    data: health
    purposes: assessment-of-need
    basis:
      article_6: e
      article_9: h
      schedule_1: "99"                    # <- found here
      law: Children Act 1989 s.17
    ---
    kind: activity
    id: offences
    name: Children who offend
    subjects: child-in-need
    data: health
    purposes: assessment-of-need
    basis:
      article_6: e
      article_9: g
      schedule_1: "32"                    # <- found here
      law: Children Act 1989 s.17
    ---
    kind: activity
    id: names
    name: List of children
    subjects: child-in-need
    data: name
    purposes: assessment-of-need
    basis:
      article_6: e
      schedule_1: "99"                    # <- found here
      law: Children Act 1989 s.17

Passes:

    kind: activity
    id: assessments
    name: Assessing children in need
    subjects: child-in-need
    data: health
    purposes: assessment-of-need
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"
      law: Children Act 1989 s.17

Passes, where it rests on no letter, or on one that needs no condition:

    kind: activity
    id: names
    name: List of children
    subjects: child-in-need
    data: name
    purposes: assessment-of-need
    basis:
      article_6: e
      schedule_1: "18"
      law: Children Act 1989 s.17
    ---
    kind: activity
    id: consented
    name: Survey of children
    subjects: child-in-need
    data: health
    purposes: assessment-of-need
    basis:
      article_6: e
      article_9: a
      schedule_1: "18"
      law: Children Act 1989 s.17
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule

_NEED_ONE = frozenset("bghij")


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("DPA 2018 s.10", "DPA 2018 Schedule 1"),
    regimes=("uk-gdpr",),
    rests_on=("schedule-1",),
    covers=("A9-SCH1",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        letter, number = ground.basis.article_9, ground.basis.schedule_1
        if not number:
            continue
        row = law.schedule_1(number, case.settings.day)
        found = row.supports if row else ""
        if not found or (letter in _NEED_ONE and found != letter):
            what = f"is for Article {_article(found)}" if found else "is not a condition"
            rests = f", and it rests on Article 9(2)({letter})" if found and letter else ""
            yield Problem(
                (ground.origin / "schedule_1").location,
                f"{case.ledger.said(ground)} names paragraph {number} of Schedule 1, which "
                f"{what}{rests}",
                "name the paragraph that fits, or mend the letter",
                where=ground.where,
                facet="basis/schedule_1",
            )


def _article(supports: str) -> str:
    return "10" if supports == "10" else f"9(2)({supports})"
