"""`ropa propose`: keep these proposals, for a person to decide on."""

from pathlib import Path

import click

from ropa.cli.asking import answered
from ropa.cli.options import NamedPath, Word, text_or_json


@click.command("propose")
@click.argument("file", metavar="FILE|-", type=NamedPath())
@click.argument("registry", type=NamedPath(), required=False)
@click.option("--by", type=Word(), metavar="NAME", help="Who proposes.")
@text_or_json
def command(file: Path, registry: Path | None, by: str | None, format_: str) -> None:
    """Keep the proposals in FILE that the words and the sentences of a register bear out.

    FILE is YAML or JSON, as docs/agents.md shows it; - is what is piped in. A proposal is refused where its quote is
    not in the notice letter for letter, where a word is not in the vocabulary, or where its sentence goes against it.
    What may be kept is written into the register as proposed: it counts for nothing until a person accepts it.
    How many were refused for which reason is counted in ropa-proposals.jsonl, beside the settings; nothing else is
    written. Exits with 1 when any was refused.
    """
    raise SystemExit(answered(file, registry, by, format_, keep=True))
