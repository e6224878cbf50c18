"""Notices as people publish them: what is read of HTML, Word and PDF, where it stands, and what cannot be read."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from conftest import TODAY
from ropa.documents.document import SourceFile
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.reporters import text as text_reporter
from ropa.seen.formats import notice_of_bytes, notice_of_text
from ropa.seen.text import NoText, NoticeText
from ropa.seen.tree import Kind


def html(text: str) -> NoticeText:
    return notice_of_text(SourceFile("notice.html", text))


def word(*, made: WordDocument) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A PDF of lines of text, as simple as can be."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 11 Tf 50 780 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF"
    return written + (head + tail).encode()


PAGE = """<!doctype html>
<html><head><title>Not seen</title><style>p { color: red }</style></head>
<body>
<div class="cookie-banner"><p>We use cookies.</p></div>
<nav><ul><li>Menu</li></ul></nav>
<main>
<h1>Your data &amp; you</h1>
<!-- We never share. -->
<p hidden>We never share your name.</p>
<p style="display: none">We never share.</p>
<p>We sh<b>ar</b>e your name with the
council. We keep it.</p>
<p>We share:</p>
<ul><li><p>your name</p></li><li>your <a href="x">age</a><ul><li>in years</li></ul></li></ul>
<table><tr><th>Data</th><th>How long</th></tr><tr><td><p>Name</p></td><td>1 year</td></tr></table>
</main>
<footer>Site by Sample Ltd</footer>
</body></html>
"""


def test_a_page_gives_what_its_reader_sees_and_no_more() -> None:
    assert html(PAGE).folded == (
        "Your data & you We share your name with the council. We keep it. We share: your name your age in years"
        " Data How long Name 1 year"
    )


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ("Your data & you", "Your data &amp; you"),
        ("We share your name with the council.", "We sh<b>ar</b>e your name with the\ncouncil."),
        ("your age", 'your <a href="x">age'),
        ("1 year", "1 year"),
    ],
)
def test_a_quote_is_found_where_it_stands_in_the_page(quote: str, written: str) -> None:
    at = html(PAGE).find(quote)
    assert at
    lines = PAGE.split("\n")[at.line - 1 : at.end_line]
    lines[-1] = lines[-1][: at.end_column - 1]
    assert "\n".join([lines[0][at.column - 1 :], *lines[1:]]) == written


def test_a_sentence_that_is_also_hidden_is_found_where_it_is_seen() -> None:
    at = html("<main><p hidden>We share it.</p>\n<p>We share it.</p></main>").find("We share it.")
    assert at
    assert at.line == 2


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>We share it", "We share it"),
        ("<header>Site</header><article><header>Title</header>Text</article><footer>x</footer>", "Title Text"),
        ("<main> </main><p>We share it</p>", "We share it"),
        ("<p>A &lt; b c &#8217;d&#8217;</p>", "A < b c 'd'"),
        ("<table>We share<tr><td>it</table>", "We share it"),
        ("<p>One<br>two</p>", "One two"),
        ("<p>We <span aria-hidden=true>never</span> share</p>", "We never share"),
        ("<p>We <!-- never --> share</p>", "We share"),
        ("<p>We&nbsp;share</p><script>never()</script>", "We share"),
        ("<p hidden=until-found>We share</p>", "We share"),
        ("<p>&amp;lt;</p>", "&lt;"),
    ],
)  # fmt: skip
def test_what_is_seen_of_a_page(page: str, seen: str) -> None:
    text = html(page)
    assert text.folded == seen
    assert text.find(seen)


@pytest.mark.parametrize("page", ["", "<p hidden>x</p>", "<!-- x -->", "<script>x</script>"])
def test_a_page_without_anything_to_see_is_no_text(page: str) -> None:
    with pytest.raises(NoText, match="no text can be seen"):
        html(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>" * 20_000,
        "<b>" * 3_000 + "x",
        "<" * 100_000,
        "&" * 100_000,
        "<!--" * 30_000,
        "<ul><li>" * 5_000,
    ],
)
def test_no_page_breaks_the_reading(page: str) -> None:
    html(f"<p>We share it.</p>{page}")


def test_a_word_document_gives_paragraphs_lists_and_tables_in_their_order() -> None:
    made = docx.Document()
    made.add_heading("Your data", 1)
    made.add_paragraph("We share your name with the council. We share:")
    made.add_paragraph("your age", style="List Bullet")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Name", "1 year"
    hidden = made.add_paragraph("We keep it")
    hidden.add_run(" never").font.hidden = True
    text = notice_of_bytes("notice.docx", word(made=made))
    assert text.folded == (
        "Your data We share your name with the council. We share: your age Name 1 year We keep it"
    )
    at = text.find("your age")
    assert at
    assert text.part(at) == "paragraph 3"
    assert [s.kind for s in text.sentences()][:2] == [Kind.HEADING, Kind.PROSE]
    bullet = next(s for s in text.sentences() if s.kind is Kind.BULLET)
    assert (bullet.text, bullet.lead, bullet.heading) == ("your age", "We share:", "Your data")


def test_a_pdf_gives_its_lines_without_the_headers_that_run_through_it() -> None:
    pages = [
        [
            "Sample Council privacy notice",
            f"We share your {data} with",
            "the council.",
            f"Page {n} of 3",
        ]
        for n, data in enumerate(("name", "age", "photograph"), 1)
    ]
    text = notice_of_bytes("notice.pdf", pdf(*pages))
    assert "Page" not in text.folded
    assert "privacy notice" not in text.folded
    at = text.find("We share your age with the council.")
    assert at
    assert text.part(at) == "page 2"
    assert text.extracted


@pytest.mark.parametrize(
    ("path", "raw", "message"),
    [
        ("n.docx", b"", "broken"),
        ("n.docx", b"PK\x03\x04nonsense", "broken"),
        ("n.docx", b"%PDF-1.4", "broken"),
        ("n.pdf", b"", "broken"),
        ("n.pdf", b"%PDF-1.4\nnonsense", "broken"),
        ("n.pdf", pdf(["x"])[:300], "broken"),
        ("n.pdf", pdf([]), "holds no text"),
        ("n.docx", word(made=docx.Document()), "holds no text"),
    ],
)
def test_a_broken_file_says_so(path: str, raw: bytes, message: str) -> None:
    with pytest.raises(NoText, match=message):
        notice_of_bytes(path, raw)


def test_a_word_document_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"word/{number}.xml", bytes(8 * 1024 * 1024))
    assert len(packed.getvalue()) < 1_000_000
    with pytest.raises(NoText, match="unpacks to more than 64 MiB"):
        notice_of_bytes("notice.docx", packed.getvalue())


def test_a_word_document_with_another_archive_inside_is_broken() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(NoText, match="broken"):
        notice_of_bytes("notice.docx", packed.getvalue())


REGISTER = """kind: notice
id: users
name: Users
audience: resident
text: {name}
statements:
  - quote: We share your age with the council.
    discloses: gp-practice
  - quote: We never said this.
    uses: billing
"""


@pytest.mark.parametrize(
    ("name", "part"),
    [("notice.pdf", "page 2"), ("notice.docx", "paragraph 2"), ("notice.html", "")],
)
def test_a_register_may_name_any_of_them(name: str, part: str, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Hello.")
    made.add_paragraph("We share your age with the council.")
    raw = {
        "notice.pdf": pdf(["Hello."], ["We share your age with", "the council."]),
        "notice.docx": word(made=made),
        "notice.html": b"<p>Hello.</p>\n<p>We share your age with the council.</p>",
    }
    (tmp_path / name).write_bytes(raw[name])
    (tmp_path / "register.yaml").write_text(REGISTER.format(name=name), "utf-8")
    report = check(tmp_path, Settings(TODAY))
    missing = [f.problem for f in report.findings if f.rule.id == "quote-not-found"]
    assert [problem.at.line for problem in missing] == [9]
    claimed = next(f.problem for f in report.findings if f.rule.id == "over-claim")
    at = next(at for at, _ in ((claimed.at, ""), *claimed.related) if at.path == name)
    assert report.case.part(at) == part
    assert not part or f"({part})" in text_reporter.render(report)


@pytest.mark.parametrize("name", ["notice.pdf", "notice.docx"])
def test_a_file_that_gives_no_text_is_a_finding_at_the_notice(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"nonsense")
    (tmp_path / "register.yaml").write_text(REGISTER.format(name=name), "utf-8")
    (found,) = [
        f.problem for f in check(tmp_path, Settings(TODAY)).findings if f.rule.id == "text-missing"
    ]
    assert (found.at.line, found.at.column) == (5, 1)
    assert "broken" in found.message


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(NoText, match="needs the extra `pdf`") as refused:
        notice_of_bytes("notice.pdf", pdf(["x"]))
    assert "pip install 'ropa-checker[pdf]'" in refused.value.hint
