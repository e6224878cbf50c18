"""The user's own folder for what a later run may use again: nobody else can read or plant anything in it."""

import os
import stat
import sys
from pathlib import Path

from ropa.errors import CannotWrite

_OURS_ALONE = 0o700


class FolderNotOurs(CannotWrite):
    """The folder is there, and somebody else has or may have a hand in it."""


def own_folder(name: str) -> Path:
    """A folder of `ropa` for this user alone, made where it is not there.

    It is `$XDG_CACHE_HOME/ropa` or what the system has for it. Raises `CannotWrite` where it cannot be had, and
    `FolderNotOurs` where it is somebody else's, a link, or inside a repository: a pull request could put something
    into that.
    """
    top = _caches()
    folder = top / "ropa" / name
    try:
        for part in (folder.parent, folder):
            part.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
            _ours_alone(part)
    except OSError as error:
        raise CannotWrite(f"cannot use {folder}: {error.strerror}") from None
    inside = next((at for at in folder.resolve().parents if (at / ".git").exists()), None)
    if inside and inside != Path.home().resolve():
        raise FolderNotOurs(f"{folder} is not used: it is inside the repository {inside}")
    return folder


def _ours_alone(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise FolderNotOurs(f"{folder} is not used: it is no folder, or a link to one")
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise FolderNotOurs(f"{folder} is not used: it belongs to somebody else")
    if os.name == "posix" and found.st_mode & 0o077:
        folder.chmod(_OURS_ALONE)


def _caches() -> Path:
    said = os.environ.get("XDG_CACHE_HOME", "")
    if Path(said).is_absolute():
        return Path(said)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home())
    return Path.home() / ".cache"
