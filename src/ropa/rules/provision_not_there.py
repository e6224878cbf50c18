"""A law that something rests on is cited by an article or a section it does not have.

A legal obligation or a public task has to be laid down in law (Article 6(3)), and whoever looks the
provision up finds nothing. Looked at are only laws whose last article or section was read, and is in the tables: the
Convention rights, the GDPR, the Data Protection Act 2018, the Children Act 2004, the Care Act 2014, the Equality Act
2010, and the Health and Safety at Work etc. Act 1974. Of other Acts nothing is said, whatever their number.

To mend it: look the law up, and name the provision that is meant.

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

Fails, where one of several sections is above the last:

    kind: activity
    id: reviews
    name: Care reviews
    subjects: adult-receiving-social-care
    data: name
    purposes: care-planning
    basis:
      article_6: e
      law: [Children Act 1989 s.17, "Care Act 2014 ss.9, 270"]          # <- found here

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
from itertools import islice

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.remembering import remembered
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
        for row, number in islice(_beyond(words), 1):
            unit = row.unit.capitalize() if row.unit == "article" else row.unit
            for activity, origin in case.ledger.resting_on(words):
                yield Problem(
                    origin.location,
                    f"“{activity.name}” rests on “{words}”, and {row.name} has no {unit} "
                    f"{number}: its last is {row.last}",
                    f"look the law up, and name the {row.unit} that is meant",
                    where=f"activity/{activity.id}",
                    facet="law/provision",
                )


def _beyond(words: str) -> Iterator[tuple[law.Provisions, str]]:
    """The laws that are cited by a number above their last, each with the number."""
    for row in law.PROVISIONS.rows:
        for cited in _citations(row.written, row.unit).finditer(words):
            listed = _WITHIN.sub("", cited["before"] or cited["behind"])
            yield from ((row, n) for n in _NUMBER.findall(listed) if int(n) > row.last)


_UNITS = {"article": r"\b(?:Articles?|Arts?)\b\.?", "section": r"\b(?:Sections?|Secs?|ss?)\b\.?"}
_ONE = r"\d{1,4}[A-Z]{0,3}\d?(?:\([^)]{1,9}\))*"
_SEVERAL = rf"{_ONE}(?:\s*(?:,\s*(?:and\s)?|and\s|&|to\s|[\u2013-])\s*{_ONE}(?![\w/]))*"
_WITHIN = regex(r"\([^)]*\)")
_NUMBER = regex(r"(?<!\d)\d{1,4}")


@remembered
def _citations(written: str, unit: str) -> re.Pattern[str]:
    """A law with what is cited of it, before its name or behind: never what belongs to another law beside it."""
    mark = _UNITS[unit]
    behind = rf"(?:{written})[\s,:(]*{mark}\s*(?P<behind>{_SEVERAL})"
    of = r"(?:(?:of|to)\s+(?:the\s+)?)?"
    before = rf"(?<!\d{{4}}\s)(?<!\d{{4}},\s){mark}\s*(?P<before>{_SEVERAL})\s+{of}(?:{written})"
    return regex(rf"(?:{behind})|(?:{before})", re.IGNORECASE)
