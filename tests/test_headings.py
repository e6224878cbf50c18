"""Headings of records of processing, recognised by their words: held to what a person says of real headings."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from conftest import ROOT
from ropa.foreign.headings import FIELDS, plain_heading, recognised

HERE = ROOT / "tests/headings"
ASK = "?"


def headings(name: str) -> Iterator[tuple[str, str]]:
    """The headings of a file, each with the fields that are right for it."""
    for found in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")).values():
        yield from found.items()


def counted(name: str) -> Counter[str]:
    """How many headings that a field is for are recognised right, wrong or asked about; and of the others, wrong."""
    counts: Counter[str] = Counter()
    for heading, right in headings(name):
        found = recognised(heading)
        field = found.field if found else ASK
        if field != ASK:
            counts["right" if field in right.split("|") else "wrong"] += 1
        else:
            counts["asked rightly" if ASK in right.split("|") else "asked"] += 1
    return counts


@pytest.mark.parametrize(
    ("name", "right", "most_wrong"),
    [("tuning", 202, 0), ("kept_aside", 129, 1), ("kept_aside_later", 18, 0)],
)
def test_of_real_headings_as_many_are_recognised_as_the_docs_say(
    name: str, right: int, most_wrong: int
) -> None:
    counts = counted(name)
    sys.stderr.write(f"{name}: {dict(counts)}\n")
    assert counts["right"] >= right
    assert counts["wrong"] <= most_wrong


def test_every_heading_on_file_is_judged_by_fields_that_there_are() -> None:
    for name in ("tuning", "kept_aside", "kept_aside_later"):
        for heading, right in headings(name):
            assert set(right.split("|")) <= FIELDS.keys() | {ASK}, heading


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Who do we pass it to, and who else gets it (third parties)?", "recipients"),
        ("Why is it needed?", "purposes"),
        ("Where did we get the information from?", "sources"),
        ("Is any of it sent outside the UK?", "transfers"),
        ("Art. 9 condition (if special category)", "article_9"),
        ("How long do we keep records of this?", "retention"),
        ("Pwrpas y prosesu", "purposes"),
        ("Am ba hyd rydym yn ei gadw", "retention"),
        ("Pourquoi ces données sont-elles collectées ?", "purposes"),
        ("Wo sind die Daten gespeichert (System)?", "systems"),
        ("Hoe lang bewaren we het?", "retention"),
        ("Plazo previsto de conservación", "retention"),
    ],
)
def test_the_words_of_a_heading_say_what_it_is_for(heading: str, field: str) -> None:
    found = recognised(heading)
    assert found is not None
    assert found.field == field
    assert found.why.startswith("its heading says “")


@pytest.mark.parametrize(
    "heading",
    [
        "Source / recipient",
        "Purpose and legal basis",
        "Security of transfers",
        "Data volume",
        "Information governance training",
        "Zone",
        "Owner of the retention schedule and of the system",
        "Privacy notice reference",
        "x " * 200 + "purpose",
    ],
)
def test_a_heading_that_speaks_for_two_or_for_none_is_a_question(heading: str) -> None:
    assert recognised(heading) is None


def test_what_a_program_runs_together_is_read_as_words() -> None:
    assert plain_heading("DataProtectionOfficerName") == plain_heading(
        "data_protection officer name"
    )
    assert plain_heading("RetentionID") == "retention id"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Grounds (Art. 6)", "basis"),
        ("Grounds (Art. 9)", "article_9"),
        ("Disclosed outside the firm to", "recipients"),
        ("Who has access outside the association", "recipients"),
        ("Is it sent outside the UK?", "transfers"),
        ("Trigger for disposal", "retention_trigger"),
        ("Cloud services", "systems"),
        ("Changed", "reviewed"),
        ("Customer group", "subjects"),
    ],
)
def test_a_heading_is_told_from_another_by_what_stands_beside_its_words(
    heading: str, field: str
) -> None:
    found = recognised(heading)
    assert found is not None
    assert found.field == field
