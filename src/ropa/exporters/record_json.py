"""The record for programs: the shape is described in docs/record.md and schemas/record.schema.json."""

from datetime import date
from typing import Any

from ropa.record.tables import Cell, CodedWord, Record, RecordTable, Row
from ropa.visible import to_json

VERSION = 1
_IN_LINES = ("disclosures",)
"""What the rows of an activity say in lines of text, and `recipients` in parts."""


def render(record: Record) -> str:
    """What is not recorded has no key."""
    return to_json(
        {
            "version": VERSION,
            "edition": "publication" if record.publication else "full",
            "organisation": _object(record.organisation.rows[0])
            if record.organisation.rows
            else None,
            "controller": _activities(record, record.controller),
            "processor": _activities(record, record.processor),
            **{shelf.key: [_object(row) for row in shelf.rows] for shelf in record.shelves},
            **({"not_complete": list(record.missing)} if record.missing else {}),
            **({"taken_over": dict(record.taken_over)} if record.taken_over else {}),
            **({"not_personal": [_apart(*one) for one in record.apart]} if record.apart else {}),
        }
    )


def _apart(name: str, reason: str) -> dict[str, str]:
    return {"name": name, "reason": reason}


def _activities(record: Record, register: RecordTable) -> list[dict[str, Any]]:
    details = {table.key: _by_activity(table) for table in record.details}
    return [
        {key: value for key, value in _object(row).items() if key not in (*details, *_IN_LINES)}
        | {key: found[row["id"]] for key, found in details.items() if row["id"] in found}
        for row in register.rows
    ]


def _by_activity(table: RecordTable) -> dict[Cell, list[dict[str, Any]]]:
    found: dict[Cell, list[dict[str, Any]]] = {}
    for row in table.rows:
        rest = {key: value for key, value in row.items() if key != "activity"}
        found.setdefault(row["activity"], []).append(_object(rest))
    return found


def _object(row: Row) -> dict[str, Any]:
    return {key: _value(cell) for key, cell in row.items() if cell not in (None, "", ())}


def _value(cell: Cell) -> Any:
    match cell:
        case CodedWord():
            return {"id": cell.id, "label": cell.label} | ({"dpv": cell.iri} if cell.iri else {})
        case tuple():
            return [_value(entry) for entry in cell]
        case date():
            return cell.isoformat()
    return cell
