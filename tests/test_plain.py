"""What is read line by line is what libyaml reads, and stands at the same places."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from random_registers import THOROUGH
from ropa.documents import libyaml
from ropa.documents.document import Document, SourceFile
from ropa.documents.plain import Lines, Scalars
from ropa.documents.source import parse
from ropa.documents.wrapped import NOT_PLAIN
from ropa.location import Pointer

_WRITTEN = r"""a|a b|NO|010|-1|true|~|null|1.10|2026-01-31|10:30|a:b|a: b|a:|a #b|a# b|#a|(a)|a, b|a]|it's|say "a"|é
>|-|- a|-a|? a|@a|%a|=|'a'|"a"|'it''s'|"a\n"|"a" b|'a': b|"a"#b|'a' # b|"a: b"|' '|''|'a|"|[a, b]|[a,b]|[ a , b ]|[]|[a]
[a, ]|[a: b]|[a b, 'c, d']|[a] # b|[a]b|[a]: b|[a, [b, c]]|{a: b}|{a: b, c: d}|{a: b, a: c}|{a: [b, c], d: 'e'}|*a|&a b
{a:b}|{a: }|{a}|{a: b|{ a: b }|{a: b}: c|[http://a.b/c]|{a: b#c}|[a #b]|[a, b\c]|[1, true, ~]|<<|a\b|a  b
!t a|{a: {b: c}}"""
VALUES = st.sampled_from(["", "|", "a |", "\xa0a", "\ta", *_WRITTEN.replace("\n", "|").split("|")])
KEYS = st.sampled_from(
    ["", "", "a: ", "b: ", "c: ", "same-as: ", "1: ", "a:", "a : ", "'a': ", "? ", "<<: "]
)
SANE = st.sampled_from(
    [
        "a: b",
        "b:",
        "c: [x, y]",
        "d: 'e'",
        "  - x",
        "  d: e",
        "- f: g",
        "- x",
        "  - h: i",
        "    j: k",
        "    - l",
        "",
    ]
)
LINES = st.one_of(
    SANE,
    SANE,
    SANE,
    SANE,
    st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["", "", "  ", "  ", "    ", " "]),
        st.sampled_from(["", "", "- ", "- - ", "-  "]),
        KEYS,
        VALUES,
        st.sampled_from(["", "", "", " ", " # c"]),
    ),
    st.sampled_from(
        ["---", "--- ", "--- a", "...", "# a", "  # a", "", " ", "%YAML 1.1", "a: 1\r"]
    ),
)
WORDS = st.sampled_from(["x", "y z", "'q'", "18", "[x, y]", "{d: e, f: [g]}", "x # why", "NO"])
PROSE = st.sampled_from(
    [
        "x",
        "x y\n  z",
        "'x\n  y'",
        "'x ''y''\n\n  z' # why",
        '"x # y:\n  it\'s z"',
        ">-\n  x\n  y",
        ">-  # why\n\n  x: y\n\n  - z # z\n",
        "|\n  x\n   - y\n\n  z",
        "|-\n  x",
        ">\n  x\n  y\n",
        "\n  x",
        "\n  x\n  y",
        "x\n\n  y so, y:z#so\n",
    ]
)


@st.composite
def mappings(draw: st.DrawFn, margin: int = 0) -> list[str]:
    """The lines of a mapping in plain layout, with all it leaves open."""
    lines = []
    for key in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(["word", "word", "prose", "mapping", "list", "nothing"]))
        margin_below = margin + draw(st.sampled_from([1, 2, 4]))
        match "word" if margin > 8 else kind:
            case "word":
                lines.append(f"{key}: {draw(WORDS)}")
            case "prose":
                lines += f"{key}: {draw(PROSE)}".split("\n")
            case "nothing":
                lines.append(f"{key}:")
            case "mapping":
                below = draw(mappings(margin_below))
                lines += [f"{key}:", *(f"{' ' * (margin_below - margin)}{line}" for line in below)]
            case "list":
                left = draw(st.sampled_from([0, margin_below - margin]))
                lines += [
                    f"{key}:",
                    *(f"{' ' * left}{line}" for line in draw(lists(margin + left))),
                ]
        deeper = ["      # another"] if kind in ("word", "nothing") else ["# more"]
        lines += draw(st.sampled_from([[], [], [""], ["# a comment"], deeper]))
    return lines


@st.composite
def lists(draw: st.DrawFn, margin: int) -> list[str]:
    """The lines of a list."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        first, *others = draw(mappings(margin + 2)) if draw(st.booleans()) else [draw(WORDS)]
        lines += [f"- {first}", *(f"  {line}" for line in others)]
    return lines


def same(text: str) -> bool:
    """Whether both ways give the same documents; True where only libyaml can read them."""
    file = SourceFile("r.yaml", text)
    quick, slow = list(parse(file)), list(libyaml.parse(file))
    assert [document.data for document in quick] == [document.data for document in slow]
    assert [document.problems for document in quick] == [document.problems for document in slow]
    for one, other in zip(quick, slow, strict=True):
        for pointer in pointers(one.data):
            assert one.locate(pointer) == other.locate(pointer), (text, pointer)
    return any(document.find for document in quick)


def pointers(data: Any, above: Pointer = ()) -> Iterator[Pointer]:
    """The pointer to every value, and to something that none of them holds."""
    yield above
    yield (*above, "nothing")
    if not isinstance(data, (dict, list)):
        return
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in entries:
        yield from pointers(value, (*above, step))


@settings(max_examples=20_000 if THOROUGH else 1_500, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=5).map("\n".join))
@example("a:\n- b\n-   c: d")
@example("a:\n  - b: c\n   d: e")
@example("{a: b}\nc: d")
@example("a: b\n---\n{c: [d]}\n---\n# nothing\n---\ne: |\n  f\n---\n")
@example("a: [b\n---\nc]")
@example("a: 'b\n---\nc'")
def test_any_text_is_read_as_libyaml_reads_it(text: str) -> None:
    event(f"plain: {same(text)}")


_BEGINNINGS = """\
a: >-
a: >
a: |
b: |-
b: |+
a: >2
a: > # c
b: >- c
a: >#c
- >-
- |
- a: >
  - b: |
  a: >-
- b: "x
a: "x y
a: 'x
a: 'it''s
b: "x # y
a: "
a: '
a: " x
b: 'x\x20
- "x
- 'x: y
  c: "x
a: x
a: x y\x20
b: x # c
- x
- a: x
  - x
a:
- a:
b: # c
  c:
a: 10
a: "x\\
a: "x\\y
a: [x
b: {x: "y
a: 'x' y
a: "x" # c
c: ''x
a: ''
c: 'x''
a: &x
"""
_GOING_ON = """\
x
x
x
x
x y\x20
# c
x: y
x:
- x
x"
x"
x'
x''y
''x'
"
'
x # c
x #c
it's
x\\n"
x" # c
x"#c
x' y
...
x\t
\xa0x
[x
&x
? x
: x
x:y
10
"x" y
'x'
:x
---
--- x
> x
>
| x
%x
@x
x\x85y
x\u2028y
x # \x85
x' # \x85
true
~
"""
BEGINNINGS = st.sampled_from(_BEGINNINGS.split("\n"))
GOING_ON = st.builds(
    "{}{}".format,
    st.sampled_from(["  ", "  ", "   ", "    ", "", " "]),
    st.sampled_from(_GOING_ON.split("\n")),
)


@settings(max_examples=20_000 if THOROUGH else 500, deadline=None)
@given(
    st.lists(SANE, max_size=2),
    BEGINNINGS,
    st.lists(GOING_ON, max_size=4),
    st.lists(st.one_of(SANE, BEGINNINGS, GOING_ON), max_size=3),
)
@example([], "a: |", ["  x"], [])
@example([], "a: 'x", ["    k: y'"], ["      z"])
@example([], "a: x", ["  # c", "  y"], [])
@example([], "- a: >", ["   x", "  y"], [])
@example([], "a: |", ["   ", "  x"], [""])
def test_prose_is_read_as_libyaml_reads_it(
    above: list[str], begins: str, goes_on: list[str], below: list[str]
) -> None:
    event(f"plain: {same(chr(10).join([*above, begins, *goes_on, *below]))}")


@settings(max_examples=10_000 if THOROUGH else 200, deadline=None)
@given(st.lists(mappings().map("\n".join), min_size=1, max_size=3).map("\n---\n".join))
def test_plain_layout_is_read_as_libyaml_reads_it(text: str) -> None:
    assert same(text)


@pytest.mark.parametrize(
    "text",
    [
        "kind: party\nid: a",
        "a:\n  - b\n  - c: d\n    e:\n    - f\n",
        "a: [b, 'c d', {e: f}]  # why\nb: \"18\"",
        '{kind: party, id: a, same-as: {dpv: "https://w3id.org/dpv#Name"}}',
        "a: 'it''s'\nb: ['c''d', '''']",
        "a: b\r\nc:\r\n  - d\r\n",
        "# first\n\na: b\n---\n# only this\n---\nc: d\n",
        "a: >-\n  b: c\n\n  # d\ne: |\n  f\n   g\n---\nh:\n  - i: >\n      j\n    k: l\n",
        "a: 'b\n  it''s c'\nd:\n  e\n\n  f\ng: h\n  i, \"j\" [k]\nl:\n- m\n  n # o\n",
    ],
)
def test_what_registers_are_made_of_needs_no_parser(text: str) -> None:
    assert same(text)
    assert all(document.find for document in parse(SourceFile("r.yaml", text)))


@pytest.mark.parametrize(
    "text",
    ["a: |+\n  b", 'a: "b\\\n  c"', "a: &b c", "- a", "a: b\na: c", "a:\n    - b\n  - c"],
)
def test_anything_else_is_left_to_libyaml(text: str) -> None:
    assert Lines(Scalars()).read(text.split("\n")) is NOT_PLAIN
    same(text)


def test_a_line_that_stands_twice_is_looked_at_once() -> None:
    lines, text = Lines(Scalars()), ["a: [b, c]"]
    first, second = lines.read(text), lines.read(text)
    assert first == second == {"a": ["b", "c"]}
    assert first["a"] is second["a"]


def test_documents_behind_a_long_text_are_read_line_by_line_again() -> None:
    text = "a: |+\n  long\n---\nb: c\n"
    first, second = parse(SourceFile("r.yaml", text))
    assert (first.data, second.data) == ({"a": "long\n"}, {"b": "c"})
    assert [bool(document.find) for document in (first, second)] == [False, True]
    assert isinstance(first, Document)
    assert second.locate(("b",)).line == 4
