"""Registers, settings, notices, Word, PDF, workbooks and revisions, altered at random: no command may crash or hang.

`python3 dev.py fuzz --minutes 10` goes on until the time is over. Each round has its seed, which is printed and starts
it again (`--seed`). The smallest input of each fault is kept in hostile/found/, and is a test from then on.
"""

import argparse
import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, given, seed, settings

from conftest import TODAY
from ropa.cli import outcome

HOSTILE = Path(__file__).parent / "hostile"
FOUND = HOSTILE / "found"
LONGEST = 20
"""Seconds of CPU that a command may take; one that waits for ten times as long hangs, too."""

SOUND = (HOSTILE / "sound" / "0-sound.yaml").read_bytes()
MARKDOWN = (HOSTILE / "sound" / "sound.md").read_bytes()
SETTINGS = b"""fail_on = "warning"
select = ["ALL"]
ignore = ["system-unused", "*-vague"]
mode = "specific"
linked = ["data", "recipient"]
max_hops = 1
baseline = "known.json"

[severity]
over-claim = "note"
"""
HTML = b"""<!doctype html><html lang="en"><head><title>Privacy</title><style>.x { display: none }</style></head><body>
<main><h1>Privacy</h1><p class="x">Hidden</p><ul><li>We keep <b>your name</b> to lend you books</li></ul>
<table><tr><th>What</th><td colspan="2">We keep it for two years</td></tr></table></main></body></html>"""
PDF = b"""%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Count 1/Kids[3 0 R]>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>
endobj
4 0 obj
<</Length 62>>stream
BT /F1 12 Tf 72 700 Td (We keep your name to lend you books) Tj ET
endstream
endobj
5 0 obj
<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>
endobj
trailer<</Size 6/Root 1 0 R>>
%%EOF"""
TOKENS = (
    *(b"---\n", b"\n", b"  ", b"\t", b":", b"- ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!str ", b"#", b"|", b">-"),
    *(b"'", b'"', b"\\", b"\x00", b"\xff", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\r", b"kind: waiver\n", b"id: x\n"),
    *(b"# ropa: accept recipient-omitted until 2027-01-31 (owner: A) because B", b"99999999999", b"-1", b"NO", b"~"),
    *(b"<", b">", b"</p>", b"<p hidden>", b"<!--", b"&#0;", b"<svg>", b"<template>", b"](x)", b"```\n", b"| a | b |\n"),
    *(b"w:val=", b"<w:p>", b"</w:p>", b'<w:gridSpan w:val="1000000"/>'),
    *(b"stream\n", b"endobj", b" 0 R", b"/Kids[2 0 R]"),
)  # fmt: skip

Alter = tuple[int, int, bytes]
ALTERED = st.lists(
    st.tuples(
        st.integers(0, 10_000), st.integers(0, 60), st.sampled_from(TOKENS) | st.binary(max_size=4)
    ),
    min_size=1,
    max_size=8,
)
"""Where something is altered, in ten thousandths of the whole, how much goes there, and what comes."""


def altered(content: bytes, changes: list[Alter]) -> bytes:
    for at, gone, new in changes:
        place = at * len(content) // 10_000
        content = content[:place] + new + content[place + gone :]
    return content


def docx(body: bytes) -> bytes:
    return _zipped(
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Override PartName="/word/document.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            b' Target="word/document.xml"/></Relationships>',
            "word/document.xml": body,
        }
    )  # fmt: skip


WORD = (
    b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>We keep your name to lend you books</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan "
    b'w:val="2"/></w:tcPr><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr>'
    b"<w:vanish/></w:rPr><w:t>Hidden</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


class Fault(AssertionError):
    """A command that crashed, took too long, or ended with a code that it has not."""


def ended(*arguments: str) -> int:
    """How a command ends, in this process. Raises `Fault`."""

    def too_long(*_: object) -> None:
        raise Fault(f"ropa {' '.join(arguments)} took more than {LONGEST} seconds")

    signals = {one: signal.signal(one, too_long) for one in (signal.SIGALRM, signal.SIGPROF)}
    argv = sys.argv
    signal.alarm(10 * LONGEST)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    said = io.StringIO()
    try:
        sys.argv = ["ropa", *arguments]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = outcome()
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for one, handler in signals.items():
            signal.signal(one, handler)
        sys.argv = argv
    if code not in (0, 1, 2) or "fault in ropa itself" in said.getvalue():
        raise Fault(f"ropa {' '.join(arguments)} ended with {code}: {said.getvalue()[-2000:]}")
    return code


def register(content: bytes, folder: Path) -> None:
    """A register, which is checked; what its other commands make of it is asked as well."""
    (folder / "register.yaml").write_bytes(content)
    (folder / "sound.md").write_bytes(MARKDOWN)
    day = f"--as-of={TODAY}"
    checked = ended("check", str(folder), "--no-config", day)
    if checked != 2:
        ended("record", str(folder), "--no-config", day)
        ended("self-test", str(folder), "--no-config", day)


def toml(content: bytes, folder: Path) -> None:
    """Settings beside a sound register."""
    shutil.copytree(HOSTILE / "sound", folder, dirs_exist_ok=True)
    (folder / "ropa.toml").write_bytes(content)
    ended("check", str(folder), f"--config={folder / 'ropa.toml'}", f"--as-of={TODAY}")


def notice(ending: str) -> Callable[[bytes, Path], None]:
    def inspect(content: bytes, folder: Path) -> None:
        path = folder / f"notice.{ending}"
        path.write_bytes(docx(content) if ending == "docx" else content)
        ended("notice", "inspect", str(path))

    return inspect


def revision(content: bytes, folder: Path) -> None:
    """A word that is to name a revision; none that names a folder of this machine, which would be read whole."""
    word = content.replace(b"\0", b"").decode("utf-8", "replace")
    if os.path.isdir(word):  # noqa: PTH112 - it may be a name that a path cannot have
        return
    shutil.copytree(HOSTILE / "sound", folder, dirs_exist_ok=True)
    ended("diff", "--no-config", "--", word, str(folder))
    ended("check", str(folder), "--no-config", f"--trust={word}")


def workbook(content: bytes, folder: Path) -> None:
    """A sheet of a workbook that is to be taken into a register."""
    parts = dict(_WORKBOOK)
    parts["xl/worksheets/sheet2.xml"] = content
    (folder / "record.xlsx").write_bytes(_zipped(parts))
    ended("import", str(folder / "record.xlsx"), str(folder / "registry"), "--no-config")


def _workbook_parts() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "record.xlsx"
        ended("record", str(HOSTILE / "sound"), "--no-config", "--format=xlsx", "-o", str(path))
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


_WORKBOOK = _workbook_parts()
TARGETS: Mapping[str, tuple[bytes, Callable[[bytes, Path], None]]] = {
    "register": (SOUND, register),
    "settings": (SETTINGS, toml),
    "markdown": (MARKDOWN, notice("md")),
    "html": (HTML, notice("html")),
    "text": (MARKDOWN, notice("txt")),
    "word": (WORD, notice("docx")),
    "pdf": (PDF, notice("pdf")),
    "workbook": (_WORKBOOK["xl/worksheets/sheet2.xml"], workbook),
    "revision": (b"HEAD~1:registry", revision),
}


def tried(target: str, content: bytes) -> None:
    """Let the commands at an input. Raises `Fault`."""
    with tempfile.TemporaryDirectory(prefix="ropa-fuzz-") as folder:
        TARGETS[target][1](content, Path(folder))


def round_of(target: str, number: int, examples: int) -> bytes | None:
    """A round with a seed: the smallest input at which something failed, or None."""
    failed: list[bytes] = []

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(ALTERED)
    def one(changes: list[Alter]) -> None:
        content = altered(TARGETS[target][0], changes)
        try:
            tried(target, content)
        except Fault:
            failed.append(content)
            raise

    try:
        one()
    except Fault as fault:
        print(f"{target}, seed {number}: {fault}")  # noqa: T201
        return failed[-1]
    return None


def main() -> int:
    """Rounds until the time is over; how many of them found a fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    end, number, faults = time.monotonic() + 60 * asked.minutes, asked.seed, 0
    while time.monotonic() < end:
        for target in TARGETS:
            found = round_of(target, number, examples=20)
            if found is not None:
                faults += 1
                FOUND.mkdir(exist_ok=True)
                (FOUND / f"{target}-{number}").write_bytes(found)
            if time.monotonic() > end:
                break
        number += 1
    rounds = number - asked.seed
    print(f"{rounds} rounds of {len(TARGETS)} kinds from seed {asked.seed} on, {faults} faults")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
