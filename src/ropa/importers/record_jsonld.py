"""The record as linked data that `ropa record --format jsonld` writes, read back by way of the rows of our workbook.

Linked data says in full what a register may leave unsaid: what a recipient gets where an entry does not say is all of
it. So the register that comes of it says more, and means the same: its record is the same record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from ropa.documents.document import Document
from ropa.errors import CannotRead
from ropa.foreign.leaves import json_of
from ropa.importers.record_xlsx import read_pages
from ropa.record.fields import BASES, CONDITIONS, EXCEPTIONS, FACETS, Column
from ropa.record.workbook.carried import WorkbookReading
from ropa.record.workbook.rows import SHEETS
from ropa.record.workbook.spreadsheet import SheetPage
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet

Node = Mapping[str, Any]
_KEYS = {
    "dct:title": "name",
    "dct:identifier": "id",
    "dpv:hasContact": "contact",
    "dct:modified": "reviewed",
    "dpv:hasPurpose": "purposes",
    "dpv:hasPersonalData": "data",
    "dpv:hasDataSource": "source",
    "dpv:hasRecipient": "recipient",
    "dpv:hasDataController": "controller",
    "dpv:hasDuration": "period",
    "dpv:hasTechnicalOrganisationalMeasure": "security",
    "dpv:hasDataProtectionOfficer": "dpo",
    "dpv:hasRepresentative": "representative",
    "ropa:accessed_from": "remote_access",
    "ropa:conditions": "",
    "ropa:condition": "conditions",
}
"""What each property is called in our workbook, wherever it stands."""
_BY_SHEET = {
    "dpv:hasLocation": {"Organisation": "home", "Systems": "location", "": "country"},
    "dpv:hasDataSubject": {"Notices": "audience", "": "subjects"},
}
_PARTS = {
    "ropa:source": "Sources",
    "dpv:hasProcess": "",
    "dpv:hasStorageCondition": "Retention",
    "ropa:breach": "Breaches",
    "ropa:mandate": "Controllers",
}
_PARTS_BY_PATH = {"recipients": "Recipients", "bases": "Bases"}
_SHELVES = {"dpv:LegalEntity": "Parties", "ropa:System": "Systems", "dpv:PrivacyNotice": "Notices"}
_FACET_OF = {
    "subject": Facet.SUBJECT,
    "data": Facet.DATA,
    "purpose": Facet.PURPOSE,
    "party": Facet.RECIPIENT,
    "event": Facet.TRIGGER,
}
_NAMED = {
    "systems": "ropa:System",
    "notices": "dpv:PrivacyNotice",
    "layers": "dpv:PrivacyNotice",
    "joint_controllers": "dpv:LegalEntity",
}
"""What a record names in words, with what else it says of it, and the class of what it names."""
_GROUNDS = ("basis", "basis_law", "article_9", "schedule_1", "annex_1", "interests", "basis_reason")


def recognises(content: bytes, name: str) -> bool:
    """Whether a file is a record in our own linked data."""
    return (
        name.lower().endswith((".jsonld", ".json"))
        and b'"dpv:ROPA"' in content
        and b"urn:ropa:" in content
    )


def read(content: bytes, documents: Sequence[Document]) -> WorkbookReading:
    """What a record says. `documents` are those of the register it belongs to, whose words it may use."""
    try:
        pages = _LinkedRecord(json_of(content)["@graph"]).pages()
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # its nodes refer to one another in more ways than are worth asking after one by one
        raise CannotRead("it is no record in linked data, or it is damaged") from error
    return read_pages(pages, documents)


class _LinkedRecord:
    """Knows, while a record is read, its nodes and the rows they come to."""

    def __init__(self, graph: Sequence[Node]) -> None:
        self.graph = graph
        self.nodes: dict[str, Node] = {}
        for node in graph:
            self.nodes.setdefault(str(node.get("@id")), node)
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in SHEETS}
        self._known = {(term.facet, term.id) for term in shipped_terms().terms}

    def pages(self) -> dict[str, SheetPage]:
        record = next((n for n in self.graph if "dpv:ROPA" in _list(n.get("@type"))), None)
        if record is None or record.get("ropa:edition") != "full":
            raise CannotRead("it is no full edition of a record; write one without --publication")
        self._organisation()
        for name in (reference["@id"] for reference in _list(record.get("dcat:dataset"))):
            self._activity(self.nodes[name])
        for node in self.graph:
            sheet = next((_SHELVES[t] for t in _list(node.get("@type")) if t in _SHELVES), "")
            if sheet:
                self.rows[sheet].append(self._cells(node, sheet))
        self._words()
        return {name: _page(name, rows) for name, rows in self.rows.items()}

    def _organisation(self) -> None:
        node = self.nodes.get("#organisation")
        if node is not None:
            self.rows["Organisation"].append(self._cells(node, "Organisation"))

    def _activity(self, node: Node) -> None:
        sheet = "Processor" if "dpv:hasDataProcessor" in node else "Controller"
        row = self._cells(node, sheet)
        parts = list(self._parts(node))
        bases = [cells for part, cells in parts if part == "Bases"]
        given = {cells["recipient"] for cells in bases if "recipient" in cells}
        if any("recipient" not in cells for cells in bases):
            row = {key: text for key, text in row.items() if key not in _GROUNDS}
        self.rows[sheet].append(row)
        for part, cells in parts:
            alone = part == "Recipients" and cells.get("recipient") in given
            own = {key: text for key, text in cells.items() if not (alone and key in _GROUNDS)}
            self.rows[part].append({"activity": row["id"], **own})

    def _parts(self, node: Node) -> Iterator[tuple[str, dict[str, str]]]:
        for key, sheet in _PARTS.items():
            for reference in _list(node.get(key)):
                part = self.nodes[reference["@id"]]
                where = sheet or _PARTS_BY_PATH[str(part["@id"]).rsplit("/", 2)[-2]]
                yield where, self._cells(part, where)

    def _cells(self, node: Node, sheet: str) -> dict[str, str]:
        """The cells of a row, by their columns; those that are drawn from others say nothing here."""
        columns = {column.key: column for column in SHEETS[sheet]}
        found: dict[str, str] = {}
        kept_in = len(_list(node.get("ropa:kept_in")))
        for name, said in node.items():
            key = _key(name, sheet)
            value = _list(said)[:-kept_in] if kept_in and name == "dpv:hasLocation" else said
            if name == "dpv:hasLegalBasis":
                found |= _grounds(value)
            elif key in columns and (not columns[key].drawn or key in _DRAWN_AND_READ):
                found[key] = "\n".join(self._texts(value, columns[key]))
        return found

    def _texts(self, value: Any, column: Column) -> Iterator[str]:
        for one in _list(value):
            match one:
                case {"@value": text}:
                    yield str(text)
                case {"@id": name}:
                    yield unquote(_LEADING.sub("", str(name)))
                case {"dct:description": texts} | {"dpv:hasContact": texts}:
                    yield from map(str, _list(texts))
                case bool():
                    yield "yes" if one else "no"
                case _:
                    yield self._named(str(one), column)

    def _named(self, text: str, column: Column) -> str:
        """The short name of a system or notice, which a record names with what else it says of it."""
        kind = _NAMED.get(column.key)
        if kind is None:
            return text
        named = [
            (_text(node, "dct:title"), _text(node, "dct:identifier"))
            for node in self.graph
            if kind in _list(node.get("@type"))
        ]
        fitting = [
            (len(name), id_)
            for name, id_ in named
            if text == name or text.startswith((f"{name} (", f"{name}, "))
        ]
        return max(fitting)[1] if fitting else text

    def _words(self) -> None:
        """The words that neither the package nor the register has, and no party is."""
        whole = [node for node in self.graph if str(node.get("@id")).startswith("#word-")]
        self.rows["Words"] += (self._cells(node, "Words") for node in whole)
        parties = {row.get("id") for row in self.rows["Parties"]}
        parties |= {row["id"] for row in self.rows["Words"]}
        for node in (node for node in self.graph if "skos:prefLabel" in node):
            kind, _, id_ = unquote(str(node["@id"])).removeprefix("#").partition("-")
            facet = _FACET_OF.get(kind)
            if facet and (facet, id_) not in self._known and id_ not in parties:
                label = str(node["skos:prefLabel"])
                self.rows["Words"].append({"facet": FACETS[facet.value], "id": id_, "label": label})


def _key(name: str, sheet: str) -> str:
    """What a property is called in a sheet of our workbook."""
    by_sheet = _BY_SHEET.get(name)
    if by_sheet:
        return by_sheet.get(sheet, by_sheet[""])
    return _KEYS.get(name, name.removeprefix("ropa:"))


_DRAWN_AND_READ = ("passed_on_by", "system")
"""Columns that are drawn from others, and say which row it is."""
_LEADING = re.compile(r"^(?:loc:|#[a-z]+-)")


def _grounds(value: Any) -> dict[str, str]:
    """The letters of Articles 6, 9 and 49 in the words of our workbook."""
    found: dict[str, str] = {}
    for name in (str(one.get("@id", "")) for one in _list(value)):
        if name == "#basis-ea":
            found["basis"] = BASES["ea"]
        elif name.startswith("eu-gdpr:A6-1-"):
            found["basis"] = BASES[name[-1]]
        elif name.startswith("eu-gdpr:A9-2-"):
            found["article_9"] = CONDITIONS[name[-1]]
        elif name.startswith("eu-gdpr:A49-"):
            found["exception"] = EXCEPTIONS["compelling" if name.endswith("A49-2") else name[-1]]
    return found


def _page(name: str, rows: Sequence[Mapping[str, str]]) -> SheetPage:
    columns = SHEETS[name]
    if name == "Organisation":
        ours = rows[0] if rows else {}
        said = [[c.heading, ours.get(c.key, "")] for c in columns]
        return SheetPage(name, [[name, ""], *said])
    cells = [[row.get(c.key, "") for c in columns] for row in rows]
    return SheetPage(name, [[c.heading for c in columns], *cells])


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(node: Node, key: str) -> str:
    return "\n".join(map(str, _list(node.get(key))))
