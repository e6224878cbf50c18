"""Shapes of JSON that other programs read: what was written once stays valid, and a shape that changed says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT

OLD = sorted((ROOT / "tests" / "versions").glob("v*/*.json"))
DOCUMENTS = pytest.mark.parametrize("path", OLD, ids=lambda p: f"{p.parent.name}-{p.stem}")


def schema(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_there_is_a_document_for_every_schema_that_is_kept() -> None:
    kept = {path.relative_to(ROOT / "schemas") for path in (ROOT / "schemas").glob("v*/*.json")}
    shown = {Path(path.parent.name) / f"{path.stem}.schema.json" for path in OLD}
    assert kept == shown != set()


@DOCUMENTS
def test_what_was_written_once_still_has_the_shape_of_its_version(path: Path) -> None:
    document = schema(path)
    assert f"v{document['version']}" == path.parent.name
    kept = schema(ROOT / "schemas" / path.parent.name / f"{path.stem}.schema.json")
    assert list(Draft202012Validator(kept).iter_errors(document)) == []


@DOCUMENTS
def test_a_shape_that_no_longer_takes_it_has_another_version(path: Path) -> None:
    """A key may come without a new version; one that goes, or that means something else, may not."""
    now = schema(ROOT / "schemas" / f"{path.stem}.schema.json")
    document = schema(path)
    if now["properties"]["version"] == {"const": document["version"]}:
        assert list(Draft202012Validator(now).iter_errors(document)) == []


@DOCUMENTS
def test_a_kept_schema_refuses_what_is_no_document_of_its_version(path: Path) -> None:
    kept = Draft202012Validator(
        schema(ROOT / "schemas" / path.parent.name / f"{path.stem}.schema.json")
    )
    document = schema(path)
    assert not kept.is_valid(document | {"version": 99})
    assert not kept.is_valid({key: value for key, value in document.items() if key == "version"})
