"""`ropa baseline`: what is found now, so that only what is new fails."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked
from ropa.cli.codes import BROKEN, CLEAN
from ropa.cli.options import Asked, NamedPath, choosing, judging
from ropa.cli.output import put, tell


@click.command("baseline")
@judging
@choosing
@click.option(
    "--output", "-o", type=NamedPath(),
    help="Write here (the baseline of the settings, or ropa-baseline.json).",
)  # fmt: skip
def command(output: Path | None, asked: Asked) -> None:
    """Write down what is found now, so that `ropa check --baseline` fails only for what is new.

    What could not be checked is never written down, and then the command exits with 2. Nor is what a
    waiver accepts, or what is wrong with a waiver.
    """
    from ropa.accepting import baseline as baselines

    checked, configured = checked_register(asked, afresh=True)
    say_how_it_was_checked(checked)
    output = output or configured.baseline or Path(baselines.NAME)
    put(checked.as_baseline(), output)
    if str(output) != "-":
        tell(f"wrote {output}")
    raise SystemExit(BROKEN if checked.undecided else CLEAN)
