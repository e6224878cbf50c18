"""From the options of a command to the one function that does its work, and to its exit code."""

import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.output import Progress, put, remove, tell
from ropa.errors import CannotRead
from ropa.visible import inert, visible

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from collections.abc import Callable, Iterator

    from ropa.case import Report
    from ropa.comparison import Comparison
    from ropa.coverage import Settings
    from ropa.findings import Severity
    from ropa.intake import Intake
    from ropa.selection import Choice
    from ropa.settings import Configuration
    from ropa.sign_off import Signature, SignedOff

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
    gc.disable()  # there are no cycles worth finding, and looking for them costs as much as the check
    from ropa import engine

    said = _configuration(registry, config, no_config=no_config)
    settings = _settled(said, as_of=as_of, mode=mode, linked=linked, max_hops=max_hops)
    choices = (said.choice, _choice(select, ignore))
    listed = None if afresh else baseline or said.baseline
    root = registry or said.registry or _REGISTRY
    with Progress() as progress:
        return engine.check(root, settings, progress.watch, choices, listed), said


def signed_off(
    notice: str, signature: "Signature", *, day_was_named: bool, **how: Any
) -> "tuple[SignedOff, Path]":
    """The record of a sign-off, and where it belongs.

    A notice is signed before it is published: it is judged as of its first day in force, unless a day was named.
    """
    from ropa.sign_off import day_to_judge, sign_off

    checked, _ = checked_register(**how)
    day = day_to_judge(checked, notice)
    if not day_was_named and day != how["as_of"]:
        checked, _ = checked_register(**how | {"as_of": day})
    made = sign_off(checked, notice, signature)
    return made, Path(checked.case.root) / made.path


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
        tell(f"{problem.at.path}: {problem.message}{hint}")
    if made.faults:
        tell("nothing was written")
        return BROKEN
    for path, text in made.files.items():
        if text is not None:
            put(text.encode(), (folder or root) / path)
        elif folder is None:
            remove(root / path)
    changes = made.changes or ("the register says all of it already",)
    put(inert("".join(f"{visible(change)}\n" for change in changes)), None)
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
        said.sign_off == "required",
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
    then = replace(now, day=old_as_of or now.day)
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


_FORMATS = {".md": "markdown", ".html": "html", ".htm": "html"}
_OTHERS = frozenset({".docx", ".doc", ".pdf", ".txt", ".yaml", ".yml", ".json"})
_SUFFIX = {"markdown": ".md", "html": ".html"}


def drafted_notice(
    audience: str,
    *,
    format_: str | None,
    output: Path | None,
    id_: str,
    start: date | None,
    **how: Any,
) -> "tuple[Drafted, Report]":
    """The draft of a notice, and the check of the register it is drafted from."""
    from ropa import plugins
    from ropa.draft import draft

    suffix = output.suffix.lower() if output and not output.is_dir() else ""
    if suffix in _OTHERS:
        raise click.UsageError(
            f"{output} is neither a folder nor a file that ends in .md or .html."
        )
    said = _FORMATS.get(suffix)
    if said and format_ and said != format_:
        raise click.UsageError(f"{output} is not a name for {format_}.")
    format_ = format_ or said or "markdown"
    report, _ = checked_register(**how)
    made = draft(report.case.graph, report.case.settings, audience, id_, start)
    writer = plugins.load("exporters", f"notice-{_SUFFIX[format_][1:]}")
    statements = plugins.load("exporters", "notice-yaml")
    drafted = Drafted(
        made.id,
        format_,
        writer.render(made),
        lambda name: str(statements.render(made, name, writer.quote)),
        made.lacks,
    )
    return drafted, report


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
    tell(f"ropa: {said}; `ropa check` says more")
    return BROKEN


def whole(report: "Report") -> int:
    """Say that not all of the register could be read, if it is so; the exit code."""
    if report.case.whole:
        return CLEAN
    said = "the draft may leave something out, because not all of the register could be read"
    tell(f"ropa: {said}; `ropa check` says more")
    return BROKEN


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
