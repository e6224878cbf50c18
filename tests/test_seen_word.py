"""Word documents: what people see of them is read whole, and what they do not see is not."""

import io
import re
import zipfile

import docx
import pytest

from conftest import effort
from ropa.seen.formats import notice_of_bytes
from ropa.seen.sentences import Sentence
from ropa.seen.text import NoText, NoticeText
from ropa.seen.tree import Kind

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="GoneToo"><w:name w:val="Gone too"/><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="character" w:styleId="Cut"><w:name w:val="Cut"/><w:rPr><w:strike/></w:rPr></w:style>'
)


def packed(body: str, *, styles: str = STYLES, footnote: str = "") -> bytes:
    """A document whose body is given as Word writes it."""
    made, kept = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()
            elif name == "word/styles.xml":
                part = part.replace(b"</w:styles>", f"{styles}</w:styles>".encode())
            elif name == "word/_rels/document.xml.rels" and footnote:
                kind = (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                )
                link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                part = part.replace(b"</Relationships>", link.encode())
            new.writestr(name, part)
        if footnote:
            notes = (
                f'<w:footnotes {NAMES}><w:footnote w:id="2">{footnote}</w:footnote></w:footnotes>'
            )
            new.writestr("word/footnotes.xml", notes)
    return kept.getvalue()


def read(body: str, footnote: str = "") -> NoticeText:
    return notice_of_bytes("notice.docx", packed(body, footnote=footnote))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


WORDS = "not sell"
RUN = run(WORDS)
BOX = f"<w:txbxContent>{paragraph(run('We will'), RUN)}</w:txbxContent>"
DRAWN = (
    "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
    f"{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
PICTURED = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"

NESTED = f"<w:tbl>{row(paragraph(run('We will '), RUN))}</w:tbl>"


@pytest.mark.parametrize(
    "wrapped",
    [
        f'<w:ins w:id="1">{RUN}</w:ins>',
        f'<w:moveTo w:id="1">{RUN}</w:moveTo>',
        f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
        f'<w:smartTag w:element="x">{RUN}</w:smartTag>',
        f'<w:customXml w:element="x">{RUN}</w:customXml>',
        f'<w:fldSimple w:instr="DOCPROPERTY x">{RUN}</w:fldSimple>',
        f'<w:hyperlink w:anchor="x">{RUN}</w:hyperlink>',
        f'<w:dir w:val="ltr">{RUN}</w:dir>',
        f'<w:bdo w:val="ltr">{RUN}</w:bdo>',
        f'<w:ins w:id="1"><w:fldSimple w:instr="x"><w:smartTag w:element="x">{RUN}</w:smartTag></w:fldSimple></w:ins>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{RUN}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)  # fmt: skip
def test_what_wraps_words_in_a_sentence_does_not_take_them_away(wrapped: str) -> None:
    text = read(paragraph(run("We will "), wrapped, run(" your name.")))
    assert text.folded == "We will not sell your name."


@pytest.mark.parametrize(
    "body",
    [
        f"<w:sdt><w:sdtContent>{paragraph(run('We will '), RUN)}</w:sdtContent></w:sdt>",
        f"<w:customXml>{paragraph(run('We will '), RUN)}</w:customXml>",
        f"<w:tbl>{row(paragraph(run('We will '), RUN))}</w:tbl>",
        f"<w:tbl><w:sdt><w:sdtContent>{row(paragraph(run('We will '), RUN))}</w:sdtContent></w:sdt></w:tbl>",
        f"<w:tbl>{row(NESTED + paragraph())}</w:tbl>",
        paragraph(f"<w:r>{DRAWN}</w:r>"),
        paragraph(f"<w:r>{PICTURED}</w:r>"),
        paragraph(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{DRAWN}</mc:Choice>'
            f"<mc:Fallback>{PICTURED}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        paragraph(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{DRAWN}</mc:Choice></mc:AlternateContent></w:r>'
        ),
    ],
    ids=["control", "custom", "table", "row", "nested", "drawing", "picture", "both", "choice"],
)  # fmt: skip
def test_a_block_is_read_once_wherever_it_stands(body: str) -> None:
    text = read(paragraph(run("Before.")) + body + paragraph(run("After.")))
    assert text.folded.replace("willnot", "will not").count("We will not sell") == 1


def test_a_footnote_is_read_and_its_number_is_no_part_of_the_words() -> None:
    mark = run("", '<w:vertAlign w:val="superscript"/>').replace(
        '<w:t xml:space="preserve"></w:t>', '<w:footnoteReference w:id="2"/>'
    )
    text = read(
        paragraph(run("We tell the council"), mark, run(" your name.")),
        paragraph(run("That is Sampleton.")),
    )
    assert text.folded == "We tell the council your name. That is Sampleton."
    assert [s.footnote for s in text.sentences()] == [False, True]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("<w:vanish/>", "hidden"),
        ('<w:rStyle w:val="Cut"/>', "struck out"),
        ("<w:strike/>", "struck out"),
        ("<w:dstrike/>", "struck out"),
    ],
)
def test_a_run_that_nobody_sees_is_left_out_and_said(properties: str, kind: str) -> None:
    text = read(
        paragraph(run("First."))
        + paragraph(run("We will "), run("not ", properties), run("share it."))
    )
    assert text.folded == "First. We will share it."
    assert [(part.kind, text.file.part(part.first)) for part in text.left_out] == [
        (kind, "paragraph 2")
    ]


@pytest.mark.parametrize("style", ["Gone", "GoneToo"])
def test_a_paragraph_that_is_hidden_by_its_style_is_not_seen(style: str) -> None:
    hidden = paragraph(run("We sell it."), properties=f'<w:pStyle w:val="{style}"/>')
    assert read(hidden + paragraph(run("Hello."))).folded == "Hello."


def test_a_hidden_run_in_a_cell_or_in_a_link_is_not_seen() -> None:
    gone = run("never ", "<w:vanish/>")
    cell = f"<w:tbl>{row(paragraph(gone, run('name')), paragraph(run('1 year')))}</w:tbl>"
    link = paragraph(f'<w:hyperlink w:anchor="x">{gone}{run("See this.")}</w:hyperlink>')
    assert read(cell + link).folded == "name 1 year See this."


def test_vanish_that_is_switched_off_hides_nothing() -> None:
    assert read(paragraph(run("We keep it.", '<w:vanish w:val="0"/>'))).folded == "We keep it."


def test_deleted_and_moved_words_are_gone_and_open_changes_are_counted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("often ")}</w:moveFrom>'
    added = f'<w:ins w:id="3">{run("always ")}</w:ins>'
    text = read(paragraph(run("We "), deleted, moved, added, run("keep it.")))
    assert text.folded == "We always keep it."
    assert text.unsettled == 3


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ('<w:color w:val="FFFFFF"/>', "in the colour of what is behind it"),
        ('<w:sz w:val="2"/>', "too small to read"),
    ],
)
def test_words_that_cannot_be_read_are_doubted(properties: str, why: str) -> None:
    text = read(paragraph(run("We sell your name.", properties)) + paragraph(run("Hello there.")))
    (doubt,) = text.doubts
    assert (text.folded[doubt.start : doubt.end], doubt.why) == ("We sell your name.", why)


def test_white_words_on_a_dark_cell_are_read() -> None:
    dark = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    cell = paragraph(run("What we keep", '<w:color w:val="FFFFFF"/>'))
    text = read(f"<w:tbl>{row(dark + cell, paragraph(run('How long')))}</w:tbl>")
    assert text.doubts == ()


def test_a_table_has_its_heads() -> None:
    cells = [("Data", "How long"), ("name", "6 years")]
    rows = "".join(row(*(paragraph(run(cell)) for cell in line)) for line in cells)
    head, below = read(f"<w:tbl>{rows}</w:tbl>").sentences()
    assert (head.kind, below.kind) == (Kind.ROW, Kind.ROW)
    assert (below.text, below.row) == ("name 6 years", "Data: name. How long: 6 years")


def bullet(text: str, level: str) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(run(text), properties=numbers)


@pytest.mark.parametrize(
    "body",
    [
        bullet("We keep it.", "1000000000"),
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>{paragraph(run("We keep it."))}'
        "</w:tc></w:tr></w:tbl>",
        paragraph(run("We keep it.")) * 20_000,
    ],
    ids=["level", "span", "many"],
)  # fmt: skip
def test_no_number_and_no_length_makes_a_document_slow(body: str) -> None:
    found: list[NoticeText] = []
    assert effort(lambda: found.append(read(body))) < 400
    assert "We keep it." in found[0].folded


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 60, "50 fields"),
        (paragraph(run("x") * 50_001), "50000 stretches"),
        (paragraph("<w:x/>" * 4_000_001), "2000000 elements"),
    ],
    ids=["fields", "runs", "elements"],
)
def test_more_than_can_be_read_in_time_is_refused_with_the_bound(body: str, named: str) -> None:
    with pytest.raises(NoText, match=named):
        read(body)


def test_a_document_that_defines_entities_is_refused() -> None:
    bomb = packed(paragraph(run("x"))).replace(b"", b"")
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bomb)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part
            new.writestr(name, part)
    with pytest.raises(NoText, match="broken"):
        notice_of_bytes("notice.docx", kept.getvalue())


def test_headings_and_lists_are_what_their_styles_say() -> None:
    made, kept = docx.Document(), io.BytesIO()
    made.add_heading("Your data", 1)
    made.add_heading("What we share", 2)
    made.add_paragraph("We share:")
    made.add_paragraph("your name", style="List Bullet")
    made.save(kept)
    *_, last = notice_of_bytes("notice.docx", kept.getvalue()).sentences()
    assert isinstance(last, Sentence)
    assert (last.kind, last.lead, last.heading) == (Kind.BULLET, "We share:", "What we share")
    assert last.parent_headings == ("Your data",)
    assert re.search("share", last.lead)
