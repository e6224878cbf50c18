"""Registers that were judged wrongly once, each with what must be said of it and what must not."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import TODAY, case_of
from ropa.cli import main
from ropa.engine import check
from ropa.judging.judgement import Mode, Settings
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report

AS_OF = f"--as-of={TODAY}"
Case = Callable[[str], Path]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return lambda name: _copied(name, tmp_path)


def _copied(name: str, folder: Path) -> Path:
    """A copy of a case, so that nothing is written beside it."""
    return Path(shutil.copytree(case_of(name), folder / "register"))


def checked(register: Path, mode: Mode = Mode.SPECIFIC) -> Report:
    return check(register, Settings(TODAY, mode))


def said(report: Report, rule: str) -> list[str]:
    return [f.problem.message for f in report.findings if f.rule.id == rule]


@pytest.mark.parametrize("mode", Mode)
def test_a_promise_without_exception_and_a_named_firm_are_ambiguous_in_every_mode(
    case: Case, mode: Mode
) -> None:
    register = case("absolute-promise-and-a-named-firm")
    report = checked(register, mode)
    told = report.case.coverage.by_id["enquiries/disclose/mailer"]
    promise = told.on(Facet.PROMISE)
    assert promise is not None
    assert promise.verdict is Verdict.AMBIGUOUS
    (message,) = said(report, "promise-ambiguous")
    assert "never leave the council" in message
    assert "Sample Mailer Ltd" in message


def test_a_copy_for_the_person_is_no_disclosure_to_be_told_of(case: Case) -> None:
    register = case("copy-given-to-the-person")
    assert not said(checked(register), "recipient-omitted")


def test_a_system_of_ones_own_abroad_is_no_transfer_to_somebody_else(case: Case) -> None:
    register = case("own-system-abroad")
    report = checked(register)
    assert not said(report, "transfer-without-safeguard")
    assert not [f for f in report.findings if f.problem.facet == "transfer"]


def test_a_language_version_that_lacks_the_firm_is_found_once_it_is_said_to_be_one(
    case: Case,
) -> None:
    register = case("two-languages-one-audience")
    assert [m for m in said(checked(register), "language-not-declared") if "Hysbysiad" in m]
    written = register / "register.yaml"
    text = written.read_text("utf-8")
    welsh = "id: preswylwyr\n"
    written.write_text(text.replace(welsh, f"{welsh}language: cy\nsame_as: residents\n"), "utf-8")
    report = checked(register)
    assert not said(report, "words-say-none-of-it")
    assert any("Welsh" in message for message in said(report, "recipient-omitted"))


def test_two_parties_of_one_name_are_ambiguous_whichever_comes_first(case: Case) -> None:
    register = case("two-parties-one-name")
    written = register / "register.yaml"
    documents = written.read_text("utf-8").split("---\n")
    outcomes = []
    for order in (documents, [documents[0], *reversed(documents[1:])]):
        written.write_text("---\n".join(f"{d.rstrip()}\n" for d in order), "utf-8")
        report = checked(register)
        assert said(report, "duplicate-id")
        assert not said(report, "recipient-omitted")
        outcomes.append({told.flow.id: told.verdict for told in report.case.coverage.flows})
    assert outcomes[0] == outcomes[1]


def _artefacts(register: Path, folder: Path) -> Iterator[tuple[str, int, bytes]]:
    for format_ in ("md", "html", "pdf", "xlsx", "docx", "csv", "json", "jsonld"):
        made = folder / f"record.{format_}"
        asked = ["record", str(register), AS_OF, "--format", format_, "-o", str(made)]
        yield format_, CliRunner().invoke(main, asked).exit_code, _text_of(made)
    for format_ in ("svg", "mermaid", "dot", "d2"):
        ran = CliRunner().invoke(main, ["diagram", str(register), AS_OF, "--format", format_])
        yield format_, ran.exit_code, ran.stdout_bytes


def _text_of(made: Path) -> bytes:
    """What stands in an artefact: of an office file its parts, of a PDF its text."""
    if made.suffix == ".pdf":
        from pypdf import PdfReader

        return "\n".join(page.extract_text() for page in PdfReader(made).pages).encode()
    if made.suffix in (".xlsx", ".docx"):
        from zipfile import ZipFile

        with ZipFile(made) as whole:
            return b"".join(whole.read(name) for name in whole.namelist() if name.endswith(".xml"))
    return made.read_bytes()


def test_every_artefact_of_a_register_that_cannot_be_read_whole_says_so(
    case: Case, tmp_path: Path
) -> None:
    register = case("record-with-an-entry-that-cannot-be-read")
    for format_, code, made in _artefacts(register, tmp_path):
        assert code == 2, format_
        assert b"omplete" in made, format_
        assert b"register.yaml" in made or b"register#46;yaml" in made, format_
    for command in ("flows", "report"):
        asked = [command, str(register), AS_OF]
        asked += ["-o", str(tmp_path / "made")] if command == "report" else []
        assert CliRunner().invoke(main, asked).exit_code == 2, command
