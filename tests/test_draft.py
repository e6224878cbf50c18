"""A drafted notice tells every flow and every item due to its readers, and claims no more than the register."""

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from command import Project
from conftest import ROOT, write_register
from random_registers import TODAY, Sample, cases, registers, ways_to_judge
from ropa.documents.document import SourceFile
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import parse, read_tree
from ropa.drafting import Draft, draft
from ropa.engine import check, make_case
from ropa.errors import NothingToTell
from ropa.exporters import notice_html, notice_md, notice_yaml
from ropa.flows.flow import SUBJECT
from ropa.flows.graph import FlowGraph
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Coverage, Settings, coverage
from ropa.judging.verdict import Verdict
from ropa.register.build import build
from ropa.register.model import Evidence, Register
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text
from test_record_html import Page

WRITERS: Mapping[str, ModuleType] = {"md": notice_md, "html": notice_html}


def drafted(sample: Sample, settings: Settings, audience: str) -> Draft | None:
    """The draft for an audience, or nothing where the register says nothing about it."""
    try:
        return draft(flow_graph(sample.register()), settings, audience)
    except NothingToTell:
        return None


def with_draft(sample: Sample, made: Draft, format_: str) -> Register:
    """The register with the draft as its only notice, written out and read back."""
    writer, name = WRITERS[format_], f"draft.{format_}"
    written = notice_yaml.render(made, name, writer.quote)
    notice = tuple(parse(SourceFile("draft.yaml", written)))
    assert not any(d.problems for d in notice), [d.problems for d in notice]
    assert all(map(well_formed, notice)), [p for d in notice for p in violations(d)]
    text = notice_of_text(SourceFile(name, writer.render(made)))
    others = Sample(tuple(d for d in sample.documents if d["kind"] != "notice"))
    documents = [*others.parsed(), *notice]
    return build(documents, {("draft.yaml", name): text})


def judged(sample: Sample, settings: Settings, made: Draft, format_: str) -> Coverage:
    return coverage(flow_graph(with_draft(sample, made, format_)), settings)


def assert_told(found: Coverage, made: Draft) -> None:
    """Every flow to the readers, in every facet, unless the register itself leaves it open."""
    words = found.register.vocabulary
    people = words[Facet.SUBJECT].union(made.audience)
    for told in found.flows:
        if not words[Facet.SUBJECT].union(told.flow.box[SUBJECT]) & people:
            continue
        for judgement in told.judgements:
            if judgement.facet is Facet.SUBJECT or judgement.verdict is Verdict.CLEAR:
                continue
            where = (told.flow.id, str(judgement.facet), judgement.verdict, judgement.lacks)
            assert judgement.verdict in (Verdict.UNDECIDABLE, Verdict.VAGUE), where
            assert made.lacks, where  # and it is said what is missing
            assert made.slots, where


def assert_said(found: Coverage) -> None:
    """Every quote stands in the text, and nothing is said that the register does not bear out."""
    for notice in found.voices.notices:
        for statement in notice.statements:
            assert statement.evidence is Evidence.FOUND, statement.quote
    assert not found.unmatched, [(u.statement.quote, u.facet, u.words) for u in found.unmatched]
    for told in found.under_conditions():
        whom = told.on(Facet.RECIPIENT)
        for statement in whom.told_by if whom else ():
            assert not found.guards.unrecorded(statement, told.flow), (
                told.flow.id,
                statement.quote,
            )


AUDIENCES = st.lists(st.sampled_from(("s0", "s1", "s2")), min_size=1, max_size=2, unique=True)


@pytest.mark.parametrize("format_", ["md", "html"])
@cases(1)
@given(registers(strange=False), ways_to_judge(), AUDIENCES)
def test_every_flow_to_the_readers_is_told_and_nothing_else(
    format_: str, sample: Sample, settings: Settings, audience: list[str]
) -> None:
    made = drafted(sample, settings, ",".join(audience))
    if made is not None:
        found = judged(sample, settings, made, format_)
        assert_told(found, made)
        assert_said(found)


@cases(1)
@given(registers(), st.sampled_from(("s0", "s1", "s2")))
def test_words_that_nobody_defined_are_left_open_and_asked_for(
    sample: Sample, audience: str
) -> None:
    settings = Settings(TODAY)
    made = drafted(sample, settings, audience)
    if made is not None:
        found = judged(sample, settings, made, "md")
        assert_said(found)
        assert_told(found, made)


# -- the readers -----------------------------------------------------------------------------------

TWO_GROUPS = """
kind: organisation
id: northwold
name: Northwold Library
contact: 1 Shelf Lane, Northwold NW1 1AA
dpo: dpo@northwold.example
---
kind: activity
id: loans
name: Lending books
subjects: [library-user, volunteer]
data: [name, address]
purposes: library-services
sources: data-subject
basis: {article_6: e, law: Public Libraries and Museums Act 1964 s.7}
retention: {period: P1Y, trigger: last-contact}
required_by: nothing
---
kind: activity
id: shifts
name: Planning shifts
subjects: volunteer
data: [name, phone-number]
purposes: service-planning
sources: data-subject
basis: {article_6: f, interests: to know who comes when}
retention: {period: P2Y, trigger: last-contact}
required_by: nothing
disclosures: [{to: printer}]
---
kind: party
id: printer
name: Quill and Example Ltd
type: processor
"""


def text_of(folder: Path, register: str, audience: str, format_: str = "md") -> str:
    made = draft(graph_of(folder, register), Settings(TODAY), audience)
    written: str = WRITERS[format_].render(made)
    return written


def graph_of(folder: Path, register: str) -> FlowGraph:
    folder.mkdir(exist_ok=True)
    write_register(folder, register)
    return make_case(read_tree(folder), Settings(TODAY), folder).graph


def test_people_read_only_what_concerns_them(tmp_path: Path) -> None:
    text = text_of(tmp_path, TWO_GROUPS, "library-user")
    assert "library services" in text
    assert "Quill and Example" not in text
    assert "legitimate interest" not in text
    assert "only)" not in text


def test_where_not_all_readers_are_meant_the_sentence_says_whom(tmp_path: Path) -> None:
    text = text_of(tmp_path, TWO_GROUPS, "library-user, volunteer")
    assert "**For planning services** (volunteers only), we use your name and phone number." in text
    assert "**For library services**, we use your name and postal address." in text
    assert "**Quill and Example Ltd** (volunteers only): we share" in text


def test_what_has_to_be_met_before_data_is_passed_on_is_told_of_that_step_alone(
    tmp_path: Path,
) -> None:
    onward = """disclosures:
  - to: printer
    onward:
      - {to: researcher, data: name, conditions: [{approval: panel, covers: [requester, use]}, consent]}
      - {to: police-force, data: name}
"""
    text = text_of(
        tmp_path, TWO_GROUPS.replace("disclosures: [{to: printer}]\n", onward), "volunteer"
    )
    first = "Before that, there has to be an approval, which looks at who asks for it and how it is used; and consent."
    (researchers,) = (line for line in text.splitlines() if "on to researchers" in line)
    (police,) = (line for line in text.splitlines() if "on to police" in line)
    assert researchers.endswith(first)
    assert "Before" not in police


SHARED = """disclosures:
  - {to: printer, data: name, conditions: [{approval: panel, covers: requester}, consent]}
"""
FIRST = "Before that, there has to be an approval, which looks at who asks for it; and consent."


def sharing_with(folder: Path, *further: str) -> tuple[str, list[str]]:
    """What the draft says of the printer, and the statements that it quotes, beside further disclosures."""
    given = "".join((SHARED, *further))
    graph = graph_of(folder, TWO_GROUPS.replace("disclosures: [{to: printer}]\n", given))
    made = draft(graph, Settings(TODAY), "volunteer")
    (said,) = (line for line in notice_md.render(made).splitlines() if "Quill" in line)
    statements = notice_yaml.render(made, "x.md", notice_md.quote).split("  - quote: ")
    return said, [s for s in statements if "to: printer" in s]


def test_what_has_to_be_met_before_we_share_is_told_and_tied(tmp_path: Path) -> None:
    said, (statement,) = sharing_with(tmp_path)
    assert f"your name for planning services. {FIRST}" in said
    assert "      conditions: [approval, consent]\n" in statement


def test_a_condition_of_some_data_is_told_of_that_data_alone(tmp_path: Path) -> None:
    said, statements = sharing_with(tmp_path, "  - {to: printer, data: phone-number}\n")
    assert "Before we share your name for planning services, there has to be an approval" in said
    (tied,) = (statement for statement in statements if "conditions" in statement)
    assert "      data: name\n" in tied


def test_no_condition_is_promised_that_another_way_to_the_same_recipient_does_without(
    tmp_path: Path,
) -> None:
    said, statements = sharing_with(tmp_path, "  - {to: printer, conditions: consent}\n")
    assert "consent" in said
    assert "approval" not in said
    said, statements = sharing_with(tmp_path, "  - {to: printer}\n")
    assert "Before" not in said
    assert "conditions" not in "".join(statements)


def test_words_of_the_trade_are_said_plainly_and_mean_the_same(tmp_path: Path) -> None:
    term = """---
kind: term
facet: purpose
id: rota
label: Workforce scheduling
plain: {plain}
"""
    register = TWO_GROUPS.replace(
        "purposes: service-planning", "purposes: [statutory-return, rota]"
    )
    own = register + term.format(plain="seeing who can come when")
    text = text_of(tmp_path, own, "volunteer")
    assert "**For reports that the law makes us send and seeing who can come when**, we use" in text
    assert "tatutory return" not in text
    taken = register + term.format(plain="statutory returns")  # which is something else already
    assert "send and workforce scheduling**" in text_of(tmp_path / "taken", taken, "volunteer")
    words = graph_of(tmp_path / "own", own).register.vocabulary[Facet.PURPOSE]
    assert words.find("Seeing who can come when") == "rota"


def test_a_kind_of_data_is_not_listed_below_itself(tmp_path: Path) -> None:
    data = TWO_GROUPS.replace("data: [name, address]", "data: [name, address, health, medication]")
    text = text_of(tmp_path, data, "library-user")
    assert "- **Health information**, including medication\n" in text


def test_the_rights_are_those_of_the_bases(tmp_path: Path) -> None:
    text = text_of(tmp_path, TWO_GROUPS, "volunteer")
    assert (
        "object to what we do with your information where our lawful basis is a public task or legitimate"
        in text
    )
    assert "take elsewhere" not in text
    assert "change your mind at any time" not in text
    assert "The interest is this: to know who comes when." in text


def test_a_notices_people_are_an_audience_and_a_stranger_is_asked_for(tmp_path: Path) -> None:
    notice = "---\nkind: notice\nid: helpers\naudience: [volunteer]\n"
    graph = graph_of(tmp_path, TWO_GROUPS + notice)
    assert draft(graph, Settings(TODAY), "helpers").audience == ("volunteer",)
    assert draft(graph, Settings(TODAY), "Volunteers").audience == ("volunteer",)
    with pytest.raises(NothingToTell, match=r"no group of people.*library-user and volunteer"):
        draft(graph, Settings(TODAY), "dragons")
    with pytest.raises(NothingToTell, match="holds nothing about patients"):
        draft(graph, Settings(TODAY), "patient")


def test_what_is_done_for_others_is_theirs_to_tell(tmp_path: Path) -> None:
    processor = TWO_GROUPS.replace("id: northwold\n", "id: northwold\nrole: processor\n")
    graph = graph_of(tmp_path, processor)
    with pytest.raises(NothingToTell, match="done for others"):
        draft(graph, Settings(TODAY), "volunteer")


def test_one_purpose_kept_for_two_periods_is_told_apart(tmp_path: Path) -> None:
    both = TWO_GROUPS.replace("purposes: service-planning", "purposes: library-services")
    text = text_of(tmp_path, both, "volunteer")
    assert (
        "| Your name and postal address, used for library services (Lending books) | 1 year" in text
    )
    assert (
        "| Your name and phone number, used for library services (Planning shifts) | 2 years"
        in text
    )


@pytest.mark.parametrize("kind", ["broader: print-and-mail-firm\n", ""])
def test_a_party_that_is_internal_is_told_as_its_category(tmp_path: Path, kind: str) -> None:
    marked = TWO_GROUPS.replace("id: printer\n", f"id: printer\ninternal: true\n{kind}")
    made = draft(graph_of(tmp_path, marked), Settings(TODAY), "volunteer")
    text, statements = notice_md.render(made), notice_yaml.render(made, "x.md", notice_md.quote)
    assert "Quill" not in text + statements
    assert "printer" not in statements
    assert ("**Print and mailing firms**: we share" in text) is bool(kind)


# -- what the register does not say ----------------------------------------------------------------

BARE = """
kind: activity
id: loans
name: Lending books
subjects: library-user
data: [name, dragons]
purposes: [library-services, legal-obligation]
disclosures: [{to: third-party}, {to: abroad}, {to: partner, purposes: research}]
systems: shelf
automated_decisions: true
joint_controllers: partner
---
kind: activity
id: fines
name: Collecting fines
subjects: library-user
data: name
purposes: debt-recovery
sources: [data-subject, wizard]
basis: {article_6: f}
---
kind: activity
id: letters
name: Letters
subjects: library-user
data: name
purposes: newsletter
sources: data-subject
basis: {article_6: ea}
required_by: Public Libraries and Museums Act 1964 s.7
retention: {period: P1Y, trigger: last-contact}
---
kind: system
id: shelf
name: Shelf
location: US
---
kind: party
id: abroad
name: Example Far Away Ltd
type: controller
country: FR
---
kind: party
id: partner
name: Example Partner Trust
type: joint-controller
"""
LACKING = (
    "whose register it is", "what “dragons” is", "anything more exact than “Meeting our legal duties”",
    "anything more exact than “Third parties”", "what “wizard” is", "which lawful basis data is used",
    "which lawful basis data is shared", "where data comes from", "what protects data that goes abroad",
    "how long name", "whether people have to give", "what happens if people do not give",
    "which legitimate interest", "which recognised legitimate interest", "what joint controllers have agreed",
    "how a computer decides",
)  # fmt: skip


def test_what_is_lacking_is_named(tmp_path: Path) -> None:
    made = draft(graph_of(tmp_path, BARE), Settings(TODAY), "library-user")
    assert [said for said in LACKING if not any(said in lack for lack in made.lacks)] == []
    full = draft(graph_of(tmp_path / "full", TWO_GROUPS), Settings(TODAY), "volunteer")
    assert (full.lacks, full.slots) == ((), ())


@pytest.mark.parametrize("format_", ["md", "html"])
def test_every_slot_is_a_finding_until_it_is_filled_in(tmp_path: Path, format_: str) -> None:
    made = draft(graph_of(tmp_path, BARE), Settings(TODAY), "library-user")
    writer, name = WRITERS[format_], f"draft.{format_}"
    (tmp_path / name).write_text(writer.render(made), "utf-8")
    (tmp_path / "draft.yaml").write_text(notice_yaml.render(made, name, writer.quote), "utf-8")
    report = check(tmp_path, Settings(TODAY))
    left = [f.problem.at for f in report.findings if f.rule.id == "template-left-over"]
    assert len(left) == len(made.slots) > len(LACKING)
    assert {at.path for at in left} == {name}


# -- the wording rules find nothing ----------------------------------------------------------------

EXPECTED = {
    "notice-not-to-be-found",
    "notice-undated",
    "notice-not-signed-off",
    "template-left-over",
    "item-omitted",
}
"""What a draft of the example register still needs: an address, a day, a signature, and a sentence for its one slot."""
WHO = ("looked-after-child", "child-in-need", "care-leaver", "parent", "foster-carer")


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize("audience", [*WHO, "looked-after-child,child-in-need,care-leaver"])
def test_no_rule_has_anything_against_a_draft_of_the_example(
    tmp_path: Path, audience: str, format_: str
) -> None:
    shutil.copytree(ROOT / "registry", tmp_path / "r", ignore=shutil.ignore_patterns("notices"))
    case = make_case(read_tree(tmp_path / "r"), Settings(TODAY), tmp_path / "r")
    made = draft(case.graph, Settings(TODAY), audience)
    writer, name = WRITERS[format_], f"draft.{format_}"
    (tmp_path / "r" / name).write_text(writer.render(made), "utf-8")
    statements = notice_yaml.render(made, name, writer.quote)
    (tmp_path / "r" / "draft.yaml").write_text(statements, "utf-8")
    report = check(tmp_path / "r", Settings(TODAY))
    about = [f for f in report.findings if f.problem.at.path.startswith("draft.")]
    assert {f.rule.id for f in about} <= EXPECTED, about
    assert_told(report.case.coverage, made)
    assert_said(report.case.coverage)
    lacking = {told.item for told in report.case.coverage.items if told.verdict < Verdict.CLEAR}
    assert lacking == {"statutory-requirement"}


# -- inert -----------------------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](http://e.example)", "| a | b |", "**bold** _it_ `code` `_c_`", "a\nb\n\n# c", "\u202eevil\u2066",
    "&lt;b&gt; &#60;", "<!-- no", "- x", "1. x", "# x", "http://e.example www.e.example", "\\<b>\\",
    "{{ x }} ${x}", "'\"; --", "a\tb\u200bc\u00ad", "~~x~~ $x$ @x #1", "=x", "> x",
)  # fmt: skip


def nasty(text: str) -> str:
    """A register in which all that can be written freely is this text."""
    said = json.dumps(f"Q {text} Q")
    documents = [
        {"kind": "organisation", "id": "o", "name": 1, "contact": 1, "dpo": 1, "representative": 1},
        {"kind": "term", "facet": "data", "id": "d0", "label": 1},
        {"kind": "term", "facet": "data", "id": "d1", "label": 1, "broader": "d0"},
        {"kind": "term", "facet": "data", "id": "d2", "label": 1, "broader": "d0"},
        {"kind": "term", "facet": "purpose", "id": "u0", "label": 1},
        {"kind": "term", "facet": "purpose", "id": "u1", "label": 1, "umbrella": True},
        {"kind": "term", "facet": "subject", "id": "s0", "label": 1},
        {"kind": "party", "id": "p0", "name": 1, "type": "controller", "country": "US", "contact": 1},
        {"kind": "party", "id": "p1", "name": 1, "type": "category"},
        {
            "kind": "activity", "id": "a", "name": 1, "subjects": "s0", "data": ["d1", "d2"], "purposes": ["u0", "u1"],
            "sources": ["data-subject", "p0"], "basis": {"article_6": "f", "law": 1, "interests": 1},
            "retention": [{"data": "d1", "criteria": 1}, {"data": "d2", "period": "P1Y"}],
            "disclosures": [{"to": "p0", "onward": [{"to": "p1"}]}], "required_by": 1, "joint_controllers": "p0",
            "automated_decisions": {"logic": 1, "consequences": 1},
        },
    ]  # fmt: skip
    return "\n---\n".join(json.dumps(d).replace(": 1", f": {said}") for d in documents)


def drafted_nasty(folder: Path, text: str, format_: str) -> str:
    """The text that is drafted, written beside its statements into the register."""
    folder.mkdir(exist_ok=True)
    (folder / "r.yaml").write_text(nasty(text), "utf-8")
    case = make_case(read_tree(folder), Settings(TODAY), folder)
    assert case.whole
    made = draft(case.graph, Settings(TODAY), "s0")
    writer, name = WRITERS[format_], f"draft.{format_}"
    written: str = writer.render(made)
    (folder / name).write_text(written, "utf-8")
    (folder / "draft.yaml").write_text(notice_yaml.render(made, name, writer.quote), "utf-8")
    return written


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_name_holds_the_quotes_are_found(
    tmp_path: Path, text: str, format_: str
) -> None:
    written = drafted_nasty(tmp_path, text, format_)
    assert all(line.isprintable() for line in written.split("\n"))
    case = make_case(read_tree(tmp_path), Settings(TODAY), tmp_path)
    assert case.whole
    assert len(case.register.notices) == 1
    assert_said(case.coverage)


@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_name_holds_the_page_is_ours(tmp_path: Path, text: str) -> None:
    page, plain = (
        Page(drafted_nasty(tmp_path / name, said, "html"))
        for name, said in (("one", text), ("two", "plain"))
    )
    assert page.tags == plain.tags
    assert page.attributes == plain.attributes
    assert page.links == plain.links
    assert page.ids == plain.ids


@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_name_holds_the_markdown_is_ours(tmp_path: Path, text: str) -> None:
    mine, plain = (
        [token.type for token in tokens(drafted_nasty(tmp_path / name, said, "md"))]
        for name, said in (("one", text), ("two", "plain"))
    )
    assert mine == plain


def tokens(markdown: str) -> Iterator[Token]:
    """What a reader makes of it, but for where it cuts plain text."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in reader.parse(markdown):
        yield token
        yield from (t for t in token.children or () if t.type not in ("text", "text_special"))


# -- the page --------------------------------------------------------------------------------------


def test_the_page_can_be_read_by_everybody(tmp_path: Path) -> None:
    html = text_of(tmp_path, BARE + "---" + TWO_GROUPS, "library-user", "html")
    page = Page(html)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert re.findall(r"<html lang=\"(.+?)\"", html) == ["en-GB"]
    assert page.tags >= {"main", "nav", "title", "table", "mark"}
    assert page.tags.isdisjoint({"script", "img", "iframe", "form", "link"})
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)
    heads = re.findall(r"<th [^>]*>", html)
    assert heads
    assert all("scope=" in head for head in heads)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in html


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)
    made.register(TWO_GROUPS)
    return made


def test_the_draft_is_printed_and_how_to_write_its_statements_is_said(project: Project) -> None:
    ended = project.ropa("notice", "draft", "volunteer")
    assert ended.code == 0
    assert ended.out.startswith("# Privacy notice for volunteers\n")
    assert "add -o FOLDER" in ended.err


def test_the_text_and_its_statements_are_written_side_by_side(project: Project) -> None:
    ended = project.ropa(
        *("notice", "draft", "volunteer", "-o", "registry/notices", "--in-force-from=2026-01-01")
    )
    assert ended == (
        0,
        "",
        "wrote registry/notices/volunteers-draft.md\nwrote registry/notices/volunteers-draft.yaml\n",
    )
    assert "in_force: {from: 2026-01-01}\n" in project.read(
        "registry/notices/volunteers-draft.yaml"
    )
    assert "This notice applies from 1 January 2026." in project.read(
        "registry/notices/volunteers-draft.md"
    )
    checked = project.ropa("check", "--format", "json")
    rules = {finding["rule"] for finding in json.loads(checked.out)["findings"]}
    assert "recipient-omitted" not in rules
    assert "over-claim" not in rules


def test_the_names_are_as_they_are_asked_for(project: Project) -> None:
    project.ropa("notice", "draft", "volunteer", "--id", "helpers", "-o", "texts/help.html")
    assert project.read("texts/help.html").startswith("<!DOCTYPE html>")
    statements = project.read("texts/help.yaml")
    assert "\nid: helpers\n" in statements
    assert '\ntext: "help.html"\n' in statements
    assert project.ropa("notice", "draft", "volunteer", "--id", "../x").code == 2
    assert project.ropa("notice", "draft", "volunteer", "-o", "x.docx").code == 2
    assert project.ropa("notice", "draft", "volunteer", "-o", "x.md", "--format=html").code == 2
    assert project.ropa("notice", "draft", "dragons").code == 2


def test_nothing_is_written_over_unless_that_is_wanted(project: Project) -> None:
    project.write("out/volunteers-draft.yaml", "mine")
    ended = project.ropa("notice", "draft", "volunteer", "-o", "out")
    assert ended.code == 2
    assert "out/volunteers-draft.yaml is there already" in ended.err
    assert not (project.folder / "out/volunteers-draft.md").exists()
    assert project.ropa("notice", "draft", "volunteer", "-o", "out", "--force").code == 0
    assert project.read("out/volunteers-draft.yaml") != "mine"


def test_where_one_file_cannot_be_written_the_other_is_not(project: Project) -> None:
    (project.folder / "out/volunteers-draft.yaml").mkdir(parents=True)
    ended = project.ropa("notice", "draft", "volunteer", "-o", "out", "--force")
    assert ended.code == 2
    assert "cannot write" in ended.err
    assert [p.name for p in (project.folder / "out").iterdir()] == ["volunteers-draft.yaml"]


def test_what_the_register_does_not_say_is_listed(project: Project) -> None:
    project.register(BARE)
    ended = project.ropa("notice", "draft", "library-user")
    assert "ropa: the register does not say where data comes from (activity loans)\n" in ended.err
    assert ended.err.count("the register does not say") >= len(LACKING)


def test_a_register_that_cannot_be_read_whole_gives_no_whole_draft(project: Project) -> None:
    project.write("registry/broken.yaml", "kind: [")
    ended = project.ropa("notice", "draft", "volunteer")
    assert ended.code == 2
    assert "the draft may leave something out" in ended.err
