"""A record of processing as a table with any headings: csv, xlsx, ods or Markdown, the ICO's, the LGA's or your own."""

from ropa.errors import CannotRead
from ropa.foreign.account import ForeignReading
from ropa.foreign.entries import read_tables
from ropa.foreign.grids import grids
from ropa.foreign.surroundings import Surroundings
from ropa.foreign.templates import template

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".docx", ".md", ".markdown")


def recognises(_: bytes, name: str) -> bool:
    """Whether a file may hold a table, by the ending of its name."""
    return name.lower().endswith(ENDINGS)


def read_foreign(content: bytes, name: str, around: Surroundings) -> ForeignReading:
    """What the tables of a file say. Raises `CannotRead` where none of them is a record of processing."""
    found = grids(content, name)
    reading = read_tables(found, around.words, around.answers, around.ids)
    if reading is None:
        message = "no table in it has headings that a record of processing has"
        hint = "such as Activity, Purpose, Personal data; say under `columns` in ropa-import.yaml what they are"
        raise CannotRead(f"{message}, {hint}")
    headings = [heading for columns in reading.columns.values() for heading in columns]
    own = "a table with headings of its own" if reading.headings else "a form for each activity"
    return reading.named(template(headings) or own)
