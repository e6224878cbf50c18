"""The workbook that was exported, edited and read back: nothing is lost, and nothing else changes."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from msgspec.structs import replace

import everything
from command import Project
from conftest import ROOT, TODAY, write_register
from random_registers import Sample, cases, registers
from ropa.documents.shipped import shipped
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.exporters import record_xlsx
from ropa.intake import Intake, take_in
from ropa.judging.coverage import Settings
from ropa.record.gather import gather
from ropa.record.tables import Record
from ropa.register.model import Register
from ropa.register.vocabulary import TERMS
from ropa.saying.edits import meaning

SETTINGS = Settings(TODAY)
SHIPPED = {(d.data["facet"], d.data["id"]) for d in shipped(TERMS)}


def register_in(folder: Path) -> Register:
    return make_case(tuple(read_tree(folder)), SETTINGS, folder).register


def recorded(register: Register) -> Record:
    return gather(register, TODAY, publication=False)


def exported(folder: Path) -> bytes:
    return record_xlsx.render(recorded(register_in(folder)))


def taken(content: bytes, folder: Path) -> Intake:
    return take_in(content, "record-xlsx", folder, SETTINGS)


def written(intake: Intake, folder: Path) -> None:
    assert intake.faults == ()
    for path, text in intake.files.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8", newline="")


def what_it_means(register: Register) -> Any:
    """All that a workbook carries, as the model has it."""
    notices = [meaning(replace(n, statements=(), text="", text_hash="", readable=False, text_problem=None))
               for n in register.notices.values()]  # fmt: skip
    own = [
        meaning(t) for t in register.terms if t.origin and t.origin.document.data["kind"] == "term"
    ]
    shelves = (register.parties, register.systems, register.activities)
    return (
        meaning(register.organisation), sorted(notices), sorted(map(repr, own)),
        *({id_: meaning(entry) for id_, entry in shelf.items()} for shelf in shelves),
    )  # fmt: skip


# A round trip


def copied(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_register(folder, text)
    return folder


def check_both_ways(folder: Path, empty: Path) -> None:
    content = exported(folder)
    again = taken(content, folder)
    assert (again.files, again.changes, again.faults, again.notes) == ({}, (), (), ())
    fresh = taken(content, empty)
    written(fresh, empty)
    assert what_it_means(register_in(empty)) == what_it_means(register_in(folder))
    old, new = (
        {row["id"]: row for t in recorded(register_in(f)).registers for row in t.rows}
        for f in (folder, empty)
    )
    assert old == new


def test_every_field_there_is_comes_back(tmp_path: Path) -> None:
    check_both_ways(copied(tmp_path / "register", everything.REGISTER), tmp_path / "empty")


def test_the_example_register_comes_back(tmp_path: Path) -> None:
    check_both_ways(ROOT / "registry", tmp_path / "empty")


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", "a\u202eb\u200f", "<U+202E>", "<U+0041>", "_x0041_", "\ttab",
    " ends ", "two\nlines", "all", "1", "1.5", "yes", "2026-01-01", "name; other", "a, b", "’quotes’ \"'", "é😀",
    "\u00a0", "x" * 500, "6(1)(a) consent", "NO", "https://x.example/a b", "https://x.example/\u202e", "'leading",
)  # fmt: skip


def test_hostile_text_comes_back_as_it_was(tmp_path: Path) -> None:
    text = everything.REGISTER
    words = sorted(everything.WORDS - {"Q14-5-c", "Qnotice", "Qshelf"})
    for number, word in enumerate(words):
        evil = json.dumps(HOSTILE[number % len(HOSTILE)] + f" {number}", ensure_ascii=False)
        text = text.replace(f": {word}\n", f": {evil}\n").replace(f": {word},", f": {evil},")
        text = text.replace(f": {word}}}", f": {evil}}}").replace(f"[{word}]", f"[{evil}]")
    check_both_ways(copied(tmp_path / "register", text), tmp_path / "empty")


def own_words_alone(sample: Sample) -> Sample:
    """Without the words that the package has already, and without notices that are not there."""
    notices = {notice["id"] for notice in sample.of("notice")}
    for notice in sample.of("notice"):
        layers = [layer for layer in notice.pop("layers", ()) if layer in notices]
        notice.update({"layers": layers} if layers else {})
    return Sample(tuple(d for d in sample.documents if (d.get("facet"), d["id"]) not in SHIPPED))


@given(registers(strange=False))
@cases(0.25)
def test_any_register_comes_back(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> None:
    folder, empty = tmp_path_factory.mktemp("register"), tmp_path_factory.mktemp("empty")
    documents = own_words_alone(sample).documents
    (folder / "all.yaml").write_text("\n---\n".join(map(json.dumps, documents)), "utf-8")
    check_both_ways(folder, empty)


@given(registers(strange=True))
@cases(0.15)
def test_what_was_wrong_before_keeps_nothing_from_coming_back(
    tmp_path_factory: pytest.TempPathFactory, sample: Sample
) -> None:
    folder = tmp_path_factory.mktemp("register")
    (folder / "all.yaml").write_text("\n---\n".join(map(json.dumps, sample.documents)), "utf-8")
    again = taken(exported(folder), folder)
    assert (again.files, again.faults, again.notes) == ({}, (), ())


# Edits, made as Excel makes them

DAY = "write it like 2027-01-31 or 31 January 2027"
MEALS = """# Who we are
kind: organisation
id: school
name: Sample School
home: GB
employees: 40
---
kind: party
id: caterer
name: Sample Catering Ltd
type: processor
agreement: C-1   # in the blue folder
---
kind: party
id: bindery
name: Print Example Ltd
type: controller
---
kind: system
id: drive
name: Shared drive
---
# The meals
kind: activity
id: meals
name: School meals
subjects: pupil
data: [name, allergies-and-diet]
purposes: education-provision
sources: data-subject
basis:
  article_6: e   # asked the lawyer
  law: Education Act 1996 s.512
retention: {period: P1Y, trigger: end-of-year}
disclosures:
  # since 2020
  - to: caterer   # ropa: accept recipient-omitted until 2027-01-31 (owner: J. Smith) because it is being reprinted
    data: [name]
  - to: bindery
systems: drive
reviewed: 2026-09-01
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: We pass your name and your allergies to Sample Catering
    discloses: {to: caterer, data: [name, allergies-and-diet]}
"""


class Book:
    """A workbook as somebody edits it in Excel."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def column(self, sheet: str, heading: str) -> int:
        head = [str(cell.value or "").partition(" (Article 30")[0] for cell in self.book[sheet][1]]
        return head.index(heading) + 1

    def row(self, sheet: str, first: str) -> int:
        return int(next(c.row for c in self.book[sheet]["A"] if c.value == first))

    def put(self, sheet: str, row: int, heading: str, value: Any) -> None:
        self.book[sheet].cell(row, self.column(sheet, heading)).value = value

    def add(self, sheet: str, **cells: Any) -> int:
        row: int = self.book[sheet].max_row + 1
        for heading, value in cells.items():
            self.put(sheet, row, heading.replace("_", " "), value)
        return row

    @property
    def content(self) -> bytes:
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return copied(tmp_path / "school", MEALS)


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    return [x for x in old if x not in new], [x for x in new if x not in old]


def edited(folder: Path, edit: Callable[[Book], object]) -> Intake:
    book = Book(exported(folder))
    edit(book)
    return taken(book.content, folder)


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        (lambda b: b.put("Retention", 2, "Period", "2 years"),
         ["retention: {period: P1Y, trigger: end-of-year}"], ["retention: {period: P2Y, trigger: end-of-year}"]),
        (lambda b: b.put("Controller", 2, "Lawful basis (Article 6)", "6(1)(c) a legal obligation"),
         ["  article_6: e   # asked the lawyer"], ["  article_6: c   # asked the lawyer"]),
        (lambda b: b.put("Controller", 2, "Who answers for it", "  The head  "), [], ["owner: The head"]),
        (lambda b: b.put("Controller", 2, "Reviewed", datetime(2026, 11, 2)),
         ["reviewed: 2026-09-01"], ["reviewed: 2026-11-02"]),
        (lambda b: b.put("Controller", 2, "Reviewed", "2 November 2026"),
         ["reviewed: 2026-09-01"], ["reviewed: 2026-11-02"]),
        (lambda b: b.put("Controller", 2, "Reviewed", None), ["reviewed: 2026-09-01"], []),
        (lambda b: b.put("Controller", 2, "Impact assessment needed", "  No "), [], ["dpia: {needed: false}"]),
        (lambda b: b.put("Controller", 2, "Who answers for it", 12), [], ['owner: "12"']),
        (lambda b: b.put("Organisation", b.row("Organisation", "People employed"), "", 41.0)
         if False else b.book["Organisation"].cell(b.row("Organisation", "People employed"), 2, 41),
         ["employees: 40"], ["employees: 41"]),
        (lambda b: b.put("Parties", 2, "Contract or agreement", "C-2"),
         ["agreement: C-1   # in the blue folder"], ["agreement: C-2   # in the blue folder"]),
        (lambda b: b.put("Controller", 2, "Categories of personal data", "Name\nAllergies and diet\nPhotographs"),
         None, None),
        (lambda b: b.add("Recipients", Activity="School meals", Recipient="gp-practice"), None, None),
        (lambda b: b.book["Recipients"].delete_rows(3), ["  - to: bindery"], []),
        (lambda b: b.put("Recipients", 2, "Began", date(2026, 1, 5)), [], ["    started: 2026-01-05"]),
    ],
)  # fmt: skip
def test_one_edit_changes_what_it_says_and_no_other_line(
    school: Path, edit: Callable[[Book], object], gone: list[str] | None, come: list[str] | None
) -> None:
    intake = edited(school, edit)
    assert intake.faults == ()
    assert intake.notes == ()
    (text,) = intake.files.values()
    assert text is not None
    if gone is not None:
        assert lines_changed(MEALS, text) == (gone, come)
    assert text.count("#") == MEALS.count("#")
    written(intake, school)
    assert taken(exported(school), school).files == {}


def test_a_recipient_of_a_word_nobody_knows_is_a_fault_at_its_cell(school: Path) -> None:
    intake = edited(school, lambda b: b.add("Recipients", Activity="meals", Recipient="Nobody Ltd"))
    (fault,) = intake.faults
    assert fault.at.path == "Recipients!D4"
    assert "“Nobody Ltd” is not a known party" in fault.message
    assert fault.hint.endswith("or add a row to the sheet Parties")
    assert intake.files == {}


def test_a_word_nobody_knows_says_where_a_workbook_takes_new_words(school: Path) -> None:
    column = "Categories of personal data"
    intake = edited(school, lambda b: b.put("Controller", 2, column, "Tuck shop debts"))
    (fault,) = intake.faults
    assert fault.hint == (
        "write a word that `ropa terms --facet data` lists, or add a row to the sheet Words"
    )


def test_a_whole_activity_is_added_with_what_belongs_to_it(school: Path) -> None:
    def edit(book: Book) -> None:
        book.add("Controller", Activity="School trips", Categories_of_people="Pupils", Purposes="Education provision",
                 Categories_of_personal_data="Name", Where_it_is_kept="shared drive")  # fmt: skip
        book.add(
            "Retention", Activity="School trips", Data="all", Period="6 months", From="the decision"
        )
        book.add("Sources", Activity="school-trips", Source="The person themselves")

    intake = edited(school, edit)
    assert intake.faults == ()
    assert intake.notes == ()
    written(intake, school)
    trips = register_in(school).activities["school-trips"]
    assert (trips.name, trips.data, trips.systems) == ("School trips", ("name",), ("drive",))
    assert (trips.retention[0].period, trips.retention[0].trigger) == ("P6M", "decision")
    assert trips.sources[0].party == "data-subject"


def test_a_row_that_is_deleted_goes_with_its_parts(school: Path) -> None:
    def edit(book: Book) -> None:
        for sheet in ("Controller", "Recipients", "Retention", "Sources"):
            while book.book[sheet].max_row > 1:
                book.book[sheet].delete_rows(2)

    intake = edited(school, edit)
    assert intake.changes == ("register.yaml: meals is deleted",)
    written(intake, school)
    left = (school / "register.yaml").read_text("utf-8")
    assert "School meals" not in left
    assert "# in the blue folder" in left
    assert list(register_in(school).notices) == ["pupils"]


def test_a_part_of_an_activity_that_is_gone_is_a_fault(school: Path) -> None:
    intake = edited(school, lambda b: b.book["Controller"].delete_rows(2))
    assert {fault.at.path for fault in intake.faults} == {
        "Sources!A2", "Recipients!A2", "Recipients!A3", "Retention!A2",
    }  # fmt: skip
    assert "there is no activity “meals”" in intake.faults[0].message


def test_a_party_that_is_still_needed_is_a_fault_where_it_is_named(school: Path) -> None:
    intake = edited(school, lambda b: b.book["Parties"].delete_rows(3))
    assert [(f.at.path, f.message) for f in intake.faults] == [
        (
            "Recipients!D3",
            "“bindery” is not a known party or word for recipients",
        )
    ]


def test_order_spacing_and_the_case_of_headings_mean_nothing(school: Path) -> None:
    def edit(book: Book) -> None:
        sheet = book.book["Recipients"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        head, *rest = rows
        for number, row in enumerate([[], head, [], *reversed(rest), []], 1):
            for at, value in enumerate(reversed(row), 2):
                shown = str(value).upper() if row is head else value
                sheet.cell(number, at, shown)
        book.book["Controller"].insert_cols(3)
        book.book["Controller"].insert_rows(2, 4)
        book.book.move_sheet("Parties", -6)
        book.book["Systems"].title = "for a moment"  # or openpyxl takes it for a second one
        book.book["for a moment"].title = "SYSTEMS"

    intake = edited(school, edit)
    assert (intake.files, intake.faults, intake.notes) == ({}, (), ())


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "message", "hint"),
    [
        ("Retention", "Period", "12 monhts", "“12 monhts” is no period", "write 12 months"),
        ("Retention", "Period", "a while", "“a while” is no period", "write it like 12 months or 7 years"),
        ("Retention", "From", "the end of the yaer",
         "“the end of the yaer” is not a known word for when a period begins (did you mean end-of-year?)",
         "write a word that `ropa terms --facet trigger` lists, or add a row to the sheet Words"),
        ("Controller", "Reviewed", "31/31/2026", "“31/31/2026” is no day", DAY),
        ("Controller", "Reviewed", 45000.5, "“2023-03-15T12:00:00” is no day", DAY),
        ("Controller", "Automated decisions", "perhaps", "“perhaps” is neither yes nor no",
         "write yes or no, or leave it empty"),
        ("Controller", "Age the member state sets", "ten", "“ten” is no whole number", "write digits alone, like 250"),
        ("Recipients", "No.", "second", "“second” is no number of a recipient", "write 2, or 2.1, or leave it empty"),
        ("Recipients", "No.", "7.1", "No. 7.1 gets the data from No. 7, and meals has no such row", None),
        ("Controller", "Purposes", None, "this activity must say its `purposes`", None),
        ("Controller", "Categories of people", "Martians",
         "“Martians” is not a known word for a group of people", None),
        ("Controller", "Age the member state sets", 40, "`age_of_consent` is “40”", None),
        ("Systems", "Country", "Atlantis", "`location` is “Atlantis”, and it cannot be written like that", None),
    ],
)  # fmt: skip
def test_a_bad_cell_is_a_fault_at_its_place(  # noqa: PLR0913, PLR0917 - a table of cells
    school: Path, sheet: str, heading: str, value: Any, message: str, hint: str | None
) -> None:
    book = Book(exported(school))
    book.put(sheet, 2, heading, value)
    intake = taken(book.content, school)
    (fault,) = intake.faults
    place = openpyxl.utils.get_column_letter(book.column(sheet, heading))
    assert fault.message == message
    assert hint in (None, fault.hint)
    if value is not None and value != "7.1":
        assert fault.at.path == f"{sheet}!{place}2"
    assert (intake.files, intake.changes) == ({}, ())


@pytest.mark.parametrize(
    ("edit", "place", "message"),
    [
        (lambda b: b.book["Controller"].cell(2, 70, "mine"), "Controller!BR1",
         "this column has no heading, so its one cell was not carried over"),
        (lambda b: [b.book["Controller"].cell(n, 70, "Ownr") for n in (1, 2)], "Controller!BR1",
         "the column “Ownr” is none of ours, so its one cell was not carried over"),
        (lambda b: b.book.create_sheet("Notes").append(["a", "b"]), "Notes!A1",
         "the sheet “Notes” is none of ours (did you mean Notices?), so its 2 cells were not carried over"),
        (lambda b: b.put("Controller", 2, "How long it is kept", "ten years"), "Controller!P2",
         "“ten years” stands in a cell that is drawn from others, and was not carried over"),
        (lambda b: b.put("Recipients", 2, "Country", "France"), "Recipients!S2",
         "“France” stands in a cell that is drawn from others, and was not carried over"),
        (lambda b: b.book["Organisation"].append(["Motto", "Learn"]), "Organisation!B22",
         "“Learn” stands where nothing of ours does, and was not carried over"),
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_said(
    school: Path, edit: Callable[[Book], object], place: str, message: str
) -> None:
    intake = edited(school, edit)
    assert intake.faults == ()
    assert [(n.at.path, n.message) for n in intake.notes] == [(place, message)]


def test_a_formula_counts_for_what_it_last_came_to(school: Path) -> None:
    book = Book(exported(school))
    book.put("Controller", 2, "Who answers for it", "=1+1")
    intake = taken(book.content, school)  # openpyxl works nothing out, so it last came to nothing
    assert [(n.at.path, n.message) for n in intake.notes] == [
        ("Controller!C2", "this is a formula; what it last came to was read: nothing")
    ]
    assert intake.files == {}


def test_a_column_that_is_gone_is_a_fault_if_anything_would_be_lost(school: Path) -> None:
    def edit(book: Book) -> None:
        for heading in ("Reviewed", "Began"):
            book.book["Controller"].delete_cols(book.column("Controller", heading))
        book.book["Systems"].title = "My systems"

    intake = edited(school, edit)
    assert [f.message for f in intake.faults] == [
        "the sheet “Controller” has no column “Reviewed”, and the register has something to say there",
        "the sheet “Systems” has no column “Short name”, and the register has something to say there",
        "the sheet “Systems” has no column “System”, and the register has something to say there",
    ]


# Two who change the same register


def test_a_change_in_the_register_since_is_kept(school: Path) -> None:
    book = Book(exported(school))
    changed = MEALS.replace("agreement: C-1 ", "agreement: C-9 ")
    write_register(school, changed)
    book.put("Controller", 2, "Who answers for it", "The head")
    intake = taken(book.content, school)
    assert (intake.faults, intake.notes) == ((), ())
    assert lines_changed(changed, intake.files["register.yaml"] or "") == ([], ["owner: The head"])


def test_what_both_sides_changed_is_a_fault(school: Path) -> None:
    book = Book(exported(school))
    write_register(school, MEALS.replace("agreement: C-1 ", "agreement: C-9 "))
    book.put("Parties", 2, "Contract or agreement", "C-2")
    intake = taken(book.content, school)
    (fault,) = intake.faults
    assert fault.message == (
        "caterer was changed in the register since this workbook was written, and is otherwise here, too"
    )
    assert intake.files == {}


def test_what_is_new_in_the_register_since_stays(school: Path) -> None:
    book = Book(exported(school))
    write_register(school, MEALS + "---\nkind: party\nid: new\nname: New Ltd\ntype: controller\n")
    book.put("Controller", 2, "Who answers for it", "The head")
    intake = taken(book.content, school)
    assert intake.faults == ()
    assert [n.message for n in intake.notes] == [
        "the party new is not in the workbook, and stays in the register as it is"
    ]
    text = intake.files["register.yaml"]
    assert text is not None
    assert "New Ltd" in text


def test_nothing_is_deleted_when_the_workbook_no_longer_says_what_it_was_written_from(
    school: Path,
) -> None:
    def edit(book: Book) -> None:
        del book.book["Exported"]
        book.book["Systems"].delete_rows(2)
        book.put("Controller", 2, "Where it is kept", None)

    intake = edited(school, edit)
    assert intake.faults == ()
    assert ["drive is not in the workbook" in n.message for n in intake.notes] == [True]
    written(intake, school)
    assert "drive" in register_in(school).systems


def test_a_broken_register_takes_nothing_in(school: Path) -> None:
    content = exported(school)
    (school / "broken.yaml").write_text("kind: party\nid: x\n", "utf-8")
    with pytest.raises(Exception, match="mend the register before anything is taken into it"):
        taken(content, school)


# As a command


def test_the_command_writes_what_changed_and_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(MEALS)
    book = Book(exported(tmp_path / "registry"))
    book.put("Retention", 2, "Period", "2 years")
    (tmp_path / "edited.xlsx").write_bytes(book.content)
    away = project.ropa("import", "edited.xlsx", "-o", "elsewhere")
    assert (away.code, away.out) == (0, "register.yaml: meals: retention\n")
    assert project.read("registry/register.yaml") == MEALS
    done = project.ropa("import", "edited.xlsx")
    assert (done.code, done.err) == (0, "")
    assert (
        project.read("registry/register.yaml")
        == MEALS.replace("P1Y", "P2Y")
        == project.read("elsewhere/register.yaml")
    )
    again = project.ropa("import", "edited.xlsx")
    assert again.out == "the register says all of it already\n"
    book = Book(exported(tmp_path / "registry"))
    book.put("Retention", 2, "Period", "2 yaers")
    (tmp_path / "edited.xlsx").write_bytes(book.content)
    bad = project.ropa("import", "edited.xlsx")
    assert (bad.code, bad.out) == (2, "")
    assert bad.err == "Retention!E2: “2 yaers” is no period; write 2 years\nnothing was written\n"


def test_the_edition_for_publication_is_refused_and_the_layout_of_the_ico_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(MEALS)
    project.ropa("record", "--format", "xlsx", "--publication", "-o", "public.xlsx")
    said = project.ropa("import", "public.xlsx")
    assert said.code == 2
    assert "it is the edition for publication, which leaves out what is internal" in said.err
    project.ropa("record", "--format", "xlsx", "--layout", "ico", "-o", "ico.xlsx")
    said = project.ropa("import", "ico.xlsx", "other", "--so-far")
    assert "ico.xlsx is the ICO's template for controllers" in said.out
    assert list((project.folder / "other" / "activities").glob("*.yaml"))
    assert project.ropa("import", "register.ods").code == 2


def test_the_import_of_the_example_is_the_stored_one(tmp_path: Path) -> None:
    import os

    intake = taken(exported(ROOT / "registry"), tmp_path / "none")
    made = "".join(f"=== {path}\n{text}" for path, text in sorted(intake.files.items()))
    stored = ROOT / "tests" / "golden" / "example" / "import.txt"
    if os.environ.get("ROPA_GOLDEN"):
        stored.write_text(made, "utf-8")
    assert made == stored.read_text("utf-8")
