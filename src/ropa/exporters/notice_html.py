"""A privacy notice in draft as one page: no script, nothing from elsewhere, a strict policy."""

from collections.abc import Iterator
from html import escape

from ropa.drafting.values import (
    Block,
    Draft,
    DraftBullets,
    DraftLine,
    DraftRow,
    DraftTable,
    Section,
)
from ropa.page.webpage import webpage
from ropa.visible import visible

_STYLE = """
:root { color-scheme: light; }
body { font: 1.125rem/1.6 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  margin: 0 auto; padding: 1rem; max-width: 44rem; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { border-top: 3px solid #0b5394; margin-top: 2.5rem; padding-top: .5rem; line-height: 1.3; }
h3 { margin: 1.8rem 0 .5rem; line-height: 1.3; }
a { color: #0b5394; }
li { margin: .5rem 0; }
nav li { margin: .1rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #b0b0b0; padding: .5rem .6rem; text-align: left; vertical-align: top; }
thead th { background: #eef3f8; }
tbody th { font-weight: 400; }
mark { background: #ffe58a; color: #1b1b1b; font-weight: 600; }
@media print {
  body { font-size: 11pt; max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  li, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  @page { margin: 20mm; }
}
"""


def render(draft: Draft) -> str:
    title = _text(draft.name)
    body = (
        "<main>",
        f"<h1>{title}</h1>",
        *(f"<p>{_said(line)}</p>" for line in draft.intro),
        '<nav aria-label="Contents">',
        "<ul>",
        *(f'<li><a href="#{s.key}">{_text(s.heading)}</a></li>' for s in draft.sections),
        "</ul>",
        "</nav>",
        *(piece for section in draft.sections for piece in _section(section)),
        "</main>",
    )
    return webpage(draft.name, _STYLE, body)


def quote(words: str) -> str:
    """Words as they are read from the page, so that they are found there."""
    return visible(words)


def _section(section: Section) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.key}">'
    yield f'<h2 id="{section.key}">{_text(section.heading)}</h2>'
    for block in section.blocks:
        yield from _block(block, section.key)
    for part in section.parts:
        yield f"<h3>{_text(part.heading)}</h3>"
        for block in part.blocks:
            yield from _block(block, section.key)
    yield "</section>"


def _block(block: Block, labelled_by: str) -> Iterator[str]:
    match block:
        case DraftLine():
            yield f"<p>{_said(block)}</p>"
        case DraftBullets():
            yield "<ul>"
            yield from (f"<li>{_said(entry)}</li>" for entry in block.entries)
            yield "</ul>"
        case DraftTable():
            yield f'<table aria-labelledby="{labelled_by}">'
            heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in block.heads)
            yield f"<thead><tr>{heads}</tr></thead>"
            yield "<tbody>"
            yield from map(_row, block.rows)
            yield "</tbody>"
            yield "</table>"


def _said(line: DraftLine) -> str:
    strong, rest = _text(line.text[: line.strong]), _text(line.text[line.strong :])
    said = f"<strong>{strong}</strong>{rest}" if strong else rest
    return " ".join(filter(None, (said, *map(_slot, line.slots))))


def _row(row: DraftRow) -> str:
    said = " ".join(filter(None, (_text(row.said), *map(_slot, row.slots))))
    return f'<tr><th scope="row">{_text(row.about)}</th><td>{said}</td></tr>'


def _slot(words: str) -> str:
    return f"<mark>[{_text(words)}]</mark>"


def _text(text: str) -> str:
    return escape(visible(text))
