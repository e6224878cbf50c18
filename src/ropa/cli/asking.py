"""From the options of a command to the one function that does its work, and to its exit code."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.codes import BROKEN, CLEAN
from ropa.cli.options import Asked
from ropa.cli.output import Progress, tell

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.accepting.selection import Choice
    from ropa.configuration import Configuration
    from ropa.findings import Severity
    from ropa.judging.coverage import Settings
    from ropa.report import Report

_REGISTRY = Path("registry")


def checked_register(asked: Asked, *, afresh: bool = False) -> "tuple[Report, Configuration]":
    """The check of the register, and the settings of its file; the command line wins over those.

    `afresh` passes over the baseline: whoever writes one starts anew.
    """
    from ropa import engine

    said = configuration(asked)
    settings, root = settled(asked, said), root_of(asked, said)
    listed = None if afresh else asked.baseline or said.baseline
    with Progress() as progress:
        return engine.check(root, settings, progress.watch, choices(asked, said), listed), said


def settled(asked: Asked, said: "Configuration") -> "Settings":
    """How to judge, by the command line and else by the file."""
    from ropa.judging.coverage import Mode, Settings
    from ropa.judging.evidence import Rests
    from ropa.register.vocabulary import Facet

    return Settings(
        asked.as_of,
        Mode(asked.mode) if asked.mode else said.mode or Mode.SPECIFIC,
        frozenset(map(Facet, asked.linked)) or said.linked or frozenset(),
        next((hops for hops in (asked.max_hops, said.max_hops) if hops is not None), 1),
        said.defaults,
        said.path.as_posix() if said.path else "",
        said.sign_off == "required",
        said.evidence or Rests.READING,
    )


def root_of(asked: Asked, said: "Configuration") -> Path:
    """The folder of the register: as it was named, or as the settings say."""
    return asked.registry or said.registry or _REGISTRY


def configuration(asked: Asked) -> "Configuration":
    """What the settings file says, if there is one and it is wanted."""
    from ropa import configuration

    if asked.config and asked.no_config:
        raise click.UsageError("--config and --no-config go against each other.")
    start = asked.registry or (_REGISTRY if _REGISTRY.is_dir() else Path())
    path = None if asked.no_config else asked.config or configuration.find(start)
    return configuration.read(path) if path else configuration.Configuration()


def choices(asked: Asked, said: "Configuration") -> "tuple[Choice, Choice]":
    """The rules that the settings file switches on and off, and then those that the command line does."""
    from ropa.accepting.selection import choice

    return said.choice, choice(asked.select, asked.ignore, at=("--select", "--ignore"))


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


def wholeness(report: "Report") -> int:
    """The exit code of a command that shows what was read: 2 where a document was not, or nothing could be checked."""
    nothing = any(f.rule.id == "nothing-to-check" for f in report.standing)
    return CLEAN if report.case.whole and not nothing else BROKEN
