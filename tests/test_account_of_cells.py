"""Whatever a sheet holds, every cell of it ends in one way, and its words are found again; hostile ones are refused."""

import csv
import io
import re
import resource
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from time import process_time
from typing import Any

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from held_back_sheets import ods
from ropa.errors import CannotRead
from ropa.foreign.account import Fate, ForeignReading, ReadCell
from ropa.foreign.answers import Answers
from ropa.foreign.entries import read_tables
from ropa.foreign.grids import grids
from ropa.foreign.listing import WordFinder
from ropa.foreign.lookup import plain, says_nothing
from ropa.foreign.words import WordBook, finders
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import Facet, Vocabulary


@cache
def vocabulary() -> Vocabulary:
    return Lexicon([], shipped_terms()).vocabulary()


@cache
def known() -> Mapping[Facet, WordFinder]:
    return finders(vocabulary())


def read(content: bytes, name: str = "sheet.csv") -> ForeignReading | None:
    return read_tables(grids(content, name), WordBook(known(), []), Answers(), {})


# -- every cell ----------------------------------------------------------------------------------------

HEADINGS: Mapping[str, Sequence[str]] = {
    "name": ("Activity", "Nom du traitement", "Bezeichnung", "Verwerking"),
    "purposes": ("Purpose of processing", "Finalités", "Zwecke der Verarbeitung", "Doel"),
    "subjects": ("Data subjects", "Personnes concernées", "Betroffene Personen", "Betrokkenen"),
    "data": ("Personal data", "Données traitées", "Datenkategorien", "Persoonsgegevens"),
    "recipients": ("Shared with", "Destinataires", "Empfänger", "Ontvangers"),
    "sources": ("Source of data", "Source des données", "Herkunft der Daten", "Herkomst"),
    "basis": ("Lawful basis", "Base légale", "Rechtsgrundlage", "Grondslag"),
    "retention": ("How long kept", "Durée de conservation", "Löschfrist", "Bewaartermijn"),
    "systems": ("Held in", "Logiciel", "Speicherort", "Systeem"),
    "security": ("Security measures", "Mesures de sécurité", "TOM", "Beveiligingsmaatregelen"),
    "reviewed": ("Last reviewed", "Date de mise à jour", "Letzte Änderung", "Laatst gewijzigd"),
    "transfers": ("Transfers abroad", "Transferts hors UE", "Drittlandtransfer", "Doorgifte"),
    "note": ("Comments", "Commentaires", "Bemerkungen", "Opmerkingen"),
    "?": ("Zone", "Couleur", "Farbe", "Kleur"),
}
UNDERSTOOD: Mapping[str, Mapping[str, Any]] = {
    "basis": {
        "Art 6(1)(c) & (e)": [{"article_6": "c"}, {"article_6": "e"}],
        "Consent": [{"article_6": "a"}],
        "LI": [{"article_6": "f"}],
    },
    "retention": {"6 years": [{"period": "P6Y"}], "DOB + 25 years": [{"period": "P25Y", "trigger": "birth"}]},
    "reviewed": {"03/04/2025": "2025-04-03", "14 May 2025": "2025-05-14"},
}  # fmt: skip
"""Cells that are taken for something else than their words, each with what it has to be."""
_WORDS = (
    "name", "address", "pupils", "HMRC", "payroll", "parents", "police", "NI number", "Zorgl", "a b c", "Überweisung",
    "x,y", "N/A", "none", "TBC", "-", "name and address", "Sample Ltd (bank)", "police (on request)", "• one\n• two",
    "first; second, third", "1", "6", "2025-13-45", "because we must", "not consent", "until they leave", "yes", "No",
    "📎", "<b>bold</b>", "=1+1", "Education Act 1996", "see retention schedule", "ditto", "line\nline", "()", "/ / /",
    "name/address/email", "Total", "and", "a and b", "€ 5,000.00", "'quoted'", '"', "\u202etxt", "café, thé",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(_WORDS),
    st.lists(st.sampled_from(_WORDS), min_size=2, max_size=4).map(", ".join),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30),
)


@st.composite
def sheets(draw: st.DrawFn) -> list[list[str]]:
    """A table with the headings of some fields, each in some language, in any order, and cells of all kinds."""
    fields = draw(st.permutations(list(HEADINGS)))[: draw(st.integers(4, len(HEADINGS)))]
    fields = list(dict.fromkeys(("name", "purposes", "data", *fields)))
    fields = list(draw(st.permutations(fields)))
    headings = [draw(st.sampled_from(HEADINGS[field])) for field in fields]
    rows = draw(st.integers(1, 4))
    made = [
        [draw(st.one_of(texts, st.sampled_from(list(UNDERSTOOD.get(f, _WORDS))))) for f in fields]
        for _ in range(rows)
    ]
    return [headings, *made]


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(sheets())
def test_every_cell_ends_in_one_way_and_its_words_are_in_the_register_a_note_or_a_question(
    rows: list[list[str]],
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    content = text.getvalue().encode()
    grid = grids(content, "sheet.csv")[0]
    reading = read(content)
    assert reading is not None
    places = [cell.at for cell in reading.cells]
    assert len(places) == len(set(places))
    assert set(places) == {grid.spot(row, column) for row, column, _ in grid.filled()}
    entries = {d["id"]: d for d in reading.documents if d["kind"] == "activity"}
    for cell in reading.cells:
        assert is_found_again(cell, entries, reading), cell


def is_found_again(
    cell: ReadCell, entries: Mapping[str, Mapping[str, Any]], reading: ForeignReading
) -> bool:
    """Whether what a cell says stands somewhere: a cell of no entry is kept with the account, whatever it says."""
    if not cell.entry or says_nothing(cell.text):
        return True
    entry = entries[cell.entry]
    if cell.text in entry.get("notes", {}).values():
        return True
    if cell.fate in (Fate.NOTE, Fate.ASKED):
        return False
    understood = [
        meant for cells in UNDERSTOOD.values() for said, meant in cells.items() if said == cell.text
    ]
    if understood:
        there = entry.get(cell.field, [])  # with what another row of the entry says
        return any(there == meant or all(one in there for one in meant) for meant in understood)
    said = _said(entry.get(cell.field, entry["name"]), reading)
    if cell.field == "sources":  # the people whom it is about, who are the source themselves
        said += f" {_said(entry['subjects'], reading)}"
    return _words(cell.text) <= _words(said) | _LITTLE


_LITTLE = frozenset({"and", "or", "yes", "no", "the", "e", "g"})


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in plain(text).split()}


def _names(part: str) -> set[str]:
    """The ids, as words, of what a part of a cell names in the vocabulary."""
    return {found for finder in known().values() if (found := finder.find(part.strip(" •.")))}


def _said(value: Any, reading: ForeignReading) -> str:
    """All that a value of an entry says: its words, and every name of what it refers to."""
    match value:
        case dict():
            return " ".join(_said(inner, reading) for inner in value.values())
        case list():
            return " ".join(_said(inner, reading) for inner in value)
    names = [
        f"{d.get('label', d.get('name', ''))} {d.get('broader', '')}"
        for d in reading.documents
        if d["id"] == value
    ]
    called = [
        " ".join((*term.names, *term.also))
        for facet in (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT)
        if (term := vocabulary()[facet].terms.get(str(value)))
    ]
    meant = " ".join(_LETTERS.get(str(value), ()))
    return " ".join([str(value), *names, *called, meant])


_LETTERS = {"a": ("consent",), "c": ("art", "6", "1"), "e": ("art", "6", "1")}


# -- hostile files ---------------------------------------------------------------------------------------


def _workbook(fill: Callable[[Any], object]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    fill(book.add_worksheet("S"))
    book.close()
    return made.getvalue()


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return made.getvalue()


def _record(sheet: Any) -> None:
    for row, cells in enumerate(
        (("Activity", "Purpose", "Data", "Retention"), ("Trips", "School trips", "Name", ""))
    ):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)


def _far(sheet: Any) -> None:
    _record(sheet)
    sheet.write(1_048_575, 20, "far")


def _with_entities() -> bytes:
    """An open document whose text is made of entities of entities."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    content = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", content)
    return made.getvalue()


def _broken_inside() -> bytes:
    """An open document whose packed text is damaged in the middle, and nothing else of the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "words and words " * 900)
    content = bytearray(made.getvalue())
    packed = content.index(b"content.xml") + len(b"content.xml")
    content[packed : packed + 12] = b"\xff" * 12
    return bytes(content)


_REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="16384"{}</table:table-row>'
)
_EMPTY, _FILLED = "/>", ' office:value-type="string"><text:p>x</text:p></table:table-cell>'
HOSTILE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "a zip bomb": ("b.xlsx", lambda: _with_part(_workbook(_record), "xl/media/x.bin", b"\0" * (257 << 20))),
    "a cell in the last row of a workbook": ("f.xlsx", lambda: _workbook(_far)),
    "a million filled rows of an open document": ("f.ods", lambda: ods("S", (), _REPEATED.format(_FILLED))),
    "a document type with entities": ("e.ods", _with_entities),
    "an open document that is damaged inside": ("d.ods", _broken_inside),
    "no zip at all": ("n.xlsx", lambda: b"PK\x03\x04nothing"),
    "bytes that are no text": ("n.csv", lambda: b"\x00\x01\x02\x03" * 100),
    "a row of 300,000 cells": ("w.csv", lambda: b",".join([b"x"] * 300_000)),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_within_bounds(what: str) -> None:
    name, content = HOSTILE[what]
    made = content()
    probe = process_time()
    sorted(range(3_000_000), key=lambda number: -number)
    probe, before = process_time() - probe, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    with pytest.raises(CannotRead) as refused:
        grids(made, name)
    assert process_time() - start < 20 * probe
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024
    assert re.fullmatch(r"[a-z][^\n]+", str(refused.value))


_TABLE = (("Activity", "Purpose", "Data"), ("Trips", "School trips", "Name"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("e.csv", b"Activity,Purpose,Data,Retention\nTrips,School trips,Name,\n" + b",,,\n" * 60_000),
        ("e.ods", ods("S", _TABLE, _REPEATED.format(_EMPTY))),
    ],
    ids=["csv", "ods"],
)  # fmt: skip
def test_empty_rows_without_end_are_passed_over(name: str, content: bytes) -> None:
    reading = read(content, name)
    assert reading is not None
    assert [d["name"] for d in reading.documents if d["kind"] == "activity"] == ["Trips"]


def test_a_formula_counts_as_it_was_last_worked_out_and_is_never_run() -> None:
    def fill(sheet: Any) -> None:
        _record(sheet)
        sheet.write_formula(1, 3, '=WEBSERVICE("http://x.example/")', None, "6 years")

    reading = read(_workbook(fill), "f.xlsx")
    assert reading is not None
    (entry,) = (d for d in reading.documents if d["kind"] == "activity")
    assert entry["retention"] == [{"period": "P6Y"}]
    assert reading.remarks == ("S: formulas (D2) count as they were last worked out",)


def test_links_to_other_files_are_not_followed_and_said_to_be_there() -> None:
    linked = _with_part(
        _workbook(_record), "xl/externalLinks/externalLink1.xml", b"<externalLink/>"
    )
    reading = read(linked, "l.xlsx")
    assert reading is not None
    assert reading.remarks == ("S: its links to other files were not followed",)
