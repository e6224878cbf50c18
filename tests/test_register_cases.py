"""Registers as people keep them, one fault or one lawful oddity each: what must be found of them, and what must not."""

import shutil
from pathlib import Path

import pytest

from conftest import TODAY, case_of
from ropa.engine import check
from ropa.front import export
from ropa.judging.coverage import Settings
from ropa.report import Report

FOUND: dict[str, set[str]] = {
    "absolute-promise-and-a-named-firm": {"promise-ambiguous@enquiries/disclose/mailer@promise"},
    "kept-for-ever-told-one-year": {"retention-contradicted@enquiries/keep@retention"},
    "kept-longer-in-some-cases": {"retention-partial@enquiries/keep@retention"},
    "one-broken-activity": {"not-yaml@register.yaml@indentation"},
    "outside-the-european-economic-area": {"promise-broken@enquiries/disclose/mailer@promise"},
    "period-other-than-the-quote-says": {"gainsaid-by-its-words@notice/residents#1@quote"},
    "record-with-an-entry-that-cannot-be-read": {
        "wrong-shape@register.yaml#3@basis/article_6",
        "purpose-omitted@newsletter/use/customer-contact@purpose",  # what can be judged of it is
    },
    "statement-denied-by-its-quote": {
        "gainsaid-by-its-words@notice/residents#1@quote",
        "recipient-omitted@enquiries/disclose/mailer@recipient",
    },
    "text-after-a-number-sign": {"words-after-a-number-sign@register.yaml@line 11"},
    "two-bases-one-activity": {
        "basis-omitted@enquiries/collect/data-subject@basis",
        "basis-omitted@enquiries/collect/data-subject~2@basis",
    },
    "two-parties-one-name": {
        "duplicate-id@party/host-b@sample host",
        "not-decidable@enquiries/disclose/host-b@recipient",
    },
}
"""What has to be found, by the id of the finding."""
NOT_FOUND: dict[str, set[str]] = {
    "advice-for-an-unknown-word": {"unknown-name"},
    "copy-given-to-the-person": {"recipient-omitted"},
    "everyday-words-for-data": {"unknown-name"},
    "kept-for-ever-told-one-year": {"retention-omitted", "not-decidable"},
    "one-broken-activity": {"nothing-to-check", "wrong-shape"},
    "outside-the-european-economic-area": {"unknown-name"},
    "own-system-abroad": {"transfer-without-safeguard"},
    "two-bases-one-activity": {"wrong-shape"},
}
"""Rules that have nothing to say of a case."""


def checked(register: Path) -> Report:
    return check(register, Settings(TODAY))


@pytest.mark.parametrize("name", sorted({*FOUND, *NOT_FOUND}))
def test_a_case_of_a_register_is_judged_as_it_says(name: str) -> None:
    findings = checked(case_of(name)).findings
    assert FOUND.get(name, set()) <= {finding.id for finding in findings}
    assert not NOT_FOUND.get(name, set()) & {finding.rule.id for finding in findings}


def test_what_order_two_parties_of_one_name_stand_in_decides_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(case_of("two-parties-one-name"), folder)
    before = checked(folder)
    file = folder / "register.yaml"
    first, *rest = file.read_text("utf-8").split("\n---\n")
    file.write_text("\n---\n".join([first, *reversed(rest)]), "utf-8")
    after = checked(folder)
    verdicts = [{t.flow.id: t.verdict for t in r.case.coverage.flows} for r in (before, after)]
    assert verdicts[0] == verdicts[1]


@pytest.mark.parametrize("form", ["record-md", "record-html", "record-csv", "diagram-svg"])
def test_what_is_made_of_a_register_says_in_itself_what_was_not_read(form: str) -> None:
    report = checked(case_of("record-with-an-entry-that-cannot-be-read"))
    made = export(report, form)
    text = made if isinstance(made, str) else made.decode("utf-8")
    assert "article_6" in text or "register.yaml" in text


def test_two_languages_of_one_notice_have_each_to_tell_it(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(case_of("two-languages-one-audience"), folder)
    file = folder / "register.yaml"
    told = "recipient-omitted"
    assert told not in {
        f.rule.id for f in checked(folder).findings
    }  # nothing says that they are one
    welsh = "id: preswylwyr\n"
    text = file.read_text("utf-8")
    assert welsh in text
    file.write_text(text.replace(welsh, f"{welsh}language: cy\nsame_as: residents\n"), "utf-8")
    findings = checked(folder).findings
    # a text of one sentence is in the language that it is said to be in, where nothing in it says otherwise
    assert not {"language-not-declared", "words-say-none-of-it"} & {f.rule.id for f in findings}
    found = [f for f in findings if f.problem.facet == "recipient"]
    assert [f.problem.where for f in found] == ["enquiries/disclose/mailer"]
