"""`ropa review`: the workbench, a register in the browser."""

from typing import TYPE_CHECKING

import click

from ropa.cli.asking import choices, directed
from ropa.cli.options import Asked, choosing, judging, starting_from
from ropa.cli.output import put

if TYPE_CHECKING:
    from ropa.accepting.baseline import Baseline
    from ropa.cli.asking import Directed


@click.command("review")
@judging
@choosing
@starting_from
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="The address to listen at (127.0.0.1)."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port (any that is free)."
)
@click.option(
    "--blind", type=click.IntRange(1, 1000), metavar="N",
    help="Begin with N accepted proposals, shown again without what was accepted.",
)  # fmt: skip
@click.option("--open/--no-open", "opens", default=True, help="Open it in the browser (it does).")
def command(*, host: str, port: int, blind: int | None, opens: bool, asked: Asked) -> None:
    """Tie notices to the register in the browser, and see each verdict change before it is saved.

    Prints an address to open, which is for you alone: whoever has it may write into the register. It listens on this
    machine only, unless --host names another of its addresses. Ctrl+C ends it. With --blind it asks again about
    proposals that were accepted, and says how often people agree with themselves; the next sign-off says so, too.
    """
    from ropa.workbench.desk import Checking, Desk
    from ropa.workbench.server import Workbench

    how = directed(asked)
    checking = Checking(how.settings, choices(asked, how.said), _listed(how), how.trust)
    bench = Workbench(Desk(how.root, checking), host, port, blind=blind or 0)
    put(f"{bench.first_address}\n", None)

    def ready() -> None:
        if opens:
            click.launch(bench.first_address)

    bench.serve(ready)


def _listed(how: "Directed") -> "Baseline":
    from pathlib import Path

    from ropa.accepting import baseline

    if isinstance(how.baseline, Path):
        return baseline.read(how.baseline, how.root)
    return how.baseline or baseline.Baseline()
