"""A statement counts for what the sentence that it quotes says: never for what it claims alone."""

from pathlib import Path

import pytest

from conftest import TODAY, case_of
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report

PASSED = "We pass your name and attendance to Sample Trust so that it can teach you."
SCHOOL = """\
{kind: organisation, id: sample, name: Sample School, contact: "School Lane, SA1 1AA", dpo: dpo@sample.example,
 public_authority: true, nation: England}
---
{kind: party, id: trust, name: Sample Trust, type: controller, agreement: ISA-1, agreement_reviewed: 2026-06-01}
---
{kind: party, id: mailer, name: Sample Mailer Ltd, type: processor, agreement: C-1}
---
{kind: system, id: own, name: Own server}
---
{kind: activity, id: teach, name: Teaching, subjects: pupil, data: [name, attendance], purposes: education-provision,
 sources: data-subject, basis: {article_6: e, law: Education Act 1996 s.13}, systems: own,
 retention: {period: P6Y, trigger: end-of-year, law: School schedule line 1}, disclosures: [{to: trust}], owner: Head,
 reviewed: 2026-09-01, security: Locked, dpia: {needed: false, reason: small}, required_by: Education Act 1996 s.13}
---
kind: notice
id: pupils
name: Pupil notice
audience: pupil
url: https://sample.example/privacy
version: "1"
in_force: {from: 2026-09-01}
text: pupils.md
statements:
  - quote: >-
      We use your name and your attendance to teach you. Our legal reason is our public task (UK GDPR Article 6(1)(e)).
    uses: {data: [name, attendance], purposes: education-provision, basis: {article_6: e}}
  - quote: We keep your records for six years after the end of the school year.
    keeps: {period: P6Y, trigger: end-of-year}
  - quote: We pass your name and attendance to Sample Trust so that it can teach you.
    discloses: {to: trust, purposes: education-provision, data: [name, attendance]}
  - {quote: Sample School is responsible for your data., informs: controller-identity}
  - {quote: "Write to Sample School, School Lane, SA1 1AA.", informs: controller-contact}
  - {quote: Our data protection officer is at dpo@sample.example., informs: dpo-contact}
  - {quote: You can ask for a copy of your data., informs: right-of-access}
  - {quote: You can ask us to put wrong data right., informs: right-to-rectification}
  - {quote: You can ask us to erase data., informs: right-to-erasure}
  - {quote: You can ask us to restrict what we do., informs: right-to-restriction}
  - {quote: You can object to what we do., informs: right-to-object}
  - {quote: You can complain to us at dpo@sample.example., informs: complaint-to-controller}
  - {quote: "You can complain to the Information Commission at https://ico.org.uk.", informs: right-to-complain}
  - quote: You have to give us your name, because the Education Act 1996 says so. If you do not, we cannot teach you.
    informs: statutory-requirement
"""
TEXT = """\
# How we use your information

Sample School, 1 September 2026. This page is for pupils.

We use your name and your attendance to teach you. Our legal reason is our public task (UK GDPR Article 6(1)(e)).

We keep your records for six years after the end of the school year.

We pass your name and attendance to Sample Trust so that it can teach you.

Sample School is responsible for your data.

Write to Sample School, School Lane, SA1 1AA.

Our data protection officer is at dpo@sample.example.

You have to give us your name, because the Education Act 1996 says so. If you do not, we cannot teach you.

## Your rights

You can ask for a copy of your data.

You can ask us to put wrong data right.

You can ask us to erase data.

You can ask us to restrict what we do.

You can object to what we do.

You can complain to us at dpo@sample.example.

You can complain to the Information Commission at https://ico.org.uk.
"""
EVIDENCE = {
    "quote-hardly-seen",
    "gainsaid-by-its-words",
    "words-say-none-of-it",
    "not-in-the-words",
}


class School:
    """The register of a school that tells everything, with changes to it and to its notice."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.register, self.text = folder, SCHOOL, TEXT

    def put(self, old: str, new: str, *, register: bool = True, text: bool = True) -> "School":
        """Write other words, in the register, in its notice, or in both."""
        assert old in (self.register if register else "") + (self.text if text else ""), old
        self.register = self.register.replace(old, new) if register else self.register
        self.text = self.text.replace(old, new) if text else self.text
        return self

    def say(self, more: str) -> "School":
        """One more statement."""
        self.register += more
        return self

    def checked(self, **settings: object) -> Report:
        (self.folder / "r.yaml").write_text(self.register, "utf-8")
        (self.folder / "pupils.md").write_text(self.text, "utf-8")
        return check(self.folder, Settings(**{"day": TODAY, **settings}))  # type: ignore[arg-type]


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def found(report: Report) -> dict[str, list[str]]:
    """The statements whose words do not bear them out, by the rule that says so."""
    ids: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.rule.id in EVIDENCE:
            ids.setdefault(finding.rule.id, []).append(
                finding.problem.where.removeprefix("notice/")
            )
    return ids


def told(report: Report, facet: Facet) -> set[Verdict]:
    """The verdicts on a facet."""
    flows = report.case.coverage.flows
    return {
        judgement.verdict
        for flow in flows
        for judgement in flow.judgements
        if judgement.facet is facet
    }


def evidence(report: Report, facet: Facet) -> set[Rests]:
    """What the verdicts on a facet rest on."""
    flows = report.case.coverage.flows
    return {
        judgement.evidence
        for flow in flows
        for judgement in flow.judgements
        if judgement.facet is facet
    }


# -- what passed once --------------------------------------------------------------------------------


def test_a_register_whose_sentences_say_what_it_states_is_clear_by_words(school: School) -> None:
    report = school.checked()
    assert found(report) == {}
    flows = report.case.coverage.flows
    assert {told.verdict for told in flows} == {Verdict.CLEAR}
    by_reading = {
        j.facet for told in flows for j in told.judgements if j.evidence is not Rests.WORDS
    }
    assert by_reading == {Facet.PURPOSE}  # "to teach you" is what it is for, in other words
    assert {item.evidence for item in report.case.coverage.items} == {Rests.WORDS}


def test_the_title_says_nothing_whatever_is_stated_of_it(school: School) -> None:
    first = SCHOOL[SCHOOL.index(">-") : SCHOOL.index("    uses:")]
    register = SCHOOL.replace(first, "How we use your information\n")
    lines = (
        line.partition("quote: ")[0] + "quote: How we use your information"
        if "quote: " in line and "{" not in line
        else line
        for line in register.splitlines()
    )
    school.register = "\n".join(lines)
    for said in TEXT.splitlines():
        if said.startswith(("You", "Our d", "Sample School is", "Write")):
            school.register = school.register.replace(f'"{said}"', said)
            school.register = school.register.replace(said, "How we use your information")
    report = school.checked()
    assert len(found(report)["words-say-none-of-it"]) == 14
    assert told(report, Facet.RECIPIENT) == {Verdict.UNTIED}
    assert {item.verdict for item in report.case.coverage.items} == {Verdict.UNTIED}


def test_a_fragment_of_a_promise_tells_nothing(school: School) -> None:
    school.put(
        PASSED, "We will **never** pass your name and attendance to Sample Trust.", register=False
    )
    school.put(PASSED, "pass your name and attendance to Sample Trust", text=False)
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


def test_a_denial_tells_nothing(school: School) -> None:
    report = school.put(
        PASSED, "We do not pass your name and attendance to Sample Trust."
    ).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


@pytest.mark.parametrize(
    "quote",
    [
        "We keep your records for six years after the end of the school year.",
        "You can object to what we do.",
        "You can ask",
    ],
)
def test_another_sentence_tells_nothing_of_a_disclosure(school: School, quote: str) -> None:
    report = school.put(f"quote: {PASSED}", f"quote: {quote}", text=False).checked()
    assert "pupils#3" in [*found(report).get("words-say-none-of-it", []), *_refused(report)]
    assert Verdict.CLEAR not in told(report, Facet.RECIPIENT)


def _refused(report: Report) -> list[str]:
    """The statements that a schema refuses, since their quotes are too short."""
    short = [f for f in report.findings if f.rule.id == "wrong-shape"]
    return ["pupils#3"] if short else []


def test_a_part_of_the_sentence_that_says_it_is_enough(school: School) -> None:
    report = school.put(f"quote: {PASSED}", "quote: it can teach you", text=False).checked()
    assert found(report) == {}
    assert evidence(report, Facet.RECIPIENT) == {Rests.WORDS}


def test_a_period_that_the_sentence_does_not_say_is_not_told(school: School) -> None:
    report = school.put("P6Y", "P25Y", text=False).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#2"]}
    assert told(report, Facet.RETENTION) == {Verdict.UNTIED}


def test_a_letter_that_the_sentence_does_not_say_is_not_told(school: School) -> None:
    report = school.put("article_6: e", "article_6: c", text=False).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#1"]}
    assert Verdict.CLEAR not in told(report, Facet.BASIS)


def test_a_right_that_is_told_by_the_sentence_of_another_is_asked_about(school: School) -> None:
    access = "You can ask for a copy of your data."
    rights = ("put wrong data right", "erase data", "restrict what we do")
    for right in (
        *(f"You can ask us to {right}." for right in rights),
        "You can object to what we do.",
    ):
        school.put(f"{right}\n", "", register=False).put(right, access, text=False)
    report = school.checked()
    assert found(report) == {"not-in-the-words": ["pupils#8", "pupils#9", "pupils#10", "pupils#11"]}
    by_reading = {i.item for i in report.case.coverage.items if i.evidence is Rests.READING}
    assert by_reading == {
        "right-to-rectification",
        "right-to-erasure",
        "right-to-restriction",
        "right-to-object",
    }


def test_the_past_tells_nothing_of_today(school: School) -> None:
    past = "Before 2020 we passed your name and attendance to Sample Trust."
    school.put(PASSED, f"{past} We no longer do.", register=False).put(PASSED, past, text=False)
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


def test_a_disclosure_if_you_agree_is_told_only_with_that_condition(school: School) -> None:
    agreed = "We may pass your name and attendance to Sample Trust if you agree."
    report = school.put(PASSED, agreed).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    told_so = "attendance], conditions: consent}\n  - {quote: Sample School is"
    report = school.put("attendance]}\n  - {quote: Sample School is", told_so, text=False).checked()
    assert found(report) == {}


@pytest.mark.parametrize(
    "quote", ["the police Sample Trust", "We never share your data with anyone."]
)
def test_a_list_of_those_who_get_nothing_tells_of_nobody(school: School, quote: str) -> None:
    listed = "We do **not** share your data with:\n\n- the police\n- Sample Trust\n\n"
    listed += "We never share your data with anyone."
    school.put(PASSED, listed, register=False).put(PASSED, quote, text=False)
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


def test_a_question_tells_nothing(school: School) -> None:
    asked = "## Do we share with Sample Trust?\n\nNo."
    school.put(PASSED, asked, register=False).put(PASSED, "share with Sample Trust", text=False)
    report = school.checked()
    assert found(report) == {"words-say-none-of-it": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


# -- what was found in the field ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "statement", "facet"),
    [
        ("statement-denied-by-its-quote", "residents#1", Facet.RECIPIENT),
        ("period-other-than-the-quote-says", "residents#1", Facet.RETENTION),
    ],
)
def test_a_case_of_the_field_is_found_at_its_statement_and_not_told(
    name: str, statement: str, facet: Facet
) -> None:
    report = check(case_of(name), Settings(TODAY))
    assert found(report) == {"gainsaid-by-its-words": [statement]}
    assert Verdict.CLEAR not in told(report, facet)


# -- void -----------------------------------------------------------------------------------------------


def test_a_void_statement_is_no_over_claim(school: School) -> None:
    school.put(
        "Write to Sample School, ",
        "We never sell your name to Sample Mailer Ltd.\n\nWrite to Sample School, ",
        register=False,
    )
    school.say(
        "  - {quote: We never sell your name to Sample Mailer Ltd., discloses: {to: mailer, data: name}}\n"
    )
    rules = {finding.rule.id for finding in school.checked().findings}
    assert "gainsaid-by-its-words" in rules
    assert "over-claim" not in rules


def test_a_promise_that_its_words_do_not_make_bites_as_it_is_written(school: School) -> None:
    school.say(
        f"  - {{quote: {PASSED}, "
        "never: discloses, to: trust, data: [name, attendance],"
        " purposes: education-provision}\n"
    )
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#15"]}
    assert told(report, Facet.PROMISE) == {Verdict.AMBIGUOUS}


def test_what_goes_against_a_flow_goes_against_it_though_its_words_do_not_say_so(
    school: School,
) -> None:
    school.put("keeps: {period: P6Y", "keeps: {period: P1Y", text=False)
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#2"]}
    assert told(report, Facet.RETENTION) == {Verdict.CONTRADICTED}


def test_to_waive_the_finding_leaves_the_statement_void(school: School) -> None:
    school.put(PASSED, "We do not pass your name and attendance to Sample Trust.")
    waiver = (
        "---\n{kind: waiver, id: w, finding: 'gainsaid-by-its-words@*', reason: The new text is at the printers,"
        " owner: Head, until: 2026-12-31}\n"
    )
    report = school.say(waiver).checked()
    assert [f.rule.id for f in report.waived] == ["gainsaid-by-its-words"]
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


# -- by reading, and by a person --------------------------------------------------------------------------

NEXT_DOOR = "We pass your name and attendance to our neighbours so that they can teach you."
READ_AS = """read_as:
      {to: our neighbours are Sample Trust, because: its school is next door, by: J. Smith, on: 2026-11-01}
    discloses:"""


MAILER = "Sample Mailer Ltd"


@pytest.mark.parametrize(
    "sentence",
    [
        "Sample Mailer Ltd gets your name and attendance so that it can teach you.",
        "We pass your name and attendance to Sample Mailer Ltd, who can teach you.",
        "Sample Mailer Ltd, the mail firm, hears your name and attendance from us, so that it can teach you.",
    ],
)
def test_another_party_in_the_place_of_the_stated_one_goes_against_it(
    school: School, sentence: str
) -> None:
    report = school.put(PASSED, sentence).checked()
    assert found(report)["gainsaid-by-its-words"] == ["pupils#3"]
    assert Verdict.CLEAR not in told(report, Facet.RECIPIENT)


@pytest.mark.parametrize(
    "sentence",
    [
        "We pass your name and attendance to Sample Trust and Sample Mailer Ltd, who can teach you.",
        "Sample Mailer Ltd prints our letters, and we pass your name and attendance to Sample Trust.",
    ],
)
def test_another_party_beside_the_stated_one_goes_against_nothing(
    school: School, sentence: str
) -> None:
    report = school.put(PASSED, sentence).checked()
    assert "gainsaid-by-its-words" not in found(report)


def test_of_two_stated_parties_both_have_to_be_the_ones_that_are_named(school: School) -> None:
    two = "to: [trust, mailer], purposes: education-provision, data"
    school.put("to: trust, purposes: education-provision, data", two, text=False)
    school.register += "\n---\n{kind: party, id: laundry, name: Sample Laundry Ltd, type: processor, agreement: C-2}\n"
    report = school.put(PASSED, PASSED.replace("Trust", "Trust and Sample Laundry Ltd")).checked()
    assert found(report)["gainsaid-by-its-words"] == ["pupils#3"]


@pytest.mark.parametrize(
    "sentence",
    [
        "You cannot ask us to erase data.",
        "You do not have the right to ask us to erase data.",
        "The right to erasure does not apply.",
    ],
)
def test_a_right_that_people_are_told_they_do_not_have_is_not_told(
    school: School, sentence: str
) -> None:
    report = school.put("You can ask us to erase data.", sentence).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#9"]}
    untold = {i.item for i in report.case.coverage.items if i.verdict is Verdict.OMITTED}
    assert untold == {"right-to-erasure"}


@pytest.mark.parametrize(
    "sentence",
    [
        "You can ask us to erase data, and you cannot be charged for it.",
        "You can ask us to erase data, but we cannot always do so.",
        "You cannot ask us to erase data if we keep it for a legal claim.",
    ],
)
def test_a_right_that_has_limits_is_a_right(school: School, sentence: str) -> None:
    report = school.put("You can ask us to erase data.", sentence).checked()
    assert "gainsaid-by-its-words" not in found(report)


@pytest.mark.parametrize(
    "style", ["color: #fff", "font-size: 1px", "opacity: 0.05", "margin-left: -9999px"]
)
def test_words_that_people_may_not_see_tell_nobody_anything(school: School, style: str) -> None:
    school.put(PASSED, f'<p style="{style}">{PASSED}</p>', register=False)
    report = school.checked()
    assert found(report) == {"quote-hardly-seen": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


def test_a_promise_that_people_may_not_see_bites_as_it_is_written(school: School) -> None:
    promise = "We never give your data to anyone."
    hidden = f'<p style="color: #fff">{promise}</p>\n\nSample School is resp'
    school.put("Sample School is resp", hidden, register=False)
    school.say(f"  - {{quote: {promise}, never: discloses, to: anyone}}\n")
    report = school.checked()
    assert found(report) == {"quote-hardly-seen": ["pupils#15"]}
    assert "promise-ambiguous" in {finding.rule.id for finding in report.findings}


def test_a_basis_that_is_denied_is_not_told(school: School) -> None:
    report = school.put("reason is our public", "reason is not our public").checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#1"]}


def test_a_promise_that_is_kept_only_unless_something_happens_has_to_deny_something(
    school: School,
) -> None:
    promise = "We will give your data to anyone else unless the law allows it."
    school.put(
        "Sample School is responsible", f"{promise} Sample School is responsible", register=False
    )
    report = school.say(
        f"  - {{quote: {promise}, never: discloses, to: anyone, unless: law-permits}}\n"
    ).checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#15"]}


def test_words_for_other_data_in_place_of_all_that_is_stated_are_asked_about(
    school: School,
) -> None:
    sentence = "We collect your photograph."
    school.put("Sample School is resp", f"{sentence} Sample School is resp", register=False)
    report = school.say(f"  - {{quote: {sentence}, collects: ethnicity}}\n").checked()
    assert found(report) == {"not-in-the-words": ["pupils#15"]}


def test_a_sentence_that_says_as_much_and_whom_as_well_is_shown(school: School) -> None:
    half = "We pass your name and attendance on so that you are taught."
    school.put("Sample School is resp", f"{half} Sample School is resp", register=False)
    report = school.put(PASSED, half, text=False).checked()
    assert found(report)["not-in-the-words"] == ["pupils#3"]
    hint = next(f.problem.hint for f in report.findings if f.rule.id == "not-in-the-words")
    assert PASSED.rstrip(".") in hint


def test_what_is_not_in_the_words_counts_by_reading(school: School) -> None:
    report = school.put(PASSED, NEXT_DOOR).checked()
    assert found(report) == {}
    assert told(report, Facet.RECIPIENT) == {Verdict.CLEAR}
    assert evidence(report, Facet.RECIPIENT) == {Rests.READING}
    assert evidence(report, Facet.RETENTION) == {Rests.WORDS}


def test_what_somebody_reads_in_the_words_counts_by_that_person(school: School) -> None:
    school.put(PASSED, NEXT_DOOR).put("discloses:", READ_AS, text=False)
    assert evidence(school.checked(), Facet.RECIPIENT) == {Rests.PERSON}


def test_a_person_does_not_read_a_denial_away(school: School) -> None:
    school.put(PASSED, NEXT_DOOR.replace("We pass", "We never pass")).put(
        "discloses:", READ_AS, text=False
    )
    report = school.checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#3"]}
    assert told(report, Facet.RECIPIENT) == {Verdict.OMITTED}


def test_where_only_words_count_a_reading_tells_nothing_unless_somebody_signed_it(
    school: School,
) -> None:
    school.put(PASSED, NEXT_DOOR)
    assert told(school.checked(evidence=Rests.WORDS), Facet.RECIPIENT) == {Verdict.OMITTED}
    school.put("discloses:", READ_AS, text=False)
    assert told(school.checked(evidence=Rests.WORDS), Facet.RECIPIENT) == {Verdict.CLEAR}


# -- texts that are not read --------------------------------------------------------------------------

WELSH = """\
Rydym yn rhannu eich enw a'ch presenoldeb gyda'r ysgol er mwyn eich dysgu. Rydym yn cadw eich cofnodion am chwe
blynedd. Mae gennych hawl i ofyn am gopi o'ch data, ac i gwyno wrth y comisiynydd.
"""


def test_nothing_is_void_in_a_language_that_is_not_read(school: School) -> None:
    school.text = WELSH
    school.put("text: pupils.md", "language: cy\ntext: pupils.md", text=False)
    school.put(PASSED, "Rydym yn rhannu eich enw", text=False)
    report = school.checked()
    assert found(report) == {}
    assert told(report, Facet.RECIPIENT) == {Verdict.CLEAR}
    assert evidence(report, Facet.RECIPIENT) == {Rests.READING}


@pytest.mark.parametrize(
    ("quote", "stated"),
    [
        ("Rydym yn cadw eich cofnodion am 6 blynedd", "keeps: {period: P25Y}"),
        (
            "Ein rheswm cyfreithiol yw Erthygl 6(1)(e)",
            "uses: {purposes: education-provision, basis: {article_6: c}}",
        ),
        ("Rydym yn rhannu eich enw gyda Sample Mailer Ltd", "discloses: {to: trust, data: name}"),
    ],
)
def test_what_does_not_depend_on_the_language_goes_against_a_statement_in_any(
    school: School, quote: str, stated: str
) -> None:
    school.text = f"{WELSH}\n{quote}.\n"
    school.put("text: pupils.md", "language: cy\ntext: pupils.md", text=False)
    report = school.say(f"  - {{quote: {quote}, {stated}}}\n").checked()
    assert found(report) == {"gainsaid-by-its-words": ["pupils#15"]}


@pytest.mark.parametrize(
    ("quote", "stated"),
    [
        ("Rydym yn cadw eich cofnodion am 6 blynedd", "keeps: {period: P6Y}"),
        (
            "Ein rheswm cyfreithiol yw Erthygl 6(1)(e)",
            "uses: {purposes: education-provision, basis: {article_6: e}}",
        ),
        (
            "Rydym yn rhannu eich enw gyda Sample Mailer Ltd a'r Ymddiriedolaeth",
            "discloses: {to: trust, data: name}",
        ),
        ("Rydym yn rhannu eich enw gyda'r Ymddiriedolaeth", "discloses: {to: trust, data: name}"),
    ],
)
def test_a_name_in_another_language_goes_against_nothing(
    school: School, quote: str, stated: str
) -> None:
    school.text = f"{WELSH}\n{quote}.\n"
    school.put("text: pupils.md", "language: cy\ntext: pupils.md", text=False)
    report = school.say(f'  - {{quote: "{quote}", {stated}}}\n').checked()
    assert found(report) == {}
