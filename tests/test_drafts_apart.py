"""Sentences in draft join nobody and nothing that the register keeps apart, and say where it keeps nothing apart."""

import json
from pathlib import Path
from urllib.parse import quote

from bench import running
from conftest import Check, write_register
from ropa.drafting.mending import DraftSentence, repair
from ropa.plugins import load
from ropa.report import Report

SCHOOL = """kind: organisation
id: sample
name: Sample School
home: GB
---
kind: activity
id: teaching
name: Teaching
subjects: pupil
data: [name, health, attendance]
purposes: [education-provision, safeguarding]
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.13}
retention: {period: P6Y, trigger: end-of-year, law: schedule}
disclosures:
  - {to: host}
  - {to: printer}
  - {to: trust}
  - to: department
    basis: {article_6: c, law: Education Act 1996 s.537A}
---
kind: activity
id: trips
name: School trips
subjects: pupil
data: [name, health, attendance]
purposes: travel
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.13}
retention: {period: P6Y, trigger: end-of-year, law: schedule}
disclosures: [{to: coaches}]
---
kind: term
facet: purpose
id: travel
label: Travel with pupils
---
{kind: party, id: host, name: Sample Host Ltd, type: processor}
---
{kind: party, id: printer, name: Sample Printer Ltd, type: processor}
---
{kind: party, id: coaches, name: Sample Coaches Ltd, type: processor}
---
{kind: party, id: trust, name: Sample Trust, type: controller}
---
{kind: party, id: department, name: Department of Samples, type: public-authority}
---
kind: notice
id: pupils
name: Pupils
audience: pupil
text: pupils.md
statements:
  - quote: We look after you well
    informs: controller-identity
"""
WIDE = SCHOOL.replace(
    "[education-provision, safeguarding]", "[education-provision, safeguarding, research]"
).replace("\n    basis: {article_6: c, law: Education Act 1996 s.537A}", "")


def rendered(report: Report, name: str) -> str:
    return str(load("reporters", name).render(report))


def drafts(report: Report, begins: str) -> list[DraftSentence]:
    found = repair(report.case.coverage).sentences
    return [sentence for sentence in found if sentence.wording.startswith(begins)]


def test_recipients_of_different_kinds_or_for_different_purposes_are_in_sentences_of_their_own(
    check_text: Check,
) -> None:
    said = {s.wording for s in drafts(check_text(SCHOOL), "We share")}
    what_for = "for providing education and keeping people safe"
    assert said == {
        f"We share your information with Sample Host Ltd and Sample Printer Ltd {what_for}.",
        f"We share your information with Sample Trust {what_for}.",
        f"We share your information with the Department of Samples {what_for}.",
        "We share your information with Sample Coaches Ltd for travel with pupils.",
    }


def test_purposes_that_no_entry_has_together_are_in_sentences_of_their_own(
    check_text: Check,
) -> None:
    said = [s.statement.splitlines()[1] for s in drafts(check_text(SCHOOL), "We use")]
    assert sorted(said) == [
        "  purposes: [education-provision, safeguarding]",
        "  purposes: [education-provision, safeguarding]",
        "  purposes: [travel]",
    ]


def test_a_purpose_that_another_entry_has_with_others_takes_no_sentence_of_its_own(
    check_text: Check,
) -> None:
    said = drafts(
        check_text(SCHOOL.replace("purposes: travel", "purposes: safeguarding")), "We use"
    )
    assert not any("purposes: [safeguarding]" in s.statement for s in said)


def test_a_sentence_for_an_entry_that_links_nothing_asks_to_be_divided_in_every_output(
    check_text: Check,
) -> None:
    report = check_text(WIDE)
    (said,) = {s.caution for s in drafts(report, "We share") if "Coaches" not in s.wording}
    assert said.startswith("“Teaching” gives everybody everything for everything in the register")
    assert said.endswith("divide it by who gets which data for what")
    assert not any(s.caution for s in drafts(report, "We share") if "Coaches" in s.wording)
    assert not any(s.caution for s in drafts(report, "We keep"))
    for output in ("text", "markdown", "html"):
        shown = " ".join(rendered(report, output).split())
        assert "gives everybody everything for everything" in shown, output
    written = json.loads(rendered(report, "json"))
    assert said in {draft["caution"] for draft in written["drafts"]}


def test_the_workbench_says_it_where_it_offers_such_a_sentence(
    check_text: Check, tmp_path: Path
) -> None:
    flows = check_text(WIDE).case.coverage.flows
    teaching = next(t.flow.id for t in flows if t.flow.activity == "teaching")
    write_register(tmp_path, WIDE)
    with running(tmp_path) as bench:
        pages = [bench.ask(path).text for path in ("/", f"/flow?id={quote(teaching, safe='')}")]
    for page in pages:
        assert "Take care:" in page
        assert "gives everybody everything for everything in the register" in page


def test_an_entry_that_says_who_gets_what_needs_no_caution(check_text: Check) -> None:
    linked = WIDE.replace("{to: trust}", "{to: trust, purposes: safeguarding}")
    assert not any(s.caution for s in repair(check_text(linked).case.coverage).sentences)
