"""What goes to the terminal and into files: whole or not at all, and nothing in it is a command."""

import io
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from ropa.documents import journal
from ropa.errors import CannotWrite
from ropa.visible import inert, visible


def put(made: str | bytes, output: Path | None) -> None:
    """Print, with colour where it is wanted; or write a file, whole or not at all."""
    if output is None or str(output) == "-":
        if isinstance(made, bytes) and sys.stdout.isatty():
            raise click.UsageError(
                "this is no text to read in a terminal; write it to a file with -o."
            )
        _print(made)
        return
    put_many({output: made})


def put_many(files: Mapping[Path, str | bytes | None]) -> None:
    """Write some files, all of them or none; one without content is deleted."""
    contents = {_written_to(path): _content(made) for path, made in files.items()}
    special = {path for path in contents if path.exists() and not path.is_file() | path.is_dir()}
    ordinary = {path: made for path, made in contents.items() if path not in special}
    names = ", ".join(map(str, files))
    try:
        if ordinary:
            tidy(journal.common(ordinary))
            journal.write_all(ordinary)
        for path in special:  # /dev/null or a pipe, which no file may replace
            path.write_bytes(contents[path] or b"")
    except OSError as error:
        raise CannotWrite(f"cannot write {names}: {error.strerror or error}") from error


def tidy(folder: Path) -> None:
    """Finish or take back what a run that was ended had begun to write into a folder, and say so."""
    try:
        for said in journal.recover(folder):
            tell(f"ropa: {said}")
    except OSError as error:
        left = f"an earlier run was ended while it wrote into {folder}"
        raise CannotWrite(f"{left}, and that cannot be mended: {error.strerror}") from error


def _written_to(path: Path) -> Path:
    return path.resolve() if path.is_symlink() else path


def _content(made: str | bytes | None) -> bytes | None:
    return click.unstyle(made).encode("utf-8") if isinstance(made, str) else made


def tell(line: str) -> None:
    """Say something beside the output, where nothing in it is a command."""
    click.echo(inert(visible(line)), err=True)


def put_all(files: Mapping[Path, str | bytes], *, force: bool) -> None:
    """Write some files, all of them or none, and none over another unless that is wanted."""
    there = [path for path in files if path.exists() or path.is_symlink()]
    if there and not force:
        names = " and ".join(map(str, there))
        stands = "is there already" if len(there) == 1 else "are there already"
        raise CannotWrite(f"{names} {stands}; name another file, or say --force to write over it")
    put_many(files)


def append(text: str, file: Path) -> None:
    """Add the beginning of a report to a page that others write to as well."""
    from ropa.cli.excerpt import excerpt

    try:
        with file.open("a", encoding="utf-8") as page:
            page.write(excerpt(text))
    except OSError as error:
        raise CannotWrite(f"cannot write {file}: {error.strerror}") from error


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


class Progress:
    """A bar on the terminal, once the work has taken longer than a second, or is bound to.

    Reading the files takes about a third of the time, and only that third can be counted.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.started = clock()
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
            self.bar.render_finish()

    def watch(self, done: int, total: int) -> None:
        """Told of every file that is read."""
        if self.bar is None:
            taken = self.clock() - self.started
            if not (taken > 1 or (done == total and taken > 1 / 3)) or not _on_a_terminal():
                return
            label = "Checking the register"
            self.bar = click.progressbar(
                length=3 * total, label=label, show_eta=False, file=sys.stderr
            )
        self.bar.update(done - self.bar.pos)


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def speak_utf_8() -> None:
    """Files and pipes get the same bytes everywhere; a terminal gets what it can show of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
