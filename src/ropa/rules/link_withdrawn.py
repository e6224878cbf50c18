"""A notice sends its reader to an address that is known to show nothing, or something else, by now.

Information must be easy to get at (Article 12(1)); behind such a link there is none. The addresses are
known by rule, from a table: nothing is ever fetched, so a link that is not found here may still be dead.

To mend it: link to the page that took its place, or say it in the notice itself.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    See https://www.gov.uk/government/publications/national-pupil-database-requests-received.   # <- found here

Passes:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    See https://www.gov.uk/government/publications/dfe-external-data-shares.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(1)",),
    rests_on=("withdrawn-links",),
    covers=("X-LINK",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for row in law.WITHDRAWN_LINKS.on(case.settings.day, case.regimes):
            links = wording.written(row.written) if wording.bears(row.signs) else ()
            for first in list(links)[:1]:
                yield Problem(
                    first,
                    f"“{wording.notice.name}” sends people to an address that is {row.became}",
                    f"use {row.instead}",
                    where=f"notice/{wording.notice.id}",
                    facet=row.id,
                )
