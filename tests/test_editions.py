"""Which notices count for whom: versions at one address, layers that nothing leads to, and languages."""

from pathlib import Path

import pytest

from ropa.findings import Severity
from ropa.judging.verdict import Verdict
from ropa.register.addresses import address
from ropa.register.vocabulary import Facet
from said_and_done import NOTICE, QUOTES, STATEMENTS, TRUST, School

ERROR = Severity.ERROR
TO_TRUST = "teach/disclose/trust"
WITHOUT_TRUST = STATEMENTS.replace(
    f"""  - quote: {TRUST}
    discloses: {{to: trust, purposes: education-provision, data: [name, attendance]}}
""",
    "",
)


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def second(school: School, **changed: str) -> School:
    """A second version of the notice, which leaves out who gets data."""
    new = NOTICE.replace("id: pupils", "id: pupils-v2").replace("Pupil notice", "Second notice")
    new = new.replace('version: "1"', 'version: "2"').replace("2026-09-01", "2026-11-01")
    new = new.replace("text: pupils.md", "text: pupils-v2.md")
    for key, value in changed.items():
        begun = new.index(f"\n{key}: ") + 1
        new = new[:begun] + f"{key}: {value}" + new[new.index("\n", begun) :]
    school.files["pupils-v2.yaml"] = new + WITHOUT_TRUST
    school.files["pupils-v2.md"] = QUOTES.replace(TRUST, "")
    return school


# -- two versions at one address -------------------------------------------------------------------


def test_of_two_versions_at_one_address_the_later_one_counts(school: School) -> None:
    second(school)
    assert school.found()["two-notices-at-one-address"] is ERROR
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is not Verdict.CLEAR


@pytest.mark.parametrize(
    "url",
    [
        "https://sample.example/privacy/",
        "http://www.sample.example/privacy",
        "https://SAMPLE.example/privacy",
    ],
)
def test_an_address_is_the_same_however_it_is_written(school: School, url: str) -> None:
    second(school, url=url)
    assert "two-notices-at-one-address" in school.found()


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "https://sample.example/privacy#clubs"},
        {"url": "https://sample.example/clubs"},
        {"audience": "parent"},
        {"in_force": "{from: 2027-01-01}"},
    ],
)
def test_what_differs_in_address_people_or_time_is_no_second_version(
    school: School, changed: dict[str, str]
) -> None:
    school.instead("in_force: {from: 2026-09-01}", "in_force: {from: 2026-09-01, to: 2026-12-31}")
    second(school, **changed)
    assert "two-notices-at-one-address" not in school.found()
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.CLEAR


def test_a_version_that_has_ended_is_replaced(school: School) -> None:
    school.instead("in_force: {from: 2026-09-01}", "in_force: {from: 2026-09-01, to: 2026-10-31}")
    second(school)
    assert "two-notices-at-one-address" not in school.found()


def test_a_notice_and_the_one_it_sends_its_readers_to_may_share_a_page(school: School) -> None:
    second(school)
    school.files["pupils-v2.yaml"] += "layers: pupils\n"
    school.files["pupils-v2.md"] += "\n\nThe “Pupil notice” says more.\n"
    assert "two-notices-at-one-address" not in school.found()
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.CLEAR


def test_of_two_that_began_on_one_day_the_higher_version_counts(school: School) -> None:
    second(school, in_force="{from: 2026-09-01}", version='"10"')
    school.instead('version: "1"', 'version: "9"')
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is not Verdict.CLEAR


def test_addresses_differ_by_their_fragment_and_their_query() -> None:
    base = "https://sample.example/privacy"
    assert len({address(base + more) for more in ("", "/", "#a", "#b", "?p=1")}) == 4


# -- layers ----------------------------------------------------------------------------------------


def fronted(school: School, text: str, url: str = "https://sample.example/pupils") -> School:
    """Pupils get a short notice that is to send them to the long one, which is for their parents."""
    school.instead("audience: pupil", "audience: parent")
    school.files["front.yaml"] = (
        "kind: notice\nid: front\nname: Hello pupils\naudience: pupil\n"
        f"url: {url}\ntext: front.md\nlayers: pupils\nstatements: []\n"
    )
    school.files["front.md"] = text
    return school


def test_a_layer_that_nothing_leads_to_does_not_count(school: School) -> None:
    fronted(school, "Hello pupils. Nothing to see here.")
    assert school.found()["layer-not-linked"] is ERROR
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.OMITTED


@pytest.mark.parametrize(
    "text",
    [
        "Read more [here](https://sample.example/privacy).",
        "Read more [here](/privacy/).",
        "Read more [here](privacy).",
        "Read more [here](pupils.md).",
        "Read more at <https://sample.example/privacy>.",
        "Read more at sample.example/privacy.",
        "Read more in our Pupil Notice.",
        "Read more in the *pupil notice*.",
        'Read more <a href="https://sample.example/privacy">here</a>.',
    ],
)
def test_a_link_or_a_name_leads_to_a_layer(school: School, text: str) -> None:
    fronted(school, f"Hello pupils. {text}")
    assert "layer-not-linked" not in school.found()
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "Read more [here](https://sample.example/privacy#other).",
        "Read more [here](https://other.example/privacy).",
        "Read more at sample.example/privacy-for-staff.",
        "Read more ~~[here](https://sample.example/privacy)~~.",
        "![Pupil notice](https://sample.example/privacy)",
        "<!-- [here](https://sample.example/privacy) -->",
        '<p hidden>The <a href="https://sample.example/privacy">Pupil notice</a></p>',
        "There is a notice for each pupil.",
    ],
)
def test_what_leads_elsewhere_or_is_not_seen_leads_to_no_layer(school: School, text: str) -> None:
    fronted(school, f"Hello pupils. {text}")
    assert "layer-not-linked" in school.found()


def test_a_layer_on_the_same_page_is_reached_by_its_fragment(school: School) -> None:
    school.instead("url: https://sample.example/privacy", "url: https://sample.example/pupils#more")
    fronted(school, "Hello pupils. Read [more](#more).")
    assert "layer-not-linked" not in school.found()


def test_a_link_in_the_text_of_a_page_counts_and_one_in_its_menu_does_not(school: School) -> None:
    fronted(school, "")
    link = '<a href="/privacy">Read more</a>'
    school.files["front.yaml"] = school.files["front.yaml"].replace("front.md", "front.html")
    school.files["front.html"] = f"<main><p>Hello pupils. {link}.</p></main>"
    assert "layer-not-linked" not in school.found()
    school.files["front.html"] = f"<nav>{link}</nav><main><p>Hello pupils, and welcome.</p></main>"
    assert "layer-not-linked" in school.found()


# -- versions in other languages -------------------------------------------------------------------

WELSH = """Sample School, 1 Medi 2026. Mae'r dudalen hon ar gyfer disgyblion.

Rydym yn defnyddio eich enw a'ch presenoldeb i'ch dysgu chi o dan Erthygl 6(1)(e).

Rydym yn cadw eich cofnodion am chwe blynedd ar ôl diwedd y flwyddyn ysgol.
"""
IN_WELSH = """kind: notice
id: disgyblion
name: Hysbysiad i ddisgyblion
audience: pupil
url: https://sample.example/cy/preifatrwydd
language: cy
same_as: pupils
in_force: {from: 2026-09-01}
text: disgyblion.md
statements:
  - quote: Rydym yn defnyddio eich enw a'ch presenoldeb i'ch dysgu chi o dan Erthygl 6(1)(e)
    uses: {data: [name, attendance], purposes: education-provision, basis: {article_6: e}}
  - quote: Rydym yn cadw eich cofnodion am chwe blynedd ar ôl diwedd y flwyddyn ysgol
    keeps: {period: P6Y, trigger: end-of-year}
"""
PASSES_ON = "Rydym yn rhoi eich enw a'ch presenoldeb i Sample Trust"


def in_welsh(school: School, *, told: bool = False, same_as: str = "same_as: pupils\n") -> School:
    statement = f"  - quote: {PASSES_ON}\n    discloses: {{to: trust, data: [name, attendance]}}\n"
    document = IN_WELSH.replace("same_as: pupils\n", same_as)
    school.files["disgyblion.yaml"] = document + (statement if told else "")
    school.files["disgyblion.md"] = WELSH + (f"\n{PASSES_ON}.\n" if told else "")
    return school


def test_readers_of_each_language_have_to_be_told(school: School) -> None:
    judgement = in_welsh(school).on(TO_TRUST, Facet.RECIPIENT)
    assert (judgement.verdict, judgement.language) == (Verdict.OMITTED, "cy")


def test_the_finding_says_in_which_language_it_is_not_told(school: School) -> None:
    findings = in_welsh(school).checked().findings
    (found,) = (f.problem for f in findings if f.rule.id == "recipient-omitted")
    assert "pupils who read Welsh" in found.message
    assert "in Welsh tells pupils" in found.message


def test_what_both_versions_tell_is_told(school: School) -> None:
    judgement = in_welsh(school, told=True).on(TO_TRUST, Facet.RECIPIENT)
    assert (judgement.verdict, judgement.language) == (Verdict.CLEAR, "")
    assert {s.notice for s in judgement.told_by} == {"pupils", "disgyblion"}


def test_two_notices_that_are_no_versions_of_each_other_add_up(school: School) -> None:
    in_welsh(school, same_as="")
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.CLEAR


def test_a_notice_without_versions_is_read_by_everybody(school: School) -> None:
    in_welsh(school)
    school.files["more.yaml"] = (
        "kind: notice\nid: more\nname: More\naudience: pupil\ntext: more.md\nstatements:\n"
        f"  - quote: {TRUST}\n    discloses: {{to: trust}}\n"
    )
    school.files["more.md"] = TRUST
    assert school.on(TO_TRUST, Facet.RECIPIENT).verdict is Verdict.CLEAR


def test_items_have_to_be_told_in_each_language(school: School) -> None:
    items = in_welsh(school).checked().case.coverage.items
    told = {item.item: item for item in items}
    assert told["right-of-access"].verdict is Verdict.OMITTED
    assert told["right-of-access"].notice.id == "disgyblion"


def test_a_version_in_the_same_language_is_asked_about(school: School) -> None:
    in_welsh(school)
    school.files["disgyblion.yaml"] = school.files["disgyblion.yaml"].replace("language: cy\n", "")
    findings = school.checked().findings
    assert any(f.problem.facet == "same_as" for f in findings)


def test_a_version_of_a_notice_that_is_not_there_is_an_unknown_name(school: School) -> None:
    in_welsh(school, same_as="same_as: nobody\n")
    assert school.found()["unknown-name"] is ERROR


def test_the_self_test_knows_that_both_versions_tell(school: School) -> None:
    from ropa.judging.self_test import self_test

    found = self_test(in_welsh(school, told=True).checked().case.coverage)
    assert found.blind == ()
