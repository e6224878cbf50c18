"""`ropa flows`: the list of the flows."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked, wholeness
from ropa.cli.options import Asked, judging, text_or_json, writing
from ropa.cli.output import put


@click.command("flows")
@judging
@text_or_json
@writing
def command(format_: str, output: Path | None, asked: Asked) -> None:
    """List the flows, with the verdict on each of their facets."""
    from ropa import plugins

    checked, _ = checked_register(asked)
    say_how_it_was_checked(checked)
    put(plugins.load("exporters", f"flows-{format_}").render(checked), output)
    raise SystemExit(wholeness(checked))
