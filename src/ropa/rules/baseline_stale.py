"""The baseline lists a finding that is no longer there, or that says something else now.

A baseline lists what was wrong when it was written, so that only what is new fails. When a gap is
mended its entry has to go: it would quietly accept the same gap again. Where a finding has come to
say something else, somebody has to read it before it is listed as it is (Articles 5(2) and 24(1)).

To mend it: run `ropa baseline` again, and read what changes in the file.

Fails:

    {"version": 1, "register": "exampleton", "findings": {
        "recipient-omitted@letters/disclose/print-firm@recipient": "…"            # <- found here
    }}

Passes:

    {"version": 1, "register": "exampleton", "findings": {}}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"),
    last=True,
)
def check(case: Case) -> Iterator[Problem]:
    moved = case.acceptance.moved
    for entry in moved if moved and case.whole else ():  # what was not read may hold it
        gone = f"is {entry.called} now" if entry.called else "is no longer there"
        is_now = f"now says: {entry.now}" if entry.now else gone
        yield Problem(
            case.acceptance.baseline.at(entry.id),
            f"the baseline lists {entry.id}, which {is_now}",
            "run `ropa baseline` again, and read what changes in the file",
            where="baseline",
            facet=entry.id,
        )
