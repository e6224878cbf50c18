"""What is accepted, by waivers in files and in comments and by a baseline, and what never is."""

import json
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from command import Project
from conftest import Check
from library import CLEAN, GAP, UNDECIDED
from ropa.cli import BROKEN, FOUND
from ropa.cli import CLEAN as NOTHING
from ropa.plugins import names
from ropa.report import Report

FIRM = "recipient-omitted@loans/disclose/collector@recipient"
SAYS = "no notice tells local residents that their data goes to Fairly Collected Ltd"
GOOD = "# ropa: accept recipient-omitted until 2027-03-31 (owner: J. Smith) because it is at the printer"
LINE = "  - to: collector"
KEPT = """  - quote: We keep them for one year after your contract ends
    keeps: {period: P1Y, trigger: end-of-contract}
"""
WAIVER = f"""---
kind: waiver
id: firm
finding: {FIRM}
reason: It is at the printer
owner: J. Smith
until: 2027-03-31
"""


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


def beside(comment: str, text: str = GAP) -> str:
    """The register with a comment on the line of its gap."""
    return text.replace(LINE, f"{LINE}  {comment}")


def above(*comments: str) -> str:
    """The register with comments on the lines above its gap."""
    return GAP.replace(LINE, "\n".join([*(f"  {comment}" for comment in comments), LINE]))


def rules(report: Report) -> list[str]:
    """The rules whose findings stand."""
    return [finding.rule.id for finding in report.standing]


def messages(report: Report, rule: str) -> list[str]:
    return [f.problem.message for f in report.standing if f.rule.id == rule]


# waivers in comments


@pytest.mark.parametrize(
    "text",
    [
        beside(GOOD),
        above(GOOD),
        above(GOOD, "# it will be told from April on"),
        above("# it will be told from April on", GOOD),
        beside(GOOD.replace("# ropa: ", "#ropa:")),
        beside(GOOD.replace("# ropa: ", "# until April # ropa: ")),
        beside(GOOD.replace("recipient-omitted until", "recipient-omitted  until  ")),
        beside(GOOD.replace("J. Smith", "J. Smith; ticket: IG-212")),
        beside(GOOD.replace("2027-03-31", "2026-11-23")),
        beside(GOOD.replace("2027-03-31", "2027-11-23")),
        beside(GOOD.replace("it is at", "because of June, it is at")),
    ],
)
def test_a_waiver_in_a_comment_accepts_the_finding_of_its_line(
    check_text: Check, text: str
) -> None:
    report = check_text(text)
    assert rules(report) == []
    assert [finding.id for finding in report.waived] == [FIRM]


def test_line_ends_of_windows_and_of_old_macs_change_nothing(project: Project) -> None:
    for end in ("\r\n", "\r"):
        project.write("registry/register.yaml", above(GOOD).replace("\n", end))
        assert project.ropa("check").code == NOTHING


def test_a_waived_finding_is_counted_and_listed_in_every_report(project: Project) -> None:
    project.register(beside(GOOD.replace("Smith", "Smith; ticket: IG-212")))
    text = project.ropa("check")
    assert text.code == NOTHING
    assert text.out.startswith(
        f"1 finding waived:\n  {FIRM} (waiver register.yaml:27:22, until 31 March 2027, seen "
    )
    document = json.loads(project.ropa("check", "--format", "json").out)
    assert document["summary"]["waived"] == 1
    assert document["summary"]["findings"]["error"] == 0
    assert [finding["waived_by"] for finding in document["findings"]] == ["register.yaml:27:22"]
    (waiver,) = document["waivers"]
    assert waiver["seen"] in text.out
    assert waiver | {"seen": "", "place": {}} == {
        "id": "register.yaml:27:22",
        "finding": "recipient-omitted@*@*",
        "reason": "it is at the printer",
        "owner": "J. Smith",
        "until": "2027-03-31",
        "ticket": "IG-212",
        "place": {},
        "accepts": [FIRM],
        "seen": "",
    }
    assert waiver["place"]["line"] == 27
    markdown = project.ropa("check", "--format", "markdown").out
    assert "## Accepted for now\n\n- No notice tells local residents" in markdown
    assert "Until 31 March 2027: it is at the printer (J. Smith, IG-212)" in markdown


@pytest.mark.parametrize(
    "text",
    [
        GAP.replace("security: Locked", f'security: "{GOOD}"'),
        GAP.replace("security: Locked", f"security: '\n  {GOOD}'"),
        GAP.replace("security: Locked", f"security: |\n  Locked\n  {GOOD}"),
        GAP.replace("security: Locked", f"security: >-\n  Locked\n\n  {GOOD}\n"),
        GAP.replace("security: Locked", "security: x#ropa:accept"),
        GAP.replace(LINE, f"  - conditions: [{{agreement: '{GOOD}'}}]\n    to: collector"),
        GAP.replace(LINE, f"  - {{to: collector, conditions: [{{agreement: \"{GOOD}\"}}]}}"),
    ],
)  # fmt: skip
def test_a_marker_inside_a_value_is_no_waiver(check_text: Check, text: str) -> None:
    report = check_text(text)
    assert rules(report) == ["recipient-omitted"]
    assert report.case.acceptance.waivers == ()


def test_a_comment_behind_a_value_with_a_marker_in_it_counts(check_text: Check) -> None:
    line = '  - {to: collector, conditions: [{agreement: "# ropa: accept"}]}  '
    assert rules(check_text(GAP.replace(LINE, line + GOOD))) == []


def test_a_comment_on_the_line_that_begins_a_block_is_a_comment(check_text: Check) -> None:
    text = GAP.replace("security: Locked", f"security: |  {GOOD}\n  Locked")
    assert rules(check_text(text)) == ["recipient-omitted", "waiver-unmatched"]


def test_behind_a_fault_that_stops_the_parser_no_comment_counts(check_text: Check) -> None:
    report = check_text(f"{CLEAN}---\nkind: [\n{GOOD}\n")
    assert report.case.acceptance.waivers == ()
    assert report.undecided


def test_a_waiver_is_about_its_own_line_alone(check_text: Check) -> None:
    text = GAP.replace("disclosures:", f"{GOOD}\n\ndisclosures:")
    report = check_text(text)
    assert rules(report) == ["waiver-unmatched", "recipient-omitted"]
    assert messages(report, "waiver-unmatched") == [
        "the waiver of recipient-omitted accepts nothing, because this line has no such finding"
    ]


def test_several_waivers_on_one_line_and_several_rules_in_one(check_text: Check) -> None:
    more = "# ropa: accept purpose-omitted until 2027-01-31 (owner: A) because b"
    text = GAP.replace(
        "    uses: {data: [name, address], purposes: billing, basis",
        "    uses: {data: [name, address], basis",
    )
    text = text.replace("purposes: billing\nsources", f"purposes: billing  {more} {GOOD}\nsources")
    report = check_text(beside(GOOD, text))
    assert [f.rule.id for f in report.waived] == ["purpose-omitted", "recipient-omitted"]
    assert rules(report) == ["waiver-unmatched"]
    both = beside(GOOD.replace("omitted until", "omitted, transfer-omitted until"))
    report = check_text(both)
    assert [finding.id for finding in report.waived] == [FIRM]
    assert messages(report, "waiver-unmatched") == [
        "the waiver of transfer-omitted accepts nothing, because this line has no such finding"
    ]


NO_RULE = "it does not say which rule it accepts, and `until` when"
UNKNOWN = "`tiket` is not known here (did you mean ticket?)"
ONE_RULE = "`seen` goes with one rule alone"
SLIP = "recipient-omited"
NO_REASON = "it does not say its reason, behind `because`"
MALFORMED = {
    "# ropa: accept": f"{NO_RULE}; it does not say its owner; {NO_REASON}",
    GOOD.replace(" (owner: J. Smith)", ""): "it does not say its owner",
    GOOD.replace("J. Smith", ""): "it does not say its owner",
    GOOD.partition(" because")[0]: NO_REASON,
    GOOD.replace("it is at the printer", " "): NO_REASON,
    GOOD.replace("2027-03-31", "June"): "“June” is not a day; write year-month-day",
    GOOD.replace("2027-03-31", "2027-02-30"): "“2027-02-30” is not a day; write year-month-day",
    GOOD.replace("2027-03-31", "20270331"): "“20270331” is not a day; write year-month-day",
    GOOD.replace(" until 2027-03-31", ""): NO_RULE,
    GOOD.replace("recipient-omitted", SLIP): f"there is no rule {SLIP} (did you mean recipient-omitted?)",
    GOOD.replace("recipient-omitted", "*"): "there is no rule *",
    GOOD.replace("accept", "ignore"): "it begins with “ignore”, not with `accept`",
    GOOD.replace("owner:", "owner: A; tiket:"): UNKNOWN,
    GOOD.replace("omitted", "omitted, over-claim").replace("Smith", "Smith; seen: 1"): ONE_RULE,
}  # fmt: skip


@pytest.mark.parametrize(("comment", "fault"), MALFORMED.items())
def test_a_malformed_waiver_says_what_to_write(check_text: Check, comment: str, fault: str) -> None:
    report = check_text(beside(comment))
    assert rules(report) == ["recipient-omitted", "waiver-malformed"]
    assert messages(report, "waiver-malformed") == [f"this waiver accepts nothing: {fault}"]
    (finding,) = (f for f in report.findings if f.rule.id == "waiver-malformed")
    assert (finding.problem.at.line, finding.problem.at.column) == (27, 22)
    assert "# ropa: accept RULE until" in finding.problem.hint


def test_two_malformed_waivers_have_two_names_and_moving_them_changes_none(
    check_text: Check,
) -> None:
    text = above("# ropa: accept", "# ropa: accept it")
    names = [f.id for f in check_text(text).findings if f.rule.id == "waiver-malformed"]
    assert names == [
        "waiver-malformed@register.yaml@waiver",
        "waiver-malformed@register.yaml@waiver~2",
    ]
    moved = check_text(f"# one\n# two\n{text}")
    assert names == [f.id for f in moved.findings if f.rule.id == "waiver-malformed"]


@pytest.mark.parametrize("comment", ["# europa: accept it", "# see ropa: accept", "# ropa", "# x"])
def test_other_comments_are_left_alone(check_text: Check, comment: str) -> None:
    assert rules(check_text(beside(comment))) == ["recipient-omitted"]


# when a waiver no longer counts


@pytest.mark.parametrize("text", [beside(GOOD), GAP + WAIVER])
@pytest.mark.parametrize(
    ("end", "code", "rule"),
    [
        ("2026-11-22", FOUND, "waiver-expired"),
        ("2026-11-23", NOTHING, ""),
        ("2027-11-23", NOTHING, ""),
        ("2027-11-24", FOUND, "waiver-too-long"),
        ("2027-12-23", FOUND, "waiver-too-long"),
    ],
)
def test_the_last_day_and_twelve_months_count(
    project: Project, text: str, end: str, code: int, rule: str
) -> None:
    project.register(text.replace("2027-03-31", end))
    ended = project.ropa("check")
    assert ended.code == code
    assert f"warning[{rule}]" in ended.out or not rule
    assert ("error[recipient-omitted]" in ended.out) == bool(rule)


def test_a_year_from_a_leap_day_ends_with_february(check_text: Check) -> None:
    text = GAP + WAIVER.replace("2027-03-31", "2029-02-28")
    assert "waiver-too-long" not in rules(check_text(text, day=date(2028, 2, 29)))
    text = text.replace("2029-02-28", "2029-03-01")
    assert "waiver-too-long" in rules(check_text(text, day=date(2028, 2, 29)))


@pytest.mark.parametrize("text", [beside(GOOD, CLEAN), CLEAN + WAIVER])
def test_a_waiver_of_what_is_mended_is_a_finding(check_text: Check, text: str) -> None:
    assert rules(check_text(text)) == ["waiver-unmatched"]


def test_a_waiver_of_a_rule_that_was_switched_off_is_none(project: Project) -> None:
    project.register(CLEAN + WAIVER)
    assert "waiver-unmatched" not in project.ropa("check", "--ignore", "recipient").out
    project.register(CLEAN + WAIVER.replace(FIRM, "'*@loans/disclose/collector@*'"))
    assert "waiver-unmatched" not in project.ropa("check", "--ignore", "system").out
    assert "waiver-unmatched" in project.ropa("check").out


def test_nobody_is_told_to_delete_a_waiver_whose_register_cannot_be_read(
    check_text: Check,
) -> None:
    assert rules(check_text(f"{CLEAN}{WAIVER}---\nkind: [\n")) == ["not-yaml"]
    assert set(rules(check_text(f"{CLEAN}{WAIVER}---\nkind: party\n"))) == {"wrong-shape"}


def test_no_waiver_silences_what_could_not_be_checked(project: Project) -> None:
    finding = "'*'"
    project.register(UNDECIDED + WAIVER.replace(FIRM, finding))
    ended = project.ropa("check", "--fail-on", "never")
    assert "error[text-missing]" in ended.out
    assert ended.code == BROKEN
    comment = "# ropa: accept text-missing until 2027-03-31 (owner: A) because b"
    project.register(UNDECIDED.replace("kind: notice", f"kind: notice  {comment}"))
    ended = project.ropa("check")
    assert "error[text-missing]" in ended.out
    assert ended.code == BROKEN


def test_a_waiver_of_what_could_not_be_checked_alone_says_so(check_text: Check) -> None:
    report = check_text(UNDECIDED + WAIVER.replace(FIRM, "text-missing@*"))
    assert messages(report, "waiver-unmatched") == [
        "the waiver firm accepts nothing, because what it names could not be checked"
    ]


def test_no_waiver_accepts_a_fault_in_a_waiver(check_text: Check) -> None:
    everything = WAIVER.replace(FIRM, "'waiver*'").replace("id: firm", "id: all")
    late = WAIVER.replace("2027-03-31", "2026-01-01")
    assert rules(check_text(CLEAN + late + everything)) == ["waiver-expired", "waiver-unmatched"]


# what was accepted has changed


def seen(report: Report) -> str:
    (fingerprint,) = report.case.acceptance.prints.values()
    return fingerprint


@pytest.mark.parametrize(
    "text",
    [
        beside(GOOD.replace("J. Smith", "J. Smith; seen: SEEN")),
        GAP + WAIVER + "seen: SEEN\n",
        GAP + WAIVER + "seen: 'SEEN'\n",
    ],
)
def test_a_waiver_counts_as_long_as_what_it_accepted_is_the_same(
    check_text: Check, text: str
) -> None:
    text = text.replace("SEEN", seen(check_text(GAP + WAIVER)))
    assert rules(check_text(text)) == []
    moved = "# a comment\n\n" + text.replace("[name, address]", "[address, name]")
    assert rules(check_text(moved)) == []
    for before, after in (
        ("[name, address]", "[name, address, health]"),
        ("purposes: billing\nsources", "purposes: [billing, research]\nsources"),
        ("Fairly Collected Ltd\ntype", "Fairly Collected plc\ntype"),
        ("article_6: b, reason", "article_6: f, reason"),
        ("article_6: b, reason", "article_6: b, article_9: g, reason"),
        ("  - to: collector", "  - conditions: consent\n    to: collector"),
    ):
        assert before in text
        report = check_text(text.replace(before, after))
        assert "recipient-omitted" in rules(report), after
        assert "waiver-outdated" in rules(report), after


def test_the_hint_names_what_to_write_and_that_mends_it(check_text: Check) -> None:
    text = GAP + WAIVER + "seen: '00000000'\n"
    (finding,) = (f for f in check_text(text).findings if f.rule.id == "waiver-outdated")
    now = finding.problem.hint.rpartition("seen: ")[2].strip("`")
    assert rules(check_text(text.replace("00000000", now))) == []


def test_a_pattern_that_has_seen_one_finding_does_not_accept_a_second(check_text: Check) -> None:
    firm = "---\n{kind: party, id: other, name: Other Ltd, type: controller, agreement: C-2}\n"
    wide = WAIVER.replace(FIRM, "'recipient-omitted@loans/*'")
    text = GAP + firm + wide + f"seen: '{seen(check_text(GAP + firm + wide))}'\n"
    assert "recipient-omitted" not in rules(check_text(text))
    more = text.replace(LINE, f"{LINE}\n  - to: other")
    assert rules(check_text(more)).count("recipient-omitted") == 2


# the baseline

BASELINE = f"""{{
  "version": 1,
  "register": "northwold",
  "findings": {{
    "{FIRM}": "{SAYS}"
  }}
}}
"""


def test_a_baseline_is_one_line_a_finding_and_what_it_lists_does_not_fail(
    project: Project,
) -> None:
    written = project.ropa("baseline")
    assert (written.code, written.out) == (NOTHING, "")
    assert written.err == "wrote ropa-baseline.json\n"
    assert project.read("ropa-baseline.json") == BASELINE
    ended = project.ropa("check", "--baseline", "ropa-baseline.json")
    assert ended.out.startswith(f"1 finding known from the baseline:\n  {FIRM}\n\n4 flows of ")
    assert "no findings from " in ended.out
    assert ended.code == NOTHING
    document = json.loads(
        project.ropa("check", "--baseline=ropa-baseline.json", "--format=json").out
    )
    assert [finding["known"] for finding in document["findings"]] == [True]
    assert document["summary"]["known"] == 1
    markdown = project.ropa("check", "--baseline=ropa-baseline.json", "--format=markdown").out
    assert "## Known before\n" in markdown
    assert (
        "- No notice tells local residents that their data goes to Fairly Collected Ltd" in markdown
    )


def test_what_is_new_fails_and_lines_that_move_are_not_new(project: Project) -> None:
    project.write("ropa.toml", 'baseline = "base/line.json"\n')
    assert project.ropa("baseline").err.endswith("wrote base/line.json\n")
    project.register("# one\n# two\n\n" + GAP.replace("  - to:", "\n  -  to:"))
    assert project.ropa("check").code == NOTHING
    project.register(GAP.replace(KEPT, ""))
    ended = project.ropa("check")
    assert "error[retention-omitted]" in ended.out
    assert "error[recipient-omitted]" not in ended.out
    assert ended.code == FOUND


def test_an_entry_that_no_longer_occurs_is_a_finding_at_its_line(project: Project) -> None:
    project.write("ropa-baseline.json", BASELINE)
    project.register(CLEAN)
    ended = project.ropa("check", "--baseline", "ropa-baseline.json")
    assert ended.out.startswith(
        f"warning[baseline-stale]: the baseline lists {FIRM}, which is no longer there\n"
        " --> ropa-baseline.json:5:5\n"
        f'5 |     "{FIRM}": "'
    )
    assert "help: run `ropa baseline` again" in ended.out
    assert ended.code == NOTHING
    assert project.ropa("check", "--baseline=ropa-baseline.json", "--fail-on=warning").code == FOUND
    project.ropa("baseline")
    assert '"findings": {}' in project.read("ropa-baseline.json")
    assert (
        project.ropa("check", "--baseline=ropa-baseline.json", "--fail-on=warning").code == NOTHING
    )


def test_an_entry_that_says_something_else_now_is_a_finding(project: Project) -> None:
    project.write("ropa-baseline.json", BASELINE.replace("Fairly Collected", "Collected"))
    ended = project.ropa("check", "--baseline", "ropa-baseline.json")
    assert f"the baseline lists {FIRM}, which now says: {SAYS}" in ended.out
    assert ended.code == NOTHING


def test_an_entry_of_a_rule_that_was_switched_off_is_not_stale(project: Project) -> None:
    project.write("ropa-baseline.json", BASELINE)
    out = project.ropa("check", "--baseline=ropa-baseline.json", "--ignore=recipient-omitted").out
    assert "baseline-stale" not in out


def test_what_could_not_be_checked_never_enters_a_baseline(project: Project) -> None:
    project.register(UNDECIDED)
    ended = project.ropa("baseline")
    assert ended.err.startswith("ropa: not everything could be checked; `ropa check` says what\n")
    assert ended.code == BROKEN
    assert "text-missing" not in project.read("ropa-baseline.json")
    assert project.ropa("check", "--baseline", "ropa-baseline.json").code == BROKEN


def test_nor_does_what_is_waived_or_is_wrong_with_a_waiver(project: Project) -> None:
    late = WAIVER.replace("2027-03-31", "2026-01-01").replace("id: firm", "id: late")
    project.register(GAP + WAIVER + late)
    project.ropa("baseline")
    assert '"findings": {}' in project.read("ropa-baseline.json")


def test_a_waiver_comes_before_the_baseline(project: Project) -> None:
    project.write("ropa-baseline.json", BASELINE)
    project.register(GAP + WAIVER)
    ended = project.ropa("check", "--baseline", "ropa-baseline.json")
    assert ended.out.startswith("1 finding waived:")
    assert "known from" not in ended.out
    assert "baseline-stale" not in ended.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot read the baseline b.json: it is not JSON (line 1); run `ropa baseline` again"),
        ("{\n", "cannot read the baseline b.json: it is not JSON (line 2); run "),
        ("[" * 100_000, "cannot read the baseline b.json: it is not JSON"),
        ("[]", "b.json is not a baseline; `ropa baseline` writes one"),
        ('{"findings": []}', "b.json is not a baseline; `ropa baseline` writes one"),
        ('{"findings": {}}', "b.json was written by another version of ropa; run `ropa baseline` "),
        (BASELINE.replace('1,', '2,'), "b.json was written by another version of ropa; "),
        (BASELINE.replace(f'"{SAYS}"', "1"), "b.json is not a baseline; "),
        (BASELINE.replace('"northwold"', "[]"), "b.json is not a baseline; "),
        (BASELINE.replace("northwold", "southwold"), "the baseline is that of southwold, and this register is"),
        (BASELINE.replace('"northwold"', "null"), "the baseline is that of a register without an "),
        (BASELINE.replace("recipient-omitted", "text-missing"),
         "the baseline lists text-missing@loans/disclose/collector@recipient, which says that "),
    ],
)  # fmt: skip
def test_a_baseline_that_cannot_be_used_is_one_sentence(
    project: Project, text: str, said: str
) -> None:
    project.write("b.json", text)
    ended = project.ropa("check", "--baseline", "b.json")
    assert ended.err.startswith(f"ropa: {said}")
    assert (ended.err.count("\n"), ended.out, ended.code) == (1, "", BROKEN)


def test_a_baseline_that_is_not_utf_8_is_one_sentence(project: Project) -> None:
    (project.folder / "b.json").write_bytes(b'{"\xe9"}')
    ended = project.ropa("check", "--baseline", "b.json")
    assert (
        ended.err
        == "ropa: cannot read the baseline b.json: it is not JSON in UTF-8; run `ropa baseline` again\n"
    )
    assert ended.code == BROKEN


def test_a_baseline_can_go_to_the_terminal(project: Project) -> None:
    ended = project.ropa("baseline", "-o", "-")
    assert (ended.out, ended.err) == (BASELINE, "")


def test_what_is_written_is_whole_or_not_there(project: Project) -> None:
    project.write("file", "kept")
    ended = project.ropa("baseline", "-o", "file/b.json")
    assert ended.err.startswith("ropa: cannot write file/b.json: ")
    assert ended.code == BROKEN
    assert project.read("file") == "kept"


def test_every_reporter_shows_an_entry_of_the_baseline(project: Project) -> None:
    """None of them stumbles over a place outside the register."""
    project.write("ropa-baseline.json", BASELINE)
    project.register(CLEAN)
    for reporter in names("reporters"):
        into = ("--format", reporter, "-o", f"out.{reporter}")
        project.ropa("check", "--baseline=ropa-baseline.json", *into)
        written = project.folder / f"out.{reporter}"
        if reporter == "pdf":
            said = "".join(page.extract_text() for page in PdfReader(written).pages)
        else:
            said = written.read_text("utf-8")
        assert "ropa-baseline.json" in said.replace("\n", "")
