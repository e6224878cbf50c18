"""What is lawful raises no alarm, and its faulty counterpart does: a school's register, one thing changed at a time."""

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Check
from ropa.judging.judgement import Judgement
from ropa.judging.verdict import Verdict
from ropa.register.periods import longer_than
from ropa.register.vocabulary import Facet
from ropa.report import Report

DAY = date(2026, 11, 30)
LAW = "basis: {article_6: e, law: Education Act 1996 s.13}"
SHARED = """  - quote: We pass your name and attendance to Sample Trust so that it can teach you
    discloses: {to: trust, purposes: education-provision, data: [name, attendance]}
"""
KEPT = """  - quote: We keep your records for six years after the end of the school year
    keeps: {period: P6Y, trigger: end-of-year}
"""
SCHOOL = f"""kind: organisation
id: sample
name: Sample School
contact: School Lane, SA1 1AA
dpo: dpo@sample.example
public_authority: true
nation: England
---
kind: party
id: trust
name: Sample Trust
type: controller
agreement: ISA-1
agreement_reviewed: 2026-06-01
---
kind: system
id: own
name: Own server
---
kind: activity
id: teach
name: Teaching
subjects: pupil
data: [name, attendance]
purposes: education-provision
sources: data-subject
{LAW}
systems: own
retention: {{period: P6Y, trigger: end-of-year, law: School schedule line 1}}
disclosures: [{{to: trust}}]
owner: Head
reviewed: 2026-09-01
security: Locked
dpia: {{needed: false, reason: small}}
required_by: Education Act 1996 s.13
---
kind: notice
id: pupils
name: Pupil notice
audience: pupil
url: https://sample.example/privacy
version: "1"
in_force: {{from: 2026-09-01}}
text: pupils.md
statements:
  - quote: We use your name and your attendance to teach you, as is our public task (UK GDPR Article 6(1)(e))
    uses: {{data: [name, attendance], purposes: education-provision, basis: {{article_6: e}}}}
{KEPT}{SHARED}"""
GAPS = ("omitted", "partial", "vague", "contradicted", "untied")
Change = Callable[[str], str]
Register = Callable[..., Report]


def to(old: str, new: str) -> Change:
    def change(register: str) -> str:
        assert old in register
        return register.replace(old, new)

    return change


def says(quote: str, states: str) -> Change:
    """One more sentence of the notice, with its statement."""
    return to("statements:\n", f"statements:\n  - quote: {quote}\n    {states}\n")


@pytest.fixture
def school(check_text: Check) -> Register:
    def run(*changes: Change) -> Report:
        register = SCHOOL
        for change in changes:
            register = change(register)
        report = check_text(register, day=DAY)
        assert not report.case.malformed
        assert not report.undecided, [f.problem.message for f in report.standing]
        return report

    return run


def gaps(report: Report) -> set[str]:
    """The rules that say that something is not told, or not well."""
    found = (finding.rule.id for finding in report.standing)
    return {id_ for id_ in found if id_.endswith(GAPS) and not id_.startswith("item")}


def on(report: Report, flow: str, facet: Facet) -> Judgement | None:
    return report.case.coverage.by_id[flow].on(facet)


def rules(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.standing}


def test_the_school_itself_has_no_gap(school: Register) -> None:
    assert not gaps(school())


# -- sources ---------------------------------------------------------------------------------------

HELD = to("sources: data-subject", "sources: own-organisation")
ENROLMENT = f"""kind: activity
id: enrol
name: Enrolment
subjects: pupil
data: [name, attendance]
purposes: education-provision
sources: SOURCE
{LAW}
systems: own
retention: {{period: P6Y, trigger: end-of-year, law: School schedule line 1}}
"""


def enrolment(sources: str) -> Change:
    """Another entry, which takes the same data from somebody; it goes before the notice."""
    taken = ENROLMENT.replace("SOURCE", sources)
    return to("---\nkind: notice\n", f"---\n{taken}---\nkind: notice\n")


def test_data_that_another_entry_took_from_the_person_has_no_source_to_tell(
    school: Register,
) -> None:
    report = school(HELD, enrolment("data-subject"))
    assert not gaps(report)
    assert not report.case.graph.by_id["teach/collect/own-organisation"].indirect


def test_data_that_no_entry_took_from_anybody_has_a_source_that_is_not_known(
    school: Register,
) -> None:
    report = school(HELD)
    assert "source-omitted" not in rules(report)
    (message,) = (f.problem.message for f in report.standing if f.rule.id == "origin-not-recorded")
    assert "no entry takes name and attendance from anybody" in message


@pytest.mark.parametrize(
    "fields",
    ["subjects: pupil\ndata: [name]", "subjects: parent\ndata: [name, attendance]"],
    ids=["other data", "other people"],
)
def test_what_was_taken_besides_is_no_origin(school: Register, fields: str) -> None:
    narrower = to(
        "id: enrol\nname: Enrolment\nsubjects: pupil\ndata: [name, attendance]",
        f"id: enrol\nname: Enrolment\n{fields}",
    )
    assert "origin-not-recorded" in rules(school(HELD, enrolment("data-subject"), narrower))


def test_data_that_another_entry_got_from_somebody_else_is_told_of_there(school: Register) -> None:
    report = school(HELD, enrolment("local-authority"))
    flow = report.case.graph.by_id["teach/collect/own-organisation"]
    assert flow.words(Facet.SOURCE) == ("own-organisation", "local-authority")
    assert flow.indirect == ("name", "attendance")
    assert on(report, flow.id, Facet.SOURCE) is None
    source = on(report, "enrol/collect/local-authority", Facet.SOURCE)
    assert source is not None
    assert source.verdict is Verdict.OMITTED


def test_a_notice_may_say_that_the_data_is_held_already(school: Register) -> None:
    words = "We also use records that other teams in the school hold"
    told = says(words, "collects: {from: own-organisation}")
    assert "over-claim" not in rules(school(HELD, enrolment("data-subject"), told))
    assert "over-claim" in rules(school(told))


def test_what_is_made_here_is_taken_from_nobody(school: Register) -> None:
    made = "sources: [{from: data-subject, data: name}, {from: own-organisation, data: attendance}]"
    assert "origin-not-recorded" not in rules(school(to("sources: data-subject", made)))


PARENTS = to("subjects: pupil", "subjects: parent")
FOR_PARENTS = to("audience: pupil", "audience: parent")


def test_parents_are_no_source_of_their_own_data_but_themselves(school: Register) -> None:
    report = school(PARENTS, FOR_PARENTS, to("sources: data-subject", "sources: parent"))
    assert not gaps(report)
    assert report.case.graph.by_id["teach/collect/data-subject"].indirect == ()


def test_parents_are_a_source_of_the_data_of_others(school: Register) -> None:
    both = school(
        to("subjects: pupil", "subjects: [pupil, parent]"),
        to("audience: pupil", "audience: [pupil, parent]"),
        to("sources: data-subject", "sources: parent"),
    )
    judgement = on(both, "teach/collect/parent", Facet.SOURCE)
    assert judgement is not None
    assert judgement.verdict is Verdict.OMITTED
    assert both.case.graph.by_id["teach/collect/parent"].words(Facet.SUBJECT) == ("pupil",)
    assert both.case.graph.by_id["teach/collect/data-subject"].words(Facet.SUBJECT) == ("parent",)


def test_who_is_said_to_give_the_data_anyway_gives_it_once(school: Register) -> None:
    report = school(
        to("subjects: pupil", "subjects: [pupil, parent]"),
        to("audience: pupil", "audience: [pupil, parent]"),
        to("sources: data-subject", "sources: [data-subject, parent]"),
    )
    steps = [flow.id for flow in report.case.graph.flows if "/collect/" in flow.id]
    assert steps == ["teach/collect/data-subject", "teach/collect/parent"]


# -- recipients ------------------------------------------------------------------------------------

OURS = ["data-subject", "own-organisation", "member-of-staff", "governing-body"]


@pytest.mark.parametrize("whom", OURS)
def test_the_person_and_ourselves_are_no_recipients_to_tell_of(school: Register, whom: str) -> None:
    report = school(to("[{to: trust}]", f"[{{to: trust}}, {{to: {whom}}}]"))
    assert not gaps(report)
    assert on(report, f"teach/disclose/{whom}", Facet.RECIPIENT) is None
    assert "over-claim" not in rules(report)


def test_the_record_keeps_who_of_ourselves_gets_the_data(school: Register) -> None:
    from ropa.record.gather import gather

    report = school(
        to("[{to: trust}]", "[{to: governing-body}]"),
        to(SHARED, ""),
    )
    record = gather(report.case.register, DAY, publication=False)
    assert "governing-body" in str(record) or "Governing bodies" in str(record)


@pytest.mark.parametrize("whom", ["local-authority", "it-supplier", "parent"])
def test_anybody_else_is_a_recipient_to_tell_of(school: Register, whom: str) -> None:
    report = school(to("[{to: trust}]", f"[{{to: trust}}, {{to: {whom}}}]"))
    assert "recipient-omitted" in gaps(report)


def test_what_ourselves_pass_on_is_looked_at(school: Register) -> None:
    report = school(
        to("[{to: trust}]", "[{to: trust}, {to: member-of-staff, onward: [{to: local-authority}]}]")
    )
    assert "onward-omitted" in rules(report)


def test_a_promise_about_anyone_is_not_about_ourselves(school: Register) -> None:
    named = to(
        "[{to: trust}]", "[{to: trust, data: name}, {to: member-of-staff, data: attendance}]"
    )
    of_name = SHARED.replace("name and attendance", "name").replace("[name, attendance]", "name")
    narrower = to(SHARED, of_name)
    words = "We never give your attendance to anyone"
    promise = says(words, "never: discloses\n    to: anyone\n    data: attendance")
    assert "promise-broken" not in rules(school(named, narrower, promise))


def test_a_promise_that_names_ourselves_binds_ourselves(school: Register) -> None:
    named = to("[{to: trust}]", "[{to: trust}, {to: member-of-staff}]")
    words = "We never give your attendance to members of our staff"
    promise = says(words, "never: discloses\n    to: member-of-staff\n    data: attendance")
    assert "promise-broken" in rules(school(named, promise))


# -- transfers -------------------------------------------------------------------------------------

ABROAD = to("name: Own server", "name: Own server\nlocation: IE")


def test_a_server_of_our_own_abroad_is_no_restricted_transfer(school: Register) -> None:
    report = school(ABROAD)
    assert not gaps(report)
    assert "transfer-without-safeguard" not in rules(report)


def test_a_server_abroad_that_somebody_runs_is_one(school: Register) -> None:
    report = school(
        to("name: Own server", "name: Own server\nlocation: IN\noperator: cloud-host"),
    )
    assert {"transfer-without-safeguard", "transfer-omitted"} <= rules(report)


def test_a_server_of_our_own_abroad_breaks_a_promise_that_nothing_goes_there(
    school: Register,
) -> None:
    words = "We never transfer your name outside the UK"
    promise = says(words, "never: transfers\n    countries: abroad\n    data: name")
    assert rules(school(ABROAD, promise)) & {"promise-broken", "promise-ambiguous"}


def trust_in(country: str, told: str, words: str) -> tuple[Change, ...]:
    return (
        to(
            "name: Sample Trust\n", f"name: Sample Trust\ncountry: {country}\nsafeguard: adequacy\n"
        ),
        says(
            f"Sample Trust is in {words}, under an adequacy decision",
            f"transfers: {{to: trust, countries: {told}, safeguard: adequacy}}",
        ),
    )


@pytest.mark.parametrize(
    ("country", "told", "words"),
    [
        ("FR", "eea", "the European Economic Area"),
        ("FR", "eu", "the European Union"),
        ("NO", "eea", "the European Economic Area"),
    ],
)
def test_the_union_and_the_economic_area_are_one_step(
    school: Register, country: str, told: str, words: str
) -> None:
    report = school(*trust_in(country, told, words))
    judgement = on(report, "teach/disclose/trust", Facet.TRANSFER)
    assert judgement is not None
    assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "by category")


@pytest.mark.parametrize(
    ("country", "told", "words", "verdict"),
    [
        ("FR", "abroad", "other countries", Verdict.VAGUE),
        ("NO", "eu", "the European Union", Verdict.OMITTED),
        ("JP", "eea", "the European Economic Area", Verdict.OMITTED),
    ],
)
def test_other_words_for_a_country_do_not_tell_it(
    school: Register, country: str, told: str, words: str, verdict: Verdict
) -> None:
    judgement = on(school(*trust_in(country, told, words)), "teach/disclose/trust", Facet.TRANSFER)
    assert judgement is not None
    assert judgement.verdict is min(verdict, judgement.verdict)
    assert judgement.verdict is not Verdict.CLEAR


# -- categories of recipients ----------------------------------------------------------------------


def hosted(told: str, words: str) -> tuple[Change, ...]:
    return (
        to("[{to: trust}]", "[{to: trust}, {to: case-system-host}]"),
        says(
            f"We pass your name and attendance to {words} for teaching",
            f"discloses: {{to: {told}, purposes: education-provision, data: [name, attendance]}}",
        ),
    )


def test_whoever_acts_on_our_behalf_may_be_told_of_as_service_providers(school: Register) -> None:
    judgement = on(
        school(*hosted("processor", "service providers")),
        "teach/disclose/case-system-host",
        Facet.RECIPIENT,
    )
    assert judgement is not None
    assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "by category")


@pytest.mark.parametrize(
    ("told", "words", "verdict"),
    [
        ("third-party", "third parties", Verdict.OMITTED),
        ("anyone", "anyone", Verdict.VAGUE),
        ("print-and-mail-firm", "printers", Verdict.OMITTED),
    ],
)
def test_wider_words_do_not_tell_of_a_processor(
    school: Register, told: str, words: str, verdict: Verdict
) -> None:
    judgement = on(school(*hosted(told, words)), "teach/disclose/case-system-host", Facet.RECIPIENT)
    assert judgement is not None
    assert judgement.verdict is verdict


def test_a_controller_is_no_service_provider(school: Register) -> None:
    report = school(
        to("to: trust, purposes", "to: processor, purposes"),
        to("to Sample Trust so", "to service providers so"),
    )
    judgement = on(report, "teach/disclose/trust", Facet.RECIPIENT)
    assert judgement is not None
    assert judgement.verdict is Verdict.OMITTED


# -- periods ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("P92D", "P3M"),
        ("P31D", "P1M"),
        ("P366D", "P1Y"),
        ("P1Y", "P365D"),
        ("P1M", "P30D"),
        ("P12M", "P1Y"),
        ("P13W", "P3M"),
        ("P3653D", "P10Y"),
    ],
)
def test_days_are_held_against_months_by_the_calendar(kept: str, told: str) -> None:
    assert not longer_than(kept, told)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("P93D", "P3M"),
        ("P32D", "P1M"),
        ("P367D", "P1Y"),
        ("P1Y", "P364D"),
        ("P3M", "P90D"),
        ("P1M", "P4W"),
        ("P2Y", "P1Y"),
        ("P100D", "P3M"),
        ("PT73H", "P3D"),
    ],
)
def test_what_is_longer_by_the_calendar_is_longer(kept: str, told: str) -> None:
    assert longer_than(kept, told)


@pytest.mark.parametrize(
    ("kept", "verdict"), [("P92D", Verdict.CLEAR), ("P93D", Verdict.CONTRADICTED)]
)
def test_july_to_september_are_three_months(school: Register, kept: str, verdict: Verdict) -> None:
    report = school(
        to("retention: {period: P6Y", f"retention: {{period: {kept}"),
        to("for six years", "for three months"),
        to("keeps: {period: P6Y", "keeps: {period: P3M"),
    )
    judgement = on(report, "teach/keep/own", Facet.RETENTION)
    assert judgement is not None
    assert judgement.verdict is verdict


# -- the condition for special category data -------------------------------------------------------

HEALTH = (
    to("data: [name, attendance]\npurposes", "data: [name, attendance, health]\npurposes"),
    to(LAW, 'basis: {article_6: e, article_9: g, schedule_1: "6", law: Education Act 1996 s.13}'),
)


def condition(data: str, words: str, letter: str = "g") -> Change:
    return says(
        f"For {words} we rely on Article 9(2)({letter}) of the UK GDPR",
        f"uses: {{data: {data}, basis: {{article_9: {letter}}}}}",
    )


def test_a_condition_may_stand_in_a_sentence_of_its_own(school: Register) -> None:
    report = school(*HEALTH, condition("health", "information about health"))
    assert "special-category-condition-untold" not in rules(report)


@pytest.mark.parametrize(
    "told",
    [
        lambda r: r,
        condition("religion", "your religion"),
        condition("health", "information about health", "h"),
    ],
)
def test_a_condition_of_other_data_or_another_one_does_not_tell_it(
    school: Register, told: Change
) -> None:
    assert "special-category-condition-untold" in rules(school(*HEALTH, told))


# -- exceptions from telling people ----------------------------------------------------------------

FROM_OTHERS = to("sources: data-subject", "sources: local-authority")


def exception(provision: str, more: str = "") -> Change:
    claim = (
        f'exemption: {{provision: "{provision}", reason: the council holds it in secrecy{more}}}'
    )
    return to("owner: Head", f"owner: Head\n{claim}")


PROTECTED = ", safeguards: the council's notice names us"


@pytest.mark.parametrize(
    ("provision", "more"),
    [
        ("14(5)(c)", PROTECTED),
        ("14(5)(d)", ""),
        ("UK GDPR Article 14(5)(a)", ""),
        ("Schedule 2, paragraph 2", ""),
        ("DPA 2018 Sch 3 para 11", ""),
    ],
)
def test_an_exception_that_holds_answers_for_what_is_not_told(
    school: Register, provision: str, more: str
) -> None:
    report = school(FROM_OTHERS, exception(provision, more))
    assert not gaps(report)
    assert [f.id for f in report.exempted] == [
        "source-omitted@teach/collect/local-authority@source"
    ]
    assert report.case.coverage.by_id["teach/collect/local-authority"].verdict is Verdict.OMITTED


@pytest.mark.parametrize(
    ("provision", "more"),
    [
        ("14(5)(b)", PROTECTED),  # no law any more
        ("14(5)(c)", ""),  # nothing protects people
        ("13(4)", ""),  # about data from the people
        ("13(5)", PROTECTED),
        ("Schedule 2", ""),  # which paragraph?
        ("Schedule 2, paragraph 16", ""),  # about access alone
        ("Schedule 4, paragraph 2", ""),
    ],
)
def test_an_exception_that_does_not_hold_answers_for_nothing(
    school: Register, provision: str, more: str
) -> None:
    report = school(FROM_OTHERS, exception(provision, more))
    assert "source-omitted" in gaps(report)
    assert not report.exempted


def test_an_exception_without_a_reason_answers_for_nothing(school: Register) -> None:
    report = school(
        FROM_OTHERS, to("owner: Head", "owner: Head\nexemption: {provision: 14(5)(d), reason: TBC}")
    )
    assert {"source-omitted", "exemption-unfounded"} <= rules(report)


def test_an_exception_answers_neither_for_what_is_wrong_nor_for_a_promise(school: Register) -> None:
    words = "We never pass your name and attendance to anyone"
    report = school(
        FROM_OTHERS,
        exception("14(5)(d)"),
        to("keeps: {period: P6Y", "keeps: {period: P1Y"),
        to("for six years", "for one year"),
        to(SHARED, ""),
        to(
            "statements:\n",
            f"statements:\n  - quote: {words}\n    never: discloses\n    to: anyone\n",
        ),
    )
    assert {"retention-contradicted", "promise-broken"} <= rules(report)
    assert "recipient-omitted" not in rules(report)


def test_an_exception_for_data_of_others_says_nothing_of_what_people_gave(school: Register) -> None:
    report = school(
        to(
            "sources: data-subject",
            "sources: [data-subject, {from: local-authority, data: attendance}]",
        ),
        exception("14(5)(d)"),
        to(SHARED, ""),
    )
    assert "recipient-omitted" in gaps(report)
    assert "source-omitted" not in gaps(report)


@pytest.mark.parametrize("format_", ["text", "json", "markdown", "junit", "github", "html"])
def test_every_format_names_what_an_exception_answers_for(school: Register, format_: str) -> None:
    import ropa

    report = school(FROM_OTHERS, exception("14(5)(d)"))
    said = ropa.render(report, format_)
    assert "14(5)(d)" in said if isinstance(said, str) else b"14(5)(d)" in said


def test_a_sign_off_lists_what_an_exception_answers_for(school: Register) -> None:
    from ropa.sign_off import Signature, sign_off

    report = school(FROM_OTHERS, exception("14(5)(d)"))
    signed = sign_off(report, "pupils", Signature("J. Smith", "Head", DAY, "items follow"))
    assert '"exception 14(5)(d): the council holds it in secrecy"' in signed.text


# -- drafts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criteria", "wording"),
    [
        (
            "end of pupil's time at school",
            "How long we keep your name and attendance depends on this: end of pupil's time at school.",
        ),
        (
            "until you leave the school",
            "We keep your name and attendance until you leave the school.",
        ),
        ("permanently", "We keep your name and attendance permanently."),
        (
            "no set period",
            "How long we keep your name and attendance depends on this: no set period.",
        ),
        (
            "No longer than we need it.",
            "We keep your name and attendance no longer than we need it.",
        ),
    ],
)
def test_a_draft_of_criteria_reads_as_a_sentence(
    school: Register, criteria: str, wording: str
) -> None:
    from ropa.drafting.mending import repair

    report = school(
        to(
            "{period: P6Y, trigger: end-of-year, law: School schedule line 1}",
            f'{{criteria: "{criteria}"}}',
        ),
        to(KEPT, ""),
    )
    drafts = [s.wording for s in repair(report.case.coverage).sentences]
    assert [d for d in drafts if "keep" in d] == [wording]
