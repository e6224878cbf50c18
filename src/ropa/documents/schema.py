"""Does each document have the shape its `kind` promises? The only module that knows JSON Schema.

`jsonschema-rs` is the gate: it takes microseconds where `jsonschema` takes a millisecond. Only a document
that fails is looked at by `jsonschema`, which knows the place and the reason of every fault. The schemas
refer to nothing outside themselves, so nothing is ever fetched.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ropa.documents.document import COLUMN_BITS, Document, Origin
from ropa.documents.patterns import regex
from ropa.errors import did_you_mean, nearest
from ropa.findings import Problem
from ropa.location import Pointer

KINDS = (
    "organisation",
    "party",
    "system",
    "activity",
    "notice",
    "term",
    "waiver",
    "task",
    "sign-off",
)
WIDEST = 60
"""How much of a value is repeated in a message."""
MOST_GUESSED = 100
"""For how many names that are not known, in one place, it is looked for the one that may be meant."""
MOST_KEPT = 4
"""What is wrong with how many documents is kept."""
_Fault = tuple[Pointer, str, Problem]
"""Where something is wrong, the name that may be meant there, and what is wrong."""
_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a mapping (`name: value`)",
    "boolean": "true or false, in small letters and without quotes",
    "integer": "a whole number",
    "null": "nothing",
}


def well_formed(document: Document) -> bool:
    """Whether the document has the shape its kind promises. Fast; `violations` says why not."""
    data = document.data
    kind = data.get("kind") if isinstance(data, dict) else None
    return isinstance(kind, str) and kind in KINDS and bool(_gate(kind)(data))


def violations(document: Document) -> Iterator[Problem]:
    """Every departure from the schema, at the place it was written, with what to write instead."""
    return (problem for _, _, problem in _faults(document))


def faulty(document: Document) -> Iterator[tuple[Pointer, str]]:
    """Where a document departs from its schema; of a name that is not known, with the one that may be meant."""
    return ((pointer, meant) for pointer, meant, _ in _faults(document))


@lru_cache(maxsize=MOST_KEPT)
def _faults(document: Document) -> tuple[_Fault, ...]:
    """Kept, since what is left of a document is asked right after what is wrong with it."""
    return tuple(_violations(document))


def _violations(document: Document) -> Iterator[_Fault]:
    data = document.data
    if not isinstance(data, dict):
        hint = "begin with `kind:` and go on with `name: value` lines"
        yield _problem(
            document, (), f"a document must be a mapping, and this is {_type(data)}", hint
        )
        return
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        yield _unknown_kind(document, kind)
        return
    errors = _explainer(kind).iter_errors(data)
    found = [fault for error in errors for fault in _said(document, kind, error)]
    if not found:  # the two validators disagree; the stricter one stands
        found = [
            _problem(document, (), f"this is not a well-formed {kind}", "see docs/register.md")
        ]
    yield from {fault[2].facet: fault for fault in reversed(found)}.values()  # one for each place


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind, as data."""
    inside = Path(__file__).parents[1] / "schemas"  # a wheel carries them inside the package
    folder = inside if inside.is_dir() else Path(__file__).parents[3] / "schemas"
    schema: dict[str, Any] = json.loads((folder / f"{kind}.schema.json").read_text("utf-8"))
    return schema


@cache
def _gate(kind: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(schema_of(kind), validate_formats=True).is_valid


@cache
def _explainer(kind: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    exact = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call] # its stubs
    return exact(schema_of(kind), format_checker=FormatChecker(["date"]))


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
    """`pattern` where `$` is the very end, as in ECMA 262; Python's also matches before a last newline."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _unknown_kind(document: Document, kind: Any) -> _Fault:
    listed = ", ".join(KINDS)
    if kind is None:
        written = next((key for key in document.data if key.strip().casefold() == "kind"), "kind")
        hint = f"add `kind:`, in small letters, and one of {listed}"
        return _problem(document, (written,), "this document does not say its kind", hint)
    near = did_you_mean(kind, KINDS) if isinstance(kind, str) else ""
    return _problem(
        document,
        ("kind",),
        f"{_shown(kind)} is not a kind of document{near}",
        f"write one of {listed}",
    )


def _said(document: Document, kind: str, error: Any) -> Iterator[_Fault]:
    """One fault of the schema in the words of somebody who never saw a schema."""
    path, value, schema = tuple(error.absolute_path), error.instance, error.schema
    name = _named(path, kind)
    match error.validator:
        case "oneOf":
            if isinstance(value, dict):
                yield _one_claim(document, path, value, schema)
        case "if":  # it says only that something inside it failed
            for inner in error.context:
                yield from _said(document, kind, inner)
        case "additionalProperties":
            known = tuple(schema.get("properties", {}))
            extras = [key for key in value if key not in known]
            for number, extra in enumerate(extras):
                near = nearest(extra, known, most=1) if number < MOST_GUESSED else ()
                meant = next(iter(near), "")
                guess = f" (did you mean {meant}?)" if meant else ""
                message = f"`{_cut(extra)}` is not known here{guess}"
                if not extra.strip():
                    message = "the name before the `:` is missing"
                hint = f"{name} may hold {', '.join(known)}"
                yield _problem(document, (*path, extra), message, hint, meant)
        case "required":
            missing = next(iter(re.findall(r"'(.+?)' is a required", error.message)), "")
            fields = (schema if path else schema_of(kind)).get("properties", {})
            hint = _what_to_write(fields.get(missing, {}), kind)
            message = f"{name} must say its `{missing}`"
            yield _problem(document, (*path, missing), message, hint and f"write {hint}")
        case _:
            wanted = _what_to_write(schema, kind)
            empty = value in ([], {}) or (isinstance(value, str) and not value.strip())
            wanted = wanted or f"something {'here' if empty else 'else'}, or leave it out"
            message = (
                f"{name} is empty" if empty else f"{name} is {_shown(value)}{_complaint(error)}"
            )
            yield _problem(document, path, message, _one_each(error) or f"write {wanted}")


def _one_each(error: Any) -> str:
    """What to write where several letters of a lawful basis stand in the place of one; nothing elsewhere."""
    path, value = tuple(error.absolute_path), error.instance
    if error.validator != "enum" or "basis" not in path:
        return ""
    letters = re.findall(r"\w+", value) if isinstance(value, str) else value
    letters = [one for one in letters if one != "and"] if isinstance(letters, list) else []
    if len(letters) < 2 or not all(one in error.validator_value for one in letters):  # noqa: PLR2004
        return ""
    listed = ", ".join(f"{{{path[-1]}: {letter}}}" for letter in letters)
    return f"write an entry for each, as in `basis: [{listed}]`, and with each what it is for"


def _complaint(error: Any) -> str:
    match error.validator:
        case "enum":
            choices = [str(choice) for choice in error.validator_value]
            near = did_you_mean(str(error.instance), choices)
            return f"{near} and must be one of {', '.join(choices)}"
        case "type":
            types = error.validator_value
            listed = [types] if isinstance(types, str) else types
            wanted = " and must be " + " or ".join(_TYPES.get(t, t) for t in listed)
            unquoted = "string" in listed and isinstance(error.instance, int)
            return f"{wanted}: put quotes around it" if unquoted else wanted
        case "minItems" | "minLength" | "minProperties":
            return " and must not be empty" if error.validator_value == 1 else " and is too short"
        case "pattern":
            astray = error.instance != error.instance.strip()
            where = "with a space or a line break before or behind it"
            return f", {where}" if astray else ", and it cannot be written like that"
        case "format" if error.validator_value == "date":
            return _no_day(str(error.instance))
    return ""


def _no_day(written: str) -> str:
    if _A_MONTH.fullmatch(written):
        return ", which is a month and no day: its first day will do"
    in_order = _AS_A_DAY.fullmatch(written)
    return ", and there is no such day" if in_order else ", which is no day as it is written"


_AS_A_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_A_MONTH = regex(
    r"(?i)(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? \d{4}|\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}"
)


def _one_claim(document: Document, path: Pointer, value: Any, schema: Any) -> _Fault:
    claims = [choice["required"][0] for choice in schema["oneOf"]]
    written = [claim for claim in claims if claim in value]
    if claims == ["finding", "notice"]:
        message = "a task is about one finding, or about one sentence of a notice"
        return _problem(document, path, message, "write `finding:`, or `notice:` and `quote:`")
    if claims == ["quote", "heading"]:
        message = "what is set aside is one quote, or all below one heading"
        return _problem(document, path, message, "write `quote:` or `heading:`")
    if not written:
        message = "this statement does not say what the notice says"
        return _problem(document, path, message, f"add one of {', '.join(claims)}")
    message = f"this statement makes several claims: {', '.join(written)}"
    return _problem(
        document, (*path, written[1]), message, "write one statement for each, with the same quote"
    )


def _what_to_write(schema: Mapping[str, Any], kind: str) -> str:
    if "$ref" in schema:
        schema = schema_of(kind)["$defs"][schema["$ref"].rpartition("/")[2]]
    description = str(schema.get("description", ""))
    examples = schema.get("examples", ())
    return f"{description}, such as {examples[0]}" if examples else description


def _named(path: tuple[Any, ...], kind: str) -> str:
    """What stands at a path, as one would point at it: `name`, an entry of `sources`, this activity."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return f"this {kind}"
    return f"`{_cut(names[-1])}`" if path[-1] == names[-1] else f"an entry of `{_cut(names[-1])}`"


def _shown(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)) or value == "":
        return _type(value)
    said = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
    return f"“{_cut(str(said))}”"


def _cut(written: str) -> str:
    """On one line, and not too long for it."""
    line = " ".join(written[:1000].split())
    return f"{line[:WIDEST]}…" if len(line) > WIDEST else line


def _type(value: Any) -> str:
    match value:
        case None | "":
            return "empty"
        case dict():
            return "a mapping (`name: value`)"
        case list():
            return "a list"
    return f"the plain value {_shown(value)}"


def _problem(
    document: Document, pointer: Pointer, message: str, hint: str, meant: str = ""
) -> _Fault:
    at = Origin(document, pointer).location
    facet = " ".join("/".join(map(str, pointer)).split())
    return pointer, meant, Problem(at, message, hint, where=_where(document), facet=facet)


def _where(document: Document) -> str:
    """The file and which of its documents it is: two may have the same id, or none."""
    number = document.file.document_at(document.start >> COLUMN_BITS)
    return f"{document.path}#{number}" if number > 1 else document.path
