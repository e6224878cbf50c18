"""Documents in the folder of a register that are not read, by the ending or the first letter of a file's name.

Whoever renames `loans.yaml` to `.loans.yaml` or `loans.json` takes what it says out of everything that is
checked. What git ignores is nobody's document, and a copy that an editor leaves beside a file that is read is
only noted.
"""

import mmap
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct

from ropa.documents.document import SourceFile
from ropa.documents.git import ignored, submodules, tracked
from ropa.documents.patterns import regex
from ropa.documents.schema import KINDS
from ropa.documents.source import LONGEST, SUFFIXES, Unreadable, parse, read_bytes
from ropa.findings import Problem
from ropa.location import Location

_KIND = "|".join(KINDS)
_MAY_SAY_A_KIND = re.compile(
    rf"kind[\"']?\s*:\s*(?:[\"']?(?:{_KIND})|[!&|>])|\?\s+[\"']?kind|\\[xuU0]".encode(),
    re.ASCII,
)
"""Bytes that a document of ours cannot do without: its kind, however it is written."""
_MARKED = r"(?:[!&][^\s,\[\]{}]*\s+)*"
"""What may stand before a word of YAML: its tag, and a name for it."""
_SAYS_ITS_KIND = regex(
    rf"""[ ]*{_MARKED}["']?kind["']?\s*:\s*{_MARKED}["']?(?P<kind>{_KIND})["']?\s*(?:\#|$)"""
)
_SAYS_IT_INSIDE = regex(rf"""["']?kind["']?\s*:\s*["']?(?P<kind>{_KIND})\b""")
_KEY = regex(rf"""(?P<indent>[ ]*){_MARKED}(?:["'][^"']+["']|[A-Za-z_][\w-]*)\s*:(?:\s|$)""")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENDINGS = (*SUFFIXES, ".json")
_KEPT_BESIDE = regex(
    r"""
    (?P<tilde> .+?)(?:~|\.~\d+~) | \#(?P<hash> .+)\# | \.\#(?P<lock> .+)
    | \.(?P<swap> .+)\.sw[a-z] | \.(?P<undo> .+)\.un~ | \.?~\$?(?P<office> .+)
    | (?P<ending> .+?)\.(?:bak|orig|old|rej|save|tmp) | \.(?P<whole> .+)\.\d+
    """,
    re.VERBOSE,
)
"""What editors, patches and `ropa` itself call a copy of a file."""


class PassedOver(Struct, frozen=True):
    """Documents that are not read: those that somebody may miss, and copies beside a file that is read."""

    left_out: tuple[Problem, ...] = ()
    copies: tuple[Problem, ...] = ()


def passed_over(root: Path, read: Collection[str]) -> PassedOver:
    """The documents under `root` in files that are not among those `read`, as far as git does not ignore them."""
    held = {
        path: found for path in _others(root) if path not in read and (found := _held(root, path))
    }
    for path in ignored(root, held) if held else ():
        del held[path]
    beside = {path: of for path in held if (of := _copy_of(path, read))}
    return PassedOver(
        tuple(_left_out(held[path]) for path in sorted(held.keys() - beside.keys())),
        tuple(_copy(held[path], beside[path]) for path in sorted(beside)),
    )


class _HeldDocument(Struct, frozen=True):
    """A document of ours in a file that is not read: its place, and what it says it is; or why nobody can know."""

    at: Location
    name: str
    reason: str


def _others(root: Path) -> Iterator[str]:
    """The paths of the files that are not read: hidden ones, and those that end otherwise."""
    folders = [""]
    while folders:
        prefix = folders.pop()
        hidden = prefix.startswith(".") or "/." in prefix
        try:
            with os.scandir(root / prefix) as entries:
                found = list(entries)
        except OSError:  # one that is not hidden has been said to be unreadable
            if hidden:
                yield prefix
            continue
        if any(entry.name == "pyvenv.cfg" for entry in found) and not tracked(
            root / prefix, "pyvenv.cfg"
        ):
            continue  # a Python environment: nobody's documents, and nobody commits one
        if prefix and not found:
            yield prefix  # git makes an empty folder only for another repository
        for entry in found:
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders += () if entry.name == ".git" else (f"{path}/",)
            elif hidden or entry.name.startswith(".") or not path.lower().endswith(SUFFIXES):
                yield path


_OUR_OWN = frozenset({".ropa-review.jsonl", "ropa-proposals.jsonl"})
"""Files that `ropa` itself writes into a register without settings: what was undone, and what was refused."""


def _held(root: Path, path: str) -> _HeldDocument | None:
    """The first document of ours in a file that is not read; None where there is none."""
    if path.endswith("/"):
        return _unknown_folder(root, path.rstrip("/"))
    if not _may_hold(root, path):
        return None
    raw = read_bytes(root, path)
    if isinstance(raw, Unreadable):
        return _HeldDocument(Location(path), "", "the file cannot be read")
    if path in _OUR_OWN and all(line[:1] in (b"{", b"") for line in raw.split(b"\n")):
        return None
    text = raw.decode(_encoding(raw), "replace")
    found = _document_in(SourceFile(path, text))
    return _HeldDocument(*found, _reason(path)) if found else None


def _unknown_folder(root: Path, path: str) -> _HeldDocument | None:
    """A folder in which nothing can be seen, though something may be there."""
    if not _is_empty(root / path):
        return _HeldDocument(Location(path), "", "the folder cannot be looked into")
    if path not in submodules(root):
        return None
    return _HeldDocument(Location(path), "", "it is another repository, which is not checked out")


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


def _may_hold(root: Path, path: str) -> bool:
    """Whether a file is worth reading: quickly, since most are texts of notices."""
    whole = root / path
    named = any(ending in path.rpartition("/")[2].lower() for ending in _ENDINGS)
    try:
        if not whole.is_file() or _leads_out(root, whole):
            return False
        size = whole.stat().st_size
        if not 0 < size <= LONGEST:
            return named and size > 0
        with whole.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
            return _encoding(held[:2]) != "utf-8-sig" or bool(_MAY_SAY_A_KIND.search(held))
    except (OSError, RuntimeError, ValueError):
        return named


def _encoding(raw: bytes) -> str:
    """How a file is written: in two bytes a letter where it says so, or where every other byte is none."""
    if raw.startswith(_UTF_16):
        return "utf-16"
    if raw[:2].count(0) == 1:
        return "utf-16-be" if raw[0] == 0 else "utf-16-le"
    return "utf-8-sig"


def _leads_out(root: Path, whole: Path) -> bool:
    return whole.is_symlink() and not whole.resolve().is_relative_to(root.resolve())


def _document_in(file: SourceFile) -> tuple[Location, str] | None:
    """The first document of ours in a file, whatever it is called: YAML, or JSON, which is YAML."""
    documents = tuple(parse(file))
    for document in documents:
        entries = document.data if isinstance(document.data, list) else [document.data]
        for entry in entries:
            if isinstance(entry, dict) and entry.get("kind") in KINDS:
                return document.origin.location, f"{entry['kind']} {entry.get('id', '')}".strip()
    return _laid_out(file) if any(document.problems for document in documents) else None


def _laid_out(file: SourceFile) -> tuple[Location, str] | None:
    """The same in a file that is no sound YAML: a document that begins like one of ours, and says its kind."""
    says: re.Pattern[str] | None = None
    begun, depth = False, 0
    for number, line in enumerate(file.lines, 1):
        if line[:4].rstrip() == "---":
            begun, says = False, None
        elif not begun and line.strip() and not line.lstrip().startswith("#"):
            key, begun = _KEY.match(line), True
            depth = len(key["indent"]) if key else len(line)
            says = _SAYS_ITS_KIND if key else _SAYS_IT_INSIDE if line.lstrip()[0] in "{[" else None
        found = says.search(line) if says else None
        if found and len(line) - len(line.lstrip(" ")) <= depth:
            return Location(file.path, number, 1, number, len(line) + 1), found["kind"]
    return None


def _reason(path: str) -> str:
    """Why a file is not read."""
    name = path.rpartition("/")[2]
    if name.startswith("."):
        return "its name begins with a dot"
    if path.startswith(".") or "/." in path:
        return "it is in a folder whose name begins with a dot"
    before, _, ending = name.rpartition(".")
    if before.lower().endswith(SUFFIXES):
        return f"its name ends in .{ending}, which not every computer shows"
    return f"its name does not end in {' or '.join(SUFFIXES)}"


def _copy_of(path: str, read: Collection[str]) -> str:
    """The file that is read, of which a file beside it is a copy by its name; nothing where it is none."""
    folder, _, name = path.rpartition("/")
    found = _KEPT_BESIDE.fullmatch(name)
    of = next(filter(None, found.groups()), "") if found else ""
    whole = f"{folder}/{of}" if folder else of
    return whole if whole in read else ""


def _left_out(held: _HeldDocument) -> Problem:
    if not held.name:
        message = f"{held.at.path} may hold documents of the register, and {held.reason}"
        hint = "make it readable, check it out, or take it out of the register's folder"
    else:
        message = f"the {held.name} is not looked at: {held.reason}"
        hint = "give the file a name that is read, such as loans.yaml, or take it out of the register's folder"
    return Problem(held.at, message, hint, where=held.at.path, facet="left-out")


def _copy(held: _HeldDocument, of: str) -> Problem:
    message = f"the {held.name} in this copy of {of} is not looked at"
    hint = "delete the copy, or have git ignore it"
    return Problem(held.at, message, hint, where=held.at.path, facet="copy")
