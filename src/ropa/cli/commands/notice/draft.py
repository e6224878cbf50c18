"""`ropa notice draft`: a notice, drafted from the register."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ropa.cli.asking import checked_register
from ropa.cli.codes import BROKEN, CLEAN
from ropa.cli.options import Asked, Day, Id, NamedPath, Word, judging
from ropa.cli.output import put, put_all, tell

if TYPE_CHECKING:
    from ropa.report import Report

_FORMATS = {".md": "markdown", ".html": "html", ".htm": "html"}
_OTHERS = frozenset({".docx", ".doc", ".pdf", ".txt", ".yaml", ".yml", ".json"})
_SUFFIX = {"markdown": ".md", "html": ".html"}


@click.command("draft")
@click.argument("audience", type=Word())
@judging
@click.option(
    "--format", "format_", default=None, type=click.Choice(["markdown", "html"]),
    help="What the text is written as (markdown, or what the name of the file says).",
)  # fmt: skip
@click.option(
    "--output", "-o", type=NamedPath(), metavar="FOLDER|FILE",
    help="Write the text here, and its statements beside it. A folder gets the two under the notice's id.",
)  # fmt: skip
@click.option(
    "--id",
    "id_",
    type=Id(),
    default="",
    help="The id of the notice (such as children-in-need-draft).",
)
@click.option("--in-force-from", "start", type=Day(), help="The day from which people get it.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def command(  # noqa: PLR0913 - the options of the command line
    audience: str,
    format_: str | None,
    output: Path | None,
    id_: str,
    start: date | None,
    *,
    force: bool,
    asked: Asked,
) -> None:
    """Draft a privacy notice for AUDIENCE from the register, with the statements that tie it to the register.

    AUDIENCE is a group of people by its id or name, several with commas between them, or a notice's id for the
    people of that notice. The draft tells them every flow and every item of Articles 13 and 14 that is due. What the
    register does not say is left as a slot in the text, and listed.

    Exits with 2 when the register could not be read as a whole, because then the draft may leave something out.
    """
    wanted = _WantedDraft(audience, _format(format_, output), id_, start)
    drafted, checked = _drafted(wanted, asked)
    written = drafted.files(output)
    put_all(written, force=force) if written else put(drafted.text, None)
    for said in drafted.remarks(written):
        tell(said)
    raise SystemExit(_wholeness(checked))


class Drafted(Struct, frozen=True):
    """A notice in draft as it is written, and where its parts go."""

    id: str
    format: str
    text: str
    statements: "Callable[[str], str]"
    lacks: tuple[str, ...]

    def files(self, output: Path | None) -> dict[Path, str]:
        """The text and its statements by the files to write them to; none where they go to the terminal."""
        if output is None or str(output) == "-":
            return {}
        named = output.suffix.lower() in _FORMATS and not output.is_dir()
        text = output if named else output / f"{self.id}{_SUFFIX[self.format]}"
        return {text: self.text, text.with_suffix(".yaml"): self.statements(text.name)}

    def remarks(self, files: dict[Path, str]) -> "Iterator[str]":
        """What to say besides the text: where it went, and what has to be written still."""
        yield from (f"wrote {path}" for path in files)
        yield from (f"ropa: the register does not say {lack}" for lack in self.lacks)
        if self.lacks:
            yield "ropa: the text has a slot for each, in square brackets; `ropa check` finds those that are left"
        if not files:
            yield "ropa: to write the text and its statements to files, add -o FOLDER"


class _WantedDraft(Struct, frozen=True):
    """For whom a notice is wanted, in which format, under which id, and from when."""

    audience: str
    format: str
    id: str
    start: date | None


def _format(wanted: str | None, output: Path | None) -> str:
    """What the text is written as: as wanted, or as the name of the file says."""
    suffix = output.suffix.lower() if output and not output.is_dir() else ""
    if suffix in _OTHERS:
        raise click.UsageError(
            f"{output} is neither a folder nor a file that ends in .md or .html."
        )
    said = _FORMATS.get(suffix)
    if said and wanted and said != wanted:
        raise click.UsageError(f"{output} is not a name for {wanted}.")
    return wanted or said or "markdown"


def _drafted(wanted: _WantedDraft, asked: Asked) -> "tuple[Drafted, Report]":
    """The draft of a notice, and the check of the register it is drafted from."""
    from ropa import plugins
    from ropa.drafting import draft

    report, _ = checked_register(asked)
    case = report.case
    made = draft(case.graph, case.settings, wanted.audience, wanted.id, wanted.start)
    writer = plugins.load("exporters", f"notice-{_SUFFIX[wanted.format][1:]}")
    statements = plugins.load("exporters", "notice-yaml")
    drafted = Drafted(
        made.id,
        wanted.format,
        writer.render(made),
        lambda name: str(statements.render(made, name, writer.quote)),
        made.lacks,
    )
    return drafted, report


def _wholeness(report: "Report") -> int:
    """Say that not all of the register could be read, if it is so; the exit code."""
    if report.case.whole:
        return CLEAN
    said = "the draft may leave something out, because not all of the register could be read"
    tell(f"ropa: {said}; `ropa check` says more")
    return BROKEN
