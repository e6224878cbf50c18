"""Two sentences that cannot both be true: neither wins in silence, and nothing vague cures what is wrong."""

from pathlib import Path

import pytest

from ropa.findings import Severity
from ropa.judging.coverage import Mode
from ropa.judging.self_test import as_text, self_test
from ropa.judging.verdict import Verdict
from ropa.paper.gap_report import gap_report
from ropa.register.vocabulary import Facet
from said_and_done import School

ERROR, WARNING = Severity.ERROR, Severity.WARNING

ADTECH = "{kind: party, id: adtech, name: AdTech Ltd, type: controller, agreement: ISA-2}"
HOST = "{kind: party, id: host, name: Sample Host Ltd, type: processor, agreement: C-1}"
NOBODY = "never: discloses\n    to: anyone"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def sells(school: School) -> School:
    """The register and the notice say that data goes to a firm for marketing."""
    return (
        school.record(ADTECH)
        .disclose("{to: adtech, data: name, purposes: marketing}")
        .say(
            "We pass your name to AdTech Ltd for marketing. Our legal reason is our public task"
            " (UK GDPR Article 6(1)(e)).",
            "discloses: {to: adtech, data: name, purposes: marketing, basis: {article_6: e}}",
        )
    )


def test_the_school_as_it_stands_has_no_finding(school: School) -> None:
    assert school.found() == {}


# -- a promise without exception -------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
def test_a_promise_without_exception_and_a_named_recipient_are_ambiguous_in_every_mode(
    school: School, mode: Mode
) -> None:
    school.say("We will never give your data to anyone.", NOBODY)
    judgement = school.on("teach/disclose/trust", Facet.PROMISE, mode)
    assert judgement.verdict is Verdict.AMBIGUOUS
    assert judgement.modes == ()
    assert school.found(mode)["promise-ambiguous"] is ERROR


def test_both_sentences_are_named(school: School) -> None:
    school.say("We will never give your data to anyone.", NOBODY)
    (found,) = (f for f in school.checked().findings if f.rule.id == "promise-ambiguous")
    assert "“We pass your name and …” says so" in found.problem.message
    assert "“We will never give your data to anyone” denies it" in found.problem.message


def test_two_promises_and_a_firm_that_gets_data_for_marketing_all_the_same(school: School) -> None:
    sells(school).say(
        "We never use your data for marketing.", "never: uses\n    purposes: marketing"
    )
    school.say("We never sell or give your data to anyone.", NOBODY)
    assert school.on("teach/disclose/adtech", Facet.PROMISE).verdict is Verdict.AMBIGUOUS
    assert school.on("teach/disclose/trust", Facet.PROMISE).verdict is Verdict.AMBIGUOUS


@pytest.mark.parametrize(
    "promise",
    [
        "We never give your data to anyone, without exception.",
        "We never give your data to anyone, and there are no exceptions.",
        "Nobody except us ever gets your data, and we never give it away.",
        "We do not give your data to anyone at all.",
        "Only we use your data to teach you, and we never give it to anyone.",
        "We never give your data to anyone, but we are glad to help you.",
    ],
)
def test_words_that_make_no_exception_mark_none(school: School, promise: str) -> None:
    school.say(promise, NOBODY)
    assert school.on("teach/disclose/trust", Facet.PROMISE).verdict is Verdict.AMBIGUOUS


@pytest.mark.parametrize(
    "promise",
    [
        "We never give your data to anyone, except as this page says.",
        "Apart from Sample Trust, we never give your data to anyone.",
        "We give your data to nobody other than Sample Trust.",
        "We never give your data to anyone unless this page says so.",
        "We never sell your data to anyone, but we share it with Sample Trust.",
        "We give your data to nobody but Sample Trust.",
        "We do not normally give your data to anyone.",
        "We only ever give your data to Sample Trust and to nobody besides.",
        "We never give your data to anyone without telling you.",
    ],
)
def test_a_promise_that_marks_its_exception_gives_way(school: School, promise: str) -> None:
    school.say(promise, NOBODY)
    judgement = school.on("teach/disclose/trust", Facet.PROMISE)
    assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "by exception")
    assert dict(judgement.modes)[Mode.CAUTIOUS] is Verdict.AMBIGUOUS


@pytest.mark.parametrize(
    "telling",
    [
        "The only exception is Sample Trust: we pass your name and attendance to it.",
        "However, we pass your name and attendance to Sample Trust.",
        "We pass your name and attendance only to Sample Trust.",
        "But we pass your name and attendance to Sample Trust.",
    ],
)
def test_the_narrower_sentence_may_say_that_it_is_the_exception(
    school: School, telling: str
) -> None:
    school.instead(
        "We pass your name and attendance to Sample Trust so that it can teach you.", telling
    ).instead(f"quote: {telling}", f'quote: "{telling}"')
    school.say("We never give your data to anyone.", NOBODY)
    assert school.on("teach/disclose/trust", Facet.PROMISE).how == "by exception"


def test_an_unless_in_the_narrower_sentence_says_only_when_it_takes_place(school: School) -> None:
    telling = "We pass your name and attendance to Sample Trust unless you object."
    school.instead(
        "We pass your name and attendance to Sample Trust so that it can teach you.", telling
    )
    school.say("We never give your data to anyone.", NOBODY)
    assert school.on("teach/disclose/trust", Facet.PROMISE).verdict is Verdict.AMBIGUOUS


def test_anybody_else_excepts_who_was_named_before_and_not_who_is_named_after(
    school: School,
) -> None:
    school.say("We never give your data to anyone else.", NOBODY)
    assert school.on("teach/disclose/trust", Facet.PROMISE).how == "by exception"
    again = School(school.folder).say(
        "We never give your data to anyone else.", NOBODY, before="We pass your name"
    )
    assert again.on("teach/disclose/trust", Facet.PROMISE).verdict is Verdict.AMBIGUOUS


def test_the_lead_in_of_a_list_marks_the_exception_for_its_items(school: School) -> None:
    quote = "We pass your name and attendance to Sample Trust so that it can teach you."
    school.text = school.text.replace(
        quote, "We give your data to nobody, except that:\n\n- " + quote
    )
    school.notice += f'  - quote: "We give your data to nobody, except that"\n    {NOBODY}\n'
    assert school.on("teach/disclose/trust", Facet.PROMISE).how == "by exception"


def test_where_the_modes_differ_check_and_report_say_so(school: School) -> None:
    school.say("We never give your data to anyone, except as this page says.", NOBODY)
    report = school.checked()
    (found,) = (f for f in report.findings if f.rule.id == "promise-won-by-exception")
    assert "it would be ambiguous in the mode cautious or strict" in found.problem.hint
    assert "ambiguous in the mode cautious or strict" in repr(gap_report(report).blocks)


def test_a_broken_promise_says_what_the_strict_mode_would_make_of_it(school: School) -> None:
    school.say(
        "We never pass your attendance to Sample Trust.",
        "never: discloses\n    to: trust\n    data: attendance\n    purposes: education-provision",
    )
    (found,) = (f for f in school.checked().findings if f.rule.id == "promise-broken")
    assert "it would be ambiguous in the mode strict" in found.problem.message


def test_the_self_test_calls_no_promise_kept_that_loses(school: School) -> None:
    school.say("We will never give your data to anyone.", NOBODY)
    found = school.checked().case.coverage
    assert "0 kept, 1 at issue" in as_text(found, self_test(found))
    marked = School(school.folder).say(
        "We never give your data to anyone, except as this page says.", NOBODY
    )
    found = marked.checked().case.coverage
    assert "0 kept, 1 with an exception that a flow rests on" in as_text(found, self_test(found))


# -- whom a promise about giving data away binds ---------------------------------------------------


def hosts(school: School) -> School:
    """A firm works for the school, and the notice says so."""
    return (
        school.record(HOST)
        .disclose("{to: host}")
        .say(
            "Sample Host Ltd keeps your name and attendance for us, and we pass them to it for that.",
            "discloses: {to: host, data: [name, attendance], purposes: education-provision}",
        )
    )


def test_a_firm_that_works_for_us_is_not_anyone(school: School) -> None:
    hosts(school).say(
        "We give your data to nobody, except that Sample Trust gets what this page says.", NOBODY
    )
    assert school.told("teach/disclose/host").on(Facet.PROMISE) is None
    assert school.found() == {}


@pytest.mark.parametrize(
    "promise",
    [
        "Your data never leaves the school.",
        "We never pass your data to anybody outside the school.",
        "Only we see your data, and we never give it away.",
        "Your data stays with us, and we never pass it on.",
    ],
)
def test_words_that_keep_data_inside_bind_those_who_work_for_us_too(
    school: School, promise: str
) -> None:
    hosts(school).say(promise, NOBODY)
    assert school.on("teach/disclose/host", Facet.PROMISE).verdict is Verdict.AMBIGUOUS


@pytest.mark.parametrize("promise", ["When you leave the school, we never give your data away."])
def test_a_pupil_who_leaves_is_no_data_that_leaves(school: School, promise: str) -> None:
    hosts(school).say(promise, NOBODY)
    assert school.told("teach/disclose/host").on(Facet.PROMISE) is None


@pytest.mark.parametrize("to", ["host", "processor", "[anyone, host]"])
def test_a_promise_that_names_those_who_work_for_us_binds_them(school: School, to: str) -> None:
    hosts(school).say("We never give your data to firms.", f"never: discloses\n    to: {to}")
    assert school.on("teach/disclose/host", Facet.PROMISE).verdict is not Verdict.CLEAR


def test_a_promise_about_what_data_is_used_for_binds_those_who_work_for_us(school: School) -> None:
    hosts(school).say(
        "We never use your data for marketing.", "never: uses\n    purposes: marketing"
    ).instead("  - {to: host}", "  - {to: host, purposes: marketing}")
    assert school.on("teach/disclose/host", Facet.PROMISE).verdict is Verdict.CONTRADICTED


# -- numbers and letters ---------------------------------------------------------------------------

ONE_YEAR = "We keep your records for one year after the end of the school year."
AS_LONG = "We keep some records for as long as we need them."
INTERESTS = "We rely on our legitimate interests (UK GDPR Article 6(1)(f)) to use your data."


def wrong_period(school: School) -> School:
    """The one period that the notice tells is not the one that is recorded."""
    return school.instead(
        "We keep your records for six years after the end of the school year.", ONE_YEAR
    ).instead("keeps: {period: P6Y", "keeps: {period: P1Y")


def test_criteria_do_not_cure_a_wrong_period(school: School) -> None:
    wrong_period(school).say(AS_LONG, "keeps: {criteria: as long as we need them}")
    assert school.on("teach/keep/own", Facet.RETENTION).verdict is Verdict.CONTRADICTED
    found = [f.problem.message for f in school.checked().findings]
    assert not any("say only" in message for message in found)


def test_criteria_do_not_cure_a_wrong_beginning(school: School) -> None:
    school.instead(
        "We keep your records for six years after the end of the school year.",
        "We keep your records for six years after you were born.",
    ).instead("keeps: {period: P6Y, trigger: end-of-year}", "keeps: {period: P6Y, trigger: birth}")
    school.say(AS_LONG, "keeps: {criteria: as long as we need them}")
    assert school.on("teach/keep/own", Facet.RETENTION).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("We use your data because it is our public task.", "{in_words: e}"),
        (
            "We use your data because the Education Act 1996 section 13 makes it our task.",
            "{in_words: e, law: Education Act 1996 s.13}",
        ),
    ],
)
def test_a_basis_in_words_does_not_cure_a_wrong_letter(
    school: School, words: str, basis: str
) -> None:
    school.instead(
        "our public task (UK GDPR Article 6(1)(e))", "legitimate interests (Article 6(1)(f))"
    )
    school.instead("basis: {article_6: e}}", "basis: {article_6: f}}")
    school.say(words, f"uses: {{basis: {basis}}}")
    assert school.on("teach/use/education-provision", Facet.BASIS).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("sentence", "claim", "says"),
    [
        (ONE_YEAR, "keeps: {period: P1Y, trigger: end-of-year}", "1 year"),
        ("We keep your records for 75 years.", "keeps: {period: P75Y}", "75 years"),
        ("We keep your records for six years after you were born.", "keeps: {period: P6Y, trigger: birth}", "birth"),
        (INTERESTS, "uses: {basis: {article_6: f}}", "Article 6(1)(f)"),
        ("The law obliges us to use your data.", "uses: {basis: {in_words: c}}", "Article 6(1)(c)"),
    ],
)  # fmt: skip
def test_what_no_flow_bears_out_is_an_over_claim_though_another_sentence_agrees(
    school: School, sentence: str, claim: str, says: str
) -> None:
    school.say(sentence, claim)
    assert school.told("teach/keep/own").verdict is Verdict.CLEAR
    (found,) = (f for f in school.checked().findings if f.rule.id == "over-claim")
    assert says in found.problem.message


def test_a_safeguard_that_no_flow_bears_out_is_an_over_claim(school: School) -> None:
    school.record(
        "{kind: party, id: host, name: Sample Host Inc, type: processor, country: US, agreement: C-1,"
        " safeguard: idta, transfer_risk_assessment: TRA-1}"
    ).disclose("{to: host}")
    school.say(
        "We send your name to Sample Host Inc in the United States under the IDTA, for teaching you.",
        "discloses: {to: host, countries: US, safeguard: idta, purposes: education-provision}",
    )
    school.say(
        "What goes to the United States goes there under binding corporate rules.",
        "transfers: {countries: US, safeguard: bcr}",
    )
    (found,) = (f for f in school.checked().findings if f.rule.id == "over-claim")
    assert "binding corporate rules" in found.problem.message


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("We keep no record for longer than seven years.", "keeps: {period: P7Y}"),
        ("We keep your records for up to seven years.", "keeps: {period: P7Y}"),
        ("We keep your records for 72 months.", "keeps: {period: P72M}"),
        ("We keep your records for 2191 days.", "keeps: {period: P2191D}"),
        ("We keep your records for 2192 days.", "keeps: {period: P2192D}"),
    ],
)
def test_a_period_that_is_true_of_a_flow_is_no_over_claim(
    school: School, sentence: str, claim: str
) -> None:
    school.say(sentence, claim)
    assert "over-claim" not in school.found()


def test_a_period_that_misleads_is_said_once(school: School) -> None:
    wrong_period(school)
    assert school.found() == {"retention-contradicted": ERROR}


# -- nothing to check ------------------------------------------------------------------------------


def test_a_controller_that_only_acts_for_others_has_checked_nothing(school: School) -> None:
    school.instead(
        "owner: Head", "owner: Head\non_behalf_of: {controller: trust, processing: [hosting]}"
    )
    report = school.checked()
    assert report.undecided
    assert "nothing-to-check" in {f.rule.id for f in report.findings}


def test_a_processor_has_nobody_to_tell(school: School) -> None:
    school.instead(
        "owner: Head", "owner: Head\non_behalf_of: {controller: trust, processing: [hosting]}"
    )
    school.instead("public_authority: true", "public_authority: true, role: processor")
    assert "nothing-to-check" not in school.found()
