"""`main:` says which part of its page a notice is, and what it says is held to the file."""

from pathlib import Path

import pytest

from conftest import TODAY
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.report import Report

REGISTER = """\
{kind: organisation, id: council, name: Sample Council}
---
kind: notice
id: residents
name: Residents
audience: resident
text: residents.html
statements:
  - {quote: We use your address to collect your council tax., uses: council-tax}
"""
PAGE = """\
<html><body><div class="bar"><a href="/a">Ask for your data</a> <a href="/b">Contact us</a></div>
<div id="text"><h1>Privacy</h1><p>We use your address to collect your council tax.</p></div>
<div id="news"><p>We never use your address for anything but council tax and the news.</p></div>
<div class="footer"><p>Write to Sample Council at County Hall.</p></div></body></html>
"""


def _checked(
    folder: Path, more: str = "", page: str = PAGE, name: str = "residents.html"
) -> Report:
    register = REGISTER.replace("text: residents.html\n", f"text: {name}\n{more}")
    (folder / "r.yaml").write_text(register, "utf-8")
    (folder / name).write_text(page, "utf-8")
    return check(folder, Settings(TODAY))


def _text(report: Report) -> str:
    text = report.case.text_of(report.case.register.notices["residents"])
    return text.folded if text else ""


def test_menus_and_footers_in_plain_blocks_are_no_part_of_a_notice(tmp_path: Path) -> None:
    assert _text(_checked(tmp_path)) == (
        "Privacy We use your address to collect your council tax. "
        "We never use your address for anything but council tax and the news."
    )


def test_main_names_the_part_that_is_the_notice(tmp_path: Path) -> None:
    report = _checked(tmp_path, 'main: "#text"\n')
    assert _text(report) == "Privacy We use your address to collect your council tax."


def test_what_a_statement_quotes_is_read_wherever_it_stands(tmp_path: Path) -> None:
    quote = "  - {quote: Write to Sample Council at County Hall., informs: controller-contact}\n"
    (tmp_path / "r.yaml").write_text(REGISTER + quote, "utf-8")
    (tmp_path / "residents.html").write_text(PAGE, "utf-8")
    report = check(tmp_path, Settings(TODAY))
    assert "quote-not-found" not in {finding.rule.id for finding in report.findings}
    assert "Write to Sample Council" in _text(report)


@pytest.mark.parametrize(
    ("more", "name", "says"),
    [
        ('main: "#nothing"\n', "residents.html", "nothing in it is #nothing"),
        ('main: "div["\n', "residents.html", "no CSS selector"),
        ('main: "#text"\n', "residents.md", "no page that has parts"),
    ],
)
def test_a_part_that_is_not_there_is_a_finding_at_its_place(
    tmp_path: Path, more: str, name: str, says: str
) -> None:
    report = _checked(tmp_path, more, name=name)
    (found,) = [f.problem for f in report.findings if f.rule.id == "text-missing"]
    assert says in found.message
    assert (found.at.line, found.at.column) == (8, 1)


def test_two_notices_of_one_file_do_not_share_a_page_whose_parts_they_are(tmp_path: Path) -> None:
    notice = REGISTER.partition("---\n")[2].replace("id: residents", "id: others")
    more = f"\n---\n{notice}".replace("text: residents.html", 'text: residents.html\nmain: "#news"')
    (tmp_path / "r.yaml").write_text(REGISTER + more, "utf-8")
    (tmp_path / "residents.html").write_text(PAGE, "utf-8")
    report = check(tmp_path, Settings(TODAY))
    said = [f.problem.message for f in report.findings if f.rule.id == "text-missing"]
    assert len(said) == 2
    assert all("different parts of residents.html" in message for message in said)
