"""The messages of findings, as a reader meets them: how long they are, over registers of several kinds."""

from pathlib import Path

from conftest import ROOT, TODAY, write_register
from generate import generate
from library import UNDECIDED
from ropa.engine import check
from ropa.judging.coverage import Settings

LONGEST = 45
"""Words of one message, the sentence among them that it quotes."""


def test_no_message_of_five_registers_is_too_long_to_be_read_in_one_go(tmp_path: Path) -> None:
    generate(24, tmp_path / "untied")
    notice = tmp_path / "untied" / "everybody.yaml"
    notice.write_text("  - ".join(notice.read_text("utf-8").split("  - ")[:4]), "utf-8")
    (tmp_path / "small").mkdir()
    write_register(tmp_path / "small", UNDECIDED)
    registers = (
        ROOT / "registry",
        ROOT / "tests" / "upgrading" / "registry-0.1",
        ROOT / "tests" / "hostile" / "found",
        tmp_path / "untied",
        tmp_path / "small",
    )
    said = {f.problem.message for r in registers for f in check(r, Settings(TODAY)).findings}
    assert len(said) >= 150
    assert [message for message in said if len(message.split()) > LONGEST] == []
