"""What a person has answered: which field a column holds, and what a text in it means."""

from collections.abc import Mapping

from msgspec import Struct

from ropa.foreign.headings import ASK, plain_heading
from ropa.foreign.lookup import plain


class Answers(Struct, frozen=True):
    """`columns` by the plain form of a heading, `cells` by that and the plain form of a text: what it means instead."""

    columns: Mapping[str, str] = {}
    cells: Mapping[tuple[str, str], str] = {}

    def meant(self, heading: str, text: str) -> str:
        """What a text in a column means; nothing where nobody has said."""
        found = self.cells.get((plain_heading(heading), plain(text)), "")
        return "" if found == ASK else found
