"""What holds for the record in each of its formats: nothing of the register is lost, and what is internal is left out.

The text of a format is what a reader of it gets: of a workbook all its cells, of a document all its pages.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from rdflib import Graph, Literal

import everything
from conftest import ROOT
from ropa import plugins
from ropa.record.tables import Record
from test_record import marked, read, recorded
from test_record_html import Page

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def unescaped(content: str) -> str:
    return content.replace("\\", "")


def graph(content: str) -> str:
    nodes = Graph().parse(data=content, format="json-ld", publicID="https://x.example/").objects()
    return "\n".join(str(node) for node in nodes if isinstance(node, Literal))


def packed(content: bytes) -> str:
    """All there is inside a workbook or a Word document, seen or not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def printed(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    pages = "".join(page.extract_text() for page in reader.pages)
    return f"{pages}{reader.metadata}"


READ: Mapping[str, Callable[[Any], str]] = {
    "csv": str,
    "json": str,
    "md": unescaped,
    "html": lambda content: Page(content).text,
    "jsonld": graph,
    "xlsx": packed,
    "xlsx-ico": packed,
    "docx": packed,
    "pdf": printed,
}
"""How what a format says is read back."""
WHOLE = tuple(name for name in READ if name != "xlsx-ico")
"""The formats that say everything; the ICO's template has no place for some of it."""


def text(record: Record, format_: str) -> str:
    """What it says, without what a line end adds or takes away."""
    content = plugins.load("exporters", f"record-{format_}").render(record)
    return re.sub(r"[\s\u200b\u2010-]+", "", READ[format_](content))


def squeezed(word: str) -> str:
    return re.sub(r"[\s-]+", "", word)


def pairs(value: Any, under: str) -> Iterator[tuple[str, str]]:
    """The fields of documents, each with the field that it is inside of."""
    match value:
        case dict():
            for key, inside in value.items():
                yield under, key
                yield from pairs(inside, "disclosures" if key == "onward" else key)
        case list():
            for inside in value:
                yield from pairs(inside, under)


def allowed(
    schema: Mapping[str, Any], part: Any, under: str, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """The fields a schema knows, in the same way."""
    match part:
        case {"$ref": str(name)} if f"{name} {under}" not in seen:
            found = schema["$defs"][name.rpartition("/")[2]]
            yield from allowed(schema, found, under, seen | {f"{name} {under}"})
        case dict():
            for key, inside in part.get("properties", {}).items():
                yield under, key
                below = "disclosures" if key == "onward" else key
                yield from allowed(schema, inside, below, seen)
            for key in ("if", "then", "else", "items", "anyOf", "oneOf", "allOf"):
                yield from allowed(schema, part.get(key), under, seen)
        case list():
            for inside in part:
                yield from allowed(schema, inside, under, seen)


# Complete


NOT_RECORDED = (
    *("text", "text_hash", "internal", "starter", "not_personal", "proposed"),
    *("extends", "leaves_out", "identifiers", "notes"),
)
"""What is not for a record to say: how the register is kept, what joins it to others, and plain notes."""


@pytest.mark.parametrize("kind", ["organisation", "party", "system", "activity", "notice"])
def test_the_register_of_these_tests_writes_every_field_there_is(kind: str) -> None:
    schema = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
    documents = list(yaml.safe_load_all(everything.REGISTER))
    written = {pair for d in documents if d["kind"] == kind for pair in pairs(d, "")}
    ours = {("", name) for name in NOT_RECORDED} | {("sources", "started")}
    ours |= {p for p in allowed(schema, schema, "") if p[0] in ("identifiers", "proposed")}
    if kind == "notice":  # what it claims, and in which language, is not for a record to say either
        ours |= {("", "language"), ("", "main"), ("", "aside"), ("", "same_as"), ("", "fetched")}
        ours |= {p for p in allowed(schema, schema, "") if p[0] in ("aside", "fetched")}
        del schema["properties"]["statements"]
    assert set(allowed(schema, schema, "")) - written - ours == set()


@pytest.mark.parametrize("format_", WHOLE)
def test_every_free_text_of_a_register_is_in_its_record(tmp_path: Path, format_: str) -> None:
    found = text(recorded(tmp_path, everything.REGISTER), format_)
    assert [word for word in sorted(everything.WORDS) if squeezed(word) not in found] == []


CODED = ("json", "jsonld")
"""The formats that have codes and concepts for words."""


@pytest.mark.parametrize("format_", [f for f in WHOLE if f not in CODED])
def test_every_other_field_is_in_it_in_words(tmp_path: Path, format_: str) -> None:
    found = text(recorded(tmp_path, everything.REGISTER), format_)
    assert [said for said in everything.SAID if squeezed(said) not in found] == []


def test_the_graph_has_concepts_for_them(tmp_path: Path) -> None:
    content = plugins.load("exporters", "record-jsonld").render(
        recorded(tmp_path, everything.REGISTER)
    )
    concepts = ("A6-1-f", "A6-1-c", "A9-2-g", "A49-1-d", "A49-1-a")
    assert [c for c in concepts if f'"eu-gdpr:{c}"' not in content] == []
    named = ('"loc:US"', '"loc:IN"', '"P7Y"', '"P11M"', '"pd:Name"', '"dpv:hasPurpose"')
    assert [c for c in named if c not in content] == []


@pytest.mark.parametrize("format_", WHOLE)
def test_every_activity_party_system_and_notice_of_the_example_is_in_it(format_: str) -> None:
    example = read(ROOT / "registry")
    found = text(example, format_)
    names = [
        str(row["name"]) for table in (*example.registers, *example.shelves) for row in table.rows
    ]
    assert len(names) > 20
    assert [
        n
        for n in names
        if squeezed(n.replace("'", "&#x27;")) not in found and squeezed(n) not in found
    ] == []


# For publication


@pytest.mark.parametrize("format_", READ)
@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"loans": "true"}, {"Qloans", "Qowner", "Qbreach", "Qretention-law", "Qdpia-reason"}),
        ({"loans": "[breach, dpia]"}, {"Qbreach", "Qdpia-reason"}),
        ({"northwold": "[security, breach, agreement]"},
         {"Qsecurity", "Qsecurity-of-all", "Qshelf-security", "Qbreach", "Qagreement", "Qhost-agreement"}),
        ({"collector": "true"}, {"Qcollector", "Qagreement", "Qrisk", "Qexception-reason", "Qcollectors"}),
        ({"collector": "[transfer_risk_assessment, exception]"}, {"Qrisk", "Qexception-reason"}),
        ({"shelf": "true"}, {"Qshelf", "Qshelf-security"}),
        ({"partner": "true"}, {"Qpartner"}),
    ],
)  # fmt: skip
def test_what_is_internal_is_in_no_publication(
    tmp_path: Path, change: dict[str, str], gone: set[str], format_: str
) -> None:
    published = text(recorded(tmp_path, marked(change), publication=True), format_)
    left = [w for w in gone if re.search(rf"{squeezed(w)}(?![a-z]|of|reason)", published)]
    assert left == []
    assert "Qnorthwold" in published


@pytest.mark.parametrize("format_", READ)
def test_what_the_tests_of_publication_look_for_is_in_the_full_edition(
    tmp_path: Path, format_: str
) -> None:
    found = text(recorded(tmp_path, everything.REGISTER), format_)
    assert {"Qbreach", "Qagreement", "Qsecurity", "Qcollector", "Qshelf"} <= {
        word for word in everything.WORDS if squeezed(word) in found
    }


# The same each time


@pytest.mark.parametrize("format_", READ)
def test_the_same_register_gives_the_same_bytes(format_: str) -> None:
    exporter = plugins.load("exporters", f"record-{format_}")
    first, second = (exporter.render(read(ROOT / "registry")) for _ in range(2))
    assert first == second
