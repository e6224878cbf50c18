"""Forms, an activity a page: read whatever shape they have; and exports of other programs under their real headings."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ropa.arrival import Arrival, bring_in, format_of
from ropa.errors import CannotRead
from ropa.foreign.answers import Answers
from ropa.foreign.entries import read_tables
from ropa.foreign.grids import grids
from ropa.foreign.words import WordBook, finders
from ropa.register.lexicon import Lexicon, shipped_terms

KNOWN = finders(Lexicon([], shipped_terms()).vocabulary())
Rows = Sequence[Sequence[str]]
FORM: Rows = (
    ("Record of processing activity",),
    (),
    ("Field", "Answer", "Guidance"),
    ("1. Name of the processing", "Payroll", "What do you call it?"),
    ("2. Why do we do it?", "Payroll", "Say it in a word"),
    ("3. Whose data", "Staff"),
    ("4. What do we hold", "Name"),
    ("", "Bank details"),
    ("", "NI number"),
    ("Section B: the law",),
    ("5. Legal basis", "Contract; legal obligation"),
    ("6. Who do we share it with?",),
    ("", "HMRC"),
    ("7. How long kept", "6 years after leaving"),
    ("8. Zone", "Blue"),
    ("Total", "8"),
)
PAYROLL = {
    "name": "Payroll", "purposes": ["payroll"], "subjects": ["staff-member"],
    "data": ["name", "bank-details", "national-insurance-number"], "basis": [{"article_6": "b"}, {"article_6": "c"}],
    "disclosures": [{"to": "hmrc"}], "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
}  # fmt: skip


def book(sheets: Mapping[str, Rows]) -> bytes:
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write(row, column, text)
    workbook.close()
    return made.getvalue()


def brought(content: bytes, name: str, root: Path) -> Arrival:
    return bring_in(content, name, format_of(content, name), root, so_far=True)


def entries(made: Arrival) -> list[Mapping[str, Any]]:
    return [dict(d) for d in made.reading.documents if d["kind"] == "activity"]


def without(entry: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("kind", "id", *keys)}


def every_cell_once(made: Arrival, filled: int) -> bool:
    places = [cell.at for cell in made.reading.cells]
    return len(places) == len(set(places)) == filled


def test_a_form_with_titles_guidance_and_values_below_is_one_entry_with_every_cell_accounted_for(
    tmp_path: Path,
) -> None:
    made = brought(book({"Payroll": FORM}), "form.xlsx", tmp_path)
    (entry,) = entries(made)
    assert without(entry, "notes") == PAYROLL
    assert entry["notes"] == {"8. Zone": "Blue"}
    assert made.reading.is_a == "a form for each activity"
    assert every_cell_once(made, sum(bool(text) for row in FORM for text in row))
    assert [q.column for q in made.reading.questions] == ["8. Zone"]


def test_a_sheet_an_activity_is_an_entry_each_and_is_called_as_its_sheet_is(tmp_path: Path) -> None:
    nameless = [row for row in FORM if not row or "Name of" not in row[0]]
    trips = [
        ("Purpose", "School trips"), ("Data subjects", "Pupils"), ("Personal data", "Name, health"),
        ("Lawful basis", "Public task"),
    ]  # fmt: skip
    made = brought(book({"Staff pay": nameless, "Trips": trips}), "forms.xlsx", tmp_path)
    assert [entry["name"] for entry in entries(made)] == ["Staff pay", "Trips"]


def test_a_sheet_turned_on_its_side_has_an_entry_a_column(tmp_path: Path) -> None:
    rows = (
        ("Activity", "Payroll", "CCTV"), ("Purpose", "Payroll", "Site security"), ("Data subjects", "Staff",
         "Visitors"),
        ("Personal data", "Name", "CCTV images"), ("Retention", "6 years", "30 days"),
    )  # fmt: skip
    first, second = entries(brought(book({"Sheet1": rows}), "turned.xlsx", tmp_path))
    assert (first["name"], first["retention"]) == ("Payroll", [{"period": "P6Y"}])
    assert (second["name"], second["data"]) == ("CCTV", ["cctv"])


def test_forms_below_each_other_with_labels_side_by_side_are_an_entry_each(tmp_path: Path) -> None:
    rows = (
        ("Activity", "Invoices", "", "Lawful basis", "Contract"), ("Purpose", "Accounting", "", "Retention",
         "6 years"),
        ("Data subjects", "Customers", "", "Recipients", "HMRC"), ("Personal data", "Name"), (),
        ("Activity", "Payroll", "", "Lawful basis", "Legal obligation"), ("Purpose", "Payroll", "", "Retention",
         "3 years"),
        ("Data subjects", "Staff", "", "Recipients", "Pension provider"), ("Personal data", "Address"),
    )  # fmt: skip
    made = brought(book({"Finance": rows}), "blocks.xlsx", tmp_path)
    first, second = entries(made)
    assert (first["retention"], first["disclosures"]) == ([{"period": "P6Y"}], [{"to": "hmrc"}])
    assert (second["basis"], second["data"]) == ([{"article_6": "c"}], ["address"])
    assert every_cell_once(made, sum(bool(text) for row in rows for text in row))


def test_a_form_in_markdown_and_one_in_word_are_read_under_their_headings(tmp_path: Path) -> None:
    pairs = (
        ("Purpose of the processing", "Newsletter"), ("Who is it about?", "Parents"), ("What do we hold?", "Name"),
        ("Lawful basis", "Consent"),
    )  # fmt: skip
    lines = "\n".join(f"| {label} | {value} |" for label, value in pairs)
    markdown = f"# Record\n\n## Newsletter\n\n| Field | Value |\n|---|---|\n{lines}\n"
    document = docx.Document()
    document.add_heading("Newsletter", 1)
    table = document.add_table(0, 2)
    for pair in pairs:
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    word = io.BytesIO()
    document.save(word)
    (one,) = entries(brought(markdown.encode(), "record.md", tmp_path / "md"))
    (other,) = entries(brought(word.getvalue(), "record.docx", tmp_path / "docx"))
    assert one == other
    assert (one["name"], one["basis"]) == ("Newsletter", [{"article_6": "a"}])


def test_what_is_no_word_document_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for content in (b"PK\x03\x04 broken", b"no document"):
        with pytest.raises(CannotRead, match="no Word document"):
            brought(content, "record.docx", tmp_path)


def test_a_newer_form_changes_only_what_changed(tmp_path: Path) -> None:
    for number in (1, 2):
        rows = [list(row) for row in FORM]
        rows[13][1] = "6 years after leaving" if number == 1 else "7 years after leaving"
        made = brought(book({"Payroll": rows}), "form.xlsx", tmp_path)
        for path, text in made.files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text or "", "utf-8")
    assert made.changes == ("activities/payroll.yaml: payroll: retention",)


LABELS = (
    ("Activity", "Nom du traitement", "Bezeichnung"), ("Purpose", "Why do we do it?", "Finalité", "Zweck"),
    ("Data subjects", "Whose data", "Betroffene"), ("Personal data", "What do we hold", "Données traitées"),
    ("Lawful basis", "Rechtsgrundlage"), ("Retention", "How long kept"), ("Recipients", "Who do we share it with?"),
    ("Zone",),
)  # fmt: skip
VALUES = st.sampled_from(
    (
        "Payroll",
        "Name, address",
        "Staff",
        "x & y",
        "6 years",
        "N/A",
        "Contract",
        "=1+1",
        "Purpose",
        "Total",
        "a\nb",
        "",
    )
)


@st.composite
def forms(draw: st.DrawFn) -> list[list[str]]:
    """A form or two, one below the other: labels in any order, values beside them or below, titles between."""
    labels = [draw(st.sampled_from(names)) for names in LABELS]
    order = draw(st.permutations(labels))
    rows: list[list[str]] = [["Record"], []]
    for _ in range(draw(st.integers(1, 2))):
        for label in order:
            rows += draw(st.lists(st.just(["Section"]), max_size=1))
            rows.append([label, draw(VALUES), *draw(st.lists(VALUES, max_size=1))])
            rows += [["", value] for value in draw(st.lists(VALUES, max_size=2))]
    return rows


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(forms())
def test_every_cell_of_any_form_is_accounted_for_once(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (grid,) = grids(text.getvalue().encode(), "form.csv")
    reading = read_tables((grid,), WordBook(KNOWN, []), Answers(), {})
    if reading is None:
        return
    places = [cell.at for cell in reading.cells]
    assert len(places) == len(set(places))
    assert set(places) == {grid.spot(row, column) for row, column, _ in grid.filled()}
    for cell in reading.cells:
        assert cell.text == grid.text(cell.at.row, cell.at.column) or cell.text.startswith(
            grid.text(cell.at.row, cell.at.column)
        )


# -- exports of other programs ---------------------------------------------------------------------


def table(headings: Sequence[str], *rows: Sequence[str]) -> bytes:
    lines = (";".join(f'"{text}"' for text in row) for row in (headings, *rows))
    return "\n".join(lines).encode()


def test_an_export_of_madis_with_its_columns_to_tick_is_read(tmp_path: Path) -> None:
    headings = (
        "Nom", "Collectivité - Nom", "Finalité", "Gestionnaire", "Statut", "Base légale",
        "Justification de la base légale",
        "Catégorie de données", "Finalité - Catégorie de destinataires", "Détails - Personnes concernées - Usagers",
        "Détails - Personnes concernées - Usagers - Commentaire", "Détails - Personnes concernées - Agents",
        "Détails - Logiciel",
        "Détails - Délai de conservation - Nombre", "Détails - Délai de conservation - Période",
        "Mesures de sécurité - Contrôle d'accès", "Historique - Créateur", "Historique - Dernière mise à jour",
    )  # fmt: skip
    row = (
        "Paie", "Commune d'Exemple", "Paie", "Service du personnel", "Actif", "Obligation légale", "Code général",
        "Nom", "Banque", "Oui", "tous", "Non", "Logipaie", "5", "an(s)", "Oui", "M. Exemple", "03/04/2025",
    )  # fmt: skip
    made = brought(table(headings, row), "traitements.csv", tmp_path)
    assert made.reading.is_a == "an export of MADIS"
    (entry,) = entries(made)
    assert entry["retention"] == [{"period": "P5Y"}]
    assert len(entry["subjects"]) == 1
    assert entry["security"] == "Contrôle d'accès"
    assert entry["reviewed"] == "2025-04-03"
    assert (entry["owner"], entry["basis"][0]["article_6"]) == ("Service du personnel", "c")
    assert {q.column for q in made.reading.questions} <= {"Justification de la base légale"}


def test_the_fields_of_ciso_assistant_and_the_screens_of_glpi_are_recognised_by_name(
    tmp_path: Path,
) -> None:
    ciso = brought(
        table(
            ("ref_id", "name", "status", "purposes", "data_subjects", "personal_data", "legal_basis", "dpia_required",
             "dpia_reference", "has_sensitive_personal_data", "owner"),
            ("P-1", "Payroll", "approved", "Payroll", "Staff", "Name", "legal_obligation", "True", "DPIA-1",
             "False", "HR"),
        ), "processings.csv", tmp_path / "ciso",
    )  # fmt: skip
    (entry,) = entries(ciso)
    assert (ciso.reading.is_a, ciso.reading.questions) == ("an export of CISO Assistant", ())
    assert entry["dpia"] == {"needed": True, "reference": "DPIA-1"}
    assert (entry["basis"], entry["owner"]) == ([{"article_6": "c"}], "HR")
    glpi = brought(
        table(
            ("Name", "ID", "Purpose", "Entity", "Child entities", "PIA required", "PIA status", "Storage medium",
             "Legal bases",
             "Categories of data subjects", "Personal Data Categories", "Security measures", "Software"),
            ("CCTV", "4", "Site security", "Root", "No", "Yes", "Closed", "Electronic only", "Article 6-1f",
             "Visitors",
             "CCTV images", "Locked room", "Recorder"),
        ), "glpi.csv", tmp_path / "glpi",
    )  # fmt: skip
    (entry,) = entries(glpi)
    assert glpi.reading.is_a == "an export of the GLPI plug-in for records of processing"
    assert (entry["data"], entry["dpia"]) == (["cctv"], {"needed": True})


def test_the_earlier_csv_of_the_lga_whose_headings_run_together_is_recognised(
    tmp_path: Path,
) -> None:
    made = brought(
        table(
            ("DataControllerName", "DataControllerEmail", "DataProtectionOfficerName", "RetentionID",
             "BusinessFunction",
             "ServiceID", "ServiceName", "RecordsDescription", "ContainsPersonalInformation?",
             "RetentionRequirements"),
            ("Sample Borough Council", "a@sample.example", "J. Smith", "17", "Housing", "9", "Housing advice",
             "Housing cases",
             "Yes", "6 years after case closed"),
        ), "RoPA.csv", tmp_path,
    )  # fmt: skip
    (entry,) = entries(made)
    assert made.reading.is_a == "a download from the LGA's service (esd, RoPA)"
    assert (entry["name"], entry["owner"]) == ("Housing cases", "Housing")
    assert entry["retention"] == [{"period": "P6Y", "trigger": "end-of-case"}]
