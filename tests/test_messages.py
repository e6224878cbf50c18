"""The messages of findings, as a reader meets them: how long they are, over registers of several kinds."""

from statistics import median

import pytest

from conftest import ROOT, TODAY, write_register
from generate import generate
from library import UNDECIDED
from ropa.engine import check
from ropa.judging.coverage import Settings

LONGEST = 45
"""Words of one message, the sentence among them that it quotes."""
MEDIAN = 20


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The messages of five registers: tied well, of an older release, broken, tied by half, and without texts."""
    folder = tmp_path_factory.mktemp("five")
    generate(24, folder / "untied")
    notice = folder / "untied" / "everybody.yaml"
    notice.write_text("  - ".join(notice.read_text("utf-8").split("  - ")[:4]), "utf-8")
    (folder / "small").mkdir()
    write_register(folder / "small", UNDECIDED)
    registers = (
        ROOT / "registry",
        ROOT / "tests" / "upgrading" / "registry-0.1",
        ROOT / "tests" / "hostile" / "found",
        folder / "untied",
        folder / "small",
    )
    return {f.problem.message for r in registers for f in check(r, Settings(TODAY)).findings}


def test_no_message_of_five_registers_is_too_long_to_be_read_in_one_go(said: set[str]) -> None:
    assert len(said) >= 150
    assert [message for message in said if len(message.split()) > LONGEST] == []


def test_half_of_the_messages_of_five_registers_have_at_most_twenty_words(said: set[str]) -> None:
    assert median(len(message.split()) for message in said) <= MEDIAN
