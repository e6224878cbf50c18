"""Which lines of a register's files a change brings: those that are not as they were at a revision of git."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory

from ropa.changes.history import commit_of, top_of, unpack
from ropa.documents.document import SourceFile
from ropa.report import Report


def touched_lines(report: Report, revision: str) -> Mapping[str, frozenset[int]]:
    """The lines, counted from 1, that are new or not as they were, in each file that something was found in.

    Beside them stand the lines between which some were taken out. A file is named as the register names it.
    Raises `BadRevision` where the register is in no repository, or that lacks the revision.
    """
    case = report.case
    top = top_of(Path(case.root), revision)
    commit = commit_of(top, revision, revision)
    there = {
        finding.problem.at.path: normpath(f"{case.in_repository}/{finding.problem.at.path}")
        for finding in report.standing
        if finding.problem.at.path in case.files
    }
    inside = {path: name for path, name in there.items() if not name.startswith("..")}
    if not inside:
        return {}
    with TemporaryDirectory(prefix="ropa-") as folder:
        unpack(top, commit, inside.values(), Path(folder), revision)
        return {
            path: frozenset(_touched(_lines_then(Path(folder) / name), case.files[path]))
            for path, name in inside.items()
        }


def _lines_then(file: Path) -> tuple[str, ...]:
    """The lines of a file as it was, none where it was not there."""
    if not file.is_file():
        return ()
    return SourceFile("", file.read_bytes().decode("utf-8-sig", "replace")).lines


def _touched(before: tuple[str, ...], file: SourceFile) -> Iterator[int]:
    now = file.lines
    if file.parts:  # it has no lines of its own, and everything in it is shown at the first
        yield 1
        return
    start = _alike(before, now)
    end = _alike(before[start:][::-1], now[start:][::-1])
    old, new = before[start : len(before) - end], now[start : len(now) - end]
    for first, last in _otherwise(old, new):
        yield from range(start + first + 1, start + last + 1)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """With how many of the same lines both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _otherwise(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches of lines, counted from 0, that the new side has otherwise; of a cut, the lines beside it."""
    for kind, _, _, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "delete":
            yield first - 1, last + 1
        elif kind != "equal":
            yield first, last
