"""The diagram as one SVG file."""

from ropa.diagram import Diagram
from ropa.sheet import sheet


def render(diagram: Diagram) -> str:
    return sheet(diagram)
