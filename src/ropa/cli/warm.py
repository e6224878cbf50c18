"""A check that need not begin from nothing: what earlier runs have read, and a check that stays and looks again."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import directed
from ropa.cli.codes import BROKEN
from ropa.cli.options import Asked
from ropa.cli.output import tell
from ropa.errors import RopaError

if TYPE_CHECKING:
    from ropa.case import Case
    from ropa.cli.asking import Directed
    from ropa.documents.kept import KeptBooks
    from ropa.seen.before import ReadRegister


COLLECTED = 8
"""After so many checks the memory that they left behind is looked through."""


@contextmanager
def read_before(*, no_cache: bool) -> "Iterator[KeptBooks]":
    """What earlier runs have read, and what this one reads: kept when it is done, unless without a cache."""
    from ropa.documents.kept import KeptBooks, kept_books

    books, why_not = (KeptBooks(), "") if no_cache else kept_books()
    if why_not:
        tell(f"ropa: nothing is kept for the next run: {why_not}")
    yield books
    books.write()


class CheckedBefore:
    """A register that is checked again and again: only what is otherwise than before is read and judged."""

    def __init__(self, books: "KeptBooks") -> None:
        self.books = books
        self._read: ReadRegister | None = None
        self._last: tuple[Directed, Case] | None = None

    def __call__(self, how: "Directed") -> "Case":
        """The case of the register as it now stands; made from nothing where more than its files has changed."""
        from ropa import engine
        from ropa.seen.before import ReadRegister

        alike = self._last is not None and self._last[0] == how
        if self._read is None or not alike:
            self._read, self._last = ReadRegister(how.root), None
        read = self._read
        read.refresh()
        case = engine.make_case(
            read.documents(),
            how.settings,
            how.root,
            trust=how.trust,
            published=lambda documents, _: read.texts(documents),
            before=self._last[1] if self._last else None,
            books=self.books,
        )
        self._last = how, case
        return case


def watching(once: Callable[[], int], asked: Asked, written: Collection[Path]) -> int:
    """Check, and check anew whenever something has changed, until Ctrl+C; the exit code of the last check.

    What the check itself has `written` is no change. Raises `MissingExtra` where nothing is there to watch with.
    """
    from ropa.workbench.news import changes

    places = [place for place in _places(asked) if place.exists()]
    news, code = changes(places, written), _tried(once)
    tell(f"ropa: watching {', '.join(map(str, places))}; Ctrl+C ends it")
    try:
        for number, _ in enumerate(news):
            click.clear()
            code = _tried(once)
            if number % COLLECTED == 0:
                gc.collect()  # what checks have left behind, once what somebody waits for is printed
    except KeyboardInterrupt:
        pass
    return code


def _tried(once: Callable[[], int]) -> int:
    """A check; what stops it, such as settings that cannot be read, is said, and may be mended."""
    try:
        return once()
    except click.ClickException as error:
        error.show()
    except RopaError as error:
        tell(f"ropa: {error}")
    return BROKEN


def _places(asked: Asked) -> Iterator[Path]:
    """The register, and the files beside it that a check reads."""
    how = directed(asked)
    said = how.said
    yield how.root
    yield from (f for f in (said.path, said.baseline, said.allowed_signers, asked.baseline) if f)
