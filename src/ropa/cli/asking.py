"""From the options of a command to the one function that does its work, and to its exit code."""

import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.output import Progress, put, remove
from ropa.errors import CannotRead
from ropa.visible import visible

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.case import Report
    from ropa.comparison import Comparison
    from ropa.coverage import Settings
    from ropa.findings import Severity
    from ropa.intake import Intake
    from ropa.selection import Choice
    from ropa.settings import Configuration

_REGISTRY = Path("registry")


def checked_register(  # noqa: PLR0913 - the options of the command line, and what the file says of each
    *,
    registry: Path | None,
    as_of: date,
    mode: str | None,
    linked: tuple[str, ...],
    max_hops: int | None,
    config: Path | None,
    no_config: bool,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    baseline: Path | None = None,
    afresh: bool = False,
) -> "tuple[Report, Configuration]":
    """The check of the register, and the settings of its file; the command line wins over those.

    `afresh` passes over the baseline: whoever writes one starts anew.
    """
    from ropa import engine

    gc.disable()  # there are no cycles worth finding, and looking for them costs as much as the check
    said = _configuration(registry, config, no_config=no_config)
    settings = _settled(said, as_of=as_of, mode=mode, linked=linked, max_hops=max_hops)
    choices = (said.choice, _choice(select, ignore))
    listed = None if afresh else baseline or said.baseline
    root = registry or said.registry or _REGISTRY
    with Progress() as progress:
        return engine.check(root, settings, progress.watch, choices, listed), said


def taken_in(  # noqa: PLR0913 - the options of the command line
    file: Path,
    format_: str | None,
    folder: Path | None,
    *,
    registry: Path | None,
    as_of: date,
    mode: str | None,
    linked: tuple[str, ...],
    max_hops: int | None,
    config: Path | None,
    no_config: bool,
) -> int:
    """Take a foreign file into the register, and say what changed and what did not come over."""
    from ropa import intake, plugins
    from ropa.source import Unreadable, read_bytes

    said = _configuration(registry, config, no_config=no_config)
    settings = _settled(said, as_of=as_of, mode=mode, linked=linked, max_hops=max_hops)
    root = registry or said.registry or _REGISTRY
    found = read_bytes(file.parent, file.name)
    if isinstance(found, Unreadable):
        raise CannotRead(f"{file}: {found.problem.message}; {found.problem.hint}")
    ending = f"-{file.suffix.lower().removeprefix('.')}"
    name = format_ or next((n for n in plugins.names("importers") if n.endswith(ending)), None)
    if name is None:
        known = ", ".join(f".{n.rpartition('-')[2]}" for n in plugins.names("importers"))
        raise CannotRead(
            f"{file} has an ending that says nothing; name a file that ends in {known}, or its --format"
        )
    try:
        made = intake.take_in(found, name, root, settings)
    except CannotRead as error:
        raise CannotRead(f"{file}: {error}") from error
    return _carried_out(made, root, folder)


def _carried_out(made: "Intake", root: Path, folder: Path | None) -> int:
    for problem in (*made.faults, *made.notes):
        hint = f"; {problem.hint}" if problem.hint else ""
        click.echo(visible(f"{problem.at.path}: {problem.message}{hint}"), err=True)
    if made.faults:
        click.echo("nothing was written", err=True)
        return BROKEN
    for path, text in made.files.items():
        if text is not None:
            put(text.encode(), (folder or root) / path)
        elif folder is None:
            remove(root / path)
    for change in made.changes or ("nothing is otherwise than in the register",):
        click.echo(visible(change))
    return FOUND if made.notes else CLEAN


def _settled(
    said: "Configuration",
    *,
    as_of: date,
    mode: str | None,
    linked: tuple[str, ...],
    max_hops: int | None,
) -> "Settings":
    """How to judge, by the command line and else by the file."""
    from ropa.coverage import Mode, Settings
    from ropa.vocabulary import Facet

    return Settings(
        as_of,
        Mode(mode) if mode else said.mode or Mode.SPECIFIC,
        frozenset(map(Facet, linked)) or said.linked or frozenset(),
        next((hops for hops in (max_hops, said.max_hops) if hops is not None), 1),
        said.defaults,
        said.path.as_posix() if said.path else "",
    )


def compared_registers(  # noqa: PLR0913 - the options of the command line
    *,
    old: str,
    new: str | None,
    old_as_of: date | None,
    config: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    **how: Any,
) -> "Comparison":
    """Both sides by the settings of the working tree: a change of those is no change of the register."""
    from ropa import before_after
    from ropa.history import as_it_was

    gc.disable()
    said = _configuration(None, config, no_config=no_config)
    now, here = _settled(said, **how), said.registry or _REGISTRY
    then = now._replace(day=old_as_of or now.day)
    choices = (said.choice, _choice(select, ignore))
    with as_it_was(old, here) as before, as_it_was(new or str(here), here) as after:
        return before_after.compare((before, then), (after, now), choices)


def planned_register(  # noqa: PLR0913 - the options of the command line
    planned: tuple[Path, ...],
    format_: str,
    output: Path | None,
    fail_on: str | None,
    *,
    registry: Path | None,
    config: Path | None,
    no_config: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    **how: Any,
) -> int:
    """Only what comes of the planned documents can make the command fail: the register is held against itself."""
    from ropa import before_after, plugins

    if baseline:
        raise click.UsageError("--with and --baseline go against each other.")
    gc.disable()
    said = _configuration(registry, config, no_config=no_config)
    choices = (said.choice, _choice(select, ignore))
    root = registry or said.registry or _REGISTRY
    comparison = before_after.what_if(root, _settled(said, **how), planned, choices)
    put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        return BROKEN
    failing = failing_at(fail_on or said.fail_on or "error")
    worse = failing and any(f.rule.severity >= failing for f in comparison.appeared)
    return FOUND if failing and (worse or comparison.untold) else CLEAN


def _configuration(
    registry: Path | None, config: Path | None, *, no_config: bool
) -> "Configuration":
    from ropa import settings

    if config and no_config:
        raise click.UsageError("--config and --no-config go against each other.")
    start = registry or (_REGISTRY if _REGISTRY.is_dir() else Path())
    path = None if no_config else config or settings.find(start)
    return settings.read(path) if path else settings.Configuration()


def _choice(select: tuple[str, ...], ignore: tuple[str, ...]) -> "Choice":
    from ropa.selection import Choice, Pattern

    def patterns(option: str, written: tuple[str, ...]) -> "tuple[Pattern, ...]":
        words = (word.strip() for words in written for word in words.split(","))
        return tuple(Pattern(word, lambda: option) for word in words if word)

    return Choice(patterns("--select", select), patterns("--ignore", ignore))


def exit_code(report: "Report", fail_on: str) -> int:
    """2 when something could not be checked or decided, 1 when something was found that fails, else 0."""
    if report.undecided:
        return BROKEN
    worst, failing = report.worst(), failing_at(fail_on)
    return FOUND if failing and worst and worst >= failing else CLEAN


def complete(report: "Report") -> int:
    """Say what is missing from a record of the register, if anything is; the exit code."""
    case = report.case
    if case.whole and case.register.organisation and case.register.activities:
        return CLEAN
    said = "the record is not complete, because not all of the register could be read"
    if case.whole:
        said = "the record is empty: the register needs an organisation and activities"
    click.echo(f"ropa: {said}; `ropa check` says more", err=True)
    return BROKEN


def failing_at(fail_on: str) -> "Severity | None":
    """The least severity that makes a command fail."""
    from ropa.findings import Severity

    return {"error": Severity.ERROR, "warning": Severity.WARNING}.get(fail_on)


def say_how_it_was_checked(report: "Report") -> None:
    """For a command whose output has no room for it: which settings were read, and what was not checked."""
    if report.case.settings.read_from:
        click.echo(visible(f"ropa: settings from {report.case.settings.read_from}"), err=True)
    if report.undecided:
        click.echo("ropa: not everything could be checked; `ropa check` says what", err=True)
