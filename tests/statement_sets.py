"""What real notices say, read by hand: each statement is true of the words at its place.

None of the notices' words stands here. A place is a line of the notice and the first and last column on it,
`13:1-42`, and the words are taken from the corpora when they are needed.

The sets that are `for: judging` are not opened, nor looked at one by one in a test's output, by whoever works on the
reading of sentences: they show what it makes of texts that it was not made on.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from conftest import ROOT
from ropa.seen.published import read_notice_file

HERE = Path(__file__).with_name("statements")
TEXT, REGISTER = "notice.md", "register.yaml"
BEFORE = 60
"""How many characters before a quote tell it from the same words elsewhere."""

_PLACE = re.compile(r"(\d+):(\d+)-(\d+)")

Said = Mapping[str, Any]
"""A statement or a document as plain data."""


class OtherWords(Exception):
    """The notice is not on file, or not as it was read."""


class StatementSet(Struct, frozen=True, dict=True):
    """The true statements about one notice, and the register they are written in.

    `use` is tuning or judging. `documents` are the organisation, the parties and the terms; `heading` is the notice
    without its statements. `places` are where the words of each statement stand: line, first and last column.
    """

    name: str
    use: str
    text: str
    documents: tuple[Said, ...]
    heading: Said
    statements: tuple[Said, ...]
    places: tuple[tuple[int, int, int], ...] = ()

    @cached_property
    def register(self) -> str:
        """The whole register as YAML text."""
        return self.register_of(self.statements)

    def register_of(self, statements: tuple[Said, ...]) -> str:
        """The register with other statements in the place of its own."""
        notice = {**self.heading, "text": TEXT, "statements": list(statements)}
        return yaml.safe_dump_all([*self.documents, notice], sort_keys=False, allow_unicode=True)

    def write(self, folder: Path) -> None:
        """Write the register and the text of its notice, as `ropa check` reads them."""
        write(folder, self.register, self.text)


def write(folder: Path, register: str, text: str) -> None:
    """Write a register and the text of its notice to a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REGISTER).write_text(register, "utf-8")
    (folder / TEXT).write_text(text, "utf-8")


def statement_sets(corpora: Path, kept: Path = HERE) -> tuple[StatementSet, ...]:
    """The sets of all notices, in the order of their names. Raises `OtherWords`."""
    return tuple(_set(file, corpora) for file in sorted(kept.glob("*.yaml")))


def example_sets(registry: Path = ROOT / "registry") -> tuple[StatementSet, ...]:
    """The notices of the example register as sets, each with the register's parties and terms.

    One of its statements quotes words that its notice does not say, which it is there to show; it is left out.
    """
    documents = [d for file in sorted(registry.rglob("*.yaml")) for d in _documents(file)]
    words = tuple(d for d in documents if d["kind"] in {"organisation", "party", "term"})
    notices = (d for d in documents if d["kind"] == "notice" and "text" in d)
    return tuple(_example(registry / "notices", words, notice) for notice in notices)


def _example(folder: Path, words: tuple[Said, ...], notice: Said) -> StatementSet:
    left_out = {"statements", "text", "text_hash", "layers", "in_force"}
    heading = {key: value for key, value in notice.items() if key not in left_out}
    text = (folder / notice["text"]).read_text("utf-8")
    seen = read_notice_file(folder / notice["text"])
    said = tuple(s for s in notice["statements"] if seen.find(s["quote"], s.get("prefix", "")))
    return StatementSet(notice["id"], "tuning", text, words, heading, said)


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    yield from (d for d in yaml.safe_load_all(file.read_text("utf-8")) if d)


def _set(file: Path, corpora: Path) -> StatementSet:
    (read,) = _documents(file)
    notice = corpora / read["corpus"]
    if not notice.is_file():
        raise OtherWords(f"{file.name}: there is no {notice}")
    raw = notice.read_bytes()
    if hashlib.sha256(raw).hexdigest() != read["sha256"]:
        raise OtherWords(f"{file.name}: {notice} is not the text that was read by hand")
    text = raw.decode("utf-8")
    places = tuple(_place(said["at"]) for said in read["statements"])
    said = tuple(_quoted(statement, text) for statement in read["statements"])
    documents = tuple(_filled(document, text) for document in read["register"])
    heading = {"kind": "notice", **read["notice"]}
    return StatementSet(file.stem, read["for"], text, documents, heading, said, places)


def _quoted(statement: Said, text: str) -> Said:
    rest = {key: value for key, value in statement.items() if key != "at"}
    return {**quoted(text, *_offsets(text, statement["at"])), **_filled(rest, text)}


def quoted(text: str, start: int, end: int) -> dict[str, str]:
    """A stretch of a text as a quote, with the words before it where the same words stand twice."""
    words = " ".join(text[start:end].split())
    above = text[max(0, start - BEFORE) : start].partition(" ")[2].split()
    before = " ".join(word for word in above if word.strip("-*#|"))
    twice = before and " ".join(text.split()).count(words) > 1
    return {"quote": words, "prefix": before} if twice else {"quote": words}


def stretches(one: StatementSet) -> tuple[tuple[int, int], ...]:
    """Where in its text each statement's quote begins and ends."""
    if one.places:
        return tuple(_offsets(one.text, f"{line}:{a}-{b}") for line, a, b in one.places)
    return tuple(_found(one.text, said["quote"]) for said in one.statements)


def _found(text: str, quote: str) -> tuple[int, int]:
    """Where words stand that may be wrapped in other places."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    assert found, quote
    return found.span()


def _offsets(text: str, place: str) -> tuple[int, int]:
    line, first, last = _place(place)
    above = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
    return above + first - 1, above + last


def _filled(value: Any, text: str) -> Any:
    """Plain data with the words of the notice wherever it names only their place."""
    if isinstance(value, dict):
        if set(value) == {"at"}:
            return words_at(text, value["at"])
        return {key: _filled(inner, text) for key, inner in value.items()}
    return [_filled(inner, text) for inner in value] if isinstance(value, list) else value


def words_at(text: str, place: str) -> str:
    """The words at a place of a text."""
    start, end = _offsets(text, place)
    return text[start:end]


def _place(written: str) -> tuple[int, int, int]:
    found = _PLACE.fullmatch(written)
    assert found, f"{written} is no place: write a line, a colon, and two columns, as in 13:1-42"
    line, first, last = map(int, found.groups())
    return line, first, last
