"""The command line: parse, call, print, exit. No decision about a register is taken here."""

import gc
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ropa.errors import RopaError

if TYPE_CHECKING:  # `ropa --help` must not pay for the engine
    from ropa.case import Report

CLEAN, FOUND, BROKEN = 0, 1, 2
FACETS = ("subject", "data", "source", "recipient", "purpose", "country")


class _Shelf(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A name on one of the shelves of plugins, looked up only when it is used."""

    name = "name"

    def __init__(self, shelf: str) -> None:
        self.shelf = shelf

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is on the shelf."""
        from ropa import plugins

        if value not in plugins.names(self.shelf):
            self.fail(f"“{value}” is none of {', '.join(plugins.names(self.shelf))}.", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The names that begin so."""
        from click.shell_completion import CompletionItem

        from ropa import plugins

        return [CompletionItem(n) for n in plugins.names(self.shelf) if n.startswith(incomplete)]


def _judging(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how to judge, the same for every command that does."""
    for option in (
        click.argument("registry", type=click.Path(path_type=Path), default=Path("registry")),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of this day (today)."),
        click.option(
            "--mode",
            type=click.Choice(["specific", "cautious", "strict"]),
            default="specific",
            show_default=True,
            help="What becomes of a promise that meets a statement against it.",
        ),
        click.option(
            "--linked", type=click.Choice(FACETS), multiple=True, help="Facets that must be told together."
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ropa-checker", prog_name="ropa")
def main() -> None:
    """Check that every flow of personal data in a register is told by a published privacy notice.

    REGISTRY is the folder that holds the register: `registry` in this folder, unless you name another.
    """


@main.command()
@_judging
@click.option("--format", "format_", type=_Shelf("reporters"), default="text", help="text, json or markdown.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severe finding that makes the command fail.",
)
def check(format_: str, output: Path | None, fail_on: str, **how: Any) -> None:
    """Hold every flow against the notices and say which are not told, where, and why.

    Exits with 0 when nothing was found, 1 when something was, and 2 when something could not be checked
    or decided.
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
    for format_, name in (("markdown", "gap-report.md"), ("json", "gap-report.json")):
        _put(plugins.load("reporters", format_).render(checked), folder / name)
        click.echo(f"wrote {folder / name}", err=True)


@main.command()
@_judging
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal.")
def flows(format_: str, output: Path | None, **how: Any) -> None:
    """List the flows, with the verdict on each of their facets."""
    from ropa import plugins

    _put(plugins.load("exporters", f"flows-{format_}").render(_checked(**how)), output)


@main.command()
@click.argument("flow")
@_judging
def why(flow: str, **how: Any) -> None:
    """Print how the verdict on FLOW came about, sentence by sentence."""
    from ropa.derivation import derive

    _put(derive(_checked(**how).case, flow), None)


@main.command()
@click.argument("rule", type=_Shelf("rules"))
def explain(rule: str) -> None:
    """Print the page of RULE: the fault, the law, how to mend it, an example."""
    from ropa import plugins

    _put(plugins.page(rule), None)


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


def _put(text: str, output: Path | None) -> None:
    """Print, with colour where it is wanted; or write a file, whole or not at all."""
    if output is None:
        click.echo(text, nl=False, color=False if os.environ.get("NO_COLOR") else None)
        return
    from ropa.engine import write_whole

    write_whole(output, click.unstyle(text))


class _Progress:
    """A bar on the terminal, once the work has taken longer than a second."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def watch(self, done: int, total: int) -> None:
        """Told of every file that is read."""
        if self.bar is None:
            if not sys.stderr.isatty() or time.monotonic() - self.started < 1:
                return
            self.bar = click.progressbar(length=total, label="Reading the register", file=sys.stderr)
        self.bar.update(done - self.bar.pos)


def run() -> None:
    """The installed command. A crash exits with 2: Python's own 1 would read as "findings"."""
    try:
        main.main()
    except RopaError as error:
        click.echo(f"ropa: {error}", err=True)
        raise SystemExit(BROKEN) from None
    except Exception:  # noqa: BLE001 - the one place where a bug may be caught
        traceback.print_exc()
        click.echo("ropa: this is a fault in ropa itself; nothing was checked", err=True)
        raise SystemExit(BROKEN) from None
