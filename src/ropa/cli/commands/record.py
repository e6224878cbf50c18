"""`ropa record`: the record of processing (Article 30)."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import checked_register
from ropa.cli.codes import BROKEN, CLEAN
from ropa.cli.options import Asked, judging, writing
from ropa.cli.output import put, tell

if TYPE_CHECKING:
    from ropa.report import Report


@click.command("record")
@judging
@click.option(
    "--format", "format_", default="md", show_default=True,
    type=click.Choice(["md", "markdown", "html", "pdf", "xlsx", "docx", "csv", "json", "jsonld"]),
)  # fmt: skip
@click.option(
    "--layout", type=click.Choice(["ropa", "ico"]), default="ropa", show_default=True,
    help="Of a workbook (xlsx): our own sheets, or the columns of the ICO's template for controllers.",
)  # fmt: skip
@click.option("--publication", is_flag=True, help="Leave out what the register marks as internal.")
@writing
def command(
    format_: str, layout: str, *, publication: bool, output: Path | None, asked: Asked
) -> None:
    """Write the record of processing (Article 30) from the register.

    Exits with 2 when the register could not be read as a whole, because then the record is not complete.
    """
    from ropa import plugins
    from ropa.record.gather import gather

    format_ = "md" if format_ == "markdown" else format_
    if layout == "ico" and format_ != "xlsx":
        raise click.UsageError("--layout ico is for --format xlsx.")
    checked, _ = checked_register(asked)
    case = checked.case
    made = gather(case.register, case.settings.day, publication=publication, unjudged=case.unjudged)
    name = f"record-{format_}-ico" if layout == "ico" else f"record-{format_}"
    put(plugins.load("exporters", name).render(made), output)
    raise SystemExit(_completeness(checked))


def _completeness(report: "Report") -> int:
    """Say what is missing from a record of the register, if anything is; the exit code."""
    case = report.case
    if case.whole and case.register.organisation and case.register.activities:
        return CLEAN
    said = "the record is not complete, because not all of the register could be read"
    if case.whole:
        said = "the record is empty: the register needs an organisation and activities"
    tell(f"ropa: {said}; `ropa check` says more")
    return BROKEN
