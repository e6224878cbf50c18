"""`ropa notice read`: what each sentence says, with the words it rests on."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from conftest import ROOT
from ropa.cli import main
from ropa.errors import NoRegister

NOTICE = """# How Sample School uses data

We collect your name from your previous school. We will not give your address to anyone without your consent.

## Who we share it with

We share your data with:

- the police
- Sample Trust

We keep it for six years after the end of the school year. Do we sell it?
"""
PARTY = """
kind: party
id: trust
name: Sample Trust
type: controller
"""


def run(folder: Path, *arguments: str, text: str = NOTICE) -> Result:
    (folder / "notice.md").write_text(text, "utf-8")
    arguments = ("notice", "read", str(folder / "notice.md"), *arguments)
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def sentences(folder: Path, *arguments: str, text: str = NOTICE) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(
        run(folder, *arguments, "--format", "json", text=text).output
    )["sentences"]
    return read


def register(folder: Path) -> str:
    root = folder / "register"
    root.mkdir()
    (root / "parties.yaml").write_text(PARTY, "utf-8")
    return str(root)


def test_each_sentence_shows_in_brackets_what_its_reading_rests_on(tmp_path: Path) -> None:
    said = run(tmp_path).output
    assert (
        "line 3: We will [not] [give] your [address] to [anyone] without your [consent].\n"
        "    discloses “give”: denies, except, consent “consent”\n"
        "    data: address “address”, synonym, denied\n"
    ) in said
    assert "    kept: 6 years from end-of-school-year “six years”" in said


def test_a_bullet_is_read_with_its_lead_in(tmp_path: Path) -> None:
    said = run(tmp_path).output
    assert "line 9: the [police]\n    discloses “with” in the lead-in" in said


def test_a_reading_is_said_to_tell_nobody_anything(tmp_path: Path) -> None:
    assert "A reading tells nobody anything" in run(tmp_path).output


def test_the_json_keeps_to_its_schema(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "reading.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    result = run(tmp_path, "--format", "json")
    Draft202012Validator(schema).validate(json.loads(result.output))


def test_every_stretch_holds_the_words_it_says_it_holds(tmp_path: Path) -> None:
    for sentence in sentences(tmp_path):
        parts = {
            "sentence": sentence["text"],
            "lead-in": sentence["lead"],
            "heading": sentence["heading"],
        }
        for group in ("deeds", "words", "periods", "letters", "laws"):
            for one in sentence[group]:
                at = one["at"]
                assert parts[at["in"]][at["start"] : at["end"]] == at["words"]


def test_the_parties_of_a_register_are_known_by_name(tmp_path: Path) -> None:
    def named(*arguments: str) -> list[str]:
        words = next(s for s in sentences(tmp_path, *arguments) if s["text"] == "Sample Trust")
        return [word["word"] for word in words["words"] if word["how"] == "own name"]

    assert named() == []
    assert named(register(tmp_path)) == ["trust"]


def test_a_question_asks(tmp_path: Path) -> None:
    (asked,) = (s for s in sentences(tmp_path) if s["question"])
    assert [deed["polarity"] for deed in asked["deeds"]] == ["asks"]


def test_an_item_is_shown_where_the_sentence_looks_like_it(tmp_path: Path) -> None:
    (only,) = sentences(tmp_path, text="You have the right to ask for a copy of your data.\n")
    assert {"item": "right-of-access", "status": "present"} in only["items"]


def test_a_register_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "notice.md").write_text(NOTICE, "utf-8")
    arguments = ("notice", "read", str(tmp_path / "notice.md"), str(tmp_path / "none"))
    with pytest.raises(NoRegister, match="there is no folder"):
        CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_words_of_a_beginning_count_in_their_order_alone(tmp_path: Path) -> None:
    said = run(tmp_path).stdout
    assert "trigger: end-of-school-year" in said
    assert "end-of-year" not in said  # "six years after the end" of something is no end of a year
