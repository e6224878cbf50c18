"""Workbooks that nobody wrote in good faith: a plain sentence each, never a crash, a hang or a false success."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest

from command import Project
from conftest import TODAY
from ropa.errors import CannotRead
from ropa.intake import take_in
from ropa.judging.coverage import Settings
from ropa.record.workbook import spreadsheet
from ropa.record.workbook.spreadsheet import SheetPage, Spot
from test_import import MEALS, copied, exported


def book(change: Callable[[openpyxl.Workbook], object] = lambda _: None) -> bytes:
    made, saved = openpyxl.Workbook(), io.BytesIO()
    made.active.title = "S"
    change(made)
    made.save(saved)
    return saved.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with another text in one of its parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.namelist():
            new.writestr(item, part if item == name else old.read(item))
        if name not in old.namelist():
            new.writestr(name, part)
    return made.getvalue()


def sheet(cells: bytes) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_part(
        book(),
        "xl/worksheets/sheet1.xml",
        b"<worksheet " + space + b"><sheetData>" + cells + b"</sheetData></worksheet>",
    )


def lying(content: bytes) -> bytes:
    """A workbook that says its largest part is one byte long."""
    data = bytearray(content)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(data)


REFUSED = {
    "not a zip": (b"kind: activity\n", "it is no Excel workbook (.xlsx), or it is damaged"),
    "nothing": (b"", "it is no Excel workbook (.xlsx), or it is damaged"),
    "old or locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "it is an old Excel file (.xls), or it is locked",
    ),
    "half": (book()[:2000], "it is no Excel workbook (.xlsx), or it is damaged"),
    "an empty zip": (b"PK\x05\x06" + b"\0" * 18, "its sheets cannot be read"),
    "a lie about a length": (lying(book()), "it is no Excel workbook (.xlsx), or it is damaged"),
    "a far corner": (
        sheet(b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'),
        "a sheet of it spans too many cells",
    ),
    "a far corner in other signs": (
        sheet(b"<row r='1048576'><c t='n' r='xfd1048576'><v>1</v></c></row>"),
        "a sheet of it spans too many cells",
    ),
    "a cell beyond all sheets": (
        sheet(b'<row r="99999999999"><c r="ZZZZZZ99999999999" t="n"><v>1</v></c></row>'),
        "it names a cell that no sheet has (",
    ),
    "a bomb": (
        with_part(book(), "xl/media/zeros", b"\0" * (spreadsheet.LARGEST + 1)),
        "it would be larger than 256 MiB",
    ),
    "broken xml": (sheet(b'<row r="1"><c r="A1"><v>1</row>'), "its sheets cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_good_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, message = REFUSED[name]
    with pytest.raises(CannotRead) as refused:
        take_in(content, "record-xlsx", tmp_path, Settings(TODAY))
    assert str(refused.value).startswith(message)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_names_the_file_and_ends_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.write("x.xlsx", "no zip")
    said = project.ropa("import", "x.xlsx")
    assert (said.code, said.out) == (2, "")
    assert said.err == "ropa: x.xlsx: it is no Excel workbook (.xlsx), or it is damaged\n"
    assert project.ropa("import", "nowhere.xlsx").code == 2


def test_bytes_that_were_changed_at_random_never_crash(tmp_path: Path) -> None:
    folder = copied(tmp_path / "school", MEALS)
    content, chance, refused = exported(folder), Random(4), 0
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            spreadsheet.read(bytes(damaged))
        except CannotRead:
            refused += 1
    assert refused > 50


def test_the_text_of_a_part_that_was_changed_at_random_never_crashes(tmp_path: Path) -> None:
    folder = copied(tmp_path / "school", MEALS)
    content, chance, refused = exported(folder), Random(5), 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    for _ in range(60):
        name = chance.choice(sorted(parts))
        damaged = bytearray(parts[name])
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"<>/\"'= a0Z&;")
        try:
            take_in(
                with_part(content, name, bytes(damaged)), "record-xlsx", folder, Settings(TODAY)
            )
        except CannotRead:
            refused += 1
    assert refused > 5


def test_cells_have_their_place_whatever_stands_before_them() -> None:
    def change(made: openpyxl.Workbook) -> None:
        made["S"]["C4"] = "=1+1"
        made["S"]["B3"] = "=cmd|' /C calc'!A0"
        made["S"]["B3"].data_type = "s"

    (page,) = spreadsheet.read(book(change))
    assert page.rows[2][1] == "=cmd|' /C calc'!A0"
    assert page == SheetPage("S", page.rows, frozenset({"C4"}))
    assert str(Spot("S", 3, 27)) == "S!AB4"
