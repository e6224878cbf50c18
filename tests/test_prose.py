"""Records that are written as text: “Label: value” lines, below a heading or one block after the other."""

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import docx
import pytest

from ropa.foreign.account import Fate, ForeignReading
from ropa.foreign.answers import Answers
from ropa.foreign.entries import read_tables
from ropa.foreign.grids import grids
from ropa.foreign.headings import recognised
from ropa.foreign.listing import WordFinder
from ropa.foreign.lookup import ticked_of
from ropa.foreign.words import WordBook, finders
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import Facet


@cache
def known() -> Mapping[Facet, WordFinder]:
    return finders(Lexicon([], shipped_terms()).vocabulary())


def read(content: str | bytes, name: str = "record.md") -> ForeignReading | None:
    held = content.encode() if isinstance(content, str) else content
    return read_tables(grids(held, name), WordBook(known(), []), Answers(), {})


def entries(reading: ForeignReading | None) -> list[dict[str, Any]]:
    assert reading is not None
    found = (d for d in reading.documents if d["kind"] == "activity")
    return [{k: v for k, v in entry.items() if k not in ("kind", "id")} for entry in found]


TRIPS = {
    "name": "Trips", "purposes": ["school-trips"], "subjects": ["pupil"], "data": ["name", "health"],
    "basis": [{"article_6": "e"}], "retention": [{"period": "P1Y"}],
}  # fmt: skip
DONATIONS = {
    "name": "Donations", "purposes": ["fundraising"], "subjects": ["donor"], "data": ["name", "bank-details"],
    "basis": [{"article_6": "b"}], "retention": [{"period": "P7Y"}],
}  # fmt: skip
LABELS = ("Purpose", "Whose data", "Personal data", "Lawful basis", "Retention")
SAID: Mapping[str, Sequence[str]] = {
    "Trips": ("School trips", "Pupils", "Name; health", "Public task", "1 year"),
    "Donations": ("Fundraising", "Donors", "Name; bank details", "Contract", "7 years"),
}


def pairs(name: str) -> Iterator[tuple[str, str]]:
    yield from zip(LABELS, SAID[name], strict=True)


def under_headings(line: str, above: str = "## {}") -> str:
    """A record in Markdown: a title, and each activity under its heading."""
    parts = ["# Record of processing", "", "Sample Trust keeps this."]
    for name in SAID:
        parts += ["", above.format(name), "", *(line.format(*pair) for pair in pairs(name))]
    return "\n".join(parts)


MARKDOWN = {
    "bold labels": under_headings("**{}:** {}"),
    "bold labels before the colon": under_headings("**{}**: {}"),
    "bold labels without a colon": under_headings("__{}__ {}"),
    "bold labels in a list": under_headings("- **{}:** {}"),
    "plain labels": under_headings("{}: {}"),
    "numbered headings": under_headings("{}: {}", "## 3.1 {}"),
    "headings that say what they name": under_headings("{}: {}", "## Processing activity: {}"),
    "titles in bold": under_headings("{}: {}", "**{}**"),
    "labels that are headings": under_headings("### {}\n{}"),
    "what is said below": under_headings("**{}**\n{}\n"),
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_lines_with_labels_below_a_heading_are_an_entry_that_is_called_as_the_heading_is(
    text: str,
) -> None:
    reading = read(text)
    assert entries(reading) == [TRIPS, DONATIONS]
    assert reading is not None
    assert reading.questions == ()


def test_blocks_below_each_other_begin_where_their_first_label_stands_again() -> None:
    blocks = ["Last updated: May 2024", "This is our record."]
    for number, name in enumerate(SAID, 1):
        blocks += ["", f"{number}) Activity: {name}", *(f"- {a}: {b}" for a, b in pairs(name))]
    reading = read("\n".join(blocks))
    assert entries(reading) == [TRIPS, DONATIONS]
    assert reading is not None
    beside = [c.text for c in reading.of_fate(Fate.NOTE) if not c.entry]
    assert beside == ["Last updated: May 2024", "This is our record."]


def test_a_list_below_a_label_is_what_it_holds_and_a_line_that_goes_on_belongs_to_it() -> None:
    text = (
        "## Trips\n**Purpose:** School trips\n**Whose data:**\n- Pupils\n- Parents\n**Personal data:** Name;\n"
        "health\n\n**Lawful basis:** Public task\n\nNobody checked this.\n"
    )
    reading = read(text)
    (entry,) = entries(reading)
    assert (entry["subjects"], entry["data"]) == (["pupil", "parent"], ["name", "health"])
    assert reading is not None
    assert "Nobody checked this." in [c.text for c in reading.of_fate(Fate.NOTE) if not c.entry]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\nPurpose: none\nBring: a pen\n\nWe met at 10:30.\n",
        "# Minutes\n\nPresent: A, B\nChair: A\nDate: May\nPlace: Hall\nSee https://example.org: it is long.\n",
    ],
)
def test_a_text_that_only_has_colons_is_no_record(text: str) -> None:
    assert read(text) is None


def word(labels: str) -> bytes:
    """The same record in Word: labels in bold, before a tab, or with a list below."""
    document, made = docx.Document(), io.BytesIO()
    document.add_heading("Record of processing", 0)
    for name in SAID:
        document.add_heading(name, 1)
        for label, said in pairs(name):
            if labels == "bold":
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{label}:").bold = True
                paragraph.add_run(f" {said}")
            elif labels == "list" and ";" in said:
                document.add_paragraph(f"{label}:")
                for part in said.split("; "):
                    document.add_paragraph(part, style="List Bullet")
            elif labels == "lines":
                document.add_paragraph(f"{label}:\n{said}")
            else:
                document.add_paragraph(f"{label}\t{said}")
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("labels", ["bold", "list", "tab", "lines"])
def test_paragraphs_of_a_word_document_are_read_like_lines(labels: str) -> None:
    assert entries(read(word(labels), "record.docx")) == [TRIPS, DONATIONS]


# -- a form with content controls and boxes to tick ----------------------------------------------------

CNIL = (
    ("Nom de l'activité", "Paie"),
    ("Date de création de la fiche", "3 avril 2024"),
    ("Date de dernière mise à jour de la fiche", "mars 2025"),
    ("Nom du logiciel ou de l'application", "Sample Paie"),
    ("Objectifs poursuivis", "Gestion de la paie"),
    ("Catégories de personnes concernées", "Salariés"),
    ("Catégories de données collectées", "☒ Nom, prénom\n☐ Santé\n☒ Rib"),
    ("Des données sensibles sont-elles traitées ?", "☐ Oui ☒ Non"),
    ("Durées de conservation des catégories de données", "5 ans"),
    ("Organismes externes", "Banque"),
    ("Sous-traitants", "Sample Hosting SARL"),
    ("Des données personnelles sont-elles transmises hors de l'Union européenne ?", "☐ Oui ☒ Non"),
    ("Mesures de sécurité", "☒ Chiffrement des données\n☐ Autres mesures"),
)
"""The labels of the base model of the CNIL's record, in its order, with what an invented employer might write."""


def filled_in(controls: bool) -> bytes:
    """The form in Word: a table of labels and fields, the fields perhaps in content controls."""
    document, made = docx.Document(), io.BytesIO()
    table = document.add_table(rows=0, cols=2)
    for label, said in CNIL:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, said
        if controls:
            wrap(cells[1].paragraphs[0].runs[0]._r)
    document.save(made)
    return made.getvalue()


def wrap(run: Any) -> None:
    """Put a run into a content control, as the form has it."""
    from docx.oxml import OxmlElement

    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    run.addprevious(control)
    control.append(content)
    content.append(run)


@pytest.mark.parametrize("controls", [False, True])
def test_a_form_with_boxes_to_tick_says_what_is_ticked_in_content_controls_too(
    controls: bool,
) -> None:
    reading = read(filled_in(controls), "registre.docx")
    (entry,) = entries(reading)
    assert reading is not None
    assert reading.questions == ()
    assert entry.pop("notes") == {"Date de création de la fiche": "3 avril 2024"}
    assert entry == {
        "name": "Paie", "purposes": ["payroll"], "subjects": ["employee"], "data": ["name", "bank-details"],
        "retention": [{"period": "P5Y"}], "disclosures": [{"to": "bank"}, {"to": "sample-hosting-sarl"}],
        "systems": ["sample-paie"], "security": "Chiffrement des données", "reviewed": "2025-03-01",
    }  # fmt: skip
    why = [c.why for c in reading.cells if c.heading == "Mesures de sécurité"]
    assert why == ["only what is ticked is read"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☐ Yes ☒ No", "No"), ("[x] Name\n[ ] Health", "Name"), ("☑ a ☑ b ☐ c", "a\nb"), ("no box", "no box"),
        ("Which?\n☐ Yes", "Which?"), ("☐ Yes ☐ No", ""), ("✅ Done ⬜ Open", "Done"),
    ],
)  # fmt: skip
def test_of_boxes_only_the_ticked_ones_say_something(text: str, said: str) -> None:
    assert ticked_of(text) == said


CNPD = {
    "Finalité": "purposes",
    "Catégories de personnes concernées": "subjects",
    "Catégories de données traitées": "data",
    "Catégories de destinataires": "recipients",
    "Transferts vers des pays tiers": "transfers",
    "Délais prévus pour l'effacement des données": "retention",
    "Mesures de sécurité organisationnelles et techniques": "security",
}
"""The columns of the table that the Luxembourg authority shows to associations."""


def test_the_columns_of_the_table_of_the_luxembourg_authority_are_known() -> None:
    found = {heading: recognised(heading) for heading in CNPD}
    assert {heading: one.field for heading, one in found.items() if one} == CNPD
