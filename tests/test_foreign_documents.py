"""Records of other programs: fides manifests, TILT, and our own record as linked data, which comes back whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import everything
from conftest import CORPORA, ROOT, TODAY, write_register
from ropa.arrival import Arrival, bring_in, format_of
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.errors import CannotRead
from ropa.exporters import record_jsonld
from ropa.foreign.account import Fate
from ropa.foreign.leaves import leaves
from ropa.intake import take_in
from ropa.judging.coverage import Settings
from ropa.record.gather import gather

SETTINGS = Settings(TODAY)
MANIFEST = """\
organization:
  - fides_key: sample_shop
    name: Sample Shop
    controller: {name: Sample Shop Ltd, address: 1 Sample Street, email: privacy@sample.example}
system:
  - fides_key: orders
    name: Order system
    description: Where orders are kept
    administrating_department: Sales
    privacy_declarations:
      - name: Fulfil orders
        data_categories: [user.name, user.contact.email, user.zorgl]
        data_use: marketing.advertising
        data_subjects: [customer]
        legal_basis_for_processing: Contract
        retention_period: "365"
        third_parties: HMRC; Sample Courier
      - name: Improve the shop
        data_categories: [user.device.cookie_id]
        data_use: functional.service.improve
        data_subjects: [customer]
"""
TILT = {
    "controller": {"name": "Sample Bikes AG", "address": "Sample Ring 2", "country": "DE"},
    "dataProtectionOfficer": {"email": "dpo@sample.example"},
    "dataDisclosed": [
        {
            "category": "E-mail address",
            "purposes": [{"purpose": "Newsletter", "description": "once a month"}],
            "legalBases": [{"reference": "GDPR-6-1-a"}, {"reference": "BDSG-42-5"}],
            "recipients": [{"name": "Sample Mailer AG", "category": "Bank"}, {"category": "Police"}],
            "storage": [{"temporal": [{"ttl": "P3Y"}], "purposeConditional": ["Until the order is done"]}],
        }
    ],
    "rightToComplain": {"available": True},
}  # fmt: skip


def brought(content: bytes, name: str, root: Path) -> Arrival:
    made = bring_in(content, name, format_of(content, name), root, so_far=False)
    for path, text in made.files.items():
        assert text is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return made


def test_each_declaration_of_a_fides_manifest_is_an_entry_in_words_of_ours(tmp_path: Path) -> None:
    made = brought(MANIFEST.encode(), "systems.yml", tmp_path)
    assert made.reading.is_a == "a fides manifest"
    first, second = (d for d in made.reading.documents if d["kind"] == "activity")
    assert first["name"] == "Order system: Fulfil orders"
    assert first["data"][:2] == ["name", "email-address"]
    assert first["basis"] == [{"article_6": "b"}]
    assert first["retention"] == [{"period": "P365D"}]
    assert first["owner"] == "Sales"
    assert first["notes"]["description"] == "Where orders are kept"
    assert second["purposes"] == ["service-improvement"]
    organisation = next(d for d in made.reading.documents if d["kind"] == "organisation")
    assert organisation["name"] == "Sample Shop Ltd"


def test_a_word_of_fideslang_that_is_not_ours_is_below_the_nearest_wider_one(
    tmp_path: Path,
) -> None:
    made = brought(MANIFEST.encode(), "systems.yml", tmp_path)
    words = {word.label: word.broader for word in made.reading.words}
    assert words["marketing.advertising"] == "marketing"
    assert words["user.zorgl"] == "personal-data"


def test_each_kind_of_data_of_a_tilt_document_is_an_entry_and_whose_it_is_is_not_recorded(
    tmp_path: Path,
) -> None:
    made = brought(json.dumps(TILT).encode(), "tilt.json", tmp_path)
    (entry,) = (d for d in made.reading.documents if d["kind"] == "activity")
    assert entry["subjects"] == ["not recorded"]
    assert entry["data"] == ["email-address"]
    assert entry["basis"] == [{"article_6": "a"}]
    assert entry["retention"] == [{"period": "P3Y"}, {"criteria": "Until the order is done"}]
    assert [d["to"] for d in entry["disclosures"]] == ["sample-mailer-ag", "police-force"]
    assert entry["notes"]["legalBases/reference"] == "BDSG-42-5"


def corpus(folder: str, *endings: str) -> Iterator[Path]:
    yield from (p for p in sorted((CORPORA / folder).rglob("*")) if p.suffix in endings)


@pytest.mark.parametrize(
    "file", [*corpus("tilt", ".json"), *corpus("fides", ".yml")], ids=lambda file: file.name
)
def test_every_leaf_of_a_real_document_is_taken_or_kept(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    try:
        made = brought(content, file.name, tmp_path)
    except CannotRead:
        return  # it says nothing of what is done with data
    if file.suffix == ".json":
        there = [text for _, text in leaves(json.loads(content.decode("utf-8-sig"))) if text]
        assert sorted(cell.text for cell in made.reading.cells) == sorted(there)
    assert not list(made.reading.of_fate(Fate.ASKED))


def linked(folder: Path) -> str:
    register = make_case(tuple(read_tree(folder)), SETTINGS, folder).register
    return record_jsonld.render(gather(register, TODAY, publication=False))


def nodes(record: str) -> list[str]:
    """The nodes of a record, with lists in an order of their own: that of entries is the order of their files."""
    graph = json.loads(record)["@graph"]
    for key in ("dcat:dataset", "dpv:hasProcess"):
        graph[0][key].sort(key=str)
    return sorted(json.dumps(node, sort_keys=True) for node in graph)


@pytest.mark.parametrize(
    "register", [everything.REGISTER, None], ids=["every field", "the example"]
)
def test_our_own_linked_data_comes_back_whole(register: str | None, tmp_path: Path) -> None:
    ours, back = tmp_path / "ours" if register else ROOT / "registry", tmp_path / "back"
    if register:
        ours.mkdir()
        write_register(ours, register)
    before = linked(ours)
    assert format_of(before.encode(), "record.jsonld") == "record-jsonld"
    made = take_in(before.encode(), "record-jsonld", back, SETTINGS)
    assert made.faults == ()
    for path, text in made.files.items():
        assert text is not None
        (back / path).parent.mkdir(parents=True, exist_ok=True)
        (back / path).write_text(text, "utf-8")
    assert nodes(linked(back)) == nodes(before)
