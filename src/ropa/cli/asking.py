"""From the options of a command to the one function that does its work, and to its exit code."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import Asked, today
from ropa.cli.output import Progress, put, put_many, tell, tidy
from ropa.visible import inert, visible

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.accepting.baseline import Baseline
    from ropa.accepting.selection import Choice
    from ropa.accepting.trust import Trust
    from ropa.case import Case
    from ropa.configuration import Configuration
    from ropa.documents.kept import KeptBooks
    from ropa.findings import Severity
    from ropa.judging.coverage import Settings
    from ropa.report import Report

_REGISTRY = Path("registry")


class Directed(NamedTuple):
    """How to check which register: by the command line, else by the settings, as far as those are trusted.

    `baseline` lists what was found before; `trust` says what of the register has a say over its own check.
    """

    said: "Configuration"
    root: Path
    settings: "Settings"
    baseline: "Path | Baseline | None"
    trust: "Trust"


def checked_register(
    asked: Asked,
    *,
    afresh: bool = False,
    books: "KeptBooks | None" = None,
    again: "Callable[[Directed], Case] | None" = None,
) -> "tuple[Report, Configuration]":
    """The check of the register, and the settings of its file; the command line wins over those.

    `afresh` passes over the baseline: whoever writes one starts anew. `books` hold what was read in earlier runs, and
    `again` makes the case of a register that was checked before.
    """
    from ropa import engine

    how = directed(asked)
    listed, rules = None if afresh else how.baseline, choices(asked, how.said)
    with Progress() as progress:
        report = engine.check(
            how.root,
            how.settings,
            progress.watch,
            rules,
            listed,
            trust=how.trust,
            books=books,
            made=partial(again, how) if again else None,
        )
    return report, how.said


def directed(asked: Asked) -> Directed:
    """What the command line and the settings come to; those of the trusted revision, where one is named."""
    from ropa.accepting.trust import Trust

    if asked.config and asked.no_config:
        raise click.UsageError("--config and --no-config go against each other.")
    tidy(asked.registry or _REGISTRY)
    if asked.trust:
        return _as_trusted(asked, asked.trust)
    said = _configuration(asked)
    root = asked.registry or said.registry or _REGISTRY
    settings = _settled(
        asked, said, (*_hidden(asked, said), *_noteworthy(asked, said)), _signers(said)
    )
    trust = Trust(accepts=not asked.no_waivers)
    return Directed(said, root, settings, asked.baseline or said.baseline, trust)


def _as_trusted(asked: Asked, revision: str) -> Directed:
    from msgspec.structs import replace

    from ropa.changes.trusted import WantedOfTrust, as_trusted

    wanted = WantedOfTrust(asked.registry, asked.config, asked.baseline, asked.no_config)
    found = as_trusted(revision, wanted)
    settings = _settled(
        asked, found.said, (*found.remarks, *_noteworthy(asked, found.said)), found.signers
    )
    trust = replace(found.trust, accepts=not asked.no_waivers)
    return Directed(found.said, found.root, settings, found.baseline, trust)


def _settled(
    asked: Asked, said: "Configuration", beside: Iterable[str], signers: str
) -> "Settings":
    """How to judge, by the command line and else by the file."""
    from ropa.judging.coverage import Mode, Settings
    from ropa.judging.evidence import Rests
    from ropa.judging.judgement import Untied
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
        untied=said.untied or Untied.UNDECIDED,
        beside=tuple(beside),
        signers=signers,
    )


def _configuration(asked: Asked) -> "Configuration":
    """What the settings file says, if there is one and it is wanted."""
    from ropa import configuration

    path = None if asked.no_config else asked.config or configuration.find(_start(asked))
    return configuration.read(path) if path else configuration.Configuration()


def _signers(said: "Configuration") -> str:
    from ropa import configuration

    return configuration.text_of(said.allowed_signers) if said.allowed_signers else ""


def _start(asked: Asked) -> Path:
    """Where the search for a settings file begins."""
    return asked.registry or (_REGISTRY if _REGISTRY.is_dir() else Path())


def _hidden(asked: Asked, said: "Configuration") -> Iterator[str]:
    """The settings files further up, which do not count beside the nearest."""
    from ropa import configuration

    if said.path is not None and not asked.config:
        others = [path for path in configuration.found(_start(asked)) if path != said.path]
        if others:
            listed = ", ".join(path.as_posix() for path in others)
            yield f"{said.path.as_posix()} hides {listed}, which does not count"


def _noteworthy(asked: Asked, said: "Configuration") -> Iterator[str]:
    """What of the settings a reader of the report has to know, besides the rules."""
    if said.registry and not asked.registry and said.registry != _REGISTRY:
        yield f"the register is {said.registry.as_posix()}, as the settings say"
    if (asked.fail_on or said.fail_on) == "never":
        where = "on the command line" if asked.fail_on else "in the settings"
        yield f"no finding fails this check (fail_on: never, {where})"


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
    for remark in report.case.settings.beside:
        tell(f"ropa: {remark}")
    if report.undecided:
        tell("ropa: not everything could be checked; `ropa check` says what")


def wholeness(report: "Report") -> int:
    """The exit code of a command that shows what was read: 2 where a document was not, or nothing could be checked."""
    nothing = any(f.rule.id == "nothing-to-check" for f in report.standing)
    return CLEAN if report.case.whole and not nothing else BROKEN


def answered(file: Path, registry: Path | None, by: str | None, format_: str, *, keep: bool) -> int:
    """Say what comes of the proposals in a file, keep them where that is wanted, and the exit code."""
    from ropa.errors import CannotRead
    from ropa.proposals import as_json, opened, read_proposals
    from ropa.proposing.brought import NotKept, brought, lines
    from ropa.proposing.tally import kept_beside, note

    how = directed(Asked(today(), registry))
    here = opened(how.root)
    try:
        found = brought(read_proposals(*_piped(file)), by or "")
    except NotKept as refused:
        raise CannotRead(f"{file}: {refused}") from refused
    verified = here.verifying(found)
    if keep:
        put_many(dict(here.keeping(verified)))
        note(kept_beside(how.settings.read_from, how.root), found.by, verified, today())
    shown = "".join(f"{inert(visible(line))}\n" for line in lines(verified))
    put(as_json(verified, found.by) if format_ == "json" else shown, None)
    return CLEAN if all(one.kept for one in verified) else FOUND


def _piped(file: Path) -> tuple[str, bytes]:
    """The name and the bytes of a file, or of what is piped in."""
    import sys

    from ropa.documents.source import bounded
    from ropa.errors import CannotRead
    from ropa.proposals import LARGEST

    if str(file) == "-":
        return "what is piped in", sys.stdin.buffer.read(LARGEST + 1)
    try:
        return file.as_posix(), bounded(file, LARGEST + 1)
    except OSError as error:
        raise CannotRead(f"cannot read {file}: {error.strerror or error}") from error
