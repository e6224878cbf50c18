"""The hash of everything that a row rests on: all bytes of the register, the settings, the day, and the tool itself."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from ropa.documents.extended import extended
from ropa.documents.source import LONGEST, SUFFIXES, bounded, read_tree

_READ_BY = (
    "ropa-checker", "jsonschema-rs", "mammoth", "msgspec", "pypdf", "pyromark", "pyyaml", "readability", "selectolax",
    "tinycss2",
)  # fmt: skip
"""The packages whose version may change what is read or said of a register."""
_OF_GIT = (".gitignore", ".git/info/exclude")
"""What says outside of a register which of its files are nobody's documents."""


def print_of(root: Path, beside: Iterable[Path], said: Iterable[str]) -> str:
    """The hash of a register under `root`, of the files `beside` it that count, and of what else was said.

    Raises `OSError` where something cannot be read, so that no row can be kept under its hash.
    """
    whole = sha256()
    for part in (tool(), os.path.abspath(root), *said):  # noqa: PTH100 - where the link is
        whole.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for path in (*beside, *_git_files(root)):
        whole.update(os.fsencode(path) + b"\0" + sha256(path.read_bytes()).digest())
    for folder in (root, *_extended(root)):
        whole.update(os.fsencode(os.path.relpath(folder, root)) + b"\0")
        for name, content in _files(folder):
            whole.update(os.fsencode(name) + b"\0" + content)
    return whole.hexdigest()


def _extended(root: Path) -> Iterator[Path]:
    """The folders of the registers that a register extends, and those that these do."""
    yaml = (name for name, _ in _named(root) if name.lower().endswith(SUFFIXES))
    if any(_mentions(root / name) for name in yaml):
        yield from (taken.folder for taken in extended(read_tree(root), root).taken)


def _mentions(path: Path) -> bool:
    try:
        return b"extends" in bounded(path, LONGEST)
    except OSError:
        return True


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, folder and link below a folder, with the hash of what it holds, always in the same order."""
    for name, entry in _named(root):
        if entry.is_symlink():
            yield name, b"link" + os.fsencode(os.readlink(entry.path))  # noqa: PTH115
        elif entry.is_dir(follow_symlinks=False):
            yield name, b"folder"
        else:
            yield name, _content(entry.path)


def _named(root: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(root / prefix) as entries:
            seen = sorted(entries, key=lambda e: e.name)
        for entry in seen:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and entry.name != ".git":
                folders.append(f"{name}/")
            yield name, entry


def _content(path: str) -> bytes:
    """The hash of a file; of one that is no ordinary file, or that nobody reads whole, its kind and size."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LONGEST:
            return f"{stat.S_IFMT(status.st_mode)} {status.st_size} {status.st_mtime_ns}".encode()
        return sha256(os.read(descriptor, status.st_size + 1)).digest()
    finally:
        os.close(descriptor)


def _git_files(root: Path) -> Iterator[Path]:
    here = Path(os.path.abspath(root))  # noqa: PTH100 - git does not follow links either
    for folder in (here, *here.parents):
        yield from (folder / name for name in _OF_GIT if (folder / name).is_file())
        if (folder / ".git").exists():
            return


@cache
def tool() -> str:
    """The versions of Python, of the tool and of what it reads with, and what each of its own files holds."""
    versions = [f"{name} {_version(name)}" for name in _READ_BY]
    package = Path(__file__).parents[1]
    own = sorted(
        f"{path.relative_to(package).as_posix()} {sha256(path.read_bytes()).hexdigest()}"
        for path in package.rglob("*")
        if path.suffix in {".py", ".yaml", ".json"}
    )
    return "\n".join((sys.version, *versions, *own))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
