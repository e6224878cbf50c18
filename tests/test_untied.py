"""What a sentence may tell that nobody has tied is untied, and nothing is said of a notice that is not true of it."""

import json
from pathlib import Path

import pytest

from command import Project
from conftest import Check
from ropa.exporters import flows_json
from ropa.findings import Severity
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.reporters import json as json_reporter
from ropa.reporters import markdown as gap_report
from ropa.reporters import text as terminal
from ropa.why import derive


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


SCHOOL = """kind: organisation
id: sample
name: Sample School
contact: School Lane
dpo: dpo@sample.example
public_authority: true
---
kind: party
id: trust
name: Sample Trust
type: controller
---
kind: party
id: clinic
name: Sample Clinic
type: controller
broader: health-body
---
kind: activity
id: teach
name: Teaching
subjects: pupil
data: [name, attendance]
purposes: education-provision
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.13}
retention: {period: P6Y, trigger: end-of-year, law: schedule}
disclosures: [TO]
---
kind: notice
id: pupils
name: Pupil notice
audience: pupil
text: pupils.md
statements:
  - quote: We use your name and your attendance to teach you
    uses: {data: [name, attendance], purposes: education-provision}
MORE
=== pupils.md
We use your name and your attendance to teach you.

TEXT
"""


def school(text: str, more: str = "", to: str = "{to: trust}") -> str:
    return SCHOOL.replace("MORE\n", more).replace("TO]", f"{to}]").replace("TEXT", text)


def told(report: Report, facet: Facet, flow: str = "teach/disclose/trust") -> Verdict:
    judgement = report.case.coverage.by_id[flow].on(facet)
    assert judgement is not None
    return judgement.verdict


def named(report: Report, facet: Facet, flow: str = "teach/disclose/trust") -> list[str]:
    judgement = report.case.coverage.by_id[flow].on(facet)
    assert judgement is not None
    return [sentence.sentence.text for sentence in judgement.sentences]


def rules(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.findings}


def message(report: Report, rule: str) -> str:
    return next(f.problem.message for f in report.findings if f.rule.id == rule)


PASSED = "We pass your name to Sample Trust."


def test_a_sentence_that_names_the_recipient_makes_it_untied_and_not_omitted(
    check_text: Check,
) -> None:
    report = check_text(school(PASSED))
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED
    assert named(report, Facet.RECIPIENT) == [PASSED]
    assert "notice-not-tied" in rules(report)
    assert "recipient-omitted" not in rules(report)
    assert report.undecided


@pytest.mark.parametrize(
    "text",
    [
        "We never pass your name to Sample Trust.",
        "Do we pass your name to Sample Trust?",
        "Before 2020 we passed your name to Sample Trust.",
        "We pass your information to third parties.",
        "## We share with Sample Trust",
        "You have the right to ask us what Sample Trust has been given.",
        "Sample Trust can be reached at School Lane.",
        "## Cookies\n\nWe share cookies with Sample Trust.",
        "This notice explains what we share with Sample Trust.",
    ],
)
def test_what_denies_it_or_is_about_something_else_does_not_speak(
    text: str, check_text: Check
) -> None:
    report = check_text(school(text))
    assert told(report, Facet.RECIPIENT) is Verdict.OMITTED
    assert "notice-not-tied" not in rules(report)


def test_a_wider_word_makes_it_untied_and_so_does_a_narrower_one(check_text: Check) -> None:
    wider = check_text(school("We pass your name to health bodies.", to="{to: clinic}"))
    assert told(wider, Facet.RECIPIENT, "teach/disclose/clinic") is Verdict.UNTIED
    narrower = check_text(school("We pass your name to Sample Clinic.", to="{to: health-body}"))
    assert told(narrower, Facet.RECIPIENT, "teach/disclose/health-body") is Verdict.UNTIED


def test_a_sentence_that_is_tied_is_no_longer_untied(check_text: Check) -> None:
    tied = "  - quote: We pass your name to Sample Trust\n    discloses: {to: trust, data: name}\n"
    report = check_text(school(PASSED, tied))
    assert told(report, Facet.RECIPIENT) is Verdict.PARTIAL
    assert not named(report, Facet.RECIPIENT)


def test_to_quote_half_a_sentence_ties_half_of_it(check_text: Check) -> None:
    tied = "  - quote: We pass your name to Sample Trust\n    discloses: {to: trust}\n"
    text = "We pass your name to Sample Trust and to Sample Clinic."
    report = check_text(school(text, tied, "{to: trust}, {to: clinic}"))
    assert told(report, Facet.RECIPIENT) is Verdict.CLEAR
    assert told(report, Facet.RECIPIENT, "teach/disclose/clinic") is Verdict.UNTIED


def test_what_is_told_in_part_keeps_its_verdict_and_lists_the_rest_by_why(
    check_text: Check,
) -> None:
    tied = "  - quote: We pass your name to Sample Trust\n    discloses: {to: trust, data: name}\n"
    text = f"{PASSED} We share your attendance with Sample Trust each week."
    report = check_text(school(text, tied))
    judgement = report.case.coverage.by_id["teach/disclose/trust"].on(Facet.RECIPIENT)
    assert judgement is not None
    assert judgement.verdict is Verdict.PARTIAL
    assert judgement.untied
    assert not judgement.untold
    assert "recipient-partial" not in rules(report)
    assert report.undecided


def test_a_retention_period_in_a_sentence_makes_it_untied(check_text: Check) -> None:
    report = check_text(school("We keep your attendance for six years after the end of the year."))
    assert told(report, Facet.RETENTION, "teach/keep") is Verdict.UNTIED


def test_a_period_of_other_data_and_another_length_does_not(check_text: Check) -> None:
    report = check_text(school("We keep your photograph for one month."))
    assert told(report, Facet.RETENTION, "teach/keep") is Verdict.OMITTED


def test_a_lawful_basis_in_a_sentence_makes_it_untied_and_another_does_not(
    check_text: Check,
) -> None:
    report = check_text(school("Our lawful basis is our public task (Article 6(1)(e))."))
    assert told(report, Facet.BASIS) is Verdict.UNTIED
    other = check_text(school("Our lawful basis is your consent (Article 6(1)(a))."))
    assert told(other, Facet.BASIS) is Verdict.OMITTED


def test_purposes_stay_omitted(check_text: Check) -> None:
    to = "{to: trust, purposes: research}"
    report = check_text(school("We pass your name to Sample Trust for research.", to=to))
    assert told(report, Facet.PURPOSE) is Verdict.OMITTED
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED
    assert message(report, "purpose-omitted").startswith("no statement tells pupils")


def test_linked_facets_have_to_be_named_in_one_sentence_with_its_lead_in(check_text: Check) -> None:
    linked = frozenset({Facet.DATA, Facet.RECIPIENT})
    apart = school("We pass results to Sample Trust. We have your name.")
    assert told(check_text(apart, linked=linked), Facet.RECIPIENT) is Verdict.OMITTED
    together = school("We pass your name and attendance to:\n\n- Sample Trust\n- the police")
    assert told(check_text(together, linked=linked), Facet.RECIPIENT) is Verdict.UNTIED


def test_a_notice_that_these_people_do_not_get_says_nothing_to_them(check_text: Check) -> None:
    other = """---
kind: notice
id: parents
audience: parent
text: parents.md
=== parents.md
We pass your name to Sample Trust.
"""
    text = school("We look after you.")
    register, written = text.split("=== pupils.md\n")
    report = check_text(register + other + "=== pupils.md\n" + written)
    assert told(report, Facet.RECIPIENT) is Verdict.OMITTED


def test_a_notice_that_they_are_sent_to_speaks_to_them(check_text: Check) -> None:
    other = """---
kind: notice
id: sharing
audience: parent
text: sharing.md
statements: []
=== sharing.md
We pass your name to Sample Trust.
"""
    text = school("Our page on sharing says more.").replace("name: Pupil notice", "layers: sharing")
    register, written = text.split("=== pupils.md\n")
    report = check_text(register + other + "=== pupils.md\n" + written)
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED


# -- a period without its beginning --------------------------------------------------------------------


def kept(text: str, states: str = "period: P6Y") -> str:
    quote = text.partition(".")[0]
    return school(text, f"  - quote: {quote}\n    keeps: {{{states}}}\n")


def test_a_period_that_is_told_without_its_beginning_is_told_in_part(check_text: Check) -> None:
    report = check_text(kept("We keep your records for six years."))
    assert told(report, Facet.RETENTION, "teach/keep") is Verdict.PARTIAL
    said = message(report, "retention-partial")
    assert said == "no statement tells pupils when the period begins; the rest is told"
    assert "retention-omitted" not in rules(report)


@pytest.mark.parametrize(
    "text",
    [
        "We keep your records for six years after the end of the school year.",
        "We keep your records for six years. We delete them six years after the end of the school year.",
    ],
)
def test_a_beginning_that_the_statement_leaves_out_is_untied_where_a_sentence_says_it(
    check_text: Check, text: str
) -> None:
    report = check_text(kept(text))
    judgement = report.case.coverage.by_id["teach/keep"].on(Facet.RETENTION)
    assert judgement is not None
    assert (judgement.verdict, judgement.untold) == (Verdict.PARTIAL, ())
    assert [s.sentence.text for s in judgement.sentences] == [text.rpartition(". ")[2]]
    assert "notice-not-tied" in rules(report)
    assert "retention-partial" not in rules(report)


def test_the_beginning_of_another_period_is_no_beginning_of_this_one(check_text: Check) -> None:
    text = "We keep your records for six years. We keep your marks for two years after the end of the year."
    tied = (
        "  - quote: We keep your marks for two years\n    keeps: {data: attainment, period: P2Y}\n"
    )
    report = check_text(kept(text).replace("=== pupils.md", f"{tied}=== pupils.md"))
    assert "retention-partial" in rules(report)


def test_a_period_of_some_data_without_its_beginning_says_which_part_lacks_what(
    check_text: Check,
) -> None:
    register = kept("We keep attendance records for six years.", "data: attendance, period: P6Y")
    (found,) = (
        f.problem for f in check_text(register).findings if f.rule.id == "retention-partial"
    )
    assert found.message == (
        "no statement tells pupils when the period begins, nor the period of name; the rest is told"
    )
    assert found.hint.startswith("say when the period begins, and the period of name in")


def test_a_period_that_waits_for_its_sentence_and_begins_nobody_knows_when_is_said_to(
    check_text: Check,
) -> None:
    (found,) = (
        f.problem
        for f in check_text(school("Your records are wiped after six years.")).findings
        if f.rule.id == "retention-omitted"
    )
    assert found.message == "no statement tells pupils when the period begins"
    assert found.hint.endswith(
        "“Your records are wiped after six years” may say how long, and nobody has tied it"
    )


# -- what the reader gives, and why it is done -----------------------------------------------------------


@pytest.mark.parametrize("said", ["You give us your name.", "We ask you for your name."])
def test_what_the_reader_gives_may_come_from_any_group_that_reads_it(
    check_text: Check, said: str
) -> None:
    register = school(said).replace("sources: data-subject", "sources: parent")
    both = check_text(register.replace("audience: pupil", "audience: [pupil, parent]"))
    assert told(both, Facet.SOURCE, "teach/collect/parent") is Verdict.UNTIED
    assert named(both, Facet.SOURCE, "teach/collect/parent") == [said]
    assert told(check_text(register), Facet.SOURCE, "teach/collect/parent") is Verdict.OMITTED


@pytest.mark.parametrize(
    ("said", "letter"),
    [
        ("We do this as part of our public task.", "e"),
        ("We do it because the law requires it.", "c"),
        ("Our legal reason is consent.", "a"),
    ],
)
def test_why_something_is_done_is_untied_however_little_else_the_sentence_says(
    check_text: Check, said: str, letter: str
) -> None:
    register = school(said).replace("article_6: e", f"article_6: {letter}")
    assert (
        told(check_text(register), Facet.BASIS, "teach/use/education-provision") is Verdict.UNTIED
    )


def test_a_period_in_the_words_of_the_register_bears_out_a_notice_that_says_it(
    check_text: Check,
) -> None:
    register = kept("We keep your records for one year.", "period: P1Y").replace(
        "retention: {period: P6Y, trigger: end-of-year, law: schedule}",
        "retention: {criteria: 1 year (left out); twenty-five years (taken in)}",
    )
    assert "over-claim" not in rules(check_text(register))
    assert "over-claim" in rules(check_text(register.replace("1 year (", "2 years (")))


# -- what a finding says -------------------------------------------------------------------------------


def test_no_notice_says_so_only_where_no_sentence_has_the_word(check_text: Check) -> None:
    report = check_text(school("We look after you."))
    finding = next(f for f in report.findings if f.rule.id == "recipient-omitted")
    assert finding.problem.message.startswith(
        "no notice tells pupils that their data goes to Sample Trust"
    )
    assert (
        "none of the 2 sentences that they get names it by a word we know" in finding.problem.hint
    )


def test_a_statement_that_was_passed_over_is_named_with_what_it_speaks_of(
    check_text: Check,
) -> None:
    tied = "  - quote: We pass your name to Sample Trust for research\n    discloses: {to: trust, purposes: research}\n"
    report = check_text(school("We pass your name to Sample Trust for research.", tied))
    said = message(report, "recipient-omitted")
    assert "no notice tells" not in said
    assert "“We pass your name to Sample Trust for …” names it only for research" in said


def test_of_a_purpose_no_more_is_said_than_that_no_statement_tells_it(check_text: Check) -> None:
    untold = school("We use your shoe size to help you grow.").replace("[name, attendance]", "name")
    report = check_text(untold.replace("education-provision", "marketing", 1))
    finding = next(f for f in report.findings if f.rule.id == "purpose-omitted")
    assert finding.problem.message.startswith("no statement tells pupils")
    taught = school("We use your ethnicity in the way a school has to.").replace(
        "purposes: education-provision\n", "purposes: [education-provision, marketing]\n", 1
    )
    report = check_text(taught)
    hint = next(f.problem.hint for f in report.findings if f.rule.id == "purpose-omitted")
    assert "if “We use your ethnicity in the way a school has to” says so in other words" in hint


def test_a_word_for_a_purpose_may_stand_in_a_sentence_about_something_else(
    check_text: Check,
) -> None:
    said = "We never let Sample Trust see what we know of you for marketing."
    found = check_text(school(said).replace("education-provision", "marketing", 1)).findings
    hints = [f.problem.hint for f in found if f.rule.id == "purpose-omitted"]
    assert any("has a word for it, but no statement says this of it" in hint for hint in hints)
    assert not any("names it" in hint for hint in hints)


def test_a_statement_about_the_rest_is_named_with_what_it_speaks_of(check_text: Check) -> None:
    register = school("").replace("[name, attendance]", "[name, attendance, photos]", 1)
    said = message(check_text(register), "purpose-partial")
    assert "“We use your name and your attendance …” tells it only of name and attendance" in said


def test_of_several_words_a_finding_says_which_a_sentence_names(check_text: Check) -> None:
    tied = "  - quote: We photograph you for your pass\n    collects: {data: photos, purposes: security-of-premises}\n"
    register = school("We photograph you for your pass.", tied)
    register = register.replace("[name, attendance]", "[ethnicity, photos]", 1)
    register = register.replace("sources: data-subject", "sources: parent")
    said = message(check_text(register), "data-omitted")
    assert "of these, “We photograph you for your pass” names photographs, and only for" in said
    assert "names it" not in said


@pytest.mark.parametrize("word", ["names it", "no notice"])
def test_a_wider_word_is_not_said_to_name_it(check_text: Check, word: str) -> None:
    (found,) = (
        f.problem
        for f in check_text(school("We never speak to health bodies.", to="{to: clinic}")).findings
        if f.rule.id == "recipient-omitted"
    )
    assert word not in f"{found.message} {found.hint}"
    assert "the nearest that a sentence names is" in found.hint
    assert found.hint.endswith("“We never speak to health bodies”")


def test_our_own_name_names_nobody_whom_data_goes_to(check_text: Check) -> None:
    said = message(
        check_text(school("Sample School is responsible for your data.", to="{to: school}")),
        "recipient-omitted",
    )
    assert said.startswith("no notice tells pupils that their data goes to schools")
    other = school("Sample School is a school that answers for your data.", to="{to: school}")
    assert message(check_text(other), "recipient-omitted").startswith("no statement tells")


def test_a_word_of_ones_own_that_is_a_name_keeps_its_capitals(check_text: Check) -> None:
    term = "---\nkind: term\nfacet: recipient\nid: mailer\nlabel: Sample Mailer Inc\n---\nkind: activity"
    register = school("", to="{to: mailer}").replace("---\nkind: activity", term)
    assert "goes to Sample Mailer Inc" in message(check_text(register), "recipient-omitted")


def test_a_denial_is_shown_and_never_called_no_sentence(check_text: Check) -> None:
    report = check_text(school("We never pass your name to Sample Trust."))
    finding = next(f for f in report.findings if f.rule.id == "recipient-omitted")
    assert "no notice" not in finding.problem.message
    assert "“We never pass your name to Sample Trust” names it" in finding.problem.hint


def test_a_notice_without_statements_is_one_finding(check_text: Check) -> None:
    register = school(PASSED)
    start = register.index("statements:")
    report = check_text(register[:start] + register[register.index("=== pupils.md") :])
    about = [f.rule.id for f in report.findings if f.problem.where != "activity/teach"]
    untold = [id_ for id_ in about if id_.endswith(("-omitted", "-partial", "untied", "not-tied"))]
    assert untold == ["notice-not-tied"]
    assert "no statements yet" in message(report, "notice-not-tied")


def test_of_a_notice_that_nobody_has_begun_every_command_says_not_tied_and_nothing_not_told(
    check_text: Check,
) -> None:
    bare = school(PASSED).partition("statements:")
    report = check_text(f"{bare[0]}=== pupils.md\n{bare[2].partition('=== pupils.md')[2]}")
    flows = report.case.coverage.flows
    assert {told.verdict for told in flows} == {Verdict.UNTIED}
    page = gap_report.render(report)
    assert f"**Not decided: {len(flows)} of {len(flows)} flows.**" in page
    assert "| Not tied yet | 4 |" in page
    assert "would close" not in page
    assert f"{len(flows)} not tied yet" in terminal.render(report)
    aside = school(PASSED).partition("statements:")[0] + (
        f"aside: [{{quote: {PASSED}, reason: read, by: J. Smith}}]\n"
    )
    report = check_text(f"{aside}=== pupils.md\n# Pupil notice\n\n{PASSED}\n")
    assert told(report, Facet.PURPOSE) is Verdict.OMITTED


def test_what_only_a_lost_quote_could_tell_is_untied_where_the_sentence_is_there(
    check_text: Check,
) -> None:
    lost = "  - quote: We pass your name on to the Sample Trust\n    discloses: {to: trust}\n"
    report = check_text(school(PASSED, lost))
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED


# -- items -------------------------------------------------------------------------------------------------


def test_an_item_that_a_sentence_looks_like_is_untied(check_text: Check) -> None:
    report = check_text(school("You can ask us for a copy of your data."))
    items = {item.item: item.verdict for item in report.case.coverage.items}
    assert items["right-of-access"] is Verdict.UNTIED
    assert items["right-to-complain"] is Verdict.OMITTED
    assert "item-untied" in rules(report)
    assert "item-omitted@notice/pupils@right-of-access" not in {f.id for f in report.findings}


# -- set aside, and the setting ------------------------------------------------------------------------------


ASIDE = """aside:
  - quote: We pass your name to Sample Trust
    reason: it is about last year
    by: J. Smith
"""


def test_a_sentence_that_is_set_aside_makes_nothing_untied(check_text: Check) -> None:
    report = check_text(school(PASSED, ASIDE))
    assert told(report, Facet.RECIPIENT) is Verdict.OMITTED
    assert "“We pass your name to Sample Trust” names it" in next(
        f.problem.hint for f in report.findings if f.rule.id == "recipient-omitted"
    )


def test_all_below_a_heading_is_set_aside(check_text: Check) -> None:
    aside = "aside:\n  - heading: Last year\n    reason: it is over\n    by: J. Smith\n"
    report = check_text(school(f"## Last year\n\n{PASSED}", aside))
    assert told(report, Facet.RECIPIENT) is Verdict.OMITTED


@pytest.mark.parametrize("quote", ["We pass .* to Sample Trust", "We pass*", "We sold your name"])
def test_there_are_no_patterns_and_what_is_not_there_sets_nothing_aside(
    quote: str, check_text: Check
) -> None:
    report = check_text(school(PASSED, ASIDE.replace("We pass your name to Sample Trust", quote)))
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED
    assert "aside-without-effect" in rules(report)


def test_a_whole_notice_cannot_be_set_aside(check_text: Check) -> None:
    aside = "aside:\n  - heading: Your data\n    reason: we looked\n    by: J. Smith\n"
    text = school(PASSED, aside).replace("=== pupils.md\n", "=== pupils.md\n# Your data\n\n")
    report = check_text(text)
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED
    assert "aside-without-effect" in rules(report)


@pytest.mark.parametrize(
    "entry",
    [
        "{quote: We pass your name}",
        "{reason: so, by: J. Smith}",
        "{quote: a b c, heading: d, reason: e, by: f}",
    ],
)
def test_an_entry_needs_a_reason_a_name_and_one_thing_to_set_aside(
    entry: str, check_text: Check
) -> None:
    report = check_text(school(PASSED, f"aside: [{entry}]\n"))
    assert "wrong-shape" in rules(report)


def test_what_is_set_aside_and_names_somebody_is_listed(project: Project) -> None:
    project.register(school(PASSED, ASIDE))
    ended = project.ropa("check")
    assert (
        "set aside by J. Smith: “We pass your name to Sample Trust.” (it is about last year)"
        in ended.out
    )
    found = json.loads(project.ropa("check", "--format", "json").out)["summary"]["aside"]
    assert [entry["names"] for entry in found] == [[PASSED]]


def test_with_the_setting_it_is_omitted_named_and_exits_with_1(project: Project) -> None:
    project.register(school(PASSED))
    assert project.ropa("check").code == 2
    project.write("ropa.toml", 'untied = "omitted"\n')
    ended = project.ropa("check", "--all")
    assert "error[recipient-omitted]" in ended.out
    assert "“We pass your name to Sample Trust” may say so, and no statement ties it" in ended.out
    assert "notice-not-tied" not in ended.out
    assert ended.code == 1


def test_the_setting_changes_no_verdict(check_text: Check) -> None:
    report = check_text(school(PASSED), untied=Untied.OMITTED)
    assert told(report, Facet.RECIPIENT) is Verdict.UNTIED
    assert not report.undecided


# -- denials --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("We do not pass your name to Sample Trust.", Severity.ERROR),
        ("We never give your data to anybody.", Severity.ERROR),
        ("We do not pass your name to Sample Trust unless the law requires it.", Severity.ERROR),
        ("We do not share your data with anybody unless the law requires it.", Severity.WARNING),
        ("We never share your name with:\n\n- the police\n- Sample Trust", Severity.ERROR),
    ],
)
def test_a_denial_of_a_step_that_is_taken_names_the_flow(
    text: str, severity: Severity, check_text: Check
) -> None:
    report = check_text(school(text))
    found = [f for f in report.findings if f.rule.id == "promise-unchecked"]
    assert [f.rule.severity for f in found] == [severity]
    assert "teach/disclose/trust" in found[0].problem.message


@pytest.mark.parametrize(
    "text",
    [
        "We do not pass your name to the police.",
        "We do not share your photograph with Sample Trust.",
        "We do not use your name for research.",
        "You do not have to tell Sample Trust.",
        "We do not keep your name for longer than six years.",
    ],
)
def test_a_denial_of_what_nobody_does_names_no_flow(text: str, check_text: Check) -> None:
    report = check_text(school(text))
    said = [f.problem.message for f in report.findings if f.rule.id == "promise-unchecked"]
    assert not any("teach/" in message for message in said), said


def test_a_denial_that_is_set_aside_is_found_all_the_same(check_text: Check) -> None:
    text = "We do not pass your name to Sample Trust."
    aside = ASIDE.replace("We pass your name to Sample Trust", text.removesuffix("."))
    assert "promise-unchecked" in rules(check_text(school(text, aside)))


def test_a_denial_that_a_promise_quotes_is_checked_by_it(check_text: Check) -> None:
    text = "We do not pass your name to Sample Trust."
    tied = (
        "  - quote: We do not pass your name to Sample Trust\n    never: discloses\n    to: trust\n"
    )
    report = check_text(school(text, tied))
    assert "promise-unchecked" not in rules(report)
    assert "promise-broken" in rules(report)


# -- the outputs ----------------------------------------------------------------------------------------------


def test_why_shows_the_sentence(check_text: Check) -> None:
    said = derive(check_text(school(PASSED)).case, "teach/disclose/trust")
    assert "recipient: untied" in said
    assert "not tied yet: “We pass your name to Sample Trust.”" in said


def test_programs_are_told_what_is_untied_and_by_which_sentence(check_text: Check) -> None:
    report = check_text(school(PASSED))
    flows = json.loads(flows_json.render(report))["flows"]
    flow = next(flow for flow in flows if flow["id"] == "teach/disclose/trust")
    recipient = flow["facets"]["recipient"]
    assert recipient["not_told"] == {"untied": {"recipient": ["Sample Trust"]}}
    assert [sentence["text"] for sentence in recipient["sentences"]] == [PASSED]
    summary = json.loads(json_reporter.render(report))["summary"]
    assert summary["untied"][0]["notice"] == "pupils"
    assert summary["verdicts"]["untied"] + summary["verdicts"]["omitted"] == summary["flows"]


def test_the_self_test_runs_where_something_is_untied_and_a_fall_to_it_is_a_fall(
    project: Project,
) -> None:
    tied = "  - quote: We pass your name to Sample Trust\n    discloses: {to: trust}\n"
    text = f"{PASSED} We send your attendance to Sample Trust and to Sample Clinic."
    project.register(school(text, tied, "{to: trust}, {to: clinic}"))
    found = json.loads(project.ropa("self-test", "--format", "json").out)
    assert found["together"]["blind"] == []
    assert "pupils#2" not in {t["id"] for t in found["alone"]["redundant"]}


def test_what_was_omitted_and_is_untied_now_is_not_newly_untold(project: Project) -> None:
    project.register(school("We look after you."), "before")
    project.register(school(PASSED))
    for sides in (("before", "registry"), ("registry", "before")):
        ended = project.ropa("diff", *sides)
        assert "Newly untold" not in ended.out
        assert "worse" not in ended.out
        assert "better" not in ended.out


@pytest.mark.parametrize(
    "sentence",
    [
        "Sample Clinic gives us your name.",
        "Sample Clinic provides us with your name and your attendance.",
        "We get your name from Sample Clinic.",
    ],
)
def test_whoever_gives_us_data_is_a_source_that_a_sentence_names(
    check_text: Check, sentence: str
) -> None:
    text = school(sentence).replace("sources: data-subject", "sources: [data-subject, clinic]")
    report = check_text(text)
    assert told(report, Facet.SOURCE, "teach/collect/clinic") is Verdict.UNTIED
    other = check_text(text.replace(sentence, "Sample Trust gives us your name."))
    assert told(other, Facet.SOURCE, "teach/collect/clinic") is Verdict.OMITTED
