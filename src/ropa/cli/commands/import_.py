"""`ropa import`: a workbook that somebody edited, taken back into the register."""

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
    from ropa.intake import Intake


@click.command("import")
@click.argument("file", type=NamedPath())
@judging
@click.option(
    "--format", "format_", type=Shelf("importers"),
    help="What FILE is (by the ending of its name: .xlsx is the workbook of `ropa record`).",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=NamedPath(),
    help="Write the files here, and leave REGISTRY as it is.",
)  # fmt: skip
def command(file: Path, format_: str | None, folder: Path | None, asked: Asked) -> None:
    """Take FILE, a workbook of `ropa record` that somebody edited, back into the register.

    Only what was changed in it is changed in the files of REGISTRY, which is made where it is not there yet.
    Exits with 0 when everything was carried over, with 1 when something could not be, which it names, and with
    2 when nothing was written, because something in FILE cannot be understood.
    """
    raise SystemExit(_taken_in(file, format_, folder, asked))


def _taken_in(file: Path, format_: str | None, folder: Path | None, asked: Asked) -> int:
    """Take a foreign file into the register, and say what changed and what did not come over."""
    from ropa import intake, plugins
    from ropa.documents.source import Unreadable, read_bytes

    how = directed(asked)
    settings, root = how.settings, how.root
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
    files = made.files if folder is None else {p: t for p, t in made.files.items() if t is not None}
    if files:
        put_many({(folder or root) / path: text for path, text in files.items()})
    changes = made.changes or ("the register says all of it already",)
    put(inert("".join(f"{visible(change)}\n" for change in changes)), None)
    return FOUND if made.notes else CLEAN
