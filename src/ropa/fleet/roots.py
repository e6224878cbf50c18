"""Where the registers are: every folder below a place that holds documents of a register, and none passed over."""

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from ropa.documents.schema import KINDS
from ropa.documents.source import LONGEST, SUFFIXES, bounded, leads_to_folder
from ropa.errors import NoRegister

_SAYS_A_KIND = re.compile(rf"kind[\"']?\s*:\s*[\"']?(?:{'|'.join(KINDS)})".encode(), re.ASCII)
_LOOKED_AT = 1 << 16
"""How many bytes of a file are searched for the kind of its first document."""
_SHELVES = frozenset(
    {"activities", "notices", "parties", "systems", "terms", "waivers", "tasks", "organisation"}
)
"""What the folders of a register are called: a folder with one of these is a register, whatever is in it itself."""
_PATTERN = re.compile(r"[*?\[]")
MOST_REGISTERS = 100_000


class FoundRegister(Struct, frozen=True):
    """A folder that holds a register, or why there is none where one was to be expected."""

    path: str
    why_not: str = ""


def registers(where: Iterable[str]) -> tuple[FoundRegister, ...]:
    """The registers at some places, each once, by their paths: folders, patterns, and files that list either.

    Nobody follows a link to a folder. Raises `NoRegister` where a place does not exist, or holds nothing.
    """
    found: dict[str, FoundRegister] = {}
    for place in where:
        for one in _at(place, Path()):
            found.setdefault(os.path.realpath(one.path), one)
    if not found:
        raise NoRegister("there is no register there; name folders that hold registers")
    if len(found) > MOST_REGISTERS:
        raise NoRegister(f"there are more than {MOST_REGISTERS} registers; name fewer folders")
    return tuple(sorted(found.values(), key=lambda one: one.path))


def _at(place: str, base: Path, *, listed: bool = False) -> Iterator[FoundRegister]:
    path = base / place
    if _is(path.is_dir):
        yield from _below(path, expected=True)
    elif _is(path.is_file) and not listed:
        for line in _lines(path):
            yield from _at(line, path.parent, listed=True)
    elif _PATTERN.search(place):
        matched = sorted(glob.glob(str(path)))  # noqa: PTH207 - an absolute pattern, too
        if not matched and listed:
            yield FoundRegister(path.as_posix(), "no folder is called so")
        for name in matched:
            if Path(name).is_dir():
                yield from _below(Path(name), expected=True)
    elif listed:
        yield FoundRegister(path.as_posix(), "there is no such folder")
    else:
        raise NoRegister(f"there is no folder, file or pattern {place} that leads to a register")


def _is(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except OSError:  # a name that no file system takes
        return False


def _lines(path: Path) -> Iterator[str]:
    """The places that a file lists, one a line; what follows a number sign is a remark."""
    try:
        text = bounded(path, LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NoRegister(f"{path} lists no registers: it is no text in UTF-8") from None
    for line in text.splitlines():
        if said := line.partition("#")[0].strip():
            yield said


def _below(top: Path, *, expected: bool) -> Iterator[FoundRegister]:
    """The registers in a folder, itself among them; `expected` says that something should be there."""
    if top.is_symlink() and not expected:
        yield FoundRegister(top.as_posix(), "a link to a folder is not followed")
        return
    try:
        with os.scandir(top) as entries:
            seen = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        yield FoundRegister(top.as_posix(), f"it cannot be looked into: {_reason(error)}")
        return
    files = [e for e in seen if e.name.lower().endswith(SUFFIXES) and not leads_to_folder(e)]
    folders = [e for e in seen if leads_to_folder(e)]
    if _is_one(files, folders):
        yield FoundRegister(top.as_posix())
        return
    any_found = False
    for entry in folders:
        for one in _below(Path(entry.path), expected=False):
            any_found = True
            yield one
    if files and not any_found:
        why = f"it holds {files[0].name}, and no document of a register"
        yield FoundRegister(top.as_posix(), why)
    elif expected and not any_found:
        yield FoundRegister(top.as_posix(), "there is no register in it")


def _is_one(files: list["os.DirEntry[str]"], folders: list["os.DirEntry[str]"]) -> bool:
    """Whether a folder is that of a register: by a document in it, or by one on a shelf of it."""
    if any(map(_says_a_kind, files)):
        return True
    return any(
        _says_a_kind(entry)
        for folder in folders
        if folder.name in _SHELVES and not folder.is_symlink()
        for entry in _yaml_in(folder.path)
    )


def _yaml_in(folder: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return [e for e in entries if e.name.lower().endswith(SUFFIXES)]
    except OSError:
        return []


def _says_a_kind(entry: "os.DirEntry[str]") -> bool:
    try:
        if not entry.is_file():
            return False
        with open(entry.path, "rb") as file:  # noqa: PTH123 - its path is text already
            return bool(_SAYS_A_KIND.search(file.read(_LOOKED_AT)))
    except OSError:
        return False


def _reason(error: OSError) -> str:
    return (error.strerror or "its name cannot be used").lower()
