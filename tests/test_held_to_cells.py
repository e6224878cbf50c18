"""What a heading was taken for is held against the cells below it, and a cell that can be no answer is a question."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from ropa.foreign.account import Fate, ForeignReading
from ropa.foreign.answers import Answers
from ropa.foreign.days import day_of, first_day_of
from ropa.foreign.entries import read_tables
from ropa.foreign.grids import grids
from ropa.foreign.listing import WordFinder
from ropa.foreign.words import WordBook, finders
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import Facet


@cache
def known() -> Mapping[Facet, WordFinder]:
    return finders(Lexicon([], shipped_terms()).vocabulary())


BASE = {
    "Activity": ("Payroll", "School trips", "Newsletter", "Admissions"),
    "Purpose": ("Payroll", "School trips", "Newsletters", "Admissions"),
    "Personal data": ("Name; salary", "Name; health", "Name; email address", "Name; address"),
}


def read(**columns: Sequence[str]) -> ForeignReading:
    """What is read of four entries with one more column or several."""
    return read_answered(columns)


def read_answered(columns: Mapping[str, Sequence[str]], **answers: str) -> ForeignReading:
    table = {**BASE, **columns}
    text = io.StringIO()
    csv.writer(text).writerows([list(table), *zip(*table.values(), strict=True)])
    found = read_tables(
        grids(text.getvalue().encode(), "x.csv"), WordBook(known(), []), Answers(answers), {}
    )
    assert found is not None
    return found


def field_of(reading: ForeignReading, heading: str) -> str:
    (columns,) = reading.columns.values()
    return columns[heading]


def values(reading: ForeignReading, key: str) -> list[Any]:
    return [d.get(key) for d in reading.documents if d["kind"] == "activity"]


# -- a heading whose cells do not fit ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Shared with which organisations", ("Yes", "No", "Yes", "Yes")),
        ("Recipients", ("Yes", "Yes", "No", "Yes")),
        ("Where is it from", ("12/03/2024", "01/04/2024", "May 2024", "Q1 2023")),
        ("Who is responsible", ("3 years", "6 years", "1 year", "6 months")),
        ("Who is responsible", ("2021-03-04", "2021-04-04", "2022-03-04", "2023-03-04")),
        ("How is it kept secure", ("Y", "N", "Y", "Y")),
        ("Where it is stored", ("12", "30", "4", "100")),
        ("Date of last review", ("Jane", "The office", "Payroll team", "Head")),
        ("When did we last review it (last review)", ("Head", "Bursar", "Head", "Head")),
        ("Legal grounds relied on by us", ("Headteacher", "Bursar", "Office", "The head")),
        ("Whose information is it about", ("Name; salary", "Address; email address", "Health", "Name")),
        ("Data sources used", ("Name; salary", "Address; email address", "Health", "Date of birth")),
        ("Is a DPIA required here", ("Paper file", "Server", "Cloud", "Paper file")),
        ("Controller email", ("01632 960123", "01632 960124", "01632 960125", "none")),
    ],
)  # fmt: skip
def test_a_heading_whose_cells_are_no_such_thing_is_one_question_and_nothing_is_taken(
    heading: str, cells: Sequence[str]
) -> None:
    reading = read_answered({heading: cells})
    assert field_of(reading, heading) == "?"
    (question,) = reading.questions
    assert (question.column, question.text) == (heading, "")
    assert question.asks.startswith("what does this column hold? (it was taken for ")
    assert not any(c.heading == heading and c.fate is Fate.TAKEN for c in reading.cells)


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Shared with which organisations", ("HMRC", "No", "None", "Local authority"), "recipients"),
        ("Shared with which organisations", ("Nobody we know", "Mailing house", "", "Zorgl Ltd"), "recipients"),
        ("When did we last review it (last review)", ("March 2024", "TBC", "1/2/24", "Q2 2024"), "reviewed"),
        ("Is a DPIA required here", ("Yes - DPIA-4", "No", "no", "TBC"), "dpia_needed"),
        ("Legal grounds relied on by us", ("Consent", "", "6(1)(e)", "Contract"), "basis"),
        ("Data sources used", ("Employees", "Parents", "Local authority", "The pupil"), "sources"),
        ("People - Pupils", ("", "Yes", "", "x"), "subjects"),
        ("Outside the EEA?", ("No", "No", "Yes", "No"), "transfers"),
    ],
)  # fmt: skip
def test_a_heading_whose_cells_fit_is_still_what_it_was_taken_for(
    heading: str, cells: Sequence[str], field: str
) -> None:
    reading = read_answered({heading: cells})
    assert field_of(reading, heading) == field
    assert reading.questions == ()


def test_a_column_that_names_several_controllers_is_not_who_keeps_the_record() -> None:
    cells = {"Data controller": ("Sample Trust", "Sample Trading Ltd", "Sample Trust", "Other")}
    (question,) = read_answered(cells).questions
    assert question.asks.endswith(
        "it was taken for the controller's name, and its cells name several)"
    )
    same = read_answered({"Data controller": ("Sample Trust",) * 4})
    assert same.questions == ()


def test_a_guess_whose_cells_only_say_whether_is_a_remark() -> None:
    reading = read_answered({"Is it in contract?": ("Yes", "No", "No", "Yes")})
    assert field_of(reading, "Is it in contract?") == "note"
    assert reading.questions == ()


def test_a_column_that_a_person_has_answered_stays_what_they_said() -> None:
    cells = {"Recipients": ("Yes", "Yes", "Yes", "No")}
    reading = read_answered(cells, recipients="note")
    assert field_of(reading, "Recipients") == "note"
    assert reading.questions == ()


# -- a cell that can be no answer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cell", "says"),
    [
        ("Recipients", "Yes", "who receives it? it says yes or no"),
        ("Recipients", "31/12/2025", "who receives it? it says when"),
        ("Categories of individuals", "250", "whose data? it says a number"),
        ("Systems", "6 years", "where it is kept? it says how long"),
        ("Security measures", "Yes", "how it is protected? it says yes or no"),
        ("Source of data", "Art 6(1)(e)", "where it comes from? it says a lawful basis"),
        ("Processors", "https://example.org/list", "who processes it for us? it says a link or an e-mail address"),
    ],
)  # fmt: skip
def test_a_cell_that_can_be_no_answer_is_asked_about_and_no_word_is_made_of_it(
    heading: str, cell: str, says: str
) -> None:
    others = {
        "Recipients": "HMRC", "Categories of individuals": "Pupils", "Systems": "PayApp", "Security measures": "Locked",
        "Source of data": "Parents", "Processors": "Sample Ltd",
    }  # fmt: skip
    reading = read_answered({heading: (cell, *[others[heading]] * 3)})
    (question,) = reading.questions
    assert (question.column, question.text, question.asks) == (heading, cell, says)
    assert all(word.label != cell for word in reading.words)


def test_whether_there_is_an_assessment_is_a_note_and_not_its_name() -> None:
    reading = read(LIA=("Yes", "No", "LIA-7", "Yes"))
    assert values(reading, "legitimate_interests_assessment") == [None, None, "LIA-7", None]
    assert {c.text for c in reading.of_fate(Fate.NOTE)} == {"Yes"}


# -- columns that only their cells make known --------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("6(1)(e)", "Legal obligation", "Consent", "Contract"), "basis"),
        (("6 years", "1 year", "Until age 25", "18 months"), "retention"),
        (("Pupils; job applicants", "Ex-employees", "Donors", "Pupils"), "subjects"),
        (("HMRC", "Police", "Local authority; DfE", "Ofsted"), "recipients"),
    ],
)
def test_a_heading_that_says_nothing_is_guessed_by_cells_that_are_all_of_one_kind(
    cells: Sequence[str], field: str
) -> None:
    reading = read(Xyz=cells)
    assert field_of(reading, "Xyz") == field
    assert reading.questions == ()
    (heading,) = (c for c in reading.cells if c.text == "Xyz")
    assert heading.fate is Fate.GUESSED
    assert heading.why.startswith(("each of its cells", "most of its cells"))


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Xyz", ("1/2/24", "March 2024", "2024-03-04", "Q1 2024")),
        ("Xyz", ("Yes", "No", "Yes", "No")),
        ("Xyz", ("6 years", "blue", "1 year", "1 year")),
        ("Review frequency", ("1 year", "2 years", "6 months", "1 year")),
        ("Xyz", ("Blue", "Red", "Green", "Blue")),
    ],
)
def test_what_nobody_can_know_by_heading_or_cells_is_asked_about(
    heading: str, cells: Sequence[str]
) -> None:
    assert field_of(read_answered({heading: cells}), heading) == "?"


# -- months and quarters -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 2024", "2024-03-01"), ("03/2024", "2024-03-01"), ("2024-03", "2024-03-01"), ("Q2 2024", "2024-04-01"),
        ("2024 Q3", "2024-07-01"), ("Mar-24", "2024-03-01"), ("Sept. 2023", "2023-09-01"), ("mars 2024", "2024-03-01"),
        ("März 2024", "2024-03-01"), ("third quarter 2024", "2024-07-01"), ("April 1998", "1998-04-01"),
        ("13/2024", ""), ("term 2024", ""), ("2024", ""), ("March 24", ""), ("March", ""), ("Q5 2024", ""),
    ],
)  # fmt: skip
def test_a_month_or_a_quarter_is_read_as_its_first_day(text: str, day: str) -> None:
    assert first_day_of(text) == day
    assert day_of(text) == ""


def test_a_month_in_a_column_of_dates_is_a_guess_that_says_which_day() -> None:
    dates = {"Date of last review": ("March 2024", "Q2 2024", "01/02/2024", "2024-03-04")}
    reading = read_answered(dates)
    assert values(reading, "reviewed") == ["2024-03-01", "2024-04-01", "2024-02-01", "2024-03-04"]
    whys = [c.why for c in reading.of_fate(Fate.GUESSED)]
    assert "“March 2024” is read as its first day, 2024-03-01" in whys


# -- what only says where to look, or that there is none ---------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "see schedule",
        "As per the data inventory",
        "TBC",
        "various",
        "Appendix A",
        "refer to policy; etc",
    ],
)
def test_a_cell_that_only_says_where_to_look_is_a_note_and_no_word(text: str) -> None:
    headings = ("Data subjects", "Recipients", "Source of data", "Processors")
    reading = read_answered(dict.fromkeys(headings, ("Parents", text, "Parents", "Parents")))
    assert {cell.fate for cell in reading.cells if cell.text == text} == {Fate.NOTE}
    assert [word.label for word in reading.words] == []
    assert values(reading, "notes")[1] == dict.fromkeys(headings, text)


def test_what_a_list_says_besides_words_is_a_note_beside_them() -> None:
    reading = read_answered({"Data subjects": ("Parents, other", "Pupils", "Staff", "Donors")})
    assert values(reading, "subjects")[0] == ["parent"]
    assert values(reading, "notes")[0] == {"Data subjects": "Parents, other"}


def test_that_there_are_no_people_is_asked_about_but_not_where_another_column_names_them() -> None:
    reading = read_answered({"Data subjects": ("N/A", "Pupils", "None", "Staff")})
    assert [(q.column, q.text, q.asks) for q in reading.questions] == [
        ("Data subjects", "N/A", "whose data?"),
        ("Data subjects", "None", "whose data?"),
    ]
    beside = read_answered({"Other personal data": ("N/A", "Address", "None", "None")})
    assert beside.questions == ()


# -- columns without a heading -----------------------------------------------------------------------


def read_rows(*rows: Sequence[str]) -> ForeignReading:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    held = text.getvalue().encode()
    found = read_tables(grids(held, "x.csv"), WordBook(known(), []), Answers(), {})
    assert found is not None
    return found


def test_what_stands_below_no_heading_is_a_note_of_its_entry_or_known_by_its_cells() -> None:
    reading = read_rows(
        ("Activity", "Purpose", "Personal data", "", "", "Data subjects"),
        ("Payroll", "Payroll", "Name; salary", "6 years", "ask Jo", "Staff"),
        ("Trips", "School trips", "Name; health", "1 year", "", "Pupils"),
        ("Donations", "Fundraising", "Name", "7 years", "", "Donors"),
    )
    assert values(reading, "retention") == [[{"period": f"P{n}Y"}] for n in (6, 1, 7)]
    assert values(reading, "notes") == [{"column E": "ask Jo"}, None, None]
    assert reading.questions == ()


def test_the_first_column_without_a_heading_is_what_is_done_where_nothing_else_says_it() -> None:
    reading = read_rows(
        ("", "Purpose", "Personal data", "Data subjects"),
        ("Wages", "Payroll", "Name; salary", "Staff"),
        ("Outings", "School trips", "Name; health", "Pupils"),
    )
    assert values(reading, "name") == ["Wages", "Outings"]
