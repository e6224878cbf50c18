"""`ropa diff`: what changed between two states of a register."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from ropa.cli.asking import choices, directed
from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import Asked, Day, NamedPath, Shelf, Word, choosing, deciding, writing
from ropa.cli.output import put

if TYPE_CHECKING:
    from ropa.changes.comparison import Comparison


@click.command("diff")
@click.argument("old", type=Word())
@click.argument("new", type=Word(), required=False)
@deciding
@choosing
@click.option(
    "--registry", type=NamedPath(), help="The folder of the register (as the settings say)."
)
@click.option("--old-as-of", type=Day(), help="Judge OLD as of this day (that of --as-of).")
@click.option(
    "--format",
    "format_",
    type=Shelf("differences"),
    default="text",
    help="text, markdown or json.",
)
@writing
@click.option(
    "--fail-on", "failing", type=click.Choice(["newly-untold", "never"]), default="never", show_default=True,
    help="What makes the command fail.",
)  # fmt: skip
def command(  # noqa: PLR0913 - the options of the command line
    *,
    old: str,
    new: str | None,
    old_as_of: date | None,
    format_: str,
    output: Path | None,
    failing: str,
    asked: Asked,
) -> None:
    """Say what changed from OLD to NEW: what is done, what people are told, and who must be told before.

    OLD and NEW are folders, or revisions of git, written REV or REV:path. Without NEW it is the register as it
    is in the working tree. Exits with 0, with 1 for what --fail-on names, and with 2 when one of the two could
    not be checked.
    """
    from ropa import plugins

    comparison = _compared(old, new, old_as_of, asked)
    put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        raise SystemExit(BROKEN)
    raise SystemExit(FOUND if failing == "newly-untold" and comparison.untold else CLEAN)


def _compared(old: str, new: str | None, old_as_of: date | None, asked: Asked) -> "Comparison":
    """Both sides by the settings of the working tree: a change of those is no change of the register."""
    from ropa import before_after
    from ropa.changes.history import as_it_was
    from ropa.changes.trusted import as_kept

    how = directed(asked)
    now, here = how.settings, how.root
    then = replace(now, day=old_as_of or now.day)
    with as_it_was(old, here) as before, as_it_was(new or str(here), here) as after:
        rules = choices(asked, how.said)
        found = before_after.compare((before, then), (after, now), rules, how.trust)
        old_side, new_side = (as_kept(side or str(here), here) for side in (old, new))
        return before_after.with_directions(found, old_side, new_side)
