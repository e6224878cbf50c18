"""`ropa why`: how the verdict on one flow came about."""

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked, wholeness
from ropa.cli.options import Asked, Word, judging
from ropa.cli.output import put


@click.command("why")
@click.argument("flow", type=Word())
@judging
def command(flow: str, asked: Asked) -> None:
    """Print how the verdict on FLOW came about, sentence by sentence."""
    from ropa.why import derive

    checked, _ = checked_register(asked)
    say_how_it_was_checked(checked)
    put(derive(checked.case, flow), None)
    raise SystemExit(wholeness(checked))
