"""`ropa terms`: the words that ship with the package."""

import click

from ropa.cli.output import put


@click.command("terms")
@click.option("--facet", type=click.Choice(["subject", "data", "purpose", "recipient", "country"]))
def command(facet: str | None) -> None:
    """List the words that ship with ropa, each below its broader word."""
    from ropa.engine import vocabulary_as_text

    put(vocabulary_as_text(facet), None)
