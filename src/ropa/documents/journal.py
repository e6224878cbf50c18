"""Several files, written all or none, whatever ends the work: a fault, a full disk, a signal, or the power.

What is to be written is first laid down beside the files, with what they hold; then a journal says what goes
where, and from that moment on everything is to be written. Whoever comes next finishes what has a journal, and takes
back what has none. A journal that came with a repository is none of ours, and none may write outside its folder.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ropa.documents.git import tracked
from ropa.documents.whole import write_whole

PREFIX = ".ropa-writing-"
_JOURNAL, _DONE, _LOCK = "journal.json", "done", "lock"


def write_all(files: Mapping[Path, bytes | None]) -> None:
    """Put all the files in their places; delete those without content. Raises `OSError`: then nothing has changed."""
    folder = common(files)
    if len(files) > 1 and folder.is_dir() and not os.access(folder, os.W_OK):
        for path, content in files.items():  # they share no folder of ours
            write_all({path: content})
        return
    made = _made_folders([folder, *(path.parent for path in files)])
    staged = folder / f"{PREFIX}{os.getpid()}"
    try:
        with _locked(staged):
            plan = _laid_down(files, folder, staged)
            _written(staged / _JOURNAL, json.dumps(plan).encode())
            _carry_out(plan, folder, staged)
            _finish(staged)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.rmdir()
        raise


def recover(folder: Path) -> Iterator[str]:
    """Finish or take back what earlier runs began to write into a folder and did not end; says what was done."""
    for staged in _begun(folder):
        with _unless_alive(staged) as ours:
            if ours and tracked(folder, staged.name):
                yield f"{staged} came with the repository, and was left alone; delete it"
            elif ours and (staged / _DONE).is_file():
                shutil.rmtree(staged)
            elif ours:
                yield _settled(folder, staged)


def _settled(folder: Path, staged: Path) -> str:
    journal = staged / _JOURNAL
    plan = _plan_in(journal, folder) if journal.is_file() else None
    if plan is None:
        shutil.rmtree(staged)
        return f"an earlier run was ended while it wrote into {folder}; what it had begun was taken back"
    for number, name in enumerate(plan["files"]):
        _move(staged / f"{number}.new", folder / name, gone=name in plan["gone"])
    _finish(staged)
    return f"an earlier run was ended while it wrote into {folder}; what it had begun was finished"


def _finish(staged: Path) -> None:
    """Take the journal away first: what is in its place from now on is not ours to move."""
    (staged / _JOURNAL).replace(staged / _DONE)
    shutil.rmtree(staged)


def _plan_in(journal: Path, folder: Path) -> dict[str, list[str]] | None:
    """What a journal says, if it says it of files in its folder."""
    try:
        said: Any = json.loads(journal.read_bytes())
        plan = {key: [str(name) for name in said[key]] for key in ("files", "gone")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    here = folder.resolve()
    inside = all((folder / name).parent.resolve().is_relative_to(here) for name in plan["files"])
    return plan if inside else None


def _laid_down(
    files: Mapping[Path, bytes | None], folder: Path, staged: Path
) -> dict[str, list[str]]:
    """Write what is to be, and what is, beside the files; and name them in their order."""
    names = [os.path.relpath(path, folder) for path in files]
    for number, (path, content) in enumerate(files.items()):
        if content is not None:
            _written(staged / f"{number}.new", content)
        if path.is_file():
            shutil.copy2(path, staged / f"{number}.old")
    gone = [name for name, content in zip(names, files.values(), strict=True) if content is None]
    return {"files": names, "gone": gone}


def _carry_out(plan: Mapping[str, list[str]], folder: Path, staged: Path) -> None:
    """Move everything into its place, or back to where it was."""
    moved: list[int] = []
    try:
        for number, name in enumerate(plan["files"]):
            _move(staged / f"{number}.new", folder / name, gone=name in plan["gone"])
            moved.append(number)
    except BaseException:
        for number in moved:
            old, path = staged / f"{number}.old", folder / plan["files"][number]
            _move(old, path, gone=not old.is_file())
        shutil.rmtree(staged)
        raise


def _move(source: Path, path: Path, *, gone: bool) -> None:
    if gone:
        path.unlink(missing_ok=True)
    elif source.is_file():  # else it was moved already
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.replace(path)
        except OSError:
            if path.is_dir() or source.stat().st_dev == path.parent.stat().st_dev:
                raise
            write_whole(path, source.read_bytes())


def _written(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def common(files: Mapping[Path, bytes | None]) -> Path:
    """The folder that all the files are in."""
    return Path(os.path.commonpath([os.path.abspath(path.parent) for path in files]))  # noqa: PTH100


def _made_folders(folders: list[Path]) -> list[Path]:
    """Make the folders; those that were not there, the deepest first."""
    missing = {f for folder in folders for f in (folder, *folder.parents) if not f.exists()}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return sorted(missing, key=lambda folder: -len(folder.parts))


def _begun(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.startswith(PREFIX))
    except OSError:
        return []


@contextmanager
def _locked(staged: Path) -> Iterator[None]:
    """The folder to lay down in, which says that its writer is alive; it is gone when the work has failed before
    there was a journal."""
    staged.mkdir()
    with (staged / _LOCK).open("wb") as lock:
        _lock(lock.fileno())
        try:
            yield
        except BaseException:
            if not (staged / _JOURNAL).is_file():
                shutil.rmtree(staged, ignore_errors=True)
            raise


@contextmanager
def _unless_alive(staged: Path) -> Iterator[bool]:
    """Whether whoever began is gone."""
    try:
        with (staged / _LOCK).open("rb+") as lock:
            yield _lock(lock.fileno())
    except FileNotFoundError:  # it ended before there was one
        yield True


def _lock(descriptor: int) -> bool:
    """Take a lock, which ends with its holder; whether it was free."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
