"""What a trusted revision says of how a register is checked: its settings, its baseline, and its documents.

In a check of a change that somebody asks for, the revision is the one that the change is to go onto. What is
judged stays the register in the working tree.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from ropa import configuration
from ropa.accepting import baseline as baselines
from ropa.accepting.baseline import Baseline
from ropa.accepting.trust import Trust
from ropa.changes.history import commit_of, link_at, relative_to, top_of, unpack
from ropa.configuration import LONGEST, NAME, SHARED, Configuration
from ropa.documents.document import Document
from ropa.documents.extended import extended, extends
from ropa.documents.schema import well_formed
from ropa.documents.source import LONGEST as MOST_OF_A_FILE
from ropa.documents.source import bounded, read_tree
from ropa.errors import BadRevision
from ropa.seen.published import published_texts
from ropa.seen.text import NoticeText

_REGISTRY = "registry"


class WantedOfTrust(Struct, frozen=True):
    """What was asked for on the command line: the folder, the settings file, the baseline; `none` for no settings."""

    registry: Path | None = None
    config: Path | None = None
    baseline: Path | None = None
    none: bool = False


class Trusted(Struct, frozen=True):
    """How to check the register in a folder, as a revision has it."""

    said: Configuration
    root: Path
    baseline: Baseline | None
    trust: Trust
    remarks: tuple[str, ...] = ()
    signers: str = ""


def as_trusted(revision: str, wanted: WantedOfTrust) -> Trusted:
    """The settings, the baseline and the documents of a revision. Raises `BadRevision` where it lacks one of them."""
    here = wanted.registry or (Path(_REGISTRY) if Path(_REGISTRY).is_dir() else Path())
    if revision.startswith("-") or "\0" in revision:
        raise BadRevision(f"“{revision}” is no revision of git")
    top = top_of(here if here.is_dir() else Path(), revision)
    with TemporaryDirectory(prefix="ropa-") as folder:
        base = _Base(revision, top, commit_of(top, revision, revision), Path(folder).resolve())
        return base.trusted(here, wanted)


def as_kept(wanted: str, register: Path) -> tuple[Configuration, Baseline | None]:
    """The settings and the baseline beside a register: a folder, or one in a revision, written REV or REV:path."""
    if Path(wanted).is_dir():
        path = configuration.find(Path(wanted))
        said = configuration.read(path) if path else Configuration()
        listed = said.baseline if said.baseline is not None and said.baseline.is_file() else None
        return said, baselines.read(listed, Path(wanted)) if listed else None
    revision, _, path_in_it = wanted.partition(":")
    top = top_of(register if register.is_dir() else Path(), wanted)
    with TemporaryDirectory(prefix="ropa-") as folder:
        commit = commit_of(top, revision, wanted)
        base = _Base(revision, top, commit, Path(folder).resolve())
        return base.kept(top / path_in_it if path_in_it else register)


class _Base:
    """A revision that is unpacked piece by piece, as it is asked for."""

    def __init__(self, name: str, top: Path, commit: str, folder: Path) -> None:
        self.name = name
        self.top = top
        self.commit = commit
        self.folder = folder

    def trusted(self, here: Path, wanted: WantedOfTrust) -> Trusted:
        self._inside(here)
        said = self._settings(here, wanted)
        root = wanted.registry or said.registry or Path(_REGISTRY)
        inside = self._inside(root)
        self._unpack(inside)
        documents = self._documents(inside) if self._has(inside) else ()
        if not documents:
            raise BadRevision(
                f"there is no register in {inside} at {self.name}, so nothing can be trusted"
            )
        trust = Trust(self.name, documents, texts=self._altered_texts(documents, inside))
        listed = self._baseline(wanted.baseline or said.baseline, inside)
        remarks = tuple(self._otherwise(here, wanted))
        return Trusted(said, root, listed, trust, remarks, self._signers(said.allowed_signers))

    def _documents(self, inside: str) -> tuple[Document, ...]:
        """The documents of the register, with those that it takes over from others."""
        root = self.folder / inside
        waiting, known = [root], {root}
        while waiting:
            folder = waiting.pop()
            for name in extends(read_tree(folder)):
                other = Path(os.path.normpath(folder / name))
                if other not in known and other.is_relative_to(self.folder):
                    self._unpack(other.relative_to(self.folder).as_posix())
                    known.add(other)
                    waiting.append(other)
        return extended(tuple(read_tree(root)), root).documents

    def _altered_texts(
        self, documents: tuple[Document, ...], inside: str
    ) -> Mapping[str, NoticeText]:
        """The texts of notices that are not now as they were, by the notices' ids."""
        notices = [
            document
            for document in documents
            if not document.problems and well_formed(document) and document.data["kind"] == "notice"
            if "text" in document.data and self._is_altered(document, inside)
        ]
        texts = published_texts(notices, self.folder / inside)
        found = ((d.data["id"], texts[(d.path, d.data["text"])]) for d in notices)
        return {id_: text for id_, text in found if isinstance(text, NoticeText)}

    def _is_altered(self, document: Document, inside: str) -> bool:
        path = Path(inside) / Path(document.path).parent / document.data["text"]
        held = []
        for top in (self.folder, self.top):
            try:
                held.append(bounded(top / path, MOST_OF_A_FILE))
            except (OSError, ValueError):
                return True
        return held[0] != held[1]

    def _signers(self, path: Path | None) -> str:
        """The text of the file of allowed signers."""
        if path is None:
            return ""
        inside = self._is_inside(path)
        return configuration.text_of(self._named(path, "allowed signers") if inside else path)

    def kept(self, here: Path) -> tuple[Configuration, Baseline | None]:
        """The settings and the baseline, which need not be there."""
        said = self._settings(here, WantedOfTrust())
        if said.baseline is None:
            return said, None
        inside = relative_to(said.baseline, self.top, self.name)
        self._unpack(inside)
        there = (self.folder / inside).is_file()
        return said, baselines.read(self.folder / inside, self.folder) if there else None

    def _settings(self, here: Path, wanted: WantedOfTrust) -> Configuration:
        if wanted.none:
            return Configuration()
        if wanted.config is not None and not self._is_inside(wanted.config):
            return configuration.read(wanted.config)  # it is nobody's who may change the repository
        path = self._named(wanted.config, "settings file") if wanted.config else self._nearest(here)
        if path is None:
            return Configuration()
        shown = Path(f"{self.name}:{path.relative_to(self.folder).as_posix()}")
        said = configuration.read(path, shown)
        return replace(
            said,
            registry=self._now(said.registry),
            baseline=self._now(said.baseline),
            allowed_signers=self._now(said.allowed_signers),
        )

    def _nearest(self, here: Path) -> Path | None:
        inside = Path(relative_to(here, self.top, self.name))
        folders = [inside, *inside.parents]
        self._unpack(*((f / name).as_posix() for f in folders for name in (NAME, SHARED)))
        (self.folder / ".git").mkdir(exist_ok=True)  # where the search ends
        found = configuration.find(self.folder / inside)
        return found.resolve() if found else None

    def _otherwise(self, here: Path, wanted: WantedOfTrust) -> Iterator[str]:
        """The settings files of the working tree that are not as they were: none of them counts."""
        inside = Path(relative_to(here, self.top, self.name))
        for folder in () if wanted.none else (inside, *inside.parents):
            for name in (NAME, SHARED):
                now, then = self.top / folder / name, self.folder / folder / name
                if now.is_file() and _settings_in(now) != _settings_in(then):
                    path = (folder / name).as_posix()
                    yield f"{path} is not as at {self.name}, and does not count"

    def _baseline(self, path: Path | None, root: str) -> Baseline | None:
        if path is None:
            return None
        if not self._is_inside(path):
            return baselines.read(path, self.top / root)
        return baselines.read(self._named(path, "baseline"), self.folder / root)

    def _named(self, path: Path, what: str) -> Path:
        inside = self._inside(path)
        self._unpack(inside)
        if not (self.folder / inside).is_file():
            raise BadRevision(f"there is no {what} {inside} at {self.name}, so none can be trusted")
        return self.folder / inside

    def _now(self, path: Path | None) -> Path | None:
        """A path that the trusted settings name, in the working tree."""
        if path is None:
            return None
        inside = os.path.relpath(path, self.folder)
        return Path(os.path.relpath(self.top / inside))

    def _inside(self, path: Path) -> str:
        """A path from the root of the repository on, by links that the revision has as well: else whoever asks for a
        change would say which of two things is looked at."""
        for link in _links_on(path):
            if link.parent.resolve().is_relative_to(self.top.resolve()):
                named = relative_to(link.parent, self.top, self.name)
                at = (Path(named) / link.name).as_posix()
                if link_at(self.top, self.commit, at, self.name) != str(link.readlink()):
                    raise BadRevision(
                        f"{at} is a link to {link.readlink()}, and is none at {self.name}, so nothing can be trusted"
                    )
        return relative_to(path, self.top, self.name)

    def _unpack(self, *paths: str) -> None:
        """Write what the revision has at some paths, and what lies behind those that are links."""
        unpack(self.top, self.commit, paths, self.folder, self.name)
        for path in (self.folder / path for path in paths):
            if path.is_symlink() and not path.exists():
                target = Path(os.path.normpath(path.parent / path.readlink()))
                self._unpack(target.relative_to(self.folder).as_posix())

    def _has(self, inside: str) -> bool:
        return (self.folder / inside).is_dir()

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.top.resolve())


def _links_on(path: Path) -> Iterator[Path]:
    """The links on the way to a path, and on the way that each of them leads."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow them
    for step in (whole, *whole.parents):
        if step.is_symlink():
            yield step
            yield from _links_on(step.parent / step.readlink())


def _settings_in(path: Path) -> bytes:
    """What is in a settings file; nothing where that cannot be had, or where it speaks of other tools alone."""
    try:
        held = bounded(path, LONGEST)
    except OSError:
        return b""
    return held if path.name == NAME or b"ropa" in held else b""
