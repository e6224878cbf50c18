"""The other half of the self-test: quoted sentences are altered, and a statement has to notice."""

from typing import Any

import pytest

from command import Project
from conftest import Check
from library import CLEAN
from ropa.documents.document import SourceFile
from ropa.judging.altered_texts import AlteredTexts, altered_texts
from ropa.reading.alterations import Altering, alterations
from ropa.reading.memo import Readings
from ropa.reading.names import Names
from ropa.register.model import Claim, Statement
from ropa.seen.formats import notice_of_text

SECOND = "---\nkind: party\nid: binder\nname: Bound Books Ltd\ntype: controller\nagreement: C-2\n"
TWO_FIRMS = CLEAN.replace("---\nkind: system", SECOND + "---\nkind: system", 1)
SILENT = CLEAN.replace("keeps: {period: P1Y, trigger: end-of-contract}", "keeps: {data: name}")
"""No statement says for how long, though the text does."""


def made(text: str, claim: Claim = Claim.DISCLOSES) -> dict[Altering, str]:
    """What the last sentence of a text is altered to, with its lead-in where that is altered."""
    (*_, reading) = Readings(notice_of_text(SourceFile("notice.md", text)), Names(()))
    said = reading.sentence
    return {
        one.how: one.sentence.text
        if one.sentence.lead == said.lead
        else f"{one.sentence.lead} {said.text}"
        for one in alterations(reading, (claim,), {})
    }


@pytest.mark.parametrize(
    ("said", "denied", "past"),
    [
        ("We pass it to the school.", "We do not pass it to the school.", "We used to pass it to the school."),
        ("We also pass it on.", "We also do not pass it on.", "We also used to pass it on."),
        ("We will pass it on.", "We will not pass it on.", "We used to pass it on."),
        ("We can pass it on.", "We cannot pass it on.", "We used to pass it on."),
        ("Your name is passed on.", "Your name is not passed on.", "Your name used to be passed on."),
        ("Your name may be shared.", "Your name may not be shared.", "Your name used to be shared."),
        ("The council passes it on.", "The council does not pass it on.", "The council used to pass it on."),
        ("We pass on:\n\n- names", "We do not pass on: names", "We used to pass on: names"),
    ],
)  # fmt: skip
def test_a_deed_is_denied_and_put_into_the_past_as_somebody_would_write_it(
    said: str, denied: str, past: str
) -> None:
    assert made(said) == {Altering.DENIED: denied, Altering.PAST: past}


@pytest.mark.parametrize(
    "said",
    [
        "# We pass it on",
        "Do we pass it on?",
        "We do not pass it on.",
        "We used to pass it on.",
        "You can pass it on.",
        "The name that we pass on.",
        "Your name.",
    ],
)
def test_what_is_no_plain_deed_of_ours_is_left_alone(said: str) -> None:
    assert made(said) == {}


@pytest.mark.parametrize(
    ("said", "altered"),
    [
        ("We keep it for one year.", "We keep it for five years."),
        ("We keep it for 6 years.", "We keep it for 10 years."),
        ("We keep it until your 25th birthday.", "We keep it until your 35th birthday."),
        ("We rely on Article 6(1)(e).", "We rely on Article 6(1)(b)."),
        ("Our basis is a contract (Article 6(1)(b)).", "Our basis is a contract (Article 6(1)(e))."),
    ],
)  # fmt: skip
def test_a_number_becomes_another(said: str, altered: str) -> None:
    assert made(said, Claim.KEEPS)[Altering.NUMBER] == altered


def test_the_deed_that_a_statement_speaks_of_is_altered_before_others() -> None:
    said = "We keep your name; we pass it to the school."
    assert made(said, Claim.KEEPS)[Altering.DENIED].startswith("We do not keep")
    assert made(said)[Altering.DENIED].endswith("we do not pass it to the school.")


# -- what notices ----------------------------------------------------------------------------------


def altered(check_text: Check, register: str) -> AlteredTexts:
    return altered_texts(check_text(register).case.coverage)


def outcome(tested: AlteredTexts) -> dict[tuple[Altering, str], bool]:
    return {(trial.how, trial.marked): trial.noticed for trial in tested.trials}


def test_what_a_statement_would_be_void_by_is_noticed(check_text: Check) -> None:
    found = outcome(altered(check_text, TWO_FIRMS))
    assert found[Altering.DENIED, "We [do not] pass them to Fairly Collected Ltd."]
    assert found[Altering.PAST, "We [used to] pass them to Fairly Collected Ltd."]
    assert found[Altering.PARTY, "We pass them to [Bound Books] Ltd."]
    assert found[Altering.NUMBER, "We keep them for [five years] after your contract ends."]


def test_another_article_in_the_brackets_behind_a_basis_in_words_is_noticed(
    check_text: Check,
) -> None:
    trials = [t for t in altered(check_text, CLEAN).trials if "(Article 6(1)(e))" in t.after]
    assert [(trial.how, trial.noticed) for trial in trials] == [(Altering.NUMBER, True)]


def test_a_number_that_no_statement_states_is_noticed_by_nothing_and_named(
    check_text: Check,
) -> None:
    tested = altered(check_text, SILENT)
    unnoticed = [(t.how, t.marked, [s.id for s in t.statements]) for t in tested.unnoticed]
    assert (
        Altering.NUMBER,
        "We keep them for [five years] after your contract ends.",
        ["library-users#2"],
    ) in unnoticed


def test_one_alteration_of_a_sentence_counts_once_however_many_statements_quote_it(
    check_text: Check,
) -> None:
    twice = (
        CLEAN
        + "  - quote: pass them to Fairly Collected Ltd\n    discloses: {to: collector, data: name}\n"
    )
    trials = [t for t in altered(check_text, twice).trials if "Fairly" in t.before]
    assert [trial.how for trial in trials] == [Altering.DENIED, Altering.PAST]
    assert all(len(trial.statements) == 2 for trial in trials)


def test_a_statement_that_is_void_as_it_is_shows_nothing(check_text: Check) -> None:
    void = CLEAN.replace("quote: We pass them to", "quote: We never pass them to")
    quoted: set[Statement] = {s for t in altered(check_text, void).trials for s in t.statements}
    assert "library-users#3" not in {statement.id for statement in quoted}


def test_counts_by_kind_add_up(check_text: Check) -> None:
    tested = altered(check_text, TWO_FIRMS)
    noticed, made = (sum(pair[n] for pair in tested.kinds.values()) for n in (0, 1))
    assert (noticed, made) == (tested.noticed, len(tested.trials))
    assert len(tested.unnoticed) == made - noticed
    assert AlteredTexts().rate == 0


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def project(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(CLEAN)
    return project


def test_the_command_says_how_many_alterations_were_noticed_and_which_were_not(
    project: Project,
) -> None:
    project.register(SILENT)
    said = project.ropa("self-test").out
    assert "alterations of quoted sentences were noticed (" in said
    assert "library-users#2, another number: “We keep them for [five years]" in said


def test_each_half_of_the_self_test_has_its_own_bar(project: Project) -> None:
    project.register(SILENT)
    project.write("registry/ropa.toml", 'untied = "omitted"\n')
    assert project.ropa("self-test").code == 0
    assert project.ropa("self-test", "--at-least-texts", "20").code == 0
    assert project.ropa("self-test", "--at-least-texts", "100").code == 1
    assert project.ropa("self-test", "--at-least", "100").code == 1
    assert project.ropa("self-test", "--at-least", "50").code == 0
