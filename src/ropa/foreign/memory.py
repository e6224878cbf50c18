"""The file `ropa-import.yaml`: what was read of foreign files, what a person answers, and what the last reading said.

It stands in the folder of the register and is none of its documents.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import SourceFile
from ropa.documents.source import IMPORTED, parse, read_text
from ropa.errors import CannotRead
from ropa.foreign.account import Fate, ForeignReading
from ropa.foreign.answers import Answers
from ropa.foreign.headings import ASK, FIELDS, NOTE, plain_heading
from ropa.foreign.lookup import plain
from ropa.record.workbook import amending
from ropa.record.workbook.carried import Identity, identity

_HEAD = """\
# What `ropa import` read, and what it needs to know. Change what is wrong, answer every "?", and import the file again.
# A column holds one of these fields: {fields}.
# `note` keeps its cells as notes on the entries. `means` is what you would have written there; `note` keeps the
# text as a note.
"""
_READ = """\
# What the last reading said, so that the next one changes only what changed. Leave this to `ropa import`.
"""


class Remembered(Struct, frozen=True):
    """What the file says: the answers in it, and the fingerprint of each field that was read, by its document."""

    answers: Answers = Answers()
    columns: Mapping[str, str] = {}
    means: tuple[Mapping[str, str], ...] = ()
    prints: Mapping[Identity, Mapping[str, str]] = {}


def remembered(root: Path) -> Remembered:
    """What `ropa-import.yaml` says, if it is there. Raises `CannotRead` where it says what cannot be meant."""
    if not (root / IMPORTED).is_file():
        return Remembered()
    file = read_text(root, IMPORTED)
    document = next(iter(parse(file)), None) if isinstance(file, SourceFile) else None
    if (
        document is None
        or document.problems
        or not isinstance(document.data, dict)
        or "kind" in document.data
    ):
        at = document.problems[0] if document and document.problems else None
        reason = f"{at.at}: {at.message}" if at else f"{IMPORTED} cannot be read"
        raise CannotRead(f"{reason}; mend it, or delete it to begin anew")
    return _said(document.data)


def _said(data: Mapping[str, Any]) -> Remembered:
    columns = {str(k): str(v) for k, v in _mapping(data, "columns").items()}
    for heading, field in columns.items():
        if field not in FIELDS and field != ASK:
            listed = ", ".join(FIELDS)
            raise CannotRead(
                f"{IMPORTED}: “{field}” is no field that the column “{heading}” may hold; write one of {listed}"
            )
    answers = data.get("answers", [])
    means = tuple(
        {str(k): str(v) for k, v in one.items()} for one in answers if isinstance(one, dict)
    )
    cells = {
        (plain_heading(one.get("column", "")), plain(one.get("text", ""))): one.get("means", ASK)
        for one in means
    }
    prints = {
        (kind, str(id_)): {str(k): str(v) for k, v in found.items()}
        for kind, entries in _mapping(data, "read").items()
        for id_, found in entries.items()
    }
    return Remembered(
        Answers({plain_heading(k): v for k, v in columns.items()}, cells), columns, means, prints
    )


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise CannotRead(f"{IMPORTED}: {key} has to be a mapping (`name: value`)")
    return found


def fingerprints(documents: Iterable[Mapping[str, Any]]) -> dict[Identity, dict[str, str]]:
    """What tells the fields of each document from others that say something else."""
    return {
        identity(data): {
            key: fingerprint(key, value) for key, value in data.items() if key not in ("kind", "id")
        }
        for data in documents
        if data["kind"] in ("activity", "party")
    }


def fingerprint(key: str, value: Any) -> str:
    """What tells the value of a field from others; one alone is the same as a list of it."""
    said = amending.normal(amending.short(value, key), key)
    written = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()[:10]


def written(
    name: str,
    reading: ForeignReading,
    before: Remembered,
    prints: Mapping[Identity, Mapping[str, str]],
) -> str:
    """The text of `ropa-import.yaml` after a file was read."""
    columns = dict(before.columns)
    for found in reading.columns.values():
        columns |= found
    asked = [
        {"column": q.column, "text": q.text, "asks": q.asks, "means": ASK}
        for q in reading.questions
        if q.text
    ]
    open_ = {(one["column"], one["text"]) for one in asked}
    kept = [
        one
        for one in before.means
        if (one.get("column"), one.get("text")) not in open_ and one.get("means", ASK) != ASK
    ]
    data: dict[str, Any] = {"file": name, "is": reading.is_a}
    if columns:
        data["columns"] = columns
    if asked or kept:
        data["answers"] = [*asked, *kept]
    beside = [
        _once(cell.text, str(cell.at)) for cell in reading.of_fate(Fate.NOTE) if not cell.entry
    ]
    if beside:
        data["belongs_to_no_entry"] = beside
    read: dict[str, dict[str, Mapping[str, str]]] = {}
    for (kind, id_), found in prints.items():
        read.setdefault(kind, {})[id_] = found
    head = _HEAD.format(fields=", ".join(field for field in FIELDS if field != NOTE))
    body = handwriting.document(data)
    if read:
        body += _READ
        body += handwriting.document({"read": read})
    return f"{head}{body}"


def _once(text: str, at: str) -> str:
    return f"{at}: {text}"
