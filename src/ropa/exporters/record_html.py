"""The record as one page to read, print and publish: no script, nothing from elsewhere, a strict policy."""

from collections.abc import Iterable, Iterator
from html import escape

from ropa.page.webpage import webpage
from ropa.record.fields import Column
from ropa.record.tables import Record, RecordTable, Row, lines
from ropa.visible import is_web_address, visible

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  margin: 0 auto; padding: 1rem; max-width: 70rem; }
h1 { font-size: 1.8rem; line-height: 1.2; }
h2 { border-bottom: 3px solid #0b5394; margin-top: 2.5rem; }
h3 { margin: 2rem 0 .5rem; }
a { color: #0b5394; }
dl { display: grid; grid-template-columns: minmax(10rem, 18rem) 1fr; margin: 0; }
dt, dd { margin: 0; padding: .3rem .5rem; border-top: 1px solid #d0d0d0; overflow-wrap: anywhere; }
dt { font-weight: 600; }
dt small { display: block; font-weight: 400; color: #595959; }
dd ul { margin: 0; padding-left: 1.1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border: 1px solid #b0b0b0; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #eef3f8; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { border-top: 0; padding-top: 0; } }
@media print {
  body { font-size: 9pt; max-width: none; padding: 0; }
  nav { display: none; }
  .table { overflow: visible; }
  h2, h3 { break-after: avoid; }
  tr, dt, dd { break-inside: avoid; }
  thead { display: table-header-group; }
  @page { margin: 15mm; }
}
"""


def render(record: Record) -> str:
    title = _text(record.title)
    body = (
        "<header>",
        f"<h1>{title}</h1>",
        *_edition(record),
        "</header>",
        *_contents(record),
        "<main>",
        *_organisation(record.organisation),
        *(piece for register in record.registers for piece in _register(register)),
        *(piece for shelf in record.shelves for piece in _shelf(shelf)),
        "</main>",
    )
    return webpage(record.title, _STYLE, body)


def _edition(record: Record) -> Iterator[str]:
    yield from (f"<p>{_text(remark)}</p>" for remark in record.remarks)


def _contents(record: Record) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    for register in record.registers:
        yield f'<p><a href="#{register.key}">{_text(register.title)}</a></p>'
        if register.rows:
            yield "<ol>"
            for number, row in enumerate(register.rows, 1):
                yield f'<li><a href="#{register.key}-{number}">{_cell(row, "name")}</a></li>'
            yield "</ol>"
    for shelf in record.shelves:
        if shelf.rows:
            yield f'<p><a href="#{shelf.key}">{_text(shelf.title)}</a></p>'
    yield "</nav>"


def _organisation(table: RecordTable) -> Iterator[str]:
    yield '<section aria-labelledby="organisation">'
    yield f'<h2 id="organisation">{_text(table.title)}</h2>'
    for row in table.rows:
        yield from _entries(table.columns, row)
    if not table.rows:
        yield "<p>Nobody has written down whose record this is.</p>"
    yield "</section>"


def _register(register: RecordTable) -> Iterator[str]:
    yield f'<section aria-labelledby="{register.key}">'
    yield f'<h2 id="{register.key}">{_text(register.title)}</h2>'
    columns = [column for column in register.columns if column.key != "name"]
    for number, row in enumerate(register.rows, 1):
        yield f'<h3 id="{register.key}-{number}">{number}. {_cell(row, "name")}</h3>'
        yield from _entries(columns, row)
    if not register.rows:
        yield "<p>The register has no activity.</p>"
    yield "</section>"


def _entries(columns: Iterable[Column], row: Row) -> Iterator[str]:
    yield "<dl>"
    for column in columns:
        said = lines(row.get(column.key))
        if said:
            law = f" <small>Article {_text(column.law)}</small>" if column.law else ""
            yield f"<dt>{_text(column.heading)}{law}</dt>"
            yield f"<dd>{_said(said)}</dd>"
    yield "</dl>"


def _shelf(table: RecordTable) -> Iterator[str]:
    """The columns that have something in them."""
    shown = [c for c in table.columns if any(lines(row.get(c.key)) for row in table.rows)]
    if not shown:
        return
    yield f'<section aria-labelledby="{table.key}">'
    yield f'<h2 id="{table.key}">{_text(table.title)}</h2>'
    yield f'<div class="table" role="region" aria-labelledby="{table.key}" tabindex="0">'
    yield "<table>"
    heads = "".join(f'<th scope="col">{_text(column.heading)}</th>' for column in shown)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{_cell(row, column.key)}</td>' for column in shown)}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    yield "</section>"


def _cell(row: Row, key: str) -> str:
    return "<br>".join(map(_linked, lines(row.get(key))))


def _said(said: tuple[str, ...]) -> str:
    if len(said) == 1:
        return _linked(said[0])
    return f"<ul>{''.join(f'<li>{_linked(line)}</li>' for line in said)}</ul>"


def _linked(line: str) -> str:
    """Text that leads where it says, if it is an address of the web and nothing else."""
    if is_web_address(line):
        return f'<a href="{_text(line)}">{_text(line)}</a>'
    return _text(line)


def _text(text: str) -> str:
    return escape(visible(text))
