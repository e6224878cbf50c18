"""Names and words as they stand inside a sentence."""

import json

import pytest
import yaml

from conftest import ROOT
from ropa.saying import phrases


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Department for Education", "the Department for Education"),
        ("Office for National Statistics", "the Office for National Statistics"),
        ("Family Court at Exampleton", "the Family Court at Exampleton"),
        ("Ofsted", "Ofsted"),
        ("Officeworks Ltd", "Officeworks Ltd"),
        ("Departmental Supplies Ltd", "Departmental Supplies Ltd"),
    ],
)
def test_an_office_takes_its_article_and_a_firm_none(name: str, said: str) -> None:
    assert phrases.body(name) == said


def test_what_is_found_is_said_in_few_words() -> None:
    """Over the pages of all rules, each a small register, and the example: half are short, and none is a paragraph."""
    kept = yaml.safe_load((ROOT / "tests/golden/said_on_pages.yaml").read_text("utf-8"))
    pages = [f["says"] for found in kept.values() for each in found.values() for f in each or ()]
    stored = json.loads((ROOT / "tests/golden/example/check.json").read_text("utf-8"))
    lengths = sorted(len(said.split()) for said in pages)
    assert len(pages) >= 150
    assert lengths[len(lengths) // 2] <= 20
    of_example = [len(finding["message"].split()) for finding in stored["findings"]]
    assert max(*lengths, *of_example) <= 45
