"""Registers as they were: a folder out of a revision of a git repository.

The command `git` is asked, and nothing else. What it gives is unpacked into a folder that is gone when the work
is done.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from ropa.documents.git import git
from ropa.errors import BadRevision


class Past(Struct, frozen=True):
    """A register on disk, and what to call it: the folder, or the revision it was taken from."""

    folder: Path
    name: str


@contextmanager
def as_it_was(wanted: str, register: Path) -> Iterator[Past]:
    """The register that `wanted` names: a folder, a revision, or `REV:path`. Raises `BadRevision`.

    Of a revision without a path, it is the folder where the register is now.
    """
    if not wanted.strip():
        raise BadRevision(
            "nothing is named to compare with: the name of a folder or revision is empty"
        )
    if Path(wanted).is_dir():
        yield Past(Path(wanted), Path(wanted).as_posix())
        return
    revision, _, path = wanted.partition(":")
    if revision.startswith("-") or not revision or "\0" in wanted:
        raise BadRevision(f"“{wanted}” is neither a folder nor a revision of git")
    here = register if register.is_dir() else Path()
    top = top_of(here, wanted)
    commit = commit_of(top, revision, wanted)
    inside = _inside(path, top) if path else relative_to(register, top, wanted)
    with TemporaryDirectory(prefix="ropa-") as folder:
        unpack(top, commit, (inside,), Path(folder), wanted)
        found = Path(folder) / inside
        if found.is_file():
            raise BadRevision(f"{inside} is no folder in {wanted}")
        if not found.is_dir():
            raise BadRevision(
                f"there is no folder {inside} in {wanted}; write REV:PATH to say where it was"
            )
        yield Past(found, f"{revision}:{inside}")


def top_of(here: Path, wanted: str) -> Path:
    """The root of the repository that a folder is in. Raises `BadRevision`."""
    done = git(here, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise BadRevision(
            f"“{wanted}” is no folder, and {_shown(here)} is in no repository of git"
            f" ({_said(done)}); name a folder, or run this in the repository"
        )
    return Path(os.fsdecode(done.stdout).removesuffix("\n"))


def commit_of(top: Path, revision: str, wanted: str) -> str:
    """The name of the commit itself: no word of the user's goes further."""
    asked = ("-c", "core.warnAmbiguousRefs=true", "rev-parse", "--verify", f"{revision}^{{commit}}")
    done = git(top, *asked)
    if b"is ambiguous" in done.stderr and not done.returncode:
        raise BadRevision(
            f"{revision} names more than one thing here, as a branch and a tag; "
            f"write refs/heads/{revision} or refs/tags/{revision}"
        )
    commit = done.stdout.decode("ascii", "replace").strip()
    if not done.returncode and commit:
        return commit
    if git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise BadRevision(
            f"{revision} is not in this repository, which is a shallow clone and holds only the latest commits; "
            "run `git fetch --unshallow`, or in a workflow check out with `fetch-depth: 0`"
        )
    raise BadRevision(f"“{wanted}” is no folder, and there is no revision {revision} here")


def _inside(path: str, top: Path) -> str:
    """A path behind the colon, from the root of the repository; as git has it, `./` means from here."""
    whole = (Path.cwd() if path.startswith(("./", "../")) or path == "." else top) / path
    relative = os.path.relpath(os.path.normpath(whole), top.resolve())
    if relative.startswith(".."):
        raise BadRevision(f"{path} is outside the repository {_shown(top)}")
    return Path(relative).as_posix()


def relative_to(register: Path, top: Path, wanted: str) -> str:
    """A path from the root of the repository on. Raises `BadRevision` where it is outside."""
    relative = os.path.relpath(register.resolve(), top.resolve())
    if relative.startswith(".."):
        raise BadRevision(
            f"{_shown(register)} is outside the repository; write {wanted}:PATH to say where the register was"
        )
    return Path(relative).as_posix()


def unpack(top: Path, commit: str, paths: Iterable[str], folder: Path, wanted: str) -> None:
    """Write files and folders of a commit, those that it has: the bytes that were committed, through no filter."""
    held = _held(top, commit, tuple(paths))
    for entry, content in zip(held, _contents(top, held, wanted), strict=True):
        try:
            _write(folder, entry, content)
        except (OSError, ValueError) as error:
            raise BadRevision(f"cannot unpack {entry.name} of {wanted}: {error}") from None


class _Held(Struct, frozen=True):
    """A file of a commit: its name, the name of its content, and whether it is a link."""

    name: str
    content: bytes
    link: bool


def _held(top: Path, commit: str, paths: tuple[str, ...]) -> tuple[_Held, ...]:
    """The files of a commit at some paths or below them; another repository in it is none."""
    where = () if "." in paths else ("--", *paths)
    listed = git(top, "ls-tree", "-r", "-z", "--full-tree", commit, *where)
    found = []
    for entry in filter(None, listed.stdout.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, kind, content = about.split()
        if kind == b"blob":
            found.append(_Held(os.fsdecode(name), content, mode == b"120000"))
    return tuple(found)


def _contents(top: Path, held: Iterable[_Held], wanted: str) -> Iterator[bytes]:
    """What each file held, as it was committed."""
    asked = b"".join(entry.content + b"\n" for entry in held)
    said = BytesIO(git(top, "cat-file", "--batch", said=asked).stdout)
    for entry in held:
        name, *about = said.readline().split()
        if name != entry.content or len(about) != _ABOUT_A_BLOB:
            raise BadRevision(f"git cannot give {entry.name} as it was in {wanted}")
        yield said.read(int(about[1]))
        said.read(1)  # the line end behind it


_ABOUT_A_BLOB = 2
"""`cat-file --batch` says what something is and how long, or just that it is missing."""


def link_at(top: Path, commit: str, path: str, wanted: str) -> str | None:
    """Where a link of a commit leads; None where it has no link at that path."""
    held = tuple(
        entry for entry in _held(top, commit, (path,)) if entry.name == path and entry.link
    )
    return next(map(os.fsdecode, _contents(top, held, wanted)), None) if held else None


def _write(folder: Path, entry: _Held, content: bytes) -> None:
    """Write a file where it was. Raises `ValueError` where that, or what it links to, lies elsewhere."""
    path = folder / entry.name
    if not _is_below(path, folder):
        raise ValueError("its name leads out of the folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()  # it was unpacked before
    if not entry.link:
        path.write_bytes(content)
        return
    target = os.fsdecode(content)
    if Path(target).is_absolute() or not _is_below(path.parent / target, folder):
        raise ValueError("it is a link that leads out of the folder")
    path.symlink_to(target)


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a path stays in a folder: by its words, and by the links on its way."""
    inside = Path(os.path.normpath(path)).is_relative_to(folder)
    return inside and path.parent.resolve().is_relative_to(folder.resolve())


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    said = " ".join(done.stderr.decode("utf-8", "replace").split())
    return said.removeprefix("fatal: ") or f"git ended with {done.returncode}"


def _shown(folder: Path) -> str:
    return "this folder" if folder == Path() else folder.as_posix()
