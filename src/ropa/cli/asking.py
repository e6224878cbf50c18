"""From the options of a command to the one function that does its work, and to its exit code."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.output import Progress, tell

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.accepting.selection import Choice
    from ropa.configuration import Configuration
    from ropa.findings import Severity
    from ropa.judging.coverage import Settings
    from ropa.report import Report

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

    said = configuration(registry, config, no_config=no_config)
    settings = settled(said, as_of=as_of, mode=mode, linked=linked, max_hops=max_hops)
    choices = (said.choice, choice(select, ignore))
    listed = None if afresh else baseline or said.baseline
    with Progress() as progress:
        root = root_of(registry, said)
        return engine.check(root, settings, progress.watch, choices, listed), said


def settled(
    said: "Configuration",
    *,
    as_of: date,
    mode: str | None,
    linked: tuple[str, ...],
    max_hops: int | None,
) -> "Settings":
    """How to judge, by the command line and else by the file."""
    from ropa.judging.coverage import Mode, Settings
    from ropa.register.vocabulary import Facet

    return Settings(
        as_of,
        Mode(mode) if mode else said.mode or Mode.SPECIFIC,
        frozenset(map(Facet, linked)) or said.linked or frozenset(),
        next((hops for hops in (max_hops, said.max_hops) if hops is not None), 1),
        said.defaults,
        said.path.as_posix() if said.path else "",
        said.sign_off == "required",
    )


def root_of(registry: Path | None, said: "Configuration") -> Path:
    """The folder of the register: as it was named, or as the settings say."""
    return registry or said.registry or _REGISTRY


def configuration(
    registry: Path | None, config: Path | None, *, no_config: bool
) -> "Configuration":
    """What the settings file says, if there is one and it is wanted."""
    from ropa import configuration

    if config and no_config:
        raise click.UsageError("--config and --no-config go against each other.")
    start = registry or (_REGISTRY if _REGISTRY.is_dir() else Path())
    path = None if no_config else config or configuration.find(start)
    return configuration.read(path) if path else configuration.Configuration()


def choice(select: tuple[str, ...], ignore: tuple[str, ...]) -> "Choice":
    """The rules that the command line switches on and off."""
    from ropa.accepting.selection import Choice, Pattern

    def patterns(option: str, written: tuple[str, ...]) -> "tuple[Pattern, ...]":
        words = (word.strip() for words in written for word in words.split(","))
        return tuple(Pattern(word, lambda: option) for word in words if word)

    return Choice(patterns("--select", select), patterns("--ignore", ignore))


def failing_at(fail_on: str) -> "Severity | None":
    """The least severity that makes a command fail."""
    from ropa.findings import Severity

    return {"error": Severity.ERROR, "warning": Severity.WARNING}.get(fail_on)


def say_how_it_was_checked(report: "Report") -> None:
    """For a command whose output has no room for it: which settings were read, and what was not checked."""
    if report.case.settings.read_from:
        tell(f"ropa: settings from {report.case.settings.read_from}")
    if report.undecided:
        tell("ropa: not everything could be checked; `ropa check` says what")
