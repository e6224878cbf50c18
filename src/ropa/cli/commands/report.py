"""`ropa report`: the page to review, and the gap report."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked
from ropa.cli.options import Asked, NamedPath, choosing, judging, starting_from
from ropa.cli.output import put, tell

_REPORTS = {
    "html": "review.html",
    "markdown": "gap-report.md",
    "json": "gap-report.json",
    "pdf": "gap-report.pdf",
}
"""What is written into the folder of the reports, by its format."""


@click.command("report")
@judging
@choosing
@starting_from
@click.option(
    "--format", "formats", type=click.Choice(tuple(_REPORTS)), multiple=True,
    default=("html", "markdown", "json"), show_default=True, help="What to write it as. May be given several times.",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=NamedPath(), default=Path("reports"), show_default=True,
    help="The folder to write to.",
)  # fmt: skip
def command(folder: Path, formats: tuple[str, ...], asked: Asked) -> None:
    """Write the page to review (html), and the gap report for a meeting (markdown, pdf) and for programs (json)."""
    from ropa import before_after, plugins

    checked, _ = checked_register(asked)
    if "html" in formats:
        checked = before_after.looking_ahead(checked)
    say_how_it_was_checked(checked)
    for format_ in formats:
        file = folder / _REPORTS[format_]
        put(plugins.load("reporters", format_).render(checked), file)
        tell(f"wrote {file}")
