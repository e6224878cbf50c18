"""What the reports say and how they look, and that nothing in a register or a notice can take them over."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest
from click import unstyle
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from conftest import ROOT, TODAY, Check
from library import CLEAN, GAP, UNDECIDED, WARNING
from ropa.engine import check
from ropa.findings import Severity
from ropa.judging.coverage import Mode, Settings
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.plugins import load
from ropa.register.model import Action
from ropa.report import Report
from ropa.visible import to_json, visible
from ropa.why import derive

HOSTILE = {
    "pipe": "a | b || c",
    "backticks": "a `b` ``c`` ```d``` `",
    "html": "<script>alert(1)</script><img src=x onerror=y><!-- x -->",
    "lines": "one\n\ntwo\r\n# three\n- four\n::error::five",
    "link": "[a](https://evil.example) ![i](j) <https://evil.example> http://evil.example www.evil.example a@b.example",
    "reference": "[x1][y2] [y2]: https://evil.example",
    "heading": "# heading",
    "list": "- item",
    "numbered": "1. item",
    "quote": "> said",
    "rule": "---",
    "workflow command": "::error file=a::b",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ \\*f\\* \\",
    "entity": "&lt;b&gt; &#60; &copy;",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "fence": "```\n~~~\n```",
    "escape sequences": "\x1b[2J\x1b]0;title\x07\x1b[31mred\x9b31m\b\x7f",
    "right to left": "abc\u202ecba\u2066x\u2069\u200f\u200e",
    "invisible": "a\u200bb\u00adc\ufeffd\U000e0041e\u2028f\u2029g",
    "maths": "$x$ $$y$$",
}
ENGLISH = (
    "This page is for everybody who borrows books from the library. It is written so that you know what to ask, whom "
    "to ask and when we shall answer. We are always glad to hear from you, and we will put right whatever is wrong."
) * 3
EVERYWHERE = """kind: organisation
id: northwold
name: {hostile}
---
{{kind: party, id: collector, name: {hostile}, type: controller, agreement: {hostile}}}
---
{{kind: party, id: firm, name: {hostile}, type: processor, agreement: A}}
---
{{kind: term, facet: subject, id: reader, label: {hostile}}}
---
{{kind: term, facet: data, id: card, label: {hostile}}}
---
kind: activity
id: loans
name: {hostile}
subjects: [reader, employee]
data: [card, name]
purposes: billing
sources: data-subject
basis: {{article_6: c, law: {law}}}
retention: [{{period: P1Y, trigger: end-of-contract, law: {hostile}}}, {{data: name, criteria: {hostile}}}]
disclosures:
  - to: collector
  - to: firm
    conditions: [{{agreement: {hostile}}}]
---
kind: notice
id: library-users
name: {hostile}
audience: reader
text: notice.html
statements:
  - quote: {quote}
    uses: {{data: card}}
  - quote: {promise}
    never: discloses
    to: anyone
  - quote: {missing}
    uses: {{data: name}}
---
kind: waiver
id: firm-2026
finding: "*@loans/disclose/firm@*"
reason: {hostile}
owner: {hostile}
until: 2027-03-31
ticket: {hostile}
"""


def everywhere(folder: Path, hostile: str) -> Report:
    """A register with these words wherever words are free, in the text of its notice and in a file's name.

    What no YAML file may hold stands in the other two alone.
    """
    words = "".join(
        c for c in hostile if c in "\r\n" or unicodedata.category(c) not in {"Cc", "Zl", "Zp"}
    )
    words = words.replace("\ufeff", "")
    quote, promise = f"We use it: {words} aloud.", f"We never give it to anyone: {words} aloud."
    said = {"quote": quote, "promise": promise, "missing": f"Nobody wrote {words} down"}
    written = {"hostile": words, "law": f"Libraries {words} Act 1964", **said}
    quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in written.items()}
    below = folder / re.sub(r"[/\0]", "-", hostile)
    below.mkdir(parents=True)
    (below / "register.yaml").write_text(EVERYWHERE.format(**quoted), "utf-8")
    page = "".join(f"<p>{escape(text)}</p>\n" for text in (ENGLISH, hostile, quote, promise))
    (below / "notice.html").write_text(page, "utf-8")
    return check(folder, Settings(TODAY, untied=Untied.OMITTED))  # words may name somebody or not


@pytest.fixture(scope="module", params=list(HOSTILE.values()), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, hostile: str) -> Report:
    return everywhere(tmp_path_factory.mktemp("attacked"), hostile)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return everywhere(tmp_path_factory.mktemp("calm"), "calm")


def rendered(report: Report, shelf: str, name: str) -> str:
    text = load(shelf, name).render(report)
    assert isinstance(text, str)
    return text


def as_text(report: Report) -> str:
    """Every finding with its lines."""
    return unstyle(rendered(replace(report, in_full=True), "reporters", "text"))


def as_json(report: Report) -> dict[str, Any]:
    document = json.loads(rendered(report, "reporters", "json"))
    assert isinstance(document, dict)
    return document


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.fixture(scope="module")
def example() -> Report:
    return check(ROOT / "registry", Settings(TODAY))


# json


@pytest.mark.parametrize("text", [CLEAN, GAP, WARNING, UNDECIDED, "kind: nothing\n", ""])
def test_json_keeps_to_its_schema(check_text: Check, text: str) -> None:
    report = check_text(text)
    validator("report").validate(as_json(report))
    validator("flows").validate(json.loads(rendered(report, "exporters", "flows-json")))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("day", [TODAY, date(2027, 1, 1), date(1999, 1, 1)])
def test_json_of_the_example_keeps_to_its_schema(day: date, mode: Mode) -> None:
    report = check(ROOT / "registry", Settings(day, mode))
    validator("report").validate(as_json(report))
    validator("flows").validate(json.loads(rendered(report, "exporters", "flows-json")))


@pytest.mark.parametrize("name", ["report", "flows", "inspection", "reading"])
def test_every_property_of_the_schemas_is_described(name: str) -> None:
    def undescribed(schema: object, at: str) -> Iterator[str]:
        if isinstance(schema, dict):
            for key, value in schema.get("properties", {}).items():
                described = value.get("description") or "$ref" in value
                yield from () if described else (f"{at}/{key}",)
            for key, value in schema.items():
                yield from undescribed(value, f"{at}/{key}")

    assert list(undescribed(validator(name).schema, name)) == []


def test_the_schemas_know_every_verdict_severity_and_action() -> None:
    report, flows = validator("report").schema, validator("flows").schema
    assert isinstance(report, dict)
    assert isinstance(flows, dict)
    summary = report["properties"]["summary"]["properties"]
    assert list(summary["verdicts"]["properties"]) == [str(verdict) for verdict in Verdict]
    assert list(summary["findings"]["properties"]) == [str(severity) for severity in Severity]
    flow = flows["$defs"]["flow"]["properties"]
    assert flow["verdict"]["enum"] == [str(verdict) for verdict in Verdict]
    assert flow["action"]["enum"] == [str(action) for action in Action]


def test_the_examples_in_the_documentation_keep_to_the_schemas() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    examples = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    kinds = ("report", "flows", "inspection", "diff", "self-test")
    for kind, example in zip(kinds, examples, strict=True):
        validator(kind).validate(json.loads(example))


def test_json_agrees_with_the_findings(example: Report) -> None:
    document = as_json(example)
    said = [
        (f["id"], f["severity"], f["message"], f["place"]["line"]) for f in document["findings"]
    ]
    assert said == [
        (f.id, str(f.rule.severity), f.problem.message, f.problem.at.line) for f in example.findings
    ]
    summary = document["summary"]
    standing = [f for f in document["findings"] if f["waived_by"] is None]
    for severity, number in summary["findings"].items():
        assert number == sum(f["severity"] == severity for f in standing)
    assert summary["waived"] == len(document["findings"]) - len(standing)
    assert summary["undecided"] == any(f["undecided"] for f in standing)
    assert sum(summary["verdicts"].values()) == summary["flows"]


def test_json_of_the_flows_agrees_with_the_verdicts(example: Report) -> None:
    document = json.loads(rendered(example, "exporters", "flows-json"))
    assert [(f["id"], f["verdict"]) for f in document["flows"]] == [
        (told.flow.id, str(told.verdict)) for told in example.case.coverage.flows
    ]
    for flow in document["flows"]:
        verdicts = [f["verdict"] for f in flow["facets"].values()]
        assert flow["verdict"] == min(verdicts, key=[str(v) for v in Verdict].index)
        assert flow["subjects"]


def test_every_draft_belongs_to_a_flow(example: Report) -> None:
    flows = example.case.coverage.by_id
    closed = [gap for draft in as_json(example)["drafts"] for gap in draft["closes"]]
    assert closed
    assert all(gap["flow"] in flows for gap in closed)


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_the_same_register_gives_the_same_bytes(format_: str) -> None:
    first, second = (check(ROOT / "registry", Settings(TODAY)) for _ in range(2))
    assert rendered(first, "reporters", format_) == rendered(second, "reporters", format_)


# text


def under(output: str, mark: str) -> list[str]:
    """What stands above the marks, cut out by columns as a terminal shows them."""
    lines = output.split("\n")
    marks = (
        (n, found)
        for n, line in enumerate(lines)
        if (found := re.search(rf"\| *({re.escape(mark)}+)$", line))
    )
    return [_columns(lines[n - 1], *found.span(1)) for n, found in marks]


def _columns(line: str, start: int, end: int) -> str:
    column, cut = 0, ""
    for character in line:
        if start <= column < end:
            cut += character
        wide = unicodedata.east_asian_width(character) in "WF"
        column += 0 if unicodedata.combining(character) else 1 + wide
    return cut


def test_the_caret_stands_below_the_line_of_the_register(check_text: Check) -> None:
    assert under(as_text(check_text(GAP)), "^") == ["to: collector"]


def test_the_sentence_of_the_notice_stands_beside_it(check_text: Check) -> None:
    text = GAP.replace("P1Y, trigger: end-of-contract}]", "P2Y, trigger: end-of-contract}]")
    output = as_text(check_text(text))
    assert "We keep them for one year after your contract ends" in under(output, "~")
    assert "period: P2Y, trigger: end-of-contract}]" in under(output, "^")


@pytest.mark.parametrize(
    "before",
    [
        "\t",
        "中文字 ",
        "e\u0301e\u0301 ",
        "🙂 ",
        "x" * 300 + " ",
        "中" * 150 + " ",
        "\u200b\x1b[2J ",
        "\u202e ",
    ],
)
def test_the_mark_stands_right_behind_anything(tmp_path: Path, before: str) -> None:
    (tmp_path / "register.yaml").write_text(
        GAP.replace("P1Y, trigger: end-of-contract}]", "P2Y}]"), "utf-8"
    )
    said = [quote.strip() for quote in re.findall("quote: (.*)", GAP)]
    (tmp_path / "notice.md").write_text("\n\n".join(f"{before}{quote}." for quote in said), "utf-8")
    output = as_text(check(tmp_path, Settings(TODAY)))
    assert "We keep them for one year after your contract ends" in under(output, "~")


def test_a_long_line_is_cut_around_the_stretch(check_text: Check) -> None:
    text = GAP.replace(
        "  - to: collector", f"  - {{conditions: [{{agreement: {'a' * 500}}}], to: collector}}"
    )
    output = as_text(check_text(text))
    assert all(len(line) < 200 for line in output.split("\n") if re.match(r" *\d+ \|", line))
    assert under(output, "^") == ["to: collector}"]


def test_a_sentence_over_two_lines_is_shown_whole(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(
        GAP.replace("P1Y, trigger: end-of-contract}]", "P2Y}]"), "utf-8"
    )
    said = "\n\n".join(re.findall("quote: (.*)", GAP)).replace(
        "one year after", "one year\n  after"
    )
    (tmp_path / "notice.md").write_text(said, "utf-8")
    output = as_text(check(tmp_path, Settings(TODAY)))
    assert under(output, "~") == ["We keep them for one year", "after your contract ends"]


def test_the_summary_counts_the_flows_by_verdict(example: Report) -> None:
    output = as_text(example)
    for verdict in Verdict:
        number = sum(told.verdict is verdict for told in example.case.coverage.flows)
        assert (f"{number:>6} {verdict}\n" in output) == (number > 0)
    assert "this run proves nothing yet" in output


def test_a_waived_finding_is_listed_and_not_counted(example: Report) -> None:
    output = as_text(example)
    assert (
        "1 finding waived:\n  recipient-omitted@letters/disclose/print-firm@recipient (waiver"
        in output
    )
    assert output.count("recipient-omitted@letters/disclose/print-firm@recipient") == 1


def test_text_gives_one_blank_line_between_findings(check_text: Check) -> None:
    output = as_text(check_text(WARNING))
    assert output.startswith("warning[over-claim]: ")
    assert "\n\n\n" not in output


def test_nothing_reaches_the_terminal_raw(attacked: Report) -> None:
    report = attacked
    coloured = rendered(replace(report, in_full=True), "reporters", "text")
    outputs = [
        re.sub("\x1b\\[[0-9;]*m", "", coloured),
        rendered(report, "exporters", "flows-text"),
        rendered(report, "exporters", "flows-json"),
        rendered(report, "reporters", "json"),
        *(derive(report.case, flow) for flow in report.case.coverage.by_id),
    ]
    for output in outputs:
        assert [line for line in output.split("\n") if not line.isprintable()] == []
    assert set(re.findall("\x1b\\[([0-9;]*)m", coloured)) <= {
        "0",
        "1",
        "2",
        "31;1",
        "32;1",
        "33;1",
        "34;1",
    }
    assert not [line for line in outputs[0].split("\n") if line.strip().startswith("::error")]


def test_json_says_what_was_written_to_the_letter(tmp_path: Path) -> None:
    odd = HOSTILE["escape sequences"] + HOSTILE["invisible"]
    document = as_json(everywhere(tmp_path, odd))
    assert {finding["place"]["path"] for finding in document["findings"]} == {
        f"{odd}/register.yaml"
    }


def test_what_cannot_be_seen_shows_its_number() -> None:
    assert visible("a\x1bb\u202ec\U000e0041") == "a<U+001B>b<U+202E>c<U+E0041>"
    assert visible("a\tb\u00a0c\r\nd\u2028e") == "a b c  d e"
    assert visible("Zoë, 中, 🙂") == "Zoë, 中, 🙂"


def test_json_escapes_what_cannot_be_seen() -> None:
    odd = "\x7f\x9b\u202e\U000e0041\ud800\n"
    assert to_json({"a": odd}) == '{"a": "\\u007f\\u009b\\u202e\\udb40\\udc41\\ud800\\n"}\n'
    assert json.loads(to_json({"a": odd})) == {"a": odd}


def test_json_puts_on_one_line_what_fits() -> None:
    long = {"a": ["x" * 60, "y" * 60], "b": {"c": 1}, "d": [], "e": {}}
    x, y = long["a"]
    assert (
        to_json(long)
        == f'{{\n  "a": [\n    "{x}",\n    "{y}"\n  ],\n  "b": {{"c": 1}},\n  "d": [],\n  "e": {{}}\n}}\n'
    )
    assert json.loads(to_json(long)) == long


# markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(report: Report) -> list[Token]:
    found = MARKDOWN.parse(rendered(report, "reporters", "markdown"))
    return [token for outer in found for token in (outer, *(outer.children or ()))]


def shape(report: Report) -> list[str]:
    """What the text is made of, its words left out. Backquoted words in a message may be code."""
    return [token.type for token in tokens(report) if token.type not in {"text", "code_inline"}]


def test_whatever_is_written_the_gap_report_keeps_its_shape(calm: Report, attacked: Report) -> None:
    answered = replace(
        attacked, findings=tuple(f for f in attacked.findings if f.rule.id != "no-answer-given")
    )  # as a rule of dashes or a fence is none
    assert len(calm.findings) == len(answered.findings)
    assert shape(answered) == shape(calm)


def test_the_gap_report_has_no_html_no_link_and_no_image(attacked: Report) -> None:
    found = {token.type for token in tokens(attacked)}
    assert not found & {"html_block", "html_inline", "link_open", "image", "s_open", "em_open"}


def test_every_row_has_as_many_cells_as_its_head(attacked: Report) -> None:
    cells: list[int] = []
    for token in tokens(attacked):
        match token.type:
            case "table_open":
                cells = []
            case "tr_open":
                cells.append(0)
            case "th_open" | "td_open":
                cells[-1] += 1
            case "table_close":
                assert len(set(cells)) == 1


def test_the_gap_report_shows_the_words_as_they_are(attacked: Report) -> None:
    title = next(token for token in tokens(attacked) if token.type == "inline")
    shown = "".join(child.content for child in title.children or ())
    words = " ".join(visible(f"Gap report: {attacked.case.register.name}").split())
    assert shown.replace("`", "") == words.replace("`", "")


def test_no_character_of_the_gap_report_is_invisible_and_no_line_commands(attacked: Report) -> None:
    lines = rendered(attacked, "reporters", "markdown").split("\n")
    assert [line for line in lines if not line.isprintable()] == []
    assert [line for line in lines if line.strip().startswith("::")] == []


def test_addresses_are_not_made_into_links(tmp_path: Path) -> None:
    source = rendered(everywhere(tmp_path, HOSTILE["link"]), "reporters", "markdown")
    source = re.sub(r"```yaml.*?```", "", source, flags=re.DOTALL)  # in code nothing is a link
    assert "https://" not in source
    assert "www.evil" not in source
    assert "a@b" not in source


def test_a_gap_says_what_is_said_now_what_is_missing_and_what_to_write(check_text: Check) -> None:
    report = rendered(check_text(GAP), "reporters", "markdown")
    assert "No notice tells local residents that their data goes to Fairly Collected Ltd" in report
    assert "No statement tells it now." in report
    assert (
        "Draft for “Library users”: “We share your information with Fairly Collected Ltd for billing and taking "
        "payments.” (sentence 1 below)" in report
    )


def test_the_worst_gaps_come_first(example: Report) -> None:
    report = rendered(example, "reporters", "markdown")
    headings = [
        line.split(":")[0][4:].lower() for line in report.split("\n") if line.startswith("### ")
    ]
    assert headings == sorted(headings, key=[verdict.plainly for verdict in Verdict].index)
    assert len(headings) > 3


def test_every_standing_finding_is_in_the_gap_report_once(example: Report) -> None:
    """What could not be checked is said at the head as well, so that nothing cuts it short."""
    report = rendered(example, "reporters", "markdown")
    before, unchecked, after = re.split(
        r"^## What could not be checked$(.*?)(?=^## )", report, flags=re.MULTILINE | re.DOTALL
    )
    for rule in {finding.rule.id for finding in example.standing}:
        found = [finding for finding in example.standing if finding.rule.id == rule]
        assert (before + after).count(f"(`{rule}`") == len(found)
        assert unchecked.count(f"(`{rule}`") == sum(finding.rule.undecided for finding in found)
    assert "(`" in unchecked


def test_a_clean_register_has_a_short_report(check_text: Check) -> None:
    report = rendered(check_text(CLEAN), "reporters", "markdown")
    assert "flows are told.**" in report
    assert "## Gap by gap" not in report


def test_a_report_of_nothing_does_not_look_clean(check_text: Check) -> None:
    report = rendered(check_text(UNDECIDED), "reporters", "markdown")
    assert "**Not everything could be checked, so this report proves nothing yet.**" in report
    empty = rendered(check_text("kind: organisation\nid: a\nname: A\n"), "reporters", "markdown")
    assert "**The register has no flows.**" in empty
    assert "are told.**" not in empty


# why


def test_why_counts_the_statements_of_notices_people_do_not_get(example: Report) -> None:
    output = derive(example.case, "looked-after-return/disclose/dfe")
    assert re.search(r"passed over: .*statements of notices they do\s+not get", output)
    assert "parents-and-carers#" not in output


def test_why_cites_every_statement_a_verdict_rests_on(example: Report) -> None:
    for flow, told in example.case.coverage.by_id.items():
        output = derive(example.case, flow)
        assert output.startswith(f"{flow}: {told.verdict}\n")
        for judgement in told.judgements:
            assert f"\n{judgement.facet}: {judgement.verdict}" in output
            assert all(s.id in output for s in (*judgement.told_by, *judgement.against))
        assert max(map(len, output.split("\n"))) <= 120


@pytest.mark.parametrize(
    ("then", "now", "gap"),
    [
        ("to: collector}", "to: collector, data: name}", "Fairly Collected Ltd, of postal address"),
        ("to: collector}", "to: collector, about: pupil}", "Fairly Collected Ltd, about local residents"),
        ("to: collector}", "to: collector, about: pupil, data: name}", "Fairly Collected Ltd"),
        ("keeps: {", "keeps: {data: name, ", "postal address"),
        ("keeps: {", "keeps: {about: pupil, ", "data about local residents"),
    ],
)  # fmt: skip
def test_the_part_of_a_flow_that_is_not_told_is_said_in_plain_words(
    check_text: Check, then: str, now: str, gap: str
) -> None:
    both = CLEAN.replace("subjects: resident", "subjects: [resident, pupil]")
    text = both.replace("audience: resident", "audience: [resident, pupil]")
    assert then in text
    case = check_text(text.replace(then, now)).case
    lines = "".join(derive(case, flow) for flow in case.coverage.by_id).split("\n")
    assert [line for line in lines if line.startswith("  gap: ")] == [f"  gap: {gap}"]
