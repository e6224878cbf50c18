"""A notice has statements, and no published text to check them against.

Without the text nobody can tell whether a notice says what its statements claim. Such statements
are not counted as telling anybody anything, and whatever only they tell cannot be decided. The
organisation must be able to show what people are told (Article 5(2)).

To mend it: put the published wording in a file beside the notice, as Markdown, plain text, HTML, Word
or PDF, and name it under `text`.

Fails:

    kind: notice                          # <- found here
    id: leaflet
    audience: patient
    statements:
      - quote: We tell your GP when you leave hospital
        discloses: gp-practice
    ---
    kind: notice
    id: website
    audience: patient
    text: website.md                      # <- found here
    statements:
      - quote: We use your information to treat you
        uses: health-care

Fails, whatever other notices there are:

    kind: notice
    id: card
    audience: patient
    in_force: {to: 2026-01-31}
    statements:
      - quote: We use your name
        uses: health-care
    ---
    kind: notice                          # <- found here
    id: leaflet
    audience: patient
    statements:
      - quote: We tell your GP when you leave hospital
        discloses: gp-practice
    ---
    kind: notice
    id: website
    audience: patient
    text: website.md                      # <- found here
    statements:
      - quote: We use your information to treat you
        uses: health-care

Passes:

    kind: notice
    id: website
    audience: patient
    text: website.md
    statements:
      - quote: We use your information to treat you
        uses: health-care

Passes, where the notice is over:

    kind: notice
    id: leaflet
    in_force: {to: 2026-01-31}
    audience: patient
    statements:
      - quote: We tell your GP when you leave hospital
        discloses: gp-practice
    ---
    kind: notice
    id: website
    in_force: {to: 2026-01-31}
    audience: patient
    text: website.md
    statements:
      - quote: We use your information to treat you
        uses: health-care
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"),
    undecided=True,
)
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        if not notice.statements or notice.readable or notice.over(case.settings.day):
            continue
        why = notice.text_problem
        yield Problem(
            why.at if why else (notice.origin / "text").location,
            f"the statements of “{notice.name}” cannot be checked; {why.message}"
            if why
            else f"“{notice.name}” has statements, and no published text to check them against",
            why.hint if why else "put the published wording in a file and name it under `text`",
            where=f"notice/{notice.id}",
            facet="text",
        )
