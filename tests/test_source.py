"""The loader: plain data in JSON's types, the place of every value, and bounds on what a file may ask."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conftest import Check, effort
from ropa.documents.document import Document, SourceFile
from ropa.documents.libyaml import DEEPEST, MOST_FAULTS, MOST_RESTARTS
from ropa.documents.plain import MOST_DOCUMENTS
from ropa.documents.source import Unreadable, parse, read_text, read_tree
from ropa.location import Location, Pointer


def documents(text: str) -> list[Document]:
    return list(parse(SourceFile("r.yaml", text)))


def load(text: str) -> Document:
    (document,) = documents(text)
    return document


def data(text: str) -> Any:
    document = load(text)
    assert not document.problems
    return document.data


def places(text: str, *pointers: Pointer) -> list[tuple[int, int]]:
    document = load(text)
    return [(at.line, at.column) for at in map(document.locate, pointers)]


def messages(text: str) -> list[str]:
    return [f"{p.at.line}:{p.at.column} {p.message}" for d in documents(text) for p in d.problems]


# Values


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "no",
        "yes",
        "Yes",
        "on",
        "off",
        "y",
        "n",
        "True",
        "FALSE",
        "Null",
        "NULL",
        "010",
        "0x1f",
        "0o7",
        "0b1",
        "1_000",
        "1.10",
        "1e3",
        ".5",
        ".inf",
        "-.inf",
        ".nan",
        "+1",
        "-01",
        "2018-05-25",
        "2018-05-25T10:00:00Z",
        "12:30",
        "1:30:00",
        "=",
        "1234567890123456",
    ],
)
def test_what_is_not_json_is_text(word: str) -> None:
    assert data(f"a: {word}") == {"a": word}
    assert data(f"[{word}]") == [word]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("18", 18),
        ("-7", -7),
        ("123456789012345", 123456789012345),
    ],
)
def test_json_has_these_values_beside_text(word: str, value: object) -> None:
    read = data(f"a: {word}")["a"]
    assert read == value
    assert type(read) is type(value)


def test_quotes_make_text_of_anything() -> None:
    assert data("[\"true\", '1', \"null\", '', !!str 5]") == ["true", "1", "null", "", "5"]


def test_a_number_of_five_thousand_digits_is_text() -> None:
    assert data("a: " + "9" * 5000) == {"a": "9" * 5000}


def test_names_are_text_whatever_they_look_like() -> None:
    assert list(data("true: 1\n1: 2\nnull: 3\n~: 4\n2018-05-25: 5\n")) == [
        "true",
        "1",
        "null",
        "~",
        "2018-05-25",
    ]


def test_blocks_and_folded_text() -> None:
    text = "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: one\n  two\n"
    assert data(text) == {"a": "one\ntwo\n", "b": "one two", "c": "one two"}


def test_json_is_yaml() -> None:
    assert data('{"a": [1, true, null, "x"], "b": {}}') == {"a": [1, True, None, "x"], "b": {}}


# Places

TEXT = """\
# a comment
kind: activity
data:
  - name       # the first
  - health
disclosures:
  - to: dfe
    basis: {article_6: c, law: [a, b]}
empty:
"""


def test_a_value_in_a_mapping_is_at_its_key() -> None:
    pointers = [("kind",), ("data",), ("disclosures", 0, "basis", "law"), ("empty",)]
    assert places(TEXT, *pointers) == [(2, 1), (3, 1), (8, 27), (9, 1)]


def test_an_entry_of_a_list_is_at_itself() -> None:
    pointers = [("data", 0), ("data", 1), ("disclosures", 0), ("disclosures", 0, "basis", "law", 1)]
    assert places(TEXT, *pointers) == [(4, 5), (5, 5), (7, 5), (8, 36)]


def test_what_is_not_written_is_at_its_nearest_written_parent() -> None:
    pointers = [
        ("retention",),
        ("data", 7),
        ("disclosures", 0, "purposes", 3),
        ("kind", "x", 0),
        (),
    ]
    assert places(TEXT, *pointers) == [(2, 1), (3, 1), (7, 5), (2, 1), (2, 1)]


def test_a_place_ends_before_the_comment() -> None:
    document = load(TEXT)
    assert document.locate(("data", 0)) == Location("r.yaml", 4, 5, 4, 9)
    assert (document.origin / "data" / 0).location == document.locate(("data", 0))
    assert str(document.locate(("data", 0))) == "r.yaml:4:5"


def test_places_go_on_through_the_documents_of_a_file() -> None:
    first, second = documents("a: 1\n---\n# x\nb: 2\n")
    assert first.locate(("a",)).line == 1
    assert second.locate(("b",)).line == 4


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_as_one(end: str) -> None:
    text = TEXT.replace("\n", end)
    assert load(text).data == load(TEXT).data
    assert places(text, ("disclosures", 0, "basis")) == [(8, 5)]
    assert load(text).file.line(8) == "    basis: {article_6: c, law: [a, b]}"


def test_columns_count_characters() -> None:
    assert places("{'📚é': 1, ß: 2}", ("ß",)) == [(1, 11)]


def test_a_place_far_to_the_right_is_exact() -> None:
    text = "{" + ", ".join(f"k{i:05}: 1" for i in range(20_000)) + "}"
    assert places(text, ("k19999",)) == [(1, 19_999 * 11 + 2)]


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2", "2:1 `a` is written twice in the same place"),
        ("a: {b: 1, b: 2}", "1:11 `b` is written twice in the same place"),
        ("a: &x 1", "1:4 the anchor &x is not allowed"),
        ("a: *x", "1:4 the alias *x is not allowed"),
        ("*x", "1:1 the alias *x is not allowed"),
        ("a: !!float 1", "1:4 the tag !!float is not allowed"),
        ("a: !x 1", "1:4 the tag !x is not allowed"),
        ("? [a]\n: b", "1:3 a key must be a plain word"),
        ("a: [1", "1:4 a bracket is opened here and never closed"),
        ("a: 'b", "1:4 a quote is opened here and never closed"),
        ("a:\n\tb: 1", "2:1 a tab cannot indent YAML"),
        ("a: b: c", "1:5 a second `:` on one line"),
        ("a: b\n  c: d", "2:4 this line does not fit the lines above it"),
        ('a: "\\x1b"', "1:4 the character U+001B is invisible and not allowed"),
        ("a: b\x1bc", "1:5 the character U+001B is invisible and not allowed in YAML"),
        ("[" * 3000, f"1:{DEEPEST + 1} nested more than {DEEPEST} deep"),
    ],
)
def test_what_is_refused_is_said_once_and_in_its_place(text: str, said: str) -> None:
    assert messages(text) == [said]


def test_the_first_of_two_equal_names_is_shown_beside_the_second() -> None:
    (problem,) = load("a: 1\nb: 2\na: 3\n").problems
    ((at, caption),) = problem.related
    assert (at.line, caption) == (1, "`a` was first written here")
    assert load("a: 1\nb: 2\na: 3\n").data == {"a": 1, "b": 2}


def test_every_fault_of_a_document_is_said() -> None:
    assert len(messages("a: &x 1\nb: *x\nb: !y z\n")) == 4


def test_nested_as_deep_as_allowed() -> None:
    assert not load("[" * DEEPEST + "]" * DEEPEST).problems


# Going on after a fault


@pytest.mark.parametrize(
    "broken",
    [
        "a: [",
        "a: {b: ",
        "a: 'b",
        'a: "b',
        "a:\n\tb: 1",
        "a: b: c",
        "a: b\n c: d",
        "a: \x00",
        "]",
        "%x",
        "&",
        "[" * 100,
        "!<",
        "a: |x",
        "- a\nb: 1",
        '"\\q"',
        "? ? ?",
        "--- 'x",
        "a\n...\nb\n}",
    ],
)
def test_a_broken_document_hides_neither_those_before_nor_those_behind(broken: str) -> None:
    read = documents(f"first: 1\n---\n{broken}\n---\nlast: 1\n")
    sound = [d.data for d in read if not d.problems]
    assert sound[0] == {"first": 1}
    assert sound[-1] == {"last": 1}
    faults = [problem for d in read for problem in d.problems]
    assert faults
    assert all(2 <= problem.at.line <= 2 + broken.count("\n") + 2 for problem in faults)


def test_only_three_dashes_alone_begin_a_document() -> None:
    read = documents("a: [\n----\n---x\n   ---\n---\tb\n--- \nc: 1\n")
    assert [d.data for d in read] == [None, "b", {"c": 1}]


def test_a_fault_is_not_said_again_with_the_next_document() -> None:
    read = documents("a: 1\na: 2\n---\nb: 'x\n---\nc: 1\n")
    assert [len(d.problems) for d in read] == [1, 1, 0]


# Bounds


def test_a_document_has_a_most_of_faults() -> None:
    names = "".join(f"k{i}: 1\n" for i in range(3000))
    (document,) = documents(names + names)
    assert len(document.problems) == MOST_FAULTS + 1
    assert "more than" in document.problems[-1].message


def test_a_file_has_a_most_of_broken_documents() -> None:
    read = documents("---\na: [\n" * (MOST_RESTARTS + 50) + "---\nb: 1\n")
    assert len(read) == MOST_RESTARTS + 1
    assert read[-1].problems[0].message == "too many broken documents in one file"


def test_a_file_has_a_most_of_documents() -> None:
    (document,) = documents("---\n" * (MOST_DOCUMENTS + 10))
    assert document.problems[0].message == f"more than {MOST_DOCUMENTS} documents in one file"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50000,
        "{" * 50000,
        "- " * 50000,
        "? " * 50000,
        "a: " * 50000,
        "[" + "a," * 50000,
        "'" * 50001,
        '"' + "\\n" * 50000,
        "&a " * 20000,
        "- &a [*a]\n" * 5000,
        "#" * 100000,
        "a" * 100000 + ": 1",
        "---\n[\n" * 5000,
        "\x00---\n" * 5000,
        " " * 100000 + "x\ny: 1",
    ],
)
def test_nothing_takes_long(text: str) -> None:
    assert effort(lambda: documents(text)) < 150


# Files


def test_a_tree_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a/z.yml",
        "a.yaml",
        ".hidden.yaml",
        ".git/x.yaml",
        "a/notes.txt",
        "C.YAML",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"name: {name}\n")
    watched: list[tuple[int, int]] = []
    read = list(read_tree(tmp_path, lambda done, total: watched.append((done, total))))
    assert [d.path for d in read] == ["C.YAML", "a.yaml", "a/z.yml", "b.yaml"]
    assert watched == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    (document,) = read_tree(tmp_path)
    assert (document.data, document.locate(("a",)).column) == ({"a": 1}, 1)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.md", "there is no such file"),
        ("../outside.md", "it leads outside the register"),
        ("/etc/passwd", "it leads outside the register"),
        ("folder", "it is not an ordinary file"),
        ("a\0b", "its name cannot be used"),
        ("x" * 300, "file name too long"),
        ("loop.md", "its name cannot be used"),
    ],
)
def test_why_a_text_cannot_be_had(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "register" / "folder").mkdir(parents=True)
    (tmp_path / "register" / "loop.md").symlink_to("loop.md")
    (tmp_path / "outside.md").write_text("x")
    read = read_text(tmp_path / "register", name)
    assert isinstance(read, Unreadable)
    assert read.problem.message == f"cannot read it: {reason}"


def test_a_link_that_leads_round_in_a_circle_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\n", "utf-8")
    for name in ("loop.md", "loop", "loop.yaml"):
        (tmp_path / name).symlink_to(name)
    first, second = read_tree(tmp_path)
    assert (first.data, first.problems) == ({"a": 1}, ())
    assert second.path == "loop.yaml"
    assert second.problems


# Against PyYAML

WORDS = st.sampled_from(
    [
        "NO",
        "yes",
        "true",
        "null",
        "~",
        "010",
        "1.10",
        "12:30",
        "2018-05-25",
        "1e3",
        "a",
        "b",
        "#",
        ":",
        "-",
        "'",
        '"',
        "é",
        "📚",
    ]
)
TEXTS = WORDS | st.text("ab: #-'\"\n\té📚\\&*!|>%@[]{},?", max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


class JsonDumper(yaml.SafeDumper):
    """Writes what `parse` would read as something else in quotes, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


class JsonLoader(yaml.SafeLoader):
    """PyYAML with only the types of JSON."""


JSON_TYPES = (
    ("null", "~|null|", ["~", "n", ""]),
    ("bool", "true|false", ["t", "f"]),
    ("int", "-?(0|[1-9][0-9]{0,14})", list("-0123456789")),
)
for either in (JsonDumper, JsonLoader):
    either.yaml_implicit_resolvers = {}
    for name, pattern, first in JSON_TYPES:
        either.add_implicit_resolver(
            f"tag:yaml.org,2002:{name}", re.compile(f"({pattern})$"), first
        )


def built(node: yaml.Node) -> Any:
    """What a composed node means, by PyYAML's own tags."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: built(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [built(entry) for entry in node.value]
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return node.value == "true"
        case "int":
            return int(node.value)
    return node.value


def marks(node: yaml.Node, pointer: Pointer = ()) -> Iterator[tuple[Pointer, tuple[int, int]]]:
    """The mark of every key and entry."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*pointer, key.value), (key.start_mark.line + 1, key.start_mark.column + 1)
            yield from marks(value, (*pointer, key.value))
    if isinstance(node, yaml.SequenceNode):
        for i, entry in enumerate(node.value):
            yield (*pointer, i), (entry.start_mark.line + 1, entry.start_mark.column + 1)
            yield from marks(entry, (*pointer, i))


@settings(max_examples=120, deadline=None)
@given(VALUES, st.sampled_from([None, True, False]), st.integers(2, 6), st.integers(20, 100))
@example({"a": ["NO", "010", {"b": None}]}, None, 2, 80)
def test_it_reads_what_pyyaml_reads_and_from_the_same_places(
    value: Any, flow: bool | None, indent: int, width: int
) -> None:
    text = yaml.dump(
        value,
        Dumper=JsonDumper,
        default_flow_style=flow,
        indent=indent,
        width=width,
        allow_unicode=True,
    )
    node = yaml.compose(text, JsonLoader)
    assume(node is not None and value is not None)
    assert node is not None
    document = load(text)
    assert not document.problems, text
    assert document.data == built(node) == value
    assert {p: (at.line, at.column) for p, _ in marks(node) for at in [document.locate(p)]} == dict(
        marks(node)
    )


@settings(max_examples=300, deadline=None)
@given(st.text("ab:{}[]\"'&*!|>-?#%@ \n\t\r,0é\x00\x85\u2028~<=\\", max_size=60))
@example("*x")
def test_no_text_makes_it_fall_over(text: str) -> None:
    for document in documents(text):
        for problem in document.problems:
            assert problem.message
            assert problem.hint
            assert 1 <= problem.at.line <= len(document.file.lines)
            assert 1 <= problem.at.column <= len(document.file.line(problem.at.line)) + 1
            assert problem.at.column < problem.at.end_column


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3), min_size=1, max_size=3))
def test_documents_in_one_file_are_those_of_several(values: list[Any]) -> None:
    texts = [yaml.dump(value, Dumper=JsonDumper, allow_unicode=True) for value in values]
    together = documents("---\n".join(texts))
    assert [d.data for d in together] == values
    for number, document in enumerate(together, 1):
        assert document.file.document_at(document.locate(()).line - 1) == number


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f"])
def test_an_indentation_of_no_break_spaces_is_named_for_what_it_is_and_nothing_else_is_said(
    check_text: Check, space: str
) -> None:
    text = f"kind: activity\nid: a\nname: A\nbasis:\n{space * 2}article_6: e\n"
    report = check_text(text)
    (found,) = (f for f in report.findings if f.rule.id in {"not-yaml", "nothing-to-check"})
    assert found.problem.message.startswith("this line is indented with no-break spaces")
    assert (found.problem.at.line, report.undecided) == (5, True)


def test_no_break_spaces_inside_a_value_are_no_indentation(check_text: Check) -> None:
    report = check_text("kind: party\nid: a\nname: Sample\u00a0Ltd\ntype: processor\n")
    assert not report.case.malformed
    assert report.case.register.parties["a"].name == "Sample\u00a0Ltd"
