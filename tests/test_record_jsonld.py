"""The record as linked data, read by rdflib without the network."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, SKOS, Graph, Literal, Namespace, URIRef

import everything
from conftest import ROOT
from ropa.errors import CannotRead
from ropa.exporters import record_jsonld
from ropa.importers import record_jsonld as importers_record_jsonld
from ropa.record.tables import Record
from test_record import hostile, marked, read, recorded

__all__ = ["hostile"]
# rdflib's own parser of JSON-LD uses a class that rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
DPV = Namespace("https://w3id.org/dpv#")
GDPR = Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
HERE = Namespace("https://northwold.example/record#")
MANDATORY = (
    DPV.hasPurpose, DPV.hasLegalBasis, DPV.hasProcessing, DPV.hasPersonalData, DPV.hasDataSubject, DPV.hasDataSource,
)  # fmt: skip


def graph(record: Record) -> Graph:
    written = record_jsonld.render(record)
    return Graph().parse(
        data=written, format="json-ld", publicID="https://northwold.example/record"
    )


def test_every_activity_of_the_example_has_what_a_catalogue_of_processing_demands() -> None:
    example = read(ROOT / "registry")
    found = graph(example)
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    activities = set(found.objects(catalogue, DPV.hasProcess))
    assert len(activities) == len(example.controller.rows)
    for activity in activities:
        assert [p for p in MANDATORY if not set(found.objects(activity, p))] == [], activity
        assert set(found.objects(activity, DPV.hasDataController)) == {HERE.organisation}


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dpv: <https://w3id.org/dpv#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix : <https://northwold.example/shapes#> .

:catalogue a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:class dpv:ROPA ; sh:property
  [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
  [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
  [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
  [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .

:publisher a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property
  [ sh:path foaf:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ] .

:activity a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:class dpv:Process ; sh:property
  [ sh:path [ sh:inversePath dcat:dataset ] ; sh:minCount 1 ; sh:class dcat:Catalog ] ,
  [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:Literal ] ,
  [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
  [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
  [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
  [ sh:path dpv:hasDataController ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path dpv:hasPurpose ; sh:minCount 1 ; sh:class dpv:Purpose ] ,
  [ sh:path dpv:hasLegalBasis ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path dpv:hasProcessing ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path dpv:hasPersonalData ; sh:minCount 1 ; sh:class dpv:PersonalData ] ,
  [ sh:path dpv:hasDataSubject ; sh:minCount 1 ; sh:class dpv:DataSubject ] ,
  [ sh:path dpv:hasDataSource ; sh:minCount 1 ; sh:class dpv:DataSource ] .
"""
"""What DCAT-AP makes mandatory, and what DPCat asks of a record."""


def refused(data: Graph) -> set[tuple[str, str]]:
    """The nodes and the properties that are not as the shapes ask."""
    conforms, results, _ = validate(data, shacl_graph=Graph().parse(data=SHAPES))
    assert isinstance(results, Graph)
    found = {
        (str(results.value(r, SH.focusNode)), str(results.value(r, SH.resultPath) or ""))
        for r in results.subjects(RDF.type, SH.ValidationResult)
    }
    assert conforms == (not found)
    return found


def test_the_example_is_a_catalogue_as_dcat_ap_and_dpcat_ask() -> None:
    assert refused(graph(read(ROOT / "registry"))) == set()


@pytest.mark.parametrize(
    ("subject", "missing"),
    [
        *(("record", p) for p in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset)),
        ("organisation", FOAF.name),
        *(("activity-letters", p) for p in (*MANDATORY, DCTERMS.title, DCTERMS.description)),
    ],
)  # fmt: skip
def test_what_the_catalogue_lacks_is_refused(subject: str, missing: URIRef) -> None:
    found = graph(read(ROOT / "registry"))
    assert (HERE[subject], missing, None) in found
    found.remove((HERE[subject], missing, None))
    assert refused(found) >= {(str(HERE[subject]), str(missing))}


def test_every_free_text_of_the_register_is_in_the_graph(tmp_path: Path) -> None:
    found = graph(recorded(tmp_path, everything.REGISTER))
    text = "\n".join(str(o) for o in found.objects() if isinstance(o, Literal))
    assert [word for word in sorted(everything.WORDS) if word not in text] == []


def test_words_are_instances_of_the_concepts_they_equal(tmp_path: Path) -> None:
    found = graph(recorded(tmp_path, everything.REGISTER))
    name = HERE["data-name"]
    assert set(found.objects(name, RDF.type)) == {
        DPV.PersonalData,
        URIRef("https://w3id.org/dpv/pd#Name"),
    }
    assert found.value(name, SKOS.prefLabel) == Literal("Name")
    assert GDPR["A6-1-f"] in set(found.objects(HERE["activity-loans"], DPV.hasLegalBasis))
    assert GDPR["A9-2-g"] in set(found.objects(HERE["activity-loans"], DPV.hasLegalBasis))


def test_recipients_and_periods_are_of_their_activity(tmp_path: Path) -> None:
    found = graph(recorded(tmp_path, everything.REGISTER))
    loans = HERE["activity-loans"]
    assert set(found.objects(loans, DPV.hasRecipient)) == {
        HERE["party-collector"],
        HERE["party-host"],
    }
    assert (HERE["party-collector"], DCTERMS.title, Literal("Qcollector Ltd")) in found
    kept = {
        str(found.value(entry, DPV.hasDuration))
        for entry in found.objects(loans, DPV.hasStorageCondition)
    }
    assert {"P7Y", "P11M"} <= kept
    to = HERE["activity-loans/recipients/1"]
    assert set(found.objects(to, DPV.hasLocation)) == {URIRef("https://w3id.org/dpv/loc#US")}


def test_work_for_others_has_their_name_as_controller(tmp_path: Path) -> None:
    found = graph(recorded(tmp_path, everything.REGISTER))
    hosting = HERE["activity-hosting"]
    assert set(found.objects(hosting, DPV.hasDataController)) == {HERE["party-partner"]}
    assert set(found.objects(hosting, DPV.hasDataProcessor)) == {HERE.organisation}


def test_nothing_is_fetched_and_every_prefix_is_written_out(tmp_path: Path) -> None:
    written = json.loads(record_jsonld.render(recorded(tmp_path, everything.REGISTER)))
    assert all(isinstance(meaning, str) for meaning in written["@context"].values())
    found = graph(recorded(tmp_path, everything.REGISTER))
    schemes = {
        str(node).partition(":")[0] for node in found.all_nodes() if isinstance(node, URIRef)
    }
    assert schemes <= {"https", "http", "urn"}
    assert not [p for p in found.predicates() if str(p).startswith(str(HERE))]


def test_its_concepts_are_concepts_of_the_vocabulary(corpora: Path) -> None:
    with (corpora / "vocab" / "dpv-2.3-hierarchy.csv").open(encoding="utf-8") as file:
        known = {row["iri"] for row in csv.DictReader(file)}
    found = graph(read(ROOT / "registry"))
    used = {str(node) for node in found.objects() if str(node).startswith("https://w3id.org/dpv")}
    places = {iri for iri in used if iri.startswith("https://w3id.org/dpv/loc#")}
    assert used - places - known <= {
        str(DPV.Process)
    }  # which the list, of classes below others, leaves out


def test_hostile_text_is_only_ever_text(hostile: Record) -> None:
    found = graph(hostile)
    names = [str(node) for node in found.all_nodes() if isinstance(node, URIRef)]
    assert not any("script" in name or "javascript" in name or " " in name for name in names)
    assert any("<script>" in str(o) for o in found.objects() if isinstance(o, Literal))


def test_the_graph_for_publication_is_without_what_is_internal(tmp_path: Path) -> None:
    text = marked({"collector": "true", "loans": "[security, breach]"})
    written = record_jsonld.render(recorded(tmp_path, text, publication=True))
    gone = ("Qcollector", "party-collector", 'Qagreement"', "Qbreach", "Qrisk", 'Qsecurity"')
    assert [word for word in gone if word in written] == []


def test_the_same_register_gives_the_same_bytes() -> None:
    first, second = (record_jsonld.render(read(ROOT / "registry")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("odd", [7, None, "x", [[1]], [{"@id": {"a": 1}}], "\ud800"])
@pytest.mark.parametrize("key", ["@graph", "@id", "@type"])
def test_a_damaged_record_is_refused_in_a_sentence(tmp_path: Path, odd: object, key: str) -> None:
    record: Any = json.loads(record_jsonld.render(recorded(tmp_path, everything.REGISTER)))
    for node in (record, *record["@graph"]):
        if key in node:
            node[key] = odd
    with pytest.raises(CannotRead):
        importers_record_jsonld.read(json.dumps(record).encode(), ())
