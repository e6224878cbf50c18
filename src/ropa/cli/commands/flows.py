"""`ropa flows`: the list of the flows."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked, wholeness
from ropa.cli.options import Asked, Word, judging, text_or_json, writing
from ropa.cli.output import put


@click.command("flows")
@click.option(
    "--reach",
    metavar="GROUP",
    type=Word(),
    help="Say who can end up holding this group's data instead, however many steps away.",
)
@judging
@text_or_json
@writing
def command(reach: str | None, format_: str, output: Path | None, asked: Asked) -> None:
    """List the flows, with the verdict on each of their facets."""
    from ropa import plugins
    from ropa.reach import as_json, as_text
    from ropa.visible import to_json

    checked, _ = checked_register(asked)
    say_how_it_was_checked(checked)
    if reach is None:
        put(plugins.load("exporters", f"flows-{format_}").render(checked), output)
    elif format_ == "json":
        put(to_json(as_json(checked.case, reach)), output)
    else:
        put(as_text(checked.case, reach), output)
    raise SystemExit(wholeness(checked))
