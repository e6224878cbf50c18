"""Writes the catalogue of the workbench's words: the English of its pages, for whoever puts it in another language.

With --check, says whether it is current.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from ropa.saying.catalogue import DOMAIN
from ropa.workbench import (
    blind_screens,
    flow_pages,
    forms,
    framing,
    home,
    notice_page,
    notice_screens,
    unplaced,
)
from ropa.workbench.entry_fields import FormField
from ropa.workbench.entry_shapes import FieldShape, shapes
from ropa.workbench.register_screens import KINDS
from ropa.workbench.sentences import SentenceFate

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "src" / "ropa" / "workbench" / "pages"
FILE = ROOT / "src" / "ropa" / "locale" / f"{DOMAIN}.pot"
HEADER = "# The words of ropa's workbench, made by docs/catalogue.py."
BEGUN = datetime(2026, 11, 30, tzinfo=UTC)
"""A day that never changes, so that the same words make the same file."""


def main() -> None:
    """Write the file, or compare it."""
    wanted = made()
    if "--check" not in sys.argv:
        FILE.write_bytes(wanted)
    elif not FILE.exists() or FILE.read_bytes() != wanted:
        said = FILE.relative_to(ROOT).as_posix()
        raise SystemExit(f"not current: {said}; run `python3 dev.py docs`")


def made() -> bytes:
    """The catalogue: the texts of the templates, then those that Python hands to them."""
    catalogue = Catalog(
        project="ropa",
        version="workbench",
        header_comment=HEADER,
        creation_date=BEGUN,
        revision_date=BEGUN,
        fuzzy=False,
    )
    for page in sorted(PAGES.glob("*.html")):
        for message in texts_of(page):
            catalogue.add(message, locations=[(page.name, 0)])
    for said in dict.fromkeys(handed()):
        catalogue.add(said)
    written = BytesIO()
    write_po(written, catalogue, width=0, include_lineno=False, sort_output=True)
    of_the_day = (b'"Generated-By', b'"Report-Msgid', b'"Last-Tr', b'"Language-Team')
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(of_the_day))


def texts_of(page: Path) -> Iterator[str | tuple[str, str]]:
    """The texts of a template; those that count something in both their forms."""
    with page.open("rb") as file:
        for _, function, said, _ in babel_extract(file, ["_", "counted"], [], {}):
            texts = [text for text in (said if isinstance(said, tuple) else (said,)) if text]
            if function == "counted" and texts:
                one, many = texts[0], texts[1] if len(texts) > 1 else f"{texts[0]}s"
                yield f"%(number)s {one}", f"%(number)s {many}"
            elif texts:
                yield texts[0]


def handed() -> Iterator[str]:
    """What the pages are handed by Python: names of rooms, keys, deeds, facets, fates and fields."""
    yield from (name for _, name in framing.PLACES)
    yield from (does for _, does in framing.KEYS)
    yield from (*forms.DEEDS.values(), *forms.LETTERS.values())
    yield from (label for _, label in forms.WORDED.values())
    for words in (forms.safeguards(), forms.guards(), forms.items()):
        yield from (word.replace("-", " ") for word in words)
    yield from (*flow_pages.NAMES.values(), *(said for _, _, said in flow_pages.VERDICTS.values()))
    yield from (fate.said for fate in SentenceFate)
    yield from (*notice_screens.REASONS, *notice_page.LABELS, *home.ACTIONS)
    yield from (*blind_screens.LABELS.values(), *unplaced.CALLED.values())
    for kind, (called, _) in KINDS.items():
        yield called
        yield from _of_fields(tuple(shapes(kind).values()))


def _of_fields(found: Sequence[FieldShape]) -> Iterator[str]:
    for shape in found:
        yield FormField("", shape).label
        if shape.help:
            yield shape.help
        yield from _of_fields(tuple(shape.fields.values()))


if __name__ == "__main__":
    main()
