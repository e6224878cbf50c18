"""The words a statement quotes stand where people may not see them.

Words in the colour of what is behind them, too small to read, faded, cut off, outside the page or covered by a
box are in the file of a notice, but nobody reads them there. What a notice tells people has to be easily visible
and clearly legible (Article 12(1), 12(7); recital 39), so a statement that quotes such words tells nobody anything,
and a promise counts as it is written. Only what the file itself says is known here: `docs/what-is-seen.md` lists
what is not.

To mend it: have the words shown as the others are, or quote words that people see.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.html
    statements:
      - quote: We sell your address to a print firm   # <- found here
        discloses: {to: print-firm}
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: party
    id: print-firm
    name: Print firm
    type: processor
    === residents.html
    <p>We use your address to collect your council tax.</p>
    <p style="color: #fff">We sell your address to a print firm.</p>

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.html
    statements:
      - quote: We sell your address to a print firm
        discloses: {to: print-firm}
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: party
    id: print-firm
    name: Print firm
    type: processor
    === residents.html
    <p>We use your address to collect your council tax.</p>
    <p>We sell your address to a print firm.</p>
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.location import Location
from ropa.register.model import Evidence, Notice, Statement
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 12(1)", "UK GDPR Article 5(1)(a)"))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        if case.text_of(notice) is None or notice.over(case.settings.day):
            continue
        for statement in notice.statements:
            why = statement.evidence is Evidence.FOUND and case.proved.unseen(statement)
            if why and statement.quoted:
                yield _problem(notice, statement, statement.quoted, why)


def _problem(notice: Notice, statement: Statement, quoted: Location, why: str) -> Problem:
    quote = phrases.quoted((statement,))
    after = "" if statement.negative else ", so this statement tells nobody anything"
    return Problem(
        (statement.origin / "quote").location,
        f"{quote} stands in {notice.text} where people may not see it: it is {why}{after}",
        "have the words shown as the others are, or quote words that people see",
        ((quoted, "here"),),
        f"notice/{statement.id}",
        "quote",
    )
