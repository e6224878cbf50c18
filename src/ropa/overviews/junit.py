"""For the test pages of CI servers: a suite for each register, in which what stands fails.

A register without a finding is a suite with one test, which passes; one that could not be checked is an error.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from ropa.fleet.fleet import Fleet, annotated
from ropa.fleet.row import RegisterRow
from ropa.reporters.junit import document, failed, suite
from ropa.visible import visible


def render(fleet: Fleet) -> str:
    """The whole file."""
    day = fleet.day.isoformat()
    return document(
        suite(f"ropa check {row.register} as of {day}", _cases(fleet, row))
        for row in (waiting.whole for waiting in fleet.rows)
    )


def _cases(fleet: Fleet, row: RegisterRow) -> Iterator[Element]:
    found = (*annotated(row, fleet.catalogue), *fleet.between(row.register))
    if found:
        yield from map(failed, found)
        return
    case = Element("testcase", {"classname": "ropa", "name": visible(row.title)})
    if row.why:
        SubElement(case, "error", {"message": visible(row.why)})
    yield case
