"""The evidence for an auditor as a page: each sentence with the words marked that prove what it tells."""

from collections.abc import Iterator
from html import escape

from ropa.page.webpage import webpage
from ropa.paper.evidence_report import (
    HEADINGS,
    EvidenceOf,
    EvidenceReport,
    EvidenceRow,
    head,
    void_lines,
)
from ropa.visible import visible

_STYLE = """\
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #767676 }
h3 { margin: 1.5rem 0 0; font-size: 1rem }
p { margin: .3rem 0 }
blockquote { margin: .5rem 0 0; padding-left: 1rem; border-left: 4px solid #767676 }
mark { background: #fff1a8; color: inherit; font-weight: 600 }
.rests { color: #4a4a4a; font-size: .9rem }
"""


def render(found: EvidenceReport) -> str:
    """The page, which needs nothing but itself."""
    title = f"Evidence: {found.case.register.name}"
    return webpage(title, _STYLE, _body(title, found))


def _body(title: str, found: EvidenceReport) -> Iterator[str]:
    yield f"<main><h1>{_said(title)}</h1>"
    yield from (f"<p>{_said(line)}</p>" for line in head(found))
    void = tuple(void_lines(found))
    if void:
        yield "<h2>Not borne out by the words quoted</h2><ul>"
        yield from (f"<li>“{_said(q)}” ({_said(i)}): {_said(why)}</li>" for i, q, why in void)
        yield "</ul>"
    for rests, heading in HEADINGS.items():
        rows = [row for row in found.rows if row.evidence is rests]
        if rows:
            yield f"<h2>{_said(heading)}: {len(rows)}</h2>"
            for row in rows:
                yield from _row(row)
    yield "</main>"


def _row(row: EvidenceRow) -> Iterator[str]:
    yield f"<h3>{_said(row.what)}: {_said(row.verdict)}</h3>"
    yield f"<p>{_said(row.in_words)} (<code>{_said(row.where)}</code>)</p>"
    for one in row.told_by:
        yield from _sentence(one)


def _sentence(one: EvidenceOf) -> Iterator[str]:
    words = (f"<mark>{_said(s.text)}</mark>" if s.proves else _said(s.text) for s in one.sentence)
    yield f"<blockquote><p>{''.join(words)}</p>"
    place = f"{one.statement.id}, {one.at}, text {one.hash or 'not on file'}, {one.rests}"
    yield f'<p class="rests">{_said(place)}</p></blockquote>'


def _said(text: str) -> str:
    return escape(visible(text))
