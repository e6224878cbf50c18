"""Ends commands at every step of their writing, and sees whether what they leave is the old, or the new.

`python3 dev.py kills` does it 500 times; the suite a few. A command runs in a child of this process, which is ended
before one of the steps that change files: opening to write, moving, deleting, making a folder. A check is ended while
it keeps what it has read, too: then the next one has to say what one without anything kept says.
"""

import errno
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from conftest import TODAY, write_register
from library import GAP
from ropa.cli import run
from ropa.documents import journal

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.copyfile"}
Files = Mapping[str, bytes]
FULL = "full"
"""Instead of a signal: the step fails, as on a full disk."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("import", "record.xlsx"),
    ("report",),
    ("report", "--evidence", "--format=html", "--format=json"),
    ("notice", "draft", "resident", "-o", "drafts"),
    ("record", "-o", "record.md"),
    ("baseline",),
    ("sign-off", "library-users", "--by=A. Nobody", "--with-open-gaps=later"),
    ("check", "--write=sarif=a.sarif", "--write=junit=b.xml", "-o", "c.txt"),
)


class Outcome(Struct, frozen=True):
    """How a child ended: its exit code, or minus the signal; and how many steps it had begun."""

    code: int
    steps: int


def ended(work: Callable[[], object], folder: Path, at: int, how: int | str) -> Outcome:
    """Run some work in a child, and end it so before its step `at`, counted from 1 inside a folder."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(work, folder, at, how, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        steps = len(pipe.read())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Outcome(status, steps)


def _be_the_child(
    work: Callable[[], object], folder: Path, at: int, how: int | str, writing: int
) -> None:
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(silent, stream)
    inside, counted = str(folder.resolve()), 0

    def watch(event: str, arguments: Sequence[object]) -> None:
        nonlocal counted
        if event not in STEPS or not _changes(event, arguments, inside):
            return
        counted += 1
        os.write(writing, b".")
        if counted == at and how == FULL:
            raise OSError(errno.ENOSPC, "No space left on device")
        if counted == at:
            os.kill(os.getpid(), int(how))

    try:
        sys.addaudithook(watch)
        work()
    except BaseException:  # noqa: BLE001 - a child must not go on as a test
        os._exit(2)
    os._exit(0)


def _changes(event: str, arguments: Sequence[object], inside: str) -> bool:
    if event == "open" and not int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR):
        return False
    named = (os.fsdecode(a) for a in arguments[:2] if isinstance(a, (str, bytes, os.PathLike)))
    return any(os.path.abspath(name).startswith(inside) for name in named)  # noqa: PTH100


def files_in(folder: Path) -> Files:
    """What every file below a folder holds."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def come_next(folder: Path) -> None:
    """What the next run does in each folder into which one was writing."""
    for staged in [path for path in folder.rglob(f"{journal.PREFIX}*") if path.is_dir()]:
        list(journal.recover(staged.parent))


def project(folder: Path) -> None:
    """A project in which each of the commands has something to write."""
    (folder / "registry").mkdir()
    for name, text in _apart(GAP).items():
        (folder / "registry" / name).write_text(text, "utf-8")
    write_register(folder, GAP)
    (folder / "notice.md").rename(folder / "registry" / "notice.md")
    (folder / "register.yaml").unlink()
    _run(folder, ("record", "--format=xlsx", "-o", "record.xlsx"))
    _edit(folder / "record.xlsx", ("Fairly Collected Ltd", "Card index", "Lending books"))


def _edit(workbook: Path, names: Sequence[str]) -> None:
    """Call some things otherwise, as somebody does who edits the record."""
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    for cell in [cell for cell in cells if cell.value in names]:
        cell.value = f"New {cell.value}"
    book.save(workbook)


def _apart(text: str) -> Mapping[str, str]:
    documents = (document.strip("\n") for document in text.split("---\n"))
    return {f"{d.partition(chr(10))[0].removeprefix('kind: ')}.yaml": f"{d}\n" for d in documents}


def _run(folder: Path, command: Sequence[str]) -> None:
    os.chdir(folder)
    sys.argv = ["ropa", *command, f"--as-of={TODAY}"]
    if command[0] == "sign-off":
        sys.argv.append(f"--on={TODAY}")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(1, 2)
        run()
    os.waitpid(child, 0)


class Tried(Struct):
    """A command, what its project held before and holds after it, and in how many steps it writes."""

    command: tuple[str, ...]
    old: Files
    new: Files
    steps: int

    def left_by(self, template: Path, at: int, how: int | str) -> tuple[Outcome, Files]:
        """How the command ended, and what is left when somebody came after it."""
        with tempfile.TemporaryDirectory(prefix="ropa-kill-") as made:
            folder = Path(made) / "project"
            shutil.copytree(template, folder)
            outcome = ended(lambda: self._work(folder), folder, at, how)
            come_next(folder)
            return outcome, files_in(folder)

    def _work(self, folder: Path) -> None:
        os.chdir(folder)
        sys.argv = ["ropa", *self.command, f"--as-of={TODAY}"]
        if self.command[0] == "sign-off":
            sys.argv.append(f"--on={TODAY}")
        run()


class CacheTried(Struct):
    """A check that keeps what it has read, what it says where nothing is kept, and in how many steps it keeps it."""

    template: Path
    says: bytes = b""
    steps: int = 0

    def left_by(self, at: int, how: int | str) -> tuple[Outcome, bytes]:
        """How a check ended while it kept what it had read, and what the next one says."""
        with tempfile.TemporaryDirectory(prefix="ropa-kill-") as made:
            folder, caches = Path(made) / "project", Path(made) / "caches"
            shutil.copytree(self.template, folder)
            outcome = ended(lambda: self._work(folder, caches), caches, at, how)
            (folder / "c.txt").unlink(missing_ok=True)
            ended(lambda: self._work(folder, caches), caches, 0, signal.SIGKILL)
            left = [path.name for path in caches.rglob(".*") if path.is_file()]
            assert not left, f"{left} is left at step {at}"
            return outcome, (folder / "c.txt").read_bytes()

    def _work(self, folder: Path, caches: Path, *more: str) -> None:
        os.chdir(folder)
        os.environ["XDG_CACHE_HOME"] = str(caches)
        sys.argv = ["ropa", "check", "-o", "c.txt", f"--as-of={TODAY}", *more]
        run()


def tried_with_cache(template: Path) -> CacheTried:
    """A check that has been run once without anything kept."""
    trial = CacheTried(template)
    with tempfile.TemporaryDirectory(prefix="ropa-kill-") as made:
        folder = Path(made) / "project"
        shutil.copytree(template, folder)
        ended(lambda: trial._work(folder, Path(made), "--no-cache"), folder, 0, signal.SIGKILL)
        trial.says = (folder / "c.txt").read_bytes()
    return trial


def tried(command: tuple[str, ...], template: Path) -> Tried:
    """A command that has been run once to its end."""
    trial = Tried(command, files_in(template), {}, 0)
    outcome, trial.new = trial.left_by(template, 0, signal.SIGKILL)
    trial.steps = outcome.steps
    return trial


def main(number: int) -> int:
    """End commands that often at random steps, in a random way; how many were left between old and new."""
    dice, between = random.Random(number), 0
    with tempfile.TemporaryDirectory(prefix="ropa-kills-") as made:
        template = Path(made) / "template"
        template.mkdir()
        project(template)
        os.chdir(made)
        os.environ["XDG_CACHE_HOME"] = str(Path(made) / "caches")
        cache = tried_with_cache(template)
        cache.steps = cache.left_by(0, signal.SIGKILL)[0].steps
        trials: list[Tried | CacheTried] = [tried(command, template) for command in COMMANDS]
        trials.append(cache)
        for _ in range(number):
            trial = dice.choice(trials)
            at = dice.randint(1, max(1, trial.steps))
            how = dice.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, FULL))
            if not _as_it_should_be(trial, template, at, how):
                between += 1
    print(f"{number} ended, {between} left between old and new")  # noqa: T201
    return 1 if between else 0


def _as_it_should_be(trial: Tried | CacheTried, template: Path, at: int, how: int | str) -> bool:
    if isinstance(trial, CacheTried):
        outcome, said = trial.left_by(at, how)
        right, what = said == trial.says, "what is kept"
    else:
        outcome, left = trial.left_by(template, at, how)
        right, what = left in (trial.old, trial.new), " ".join(trial.command)
    if not right:
        print(f"between: {what} at step {at} by {how}: {outcome}")  # noqa: T201
    return right


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
