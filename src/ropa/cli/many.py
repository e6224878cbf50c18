"""From the options of `ropa fleet` to the run over its registers, each asked for as a check of it alone would be."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from msgspec.structs import replace

from ropa.cli.asking import choices, directed, failing_at
from ropa.cli.options import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropa.findings import RuleInfo
    from ropa.fleet.fleet import Fleet
    from ropa.fleet.row import RegisterRow
    from ropa.report import Report


class AskedMany(NamedTuple):
    """What the command line asks of a run over many registers, besides what it asks of each."""

    where: tuple[str, ...]
    jobs: int
    seconds: float
    memory: int
    fresh: bool = False
    resume: bool = False
    pages: Path | None = None
    reconcile: bool = False
    cluster: str = ""


def checked_fleet(asked: Asked, many: AskedMany) -> "Fleet":
    """The rows of all registers."""
    from ropa.fleet.running import AskingOne, RunWanted, run
    from ropa.fleet.workers import Bounds

    bounds = Bounds(many.seconds, many.memory << 20)
    fresh, resume = many.fresh or bool(asked.trust), many.resume and not asked.trust
    wanted = RunWanted(
        many.where,
        asked.as_of,
        many.jobs,
        bounds,
        fresh=fresh,
        resume=resume,
        reconcile=many.reconcile,
        said=repr(asked),
        cluster=many.cluster,
    )
    catalogue = _loaded()
    with _ManyProgress() as progress:
        asking = AskingOne(
            partial(_checked, asked, many),
            partial(_print, asked, many),
            partial(_has_page, many.pages),
        )
        return run(wanted, asking, progress.watch, catalogue)


def _loaded() -> "Mapping[str, RuleInfo]":
    """The rules by their ids, with all that every register needs, before there are processes: they share it."""
    from ropa import engine, plugins
    from ropa.register.lexicon import shipped_terms

    del engine
    shipped_terms()
    return {rule.info.id: rule.info for rule in plugins.all_rules()}


def _checked(asked: Asked, many: AskedMany, register: str, print_: str) -> "RegisterRow":
    """The row of one register, and its page where that is wanted; in a process of its own."""
    from ropa import engine
    from ropa.errors import RopaError
    from ropa.fleet.row import row_of, unchecked

    try:
        how = directed(asked._replace(registry=Path(register)))
        rules = choices(asked, how.said)
        report = engine.check(
            how.root, how.settings, choices=rules, baseline=how.baseline, trust=how.trust
        )
    except RopaError as error:
        return unchecked(register, str(error))
    failing = failing_at(asked.fail_on or how.said.fail_on or "error")
    row = row_of(report, register, failing, with_ends=many.reconcile)
    if many.pages is not None:
        _write_page(report, many.pages / row.page, print_)
    return row


def _write_page(report: "Report", path: Path, print_: str) -> None:
    """The page of a register to review; its end says what it was made of, so that a later run can leave it there."""
    from ropa import plugins
    from ropa.documents.whole import write_whole

    page = plugins.load("reporters", "html").render(report)
    write_whole(path, f"{page}{_made_of(print_)}".encode())


def _made_of(print_: str) -> str:
    return f"<!-- {print_} -->\n" if print_ else ""


def _has_page(pages: Path | None, register: str, print_: str) -> bool:
    """Whether the page of a register is there, where one is wanted, made of what the register holds now."""
    from ropa.fleet.row import Outcome, RegisterRow

    if pages is None:
        return True
    wanted = _made_of(print_).encode()
    try:
        with (pages / RegisterRow(register, Outcome.CLEAN).page).open("rb") as page:
            page.seek(-len(wanted), 2)
            return page.read() == wanted
    except OSError:
        return False


def _print(asked: Asked, many: AskedMany, register: str) -> str:
    """The hash of all that the row of a register rests on; none where a revision of git has a say."""
    from ropa import configuration
    from ropa.changes.repository import folder_in_repository
    from ropa.fleet.prints import print_of

    if asked.trust:
        return ""
    root = Path(register)
    found = [] if asked.no_config else list(configuration.found(root))
    path = asked.config or (found[0] if found else None)
    said = configuration.read(path) if path and not asked.no_config else None
    beside = [*found, *((asked.config,) if asked.config else ())]
    if said:
        beside += [file for file in (said.baseline, said.allowed_signers) if file]
    also = repr(asked), f"{many.reconcile=}", register, folder_in_repository(root)
    return print_of(root, beside, also)


def linked(fleet: "Fleet", pages: Path | None, file: Path | None) -> "Fleet":
    """The fleet with links to the page of each register, as they are written in a file."""
    if pages is None or file is None:
        return fleet
    return replace(fleet, pages=Path(os.path.relpath(pages, file.parent)).as_posix())


class _ManyProgress:
    """A line on the terminal that says how far the run is; nothing where nobody is looking."""

    def __init__(self) -> None:
        self.shown = sys.stderr is not None and sys.stderr.isatty()
        self.any = False

    def __enter__(self) -> "_ManyProgress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.any:
            click.echo("\r\x1b[K", nl=False, err=True)

    def watch(self, done: int, total: int, lost: int) -> None:
        """Told of every register that is done."""
        if self.shown:
            self.any = True
            trouble = f", {lost} could not be checked" if lost else ""
            click.echo(f"\r\x1b[KChecked {done} of {total} registers{trouble}", nl=False, err=True)
