"""`ropa notice read`: what each sentence of a notice says, and which words it rests on."""

from pathlib import Path

import click

from ropa.cli.options import NamedPath, text_or_json, writing
from ropa.cli.output import put


@click.command("read")
@click.argument("file", type=NamedPath())
@click.argument("registry", type=NamedPath(), required=False)
@text_or_json
@writing
def command(file: Path, registry: Path | None, format_: str, output: Path | None) -> None:
    """Print what each sentence of FILE says: who does what, whether it is denied, and which words it names.

    FILE is Markdown, plain text, HTML, Word (.docx) or PDF. The words are those that ship with ropa, and those of
    the register in REGISTRY where one is given. Words in brackets are those that the reading rests on. A reading
    tells nobody anything: only a statement of the register does.
    """
    from ropa.engine import words_of
    from ropa.reading import shown
    from ropa.reading.memo import Readings
    from ropa.reading.names import Names
    from ropa.seen.published import read_notice_file

    readings = Readings(read_notice_file(file), Names.of(words_of(registry)))
    put(shown.as_json(readings) if format_ == "json" else shown.as_text(readings), output)
