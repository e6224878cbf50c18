"""`ropa terms`: the words that ship with the package."""

import click

from ropa.cli.output import put


@click.command("terms")
@click.argument("word", required=False)
@click.option(
    "--facet", type=click.Choice(["subject", "data", "purpose", "recipient", "country", "trigger"])
)
def command(word: str | None, facet: str | None) -> None:
    """List the words that ship with ropa, each below its broader word; or those that WORD may mean.

    WORD is looked for in their short names, labels and synonyms.
    """
    from ropa.engine import vocabulary_as_text, words_like

    put(vocabulary_as_text(facet) if word is None else words_like(word, facet), None)
