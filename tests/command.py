"""A project folder with a register, and the command as it is installed, run inside it."""

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import TODAY, write_register
from library import GAP
from ropa.cli import outcome


class Ended(NamedTuple):
    """What a command printed where, and with which code it ended."""

    code: int
    out: str
    err: str


class Project:
    """A folder with the register in `registry`, to work in."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("NO_COLOR", "1")
        self.register(GAP)

    @classmethod
    def of_which_nothing_is_kept(
        cls, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> "Project":
        """A project in `folder`, beside caches of its own that are empty yet."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "caches"))
        (folder / "work").mkdir()
        return cls(folder / "work", monkeypatch, capsys)

    def register(self, text: str, where: str = "registry") -> None:
        """Put this register in the place of the one that is there."""
        (self.folder / where).mkdir(parents=True, exist_ok=True)
        write_register(self.folder / where, text)

    def write(self, path: str, text: str) -> None:
        """Write a file of the project, with just these line ends."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(text.encode())

    def read(self, path: str) -> str:
        """The text of a file of the project."""
        return (self.folder / path).read_text("utf-8")

    def ropa(self, *arguments: str, day: str = str(TODAY)) -> Ended:
        """Run the command as of a day."""
        self.monkeypatch.setattr(sys, "argv", ["ropa", *arguments, f"--as-of={day}"])
        self.capsys.readouterr()
        code = outcome()
        said = self.capsys.readouterr()
        return Ended(code, said.out, said.err)
