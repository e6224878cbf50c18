"""`ropa report`: the page to review, and the gap report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked, wholeness
from ropa.cli.options import Asked, NamedPath, choosing, judging, owned, starting_from
from ropa.cli.output import put_many, tell

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from collections.abc import Mapping

    from ropa.paper.evidence_report import EvidenceReport
    from ropa.report import Report

_REPORTS = {
    "html": "review.html",
    "markdown": "gap-report.md",
    "json": "gap-report.json",
    "pdf": "gap-report.pdf",
}
"""What is written into the folder of the reports, by its format."""


_EVIDENCE = ("html", "json", "pdf")
"""The formats of the evidence for an auditor."""


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
@owned
@click.option(
    "--evidence", "notice", is_flag=False, flag_value="", default=None, metavar="[=NOTICE]",
    help="Write the evidence for an auditor instead: each due facet with its sentence, of one notice or of all.",
)  # fmt: skip
def command(
    folder: Path, formats: tuple[str, ...], owner: str | None, notice: str | None, asked: Asked
) -> None:
    """Write the page to review (html), and the gap report for a meeting (markdown, pdf) and for programs (json).

    With --evidence, write what proves each thing that people are told (html, pdf, json).
    """
    from ropa import before_after, plugins

    checked, _ = checked_register(asked)
    if notice is not None:
        _write_evidence(checked, notice, folder, formats)
        raise SystemExit(wholeness(checked))
    whole, checked = checked, checked.of_owner(owner) if owner else checked
    if "html" in formats:
        checked = before_after.looking_ahead(checked)
    say_how_it_was_checked(checked)
    _write(
        {folder / _REPORTS[f]: plugins.load("reporters", f).render(checked) for f in formats},
    )
    raise SystemExit(wholeness(whole))


def _write_evidence(checked: "Report", notice: str, folder: Path, formats: tuple[str, ...]) -> None:
    """Write the evidence for an auditor; what it has no format for is left out."""
    from ropa.paper.evidence_report import evidence_report

    found = evidence_report(checked, notice)
    say_how_it_was_checked(checked)
    wanted = [one for one in formats if one in _EVIDENCE]
    _write({folder / f"evidence.{format_}": _rendered(found, format_) for format_ in wanted})


def _write(files: "Mapping[Path, str | bytes]") -> None:
    """Write all the files, or none, and say which."""
    if files:
        put_many(files)
    for file in files:
        tell(f"wrote {file}")


def _rendered(found: "EvidenceReport", format_: str) -> str | bytes:
    match format_:
        case "html":
            from ropa.page.evidence_page import render

            return render(found)
        case "pdf":
            from ropa.paper.evidence_report import manuscript
            from ropa.paper.typesetter import typeset

            return typeset(manuscript(found))
    from ropa.paper.evidence_report import as_json

    return as_json(found)
