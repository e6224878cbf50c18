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
from ropa.foreign.listing import WordFinder
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
