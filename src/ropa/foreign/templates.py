"""Which known template a sheet is, by its headings: `templates.yaml`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ropa.documents.shipped import shipped
from ropa.foreign.headings import plain_heading

_ENOUGH = 0.6


def template(headings: Iterable[str]) -> str:
    """The name of the template that has such headings; nothing where there is none."""
    here = {plain_heading(heading) for heading in headings}
    for known in _templates():
        wanted = [plain_heading(heading) for heading in known["headings"]]
        if sum(heading in here for heading in wanted) >= _ENOUGH * len(wanted):
            return str(known["name"])
    return ""


def _templates() -> Sequence[dict[str, list[str]]]:
    found: Sequence[dict[str, list[str]]] = next(
        iter(shipped(Path(__file__).parent / "templates.yaml"))
    ).data
    return found
