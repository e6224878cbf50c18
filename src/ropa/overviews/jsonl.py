"""For programs: a line of JSON for each register, as schemas/fleet.schema.json describes it, and one for the whole."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from ropa.fleet.fleet import Fleet
from ropa.fleet.reconciling import FleetDifference
from ropa.fleet.row import WaitingRow
from ropa.visible import BRACKET

VERSION = 1


def render(fleet: Fleet) -> str:
    """The lines, in the order of the registers' paths; that of the whole comes last."""
    return "".join(f"{_line(document)}\n" for document in _documents(fleet))


def _documents(fleet: Fleet) -> Iterator[dict[str, Any]]:
    yield from map(_register, fleet.rows)
    yield from map(_difference, fleet.differences)
    yield {
        "version": VERSION,
        "kind": "fleet",
        "as_of": fleet.day.isoformat(),
        "where": list(fleet.where),
        "registers": len(fleet.rows),
        "standing": {str(standing): count for standing, count in fleet.standings.items()},
        "kept": fleet.kept,
        "differences": len(fleet.differences),
        "interrupted": fleet.interrupted,
        "broken_by": [
            {"extended": one.what, "registers": list(one.registers)} for one in fleet.broken_by
        ],
        "remarks": list(fleet.remarks),
    }


def _register(waiting: WaitingRow) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(waiting.whole)
    found = row.pop("found")
    for within in ("place", "ends", "told_by_notices"):
        del row[within]
    since = None
    if waiting.new is not None:
        since = {"new": list(waiting.new), "gone": waiting.gone, "told": waiting.told_before}
    return {
        "version": VERSION,
        "kind": "register",
        **row,
        "why": row["why"] or None,
        "kept": waiting.kept,
        "since": since,
        "found": [_finding(one) for one in found],
    }


def _difference(one: FleetDifference) -> dict[str, Any]:
    return {
        "version": VERSION,
        "kind": "difference",
        "facet": one.facet,
        "severity": str(one.severity),
        "message": one.message,
        "sides": [
            {"register": register, "place": _place(msgspec.to_builtins(at))}
            for register, at in one.sides
        ],
    }


def _finding(one: dict[str, Any]) -> dict[str, Any]:
    """A finding with everything that was left out of it because it is as usual."""
    related = [{"place": _place(at), "caption": caption} for at, caption in one.get("related", ())]
    return {
        "id": one["id"],
        "rule": one["rule"],
        "severity": one["severity"],
        "message": one["message"],
        "hint": one.get("hint") or None,
        "owner": one.get("owner") or None,
        "fails": one.get("fails", False),
        "undecided": one.get("undecided", False),
        "place": _place(one["place"]),
        "related": related,
    }


def _place(at: dict[str, Any]) -> dict[str, Any]:
    numbers = {key: at.get(key, 1) for key in ("line", "column", "end_line", "end_column")}
    return {"path": at["path"], **numbers, "part": at.get("part") or None}


def _line(document: dict[str, Any]) -> str:
    """One line, in which every character is seen, and nothing is a command for the runner of a CI server."""
    return BRACKET.sub(r"#\\u0023", json.dumps(document, ensure_ascii=True))
