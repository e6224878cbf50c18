"""`ropa check`: hold every flow against the notices."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ropa.cli.asking import (
    checked_register,
    choices,
    directed,
    failing_at,
)
from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import (
    Asked,
    NamedPath,
    Shelf,
    Word,
    Written,
    choosing,
    failing,
    judging,
    owned,
    starting_from,
    writing,
)
from ropa.cli.output import append, put, put_many
from ropa.cli.warm import CheckedBefore, read_before, watching

if TYPE_CHECKING:
    from ropa.documents.kept import KeptBooks
    from ropa.report import Report


@click.command("check")
@judging
@choosing
@starting_from
@click.option(
    "--format", "format_", type=Shelf("reporters"), default="text",
    help="text, json, markdown, html, pdf; for CI github, gitlab, sarif, junit.",
)  # fmt: skip
@writing
@click.option(
    "--write", "also", type=Written(), multiple=True, metavar="FORMAT=FILE",
    help="Write this format to this file, too, such as sarif=ropa.sarif.",
)  # fmt: skip
@click.option(
    "--summary", type=NamedPath(),
    help="Append the gap report to this file, as to $GITHUB_STEP_SUMMARY.",
)  # fmt: skip
@click.option(
    "--all", "in_full", is_flag=True,
    help="Print every finding, and not what they come of.",
)  # fmt: skip
@click.option(
    "--changed-since", "since", type=Word(), metavar="REV",
    help="In format github, findings on lines that are not as at this revision of git come first.",
)  # fmt: skip
@owned
@failing("The least severe finding that makes the command fail (error).")
@click.option("--watch", is_flag=True, help="Stay, and print anew whenever something has changed.")
@click.option("--no-cache", is_flag=True, help="Use nothing of earlier runs, and keep nothing.")
@click.option(
    "--with", "planned", type=NamedPath(), multiple=True, metavar="FILE",
    help="What if the documents of FILE were in the register? Say what that changes.",
)  # fmt: skip
def command(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    output: Path | None,
    also: "tuple[tuple[str, Path], ...]",
    summary: Path | None,
    planned: tuple[Path, ...],
    in_full: bool,
    since: str | None,
    owner: str | None,
    watch: bool,
    no_cache: bool,
    asked: Asked,
) -> None:
    """Hold every flow against the notices and say which are not told, where, and why.

    What is to be done comes first, and what the findings come of; --all prints every finding with its place.

    With --with FILE, the documents of FILE (a planned activity, a draft notice; one with an id that is there
    takes its place) count as if they were in the register, and what is told otherwise then is all that is said.

    What was read of notices is kept in the user's own cache folder for the next run, never a verdict; --no-cache does
    without. With --watch the command stays until Ctrl+C ends it.

    Exits with 0 when nothing as severe as --fail-on was found, with 1 when something was, and with 2 when
    something could not be checked or decided, whatever --fail-on says.

    With --owner, only what NAME sees to is printed; what it exits with is still of the whole register.
    """
    if planned and (also or summary or since or watch):
        raise click.UsageError(
            "--with says one thing: it goes with none of --write, --summary, --changed-since, --watch."
        )
    if watch and summary:
        raise click.UsageError("--watch prints many times: it does not go with --summary.")
    if planned:
        raise SystemExit(_what_if(planned, format_, output, asked))
    wanted = _WantedOfCheck((*also, (format_, output)), summary, in_full, since, owner)
    with read_before(no_cache=no_cache) as books:
        once = partial(_once, asked, wanted, books, CheckedBefore(books) if watch else None)
        files = [file for _, file in wanted.formats if file]
        code = watching(once, asked, files) if watch else once()
    raise SystemExit(code)


class _WantedOfCheck(NamedTuple):
    """What is to be made of a check: each format with its file, or none for the terminal; what of it comes first."""

    formats: "tuple[tuple[str, Path | None], ...]"
    summary: Path | None
    in_full: bool
    since: str | None
    owner: str | None


def _once(
    asked: Asked, wanted: _WantedOfCheck, books: "KeptBooks", again: CheckedBefore | None
) -> int:
    """Check, print and write; the exit code."""
    from msgspec.structs import replace

    from ropa import plugins

    report, configured = checked_register(asked, books=books, again=again)
    touched = _touched(report, wanted.since) if wanted.since else {}
    whole = report = replace(report, in_full=wanted.in_full, touched=touched)
    report = report.of_owner(wanted.owner) if wanted.owner else report
    if any(name == "html" for name, _ in wanted.formats):
        report = _looking_ahead(report)
    made = [(file, plugins.load("reporters", name).render(report)) for name, file in wanted.formats]
    files = {file: text for file, text in made if file is not None and str(file) != "-"}
    if files:
        put_many(files)
    for file, text in made:
        if file not in files:
            put(text, None)
    if wanted.summary:
        append(plugins.load("reporters", "markdown").render(report), wanted.summary)
    return _exit_code(whole, asked.fail_on or configured.fail_on or "error")


def _looking_ahead(report: "Report") -> "Report":
    """For the page, which says what the law will change; nothing else pays for it."""
    from ropa import before_after

    return before_after.looking_ahead(report)


def _touched(report: "Report", revision: str) -> Mapping[str, frozenset[int]]:
    from ropa.changes.touched import touched_lines

    return touched_lines(report, revision)


def _exit_code(report: "Report", fail_on: str) -> int:
    """2 when something could not be checked or decided, 1 when something was found that fails, else 0."""
    if report.undecided:
        return BROKEN
    worst, failing = report.worst(), failing_at(fail_on)
    return FOUND if failing and worst and worst >= failing else CLEAN


def _what_if(planned: tuple[Path, ...], format_: str, output: Path | None, asked: Asked) -> int:
    """Only what comes of the planned documents can make the command fail: the register is held against itself."""
    from ropa import before_after, plugins

    if asked.baseline:
        raise click.UsageError("--with and --baseline go against each other.")
    how = directed(asked)
    rules = choices(asked, how.said)
    comparison = before_after.what_if(how.root, how.settings, planned, rules, how.trust)
    put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        return BROKEN
    failing = failing_at(asked.fail_on or how.said.fail_on or "error")
    worse = failing and any(f.rule.severity >= failing for f in comparison.appeared)
    return FOUND if failing and (worse or comparison.untold) else CLEAN
