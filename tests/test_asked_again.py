"""Accepted proposals are asked about again without their answers, and how often people agree with themselves."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from bench import Running, running
from browser import leaves_sideways, violations
from conftest import ROOT, TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.judging.judgement import Untied
from ropa.paper.evidence_report import as_json, evidence_report, head
from ropa.proposing.agreeing import agreements, asked_again, round_of, stated
from ropa.register.model import Statement
from ropa.report import Report
from ropa.sign_off import Signature, sign_off
from test_suggest import REGISTER, TEXT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOOK = "accepted: {by: J. Smith, on: 2026-11-20, proposed_by: a program}"
STATEMENTS = f"""statements:
  # who gets it
  - quote: We pass your name to Fairly Collected Ltd
    discloses: {{to: collector, data: name}}
    {TOOK[:-1]}, only: [to, data]}}
  - quote: We keep your name for one year after your contract ends
    keeps: {{data: name, period: P1Y, trigger: end-of-contract}}
    {TOOK}
  - quote: We use your name and address to send bills
    uses: {{data: [name, address], purposes: billing}}
    {TOOK}
  - quote: You have the right to ask for a copy of your data
    informs: right-of-access
"""
RIGHT: dict[str, dict[str, Any]] = {
    "We pass your name to Fairly Collected Ltd": {
        "deed": "discloses", "to": "Fairly Collected Ltd", "data": "name",
    },
    "We keep your name for one year after your contract ends": {
        "deed": "keeps", "data": "name", "period": "12 months",
    },
    "We use your name and address to send bills": {
        "deed": "uses", "data": ["address", "name"], "purposes": "marketing",
    },
}  # fmt: skip
"""What is answered: the first as it was, the second without its trigger, the third with another purpose."""


def written(folder: Path) -> Path:
    root = folder / "registry"
    root.mkdir()
    write_register(root, REGISTER + STATEMENTS)
    (root / "notice.md").write_text(TEXT, "utf-8")
    return root


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(written(tmp_path_factory.mktemp("again"))) as started:
        yield started


def judged(root: Path) -> Report:
    return check(root, Settings(TODAY, untied=Untied.OMITTED))


def field(page: str, name: str) -> str:
    found = re.search(rf'id="again".*?name="{name}" value="([^"]*)"', page, re.DOTALL)
    assert found is not None, page
    return html.unescape(found[1])


def test_what_was_accepted_is_asked_again_facet_by_facet_and_counted(
    bench: Running, browser: "Browser"
) -> None:
    before = without_again(bench.root)
    asked = []
    with bench.opened(browser, viewport={"width": 1280, "height": 900}) as context:
        seen = context.new_page()
        seen.goto(f"{bench.base}/again")
        assert violations(seen) == []
        assert seen.locator(".token").count() == 0
        assert seen.locator("#f-deed").input_value() == ""
        seen.set_viewport_size({"width": 390, "height": 844})
        assert leaves_sideways(seen) == []
    for number in (1, 2, 3):
        page = bench.ask("/again").text
        assert f"{number} of 3" in page
        quote = field(page, "quote")
        asked.append(quote)
        assert (' for="f-period"' in page) is ("one year" in quote)  # only the facets that it has
        hidden = {name: field(page, name) for name in ("notice", "at", "quote", "base")}
        assert bench.ask("/again", {**hidden, **RIGHT[quote]}).status == 303
    assert sorted(asked) == sorted(RIGHT)
    result = " ".join(re.sub(r"<[^>]+>", " ", bench.ask("/again").text).split())
    assert "J. Smith said the same of 8 of 10 facets" in result
    assert "everything was the same in 1" in result
    assert "What for" in result.partition("Said otherwise this time")[2]
    assert "# who gets it" in (bench.root / "register.yaml").read_text("utf-8")
    assert without_again(bench.root) == before
    it_is_in_the_sign_off_and_in_the_evidence(bench.root)


def without_again(root: Path) -> list[Any]:
    """What the register says, but for what was said again."""
    found = [document.data for document in read_tree(root)]
    for entry in (e for data in found for e in data.get("statements", ())):
        entry.get("accepted", {}).pop("again", None)
    return found


def it_is_in_the_sign_off_and_in_the_evidence(root: Path) -> None:
    report = judged(root)
    made = sign_off(report, "users", Signature("A. Example", "DPO", TODAY, "it is being mended"))
    assert "proposed_by: a program\n    statements: 3\n    in_part: 1\n" in made.text
    assert "took: {data: 3, period: 1, purposes: 1, to: 1, trigger: 1}" in made.text
    assert "again: {statements: 3, whole: 1, facets: 10, same: 8}" in made.text
    assert "J. Smith said the same of 8 of 10 facets (deed 3 of 3, data 3 of 3" in made.summary
    (root / "sign-offs").mkdir()
    (root / made.path).write_text(made.text, "utf-8")
    again = judged(root)
    assert not [f for f in again.standing if f.rule.id in ("wrong-shape", "sign-off-altered")]
    found = evidence_report(again)
    schema = json.loads((ROOT / "schemas" / "evidence.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(as_json(found)))
    assert json.loads(as_json(found))["asked_again"][0]["facets"]["to"] == {"same": 1, "asked": 1}
    assert any("J. Smith said the same of 8 of 10 facets" in line for line in head(found))


def test_asking_again_changes_no_verdict_and_voids_no_sign_off(tmp_path: Path) -> None:
    root = written(tmp_path)
    made = sign_off(
        judged(root), "users", Signature("A. Example", "DPO", TODAY, "it is being mended")
    )
    (root / "sign-offs").mkdir()
    (root / made.path).write_text(made.text, "utf-8")
    before = judged(root)
    file = root / "register.yaml"
    asked = file.read_text("utf-8").replace(
        TOOK, f"{TOOK[:-1]}, again: {{on: 2026-11-22, same: deed, other: [data, period]}}}}"
    )
    file.write_text(asked, "utf-8")
    after = judged(root)
    assert sorted(f.id for f in after.standing) == sorted(f.id for f in before.standing)
    assert not [f for f in after.standing if f.rule.id == "sign-off-out-of-date"]
    assert [one.statements for one in agreements(statements(after))] == [2]


def statements(report: Report) -> tuple[Statement, ...]:
    return report.case.register.notices["users"].statements


def test_whoever_answers_as_they_did_agrees_in_everything(tmp_path: Path) -> None:
    for statement in statements(judged(written(tmp_path))):
        said = asked_again(statement, stated(statement), TODAY)
        assert (said["same"], said.get("other")) == (list(stated(statement)), None)
        nothing = asked_again(statement, {}, TODAY)
        assert (nothing.get("same"), nothing["other"]) == (None, list(stated(statement)))


def test_those_are_asked_of_whom_it_is_longest_ago(tmp_path: Path) -> None:
    root = written(tmp_path)
    file = root / "register.yaml"
    text = file.read_text("utf-8")
    first = text.replace(
        "only: [to, data]}", "only: [to, data], again: {on: 2026-11-21, same: to}}"
    )
    file.write_text(first, "utf-8")
    found = [s for s in statements(judged(root)) if s.accepted]
    assert {s.id for s in round_of(found, 2, TODAY)} == {found[1].id, found[2].id}


def test_nobody_who_accepted_nothing_is_asked(tmp_path: Path) -> None:
    root = tmp_path / "registry"
    root.mkdir()
    write_register(root, REGISTER)
    (root / "notice.md").write_text(TEXT, "utf-8")
    with running(root) as bench:
        assert "Nothing was accepted yet" in bench.ask("/again").text
        assert bench.ask("/again", {"notice": "users", "at": "0", "quote": "x"}).status == 404
