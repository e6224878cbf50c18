"""How well a sheet is read: each cell held against what a person expects of the field it went to."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from messy_sheets import MessySheet
from ropa.foreign.account import Fate, ForeignReading, ReadCell
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.periods import same_length
from ropa.register.vocabulary import Facet, fold

_FACETS = {"subjects": Facet.SUBJECT, "data": Facet.DATA, "purposes": Facet.PURPOSE, "sources": Facet.RECIPIENT,
           "disclosures": Facet.RECIPIENT}  # fmt: skip
_VOCABULARY = Lexicon([], shipped_terms()).vocabulary()


def scores(sheet: MessySheet, reading: ForeignReading) -> tuple[Counter[str], list[str]]:
    """How many cells of entries are right, notes, asked about or lost; and each that is not as expected, in words."""
    names = {
        d["id"]: d.get("label") or d.get("name", "")
        for d in reading.documents
        if d["kind"] != "activity"
    }
    entries = {d["id"]: d for d in reading.documents if d["kind"] == "activity"}
    organisation = next((d for d in reading.documents if d["kind"] == "organisation"), {})
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for cell in reading.cells:
        if cell.field.startswith("heading"):
            continue
        verdict = _verdict(sheet, cell, entries, names, organisation)
        counts[verdict] += 1
        if verdict == "lost":
            entry = entries.get(cell.entry, {})
            wrong.append(
                f"{cell.at} {cell.text!r} -> {cell.field}: {entry.get(cell.field)} ({cell.fate}, {cell.why})"
            )
    missing = sheet.entries.keys() - {e["name"] for e in entries.values()}
    wrong += [f"no entry {name}" for name in sorted(missing)]
    wrong += [
        f"more than expected: {e['name']}"
        for e in entries.values()
        if e["name"] not in sheet.entries
    ]
    return counts, wrong


def _verdict(
    sheet: MessySheet,
    cell: ReadCell,
    entries: Mapping[str, Any],
    names: Mapping[str, str],
    organisation: Mapping[str, Any],
) -> str:
    if cell.fate is Fate.NOTE:
        return "note"
    if cell.fate is Fate.ASKED:
        return "asked"
    if not cell.entry or cell.field.startswith("organisation"):
        right = all(organisation.get(k) == v for k, v in sheet.organisation.items())
        return "right" if right else "lost"
    entry = entries[cell.entry]
    expected = sheet.entries.get(entry["name"])
    if expected is None:
        return "lost"
    if cell.field in ("id", "name", ""):
        return "right"
    return (
        "right"
        if _same(cell.field, entry.get(cell.field), expected.get(cell.field), names)
        else "lost"
    )


def _same(field: str, got: Any, wanted: Any, names: Mapping[str, str]) -> bool:
    if field in _FACETS:
        found = {_only(word) for word in got or ()}
        return found == {_known(field, word, names) for word in wanted or ()}
    if field == "systems":
        return {fold(names[word]) for word in got or ()} == {fold(word) for word in wanted or ()}
    if field == "retention" and got and wanted:
        return len(got) == len(wanted) and all(map(_as_long, got, wanted))
    return bool(got == wanted)


def _as_long(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two entries of retention say the same: twelve months are a year."""
    both = "period" in one and "period" in other
    alike = {**one, "period": ""} == {**other, "period": ""} and both
    return one == other or (alike and same_length(one["period"], other["period"]))


def _only(word: Any) -> str:
    return str(word.get("to") or word.get("from")) if isinstance(word, dict) else str(word)


def _known(field: str, word: str, names: Mapping[str, str]) -> str:
    found = _VOCABULARY[_FACETS[field]].find(word)
    own = [id_ for id_, name in names.items() if fold(str(name)) == fold(word)]
    return found or (own[0] if own else word)
