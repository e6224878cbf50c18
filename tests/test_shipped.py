"""The package's own YAML is kept as data beside it, and never outlives the file it was made of."""

import os
import sys
from pathlib import Path

import pytest

from ropa.documents.document import Document
from ropa.documents.shipped import shipped
from ropa.documents.source import read_tree
from ropa.law.tables import FOLDER
from ropa.register.vocabulary import TERMS

TEXT = "id: a\nwords: [b, c]\n---\nid: d\ntext: |\n  e\n"


def read(path: Path) -> list[object]:
    return [document.data for document in shipped(path)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "table.yaml"
    path.write_text(TEXT, "utf-8")
    return path


def kept(file: Path) -> list[Path]:
    return list((file.parent / "__pycache__").glob("*"))


@pytest.mark.parametrize("folder", [TERMS, FOLDER])
def test_it_is_what_any_reader_gives(folder: Path) -> None:
    documents = list(shipped(folder))
    others = [document for document in read_tree(folder) if document.path.endswith(".yaml")]
    assert [d.data for d in documents] == [d.data for d in others]
    assert [d.path for d in documents] == [d.path for d in others]


def test_it_is_kept_and_read_again(file: Path) -> None:
    first = read(file)
    (beside,) = kept(file)
    stamp = beside.stat().st_mtime_ns
    assert read(file) == first == [{"id": "a", "words": ["b", "c"]}, {"id": "d", "text": "e\n"}]
    assert beside.stat().st_mtime_ns == stamp


def test_places_are_found_in_what_is_kept(file: Path) -> None:
    def places(documents: list[Document]) -> list[str]:
        return [str(d.locate(p)) for d in documents for p in ((), ("words", 1), ("text",))]

    assert places(list(shipped(file))) == places(list(shipped(file)))
    assert places(list(shipped(file)))[1] == "table.yaml:2:12"


def test_a_changed_file_is_read_anew(file: Path) -> None:
    read(file)
    file.write_text("id: other\n", "utf-8")
    os.utime(file, (1, 1))
    assert read(file) == [{"id": "other"}]


@pytest.mark.parametrize("content", [b"", b"x", b"\xe3", b"N", b"i\x00\x00\x00\x00"])
def test_what_is_kept_but_broken_does_not_count(file: Path, content: bytes) -> None:
    first = read(file)
    (beside,) = kept(file)
    beside.write_bytes(content)
    assert read(file) == first


def test_where_nothing_can_be_written_it_is_read_each_time(file: Path) -> None:
    (file.parent / "__pycache__").write_text("in the way", "utf-8")
    assert read(file) == read(file)


def test_who_wants_no_byte_code_gets_none_of_this(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read(file)
    assert not kept(file)
