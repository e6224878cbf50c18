"""Records of processing as people keep them: what is read in each, where every cell ends, what a second one changes."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from command import Project
from conftest import ROOT, TODAY
from further_sheets import FURTHER, workbook
from held_back_sheets import HELD_BACK
from kinds_of_sheets import KINDS
from messy_sheets import FIVE, ICO, MARKDOWN, MessySheet
from office_sheets import OFFICES
from ropa.arrival import Arrival, bring_in, format_of
from ropa.documents.schema import well_formed
from ropa.documents.source import IMPORTED, read_tree
from ropa.engine import check
from ropa.foreign.account import Fate
from ropa.foreign.telling import account
from ropa.judging.coverage import Settings
from sheet_scores import scores
from unseen_sheets import UNSEEN

MOST_QUESTIONS = 10
AT_LEAST = 0.9


def brought(content: bytes, name: str, root: Path, *, so_far: bool = False) -> Arrival:
    """What comes of a file, written into the register under `root`."""
    made = bring_in(content, name, format_of(content, name), root, so_far=so_far)
    for path, text in made.files.items():
        assert text is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return made


def a_csv(*rows: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A folder to run the command in."""
    return Project(tmp_path, monkeypatch, capsys)


HEADINGS = ("Activity", "Purpose", "Whose data", "Personal data", "Lawful basis", "Retention")
ROW = ("Trips", "School trips", "Pupils", "Name; health", "Public task", "1 year")


# -- the five, and those held back ------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [*FIVE, *HELD_BACK], ids=lambda sheet: sheet.name)
def test_every_sheet_can_be_made_and_expects_entries_with_people_data_and_purposes(
    sheet: MessySheet,
) -> None:
    assert sheet.content()
    for name, entry in sheet.entries.items():
        assert {"subjects", "data", "purposes"} <= entry.keys(), name


@pytest.mark.parametrize("sheet", FIVE, ids=lambda sheet: sheet.name)
def test_of_each_sheet_every_cell_that_has_a_field_is_read_as_a_person_reads_it(
    sheet: MessySheet, tmp_path: Path
) -> None:
    made = brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    counts, wrong = scores(sheet, made.reading)
    assert wrong == []
    assert counts["right"] >= AT_LEAST * (counts.total() - counts["note"])
    assert len(made.reading.questions) <= MOST_QUESTIONS
    kept = {cell.heading for cell in made.reading.of_fate(Fate.NOTE) if cell.entry}
    pending = {
        cell.heading for cell in made.reading.of_fate(Fate.NOTE) if "nobody knows" in cell.why
    }
    assert kept - pending <= sheet.notes
    assert {q.text or q.column for q in made.reading.questions} == sheet.asked


@pytest.mark.parametrize("sheet", [*FIVE, *HELD_BACK], ids=lambda sheet: sheet.name)
def test_every_document_is_well_formed_and_the_register_can_be_checked(
    sheet: MessySheet, tmp_path: Path
) -> None:
    brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    documents = list(read_tree(tmp_path))
    assert all(well_formed(document) for document in documents)
    found = {f.rule.id for f in check(tmp_path, Settings(TODAY)).findings}
    assert not found & {"wrong-shape", "unknown-name", "duplicate-id"}


@pytest.mark.parametrize("sheet", [*FIVE, *HELD_BACK], ids=lambda sheet: sheet.name)
def test_the_same_sheet_read_again_changes_nothing(sheet: MessySheet, tmp_path: Path) -> None:
    brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    before = {path: path.read_text("utf-8") for path in tmp_path.rglob("*.yaml")}
    again = brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    assert again.changes == ()
    assert {path: path.read_text("utf-8") for path in tmp_path.rglob("*.yaml")} == before


@pytest.mark.parametrize("sheet", HELD_BACK, ids=lambda sheet: sheet.name)
def test_what_was_held_back_is_read_as_well_as_the_docs_say(
    sheet: MessySheet, tmp_path: Path
) -> None:
    made = brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    counts, _ = scores(sheet, made.reading)
    figures = f"{counts.total()} | {counts['right']} | {counts['note']} | {counts['asked']} | {counts['lost']} |"
    assert figures in (ROOT / "docs/import.md").read_text("utf-8")


@pytest.mark.parametrize("sheet", FURTHER, ids=lambda sheet: sheet.name)
def test_of_further_sheets_no_cell_is_lost_and_the_docs_say_how_many_are_right(
    sheet: MessySheet, tmp_path: Path
) -> None:
    made = brought(sheet.content(), sheet.name, tmp_path, so_far=True)
    counts, wrong = scores(sheet, made.reading)
    assert wrong == []
    assert made.reading.questions == ()
    figures = f"{counts.total()} | {counts['right']} | {counts['note']} | {counts['asked']} | {counts['lost']} |"
    assert figures in (ROOT / "docs/import.md").read_text("utf-8")
    found = {f.rule.id for f in check(tmp_path, Settings(TODAY)).findings}
    assert not found & {"wrong-shape", "duplicate-id"}


@pytest.mark.parametrize(
    ("sheets", "figures", "said"),
    [
        (KINDS, (338, 254, 10), "| 338 | 24 of 100 |"),
        (UNSEEN, (259, 211, 2), "| 259 | 20 of 100 |"),
        (OFFICES, (374, 300, 8), "300 of 318"),
    ],
    ids=["kinds", "unseen", "offices"],
)
def test_sheets_of_new_kinds_are_read_as_well_as_the_docs_say_and_no_cell_vanishes(
    sheets: Sequence[MessySheet], figures: tuple[int, int, int], said: str, tmp_path: Path
) -> None:
    cells, right, lost = figures
    counts: Counter[str] = Counter()
    for number, sheet in enumerate(sheets):
        made = brought(sheet.content(), sheet.name, tmp_path / str(number), so_far=True)
        counts += scores(sheet, made.reading)[0]
        assert len(made.reading.questions) <= MOST_QUESTIONS
        names = {d["name"] for d in made.reading.documents if d["kind"] == "activity"}
        assert names == sheet.entries.keys()
    assert (counts.total(), counts["lost"]) == (cells, lost)
    assert counts["right"] >= max(right, AT_LEAST * (counts.total() - counts["note"]))
    assert said in (ROOT / "docs/import.md").read_text("utf-8")


PLAIN = ("Activity", "Whose data", "Data", "Purpose", "Lawful basis", "Shared with", "How long")


def test_what_stands_over_several_headings_says_what_one_of_them_means(tmp_path: Path) -> None:
    rows = (
        ("Item", "Supplier", "", "Data", "Legal"),
        ("Product", "Company", "Agreement on file", "Data fields", "Lawful basis"),
        ("Booking", "BookEve Ltd", "Y", "Name", "Contract"),
        ("Homework", "SumsUp Ltd", "Y", "Name", "Public task"),
    )
    content = workbook({"Sheet": rows}, merged=((0, 0, 1, 2),))
    made = brought(content, "r.xlsx", tmp_path, so_far=True)
    first = next(d for d in made.reading.documents if d["kind"] == "activity")
    assert first["disclosures"] == [{"to": "bookeve-ltd"}]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Server location", ("UK", "Ireland", "USA"), "transfers"),
        ("Safe because", ("Password", "Locked cabinet", "Password"), "security"),
        ("Justification", ("Contract", "Consent", "Legitimate interests (safety)"), "basis"),
        ("Clients", ("Donors", "Volunteers, drivers", "Pupils and parents"), "subjects"),
        ("Description", ("Payroll", "Letting plots", "Sending bills"), "purposes"),
    ],
)
def test_a_column_is_what_its_cells_bear_out(
    heading: str, cells: Sequence[str], field: str, tmp_path: Path
) -> None:
    head = ("Activity", "Data", "Shared with", "How long", heading)
    rows = [(f"Work {n}", "Name, address", "HMRC", "6 years", cell) for n, cell in enumerate(cells)]
    made = brought(a_csv(head, *rows), "r.csv", tmp_path, so_far=True)
    (columns,) = made.reading.columns.values()
    assert columns[heading] == field


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("All staff incl. locums", {"staff-member", "agency-worker"}),
        ("Partners and staff", {"partners", "staff-member"}),
        ("Current and former tenants", {"tenant", "former-tenant"}),
        ("Residents who write to us", {"resident"}),
        ("Volunteers, donors", {"volunteer", "donor"}),
        ("Friends and strangers", {"friends-and-strangers"}),
    ],
)
def test_people_are_split_where_one_of_them_is_known_and_what_they_do_is_no_part_of_them(
    cell: str, words: set[str], tmp_path: Path
) -> None:
    row = ("Work", cell, "Name", "Payroll", "Consent", "HMRC", "6 years")
    made = brought(a_csv(PLAIN, row), "r.csv", tmp_path, so_far=True)
    entry = next(d for d in made.reading.documents if d["kind"] == "activity")
    assert set(entry["subjects"]) == words


def test_what_is_special_is_data_where_one_word_of_its_cell_is_known(tmp_path: Path) -> None:
    head = (*PLAIN, "Special category data")
    row = ("Tills", "Pupils", "Name", "School meals", "Consent", "HMRC", "1 year")
    made = brought(
        a_csv(head, (*row, "Fingerprint zorgl, allergies")), "r.csv", tmp_path, so_far=True
    )
    entry = next(d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["data"] == ["name", "fingerprint-zorgl", "allergies"]


@pytest.mark.parametrize(
    ("said", "people", "trigger"),
    [
        ("6 yrs after leaving", "Staff", "end-of-employment"),
        ("6 years from date of leaving", "Staff", "end-of-employment"),
        ("Leaving date + 6 years", "Staff", "end-of-employment"),
        ("DOL + 6", "Staff", "end-of-employment"),
        ("Left + 6 years", "Staff", "end-of-employment"),
        ("6 years after the member of staff has left", "Staff, visitors", "end-of-employment"),
        ("Destroy when employee leaves + 6 years", "Employees", "end-of-employment"),
        ("1 year after they leave", "Pupils", "leaving-school"),
        ("1 year once the child has left the school", "Pupils, parents", "leaving-school"),
        ("1 year after departure", "Volunteers", "end-of-volunteering"),
        ("2 yrs after player leaves", "Players, parents", "membership-ends"),
        ("3 years after they stop volunteering", "Volunteers", "end-of-volunteering"),
        ("5 years after end of business relationship", "Customers", "end-of-relationship"),
        ("6 years after leaving", "Staff, governors", "end-of-relationship"),
        ("6 years after leaving or death", "Staff", None),
        ("6 years after leaving care", "Staff", None),
    ],
)
def test_leaving_is_a_beginning_in_any_everyday_form_by_who_it_is_that_leaves(
    said: str, people: str, trigger: str | None, tmp_path: Path
) -> None:
    row = ("Files", "Payroll", people, "Name; health", "Public task", said)
    made = brought(a_csv(HEADINGS, row), "ours.csv", tmp_path, so_far=True)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["retention"][0].get("trigger") == trigger


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "We pass what they owe to HMRC and to the pension provider each month.",
            ["hmrc", "pension-provider"],
        ),
        ("Nobody else sees this information.", []),
        ("Nobody else sees this information, except the police.", []),
        ("We never share any of this with the police or social services.", []),
        ("We give the list to the people who run the draw for us each week.", []),
        ("They may be shared with social services where a child is at risk.", ["social-services"]),
    ],
)
def test_a_sentence_is_no_word_and_what_is_known_in_it_is_a_guess_beside_the_note(
    cell: str, words: list[str], tmp_path: Path
) -> None:
    headings = (*HEADINGS, "Recipients")
    made = brought(a_csv(headings, (*ROW, cell)), "ours.csv", tmp_path)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert [d["to"] for d in entry.get("disclosures", ())] == words
    assert not any(d["kind"] == "term" and "list" in d["label"] for d in made.reading.documents)
    (read,) = (c for c in made.reading.cells if c.text == cell)
    assert read.fate is (Fate.GUESSED if words or cell.endswith("information.") else Fate.NOTE)
    if read.field != "":
        assert entry["notes"] == {"Recipients": cell}


def test_boxes_under_several_words_are_ticks_and_one_box_alone_is_a_question(
    tmp_path: Path,
) -> None:
    headings = (
        "Activity",
        "Purpose",
        "Whose data",
        "Name",
        "Medical",
        "SEN",
        "Lawful basis",
        "Retention",
    )
    row = ("Trips", "School trips", "Pupils", "Y", "yes", "N", "Public task", "1 year")
    made = brought(a_csv(headings, row), "ours.csv", tmp_path)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["data"] == ["name", "health"]
    one = (*HEADINGS, "CCTV images")
    alone = bring_in(a_csv(one, (*ROW, "Y")), "one.csv", "table", tmp_path / "one", so_far=True)
    assert [question.column for question in alone.reading.questions] == ["CCTV images"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Police on request", ["police-force"]),
        ("Police (where required by law), HMRC", ["police-force", "hmrc"]),
        ("Creditors, with consent", ["creditors"]),
        ("if applicable", None),
    ],
)
def test_what_says_only_when_is_a_note_beside_the_word(
    cell: str, words: list[str] | None, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "Recipients")
    made = brought(a_csv(headings, (*ROW, cell)), "ours.csv", tmp_path)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert [d["to"] for d in entry.get("disclosures", ())] == (words or [])
    assert entry["notes"] == {"Recipients": cell}


def test_the_icos_template_for_processors_makes_entries_that_are_done_for_controllers(
    tmp_path: Path,
) -> None:
    headings = (
        "Name and contact details of controller",
        "Name and contact details of controller's representative (if applicable)",
        "Categories of processing",
        "General description of technical and organisational security measures (if possible)",
    )
    row = ("Sample School, Mill Road", "N/A", "Hosting; backups", "Encryption")
    made = brought(a_csv(headings, row), "ours.csv", tmp_path)
    assert made.reading.is_a == "the ICO's template for processors"
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["on_behalf_of"] == [
        {"controller": "sample-school", "processing": ["Hosting", "backups"]}
    ]
    assert entry["purposes"] == ["not recorded"]


@pytest.mark.parametrize(
    ("people", "source", "themselves"),
    [
        ("Staff", "Employee", True),
        ("Employees", "the employee", True),
        ("Staff", "Staff member", True),
        ("Pupils", "pupil", True),
        ("Residents", "The resident", True),
        ("Pupils, parents", "Pupils", True),
        ("Pupils", "Parents", False),
        ("Parents", "Parent", True),
        ("Pupils, parents", "Parents", False),
        ("Staff", "Pupils", False),
        ("Staff", "Managers", False),
        ("Managers", "Manager", True),
        ("Pupils", "Staff", False),
    ],
)
def test_people_who_are_the_source_of_their_own_data_are_the_persons_themselves(
    people: str, source: str, themselves: bool, tmp_path: Path
) -> None:
    headings = ("Activity", "Purpose", "Data subjects", "Personal data", "Where we get it")
    content = a_csv(headings, ("Records", "School trips", people, "Name", source))
    made = brought(content, "ours.csv", tmp_path, so_far=True)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert (entry["sources"] == [{"from": "data-subject"}]) == themselves


def test_a_row_without_a_name_goes_on_with_the_entry_above_and_is_named(tmp_path: Path) -> None:
    more = ("", "", "Parents", "Phone number", "", "")
    made = brought(a_csv(HEADINGS, ROW, more), "ours.csv", tmp_path)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["subjects"] == ["pupil", "parent"]
    assert made.reading.remarks == (
        "ours.csv: row 3 has no name of its own, and goes on with the entry above",
    )


# -- questions and answers ---------------------------------------------------------------------------


def test_a_heading_that_fits_nothing_is_a_question_and_nothing_of_the_register_is_written(
    tmp_path: Path,
) -> None:
    made = brought(a_csv((*HEADINGS, "Zone"), (*ROW, "Blue")), "ours.csv", tmp_path)
    assert [(q.column, q.text) for q in made.reading.questions] == [("Zone", "")]
    assert made.held
    assert [path.name for path in tmp_path.rglob("*.yaml")] == [IMPORTED]


def test_an_answer_in_the_file_is_taken_the_next_time(tmp_path: Path) -> None:
    content = a_csv((*HEADINGS, "Zone"), (*ROW, "Blue"))
    brought(content, "ours.csv", tmp_path)
    remembered = (tmp_path / IMPORTED).read_text("utf-8")
    assert 'Zone: "?"' in remembered
    (tmp_path / IMPORTED).write_text(remembered.replace('Zone: "?"', "Zone: owner"), "utf-8")
    made = brought(content, "ours.csv", tmp_path)
    assert made.reading.questions == ()
    assert "owner: Blue" in (tmp_path / "activities/trips.yaml").read_text("utf-8")


def test_a_text_that_says_nothing_that_can_be_known_is_asked_about_once_and_answered_for_all(
    tmp_path: Path,
) -> None:
    rows = [(f"Trip {n}", *ROW[1:4], "Because we must", ROW[5]) for n in range(3)]
    content = a_csv(HEADINGS, *rows)
    first = brought(content, "ours.csv", tmp_path)
    assert [(q.column, q.text, q.cells) for q in first.reading.questions] == [
        ("Lawful basis", "Because we must", 3)
    ]
    remembered = (tmp_path / IMPORTED).read_text("utf-8")
    (tmp_path / IMPORTED).write_text(remembered.replace('means: "?"', "means: 6(1)(c)"), "utf-8")
    made = brought(content, "ours.csv", tmp_path)
    assert made.reading.questions == ()
    assert "basis: {article_6: c}" in (tmp_path / "activities/trip-1.yaml").read_text("utf-8")
    assert 'means: "6(1)(c)"' in (tmp_path / IMPORTED).read_text("utf-8")


def test_with_so_far_what_waits_for_an_answer_is_a_note_on_its_entry(tmp_path: Path) -> None:
    brought(a_csv((*HEADINGS, "Zone"), (*ROW, "Blue")), "ours.csv", tmp_path, so_far=True)
    assert "notes: {Zone: Blue}" in (tmp_path / "activities/trips.yaml").read_text("utf-8")


def test_what_the_sheet_lacks_is_said_not_to_be_recorded_and_never_made_up(tmp_path: Path) -> None:
    content = a_csv(("Activity", "Purpose", "Retention"), ("Trips", "School trips", "1 year"))
    brought(content, "ours.csv", tmp_path)
    said = (tmp_path / "activities/trips.yaml").read_text("utf-8")
    assert "subjects: not recorded" in said
    assert "data: not recorded" in said
    found = {f.problem.message for f in check(tmp_path, Settings(TODAY)).findings}
    assert "the record does not say whose data it is: “not recorded” is no answer" in found
    assert "the record does not say which data: “not recorded” is no answer" in found


def test_a_column_that_was_guessed_is_told_once_and_not_with_each_of_its_cells(
    tmp_path: Path,
) -> None:
    headings = ("Activity", "Why do we do it?", "Data subjects", "Personal data")
    rows = [(f"Trip {number}", "School trips", "Pupils", "Name") for number in range(4)]
    made = brought(a_csv(headings, *rows), "ours.csv", tmp_path)
    told = [line for line in account(made.reading, "ours.csv", "register") if "Why do we" in line]
    assert told == [
        "  Why do we do it?: what for",
        "  Why do we do it?: read as what for, because its heading says “why” (ours.csv!B1, with 4 cells)",
    ]


# -- a newer sheet -----------------------------------------------------------------------------------


def test_a_newer_sheet_changes_only_what_changed_there_and_keeps_what_was_changed_here(
    tmp_path: Path,
) -> None:
    other = ("Clubs", "Education", "Pupils", "Name", "Consent", "2 years")
    brought(a_csv(HEADINGS, ROW, other), "v1.csv", tmp_path)
    trips, clubs = tmp_path / "activities/trips.yaml", tmp_path / "activities/clubs.yaml"
    trips.write_text("# ours\n" + trips.read_text("utf-8") + "owner: Head\n", "utf-8")
    before = clubs.read_text("utf-8")
    newer = a_csv(HEADINGS, (*ROW[:5], "3 years"), other)
    made = brought(newer, "v2.csv", tmp_path)
    assert made.changes == ("activities/trips.yaml: trips: retention",)
    text = trips.read_text("utf-8")
    assert text.startswith("# ours\n")
    assert "owner: Head" in text
    assert "retention: {period: P3Y}" in text
    assert clubs.read_text("utf-8") == before


def test_what_both_changed_is_a_fault_and_nothing_is_written(tmp_path: Path) -> None:
    brought(a_csv(HEADINGS, ROW), "v1.csv", tmp_path)
    trips = tmp_path / "activities/trips.yaml"
    trips.write_text(trips.read_text("utf-8").replace("P1Y", "P5Y"), "utf-8")
    made = brought(a_csv(HEADINGS, (*ROW[:5], "3 years")), "v2.csv", tmp_path)
    assert ["“retention” of trips" in fault.message for fault in made.faults] == [True]
    assert "P5Y" in trips.read_text("utf-8")


def test_an_entry_that_left_the_sheet_stays_in_the_register_and_is_named(tmp_path: Path) -> None:
    other = ("Clubs", *ROW[1:])
    brought(a_csv(HEADINGS, ROW, other), "v1.csv", tmp_path)
    made = brought(a_csv(HEADINGS, ROW), "v2.csv", tmp_path)
    assert [note.message for note in made.notes] == [
        "clubs was in the file the last time, is not in it now, and stays in the register"
    ]
    assert (tmp_path / "activities/clubs.yaml").is_file()


# -- the command -------------------------------------------------------------------------------------


def test_the_command_takes_the_icos_template_and_says_what_became_of_every_cell(
    project: Project,
) -> None:
    (project.folder / ICO.name).write_bytes(ICO.content())
    said = project.ropa("import", ICO.name, "register")
    assert said.code == 0
    assert "ROPA 2024 FINAL v3.xlsx is the ICO's template for controllers: 7 entries" in said.out
    assert "169 cells: 150 taken, 12 guessed, 7 kept as a note, 0 asked about" in said.out
    assert (project.folder / "register/activities/payroll.yaml").is_file()


def test_the_command_ends_with_2_while_something_is_asked_and_with_1_once_written_so_far(
    project: Project,
) -> None:
    (project.folder / "ours.csv").write_bytes(a_csv((*HEADINGS, "Zone"), (*ROW, "Blue")))
    held = project.ropa("import", "ours.csv", "register")
    assert held.code == 2
    assert "1. Zone: what does this column hold? (1 cell)" in held.out
    assert not (project.folder / "register/activities").exists()
    assert project.ropa("import", "ours.csv", "register", "--so-far").code == 1
    assert (project.folder / "register/activities/trips.yaml").is_file()


def test_a_markdown_table_comes_in_with_its_lines_inside_cells(tmp_path: Path) -> None:
    brought(MARKDOWN.content(), MARKDOWN.name, tmp_path)
    said = (tmp_path / "activities/N3.yaml").read_text("utf-8")
    assert 'Comments: "Parents get the book\\nat the end"' in said


def test_what_a_sentence_says_is_told_in_one_line_and_nobody_is_nothing_to_take(
    tmp_path: Path,
) -> None:
    rows = (
        (*ROW[:3], "We keep their name, date of birth and address on a card.", *ROW[4:], "Nobody else sees it at all."),
    )  # fmt: skip
    made = brought(a_csv((*HEADINGS, "Recipients"), *rows), "ours.csv", tmp_path)
    said = list(account(made.reading, "ours.csv", "ours"))
    (line,) = (line for line in said if "on a card" in line)
    assert (
        "“name”, “date of birth” and “address”: read in a sentence, which is kept as a note" in line
    )
    (line,) = (line for line in said if "Nobody" in line)
    assert "nothing to take, because it is read as saying that nobody receives it" in line
