"""The record as linked data: the Data Privacy Vocabulary, and what it has no word for in words of our own.

Everything about one register is named within the document (`#activity-letters`), so nothing is fetched to read
it. A word of the register is an instance of the DPV concept it equals, where there is one.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from ropa.record.tables import Cell, CodedWord, Record, RecordTable, Row, lines
from ropa.visible import to_json

_OWN = "urn:ropa:"
CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ropa": _OWN,
}
_CONCEPTS = {
    "purposes": ("purpose", "dpv:Purpose", "dpv:hasPurpose"),
    "subjects": ("subject", "dpv:DataSubject", "dpv:hasDataSubject"),
    "data": ("data", "dpv:PersonalData", "dpv:hasPersonalData"),
    "source": ("party", "dpv:DataSource", "dpv:hasDataSource"),
    "recipient": ("party", "dpv:Recipient", "dpv:hasRecipient"),
    "controller": ("party", "dpv:DataController", "dpv:hasDataController"),
    "operator": ("party", "dpv:DataProcessor", "ropa:operator"),
    "category": ("party", "dpv:Recipient", "ropa:category"),
    "passed_on_by": ("party", "dpv:Recipient", "ropa:passed_on_by"),
    "audience": ("subject", "dpv:DataSubject", "dpv:hasDataSubject"),
    "trigger": ("event", "ropa:Event", "ropa:trigger"),
}
"""Cells that hold words: what their names begin with, their class, and the property."""
_PLACES = {
    **dict.fromkeys(("country", "kept_in", "location", "home"), "dpv:hasLocation"),
    "remote_access": "ropa:accessed_from",
}
_TEXTS = {
    "name": "dct:title",
    "id": "dct:identifier",
    "contact": "dpv:hasContact",
    "reviewed": "dct:modified",
}
_IN_LINES = frozenset(
    {
        "recipients",
        "disclosures",
        "bases",
        "retention",
        "sources",
        "controllers",
        "breaches",
        "processing",
    }
)
"""What the rows of an activity say in lines of text, and nodes of their own in parts."""
_PARTS = {
    "sources": "ropa:source",
    "recipients": "dpv:hasProcess",
    "retention": "dpv:hasStorageCondition",
    "bases": "dpv:hasProcess",
    "breaches": "ropa:breach",
    "controllers": "ropa:mandate",
}
_PART_TYPES = {
    "recipients": "dpv:Process",
    "bases": "dpv:Process",
    "retention": "dpv:StorageCondition",
}
_EXCEPTIONS = {letter: f"eu-gdpr:A49-1-{letter}" for letter in "abcdefg"} | {
    "compelling": "eu-gdpr:A49-2"
}


def render(record: Record) -> str:
    return to_json({"@context": CONTEXT, "@graph": list(_Graph(record).nodes())})


class _Graph:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.words: dict[str, dict[str, Any]] = {}
        self.details: dict[tuple[str, Cell], list[Row]] = {}
        for table in record.details:
            for row, whole in zip(table.rows, _written(table), strict=True):
                exact = {"condition": whole["conditions"]} if row.get("conditions") else {}
                self.details.setdefault((table.key, row["activity"]), []).append({**row, **exact})

    def nodes(self) -> Iterator[dict[str, Any]]:
        record = self.record
        activities = [*record.controller.rows, *record.processor.rows]
        yield {
            "@id": "#record",
            "@type": ["dpv:ROPA", "dcat:Catalog"],
            "dct:title": record.title,
            "dct:description": f"The processing activities of {record.name}, as Article 30 asks to record them",
            "ropa:edition": "publication" if record.publication else "full",
            **({"ropa:not_complete": list(record.missing)} if record.missing else {}),
            "dct:publisher": {"@id": "#organisation"},
            "dcat:dataset": [{"@id": _name("activity", row["id"])} for row in activities],
            "dpv:hasProcess": [{"@id": _name("activity", row["id"])} for row in activities],
        }
        yield from map(self._organisation, record.organisation.rows)
        for register in (record.controller, record.processor):
            for row in register.rows:
                yield from self._activity(row, register)
        for shelf in record.shelves:
            yield from (self._shelved(shelf, row) for row in shelf.rows)
        yield from (self.words[name] for name in sorted(self.words))
        if not record.publication:
            yield from map(self._own_word, _written(record.words))

    def _organisation(self, row: Row) -> dict[str, Any]:
        role = (
            "dpv:DataProcessor"
            if row.get("role") == CodedWord("processor", "processor")
            else "dpv:DataController"
        )
        node: dict[str, Any] = {
            "@id": "#organisation",
            "@type": ["dpv:Organisation", role, "foaf:Agent"],
            "foaf:name": self.record.name,
        }
        node |= self._properties(row, frozenset({"dpo", "representative"}))
        for key, kind in (("dpo", "DataProtectionOfficer"), ("representative", "Representative")):
            if row.get(key):
                node[f"dpv:has{kind}"] = {
                    "@type": f"dpv:{kind}",
                    "dpv:hasContact": _literals(row[key]),
                }
        return node

    def _activity(self, row: Row, register: RecordTable) -> Iterator[dict[str, Any]]:
        mandated = register.key == "processor"
        ours = {
            "dpv:hasDataProcessor" if mandated else "dpv:hasDataController": {
                "@id": "#organisation"
            }
        }
        name = _name("activity", row["id"])
        node: dict[str, Any] = {
            "@id": name,
            "@type": ["dpv:Process", "dcat:Dataset"],
            "dct:description": f"{register.title}: {row['name']}",
            "dct:publisher": {"@id": "#organisation"},
            **ours,
        }
        node |= self._properties(row, _IN_LINES)
        parts = [
            part for table in self.record.details for part in self._parts(table, row["id"], name)
        ]
        for key, part in parts:
            node.setdefault(_PARTS[key], []).append({"@id": part["@id"]})
            for reached in ("dpv:hasRecipient", "dpv:hasDataSource", "dpv:hasDataController"):
                if reached in part and "ropa:passed_on_by" not in part:
                    known = node.get(reached, [])
                    known = known if isinstance(known, list) else [known]
                    node[reached] = [*known, *(at for at in part[reached] if at not in known)]
        node["dpv:hasProcessing"] = [{"@id": kind} for kind in _processing(row)]
        yield node
        yield from (part for _, part in parts)

    def _parts(
        self, table: RecordTable, activity: Cell, name: str
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, row in enumerate(self.details.get((table.key, activity), ()), 1):
            node: dict[str, Any] = {"@id": f"{name}/{table.key}/{number}"}
            if table.key in _PART_TYPES:
                node["@type"] = _PART_TYPES[table.key]
            if table.key == "recipients":
                node["dpv:hasProcessing"] = [{"@id": "dpv:Disclose"}]
            yield table.key, node | self._properties(row, frozenset({"activity"}))

    def _own_word(self, row: Row) -> dict[str, Any]:
        """A word of the register's own, with what it belongs to."""
        facet = row["facet"]
        kind = facet.id if isinstance(facet, CodedWord) else str(facet)
        name = _name("word", f"{kind}/{row['id']}")
        return {"@id": name, "@type": "skos:Concept", **self._properties(row, frozenset())}

    def _shelved(self, shelf: RecordTable, row: Row) -> dict[str, Any]:
        kind, type_ = _SHELVED[shelf.key]
        name = _name(kind, row["id"])
        return {"@id": name, "@type": type_, **self._properties(row, frozenset())}

    def _properties(self, row: Row, but: frozenset[str]) -> dict[str, Any]:
        """What a row says, by the properties that say it."""
        said: dict[str, Any] = {}
        for key, cell in row.items():
            if key in but or cell in (None, "", ()):
                continue
            for name, value in self._property(key, cell):
                said[name] = [*said[name], *value] if name in said else value
        return said

    def _property(self, key: str, cell: Cell) -> Iterator[tuple[str, Any]]:
        if key in _CONCEPTS and _are_words(cell):
            kind, type_, name = _CONCEPTS[key]
            yield name, [self._concept(kind, type_, word) for word in _words(cell)]
        elif key in _PLACES and _are_words(cell):
            found = _words(cell)
            places = [{"@id": f"loc:{quote(w.id, safe='')}"} for w in found]
            yield _PLACES[key], places
            if key == "kept_in":  # which of the places it is, where somebody is elsewhere
                yield "ropa:kept_in", places
        elif key in ("basis", "article_9") and _are_words(cell):
            yield "dpv:hasLegalBasis", [self._basis(key, word) for word in _words(cell)]
        elif key == "exception" and isinstance(cell, CodedWord):
            yield "dpv:hasLegalBasis", [{"@id": _EXCEPTIONS[cell.id]}]
        elif key == "security":
            measure = {
                "@type": "dpv:TechnicalOrganisationalMeasure",
                "dct:description": _literals(cell),
            }
            yield "dpv:hasTechnicalOrganisationalMeasure", [measure]
        elif key == "period":
            yield "dpv:hasDuration", [{"@value": cell, "@type": "xsd:duration"}]
        else:
            yield _TEXTS.get(key, f"ropa:{key}"), _literals(cell)

    def _concept(self, kind: str, type_: str, word: CodedWord) -> dict[str, str]:
        """A word as an instance of its concept; named once, with what to call it."""
        name = _name(kind, word.id)
        known = self.words.setdefault(
            name, {"@id": name, "@type": [], "skos:prefLabel": word.label}
        )
        known["@type"] = sorted({*known["@type"], type_, *_shortened(word.iri)})
        return {"@id": name}

    def _basis(self, key: str, word: CodedWord) -> dict[str, str]:
        """The article of the EU GDPR; a basis that only the UK GDPR has is named here."""
        if word.id == "ea":
            return self._concept("basis", "dpv:LegalBasis", word)
        return {
            "@id": f"eu-gdpr:A{6 if key == 'basis' else 9}-{1 if key == 'basis' else 2}-{word.id}"
        }


def _shortened(iri: str) -> Iterator[str]:
    """The name of an equal concept, by the prefix of its vocabulary where that is one of ours."""
    prefixes = (prefix for prefix, base in CONTEXT.items() if iri.startswith(base))
    for prefix in prefixes:
        local = iri.removeprefix(CONTEXT[prefix])
        if re.fullmatch(r"[A-Za-z][\w-]*", local, re.ASCII):
            yield f"{prefix}:{local}"
            return
    if iri:
        yield iri


def _written(table: RecordTable) -> Iterator[Row]:
    """The rows of a table as the register itself writes them."""
    for row, written in zip(table.rows, table.written or table.rows, strict=True):
        yield {**row, **written}


_SHELVED = {
    "parties": ("party", "dpv:LegalEntity"),
    "systems": ("system", "ropa:System"),
    "notices": ("notice", "dpv:PrivacyNotice"),
}


def _processing(row: Row) -> Iterator[str]:
    """What is done with the data, as far as the record says."""
    yield "dpv:Use"
    said = {
        "sources": "dpv:Collect",
        "systems": "dpv:Store",
        "retention": "dpv:Store",
        "recipients": "dpv:Disclose",
    }
    yield from dict.fromkeys(kind for key, kind in said.items() if row.get(key))
    if row.get("transfers"):
        yield "dpv:Transfer"


def _name(kind: str, id_: Cell) -> str:
    return f"#{kind}-{quote(str(id_), safe='')}"


def _are_words(cell: Cell) -> bool:
    return isinstance(cell, CodedWord) or (
        isinstance(cell, tuple) and all(isinstance(w, CodedWord) for w in cell)
    )


def _words(cell: Cell) -> Iterable[CodedWord]:
    if isinstance(cell, CodedWord):
        return (cell,)
    return [w for w in cell if isinstance(w, CodedWord)] if isinstance(cell, tuple) else ()


def _literals(cell: Cell) -> list[Any]:
    match cell:
        case date():
            return [{"@value": cell.isoformat(), "@type": "xsd:date"}]
        case bool() | int():
            return [cell]
    return list(lines(cell))
