"""What is remembered of one flow is not said of another: the shortcuts of judging, each with two flows that differ."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.judging.coverage import Coverage, Judgement, Settings
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet

Judged = Callable[..., Coverage]


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    def run(*documents: str, **settings: object) -> Coverage:
        write_register(tmp_path, "\n---\n".join(document.strip() for document in documents) + "\n")
        how = Settings(**{"day": TODAY, **settings})  # type: ignore[arg-type]
        case = make_case(read_tree(tmp_path), how, tmp_path)
        assert not case.malformed
        return case.coverage

    return run


def activity(id_: str, data: str = "name", more: str = "") -> str:
    return f"""
kind: activity
id: {id_}
name: Activity {id_}
subjects: tenant
data: {data}
purposes: housing-services
sources: data-subject
basis: {{article_6: e, law: Housing Act 1996 s.1}}
{more}"""


def notice(*statements: str, text: str = "text: tenants.md", id_: str = "tenants") -> str:
    written = "\n".join(
        f"  - quote: We collect, use, keep and share it as sentence {n} says\n    {s}"
        for n, s in enumerate(statements)
    )
    return f"kind: notice\nid: {id_}\naudience: tenant\n{text}\nstatements:\n{written}"


def on(coverage: Coverage, flow: str, facet: Facet) -> Judgement:
    judgement = coverage.by_id[flow].on(facet)
    assert judgement is not None
    return judgement


TO_CHARITY = "disclosures: [{to: charity}]"
NO_TEXT = ""


def test_what_is_told_of_some_data_is_not_told_of_more(judged: Judged) -> None:
    says = notice("discloses: {to: charity, data: name}")
    activities = activity("a", "name", TO_CHARITY), activity("b", "[name, address]", TO_CHARITY)
    found = judged(*activities, says)
    assert on(found, "a/disclose/charity", Facet.RECIPIENT).verdict is Verdict.CLEAR
    assert on(found, "b/disclose/charity", Facet.RECIPIENT).verdict is Verdict.PARTIAL


def test_a_promise_about_some_data_is_not_broken_by_giving_other_data(judged: Judged) -> None:
    says = "never: discloses\n    to: anyone\n    data: address"
    for order in (("name", "address"), ("address", "name")):
        given = [activity(data, data, TO_CHARITY) for data in order]
        found = judged(*given, notice(says))
        assert on(found, "address/disclose/charity", Facet.PROMISE).verdict is Verdict.CONTRADICTED
        assert found.by_id["name/disclose/charity"].on(Facet.PROMISE) is None


def test_a_promise_about_anyone_holds_for_somebody_nobody_defined(judged: Judged) -> None:
    given = activity("a", more="disclosures: [{to: the-works}]")
    found = judged(given, notice("never: discloses\n    to: anyone"))
    assert on(found, "a/disclose/the-works", Facet.PROMISE).verdict is Verdict.CONTRADICTED


def test_a_statement_about_all_data_tells_the_purpose_of_data_nobody_defined(
    judged: Judged,
) -> None:
    found = judged(
        activity("a", "[name, the-thing]"),
        notice("uses: {purposes: housing-services, data: personal-data}"),
    )
    assert on(found, "a/use/housing-services", Facet.PURPOSE).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("to", "verdict"),
    [("gp-practice", Verdict.UNDECIDABLE), ("health-body", Verdict.OMITTED)],
)
def test_a_notice_that_cannot_be_read_leaves_open_only_what_it_may_tell_in_full(
    judged: Judged, to: str, verdict: Verdict
) -> None:
    given = activity("a", more=f"disclosures: [{{to: {to}}}]")
    found = judged(given, notice("discloses: gp-practice", text=NO_TEXT))
    assert on(found, f"a/disclose/{to}", Facet.RECIPIENT).verdict is verdict
