"""`ropa notice accept`: a person lets what is proposed count."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from ropa.cli.asking import directed
from ropa.cli.options import Asked, Day, NamedPath, Word, today
from ropa.cli.output import put, put_many, tell


class Numbers(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """The number of a proposal, or several as in 3-7 and 1,4-6."""

    name = "n"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[range, ...]:
        """All of them."""
        if isinstance(value, tuple):
            return value
        return tuple(self._range(part, param, ctx) for part in str(value).rstrip(",").split(","))

    def _range(self, part: str, param: click.Parameter | None, ctx: click.Context | None) -> range:
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or len(part) > _LONGEST:
            self.fail(f"“{part}” is no number of a proposal; write it like 3 or 3-7", param, ctx)
        return range(int(first), int(last or first) + 1)


_LONGEST = 12


class ChosenWord(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A key and the word that was chosen for it."""

    name = "key=word"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two."""
        if isinstance(value, tuple):
            return value
        key, _, word = value.partition("=")
        if not key.strip() or not word.strip():
            self.fail(f"“{value}” chooses nothing; write it like purposes=billing", param, ctx)
        return key.strip(), word.strip()


@click.command("accept")
@click.argument("notice", type=Word())
@click.argument("numbers", type=Numbers(), nargs=-1)
@click.option(
    "--facet", "facets", type=Word(), multiple=True, metavar="KEY",
    help="Accept only this of each: data, to, from, purposes, basis, period …",
)  # fmt: skip
@click.option(
    "--choose", "chosen", type=ChosenWord(), multiple=True, metavar="KEY=WORD",
    help="The word for what a proposal leaves to be chosen, as in purposes=billing.",
)  # fmt: skip
@click.option("--drop", is_flag=True, help="Delete them instead: what they propose is wrong.")
@click.option("--by", type=Word(), metavar="NAME", help="Who has read the sentences and accepts.")
@click.option("--on", type=Day(), default=today, help="The day (today).")
@click.option("--registry", type=NamedPath(), help="The folder of the register.")
def command(  # noqa: PLR0913 - the options of the command line
    notice: str,
    numbers: tuple[tuple[range, ...], ...],
    *,
    facets: tuple[str, ...],
    chosen: tuple[tuple[str, str], ...],
    drop: bool,
    by: str | None,
    on: date,
    registry: Path | None,
) -> None:
    """Let the statements N of NOTICE count that are only proposed; without a number, show them.

    A statement is yours once you accept it: read its sentence first. With --facet it states only what you name, and
    what limits it; the rest of it is left out. Who accepted what from which proposer is written beside it, and is part
    of what is signed. Nothing else of the file changes.
    """
    from ropa.proposing import open as proposals
    from ropa.proposing.taking import Taken, keys_named

    root = directed(Asked(on, registry)).root
    document = proposals.notice_document(root, notice)
    if not numbers:
        put("".join(f"{line}\n" for line in proposals.as_text(document)), None)
        return
    wanted = [number for some in numbers for one in some for number in _bounded(one)]
    if drop:
        file = proposals.drop(document, wanted)
    elif by:
        file = proposals.accept(document, wanted, Taken(by, on, keys_named(facets), dict(chosen)))
    else:
        raise click.UsageError(
            "say who accepts with --by NAME: it is written beside the statement."
        )
    put_many({root / file.path: file.on_disk(root)})
    for line in _said(wanted, file.path, drop=drop):
        tell(line)


def _bounded(numbers: range) -> range:
    if len(numbers) > _MOST:
        raise click.UsageError(f"{numbers[0]}-{numbers[-1]} are more proposals than a notice has.")
    return numbers


_MOST = 10_000


def _said(wanted: Sequence[int], path: str, *, drop: bool) -> Iterator[str]:
    from ropa.saying import phrases

    number = phrases.count(len(set(wanted)), "proposal")
    yield f"{'deleted' if drop else 'accepted'} {number} in {path}; `ropa check` says what that changes"
