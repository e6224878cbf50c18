"""The findings a project starts from: a file that is checked in, so that only what is new fails.

One finding a line, in the order of their names, so that a change to it reads well in a review.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ropa.documents.document import SourceFile
from ropa.documents.source import LONGEST, bounded
from ropa.errors import BadBaseline
from ropa.findings import Finding
from ropa.location import Location
from ropa.visible import BRACKET

NAME = "ropa-baseline.json"
VERSION = 1


class Baseline(Struct, frozen=True):
    """Findings that were there before, by their ids, with what each said; `register` is whose they are."""

    file: SourceFile | None = None
    register: str | None = None
    findings: Mapping[str, str] = field(default_factory=dict)

    def at(self, finding: str) -> Location:
        """The line that lists a finding."""
        if self.file is None:
            return Location(".")
        key = _quoted(finding)
        lines = enumerate(self.file.lines, 1)
        number, column = next(((n, line.find(key)) for n, line in lines if key in line), (1, 0))
        return Location(self.file.path, number, column + 1, number, column + 1 + len(key))


def written(register: str | None, findings: Iterable[Finding]) -> str:
    """The text of a baseline of these findings."""
    said = {finding.id: finding.problem.message for finding in findings}
    entries = [f"    {_quoted(id_)}: {_quoted(said[id_])}" for id_ in sorted(said)]
    listed = "{\n" + ",\n".join(entries) + "\n  }" if entries else "{}"
    head = f'  "version": {VERSION},\n  "register": {_quoted(register)},'
    return f'{{\n{head}\n  "findings": {listed}\n}}\n'


def read(path: Path, root: Path) -> Baseline:
    """The baseline in a file. Its place is given as the register's own are: from `root` on."""
    try:
        text = bounded(path, LONGEST).decode("utf-8-sig")
        found: Any = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BadBaseline(f"cannot read the baseline {path}: {_reason(error)}") from None
    if not (isinstance(found, dict) and isinstance(found.get("findings"), dict)):
        raise BadBaseline(f"{path} is not a baseline; `ropa baseline` writes one")
    if found.get("version") != VERSION:
        raise BadBaseline(
            f"{path} was written by another version of ropa; run `ropa baseline` again"
        )
    register, findings = found.get("register"), found["findings"]
    texts = all(isinstance(message, str) for message in findings.values())
    if not texts or not (register is None or isinstance(register, str)):
        raise BadBaseline(f"{path} is not a baseline; `ropa baseline` writes one")
    return Baseline(SourceFile(_from(root, path), text), register, findings)


def _reason(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"it is not JSON (line {error.lineno}); run `ropa baseline` again"
        case OSError():
            return str(error.strerror).lower()
    return "it is not JSON in UTF-8; run `ropa baseline` again"


def _from(root: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _quoted(text: str | None) -> str:
    """Text as JSON has it. What cannot be seen, and what a log may take for a command, is escaped."""
    said = BRACKET.sub(r"#\\u0023", json.dumps(text, ensure_ascii=False))
    return said if said.isprintable() else json.dumps(text)
