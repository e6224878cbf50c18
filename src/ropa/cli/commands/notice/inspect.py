"""`ropa notice inspect`: which items of Articles 13 and 14 a notice seems to say."""

from pathlib import Path

import click

from ropa.cli.options import NamedPath, text_or_json, writing
from ropa.cli.output import put


@click.command("inspect")
@click.argument("file", type=NamedPath())
@click.option(
    "--main", default="", metavar="SELECTOR", help="The part of a page that is the notice, in CSS."
)
@text_or_json
@writing
def command(file: Path, main: str, format_: str, output: Path | None) -> None:
    """Print which items of Articles 13 and 14 FILE seems to say, and in which sentences.

    FILE is Markdown, plain text, HTML, Word (.docx) or PDF. No register is needed. This is a first look: the
    sentences look like it, and nobody has read whether they say enough.
    """
    from ropa.seen.published import read_notice_file
    from ropa.wording import inspection

    shown = inspection.as_json if format_ == "json" else inspection.as_text
    put(shown(read_notice_file(file, main)), output)
