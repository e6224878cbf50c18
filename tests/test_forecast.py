"""`ropa law`: which day changes what, where it is written, and what it breaks in a register."""

import ast
import json
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest

from command import Project
from conftest import ROOT, Check
from ropa import before_after
from ropa.findings import Severity
from ropa.law import tables as law
from ropa.law.calendar import changing, in_words
from ropa.plugins import all_rules, load

COUNCIL = """kind: organisation
id: c
name: Exampleshire Council
contact: County Hall
dpo: dpo@example.org
public_authority: true
nation: England
---
kind: activity
id: visits
name: Home visits
subjects: tenant
data: name
purposes: housing-services
sources: local-authority
basis: {article_6: e, law: Housing Act 1996 s.1}
exemption: {provision: 14(5)(b), reason: no address of 40 000 former tenants, safeguards: on our website}
---
kind: notice
id: tenants
audience: tenant
text: tenants.md
in_force: {from: 2020-01-01}
statements:
  - quote: We use your name to look after your home
    uses: {data: name, purposes: housing-services}
=== tenants.md
We use your name to look after your home.

You may complain under Article 77 of the UK GDPR to the Information Commissioner's Office.
"""
STRETCH = ("--from", "2026-01-01", "--to", "2027-12-31")


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)
    made.register(COUNCIL)
    return made


def broken(check_text: Check, text: str, *, goes: bool = False) -> dict[date, set[str]]:
    report = check_text(text, day=date(2026, 1, 1))
    days = before_after.law_ahead(report, date(2026, 1, 1), date(2027, 12, 31))
    return {
        d.day: {f.rule.id for f in (d.goes if goes else d.comes)}
        for d in days
        if (d.goes if goes else d.comes)
    }


def test_each_day_says_what_it_breaks_in_this_register_and_its_notices(check_text: Check) -> None:
    found = broken(check_text, COUNCIL)
    assert found == {
        date(2026, 2, 5): {"exemption-unfounded"},
        date(2026, 6, 19): {"superseded-article", "item-omitted"},
        date(2026, 9, 30): {"outdated-term"},
    }


def test_what_is_right_from_a_day_on_is_said_too(check_text: Check) -> None:
    later = COUNCIL.replace("14(5)(b)", "14(5)(e)").replace("Article 77", "section 165")
    assert broken(check_text, later, goes=True) == {date(2026, 2, 5): {"exemption-unfounded"}}


def test_under_the_eu_gdpr_nothing_of_it_breaks(check_text: Check) -> None:
    abroad = COUNCIL.replace("nation: England", "regimes: eu-gdpr\nhome: IE")
    report = check_text(abroad, day=date(2026, 1, 1))
    days = before_after.law_ahead(report, date(2026, 1, 1), date(2027, 12, 31))
    assert [d.day for d in days if any(c.table == "adequacy-eu" for c in d.changes)] == [
        date(2026, 1, 26)
    ]
    assert not any(d.comes for d in days)


@pytest.mark.parametrize("table", law.TABLES.values(), ids=lambda table: table.name)
def test_every_row_with_a_day_is_told_on_it_and_in_words(table: law.Table[law.Duty]) -> None:
    for row in table.rows:
        said, standing = in_words(row), row.standing
        assert said
        assert "_" not in said
        for day, begins in ((standing.start, True), (standing.end, False)):
            if day is not None:
                on = day if begins else day + timedelta(days=1)
                (told,) = changing(on, on, standing.regimes)
                assert any(c.row is row and c.begins is begins for c in told.changes)


def test_a_rule_that_asks_the_law_names_what_it_rests_on() -> None:
    """Else what a change of the law does to it would not be told."""
    for rule in all_rules():
        file = ROOT / "src" / "ropa" / "rules" / f"{rule.info.id.replace('-', '_')}.py"
        imports = [
            n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)
        ]
        asks = any(n.module == "ropa.law" for n in imports)
        assert not asks or rule.info.rests_on, rule.info.id


def test_the_command_says_it_as_text_markdown_and_json(project: Project) -> None:
    said = project.ropa("law", *STRETCH, "registry").out
    assert "5 February 2026\n" in said
    assert "error[exemption-unfounded]" in said
    assert "known from secondary sources alone" in said
    page = project.ropa("law", *STRETCH, "--format", "markdown").out
    assert "## 30 September 2026" in page
    assert "### What it breaks" in page
    written = json.loads(project.ropa("law", *STRETCH, "--format", "json").out)
    schema = json.loads((ROOT / "schemas/law.schema.json").read_text("utf-8"))
    jsonschema.validate(written, schema)
    days = {d["day"]: d for d in written["days"]}
    assert [f["rule"] for f in days["2026-02-05"]["comes"]] == ["exemption-unfounded"]
    assert all(c["sources"] and c["read"] for d in days.values() for c in d["changes"])


def test_without_a_register_it_says_the_law_of_both(project: Project) -> None:
    (project.folder / "registry").rename(project.folder / "elsewhere")
    done = project.ropa("law", *STRETCH)
    assert done.code == 0
    assert "26 January 2026" in done.out  # Brazil, of the EU's list
    assert "What it breaks" not in done.out


def test_a_stretch_without_a_change_and_a_stretch_backwards_say_so(project: Project) -> None:
    quiet = project.ropa("law", "--from", "2019-01-01", "--to", "2019-01-02")
    assert "Nothing changes" in quiet.out
    back = project.ropa("law", "--from", "2026-02-02", "--to", "2026-02-01")
    assert back.code == 2
    assert "name a later day" in back.err


def test_a_register_that_cannot_be_read_is_no_success(project: Project) -> None:
    project.write("registry/broken.yaml", "kind: [")
    done = project.ropa("law", *STRETCH)
    assert done.code == 2
    assert "more may come of it" in done.out


def test_the_page_says_what_is_ahead(check_text: Check) -> None:
    report = check_text(COUNCIL, day=date(2026, 1, 1))
    page = load("reporters", "html").render(before_after.looking_ahead(report))
    assert "Ahead of you" in page
    assert "5 February 2026" in page
    assert "went out on 5 February 2026" in page
    assert "Ahead of you" not in load("reporters", "html").render(report)


def test_nothing_is_said_to_break_that_a_check_does_not_find(check_text: Check) -> None:
    report = check_text(COUNCIL, day=date(2026, 1, 1))
    for day in before_after.law_ahead(report, date(2026, 1, 1), date(2027, 12, 31)):
        then = {f.id for f in check_text(COUNCIL, day=day.day).findings}
        before = {f.id for f in check_text(COUNCIL, day=day.day - timedelta(days=1)).findings}
        assert {f.id for f in day.comes} <= then - before
        assert {f.id for f in day.goes} <= before - then
        assert all(f.rule.severity >= Severity.NOTE for f in day.comes)
