"""`ropa explain`: the page of a rule."""

import click

from ropa.cli.options import Shelf
from ropa.cli.output import put


@click.command("explain")
@click.argument("rule", type=Shelf("rules"), required=False)
def command(rule: str | None) -> None:
    """Print the page of RULE: the fault, the law, how to mend it, examples. Without RULE, list the rules."""
    from ropa import plugins

    rules = (plugins.rule(name).info for name in plugins.names("rules"))
    put(
        plugins.page(rule)
        if rule
        else "".join(f"{r.id} ({r.severity}): {r.summary}\n" for r in rules),
        None,
    )
