"""The command line: parse, call, print, exit. No decision about a register is taken here."""

import gc
import io
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa.errors import CannotWrite, RopaError, did_you_mean
from ropa.visible import visible

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.case import Report

CLEAN, FOUND, BROKEN, INTERRUPTED = 0, 1, 2, 130
FACETS = ("subject", "data", "source", "recipient", "purpose", "country")
_MANY = 10


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


def _judging(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how to judge, the same for every command that does."""
    for option in (
        click.argument("registry", type=click.Path(path_type=Path), default=Path("registry")),
        click.option(
            "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of this day (today)."
        ),
        click.option(
            "--mode",
            type=click.Choice(["specific", "cautious", "strict"]),
            default="specific",
            show_default=True,
            help="What becomes of a promise that meets a statement against it.",
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
            default=1,
            show_default=True,
            help="How many steps up the vocabulary a notice's word may be before it is vague.",
        ),
    ):
        command = option(command)
    return command


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
@click.option(
    "--format", "format_", type=_Shelf("reporters"), default="text", help="text, json or markdown."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severe finding that makes the command fail.",
)
def check(format_: str, output: Path | None, fail_on: str, **how: Any) -> None:
    """Hold every flow against the notices and say which are not told, where, and why.

    Exits with 0 when nothing as severe as --fail-on was found, with 1 when something was, and with 2 when
    something could not be checked or decided, whatever --fail-on says.
    """
    from ropa import plugins

    report = _checked(**how)
    _put(plugins.load("reporters", format_).render(report), output)
    raise SystemExit(_exit_code(report, fail_on))


@main.command()
@_judging
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="The folder to write to.",
)  # fmt: skip
def report(folder: Path, **how: Any) -> None:
    """Write the gap report, as markdown for a meeting and as json for programs."""
    from ropa import plugins

    checked = _checked(**how)
    _say_what_was_not_checked(checked)
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

    checked = _checked(**how)
    _say_what_was_not_checked(checked)
    _put(plugins.load("exporters", f"flows-{format_}").render(checked), output)


@main.command()
@click.argument("flow")
@_judging
def why(flow: str, **how: Any) -> None:
    """Print how the verdict on FLOW came about, sentence by sentence."""
    from ropa.derivation import derive

    checked = _checked(**how)
    _say_what_was_not_checked(checked)
    _put(derive(checked.case, flow), None)


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
    from ropa import engine, inspection

    shown = inspection.as_json if format_ == "json" else inspection.as_text
    _put(shown(engine.read_notice_file(file)), output)


@main.command()
@click.option("--facet", type=click.Choice(["subject", "data", "purpose", "recipient", "country"]))
def terms(facet: str | None) -> None:
    """List the words that ship with ropa, each below its broader word."""
    from ropa.engine import vocabulary_as_text

    _put(vocabulary_as_text(facet), None)


def _checked(
    registry: Path, as_of: datetime | None, mode: str, linked: tuple[str, ...], max_hops: int
) -> "Report":
    from ropa import engine
    from ropa.coverage import Mode, Settings
    from ropa.vocabulary import Facet

    gc.disable()  # there are no cycles worth finding, and looking for them costs as much as the check
    day = as_of.date() if as_of else date.today()  # the one place that looks at the clock
    settings = Settings(day, Mode(mode), frozenset(map(Facet, linked)), max_hops)
    with _Progress() as progress:
        return engine.check(registry, settings, progress.watch)


def _exit_code(report: "Report", fail_on: str) -> int:
    from ropa.findings import Severity

    if report.undecided:
        return BROKEN
    worst = report.worst()
    failing = {"error": Severity.ERROR, "warning": Severity.WARNING}.get(fail_on)
    return FOUND if failing and worst and worst >= failing else CLEAN


def _say_what_was_not_checked(report: "Report") -> None:
    if report.undecided:
        click.echo("ropa: not everything could be checked; `ropa check` says what", err=True)


def _put(text: str, output: Path | None) -> None:
    """Print, with colour where it is wanted; or write a file, whole or not at all."""
    if output is None or str(output) == "-":
        _print(text)
        return
    text = click.unstyle(text)
    try:
        if output.exists() and not output.is_file() and not output.is_dir():
            output.write_text(text, "utf-8")  # /dev/null or a pipe, which no file may replace
        else:
            _write_whole(output.resolve() if output.is_symlink() else output, text)
    except OSError as error:
        raise CannotWrite(f"cannot write {output}: {error.strerror}") from error


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _print(text: str) -> None:
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
    """The installed command. A crash exits with 2: Python's own 1 would read as "findings"."""
    _speak_utf_8()
    try:
        code = main.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = BROKEN
    except click.Abort:
        code = INTERRUPTED
    except RopaError as error:
        click.echo(visible(f"ropa: {error}"), err=True)
        code = BROKEN
    except Exception:  # noqa: BLE001 - the one place where a bug may be caught
        for line in traceback.format_exc().splitlines():
            click.echo(visible(line), err=True)
        click.echo("ropa: this is a fault in ropa itself; nothing was checked", err=True)
        code = BROKEN
    raise SystemExit(code)


def _speak_utf_8() -> None:
    """Files and pipes get the same bytes everywhere; a terminal gets what it can show of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
