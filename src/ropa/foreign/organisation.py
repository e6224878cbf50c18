"""Whose record it is, as the rows above its headings say it: name, address, e-mail and telephone, in blocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ropa.foreign.headings import plain_heading
from ropa.foreign.layout import RecordLayout
from ropa.foreign.lookup import says_nothing
from ropa.foreign.words import slug

_WHO = {
    "controller": "organisation", "data controller": "organisation", "organisation": "organisation",
    "controller details": "organisation", "data protection officer": "dpo", "dpo": "dpo",
    "data protection officer if applicable": "dpo", "representative": "representative",
    "representative if applicable": "representative", "processor": "organisation",
}  # fmt: skip
_WHAT = {
    "name": "name", "address": "address", "email": "email", "e mail": "email", "telephone": "telephone",
    "phone": "telephone", "name and contact details": "name", "post": "address", "tel": "telephone",
}  # fmt: skip


LABEL = "label"
"""What a cell says of an organisation that only leads in to what does."""


class ContactBlock(Struct, frozen=True):
    """What is said of the organisation, and the cells that say it or lead in to it, each with what it says."""

    says: Mapping[str, str]
    places: Mapping[tuple[int, int], str]


def block_above(layout: RecordLayout) -> ContactBlock:
    """The contacts above the headings of a record."""
    grid = layout.grid
    says: dict[str, str] = {}
    places: dict[tuple[int, int], str] = {}
    heads: dict[int, str] = {}
    for row in range(layout.heading_rows[0]):
        for column, text in enumerate(grid.rows[row]):
            named = plain_heading(text)
            if named in _WHO:
                heads[column] = _WHO[named]
                places[row, column] = LABEL
            elif named in _WHAT and (who := _above(heads, column)):
                value = grid.text(row, column + 1)
                places[row, column] = LABEL
                if value and not says_nothing(value):
                    says.setdefault(f"{who}_{_WHAT[named]}", " ".join(value.split()))
                if value:
                    places[row, column + 1] = f"{who}_{_WHAT[named]}"
    return ContactBlock(says, places) if says else ContactBlock({}, {})


def _above(heads: Mapping[int, str], column: int) -> str:
    """Whom a label is about: the nearest title above, at or left of its column."""
    left = [place for place in heads if place <= column]
    return heads[max(left)] if left else ""


_PARTS = {
    "contact": ("organisation_address", "organisation_email", "organisation_telephone"),
    "dpo": ("dpo_name", "dpo_address", "dpo_email", "dpo_telephone"),
    "representative": (
        "representative_name", "representative_address", "representative_email", "representative_telephone",
    ),
}  # fmt: skip


def organisation_of(said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The organisation as a document of ours, where its name is said."""
    name = said.get("organisation_name", "")
    if name:
        made = {"kind": "organisation", "id": slug(name) or "organisation", "name": name}
        for key, parts in _PARTS.items():
            found = [said[part] for part in parts if said.get(part)]
            made |= {key: ", ".join(found)} if found else {}
        yield made
