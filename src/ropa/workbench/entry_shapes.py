"""How each field of a document is filled in, by the schema of its kind: a line, a choice, a group, or rows of them."""

import re
from collections.abc import Mapping, Set
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.schema import schema_of

DEEPEST = 3
"""How many times an entry may stand inside another of its sort; what goes on from there is written as YAML."""
SHORT = "="
"""The key of a field that says all in a word."""
_MAIN: Mapping[str, str] = {
    "source": "from",
    "breach": "record",
    "controller": "controller",
    "policy_document": "name",
    "dpia": "reference",
}
"""The field that a word alone stands for, where a mapping may be written as one."""
_ARTICLES: Mapping[str, str] = {
    "subjects": "Article 30(1)(c)",
    "data": "Article 30(1)(c)",
    "purposes": "Article 30(1)(b)",
    "sources": "Article 14(2)(f)",
    "basis": "Article 6",
    "article_6": "Article 6(1)",
    "article_9": "Article 9(2)",
    "schedule_1": "DPA 2018 Schedule 1",
    "law": "Article 6(3)",
    "interests": "Article 6(1)(f)",
    "annex_1": "Annex 1",
    "retention": "Article 30(1)(f)",
    "period": "Article 5(1)(e)",
    "criteria": "Article 13(2)(a)",
    "disclosures": "Article 30(1)(d)",
    "to": "Article 30(1)(d)",
    "onward": "Article 5(2)",
    "safeguard": "Article 46",
    "exception": "Article 49(1)",
    "transfer_risk_assessment": "Article 46(1)",
    "adequacy_scheme": "Article 45",
    "kept_in": "Article 44",
    "remote_access": "Article 44",
    "country": "Article 44",
    "location": "Article 44",
    "agreement": "Article 28(3)",
    "dpo": "Article 37(7)",
    "contact": "Article 30(1)(a)",
    "notices": "Articles 13 and 14",
    "reviewed": "Article 5(2)",
    "owner": "Article 5(2)",
    "consent_record": "Article 7(1)",
    "legitimate_interests_assessment": "Article 6(1)(f)",
    "dpia": "Article 35",
    "automated_decisions": "Article 22",
    "required_by": "Article 13(2)(e)",
    "rights": "Article 13(2)(b)",
    "exemption": "Article 14(5)",
    "compatibility": "Article 6(4)",
    "breach": "Article 33(5)",
    "joint_controllers": "Article 26",
    "on_behalf_of": "Article 30(2)",
    "online_service": "Article 8",
}
"""The Article of the UK GDPR that a field is there for, where its help does not name one."""


class FieldShape(Struct, frozen=True):
    """How a place of a document is filled in, by its schema.

    `kind` is line, day, number, choice, ticks, yes-no, lines, group, rows, notes or yaml. `main` is the field that a
    word alone stands for, `alone` whether one row needs no list, `word` whether a word may stand for a mapping.
    """

    key: str
    kind: str
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: Mapping[str, "FieldShape"] = {}
    main: str = ""
    alone: bool = False
    word: bool = False

    @property
    def article(self) -> str:
        """The Article that the field is there for."""
        return (
            "" if "Article" in self.help or "Schedule" in self.help else _ARTICLES.get(self.key, "")
        )


@cache
def shapes(kind: str) -> Mapping[str, FieldShape]:
    """How each field of a kind of documents is filled in."""
    schema = schema_of(kind)
    return {
        key: _Schema(schema).shape(key, said, key in schema["required"])
        for key, said in schema["properties"].items()
    }


class _Schema:
    """A schema that is read."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.defs = schema.get("$defs", {})
        self._opened: list[str] = []

    def shape(self, key: str, said: Mapping[str, Any], required: bool = False) -> FieldShape:
        """How one field is filled in."""
        name, said = self._resolved(said)
        listed = said.get("type", ())
        types = {listed} if isinstance(listed, str) else set(listed)
        made = FieldShape(key, "line", _help(said), required, _choices(said))
        items = _listed(said)
        if items is not None and "array" in types and _is_entry(self._resolved(items)[1]):
            return self._rows(made, items, types)
        if "array" in types:
            choices = (*(("true",) if "boolean" in types else ()), *made.choices)
            return replace(made, kind="ticks" if choices else "lines", choices=choices)
        if _is_entry(said):
            return self._group(made, name or key, said, types)
        return replace(made, kind="notes" if "object" in types else _plain(types, said))

    def _rows(self, made: FieldShape, items: Mapping[str, Any], types: Set[str]) -> FieldShape:
        name = self._resolved(items)[0]
        if self._opened.count(name) >= DEEPEST:
            return replace(made, kind="yaml")
        one = self.shape(name or made.key, items)
        return replace(
            made,
            kind="rows",
            fields=one.fields,
            main=one.main,
            word=one.word,
            alone="object" in types,
        )

    def _group(
        self, made: FieldShape, name: str, said: Mapping[str, Any], types: Set[str]
    ) -> FieldShape:
        self._opened.append(name)
        inside = said if "properties" in said else said["else"]
        needed = inside.get("required", ())
        fields = {k: self.shape(k, v, k in needed) for k, v in inside["properties"].items()}
        self._opened.pop()
        word = bool({"string", "boolean"} & types)
        main = _MAIN.get(name, "") if word else ""
        if word and not main:
            choices = made.choices or (() if "string" in types else ("true", "false"))
            short = FieldShape(
                SHORT, "choice" if choices else "line", "all of it in a word", choices=choices
            )
            fields = {SHORT: short, **fields}
        return replace(made, kind="group", fields=fields, main=main, word=word, choices=())

    def _resolved(self, said: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        name = said.get("$ref", "").rpartition("/")[2]
        return (
            (name, {**self.defs[name], **{k: v for k, v in said.items() if k != "$ref"}})
            if name
            else ("", said)
        )


def _help(said: Mapping[str, Any]) -> str:
    """What a field is for, with an example; one in YAML is none to somebody who fills in a form."""
    help_, example = str(said.get("description", "")), str(next(iter(said.get("examples", ())), ""))
    if help_.startswith("a period in the ISO 8601 way"):  # a form takes it as people say it, too
        help_, example = "a period, a range of two, permanently, or never", "6 years or P6Y"
    help_ = re.sub(r" \(`ropa [^`)]*`\)", "", help_)  # who fills in a form has a box for that
    help_ = help_.removesuffix(", as a list").removesuffix(", as a mapping")
    return f"{help_}, such as {example}" if example and example[0] not in "{[" else help_


def _listed(said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of an entry, where a place may hold a list."""
    for inside in (said, said.get("then", {}), said.get("else", {})):
        if "items" in inside:
            found: Mapping[str, Any] = inside["items"]
            return found
    return None


def _is_entry(said: Mapping[str, Any]) -> bool:
    return "properties" in said or "properties" in said.get("else", {})


def _choices(said: Mapping[str, Any]) -> tuple[str, ...]:
    listed = (
        said.get("enum")
        or said.get("then", {}).get("enum")
        or said.get("items", {}).get("enum")
        or ()
    )
    return tuple(map(str, listed))


def _plain(types: Set[str], said: Mapping[str, Any]) -> str:
    if _choices(said):
        return "choice"
    if types in ({"boolean"}, {"integer"}):
        return "yes-no" if "boolean" in types else "number"
    return "day" if said.get("format") == "date" else "line"
