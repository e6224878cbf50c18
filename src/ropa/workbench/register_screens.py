"""The register at the workbench: each document as a form made from its schema, with what a change breaks or mends."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents import handwriting, source
from ropa.documents.document import SourceFile
from ropa.documents.schema import violations, well_formed
from ropa.errors import RopaError
from ropa.findings import Problem
from ropa.saying import phrases
from ropa.workbench.amending import CannotAmend, Entry, changed, said, with_document
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.entry_fields import (
    PERIODS,
    FilledIn,
    Text,
    fits,
    said_in,
    shown,
    text_of,
    with_row,
    without_row,
)
from ropa.workbench.entry_shapes import FieldShape, shapes
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words
from ropa.workbench.sides import lines_added
from ropa.workbench.unplaced import unplaced
from ropa.workbench.weighing import WeighedChange, in_a_sentence, shifted

KINDS: Mapping[str, tuple[str, str]] = {
    "activity": ("Activities", "activities"),
    "party": ("Parties", ""),
    "system": ("Systems", ""),
    "term": ("Words", ""),
    "notice": ("Notices", "notices"),
    "organisation": ("Organisation", ""),
    "waiver": ("Accepted for now", ""),
    "task": ("Tasks", ""),
}
"""The kinds of documents that have a form, with what to call them and the folder a new one goes into."""
LEFT_OUT = frozenset({"kind", "id", "statements", "aside"})
"""What a form does not change: an id never changes, and a notice is tied where it is read."""


class EntryForm(Struct, frozen=True):
    """A form: of which document, what stands in it, what it says, what is wrong with it, and what it would do.

    `before` is what the document said when the page was made, so that only what was changed in it is written.
    """

    kind: str
    id: str
    new: bool
    before: Mapping[str, Any]
    texts: Mapping[str, Text]
    data: Mapping[str, Any]
    problems: Mapping[str, str] = {}
    weighed: tuple[WeighedChange, list[str]] | None = None


class EntryInFile(Struct, frozen=True):
    """A document of the register: its file, and all that it says there, be it well-formed or not."""

    path: str
    data: Mapping[str, Any]


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
            ("POST", "/entry/weigh", self.weigh),
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
        waiting = unplaced(now.case)
        groups = [(kind, KINDS[kind][0], entries) for kind, entries in found.items()]
        return self.frame.page(
            asking, now, "register.html", "Register",
            groups=groups, unplaced=waiting,
            unknown=[p for p in now.case.register.unknown if p.facet not in {one.key for one in waiting}],
        )  # fmt: skip

    def entry(self, asking: AskedPage) -> Shown:
        """The form of one document, or of a new one."""
        now = self.frame.desk.now()
        kind, id_ = asking.query.get("kind", ""), asking.query.get("id", "")
        document = self._found(now, kind, id_)
        if kind not in KINDS or (id_ and document is None):
            return lost("There is no such document in the register.")
        before = document.data if document else {"kind": kind}
        begun = before if document else {**before, **_begun(asking.query)}
        texts = {key: text_of(shape, begun.get(key)) for key, shape in _shapes(kind, begun)}
        form = EntryForm(kind, id_, document is None, before, texts, begun)
        return self._form(asking, now, form)

    def sent(self, asking: AskedPage) -> Shown:
        """Weigh what was filled in; write it where that is asked for, and it has the right shape."""
        now, form = self.frame.desk.now(), self._filled(asking)
        if form is None:
            return lost("There is no such document in the register any more.")
        does, rows = asking.field("does").partition(":")[::2]
        if rows:
            return self._form(asking, now, replace(form, problems={}), at=rows)
        if form.problems:
            return replace(self._form(asking, now, form), status=422)
        return self._written(asking, now, form) if does == "save" else self._form(asking, now, form)

    def weigh(self, asking: AskedPage) -> Shown:
        """What the form would do as it is now, and what is wrong with it: for the script of the page."""
        now, form = self.frame.desk.now(), self._filled(asking)
        if form is None:
            return lost("There is no such document in the register any more.")
        form = self._weighed(now, form)
        change = self.frame.pages.macro("fields.html", "change", form.weighed, form.problems)
        return Shown(
            json.dumps({"change": change, "problems": dict(form.problems)}), kind="application/json"
        )

    def _filled(self, asking: AskedPage) -> EntryForm | None:
        """The form that was sent; None where its document is not there any more."""
        kind, id_, new = asking.field("kind"), asking.field("id"), asking.field("new") == "yes"
        there = self._found(self.frame.desk.now(), kind, id_)
        if kind not in KINDS or (there is None and not new):
            return None
        before = _as_it_was(asking, kind, there.data if there and not new else {"kind": kind})
        form = _read(asking, EntryForm(kind, id_, new, before, {}, {}))
        taken = {"id": "There is one of this id already"} if new and there else {}
        return replace(form, problems={**form.problems, **taken})

    def _written(self, asking: AskedPage, now: AsItStands, form: EntryForm) -> Shown:
        """Write a form without faults."""
        try:
            path, here, made = self._amended(now, form)
        except CannotAmend as cannot:
            again = replace(form, problems={"": str(cannot)})
            return replace(self._form(asking, now, again), status=422)
        done = f"{'Added' if form.new else 'Changed'} {form.kind} {form.id}"
        change = Change(done, {path: made}, {path: asking.field("base")}, f"{form.kind}/{form.id}")
        try:
            self.frame.desk.write(change, now_in_words())
        except ChangedUnderneath:
            return self._conflict(asking, form, path, (here, made))
        except RopaError as error:
            again = replace(form, problems={"": str(error)})
            return replace(self._form(asking, now, again), status=409)
        return Shown(status=303, to=f"{_address(form.kind, form.id)}&saved=yes")

    def _conflict(
        self, asking: AskedPage, form: EntryForm, path: str, sides: tuple[bytes, bytes]
    ) -> Shown:
        """Both sides: what somebody else has changed of the entry, and what was about to be written."""
        now, (here, made) = self.frame.desk.now(), sides
        there = self._found(now, form.kind, form.id)
        was, is_now = (_one_by_one(data) for data in (form.before, there.data if there else {}))
        page = self.frame.page(
            asking, now, "conflict.html", "Register",
            of="entry", keep=_address(form.kind, form.id), path=path, base=mark(here),
            mine=lines_added(here, made), theirs=[replace(line, number=0) for line in lines_added(was, is_now)],
            fields=[(k, v) for k, values in asking.fields.items() if k not in ("base", "does") for v in values]
            + [("does", "save")],
            action="/entry",
        )  # fmt: skip
        return replace(page, status=409)

    def _amended(self, now: AsItStands, form: EntryForm) -> tuple[str, bytes, bytes]:
        """The file with what was changed in the form, and with what anybody else has changed since it was made.

        Its path, what it holds, and what it is to hold.
        """
        there = None if form.new else self._found(now, form.kind, form.id)
        path = there.path if there else _path(form.kind, form.id or "new")
        here = self.frame.desk.held(path) or b""
        if there is None:
            return path, here, with_document(here, form.data)
        keys = dict.fromkeys((*there.data, *form.data))
        mine = {key for key in keys if form.data.get(key) != form.before.get(key)}
        both = {key: (form.data if key in mine else there.data).get(key) for key in keys}
        whole = {key: value for key, value in both.items() if value is not None}
        return path, here, changed(here, Entry(form.kind, form.id), whole)

    def _found(self, now: AsItStands, kind: str, id_: str) -> EntryInFile | None:
        for document in now.case.documents:
            data = document.data
            if isinstance(data, dict) and (data.get("kind"), data.get("id")) == (kind, id_):
                raw = self.frame.desk.held(document.path)
                entry = Entry(kind, id_)
                return EntryInFile(document.path, said(raw, entry)) if raw is not None else None
        return None

    def _weighed(self, now: AsItStands, form: EntryForm) -> EntryForm:
        """The form with what it would do, where it says something else than the file."""
        if form.problems or form.data == form.before:
            return form
        try:
            path, _, made = self._amended(now, form)
        except CannotAmend as cannot:
            return replace(form, problems={"": str(cannot)})
        after = self.frame.desk.as_if({path: made})
        found = shifted(now.case, after)
        was = {problem.message for problem in now.case.register.unknown}
        strange = [p.message for p in after.register.unknown if p.message not in was]
        return replace(form, weighed=(WeighedChange(in_a_sentence(found), found), strange))

    def _form(self, asking: AskedPage, now: AsItStands, form: EntryForm, *, at: str = "") -> Shown:
        form = self._weighed(now, form)
        there = None if form.new else self._found(now, form.kind, form.id)
        path = there.path if there else _path(form.kind, form.id or "new")
        kept = {key: value for key, value in form.before.items() if key not in LEFT_OUT}
        problems = form.problems
        return self.frame.page(
            asking, now, "entry.html", "Register",
            form=form, called=KINDS[form.kind][0], path=path, at=at,
            fields=[
                shown(shape, f"f/{key}", form.texts[key], problems)
                for key, shape in _shapes(form.kind, form.before)
            ],
            problem=problems.get("", ""), id_problem=problems.get("id", ""),
            before=json.dumps(kept), base=asking.field("base") or mark(self.frame.desk.held(path)),
            saved=asking.query.get("saved", ""),
        )  # fmt: skip


def _as_it_was(asking: AskedPage, kind: str, there: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the document said when the page was made; what a form does not change is as it is now."""
    try:
        sent = json.loads("".join(asking.fields.get("before", ("",))))
    except ValueError:
        return there
    if not isinstance(sent, dict):
        return there
    left = {key: value for key, value in there.items() if key in LEFT_OUT}
    return {"kind": kind, **left, **{key: sent[key] for key in sent if key not in LEFT_OUT}}


def _read(asking: AskedPage, form: EntryForm) -> EntryForm:
    """A form with what was filled in, row by row; one more row, or one less, where that is asked for."""
    fields, (does, rows) = asking.fields, asking.field("does").partition(":")[::2]
    if does in ("add", "drop") and rows:
        fields = (with_row if does == "add" else without_row)(fields, rows)
    filled, before = FilledIn(), form.before
    filled.names["id",] = "id"
    data: dict[str, Any] = {**before, "kind": form.kind, "id": form.id}
    texts: dict[str, Text] = {}
    for key, shape in _shapes(form.kind, before):
        texts[key] = said_in(shape, f"f/{key}", fields, text_of(shape, before.get(key)))
        data[key] = filled.value(shape, f"f/{key}", texts[key], before.get(key), (key,))
    data = {key: data[key] for key in dict.fromkeys(("kind", "id", *data)) if data[key] is not None}
    problems = {**_faults(data, filled), **filled.faults}
    return replace(form, texts=texts, data=data, problems=problems)


def _shapes(kind: str, data: Mapping[str, Any]) -> Iterator[tuple[str, FieldShape]]:
    """How each field of a document is filled in; as YAML, where it says what a form could not hold."""
    for key, shape in shapes(kind).items():
        if key not in LEFT_OUT:
            held = data.get(key)
            yield key, shape if held is None or fits(shape, held) else replace(shape, kind="yaml")


def _one_by_one(data: Mapping[str, Any]) -> bytes:
    """A document as YAML, for a look at what changed in it."""
    return handwriting.document(data).encode()


def _address(kind: str, id_: str) -> str:
    """Where an entry is changed."""
    return f"/entry?kind={kind}&id={quote(id_, safe='')}"


def _begun(query: Mapping[str, str]) -> dict[str, Any]:
    """What a new document begins with: the name that stands for it already."""
    return {"name": query["name"][:200]} if query.get("name") else {}


def _path(kind: str, id_: str) -> str:
    """The file that a new document goes into."""
    folder = KINDS[kind][1]
    names = {
        "party": "parties.yaml",
        "system": "systems.yaml",
        "term": "terms.yaml",
        "waiver": "waivers.yaml",
        "task": "tasks.yaml",
    }
    return f"{folder}/{id_}.yaml" if folder else names.get(kind, f"{kind}.yaml")


def _faults(data: Mapping[str, Any], filled: FilledIn) -> dict[str, str]:
    """What the schema says of each field."""
    found: dict[str, str] = {}
    for document in source.parse(SourceFile("form.yaml", handwriting.document(data))):
        problems: Sequence[Problem] = document.problems
        if not problems and not well_formed(document):
            problems = tuple(violations(document))
        for problem in problems:
            steps = problem.facet.split("/")
            pointer = tuple(int(step) if step.isdecimal() else step for step in steps)
            name = filled.field_at(pointer)
            found.setdefault(name, _in_a_form(name, problem))
    return found


def _in_a_form(name: str, problem: Problem) -> str:
    """What is wrong with a field, for somebody who fills in a form: there a period is written as people say it."""
    if name.rpartition("/")[2] in PERIODS:
        return "It is no period; write a number of years, months, weeks or days, such as 6 years"
    hint = f"; {problem.hint}" if problem.hint else ""
    return phrases.capital(f"{problem.message}{hint}")
