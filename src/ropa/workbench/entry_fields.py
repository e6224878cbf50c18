"""A document as a form: text, place by place, made from what it says and turned into that again.

A place whose text is as it was keeps what is written in the file, however it is written there. Only another is written
anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting, source
from ropa.documents.document import SourceFile
from ropa.location import Pointer
from ropa.visible import visible
from ropa.workbench.door import Fields
from ropa.workbench.entry_shapes import SHORT, FieldShape
from ropa.workbench.forms import OF_ENTRIES, OF_ITS_FACET, OF_KIND, as_iso, in_form

Text = Any
"""Words; those of each field by its key; or rows, each with the number it had before."""
MOST_ROWS = 200
"""How many rows a list may have in a form."""
PERIODS = frozenset({"period", "review_interval"})
"""The fields that may be filled in as people say it: 6 years."""
NAME, WORDS = "name", "words"
"""The keys of the two fields of a note."""


# -- what stands in a document, as text ------------------------------------------------------------


def fits(shape: FieldShape, value: Any) -> bool:
    """Whether a value has the shape that its place asks for, so that nothing of it is lost in a form."""
    match shape.kind:
        case "group":
            inside = isinstance(value, dict) and all(
                key in shape.fields and fits(shape.fields[key], held) for key, held in value.items()
            )
            return inside or (shape.word and isinstance(value, (str, bool)))
        case "rows":
            return all(fits(_row_shape(shape), item) for item in _items(value))
        case "notes":
            held = value.values() if isinstance(value, dict) else [None]
            return all(isinstance(words, str) for words in held)
        case "lines" | "ticks":
            return all(isinstance(one, (str, int)) for one in _items(value))
    return shape.kind == "yaml" or isinstance(value, (str, int))


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def text_of(shape: FieldShape, value: Any) -> Text:
    """What stands in the form for a value; of a value that is not there, nothing."""
    match shape.kind:
        case "group":
            held = _as_mapping(shape, value)
            return {key: text_of(field, held.get(key)) for key, field in shape.fields.items()}
        case "rows":
            rows = [] if value is None else _items(value)
            return [(str(n), text_of(_row_shape(shape), row)) for n, row in enumerate(rows)]
        case "notes":
            return [(str(n), {NAME: k, WORDS: v}) for n, (k, v) in enumerate((value or {}).items())]
        case "yaml":
            return _block(value)
        case "lines" | "ticks":
            return "\n".join(map(_word, [] if value is None else _items(value)))
    return _line(shape, value)


def _line(shape: FieldShape, value: Any) -> str:
    if value is None:
        return ""
    is_period = shape.key in PERIODS and isinstance(value, str)
    return in_form(value) if is_period else _word(value)


def _as_mapping(shape: FieldShape, value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    return {} if value is None else {shape.main or SHORT: value}


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _block(value: Any) -> str:
    """A value as YAML of its own; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return handwriting.document(value).rstrip("\n")
    if isinstance(value, list):
        return "".join(handwriting.item(one, "") for one in value).rstrip("\n")
    return handwriting.scalar(value)


def said_in(shape: FieldShape, name: str, fields: Fields, kept: Text) -> Text:
    """What a form that was sent says of a place; what it does not speak of at all stays as it was."""
    match shape.kind:
        case "group":
            return {
                k: said_in(field, f"{name}/{k}", fields, kept[k])
                for k, field in shape.fields.items()
            }
        case "rows" | "notes":
            return _rows_in(shape, name, fields, kept)
        case "ticks":
            ticked = [word for word in fields.get(name, ()) if word]
            return "\n".join(ticked) if name in fields else kept
    if name not in fields:
        return kept
    sent = "\n".join(fields[name]).replace("\r\n", "\n").strip()
    as_shown = "\n".join(map(visible, kept.split("\n")))
    return kept if sent in (kept.strip(), as_shown.strip()) else sent


def _rows_in(shape: FieldShape, name: str, fields: Fields, kept: Text) -> Text:
    if f"{name}/rows" not in fields:
        return kept
    inside = _row_shape(shape)
    was, nothing = dict(kept), text_of(inside, None)
    found = []
    numbers = [number for number in fields[f"{name}/rows"] if number.isdecimal()]
    for number in numbers[:MOST_ROWS]:
        before = (fields.get(f"{name}/{number}/was") or ("",))[0]
        found.append(
            (before, said_in(inside, f"{name}/{number}", fields, was.get(before, nothing)))
        )
    return found


def _row_shape(shape: FieldShape) -> FieldShape:
    if shape.kind == "notes":
        lines = {key: FieldShape(key, "line", help_, True) for key, help_ in _OF_A_NOTE.items()}
        return FieldShape(shape.key, "group", fields=lines)
    return FieldShape(shape.key, "group", fields=shape.fields, main=shape.main, word=shape.word)


_OF_A_NOTE = {NAME: "the heading in the other record", WORDS: "what it says there"}


# -- what stands in a form, as a document ----------------------------------------------------------


class FilledIn:
    """Makes values of what was filled in, and remembers which field each place of them comes from.

    `faults` are the fields that cannot be read, with the reason of each.
    """

    def __init__(self) -> None:
        self.names: dict[Pointer, str] = {}
        self.faults: dict[str, str] = {}

    def value(self, shape: FieldShape, name: str, text: Text, before: Any, at: Pointer) -> Any:
        """What a place says; None where it says nothing."""
        self.names[at] = name
        match shape.kind:
            case "group":
                return self._group(shape, name, text, before, at)
            case "rows":
                return self._rows(shape, name, text, before, at)
            case "notes":
                said = {row[NAME]: row[WORDS] for _, row in text if row[NAME] or row[WORDS]}
                return said or None
        unchanged = before is not None and text == text_of(shape, before)
        return before if unchanged else self._plain(shape, name, text)

    def _plain(self, shape: FieldShape, name: str, text: str) -> Any:
        if not text.strip():
            return None
        match shape.kind:
            case "lines" | "ticks":
                lines = [line.strip() for line in text.split("\n") if line.strip()]
                whole = "true" in shape.choices and "true" in lines
                return True if whole else lines[0] if len(lines) == 1 else lines
            case "yaml":
                return self._yaml(name, text)
            case "number":
                return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else text
        if shape.key in PERIODS:
            return as_iso(text)
        boolean = shape.kind == "yes-no" or shape.key == SHORT
        return {"true": True, "false": False}.get(text, text) if boolean else text

    def _yaml(self, name: str, text: str) -> Any:
        try:
            return read_yaml(text)
        except ValueError as error:
            self.faults[name] = str(error)
            return text

    def _group(self, shape: FieldShape, name: str, text: Text, before: Any, at: Pointer) -> Any:
        held = _as_mapping(shape, before)
        ordered = [key for key in dict.fromkeys((*held, *shape.fields)) if key in shape.fields]
        made = {
            k: self.value(shape.fields[k], f"{name}/{k}", text[k], held.get(k), (*at, k))
            for k in ordered
        }
        said = {key: value for key, value in made.items() if value is not None}
        if not said:
            return None
        if SHORT in said and len(said) > 1:
            self.faults[f"{name}/{SHORT}"] = (
                "It is said in a word here and field by field below; leave one of them out"
            )
            return said[SHORT]
        short = SHORT if SHORT in said else shape.main
        written_so = not isinstance(before, dict) or short == SHORT
        return said[short] if short and list(said) == [short] and written_so else said

    def _rows(self, shape: FieldShape, name: str, text: Text, before: Any, at: Pointer) -> Any:
        inside, was = _row_shape(shape), [] if before is None else _items(before)
        nothing = text_of(inside, None)
        rows = [(n, old, row) for n, (old, row) in enumerate(text) if row != nothing]
        alone = len(rows) == 1 and shape.alone and not isinstance(before, list)
        made = []
        for place, (number, old, row) in enumerate(rows):
            held = was[int(old)] if old.isdecimal() and int(old) < len(was) else None
            pointer = at if alone else (*at, place)
            made.append(self.value(inside, f"{name}/{number}", row, held, pointer))
        self.names[at] = name
        return made[0] if alone else (made or None)

    def field_at(self, pointer: Pointer) -> str:
        """The field that a place of the document comes from, or the nearest around it."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.names:
                return self.names[pointer[:length]]
        return ""


_MOST_DIGITS = 10


def read_yaml(text: str) -> Any:
    """YAML of one value. Raises `ValueError`."""
    indented = "\n".join(f"  {line}" for line in text.split("\n"))
    block = ":" in text or text.startswith("-")
    written = f"x:\n{indented}\n" if block else f"x: {text}\n"
    documents = list(source.parse(SourceFile("field.yaml", written)))
    problems = [problem.message for document in documents for problem in document.problems]
    if len(documents) != 1 or problems or not isinstance(documents[0].data, dict):
        raise ValueError(problems[0] if problems else "it is no YAML")
    return documents[0].data["x"]


# -- what is shown ---------------------------------------------------------------------------------


class FormField(Struct, frozen=True):
    """A field of a form: how it is filled in, what stands in it, its help and Article, and what is wrong with it.

    `fields` are those of a group; `rows` those of each row, with the number it had in the file.
    """

    name: str
    shape: FieldShape
    text: str = ""
    problem: str = ""
    fields: tuple["FormField", ...] = ()
    rows: tuple["FormRow", ...] = ()

    @property
    def id(self) -> str:
        """The name of its place in the page."""
        return self.name.replace("/", "-").replace(SHORT, "short")

    @property
    def label(self) -> str:
        """What to call it."""
        return (
            "In a word"
            if self.shape.key == SHORT
            else self.shape.key.replace("_", " ").replace("-", " ")
        )

    @property
    def worded(self) -> bool:
        """Whether what stands in it are words of the vocabulary, or entries, which can be looked for by their names."""
        known = any(self.shape.key in keys for keys in (OF_ENTRIES, OF_ITS_FACET, OF_KIND))
        return known and self.shape.kind in ("line", "lines")

    @property
    def ticked(self) -> Sequence[str]:
        """The words that are ticked."""
        return self.text.split("\n")

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it, or is wrong with it."""
        inside = any(field.says_something for field in self.fields)
        return bool(self.text or self.problem or self.rows or inside)

    @property
    def shown(self) -> bool:
        """Whether it is shown at once: it is needed, says something, or is wrong."""
        return self.shape.required or self.says_something


class FormRow(Struct, frozen=True):
    """A row of a list: its name in the form, its number there and in the file, and its fields."""

    name: str
    number: str
    was: str
    fields: tuple[FormField, ...]

    @property
    def said(self) -> str:
        """What stands in its first fields."""
        said = [field.text.replace("\n", ", ") for field in self.fields if field.text]
        return ": ".join(said[:2])

    @property
    def some_shown(self) -> bool:
        """Whether any of its fields is shown at once."""
        return any(field.shown for field in self.fields)


def shown(shape: FieldShape, name: str, text: Text, problems: Mapping[str, str]) -> FormField:
    """A field as the page shows it."""
    problem = problems.get(name, "")
    match shape.kind:
        case "group":
            return FormField(name, shape, "", problem, tuple(_inside(shape, name, text, problems)))
        case "rows" | "notes":
            inside = _row_shape(shape)
            rows = [
                FormRow(
                    f"{name}/{n}", str(n), was, tuple(_inside(inside, f"{name}/{n}", row, problems))
                )
                for n, (was, row) in enumerate(text)
            ]
            return FormField(name, shape, "", problem, (), tuple(rows))
    return FormField(name, shape, text, problem)


def _inside(
    shape: FieldShape, name: str, text: Text, problems: Mapping[str, str]
) -> Iterator[FormField]:
    for key, field in shape.fields.items():
        yield shown(field, f"{name}/{key}", text[key], problems)


def with_row(fields: Fields, name: str) -> dict[str, Sequence[str]]:
    """A form that was sent, with one more row in a list."""
    numbers = list(fields.get(f"{name}/rows", ()))
    new = str(max((int(n) for n in numbers if n.isdecimal()), default=-1) + 1)
    return {**fields, f"{name}/rows": (*numbers, new)}


def without_row(fields: Fields, name: str) -> dict[str, Sequence[str]]:
    """A form that was sent, without one row of a list."""
    rows, number = name.rpartition("/")[0], name.rpartition("/")[2]
    left = [n for n in fields.get(f"{rows}/rows", ()) if n != number]
    return {**fields, f"{rows}/rows": tuple(left) or ("",)}
