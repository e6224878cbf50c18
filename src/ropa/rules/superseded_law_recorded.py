"""A lawful basis or a retention period in the register rests on a law that has ended.

A legal obligation or a public task must rest on law that is in force (Article 6(3)), and a period that
a repealed law asked for needs a new reason (Article 5(1)(e)). A section or an article that has been
replaced is no law either: since 5 February 2026 section 18 of the Data Protection Act 2018, say, has
gone.

To mend it: name the law that is in force now, and check that it still says what you rely on.

Fails:

    kind: activity
    id: requests
    name: Requests for information
    subjects: information-requester
    data: name
    purposes: subject-access
    basis:
      article_6: c
      law: Data Protection Act 1998 s.7   # <- found here
    ---
    kind: activity
    id: letters-abroad
    name: Letters to tenants abroad
    subjects: tenant
    data: name
    purposes: housing-services
    basis:
      article_6: e
      law: Data Protection Act 2018 s.18  # <- found here

Passes:

    kind: activity
    id: requests
    name: Requests for information
    subjects: information-requester
    data: name
    purposes: subject-access
    basis:
      article_6: c
      law: UK GDPR Article 15

Passes, where what was renamed is no law:

    kind: activity
    id: requests
    name: Requests for information
    subjects: information-requester
    data: name
    purposes: subject-access
    basis:
      article_6: c
      law: a direction of Public Health England
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.wording.superseded import is_british, names_superseded

_KINDS = ("instrument", "article")


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 6(3)", "UK GDPR Article 5(1)(e)"),
    rests_on=("superseded/instrument", "superseded/article"),
    covers=("X-INSTRUMENT", "A6-LAW", "R-LAW"),
)
def check(case: Case) -> Iterator[Problem]:
    rows = [row for row in law.SUPERSEDED.on(case.settings.day, case.regimes) if row.kind in _KINDS]
    ended = {words: row for words in case.ledger.laws if (row := names_superseded(words, rows))}
    if "eu-gdpr" in case.regimes:  # then the article may be meant that is still law there
        ended = {w: r for w, r in ended.items() if r.kind == "instrument" or is_british(w)}
    for words, row in ended.items():
        for activity, origin in case.ledger.resting_on(words):
            yield Problem(
                origin.location,
                f"“{activity.name}” rests on “{words}”, and {row.name} was {row.how}",
                f"name {row.replacement} instead, where it says the same",
                where=f"activity/{activity.id}",
                facet=row.id,
            )
