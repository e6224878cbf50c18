"""The command line: parse, call, print, exit. No decision about a register is taken here."""

import gc
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa.errors import CannotWrite, RopaError, did_you_mean
from ropa.visible import visible

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.case import Report
    from ropa.comparison import Comparison
    from ropa.coverage import Settings
    from ropa.findings import Severity
    from ropa.selection import Choice
    from ropa.settings import Configuration

CLEAN, FOUND, BROKEN, INTERRUPTED = 0, 1, 2, 130
FACETS = ("subject", "data", "source", "recipient", "purpose", "country")
VERDICTS = ("contradicted", "ambiguous", "omitted", "undecidable", "partial", "vague", "clear")
_MANY = 10
_REGISTRY = Path("registry")


class _Shelf(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A name on one of the shelves of plugins, looked up only when it is used."""

    name = "name"

    def __init__(self, shelf: str) -> None:
        self.shelf = shelf

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is on the shelf."""
        from ropa import plugins

        known = plugins.names(self.shelf)
        if value not in known:
            listed = (
                "`ropa explain` lists them"
                if len(known) > _MANY
                else f"there are {', '.join(known)}"
            )
            self.fail(
                f"“{value}” is none of the {self.shelf}{did_you_mean(value, known)}; {listed}",
                param,
                ctx,
            )
        return str(value)

    def shell_complete(self, *asked: Any) -> list[Any]:
        """The names that begin so; click hands over its context, the parameter and the beginning."""
        from click.shell_completion import CompletionItem

        from ropa import plugins

        return [CompletionItem(n) for n in plugins.names(self.shelf) if n.startswith(asked[-1])]


class _Written(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A format and the file to write it to, as in sarif=ropa.sarif."""

    name = "format=file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """The two, if there is such a format."""
        if isinstance(value, tuple):
            return value
        format_, _, file = value.partition("=")
        if not file:
            self.fail(f"“{value}” names no file; write it like sarif=ropa.sarif", param, ctx)
        return _Shelf("reporters").convert(format_, param, ctx), Path(file)


class _Day(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A day, as in 2027-01-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, if there is such a one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day; write it like 2027-01-31", param, ctx)


def _today() -> date:
    """The one place that looks at the clock."""
    return date.today()


def _judging(command: Callable[..., None]) -> Callable[..., None]:
    """The register, and the options that say how to judge it, the same for every command that does."""
    registry = click.argument("registry", type=click.Path(path_type=Path), required=False)
    return registry(_deciding(command))


def _deciding(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how to judge."""
    for option in (
        click.option("--as-of", type=_Day(), default=_today, help="Judge as of this day (today)."),
        click.option(
            "--mode",
            type=click.Choice(["specific", "cautious", "strict"]),
            help="What becomes of a promise that meets a statement against it (specific).",
        ),
        click.option(
            "--linked",
            type=click.Choice(FACETS),
            multiple=True,
            help="Facets that must be told together.",
        ),
        click.option(
            "--max-hops",
            type=click.IntRange(min=0),
            help="How many steps up the vocabulary a notice's word may be before it is vague (1).",
        ),
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            help="Read the settings from this file (ropa.toml or pyproject.toml, from the register upwards).",
        ),
        click.option("--no-config", is_flag=True, help="Read no settings file."),
    ):
        command = option(command)
    return command


def _choosing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which rules look."""
    for option in (
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            help="Ask these rules alone: names, first words or patterns, with commas.",
        ),
        click.option("--ignore", multiple=True, metavar="RULES", help="Switch these rules off."),
    ):
        command = option(command)
    return command


def _starting_from(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        help="Only what this file does not list can make the command fail.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="ropa-checker", prog_name="ropa")
def main() -> None:
    """Check that every flow of personal data in a register is told by a published privacy notice.

    REGISTRY is the folder that holds the register: `registry` in this folder, unless you name another.

    NO_COLOR=1 turns colours off. For completion in bash, put this line in ~/.bashrc (for zsh, zsh_source
    in ~/.zshrc):

        eval "$(_ROPA_COMPLETE=bash_source ropa)"
    """


@main.command()
@_judging
@_choosing
@_starting_from
@click.option(
    "--format", "format_", type=_Shelf("reporters"), default="text",
    help="text, json, markdown; for CI github, gitlab, sarif, junit.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--write", "also", type=_Written(), multiple=True, metavar="FORMAT=FILE",
    help="Write this format to this file, too, such as sarif=ropa.sarif.",
)  # fmt: skip
@click.option(
    "--summary", type=click.Path(path_type=Path),
    help="Append the gap report to this file, as to $GITHUB_STEP_SUMMARY.",
)  # fmt: skip
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    help="The least severe finding that makes the command fail (error).",
)
@click.option(
    "--exit-zero", "fail_on", flag_value="never", help="No finding fails: --fail-on never."
)
@click.option(
    "--with", "planned", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="What if the documents of FILE were in the register? Say what that changes.",
)  # fmt: skip
def check(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    output: Path | None,
    also: "tuple[tuple[str, Path], ...]",
    summary: Path | None,
    fail_on: str | None,
    planned: tuple[Path, ...],
    **how: Any,
) -> None:
    """Hold every flow against the notices and say which are not told, where, and why.

    With --with FILE, the documents of FILE (a planned activity, a draft notice; one with an id that is there
    takes its place) count as if they were in the register, and what is told otherwise then is all that is said.

    Exits with 0 when nothing as severe as --fail-on was found, with 1 when something was, and with 2 when
    something could not be checked or decided, whatever --fail-on says.
    """
    from ropa import plugins

    if planned and (also or summary):
        raise click.UsageError("--with says one thing: it goes with neither --write nor --summary.")
    if planned:
        raise SystemExit(_what_if(planned, format_, output, fail_on, **how))
    report, configured = _checked(**how)
    for name, file in (*also, (format_, output)):
        _put(plugins.load("reporters", name).render(report), file)
    if summary:
        _append(plugins.load("reporters", "markdown").render(report), summary)
    raise SystemExit(_exit_code(report, fail_on or configured.fail_on or "error"))


@main.command()
@click.argument("old")
@click.argument("new", required=False)
@_deciding
@_choosing
@click.option("--old-as-of", type=_Day(), help="Judge OLD as of this day (that of --as-of).")
@click.option(
    "--format",
    "format_",
    type=_Shelf("differences"),
    default="text",
    help="text, markdown or json.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--fail-on", type=click.Choice(["newly-untold", "never"]), default="never", show_default=True,
    help="What makes the command fail.",
)  # fmt: skip
def diff(format_: str, output: Path | None, fail_on: str, **how: Any) -> None:
    """Say what changed from OLD to NEW: what is done, what people are told, and who must be told before.

    OLD and NEW are folders, or revisions of git, written REV or REV:path. Without NEW it is the register as it
    is in the working tree. Exits with 0, with 1 for what --fail-on names, and with 2 when one of the two could
    not be checked.
    """
    from ropa import plugins

    comparison = _compared(**how)
    _put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        raise SystemExit(BROKEN)
    raise SystemExit(FOUND if fail_on == "newly-untold" and comparison.untold else CLEAN)


@main.command()
@_judging
@_choosing
@_starting_from
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="The folder to write to.",
)  # fmt: skip
def report(folder: Path, **how: Any) -> None:
    """Write the gap report, as markdown for a meeting and as json for programs."""
    from ropa import plugins

    checked, _ = _checked(**how)
    _say_how_it_was_checked(checked)
    for format_, name in (("markdown", "gap-report.md"), ("json", "gap-report.json")):
        _put(plugins.load("reporters", format_).render(checked), folder / name)
        click.echo(visible(f"wrote {folder / name}"), err=True)


@main.command()
@_judging
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def flows(format_: str, output: Path | None, **how: Any) -> None:
    """List the flows, with the verdict on each of their facets."""
    from ropa import plugins

    checked, _ = _checked(**how)
    _say_how_it_was_checked(checked)
    _put(plugins.load("exporters", f"flows-{format_}").render(checked), output)


@main.command()
@_judging
@click.option(
    "--format",
    "format_",
    type=click.Choice(["svg", "mermaid", "dot", "d2"]),
    default="svg",
    show_default=True,
)
@click.option("--activity", multiple=True, metavar="ID", help="Draw the flows of this activity.")
@click.option("--subject", multiple=True, metavar="WORD", help="Draw the flows about these people.")
@click.option(
    "--recipient", multiple=True, metavar="WORD", help="Draw the flows to this recipient."
)
@click.option(
    "--verdict",
    multiple=True,
    type=click.Choice(VERDICTS),
    help="Draw the flows with this verdict.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def diagram(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    activity: tuple[str, ...],
    subject: tuple[str, ...],
    recipient: tuple[str, ...],
    verdict: tuple[str, ...],
    output: Path | None,
    **how: Any,
) -> None:
    """Draw the flows: where data comes from, what we do, where we keep it, and who gets it.

    Options of one kind add up; of different kinds, a flow has to be like each. Above 60 flows it is an
    overview with numbers.
    """
    from ropa import plugins
    from ropa.diagram import Wanted, diagram
    from ropa.verdict import Verdict

    checked, _ = _checked(**how)
    _say_how_it_was_checked(checked)
    verdicts = tuple(Verdict[word.upper()] for word in verdict)
    drawn = diagram(checked, Wanted(activity, subject, recipient, verdicts))
    _put(plugins.load("exporters", f"diagram-{format_}").render(drawn), output)


@main.command()
@_judging
@click.option(
    "--format", "format_", default="md", show_default=True,
    type=click.Choice(["html", "xlsx", "csv", "md", "docx", "json", "jsonld"]),
)  # fmt: skip
@click.option(
    "--layout", type=click.Choice(["ropa", "ico"]), default="ropa", show_default=True,
    help="Of a workbook (xlsx): our own sheets, or the columns of the ICO's template for controllers.",
)  # fmt: skip
@click.option("--publication", is_flag=True, help="Leave out what the register marks as internal.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def record(
    format_: str, layout: str, *, publication: bool, output: Path | None, **how: Any
) -> None:
    """Write the record of processing (Article 30) from the register.

    Exits with 2 when the register could not be read as a whole, because then the record is not complete.
    """
    from ropa import plugins
    from ropa.record import gather

    if layout == "ico" and format_ != "xlsx":
        raise click.UsageError("--layout ico is for --format xlsx.")
    checked, _ = _checked(**how)
    made = gather(checked.case.register, checked.case.settings.day, publication=publication)
    name = f"record-{format_}-ico" if layout == "ico" else f"record-{format_}"
    _put(plugins.load("exporters", name).render(made), output)
    raise SystemExit(_complete(checked))


@main.command()
@click.argument("flow")
@_judging
def why(flow: str, **how: Any) -> None:
    """Print how the verdict on FLOW came about, sentence by sentence."""
    from ropa.derivation import derive

    checked, _ = _checked(**how)
    _say_how_it_was_checked(checked)
    _put(derive(checked.case, flow), None)


@main.command()
@_judging
@_choosing
@click.option(
    "--output", "-o", type=click.Path(path_type=Path),
    help="Write here (the baseline of the settings, or ropa-baseline.json).",
)  # fmt: skip
def baseline(output: Path | None, **how: Any) -> None:
    """Write down what is found now, so that `ropa check --baseline` fails only for what is new.

    What could not be checked is never written down, and then the command exits with 2. Nor is what a
    waiver accepts, or what is wrong with a waiver.
    """
    from ropa import baseline as baselines

    checked, configured = _checked(**how, afresh=True)
    _say_how_it_was_checked(checked)
    output = output or configured.baseline or Path(baselines.NAME)
    _put(checked.as_baseline(), output)
    if str(output) != "-":
        click.echo(visible(f"wrote {output}"), err=True)
    raise SystemExit(BROKEN if checked.undecided else CLEAN)


@main.command("self-test")
@_judging
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--at-least", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
    help="Fail where fewer of the statements are missed when they are taken out alone.",
)  # fmt: skip
def self_test(format_: str, output: Path | None, at_least: int, **how: Any) -> None:
    """Take statements out of the notices, and see whether the verdicts that rest on them fall.

    Exits with 0 when every verdict fell that lost all it rests on, with 1 when one did not or --at-least is
    missed, and with 2 when there was nothing to take out or something could not be checked.
    """
    from ropa import mutation

    checked, _ = _checked(**how)
    _say_how_it_was_checked(checked)
    tested = mutation.self_test(checked.case.coverage)
    shown = mutation.as_json if format_ == "json" else mutation.as_text
    _put(shown(checked.case.coverage, tested), output)
    if checked.undecided or tested.proves_nothing:
        raise SystemExit(BROKEN)
    raise SystemExit(FOUND if tested.blind or 100 * tested.rate < at_least else CLEAN)


@main.command()
@click.argument("rule", type=_Shelf("rules"), required=False)
def explain(rule: str | None) -> None:
    """Print the page of RULE: the fault, the law, how to mend it, an example. Without RULE, list the rules."""
    from ropa import plugins

    rules = (plugins.rule(name).info for name in plugins.names("rules"))
    _put(
        plugins.page(rule)
        if rule
        else "".join(f"{r.id} ({r.severity}): {r.summary}\n" for r in rules),
        None,
    )


@main.group()
def notice() -> None:
    """Look at a published notice by itself."""


@notice.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def inspect(file: Path, format_: str, output: Path | None) -> None:
    """Print which items of Articles 13 and 14 FILE seems to say, and in which sentences.

    FILE is Markdown, plain text, HTML, Word (.docx) or PDF. No register is needed. This is a first look: the
    sentences look like it, and nobody has read whether they say enough.
    """
    from ropa import inspection
    from ropa.published import read_notice_file

    shown = inspection.as_json if format_ == "json" else inspection.as_text
    _put(shown(read_notice_file(file)), output)


@main.command()
@click.option("--facet", type=click.Choice(["subject", "data", "purpose", "recipient", "country"]))
def terms(facet: str | None) -> None:
    """List the words that ship with ropa, each below its broader word."""
    from ropa.engine import vocabulary_as_text

    _put(vocabulary_as_text(facet), None)


def _checked(  # noqa: PLR0913 - the options of the command line, and what the file says of each
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
    with _Progress() as progress:
        return engine.check(root, settings, progress.watch, choices, listed), said


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


def _compared(  # noqa: PLR0913 - the options of the command line
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


def _what_if(  # noqa: PLR0913 - the options of the command line
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
    _put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        return BROKEN
    failing = _failing(fail_on or said.fail_on or "error")
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


def _exit_code(report: "Report", fail_on: str) -> int:
    if report.undecided:
        return BROKEN
    worst, failing = report.worst(), _failing(fail_on)
    return FOUND if failing and worst and worst >= failing else CLEAN


def _complete(report: "Report") -> int:
    """Say what is missing from a record of the register, if anything is; the exit code."""
    case = report.case
    if case.whole and case.register.organisation and case.register.activities:
        return CLEAN
    said = "the record is not complete, because not all of the register could be read"
    if case.whole:
        said = "the record is empty: the register needs an organisation and activities"
    click.echo(f"ropa: {said}; `ropa check` says more", err=True)
    return BROKEN


def _failing(fail_on: str) -> "Severity | None":
    """The least severity that makes a command fail."""
    from ropa.findings import Severity

    return {"error": Severity.ERROR, "warning": Severity.WARNING}.get(fail_on)


def _say_how_it_was_checked(report: "Report") -> None:
    if report.case.settings.read_from:
        click.echo(visible(f"ropa: settings from {report.case.settings.read_from}"), err=True)
    if report.undecided:
        click.echo("ropa: not everything could be checked; `ropa check` says what", err=True)


def _put(made: str | bytes, output: Path | None) -> None:
    """Print, with colour where it is wanted; or write a file, whole or not at all."""
    if output is None or str(output) == "-":
        if isinstance(made, bytes) and sys.stdout.isatty():
            raise click.UsageError(
                "this is no text to read in a terminal; write it to a file with -o."
            )
        _print(made)
        return
    content = made if isinstance(made, bytes) else click.unstyle(made).encode("utf-8")
    try:
        if output.exists() and not output.is_file() and not output.is_dir():
            output.write_bytes(content)  # /dev/null or a pipe, which no file may replace
        else:
            _write_whole(output.resolve() if output.is_symlink() else output, content)
    except OSError as error:
        raise CannotWrite(f"cannot write {output}: {error.strerror}") from error


def _append(text: str, file: Path) -> None:
    """Add the beginning of a report to a page that others write to as well."""
    from ropa.excerpt import excerpt

    try:
        with file.open("a", encoding="utf-8") as page:
            page.write(excerpt(text))
    except OSError as error:
        raise CannotWrite(f"cannot write {file}: {error.strerror}") from error


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees what it held or what it is to hold, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _print(text: str | bytes) -> None:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    try:
        click.echo(text, nl=False, color=False if plain else None)
    except BrokenPipeError:  # `ropa flows | head` has seen enough, and that changes no verdict
        _hush()
    except OSError as error:
        _hush()
        raise CannotWrite(f"cannot write the output: {error.strerror}") from error


def _hush() -> None:
    """What is still waiting to be written goes nowhere, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Progress:
    """A bar on the terminal, once the work has taken longer than a second, or is bound to.

    Reading the files takes about a third of the time, and only that third can be counted.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
            self.bar.render_finish()

    def watch(self, done: int, total: int) -> None:
        """Told of every file that is read."""
        if self.bar is None:
            taken = time.monotonic() - self.started
            if not (taken > 1 or (done == total and taken > 1 / 3)) or not _on_a_terminal():
                return
            label = "Checking the register"
            self.bar = click.progressbar(
                length=3 * total, label=label, show_eta=False, file=sys.stderr
            )
        self.bar.update(done - self.bar.pos)


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def run() -> None:
    """The installed command. It ends at once: to take a large register apart would cost a tenth of its check."""
    code = outcome()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        code = BROKEN
    os._exit(code)


def outcome() -> int:
    """What the command line comes to: its exit code. A crash is 2: Python's own 1 would read as "findings"."""
    _speak_utf_8()
    try:
        code = main.main(standalone_mode=False) or CLEAN
    except SystemExit as done:
        code = int(done.code or CLEAN)
    except click.ClickException as error:
        error.show()
        code = BROKEN
    except click.Abort:
        code = INTERRUPTED
    except RopaError as error:
        click.echo(visible(f"ropa: {error}"), err=True)
        code = BROKEN
    except Exception:  # noqa: BLE001 - the one place where a bug may be caught
        import traceback

        for line in traceback.format_exc().splitlines():
            click.echo(visible(line), err=True)
        click.echo("ropa: this is a fault in ropa itself; nothing was checked", err=True)
        code = BROKEN
    return code


def _speak_utf_8() -> None:
    """Files and pipes get the same bytes everywhere; a terminal gets what it can show of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
