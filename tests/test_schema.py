"""The shape of documents: what a data protection officer is told, and that the two validators agree."""

import copy
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import KINDS, _explainer, schema_of, violations, well_formed
from ropa.documents.source import parse, read_tree
from ropa.register.vocabulary import ROOTS, TERMS

REGISTRY = ROOT / "registry"


def load(text: str) -> Document:
    (document,) = parse(SourceFile("r.yaml", text))
    assert not document.problems
    return document


def said(text: str) -> list[str]:
    return [f"{p.at.line}:{p.at.column} {p.message}" for p in violations(load(text))]


def hints(text: str) -> list[str]:
    return [p.hint for p in violations(load(text))]


TERM = "kind: term\nfacet: data\nid: x\nlabel: X\n"
NOTICE = "kind: notice\nid: n\naudience: pupil\n"
ACTIVITY = "kind: activity\nid: a\nname: A\nsubjects: pupil\ndata: name\npurposes: support\n"


# What is said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "1:1 a document must be a mapping, and this is the plain value “hello”"),
        ("[a]", "1:1 a document must be a mapping, and this is a list"),
        ("id: x", "1:1 this document does not say its kind"),
        ("Kind: term", "1:1 this document does not say its kind"),
        ("kind: trem", "1:1 “trem” is not a kind of document (did you mean term?)"),
        ("kind: [term]", "1:1 a list is not a kind of document"),
        (TERM + "lable: y", "5:1 `lable` is not known here (did you mean label?)"),
        (TERM + '"": y', "5:1 the name before the `:` is missing"),
        (TERM + "open: yes", "5:1 `open` is “yes” and must be true or false, in small letters and without quotes"),
        (TERM + "synonyms: []", "5:1 `synonyms` is empty"),
        (TERM + "synonyms: ['']", "5:12 an entry of `synonyms` is empty"),
        (TERM + "synonyms:", "5:1 `synonyms` is empty and must be text or a list"),
        (TERM + "synonyms: [a, 5]", "5:15 an entry of `synonyms` is “5” and must be text: put quotes around it"),
        (TERM.replace("X", "' '"), "4:1 `label` is empty"),
        (TERM.replace("id: x", "id: a b"), "3:1 `id` is “a b”, and it cannot be written like that"),
        (TERM.replace("id: x", 'id: "x\\n"'), "3:1 `id` is “x”, with a space or a line break before or behind it"),
        (TERM.replace("id: x\n", ""), "1:1 this term must say its `id`"),
        (
            TERM.replace("data", "date"),
            "2:1 `facet` is “date” (did you mean data?) and must be one of "
            "subject, data, purpose, recipient, country, trigger",
        ),
        (
            ACTIVITY + "reviewed: 01/09/2026",
            "7:1 `reviewed` is “01/09/2026”, which is no day as it is written",
        ),
        (
            ACTIVITY + "reviewed: March 2024",
            "7:1 `reviewed` is “March 2024”, which is a month and no day: its first day will do",
        ),
        (
            ACTIVITY + "reviewed: 03/2024",
            "7:1 `reviewed` is “03/2024”, which is a month and no day: its first day will do",
        ),
        (ACTIVITY + "reviewed: 2026-02-30", "7:1 `reviewed` is “2026-02-30”, and there is no such day"),
        (ACTIVITY + "sources: {data: name}", "7:1 `sources` must say its `from`"),
        (ACTIVITY + "disclosures: [{to: dfe, why: x}]", "7:25 `why` is not known here"),
        (ACTIVITY + "basis: {article_6: g}", "7:9 `article_6` is “g” and must be one of a, b, c, d, e, ea, f"),
        (
            NOTICE + "statements: [We share]",
            "4:14 an entry of `statements` is “We share” and must be a mapping (`name: value`)",
        ),
        (NOTICE + "statements: [{quote: We share it all}]", "4:14 this statement does not say what the notice says"),
        (
            NOTICE + "statements: [{quote: We share it all, uses: support, keeps: name}]",
            "4:54 this statement makes several claims: uses, keeps",
        ),
        (NOTICE + "statements: [{quote: '', uses: support}]", "4:15 `quote` is empty"),
    ],
)  # fmt: skip
def test_each_fault_is_said_in_plain_words_at_its_place(text: str, message: str) -> None:
    assert said(text) == [message]
    assert all(hints(text))


def test_a_missing_name_comes_with_what_to_write() -> None:
    (hint,) = hints(ACTIVITY.replace("purposes: support\n", ""))
    assert hint == "write what for, such as support"


@pytest.mark.parametrize(
    ("written", "letters"),
    [("[e, f]", "ef"), ("[c, ea]", ("c", "ea")), ('"e, f"', "ef"), ("c and e", "ce")],
)
def test_letters_in_the_place_of_one_come_with_an_entry_for_each(
    written: str, letters: Sequence[str]
) -> None:
    (hint,) = hints(f"{ACTIVITY}basis: {{article_6: {written}}}\n")
    listed = ", ".join(f"{{article_6: {letter}}}" for letter in letters)
    assert (
        hint == f"write an entry for each, as in `basis: [{listed}]`, and with each what it is for"
    )
    assert well_formed(load(f"{ACTIVITY}basis: [{listed}]\n"))


def test_a_letter_that_is_none_in_a_list_comes_with_the_letters_there_are() -> None:
    assert hints(f"{ACTIVITY}basis: {{article_6: [e, x]}}\n") == [
        "write the letter of Article 6(1)"
    ]


def test_an_unknown_name_comes_with_those_that_are_known() -> None:
    (hint,) = hints(NOTICE + "in_force: {since: 2025-01-01}\n")
    assert hint == "`in_force` may hold from, to"


def test_every_fault_is_said() -> None:
    assert len(said("kind: activity\nid: a b\ndatta: name\nsubjects: 5\n")) == 6


def test_long_values_are_cut_and_put_on_one_line() -> None:
    (message,) = said(TERM.replace("id: x", f'id: "{"a b " * 50}\\n{"c d " * 50}"'))
    assert len(message) < 200
    assert "\n" not in message


def mutations(value: Any) -> Iterator[Any]:
    """The value with one thing in it wrong, in every place and in several ways."""
    yield from (None, 5, True, "", " ", "x y\n", [], {}, [None], {"a": 1}, [[]])
    if isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            yield {f"{k}x" if k == key else k: v for k, v in value.items()}
            for inner in mutations(value[key]):
                yield {**value, key: inner}
        yield {**value, "": 1, "unknown": 2}
    if isinstance(value, list):
        for i in range(min(2, len(value))):
            for inner in mutations(value[i]):
                yield [*value[:i], inner, *value[i + 1 :]]


def as_document(data: Any) -> Document:
    return load(json.dumps(data, ensure_ascii=False))


@cache
def sound() -> dict[str, list[Any]]:
    """The documents of the example register by their kind, with one that says all there is to say."""
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for document in (*read_tree(REGISTRY), *read_tree(Path(__file__).parent / "hostile" / "sound")):
        found[document.data["kind"]].append(document.data)
    text = (ROOT / "docs" / "register.md").read_text("utf-8")
    for block in re.findall(r"```yaml\n(kind:.*?)```", text, re.DOTALL):
        for document in parse(SourceFile("register.md", block)):
            found[document.data["kind"]].append(document.data)
    return found


PYTHON = re.compile(
    r"None|True|False|\['|\{'|'\]|'\}|\$|#/|/\d+/|given schemas|\bdict\b|(?<!-)\bobject\b|\barray\b"
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_speaks_of_schemas_or_python(kind: str) -> None:
    short = [data for data in sound()[kind] if len(str(data)) < 1500]
    for data in mutations(max(short, key=lambda data: len(str(data)))):
        if data is None:  # a document of nothing is no document
            continue
        document = as_document(data)
        if well_formed(document):
            continue
        found = list(violations(document))
        assert found
        for problem in found:
            words = f"{problem.message}; {problem.hint}"
            assert not PYTHON.search(re.sub("“.*?”", "", words)), words
            assert "this is not a well-formed" not in words, (words, data)
            assert problem.hint, words
            assert words.isprintable(), words


# The schemas


def subschemas(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(schema, dict):
        yield path, schema
        for word in ("properties", "$defs"):
            for name, inner in schema.get(word, {}).items():
                yield from subschemas(inner, f"{path}/{name}")
        for word in ("items", "if", "then", "else", "additionalProperties", "not"):
            yield from subschemas(schema.get(word), f"{path}/{word}")
        for word in ("oneOf", "anyOf", "allOf"):
            for i, inner in enumerate(schema.get(word, ())):
                yield from subschemas(inner, f"{path}/{word}{i}")


def resolved(root: Any, schema: Any) -> Any:
    return root["$defs"][schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else schema


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_says_what_it_is(kind: str) -> None:
    root = schema_of(kind)
    bare = [
        f"{path}/{name}"
        for path, schema in subschemas(root)
        for name, inner in schema.get("properties", {}).items()
        if not resolved(root, inner).get("description")
    ]
    assert not bare


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_refer_to_nothing_outside_themselves(kind: str) -> None:
    root = schema_of(kind)
    references = [s["$ref"] for _, s in subschemas(root) if "$ref" in s]
    assert all(ref.startswith("#/$defs/") for ref in references)
    assert {ref.removeprefix("#/$defs/") for ref in references} == set(root.get("$defs", {}))
    assert "$id" not in root


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapping_is_closed(kind: str) -> None:
    open_ = [
        p
        for p, s in subschemas(schema_of(kind))
        if "properties" in s and s.get("additionalProperties") is not False
    ]
    assert not open_


@pytest.mark.parametrize("kind", KINDS)
def test_examples_in_schemas_are_right(kind: str) -> None:
    root = schema_of(kind)
    for path, schema in subschemas(root):
        for written in schema.get("examples", ()):
            (document,) = parse(SourceFile(path, str(written)))
            inner = {**schema, "$defs": root.get("$defs", {})}
            either = [
                e
                for v in (document.data, str(written))
                for e in [list(_explainer(kind).evolve(schema=inner).iter_errors(v))]
            ]
            assert [] in either or "…" in str(written), (path, written)


# What ships


@pytest.mark.parametrize("folder", [TERMS, REGISTRY], ids=["vocabulary", "example"])
def test_what_ships_is_well_formed(folder: Path) -> None:
    read = list(read_tree(folder))
    assert len(read) > 10
    assert [p for d in read for p in d.problems] == []
    assert [str(p.at) + p.message for d in read if not well_formed(d) for p in violations(d)] == []


def test_every_facet_with_words_ships_some() -> None:
    facets = {d.data["facet"] for d in read_tree(TERMS)}
    assert facets == set(map(str, ROOTS))


def test_the_examples_of_the_manual_are_well_formed() -> None:
    text = (ROOT / "docs" / "register.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(kind:.*?)```", text, re.DOTALL)
    assert {
        kind for block in blocks for kind in re.findall(r"^kind: (\S+)", block, re.MULTILINE)
    } == set(KINDS)
    for block in blocks:
        written = "".join(line for line in block.splitlines(keepends=True) if ": ..." not in line)
        for document in parse(SourceFile("register.md", written)):
            assert well_formed(document), list(violations(document))


# The two validators


def agree(data: Any) -> None:
    """The gate and the explainer say the same of a document."""
    kind = data["kind"]
    document = Document(SourceFile("r.yaml", ""), data)
    errors = list(_explainer(kind).iter_errors(document.data))
    assert well_formed(document) is not bool(errors), [e.message for e in errors]


@pytest.mark.parametrize("kind", KINDS)
def test_both_validators_accept_what_is_sound(kind: str) -> None:
    assert sound()[kind]
    for data in sound()[kind]:
        agree(data)


TRAPS = [
    "2026-02-30", "2024-02-29", "2025-02-29", "0000-01-01", "9999-12-31", "2026-01-01\n", "٢٠٢٦-٠١-٠١",
    "2026-1-1", "20260101", "2026-W01-1", "2026-01-01T00:00:00Z", "P6Y", "P6Y\n", "P٦Y", "P", "PT", "P1Y2M3W4D",
    "PT5M", "P1M1Y", "P0Y", "P" + "9" * 400 + "Y", "P1.5Y", "GB", "GB\n", "gb", "ＧＢ", "G٢", "eea", "x", "x\n",
    " x", "x ", "é", "a.b", "a..b", "-a", "a-", "a_b", "x" * 500, "", " ", "\t", "\n", "\u00a0", "\u2003",
    "\u200b", "\u3000", "\u180e", "a b c", "a\u00a0b\u00a0c and more", "one two three four",
    "one\ntwo\nthree four", "one\u200btwo\u200bthree", "e", "ea", "E", "*", "**@", "a@b", "true", "null",
    "consent", "consent\n", "controller", "dpo-contact", 0, 1, -1, 10**14, True, False, None, [], {}, [None],
    [""], ["e"], [["consent"]],
]  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in entries:
        yield from paths(inner, (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any, rename: bool) -> Any:
    data = copy.deepcopy(data)
    *above, last = path
    inside = data
    for step in above:
        inside = inside[step]
    if rename and isinstance(inside, dict) and isinstance(value, str):
        inside[value] = inside.pop(last)
    else:
        inside[last] = value
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_validators_agree_on_what_is_changed(draw: st.DataObject) -> None:
    data = draw.draw(st.sampled_from([data for kind in KINDS for data in sound()[kind][:12]]))
    for _ in range(draw.draw(st.integers(1, 3))):
        path = draw.draw(st.sampled_from([p for p in paths(data) if p and p != ("kind",)]))
        value = draw.draw(st.sampled_from(TRAPS))
        data = changed(data, path, value, draw.draw(st.sampled_from([False, False, False, True])))
        if data.get("kind") not in KINDS:
            return
    agree(data)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: repr(trap)[:20])
def test_both_validators_agree_on_the_known_traps(trap: Any) -> None:
    activity = {
        "kind": "activity",
        "id": "a",
        "name": "A",
        "subjects": "b",
        "data": "c",
        "purposes": "d",
    }
    for key in (*schema_of("activity")["properties"],):
        if key != "kind":
            agree({**activity, key: trap})
    for key in ("country", "safeguard", "type"):
        agree({"kind": "party", "id": "a", "name": "A", "type": "processor", key: trap})
    agree({**activity, "retention": {"period": trap, "trigger": "birth"}})
    agree({"kind": "notice", "id": "a", "audience": "b", "in_force": {"from": trap}})
    statement = {"quote": trap, "uses": "support"}
    agree({"kind": "notice", "id": "a", "audience": "b", "text": "c", "statements": [statement]})
    agree(
        {
            "kind": "waiver",
            "id": "a",
            "finding": trap,
            "reason": "b",
            "owner": "c",
            "until": "2027-01-01",
        }
    )
    agree(
        {"kind": "waiver", "id": "a", "finding": "a@b", "reason": "b", "owner": "c", "until": trap}
    )
