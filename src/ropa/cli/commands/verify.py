"""`ropa verify`: would these proposals be kept?"""

from pathlib import Path

import click

from ropa.cli.asking import answered
from ropa.cli.options import NamedPath, Word, text_or_json


@click.command("verify")
@click.argument("file", metavar="FILE|-", type=NamedPath())
@click.argument("registry", type=NamedPath(), required=False)
@click.option("--by", type=Word(), metavar="NAME", help="Who proposes.")
@text_or_json
def command(file: Path, registry: Path | None, by: str | None, format_: str) -> None:
    """Hold the proposals in FILE against the words and the sentences of a register, and keep nothing.

    FILE is YAML or JSON, as docs/agents.md shows it; - is what is piped in. A proposal is refused where its quote is
    not in the notice letter for letter, where a word is not in the vocabulary, or where its sentence goes against it.
    Exits with 1 when any would be refused.
    """
    raise SystemExit(answered(file, registry, by, format_, keep=False))
