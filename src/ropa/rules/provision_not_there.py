"""A law that something rests on is cited by an article it does not have.

A legal obligation or a public task has to be laid down in law (Article 6(3)), and whoever looks the
article up finds nothing. Only laws whose last article is in the tables are looked at.

To mend it: look the law up, and name the article that is meant.

Fails:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: Human Rights Act 1998 Article 99                   # <- found here

Passes:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: [Education Act 1996 s.13, Human Rights Act 1998 Article 8]
"""

import re
from collections.abc import Iterator
from functools import cache

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 6(3)",),
    rests_on=("provisions",),
    covers=("A6-LAW",),
)
def check(case: Case) -> Iterator[Problem]:
    for words in sorted(case.ledger.laws):
        row = next((r for r in law.PROVISIONS.rows if _pattern(r.written).search(words)), None)
        if row is None:
            continue
        beyond = [number for number in _ARTICLE.findall(words) if int(number) > row.last]
        for activity, origin in case.ledger.resting_on(words) if beyond else ():
            yield Problem(
                origin.location,
                f"“{activity.name}” rests on “{words}”, and {row.name} has no Article "
                f"{beyond[0]}: its last is {row.last}",
                "look the law up, and name the article that is meant",
                where=f"activity/{activity.id}",
                facet="law/provision",
            )


_ARTICLE = regex(r"\bArt(?:icle|\.)?s?\s*(\d{1,4})\b", re.IGNORECASE)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return regex(written, re.IGNORECASE)
