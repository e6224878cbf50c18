"""The register on the desk: as it stands on disk, judged, and as it would be with a change that is not saved yet."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock

from msgspec import Struct
from msgspec.structs import replace

from ropa.accepting.baseline import Baseline
from ropa.accepting.selection import Choice, choose
from ropa.accepting.trust import Trust
from ropa.case import Case
from ropa.documents.document import Document
from ropa.documents.journal import write_all
from ropa.documents.source import Unreadable, read_bytes
from ropa.engine import ask, make_case
from ropa.errors import CannotWrite, RopaError
from ropa.judging.coverage import Settings
from ropa.page.review import Review
from ropa.plugins import all_rules
from ropa.reading.memo import read_so_far
from ropa.report import Report
from ropa.seen.before import NOTHING, Files, ReadRegister, Stamp, stamps
from ropa.seen.text import Texts
from ropa.workbench.diary import DeskDoing, Diary, mark


class Checking(Struct, frozen=True):
    """How the register is judged: as the command line and the settings have it, whatever changes on the desk."""

    settings: Settings
    choices: tuple[Choice, ...] = ()
    baseline: Baseline = Baseline()
    trust: Trust = Trust()


class MadeAnew(Struct, frozen=True):
    """How much was made for one moment of the register; all else was taken over from the moment before.

    The YAML files that were parsed, the texts of notices that were taken apart, their sentences, lead-ins and headings
    that were read, and the flows that were judged.
    """

    files: int = 0
    texts: int = 0
    sentences: int = 0
    flows: int = 0


NOTHING_ANEW = MadeAnew()


class _TriedChange(Struct, frozen=True):
    """What was tried last: at which moment, what some files were to hold, and what that came to."""

    number: int
    files: Files
    case: Case


class AsItStands(Struct, frozen=True, eq=False, dict=True):
    """The register at one moment: judged, and with what the rules find once somebody asks.

    `number` counts the moments that the desk has seen, so that a page knows whether it is of this one. `anew` is
    what it took to come to this one.
    """

    case: Case
    number: int
    checking: Checking
    anew: MadeAnew

    @cached_property
    def report(self) -> Report:
        """What the rules find."""
        rules = all_rules()
        chosen = choose((rule.info for rule in rules), self.checking.choices)
        return ask(self.case, rules, chosen, self.checking.baseline)

    @cached_property
    def review(self) -> Review:
        """The same as the static page shows it."""
        return Review(self.report)


class Change(Struct, frozen=True):
    """Something to write: what each file is to hold, what it was made of, and what was done, in a sentence.

    `made_of` are the marks of the files as they were when the page was made; `about` names what is changed, so that
    two people who change different things of one file are not in each other's way.
    """

    said: str
    files: Mapping[str, bytes | None]
    made_of: Mapping[str, str]
    about: str


class ChangedUnderneath(RopaError):
    """A file is not what a change was made of any more."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed since this page was made")
        self.path = path


class Desk:
    """One register that several browsers look at. One thing is done at a time: whoever asks holds the `lock`."""

    def __init__(self, root: Path, checking: Checking) -> None:
        self.root, self.checking = root, checking
        self.lock = RLock()
        self.kept = ReadRegister(root)
        self._stamps: Mapping[str, Stamp] | None = None
        self._now: AsItStands | None = None
        self._trial: _TriedChange | None = None
        self._own: dict[tuple[str, str], tuple[str, str]] = {}
        read_from = checking.settings.read_from
        self.diary = Diary(Path(read_from).parent if read_from else root)

    def now(self) -> AsItStands:
        """The register as it is on disk now: judged anew only where some file of it is another."""
        with self.lock:
            found = stamps(self.root)
            if self._now is None or found != self._stamps:
                self._stamps = found
                number = self._now.number + 1 if self._now else 1
                case, anew = self._counted(self._read_again)
                self._now = AsItStands(case, number, self.checking, anew)
            return self._now

    def _read_again(self) -> Case:
        """The register as it is read now: mostly it is what was tried, and saved."""
        self.kept.refresh()
        trial = self._trial
        saved = trial and all(self.held(path) == raw for path, raw in trial.files.items())
        return self._judged(NOTHING, before=trial.case if trial and saved else None)

    def _counted(self, make: Callable[[], Case]) -> tuple[Case, MadeAnew]:
        """A case, and how much of it was made anew."""
        files, texts, sentences = self.kept.parsed, self.kept.seen, read_so_far()
        case = make()
        return case, MadeAnew(
            self.kept.parsed - files,
            self.kept.seen - texts,
            read_so_far() - sentences,
            case.coverage.judged,
        )

    def on(self, day: date) -> AsItStands:
        """The register as it is now, judged on another day."""
        with self.lock:
            now = self.now()
            checking = replace(self.checking, settings=replace(self.checking.settings, day=day))
            case, anew = self._counted(lambda: self._judged(NOTHING, checking))
            return AsItStands(case, now.number, checking, anew)

    def as_if(self, files: Files) -> Case:
        """The register judged as if some files held something else."""
        return self.tried(files)[0]

    def tried(self, files: Files) -> tuple[Case, MadeAnew]:
        """The same, with how much of it was made anew."""
        with self.lock:
            now, trial = self.now(), self._trial
            if trial is not None and (trial.number, trial.files) == (now.number, files):
                return trial.case, NOTHING_ANEW
            case, anew = self._counted(lambda: self._judged(files))
            self._trial = _TriedChange(now.number, dict(files), case)
            return case, anew

    def _judged(
        self, instead: Files, checking: Checking | None = None, before: Case | None = None
    ) -> Case:
        how = checking or self.checking

        def published(documents: Iterable[Document], _: Path) -> Texts:
            return self.kept.texts(documents, instead)

        return make_case(
            self.kept.documents(instead),
            how.settings,
            self.root,
            trust=how.trust,
            published=published,
            before=before or (self._now.case if self._now else None),
        )

    def held(self, path: str) -> bytes | None:
        """What a file of the register holds on disk; None where there is none, or it leads out of the folder."""
        raw = read_bytes(self.root, path)
        return None if isinstance(raw, Unreadable) else raw

    def write(self, change: Change, when: str) -> None:
        """Write what a change makes of its files, all of them or none, and note it.

        Raises `ChangedUnderneath` where a file is not what the change was made of, and `CannotWrite`.
        """
        with self.lock:
            before = {path: self.held(path) for path in change.files}
            for path, raw in before.items():
                self._may_be_written(path)
                self._still_fits(path, change.made_of.get(path, ""), mark(raw), change.about)
            doing = self.diary.begin(when, change.said, before, change.files)
            try:
                write_all({self.root / path: raw for path, raw in change.files.items()})
            except OSError as error:
                self.diary.drop(doing)
                raise CannotWrite(f"cannot write: {error.strerror or error}") from error
            for path, raw in before.items():
                self._own[path, mark(raw)] = doing.after[path], change.about

    def undo(self) -> DeskDoing | None:
        """Take back what was written last. Raises `ChangedUnderneath` where it was changed again since."""
        with self.lock:
            doing = self._written_last()
            if doing is None:
                return None
            for path, known in doing.after.items():
                if mark(self.held(path)) != known:
                    raise ChangedUnderneath(path)
            files = {
                path: None if text is None else text.encode("utf-8", "surrogateescape")
                for path, text in doing.before.items()
            }
            for path in files:
                self._may_be_written(path)
            try:
                write_all({self.root / path: raw for path, raw in files.items()})
            except OSError as error:
                raise CannotWrite(f"cannot write: {error.strerror or error}") from error
            self.diary.undo(doing)
            return doing

    def _written_last(self) -> DeskDoing | None:
        """The last doing that was carried out: a server may have been killed before it wrote anything."""
        while (doing := self.diary.last) is not None:
            now = {path: mark(self.held(path)) for path in doing.after}
            was = {path: mark(_encoded(text)) for path, text in doing.before.items()}
            if now != was or now == dict(doing.after):
                return doing
            self.diary.drop(doing)
        return None

    def _still_fits(self, path: str, made_of: str, now: str, about: str) -> None:
        """Whether a file is what a change was made of, or differs from it by what was done here to something else."""
        seen: set[str] = set()
        while made_of != now:
            known = self._own.get((path, made_of))
            if (
                known is None or known[1] == about or made_of in seen
            ):  # what is taken out again leads back
                raise ChangedUnderneath(path)
            seen.add(made_of)
            made_of = known[0]

    def _may_be_written(self, path: str) -> None:
        """Raise unless it is a file of the register, which no link and no dot leads out of."""
        parts = path.split("/")
        whole = self.root / path
        inside = whole.parent.resolve().is_relative_to(self.root.resolve())
        hidden = any(part.startswith(".") or not part or "\0" in part for part in parts)
        if hidden or not inside or whole.is_symlink() or (whole.exists() and not whole.is_file()):
            raise CannotWrite(f"{path} is no file of the register")


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")
