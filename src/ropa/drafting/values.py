"""A privacy notice in draft, as values: what it says, in which order, and the statement each sentence makes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from ropa.register.model import Claim, Words
from ropa.visible import visible

Body = Mapping[str, str | Words | Mapping[str, str | Words]]
"""What a statement holds below its claim, by the keys it is written with."""


class Saying(Struct, frozen=True):
    """What a sentence claims: the statement to tie it to. Items stand in `body` below `informs`."""

    claim: Claim
    body: Body


class DraftLine(Struct, frozen=True):
    """A paragraph, or an entry of a list: its words, of which the first `strong` characters stand out.

    `slots` are instructions to whoever has to write what the register does not say; they stand behind the
    words and are no part of what these claim.
    """

    text: str
    says: tuple[Saying, ...] = ()
    strong: int = 0
    slots: Words = ()

    @property
    def quote(self) -> str:
        """The words that a statement quotes."""
        return self.text


class DraftBullets(Struct, frozen=True):
    """A list."""

    entries: tuple[DraftLine, ...]


class DraftRow(Struct, frozen=True):
    """A row of a table: what it is about, what is said of it, and the claims both make together."""

    about: str
    said: str
    says: tuple[Saying, ...] = ()
    slots: Words = ()

    @property
    def quote(self) -> str:
        """The words that a statement quotes: a row is read from left to right."""
        return f"{self.about} {self.said}".strip()


class DraftTable(Struct, frozen=True):
    """A table of two columns."""

    heads: tuple[str, str]
    rows: tuple[DraftRow, ...]


Block = DraftLine | DraftBullets | DraftTable


class DraftPart(Struct, frozen=True):
    """Something below a heading of its own inside a section."""

    heading: str
    blocks: tuple[Block, ...]


class Section(Struct, frozen=True):
    """A section of the notice. `key` is its name as an anchor."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    parts: tuple[DraftPart, ...] = ()


class Draft(Struct, frozen=True):
    """A notice for some people. `lacks` is what the law wants told and the register does not say."""

    id: str
    name: str
    audience: Words
    start: date | None
    intro: tuple[DraftLine, ...]
    sections: tuple[Section, ...]
    lacks: tuple[str, ...]

    @property
    def said(self) -> Iterator[tuple[str, tuple[DraftLine | DraftRow, ...]]]:
        """The headings of the notice, each with what makes a claim below it."""
        for section in self.sections:
            blocks = (*section.blocks, *(block for part in section.parts for block in part.blocks))
            claims = tuple(one for one in entries(blocks) if one.says)
            if claims:
                yield section.heading, claims

    @property
    def slots(self) -> tuple[str, ...]:
        """Every instruction to write something, in the order of the text."""
        blocks = (
            block
            for section in self.sections
            for block in (*section.blocks, *(b for part in section.parts for b in part.blocks))
        )
        return tuple(slot for one in entries((*self.intro, *blocks)) for slot in one.slots)


def entries(blocks: Iterable[Block]) -> Iterator[DraftLine | DraftRow]:
    """The lines and rows of some blocks."""
    for block in blocks:
        match block:
            case DraftLine():
                yield block
            case DraftBullets():
                yield from block.entries
            case DraftTable():
                yield from block.rows


def line(text: str, *says: Saying, strong: str = "", slots: Iterable[str] = ()) -> DraftLine:
    """A line that begins with what stands out. Nothing in it is hidden, and it is on one line."""
    start = flat(strong)
    words = flat(f"{strong}{text}")
    return DraftLine(
        words, says, len(start) if words.startswith(start) else 0, tuple(dict.fromkeys(slots))
    )


def flat(text: str) -> str:
    """Words on one line, in which nothing is hidden."""
    return " ".join(visible(text).split())
