"""`ropa import`: a record of processing that somebody keeps elsewhere, taken into the register."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import directed
from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import Asked, NamedPath, Shelf, judging
from ropa.cli.output import put, put_many, tell
from ropa.errors import CannotRead
from ropa.visible import inert, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropa.arrival import Arrival
    from ropa.findings import Problem
    from ropa.intake import Intake


@click.command("import")
@click.argument("file", type=NamedPath())
@judging
@click.option(
    "--format", "format_", type=Shelf("importers"),
    help="What FILE is (told by what stands in it, and by the ending of its name).",
)  # fmt: skip
@click.option(
    "--so-far", is_flag=True,
    help="Write what is known, though something in FILE waits for an answer.",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=NamedPath(),
    help="Write the files here, and leave REGISTRY as it is.",
)  # fmt: skip
def command(
    file: Path, format_: str | None, so_far: bool, folder: Path | None, asked: Asked
) -> None:  # fmt: skip
    """Take FILE into the register: a spreadsheet with your record of processing, or a record of another program.

    FILE is a workbook of `ropa record` that somebody edited; or a sheet (xlsx, ods, csv, Markdown) with any
    headings, such as the ICO's template; or fides, TILT or DPV. Every cell is taken, guessed, kept as a
    note or asked about; ropa-import.yaml, in the register, says how, and takes your answers.
    Exits with 0 when everything was carried over, with 1 when something could not be, which it names, and with
    2 when nothing was written, because something in FILE cannot be understood.
    """
    raise SystemExit(_taken_in(file, format_, folder, asked, so_far=so_far))


def _taken_in(
    file: Path, format_: str | None, folder: Path | None, asked: Asked, *, so_far: bool
) -> int:
    """Take a foreign file into the register, and say what changed and what did not come over."""
    from ropa import arrival, intake
    from ropa.documents.source import Unreadable, read_bytes

    how = directed(asked)
    found = read_bytes(file.parent, file.name)
    if isinstance(found, Unreadable):
        raise CannotRead(f"{file}: {found.problem.message}; {found.problem.hint}")
    try:
        name = format_ or arrival.format_of(found, file.name)
        if name in arrival.OWN:
            return _carried_out(
                intake.take_in(found, name, how.root, how.settings), how.root, folder
            )
        made = arrival.bring_in(found, file.name, name, how.root, so_far=so_far)
    except CannotRead as error:
        raise CannotRead(f"{file}: {error}") from error
    return _arrived(made, file, how.root, folder)


def _carried_out(made: "Intake", root: Path, folder: Path | None) -> int:
    _say((*made.faults, *made.notes))
    if made.faults:
        tell("nothing was written")
        return BROKEN
    _write(made.files, root, folder)
    _put_changes(made.changes)
    return FOUND if made.notes else CLEAN


def _arrived(made: "Arrival", file: Path, root: Path, folder: Path | None) -> int:
    from ropa.foreign.telling import account

    _say((*made.faults, *made.notes))
    _write(made.files, root, folder)
    told = account(made.reading, file.name, (folder or root).as_posix())
    put(inert("".join(f"{visible(line)}\n" for line in told)), None)
    if made.faults or made.held:
        tell("nothing of the register was written")
        return BROKEN
    _put_changes(made.changes)
    return FOUND if made.notes or made.reading.questions else CLEAN


def _say(problems: "tuple[Problem, ...]") -> None:
    for problem in problems:
        hint = f"; {problem.hint}" if problem.hint else ""
        tell(f"{problem.at.path}: {problem.message}{hint}")


def _write(texts: "Mapping[str, str | None]", root: Path, folder: Path | None) -> None:
    files = texts if folder is None else {p: t for p, t in texts.items() if t is not None}
    if files:
        put_many({(folder or root) / path: text for path, text in files.items()})


def _put_changes(changes: tuple[str, ...]) -> None:
    said = changes or ("the register says all of it already",)
    put(inert("".join(f"{visible(change)}\n" for change in said)), None)
