"""The register at the workbench: each document as a form made from its schema, with what a change breaks or mends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents import handwriting, source
from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import schema_of, violations, well_formed
from ropa.errors import RopaError
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.workbench.amending import CannotAmend, Entry, put, with_document
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words
from ropa.workbench.weighing import WeighedChange, in_a_sentence, shifted

KINDS: Mapping[str, tuple[str, str]] = {
    "activity": ("Activities", "activities"),
    "party": ("Parties", ""),
    "system": ("Systems", ""),
    "term": ("Words", ""),
    "notice": ("Notices", "notices"),
    "organisation": ("Organisation", ""),
    "waiver": ("Accepted for now", ""),
}
"""The kinds of documents that have a form, with what to call them and the folder a new one goes into."""
LEFT_OUT = frozenset({"kind", "id", "statements", "aside"})
"""What a form does not change: an id never changes, and a notice is tied where it is read."""


class FormField(Struct, frozen=True):
    """A field of a form: how it is written, what stands in it, its help, and what is wrong with it."""

    key: str
    kind: str
    text: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    problem: str = ""

    @property
    def shown(self) -> bool:
        """Whether it is shown at once: it is needed, says something, or is wrong."""
        return self.required or bool(self.text or self.problem)


class EntryForm(Struct, frozen=True):
    """A form: of which document, with what in it, what is wrong with it, and what it would do."""

    kind: str
    document: Document | None
    data: Mapping[str, Any]
    problems: Mapping[str, str] = {}
    weighed: tuple[WeighedChange, list[str]] | None = None


class RegisterScreens:
    """The pages of the register."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (
            ("GET", "/register", self.listed),
            ("GET", "/entry", self.entry),
            ("POST", "/entry", self.sent),
        )

    def listed(self, asking: AskedPage) -> Shown:
        """Every document of the register, by its kind."""
        now = self.frame.desk.now()
        found: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in KINDS}
        for document in now.case.documents:
            data = document.data
            if (
                isinstance(data, dict)
                and isinstance(data.get("kind"), str)
                and data["kind"] in found
                and isinstance(data.get("id"), str)
            ):
                name = data.get("name") or data.get("label") or data["id"]
                found[data["kind"]].append((data["id"], str(name), document.path))
        groups = [(kind, KINDS[kind][0], entries) for kind, entries in found.items()]
        return self.frame.page(
            asking, now, "register.html", "Register",
            groups=groups, unknown=now.case.register.unknown,
        )  # fmt: skip

    def entry(self, asking: AskedPage) -> Shown:
        """The form of one document, or of a new one."""
        now = self.frame.desk.now()
        kind, id_ = asking.query.get("kind", ""), asking.query.get("id", "")
        document = _found(now, kind, id_)
        if kind not in KINDS or (id_ and document is None):
            return lost("There is no such document in the register.")
        data = document.data if document else {"kind": kind, **_begun(asking.query)}
        return self._form(asking, now, EntryForm(kind, document, data))

    def sent(self, asking: AskedPage) -> Shown:
        """Weigh what was filled in; write it where that is asked for, and it has the right shape."""
        now = self.frame.desk.now()
        kind, id_, new = asking.field("kind"), asking.field("id"), asking.field("new") == "yes"
        there = _found(now, kind, id_)
        if kind not in KINDS or (there is None and not new):
            return lost("There is no such document in the register any more.")
        document = None if new else there
        data, problems = _filled(kind, id_, asking, document.data if document else {})
        if new and there:
            problems["id"] = "There is one of this id already"
        form = EntryForm(kind, document, data, {**problems, **_faults(data, problems)})
        if form.problems:
            return replace(self._form(asking, now, form), status=422)
        return self._weighed_or_written(
            asking, now, form, f"{'Added' if new else 'Changed'} {kind} {id_}"
        )

    def _weighed_or_written(
        self, asking: AskedPage, now: AsItStands, form: EntryForm, said: str
    ) -> Shown:
        """What becomes of a form without faults."""
        id_ = str(form.data["id"])
        path = form.document.path if form.document else _path(form.kind, id_)
        try:
            made = self._amended(form.document, path, form.kind, form.data)
        except CannotAmend as cannot:
            again = replace(form, problems={"": str(cannot)})
            return replace(self._form(asking, now, again), status=422)
        if asking.field("does") != "save":
            return self._form(asking, now, replace(form, weighed=self._weighed(now, path, made)))
        change = Change(said, {path: made}, {path: asking.field("base")}, f"{form.kind}/{id_}")
        try:
            self.frame.desk.write(change, now_in_words())
        except (ChangedUnderneath, RopaError) as error:
            why = (
                f"{error}. Nothing is written; save again to write yours over the file as it is now"
            )
            again = replace(form, problems={"": why})
            return replace(self._form(asking, self.frame.desk.now(), again), status=409)
        return Shown(status=303, to=f"/entry?kind={form.kind}&id={id_}&saved=yes")

    def _amended(
        self, document: Document | None, path: str, kind: str, data: Mapping[str, Any]
    ) -> bytes:
        """The file with what is otherwise written in its place, key by key."""
        raw = self.frame.desk.held(path)
        if document is None:
            return with_document(raw or b"", dict(data))
        made, entry = raw or b"", Entry(kind, data["id"])
        for key in dict.fromkeys((*document.data, *data)):
            if document.data.get(key) != data.get(key):
                made = put(made, entry, (key,), data.get(key))
        return made

    def _weighed(self, now: AsItStands, path: str, made: bytes) -> tuple[WeighedChange, list[str]]:
        after = self.frame.desk.as_if({path: made})
        found = shifted(now.case, after)
        was = {problem.message for problem in now.case.register.unknown}
        strange = [p.message for p in after.register.unknown if p.message not in was]
        return WeighedChange(in_a_sentence(found), found), strange

    def _form(self, asking: AskedPage, now: AsItStands, form: EntryForm) -> Shown:
        id_, problems = str(form.data.get("id", "")), form.problems
        path = form.document.path if form.document else _path(form.kind, id_ or "new")
        return self.frame.page(
            asking, now, "entry.html", "Register",
            kind=form.kind, called=KINDS[form.kind][0], id=id_, new=form.document is None, path=path,
            fields=tuple(_fields(form.kind, form.data, problems)),
            problem=problems.get("", ""), id_problem=problems.get("id", ""), problems=len(problems),
            weighed=form.weighed[0] if form.weighed else None,
            strange=form.weighed[1] if form.weighed else [],
            base=mark(self.frame.desk.held(path)), saved=asking.query.get("saved", ""),
        )  # fmt: skip


def _begun(query: Mapping[str, str]) -> dict[str, Any]:
    """What a new document begins with: an unknown word becomes one of the register's own."""
    found: dict[str, Any] = {}
    if query.get("facet") in set(map(str, Facet)):
        found["facet"] = query["facet"]
    if query.get("label"):
        found["label"] = query["label"][:200]
    return found


def _found(now: AsItStands, kind: str, id_: str) -> Document | None:
    for document in now.case.documents:
        data = document.data
        if isinstance(data, dict) and (data.get("kind"), data.get("id")) == (kind, id_):
            return document
    return None


def _path(kind: str, id_: str) -> str:
    """The file that a new document goes into."""
    folder = KINDS[kind][1]
    names = {
        "party": "parties.yaml",
        "system": "systems.yaml",
        "term": "terms.yaml",
        "waiver": "waivers.yaml",
    }
    return f"{folder}/{id_}.yaml" if folder else names.get(kind, f"{kind}.yaml")


def _fields(kind: str, data: Mapping[str, Any], problems: Mapping[str, str]) -> Iterator[FormField]:
    schema = schema_of(kind)
    for key, said in schema["properties"].items():
        if key in LEFT_OUT:
            continue
        how = _how(said)
        help_ = str(said.get("description", ""))
        if said.get("examples"):
            help_ += f", such as {said['examples'][0]}"
        yield FormField(
            key, how, _text(data.get(key), how), help_, key in schema["required"],
            tuple(map(str, said.get("enum", ()))), problems.get(key, ""),
        )  # fmt: skip


def _how(said: Mapping[str, Any]) -> str:
    """How a field is filled in: one line, a line for each of several, a choice, or YAML."""
    types = said.get("type", ())
    listed = [types] if isinstance(types, str) else list(types)
    if "enum" in said:
        return "choice"
    if listed == ["string"]:
        return "day" if said.get("format") == "date" else "line"
    if listed == ["boolean"]:
        return "yes-no"
    plain = str(said.get("items", {}).get("type", "")) == "string"
    return (
        "lines"
        if set(listed) <= {"string", "array", "integer"} and "array" in listed and plain
        else "yaml"
    )


def _text(value: Any, how: str) -> str:
    if value is None:
        return ""
    if how == "lines":
        return "\n".join(map(str, value if isinstance(value, list) else [value]))
    if how == "yaml":
        return (
            handwriting.entry("x", value, "").removeprefix("x:").strip("\n").lstrip(" ")
            if not isinstance(value, (dict, list))
            else _block(value)
        )
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def _block(value: Any) -> str:
    """A mapping or a list as YAML of its own."""
    if isinstance(value, dict):
        return handwriting.document(value).rstrip("\n")
    return "".join(handwriting.item(one, "") for one in value).rstrip("\n")


def _filled(
    kind: str, id_: str, asking: AskedPage, before: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form says, in the order of the file; what was not changed stays as it was written."""
    data: dict[str, Any] = {
        "kind": kind,
        "id": id_,
        **{k: v for k, v in before.items() if k in LEFT_OUT},
    }
    problems: dict[str, str] = {}
    said: dict[str, Any] = {}
    for field in _fields(kind, before, {}):
        text = (
            "\n".join(asking.fields.get(f"f.{field.key}", (field.text,)))
            .replace("\r\n", "\n")
            .strip()
        )
        if text == field.text.strip():
            if field.key in before:
                said[field.key] = before[field.key]
            continue
        try:
            value = _value(field.kind, text)
        except ValueError as error:
            problems[field.key] = str(error)
            value = text
        if value is not None:
            said[field.key] = value
    ordered = [key for key in (*before, *said) if key in said or key in data]
    return {
        key: said.get(key, data.get(key)) for key in dict.fromkeys(("kind", "id", *ordered))
    }, problems


def _value(kind: str, text: str) -> Any:
    """What a field comes to; None where nothing stands in it. Raises `ValueError`."""
    if not text:
        return None
    match kind:
        case "lines":
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            return lines[0] if len(lines) == 1 else lines
        case "yes-no":
            return {"yes": True, "no": False}.get(text, text)
        case "yaml":
            return _read(text)
    return text


def _read(text: str) -> Any:
    """YAML of one value."""
    indented = "\n".join(f"  {line}" for line in text.split("\n"))
    block = ":" in text or text.startswith("-")
    documents = list(
        source.parse(SourceFile("field.yaml", f"x:\n{indented}\n" if block else f"x: {text}\n"))
    )
    if len(documents) != 1 or documents[0].problems or not isinstance(documents[0].data, dict):
        found = (
            documents[0].problems[0].message
            if documents and documents[0].problems
            else "it is no YAML"
        )
        raise ValueError(found)
    return documents[0].data["x"]


def _faults(data: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
    """What the schema says of each field."""
    text = handwriting.document({key: value for key, value in data.items() if value is not None})
    found: dict[str, str] = {}
    for document in source.parse(SourceFile("form.yaml", text)):
        problems: Sequence[Any] = document.problems
        if not problems and not well_formed(document):
            problems = tuple(violations(document))
        for problem in problems:
            key = problem.facet.partition("/")[0]
            hint = f"; {problem.hint}" if problem.hint else ""
            if key not in known:
                found[key] = phrases.capital(f"{problem.message}{hint}")
    return found
