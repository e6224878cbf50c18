"""The record and the gap report as PDF, opened again."""

import io
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import Destination, DictionaryObject, IndirectObject

import everything
from command import Project
from conftest import ROOT, TODAY
from ropa import plugins
from ropa.engine import check
from ropa.errors import MissingExtra
from ropa.exporters import record_pdf
from ropa.judging.coverage import Settings
from ropa.paper import binding, typesetter
from ropa.paper.gap_report import gap_report
from ropa.paper.manuscript import (
    Block,
    Bullets,
    Code,
    DraftWording,
    Entries,
    Line,
    Link,
    Manuscript,
    PaperColumn,
    PaperHeading,
    PaperItem,
    PaperTable,
    Paragraph,
    Strong,
    Wide,
    paragraph,
)
from ropa.paper.typesetter import typeset
from ropa.record.tables import Record
from ropa.reporters import pdf as pdf_reporter
from ropa.visible import visible
from test_record import hostile, marked, read, recorded
from test_reporters import HOSTILE, everywhere

__all__ = ["hostile"]


def opened(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in opened(content).pages]


def squeezed(text: str) -> str:
    """Without what a line end adds or takes away, and without what is odd only to the eye."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", text)


def stripped(content: bytes) -> list[str]:
    """What stands on each page, without what every page repeats."""
    about = opened(content).metadata
    title = squeezed((about.title if about else None) or "")
    repeated = rf"{re.escape(title)}Page\d+of\d+|WhatAsrecorded"
    return [re.sub(repeated, "", squeezed(page)) for page in pages(content)]


def text(content: bytes) -> str:
    return "".join(stripped(content))


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line of a manuscript."""
    for block in blocks:
        match block:
            case PaperHeading():
                yield block.line
            case Paragraph():
                yield from block.lines
            case Bullets():
                yield from below(block.items)
            case DraftWording():
                yield from (block.lead, (block.wording,))
                yield from ((line,) for line in block.statement.split("\n"))
            case PaperTable():
                yield from ((column.heading,) for column in block.columns)
                yield from (line for row in block.rows for cell in row for line in cell)
            case Entries():
                for entry in block.entries:
                    yield from ((entry.heading,), (entry.note,), *entry.lines)
            case Wide():
                yield from lines(block.blocks)


def below(items: tuple[PaperItem, ...]) -> Iterator[Line]:
    for item in items:
        yield from item.lines
        yield from below(item.below)


def words(piece: Strong | Code | Link) -> str:
    return piece.address if isinstance(piece, Link) else piece.text


def said(line: Line) -> str:
    pieces = (piece if isinstance(piece, str) else words(piece) for piece in line)
    return visible("".join(pieces))


def lost(manuscript: Manuscript, content: bytes) -> list[str]:
    """The lines that are not on the pages. A cell may begin on one page and end on the next."""
    found = [page.replace("`", "") for page in stripped(content)]
    wanted = (squeezed(said(line)).replace("`", "") for line in lines(manuscript.blocks))
    return [line for line in wanted if line not in "".join(found) and not goes_on(line, found)]


def goes_on(line: str, found: list[str]) -> bool:
    return any(
        line[:cut] in before and line[cut:] in after
        for before, after in pairwise(found)
        for cut in range(1, len(line))
    )


def objects(content: bytes) -> Iterator[DictionaryObject]:
    reader = opened(content)
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = IndirectObject(number, 0, reader).get_object()
        if isinstance(found, DictionaryObject):
            yield found


# The record


def test_every_cell_of_the_record_is_on_its_pages() -> None:
    example = read(ROOT / "registry")
    assert lost(record_pdf.manuscript(example), record_pdf.render(example)) == []


def test_every_field_of_a_register_is_on_the_pages(tmp_path: Path) -> None:
    found = text(record_pdf.render(recorded(tmp_path, everything.REGISTER)))
    assert [word for word in sorted(everything.WORDS) if squeezed(word) not in found] == []
    assert [words for words in everything.SAID if squeezed(words) not in found] == []


def test_the_pages_for_publication_are_without_what_is_internal(tmp_path: Path) -> None:
    published = recorded(tmp_path, marked({"northwold": "[security, breach]"}), publication=True)
    found = text(record_pdf.render(published))
    assert "Editionforpublication" in found
    assert "Qsecurity" not in found
    assert "Qbreach" not in found


def test_the_document_says_what_it_is_and_whose_screen_reader_can_read_it() -> None:
    document = opened(record_pdf.render(read(ROOT / "registry")))
    assert document.metadata is not None
    assert document.metadata.title == "Record of processing: Exampleshire County Council"
    assert document.metadata.author is None
    assert document.metadata.creation_date is None
    root: Any = document.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_each_activity_has_a_bookmark_below_its_register() -> None:
    example = read(ROOT / "registry")
    outline = opened(record_pdf.render(example)).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert titles == [
        "Whose record this is", "Record of a controller (Article 30(1))", "Parties", "Systems", "Privacy notices",
    ]  # fmt: skip
    (activities,) = (entry for entry in outline if isinstance(entry, list))
    names = [row["name"] for row in example.controller.rows]
    found = [entry.title for entry in activities if not isinstance(entry, list)]
    assert found == [f"{n}. {name}" for n, name in enumerate(names, 1)]


def test_pages_are_numbered_and_a_table_that_goes_on_has_its_head_again() -> None:
    found = pages(record_pdf.render(read(ROOT / "registry")))
    assert [f"Page {n} of {len(found)}" in page for n, page in enumerate(found, 1)] == [True] * len(
        found
    )
    goes_on = [page for page in found[1:-1] if re.match(r"What\s+As recorded", page)]
    assert len(goes_on) > 2


def test_wide_tables_stand_on_pages_turned_on_their_side() -> None:
    last = opened(record_pdf.render(read(ROOT / "registry"))).pages[-1]
    assert last.mediabox.width > last.mediabox.height


# The gap report


def test_the_gap_report_says_on_its_pages_all_it_says() -> None:
    report = check(ROOT / "registry", Settings(TODAY))
    assert lost(gap_report(report), pdf_reporter.render(report)) == []


# Inert


def test_hostile_text_of_a_record_is_only_ever_text(hostile: Record) -> None:
    content = record_pdf.render(hostile)
    found = text(content)
    assert "<script>alert(1)</script>" in found
    assert "=cmd|'/C calc'!A0".replace(" ", "") in found
    assert "\u202e" not in found
    assert not {key for entry in objects(content) for key in entry} & {
        "/JS",
        "/AA",
        "/OpenAction",
        "/EF",
    }
    led = {str(e["/URI"]) for e in objects(content) if "/URI" in e}
    assert led <= {"https://northwold.example/Qurl"}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_of_a_report_is_only_ever_text(tmp_path: Path, name: str) -> None:
    report = everywhere(tmp_path, HOSTILE[name])
    content = pdf_reporter.render(report)
    assert lost(gap_report(report), content) == []
    assert not [entry for entry in objects(content) if "/URI" in entry or "/JS" in entry]


MARKUP = (
    '#read("/etc/passwd")', "#{1+1}", "*bold* _it_", "$x^2$", "\\ \\u{41}", "<label> @ref", "= heading",
    "- item", "// comment", "/* */", "[x]", "a -- b --- c ...", '"quoted" \'so\'', "#panic()", "~",
    "#import \"@preview/cetz:0.3.0\"",
)  # fmt: skip


def test_mark_up_of_the_typesetter_is_only_ever_text() -> None:
    manuscript = everywhere_in(*MARKUP)
    assert lost(manuscript, typeset(manuscript)) == []


def everywhere_in(*words: str) -> Manuscript:
    """A manuscript that says the words in every place there is."""
    said = tuple((word,) for word in words)
    blocks: tuple[Block, ...] = (
        *(PaperHeading(2, line) for line in said),
        *(Paragraph((line, (Strong(line[0]),))) for line in said),
        Bullets(tuple(PaperItem((line,), (PaperItem((line,)),)) for line in said)),
        PaperTable(
            (PaperColumn("One"), PaperColumn("Two", numbers=True)),
            tuple(((line,), (line, line)) for line in said),
        ),
        DraftWording(1, said[0], words[0], "\n".join(words)),
        Wide((Entries(()), *(paragraph(word) for word in words))),
    )
    return Manuscript(" ".join(words), blocks)


def test_a_word_that_fits_no_line_is_cut_and_stays_on_the_page() -> None:
    words = ("w" * 400, f"https://example.org/{'a' * 300}", "name@" + "example." * 60)
    manuscript = everywhere_in(*words)
    content = typeset(manuscript)
    assert lost(manuscript, content) == []
    for page in opened(content).pages:
        assert max(starts(page)) < page.mediabox.width


def starts(page: pypdf.PageObject) -> list[float]:
    """How far from the left each piece of text of a page begins."""
    places: list[float] = []

    def visit(text: str, _: Any, matrix: list[float], *__: Any) -> None:
        if text.strip():
            places.append(matrix[4])

    page.extract_text(visitor_text=visit)
    return places


# Large ones


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a manuscript of some pages were one of a thousand."""
    monkeypatch.setattr(typesetter, "MOST_AT_ONCE", 1_000)
    monkeypatch.setattr(binding, "LARGEST_PART", 3_000)


def large() -> Manuscript:
    """Six activities of a register, which are two parts, and a table that is another two."""
    text = "We keep it for six years, and nobody else gets it. " * 12
    cells = tuple((((f"Party {n}",),), (("An address " * 12,),)) for n in range(24))
    blocks: tuple[Block, ...] = (
        paragraph("As of today"),
        PaperHeading(2, ("Register",)),
        *(
            block
            for n in range(6)
            for block in (PaperHeading(3, (f"{n}. Lending",)), Paragraph(((f"{n}: {text}",),)))
        ),
        Wide((PaperHeading(2, ("Parties",)), PaperTable((PaperColumn("One"), PaperColumn("Two")), cells))),
    )  # fmt: skip
    return Manuscript("Record", blocks)


@pytest.mark.usefixtures("in_parts")
def test_a_large_manuscript_is_set_in_parts_that_are_bound_into_one() -> None:
    content = typeset(large())
    document, found = opened(content), pages(content)
    assert lost(large(), content) == []
    assert [f"Page {n}" in page.splitlines()[-1] for n, page in enumerate(found, 1)] == [
        True
    ] * len(found)
    register, activities, parties = document.outline
    assert isinstance(activities, list)
    contents = found[0].split("Contents")[1].splitlines()
    for mark in (register, *activities, parties):
        assert isinstance(mark, Destination)
        assert mark.title
        at = document.get_destination_page_number(mark)
        assert at is not None
        assert mark.title in found[at]
        assert f"{mark.title}{at + 1}" in "".join(contents).replace(
            f"{mark.title} ", str(mark.title)
        )
    assert document.pages[-1].mediabox.width > document.pages[-1].mediabox.height
    assert document.metadata is not None
    assert document.metadata.title == "Record"
    assert "without the marks that a screen reader goes by" in found[0].replace("\n", " ")
    assert document.metadata.creation_date is None


@pytest.mark.usefixtures("in_parts")
def test_no_part_is_larger_than_what_is_set_at_once() -> None:
    """However many activities and parties a record has, so that the memory it takes does not grow with them."""
    blocks = typesetter._manuscript(large())["blocks"]
    parts = list(binding._cut(blocks))
    assert len(parts) == 3
    assert max(len(json.dumps(part)) for part in parts) < 2.5 * binding.LARGEST_PART


# Letters


@pytest.mark.parametrize(
    "name",
    [
        "Gmina Świętochłowice",
        "Łódź",
        "Δήμος Αθηναίων",
        "Київська міська рада",
        "Ħal Għaxaq",
        "✓ → “x”",
    ],
)
def test_letters_of_europe_stand_as_they_are(name: str) -> None:
    content = typeset(Manuscript(name, (paragraph(name), PaperHeading(2, (name,)))))
    assert squeezed(name) in text(content)
    assert "<U+" not in text(content)


def test_arabic_is_shown_from_right_to_left() -> None:
    content = typeset(Manuscript("Names", (PaperHeading(2, ("مجلس مدينة",)),)))
    assert "مجلس" in text(content)
    assert "<U+" not in text(content)


def test_what_no_font_shows_stands_as_its_number_and_the_document_says_so() -> None:
    unassigned_to_any_font = "\U00012000"  # a sign of cuneiform
    content = typeset(
        Manuscript("Names", (paragraph(f"Ur {unassigned_to_any_font}"), PaperHeading(2, ("x",))))
    )
    assert "Ur<U+12000>" in text(content)
    assert "hasnofontforsomeletters" in text(content)


def test_marks_that_fit_no_letter_stop_nothing() -> None:
    odd = "Ệ\u0301\u0488φ\u0301 क\u0301\u20dd \ufe0f 👩🏽"
    assert opened(typeset(Manuscript(odd, (paragraph(odd), PaperHeading(2, (odd,)))))).pages


# The same each time, and the command


def test_the_same_register_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    example = read(ROOT / "registry")
    first = record_pdf.render(example)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert record_pdf.render(example) == first


def test_a_missing_extra_says_which_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = recorded(tmp_path, everything.REGISTER)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r"ropa-checker\[pdf\]"):
        plugins.load("exporters", "record-pdf").render(record)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


def test_the_report_is_written_as_what_is_asked_for(project: Project) -> None:
    ended = project.ropa("report", "--format", "pdf", "-o", "out")
    assert (ended.code, ended.out, ended.err.splitlines()[-1]) == (
        0,
        "",
        "wrote out/gap-report.pdf",
    )
    written = project.folder / "out"
    assert [file.name for file in written.iterdir()] == ["gap-report.pdf"]
    assert (written / "gap-report.pdf").read_bytes().startswith(b"%PDF-")


def test_the_findings_may_be_written_as_pdf_beside_another_format(project: Project) -> None:
    project.ropa("check", "--write", "pdf=gaps.pdf")
    assert (project.folder / "gaps.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("command", ["check", "record"])
def test_no_pdf_is_written_to_a_terminal(
    project: Project, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    ended = project.ropa(command, "--format", "pdf")
    assert (ended.code, ended.out) == (2, "")
    assert "write it to a file with -o" in ended.err
