"""The words a statement quotes are not in the notice's text.

A statement tells people something only because its words stand in the published notice. Words that
are not there are no evidence, so the statement is void: it counts for nothing until it is mended.
White space, quotation marks, dashes and mark-up may differ, and nothing else may, since "we will"
and "we will not" are one word apart. The organisation must be able to show what it tells people
(Article 5(2)).

A quote has three words, or is a whole bullet or a whole cell of a table, as lists of data are made of single
words. One or two words out of a sentence may mean anything, and are no quote.

To mend it: copy the words from the published text, letter for letter. If the text no longer says
it, delete the statement.

Fails:

    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: We ask your former employers for references    # <- found here
        collects: {data: references, from: previous-employer}
      - quote: We use your references to choose the right person
        uses: recruitment

Fails, where the words stand elsewhere, and the text was changed a little:

    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: We ask your former employers for references # <- found here
        collects: {data: references, from: previous-employer}
      - quote: We use your references     # <- found here
        prefix: Because of the law
        uses: recruitment
    === applicants.md
    We ask former employers for references.

    We use your references to choose the right person.

Fails, where the words are too few:

    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: references # <- found here
        collects: {data: references, from: previous-employer}
      - quote: references from former employers
        collects: {data: references, from: previous-employer}
    === applicants.md
    We ask for references from former employers.

Passes, where one word is a whole bullet:

    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: references
        collects: {data: references, from: previous-employer}
    === applicants.md
    We ask your former employers for:

    - references
    - reasons for leaving

Passes:

    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    statements:
      - quote: We ask your last employer for a reference
        collects: {data: references, from: previous-employer}
      - quote: We use your references to choose the right person
        uses: recruitment

Passes, where the notice is over, or cannot be read (`text-missing` tells that):

    kind: notice
    id: applicants
    audience: job-applicant
    in_force: {to: 2025-12-31}
    text: applicants.md
    statements:
      - quote: We ask your former employers for references
        collects: {data: references, from: previous-employer}
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    statements:
      - quote: We use your name to pay you
        uses: payroll
    === applicants.md
    We use your references to choose the right person.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Evidence, Statement
from ropa.rule import rule
from ropa.saying import phrases
from ropa.seen.text import NoticeText


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        missing = [s for s in notice.statements if s.evidence is Evidence.NOT_FOUND]
        text = case.text_of(notice) if missing and not notice.over(case.settings.day) else None
        if text is None:
            continue
        for statement in missing:
            message, hint = _said(statement, text)
            yield Problem(
                (statement.origin / "quote").location,
                message,
                hint,
                where=f"notice/{statement.id}",
                facet="quote",
            )


def _said(statement: Statement, text: NoticeText) -> tuple[str, str]:
    """What is wrong with a quote, and where its words may have gone."""
    quote, path = phrases.quoted((statement,), most=90), text.file.path
    hint = "quote the text word for word, or delete the statement"
    if text.find(statement.quote) and not text.quoted(statement.quote):
        few = f"{quote} has fewer than three words and is no whole bullet or cell of {path}, so it is no quote"
        return few, "quote the words that lead in to it as well, or the whole bullet or cell"
    if text.find(statement.quote):
        return f"{quote} stands in {path}, but not with this `prefix` or `suffix`", hint
    if text.extracted:
        hint = f"{hint}; the text was extracted from {path}, so see first whether it came out whole"
    near = text.nearest(statement.quote)
    hint = f"the nearest sentence there is “{near}”; {hint}" if near else hint
    return f"{quote} is not in {path}", f"{hint}; as it is, it tells nobody anything"
