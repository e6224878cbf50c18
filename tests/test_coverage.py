"""What a data protection officer would ask of the verdicts, each with the register that answers it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.judging.coverage import Coverage, Judgement, Mode, Settings
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet

CLEAR, VAGUE, PARTIAL = Verdict.CLEAR, Verdict.VAGUE, Verdict.PARTIAL
OMITTED, UNTIED, UNDECIDABLE = Verdict.OMITTED, Verdict.UNTIED, Verdict.UNDECIDABLE
AMBIGUOUS, CONTRADICTED = Verdict.AMBIGUOUS, Verdict.CONTRADICTED


@dataclass(frozen=True)
class Answers:
    """The verdicts of a small register, to be asked for by flow and facet."""

    coverage: Coverage

    def on(self, flow: str, facet: Facet) -> Judgement:
        judgement = self.coverage.by_id[flow].on(facet)
        assert judgement is not None, f"{flow} has no {facet}"
        return judgement

    def verdict(self, flow: str, facet: Facet) -> Verdict:
        return self.on(flow, facet).verdict

    def lacking(self, flow: str, facet: Facet, along: Facet | None = None) -> tuple[str, ...]:
        """The words for what is not told, along the facet or along another axis."""
        told = self.coverage.by_id[flow]
        return self.coverage.names(along or facet, self.on(flow, facet), told.flow)

    @property
    def over_claims(self) -> Iterator[tuple[str, Facet | None, tuple[str, ...]]]:
        return ((u.statement.id, u.facet, u.words) for u in self.coverage.unmatched)


Ask = Callable[..., Answers]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def judged(*documents: str, **settings: object) -> Answers:
        write_register(tmp_path, "\n---\n".join(document.strip() for document in documents) + "\n")
        how = Settings(**{"day": TODAY, **settings})  # type: ignore[arg-type]
        case = make_case(read_tree(tmp_path), how, tmp_path)
        assert not case.malformed
        return Answers(case.coverage)

    return judged


def care(more: str = "", data: str = "[name, health]", subjects: str = "looked-after-child") -> str:
    return f"""
kind: activity
id: care
name: Supporting children in our care
subjects: {subjects}
data: {data}
purposes: support
basis: {{article_6: e, law: Children Act 1989 s.22}}
{more}"""


def notice(
    statements: str = "", audience: str = "looked-after-child", id_: str = "care", more: str = ""
) -> str:
    return f"""
kind: notice
id: {id_}
audience: {audience}
text: {id_}.md
{more}
statements: {statements or "[]"}"""


def to(party: str, more: str = "") -> str:
    return f"disclosures: [{{to: {party}{more}}}]"


NHS = "{kind: party, id: nhs, name: The NHS trust, type: public-authority, broader: nhs-trust}"
SUPPLIER = (
    "{kind: party, id: caseworks, name: Caseworks Ltd, type: processor, broader: it-supplier}"
)
ABROAD = "{kind: party, id: caseworks, name: Caseworks Inc, type: processor, country: US, safeguard: idta}"


# -- what a statement tells ------------------------------------------------------------------------


def test_health_data_with_the_nhs_tells_the_recipient_only_for_health(ask: Ask) -> None:
    says = """
  - quote: We share information about your health with the NHS trust
    discloses: {to: nhs, data: health}"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is PARTIAL
    assert found.lacking("care/disclose/nhs", Facet.RECIPIENT, Facet.DATA) == ("Name",)


def test_information_with_the_nhs_tells_the_recipient_for_all_data_and_leaves_the_data_untold(
    ask: Ask,
) -> None:
    says = """
  - quote: We share your information with the NHS trust
    discloses: nhs"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.DATA) is OMITTED


def test_data_and_recipient_may_be_told_in_separate_sections_unless_they_are_linked(
    ask: Ask,
) -> None:
    says = """
  - quote: We hold your name and information about your health
    collects: [name, health]
  - quote: We share your information with the NHS trust
    discloses: nhs"""
    register = (care(to("nhs")), NHS, notice(says))
    assert ask(*register).verdict("care/disclose/nhs", Facet.DATA) is CLEAR
    linked = ask(*register, linked=frozenset({Facet.DATA, Facet.RECIPIENT}))
    assert linked.verdict("care/disclose/nhs", Facet.DATA) is OMITTED
    assert linked.verdict("care/disclose/nhs", Facet.RECIPIENT) is OMITTED


def test_a_list_of_purposes_counts_for_disclosures_too_but_says_of_no_recipient(ask: Ask) -> None:
    says = """
  - quote: We use your information to support you
    uses: support"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/use/support", Facet.PURPOSE) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.PURPOSE) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is OMITTED


def test_what_we_disclose_does_not_tell_what_a_recipient_passes_on(ask: Ask) -> None:
    says = """
  - quote: We share your information with the NHS trust
    discloses: nhs
  - quote: We share your information with researchers
    discloses: researcher"""
    onward = to("nhs", ", onward: [{to: researcher}]")
    found = ask(care(onward), NHS, notice(says))
    assert found.verdict("care/onward/nhs/researcher", Facet.RECIPIENT) is OMITTED


def test_what_a_recipient_passes_on_is_told_by_a_statement_about_the_recipient(ask: Ask) -> None:
    says = """
  - quote: Health bodies may pass it on to researchers
    discloses: {to: researcher, by: health-body}"""
    found = ask(care(to("nhs", ", onward: [{to: researcher}]")), NHS, notice(says))
    assert found.verdict("care/onward/nhs/researcher", Facet.RECIPIENT) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is OMITTED


def test_a_quote_that_is_not_in_the_text_tells_nothing(ask: Ask, tmp_path: Path) -> None:
    says = """
  - quote: We share your information with the NHS trust
    discloses: nhs"""
    register = (care(to("nhs")), NHS, notice(says))
    assert ask(*register).verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR
    (tmp_path / "care.md").write_text(
        "We do not share your information with the NHS trust.", "utf-8"
    )
    case = make_case(read_tree(tmp_path), Settings(TODAY), tmp_path)
    assert Answers(case.coverage).verdict("care/disclose/nhs", Facet.RECIPIENT) is OMITTED


# -- words -----------------------------------------------------------------------------------------

LETTERS = "{kind: term, facet: data, id: letters, label: Letters and cards}"
BIRTHDAY = "{kind: term, facet: data, id: birthday-cards, label: Birthday cards, broader: letters}"
FROM_SCHOOL = "sources: school"


def test_all_known_kinds_of_an_open_term_leave_its_other_kinds_untold(ask: Ask) -> None:
    says = """
  - quote: We hold the birthday cards you were sent
    collects: birthday-cards"""
    found = ask(care(FROM_SCHOOL, data="letters"), LETTERS, BIRTHDAY, notice(says))
    assert found.verdict("care/collect/school", Facet.DATA) is PARTIAL
    assert found.lacking("care/collect/school", Facet.DATA) == ("other letters and cards",)


def test_all_known_kinds_of_a_closed_term_are_all_there_is(ask: Ask) -> None:
    says = """
  - quote: We hold the birthday cards you were sent
    collects: birthday-cards"""
    closed = LETTERS.replace("}", ", open: false}")
    found = ask(care(FROM_SCHOOL, data="letters"), closed, BIRTHDAY, notice(says))
    assert found.on("care/collect/school", Facet.DATA).how == "exact"


@pytest.mark.parametrize(
    ("category", "verdict", "how"),
    [("letters", CLEAR, "exact"), ("post", CLEAR, "by category"), ("papers", VAGUE, "")],
)
def test_one_step_up_is_clear_by_category_and_two_are_vague(
    category: str, verdict: Verdict, how: str, ask: Ask
) -> None:
    says = f"""
  - quote: We hold what you and others wrote
    collects: {category}"""
    letters = LETTERS.replace("}", ", broader: post}")
    post = "{kind: term, facet: data, id: post, label: Post, broader: papers}"
    papers = "{kind: term, facet: data, id: papers, label: Papers}"
    found = ask(care(FROM_SCHOOL, data="letters"), letters, post, papers, notice(says))
    judgement = found.on("care/collect/school", Facet.DATA)
    assert (judgement.verdict, judgement.how) == (verdict, how)


def test_of_two_ways_up_the_shorter_counts(ask: Ask) -> None:
    says = """
  - quote: We hold what you and others wrote
    collects: papers"""
    letters = LETTERS.replace("}", ", broader: [post, papers]}")
    post = "{kind: term, facet: data, id: post, label: Post, broader: papers}"
    papers = "{kind: term, facet: data, id: papers, label: Papers}"
    found = ask(care(FROM_SCHOOL, data="letters"), letters, post, papers, notice(says))
    assert found.on("care/collect/school", Facet.DATA).how == "by category"


def test_an_umbrella_term_is_vague_even_when_the_register_uses_the_same_word(ask: Ask) -> None:
    says = """
  - quote: We may share your information with third parties
    discloses: third-party"""
    found = ask(care(to("third-party")), notice(says))
    assert found.verdict("care/disclose/third-party", Facet.RECIPIENT) is VAGUE


def test_a_third_party_does_not_include_a_processor(ask: Ask) -> None:
    """Article 4(10)."""
    says = """
  - quote: We may share your information with third parties
    discloses: third-party"""
    found = ask(care(to("caseworks")), SUPPLIER, notice(says))
    assert found.verdict("care/disclose/caseworks", Facet.RECIPIENT) is OMITTED


def test_a_word_that_is_told_by_its_own_name_does_not_tell_a_narrower_word_beside_it(
    ask: Ask,
) -> None:
    """Each word of a flow has to be told: mental health is two steps below special category data."""
    says = """
  - quote: We hold special category data
    collects: special-category-data"""
    data = "[special-category-data, mental-health]"
    found = ask(care(FROM_SCHOOL, data=data), notice(says))
    assert found.verdict("care/collect/school", Facet.DATA) is VAGUE
    assert found.lacking("care/collect/school", Facet.DATA, Facet.DATA) == ("Mental health",)


# -- people and notices ----------------------------------------------------------------------------

BOTH = "[looked-after-child, child-in-need]"
SHARES = """
  - quote: We share your information with the NHS trust
    discloses: {to: nhs}"""
HOLDS = """
  - quote: We hold your name and information about your health
    collects: [name, health]"""


def test_several_notices_of_one_audience_add_up(ask: Ask) -> None:
    found = ask(care(to("nhs")), NHS, notice(SHARES), notice(HOLDS, id_="more"))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.DATA) is CLEAR


def test_a_layered_notice_speaks_to_its_readers_audience(ask: Ask) -> None:
    council = notice(SHARES, audience="resident", id_="council")
    assert ask(care(to("nhs")), NHS, notice(), council).verdict(
        "care/disclose/nhs", Facet.RECIPIENT
    ) is (OMITTED)
    layered = notice(more="layers: council")
    found = ask(care(to("nhs")), NHS, layered, council)
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR


@pytest.mark.parametrize(
    ("in_force", "verdict"),
    [
        ("{from: 2026-11-24}", OMITTED),
        ("{from: 2026-11-23}", CLEAR),
        ("{to: 2026-11-23}", CLEAR),
        ("{to: 2026-11-22}", OMITTED),
    ],
)
def test_a_notice_that_is_not_in_force_says_nothing(
    in_force: str, verdict: Verdict, ask: Ask
) -> None:
    more = notice(SHARES, id_="more", more=f"in_force: {in_force}")
    found = ask(care(to("nhs")), NHS, notice(), more)
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is verdict


def test_another_day_may_be_asked_for(ask: Ask) -> None:
    more = notice(SHARES, id_="more", more="in_force: {from: 2027-01-01}")
    found = ask(care(to("nhs")), NHS, notice(), more, day=date(2027, 1, 1))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR


def test_each_group_has_to_be_told_by_a_notice_that_it_gets(ask: Ask) -> None:
    other = notice(audience="child-in-need", id_="need")
    found = ask(care(to("nhs"), subjects=BOTH), NHS, notice(SHARES), other)
    assert found.verdict("care/disclose/nhs", Facet.SUBJECT) is CLEAR
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is PARTIAL
    assert found.lacking("care/disclose/nhs", Facet.RECIPIENT, Facet.SUBJECT) == (
        "Children in need",
    )


def test_a_group_without_a_notice_is_a_finding_of_its_own_and_of_no_other_facet(ask: Ask) -> None:
    found = ask(care(to("nhs"), subjects=BOTH), NHS, notice(SHARES))
    assert found.verdict("care/disclose/nhs", Facet.SUBJECT) is PARTIAL
    assert found.lacking("care/disclose/nhs", Facet.SUBJECT) == ("Children in need",)
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR


def test_a_flow_of_a_group_without_any_notice_is_omitted(ask: Ask) -> None:
    found = ask(care(to("nhs")), NHS, notice(SHARES, audience="pupil"))
    assert found.verdict("care/disclose/nhs", Facet.SUBJECT) is OMITTED
    assert found.coverage.by_id["care/disclose/nhs"].verdict is OMITTED


def test_a_notice_for_all_children_is_one_that_looked_after_children_get(ask: Ask) -> None:
    found = ask(care(to("nhs")), NHS, notice(SHARES, audience="child"))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR


# -- promises --------------------------------------------------------------------------------------

NEVER = """
  - quote: We will not give information about you to anyone
    never: discloses
    to: anyone"""
UNLESS = """
  - quote: We will not give information about you to anyone unless the law allows
    never: discloses
    to: anyone
    unless: law-permits"""
EXCEPT = NEVER.replace("to anyone\n", "to anyone, except as we say here\n", 1) + SHARES


def test_a_promise_that_the_register_breaks_is_contradicted(ask: Ask) -> None:
    found = ask(care(to("nhs")), NHS, notice(NEVER))
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is CONTRADICTED
    assert found.coverage.by_id["care/disclose/nhs"].verdict is CONTRADICTED


def test_a_promise_with_its_guard_met_is_inert_and_tells_nothing(ask: Ask) -> None:
    found = ask(care(to("nhs")), NHS, notice(UNLESS))
    assert found.on("care/disclose/nhs", Facet.PROMISE).how == "guard met"
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is OMITTED


def test_a_guard_that_the_register_does_not_record_is_not_met(ask: Ask) -> None:
    no_law = to("nhs", ", basis: {article_6: e}")
    found = ask(care(no_law), NHS, notice(UNLESS))
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is CONTRADICTED


@pytest.mark.parametrize(
    ("unless", "verdict"),
    [
        ("[consent, approval]", CLEAR),
        ("[[consent, approval]]", CONTRADICTED),
        ("consent", CONTRADICTED),
    ],
)
def test_of_several_guards_one_is_enough_unless_they_stand_together(
    unless: str, verdict: Verdict, ask: Ask
) -> None:
    says = f"""
  - quote: We will not give information about you to anyone without asking
    never: discloses
    unless: {unless}"""
    found = ask(care(to("nhs", ", conditions: approval")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is verdict


def test_a_promise_about_looked_after_children_does_not_protect_children_in_need(ask: Ask) -> None:
    says = """
  - quote: We will not give information about children in our care to anyone
    never: discloses
    about: looked-after-child"""
    need = care(to("nhs"), subjects="child-in-need")
    found = ask(need, NHS, notice(says, audience=BOTH))
    assert found.coverage.by_id["care/disclose/nhs"].on(Facet.PROMISE) is None
    both = ask(care(to("nhs"), subjects=BOTH), NHS, notice(says, audience=BOTH))
    assert both.verdict("care/disclose/nhs", Facet.PROMISE) is CONTRADICTED
    lacking = both.lacking("care/disclose/nhs", Facet.PROMISE, Facet.SUBJECT)
    assert lacking == ("Looked-after children",)


@pytest.mark.parametrize(
    ("mode", "verdict", "how"),
    [
        (Mode.SPECIFIC, CLEAR, "by exception"),
        (Mode.CAUTIOUS, AMBIGUOUS, ""),
        (Mode.STRICT, AMBIGUOUS, ""),
    ],
)
def test_a_more_specific_disclosure_inside_a_promise(
    mode: Mode, verdict: Verdict, how: str, ask: Ask
) -> None:
    found = ask(care(to("nhs")), NHS, notice(EXCEPT), mode=mode)
    judgement = found.on("care/disclose/nhs", Facet.PROMISE)
    assert (judgement.verdict, judgement.how) == (verdict, how)
    assert dict(judgement.modes) == {
        Mode.SPECIFIC: CLEAR,
        Mode.CAUTIOUS: AMBIGUOUS,
        Mode.STRICT: AMBIGUOUS,
    }


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [(Mode.SPECIFIC, CONTRADICTED), (Mode.CAUTIOUS, CONTRADICTED), (Mode.STRICT, AMBIGUOUS)],
)
def test_a_more_specific_promise_inside_a_disclosure(
    mode: Mode, verdict: Verdict, ask: Ask
) -> None:
    says = """
  - quote: We share your information with health bodies
    discloses: health-body
  - quote: We will not give your name to the NHS trust
    never: discloses
    to: nhs
    data: name"""
    found = ask(care(to("nhs", ", data: name")), NHS, notice(says), mode=mode)
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is verdict


@pytest.mark.parametrize("mode", Mode)
def test_a_promise_and_a_disclosure_that_are_not_comparable_are_ambiguous_in_all_modes(
    mode: Mode, ask: Ask
) -> None:
    says = """
  - quote: We share your information with the NHS trust
    discloses: nhs
  - quote: We will not give your name to anyone
    never: discloses
    data: name"""
    found = ask(care(to("nhs", ", data: name")), NHS, notice(says), mode=mode)
    judgement = found.on("care/disclose/nhs", Facet.PROMISE)
    assert judgement.verdict is AMBIGUOUS
    assert judgement.modes == ()


def test_a_list_of_purposes_is_no_exception_to_a_promise(ask: Ask) -> None:
    says = f"""{NEVER}
  - quote: We use your information about your health to support you
    uses: {{purposes: support, data: health}}"""
    found = ask(care(to("nhs", ", data: health")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is CONTRADICTED


def test_to_name_a_recipient_is_no_exception_to_a_promise_that_nothing_leaves_the_country(
    ask: Ask,
) -> None:
    says = """
  - quote: We never transfer your information out of the country
    never: transfers
  - quote: Our case records are kept by Caseworks for us
    discloses: {to: caseworks}"""
    found = ask(care(to("caseworks")), ABROAD, notice(says))
    assert found.verdict("care/disclose/caseworks", Facet.PROMISE) is AMBIGUOUS


@pytest.mark.parametrize(
    "exception", ["transfers: {to: caseworks}", "discloses: {to: caseworks, countries: US}"]
)
def test_to_name_a_transfer_is_an_exception_to_a_promise_that_nothing_leaves_the_country(
    exception: str, ask: Ask
) -> None:
    says = f"""
  - quote: We never transfer your information out of the country
    never: transfers
  - quote: The only exception is our case records, which are kept by Caseworks in the United States
    {exception}"""
    found = ask(care(to("caseworks")), ABROAD, notice(says))
    assert found.on("care/disclose/caseworks", Facet.PROMISE).how == "by exception"


def test_a_promise_that_names_what_a_flow_does_not_have_does_not_bite_there(ask: Ask) -> None:
    says = """
  - quote: We never collect information about you from the police
    never: collects
    from: police-force"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.coverage.by_id["care/disclose/nhs"].on(Facet.PROMISE) is None
    from_police = ask(care("sources: police-force"), notice(says))
    assert from_police.verdict("care/collect/police-force", Facet.PROMISE) is CONTRADICTED


# -- how long --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "verdict", "how"),
    [
        ("period: P6Y, trigger: end-of-case", CLEAR, "exact"),
        ("period: P72M, trigger: end-of-case", CLEAR, "exact"),
        ("period: P10Y, trigger: end-of-case", CLEAR, "by category"),
        ("period: P5Y, trigger: end-of-case", CONTRADICTED, ""),
        ("period: P6Y, trigger: birth", CONTRADICTED, ""),
        ("period: P6Y", PARTIAL, ""),
        ("trigger: end-of-case", PARTIAL, ""),
        ("criteria: as long as we need it", VAGUE, ""),
        ("data: name", UNTIED, ""),  # its sentence says how long, and no statement says so
    ],
)
def test_six_years_from_the_end_of_the_case_are_told_by(
    said: str, verdict: Verdict, how: str, ask: Ask
) -> None:
    says = f"""
  - quote: We keep your records for as long as we say here
    keeps: {{{said}}}"""
    kept = "retention: {period: P6Y, trigger: end-of-case}"
    judgement = ask(care(kept), notice(says)).on("care/keep", Facet.RETENTION)
    assert (judgement.verdict, judgement.how) == (verdict, how)


def test_what_is_lacking_from_a_period_without_its_beginning_is_named(ask: Ask) -> None:
    says = """
  - quote: We keep your records for six years
    keeps: {period: P6Y}"""
    kept = "retention: {period: P6Y, trigger: end-of-case}"
    judgement = ask(care(kept), notice(says)).on("care/keep", Facet.RETENTION)
    assert judgement.lacks == "when the period begins"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("criteria: while the case is open", CLEAR),
        ("criteria: until the case is closed", CLEAR),
        ("criteria: while you live with us", VAGUE),
        ("period: P6Y", VAGUE),
        ("trigger: birth", UNTIED),
    ],
)
def test_criteria_are_told_by_such_as_say_the_same_and_only_vaguely_by_a_period(
    said: str, verdict: Verdict, ask: Ask
) -> None:
    says = f"""
  - quote: We keep your records for as long as we say here
    keeps: {{{said}}}"""
    kept = "retention: {criteria: while the case is open}"
    assert ask(care(kept), notice(says)).verdict("care/keep", Facet.RETENTION) is verdict


def test_a_period_that_the_register_does_not_record_is_undecidable(ask: Ask) -> None:
    says = """
  - quote: We keep your records for six years
    keeps: {period: P6Y}"""
    kept = "retention: {data: name, period: P6Y}"
    assert ask(care(kept), notice(says)).verdict("care/keep", Facet.RETENTION) is UNDECIDABLE


def test_what_the_register_leaves_open_does_not_hide_what_is_contradicted(ask: Ask) -> None:
    says = """
  - quote: We keep your records for six years
    keeps: {period: P6Y}"""
    kept = "retention: {data: name, period: P10Y}"
    assert ask(care(kept), notice(says)).verdict("care/keep", Facet.RETENTION) is CONTRADICTED


# -- on what basis ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "verdict", "how"),
    [
        ("article_6: e", CLEAR, "exact"),
        ("article_6: c", CONTRADICTED, ""),
        ("in_words: c", CONTRADICTED, ""),
        ("in_words: e", VAGUE, ""),
        ("in_words: e, law: Children Act 1989", CLEAR, "by category"),
        ("law: Children Act 1989", OMITTED, ""),
    ],
)
def test_a_public_task_is_told_by(said: str, verdict: Verdict, how: str, ask: Ask) -> None:
    says = f"""
  - quote: We use your information because of what we say here
    uses: {{purposes: support, basis: {{{said}}}}}"""
    judgement = ask(care(), notice(says)).on("care/use/support", Facet.BASIS)
    assert (judgement.verdict, judgement.how) == (verdict, how)


def test_a_basis_for_another_purpose_says_nothing_of_this_one(ask: Ask) -> None:
    says = """
  - quote: We use your information for research because you agreed
    uses: {purposes: research, basis: {article_6: a}}"""
    assert ask(care(), notice(says)).verdict("care/use/support", Facet.BASIS) is OMITTED


def test_one_of_several_bases_that_are_told_is_enough(ask: Ask) -> None:
    says = """
  - quote: We use your information because it is our public task
    uses: {basis: {article_6: e}}
  - quote: We use your information because the law requires us
    uses: {basis: {article_6: c}}"""
    assert ask(care(), notice(says)).verdict("care/use/support", Facet.BASIS) is CLEAR


def test_a_basis_does_not_limit_what_else_the_statement_tells(ask: Ask) -> None:
    says = """
  - quote: We use your information to support you because the law requires us
    uses: {purposes: support, basis: {article_6: c}}"""
    assert ask(care(), notice(says)).verdict("care/use/support", Facet.PURPOSE) is CLEAR


# -- abroad ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("countries: US, safeguard: idta", CLEAR),
        ("countries: US", PARTIAL),
        ("safeguard: idta", PARTIAL),
        ("countries: US, safeguard: adequacy", CONTRADICTED),
        ("countries: FR, safeguard: idta", OMITTED),
        ("countries: abroad, safeguard: idta", VAGUE),
        ("to: caseworks", OMITTED),
    ],
)
def test_a_transfer_to_the_united_states_under_the_idta_is_told_by(
    said: str, verdict: Verdict, ask: Ask
) -> None:
    says = f"""
  - quote: We send your information to another country as we say here
    transfers: {{{said}}}"""
    found = ask(care(to("caseworks")), ABROAD, notice(says))
    assert found.verdict("care/disclose/caseworks", Facet.TRANSFER) is verdict


def test_a_country_that_is_told_without_its_safeguard_lacks_the_safeguard(ask: Ask) -> None:
    says = """
  - quote: We send your information to the United States
    transfers: {countries: US}"""
    judgement = ask(care(to("caseworks")), ABROAD, notice(says)).on(
        "care/disclose/caseworks", Facet.TRANSFER
    )
    assert judgement.lacks == "the safeguard"


def test_what_stays_at_home_is_no_transfer(ask: Ask) -> None:
    found = ask(care(to("caseworks")), SUPPLIER, notice())
    assert found.coverage.by_id["care/disclose/caseworks"].on(Facet.TRANSFER) is None


# -- what the law asks for -------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "due"), [("data-subject", False), ("school", True)])
def test_data_and_source_are_due_only_where_the_data_did_not_come_from_the_person(
    source: str, due: bool, ask: Ask
) -> None:
    found = ask(care(f"sources: {source}\n{to('nhs')}"), NHS, notice())
    for flow, facet in (
        (f"care/collect/{source}", Facet.DATA),
        (f"care/collect/{source}", Facet.SOURCE),
        ("care/disclose/nhs", Facet.DATA),
    ):
        assert (found.coverage.by_id[flow].on(facet) is not None) is due


def test_data_that_also_came_from_elsewhere_is_judged_by_what_came_from_there(ask: Ask) -> None:
    says = """
  - quote: We get information about your health from the NHS trust
    collects: {data: health, from: nhs}"""
    sources = "sources: [data-subject, {from: nhs, data: health}]"
    shared = care(f"{sources}\n{to('researcher')}")
    found = ask(shared, NHS, notice(says))
    assert found.verdict("care/disclose/researcher", Facet.DATA) is CLEAR


def test_a_facet_that_is_not_due_does_not_count(ask: Ask) -> None:
    says = f"""{SHARES}
  - quote: We use your information to support you because it is our public task
    uses: {{purposes: support, basis: {{article_6: e}}}}"""
    found = ask(care(f"sources: data-subject\n{to('nhs')}"), NHS, notice(says))
    assert found.coverage.by_id["care/disclose/nhs"].on(Facet.DATA) is None
    assert found.coverage.by_id["care/disclose/nhs"].verdict is CLEAR


# -- what nobody can look up -----------------------------------------------------------------------


def test_what_only_a_notice_without_its_text_could_tell_is_undecidable(ask: Ask) -> None:
    no_text = notice(SHARES).replace("text: care.md", "")
    found = ask(care(to("nhs")), NHS, no_text)
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is UNDECIDABLE
    assert found.verdict("care/disclose/nhs", Facet.PURPOSE) is OMITTED


def test_what_another_notice_tells_is_decided(ask: Ask) -> None:
    no_text = notice(SHARES, id_="more").replace("text: more.md", "")
    found = ask(care(to("nhs")), NHS, no_text, notice(SHARES))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is CLEAR


def test_what_only_a_statement_with_an_unknown_word_could_tell_is_undecidable(ask: Ask) -> None:
    says = """
  - quote: We share your flurbs with the NHS trust
    discloses: {to: nhs, data: flurbs}"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is UNDECIDABLE
    assert found.verdict("care/disclose/nhs", Facet.DATA) is UNDECIDABLE


def test_where_some_is_told_what_cannot_be_looked_up_counts_as_not_told(ask: Ask) -> None:
    says = """
  - quote: We share your name with the NHS trust
    discloses: {to: nhs, data: name}
  - quote: We share your flurbs with the NHS trust
    discloses: {to: nhs, data: flurbs}"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.RECIPIENT) is PARTIAL


def test_a_statement_of_unknown_words_leaves_open_only_what_it_speaks_of(ask: Ask) -> None:
    says = """
  - quote: We keep your flurbs in our records
    keeps: {data: flurbs}"""
    kept = "retention: {period: P6Y}"
    assert ask(care(kept), notice(says)).verdict("care/keep", Facet.RETENTION) is OMITTED


def test_a_word_of_the_register_that_nobody_defined_is_undecidable(ask: Ask) -> None:
    says = """
  - quote: We share any of your information with anyone
    discloses: {to: anyone, data: personal-data}"""
    found = ask(care(to("flurb-office")), notice(says))
    assert found.verdict("care/disclose/flurb-office", Facet.RECIPIENT) is UNDECIDABLE


def test_an_unknown_word_does_not_hide_that_the_word_beside_it_is_omitted(ask: Ask) -> None:
    found = ask(care(FROM_SCHOOL, data="[name, flurbs]"), notice())
    assert found.verdict("care/collect/school", Facet.DATA) is OMITTED
    assert found.lacking("care/collect/school", Facet.DATA) == ("Name",)


def test_a_promise_that_nobody_can_look_up_may_forbid_it(ask: Ask) -> None:
    says = """
  - quote: We never share your flurbs with anyone
    never: discloses
    data: flurbs"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert found.verdict("care/disclose/nhs", Facet.PROMISE) is UNDECIDABLE
    kept = ask(care(to("nhs")), NHS, notice(says + EXCEPT))
    assert kept.verdict("care/disclose/nhs", Facet.PROMISE) is UNDECIDABLE


# -- the other direction ---------------------------------------------------------------------------


def test_a_statement_that_no_flow_bears_out_is_an_over_claim(ask: Ask) -> None:
    says = """
  - quote: We share your information with the police
    discloses: police-force"""
    found = ask(care(to("nhs")), NHS, notice(SHARES + says))
    assert list(found.over_claims) == [("care#2", None, ())]


def test_one_word_that_no_flow_bears_out_is_an_over_claim(ask: Ask) -> None:
    says = """
  - quote: We share your information with the NHS trust and the police
    discloses: [nhs, police-force]"""
    found = ask(care(to("nhs")), NHS, notice(says))
    assert list(found.over_claims) == [("care#1", Facet.RECIPIENT, ("police-force",))]


def test_a_promise_is_no_over_claim(ask: Ask) -> None:
    assert not list(ask(care(), notice(NEVER)).over_claims)
