"""The diagram as one SVG file."""

from ropa.diagram.view import Diagram
from ropa.page.sheet import sheet
from ropa.visible import inert_in_markup


def render(diagram: Diagram) -> str:
    return inert_in_markup(sheet(diagram))
