"""What an importer read, into the files of a register: only what is otherwise than before is written anew.

Before and after are both asked the same question, what the record would say as a workbook. What differs between the
workbook that came back and the one that would be written now is what somebody changed; what would differ after the
files are written is a fault, so that nothing is lost on the way.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ropa import plugins
from ropa.documents import handwriting, libyaml
from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.libyaml import Stretch
from ropa.documents.passed_over import passed_over
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import parse, read_tree
from ropa.errors import CannotRead
from ropa.exporters import record_xlsx as workbook_of
from ropa.findings import Problem
from ropa.importers import record_xlsx
from ropa.judging.coverage import Settings
from ropa.location import Location
from ropa.record.gather import gather
from ropa.record.workbook import amending
from ropa.record.workbook.carried import Carried, Identity, WorkbookReading, identity, said
from ropa.record.workbook.spreadsheet import Spot
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import ROOTS, Facet

_HOMES = {
    "activity": "activities/",
    "notice": "notices/",
    "organisation": "organisation.yaml",
    "party": "parties.yaml",
    "system": "systems.yaml",
    "term": "terms.yaml",
}


class Intake(Struct, frozen=True):
    """What is to be written: the text of each file, or None for one that goes; `changes` says it in words.

    While there are `faults` there is nothing to write. `notes` are what was not carried over.
    """

    files: Mapping[str, str | None]
    changes: tuple[str, ...]
    faults: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def take_in(content: bytes, format_: str, root: Path, settings: Settings) -> Intake:
    """What a foreign file changes in the register under `root`, which need not be there yet."""
    documents = tuple(read_tree(root)) if root.is_dir() else ()
    refuse_broken(documents)
    refuse_passed_over(root, documents)
    reading: WorkbookReading = plugins.load("importers", format_).read(content, documents)
    day = date.fromisoformat(reading.day) if reading.day else settings.day
    look = _Asking(format_, replace(settings, day=day))
    before = look.at(documents) if documents else WorkbookReading(())
    if lost := [_lost_column(*column) for column in sorted(reading.lacking & before.filled)]:
        return Intake({}, (), ordered(lost), ordered(reading.notes))
    plan = _plan(reading, before, fresh=not documents)
    reading = _up_to_date(reading, before, plan)
    faults = [*reading.faults, *plan.faults]
    if not plan.nothing or len(reading.documents) != len(before.documents):
        faults += _judged(reading, before, documents, {fault.at for fault in faults})
    if faults:
        return Intake({}, (), ordered(faults), ordered(reading.notes))
    files, changes, after = _carried_over(reading, plan, documents, look, before)
    if lost := [_not_the_same(carried) for carried in _unlike(reading, after)]:
        return Intake({}, (), ordered(lost), ordered(reading.notes))
    drawn, unsaid = _drawn(reading, before, after), _unsaid(reading, documents)
    return Intake(files, changes, (), ordered([*reading.notes, *plan.notes, *drawn, *unsaid]))


def _carried_over(
    reading: WorkbookReading,
    plan: "WritingPlan",
    documents: Sequence[Document],
    look: "_Asking",
    before: WorkbookReading,
) -> tuple[Mapping[str, str | None], tuple[str, ...], WorkbookReading]:
    """The files, the changes, and how the register will read; at a second try with whole fields written anew."""
    if documents and plan.nothing:
        return {}, (), before
    files, changes = texts_of(plan, documents)
    after = look.at(with_files(documents, files))
    again = {carried.identity for carried in _unlike(reading, after)}
    if again:  # what the register said in a way of its own is now said outright
        files, changes = texts_of(plan, documents, outright=again)
        after = look.at(with_files(documents, files))
    return files, changes, after


def _not_the_same(carried: Carried) -> Problem:
    message = f"{carried.data['id']} would not read back as it stands here"
    return said(carried.at, message, "this is a fault in ropa itself")


def refuse_broken(documents: Iterable[Document]) -> None:
    """A register that cannot be read as a whole would seem to have lost what it holds."""
    for document in documents:
        for problem in document.problems or (() if well_formed(document) else violations(document)):
            raise CannotRead(
                f"{problem.at}: {problem.message}; mend the register before anything is taken into it"
            )


def refuse_passed_over(root: Path, documents: Iterable[Document]) -> None:
    """What lies there and is not read may be what the workbook brings."""
    for problem in passed_over(root, frozenset(d.path for d in documents)).left_out:
        raise CannotRead(f"{problem.at}: {problem.message}; {problem.hint}")


class _Asking(Struct, frozen=True):
    """How a register would read if it were written in the format now."""

    format_: str
    settings: Settings

    def at(self, documents: Sequence[Document]) -> WorkbookReading:
        register = build(documents, {}, self.settings.defaults, shipped_terms())
        record = gather(register, self.settings.day, publication=False)
        if self.format_ == "record-xlsx":
            return record_xlsx.read_pages(workbook_of.pages(record), documents)
        exported: bytes = plugins.load("exporters", self.format_).render(record)
        reading: WorkbookReading = plugins.load("importers", self.format_).read(exported, documents)
        return reading


class WritingPlan(Struct, frozen=True):
    """Which documents are new, which are otherwise than before (and how they were), and which go."""

    new: tuple[Carried, ...]
    changed: tuple[tuple[Carried, Carried], ...]
    gone: tuple[Identity, ...]
    faults: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def nothing(self) -> bool:
        """Whether every entry that was read is as the register has it."""
        return not (self.new or self.changed or self.gone)


def _plan(reading: WorkbookReading, before: WorkbookReading, *, fresh: bool) -> WritingPlan:
    old = {c.identity: c for c in before.documents}
    then, now = reading.exported or {}, before.exported or {}
    new: list[Carried] = []
    changed: list[tuple[Carried, Carried]] = []
    gone: list[Identity] = []
    faults: list[Problem] = []
    notes: list[Problem] = []
    for carried in reading.documents:
        known, name = old.get(carried.identity), carried.data["id"]
        if known is None and carried.identity in then and not fresh:
            hint = "delete the row, or give it another short name to bring it back"
            faults.append(
                said(
                    carried.at,
                    f"{name} has left the register since this workbook was written",
                    hint,
                )
            )
        elif known is None:
            new.append(carried)
        elif amending.normal(dict(carried.data)) != amending.normal(dict(known.data)):
            was, is_now = then.get(carried.identity), now[carried.identity].own
            if was is None or was.own == is_now:
                changed.append((carried, known))
            elif was.own != reading.prints[carried.identity].own:
                faults.append(_overtaken(carried.at, name))
    here = {c.identity for c in reading.documents}
    for kind, id_ in (key for key in old if key not in here):
        if (kind, id_) not in then:
            message = f"the {kind} {id_} is not in the workbook, and stays in the register as it is"
            hint = (
                ""
                if then
                else "delete it there if it is to go: the workbook no longer says what it was written from"
            )
            notes.append(said(_NOWHERE, message, hint))
        elif then[kind, id_].own != now[kind, id_].own:
            faults.append(_overtaken(_NOWHERE, id_))
        else:
            gone.append((kind, id_))
    return WritingPlan(tuple(new), tuple(changed), tuple(gone), tuple(faults), tuple(notes))


_NOWHERE = Spot("Exported", 0, 0)


def _up_to_date(
    reading: WorkbookReading, before: WorkbookReading, plan: WritingPlan
) -> WorkbookReading:
    """The reading with what the register says now of entries that only somebody else has changed."""
    old = {c.identity: c for c in before.documents}
    ours = {c.identity for c in plan.new} | {now.identity for now, _ in plan.changed}
    return replace(
        reading,
        documents=tuple(
            c if c.identity in ours else old.get(c.identity, c) for c in reading.documents
        ),
    )


def _lost_column(sheet: str, heading: str) -> Problem:
    message = f"the sheet “{sheet}” has no column “{heading}”, and the register has something to say there"
    return said(
        Spot(sheet, 0, 0),
        message,
        "put the column back; empty its cells where they are to say nothing",
    )


def _overtaken(at: Spot, name: str) -> Problem:
    message = f"{name} was changed in the register since this workbook was written, and is otherwise here, too"
    return said(at, message, "write the workbook anew, and make the change there")


# -- the one gate --------------------------------------------------------------------------------


def _judged(
    reading: WorkbookReading,
    before: WorkbookReading,
    documents: Sequence[Document],
    known: set[Location],
) -> Iterator[Problem]:
    """What the register's own checks say of what was read and did not say before, each at its cell."""
    rows = {(at.path.partition("!")[0], at.line) for at in known}
    said_before = {(p.at.path, p.message) for p, _ in _problems(before, documents)}
    for problem, spot in _problems(reading, documents):
        if (problem.at.path, problem.message) not in said_before and (
            spot.sheet,
            spot.row + 1,
        ) not in rows:
            yield said(spot, problem.message, problem.hint)


def _problems(
    reading: WorkbookReading, documents: Sequence[Document]
) -> Iterator[tuple[Problem, Spot]]:
    raw = {identity(d.data): d.data for d in documents}
    read = {c.identity: c for c in reading.documents}
    made: dict[str, tuple[Carried, Document]] = {}
    for key, carried in read.items():
        kept = (
            {"statements", "text", "text_hash"} & raw.get(key, {}).keys()
            if key[0] == "notice"
            else ()
        )
        whole = {**carried.data, **{name: raw[key][name] for name in kept}}
        path = "/".join(key)
        file = SourceFile(path, handwriting.document(whole))
        made[path] = carried, next(iter(parse(file)))
    rest = [
        d
        for d in documents
        if identity(d.data) not in read and d.data["kind"] in ("term", "waiver")
    ]
    good = [d for _, d in made.values() if not d.problems and well_formed(d)]
    register = build([*rest, *good], {}, terms=shipped_terms())
    bad = [(c, d) for c, d in made.values() if d not in good]
    found = [p for _, d in bad for p in d.problems or violations(d)]
    missed = {f"{kind}/{c.data['id']}" for c, _ in bad for kind in (c.data["kind"], "recipient")}
    unknown = [_on_a_sheet(p) for p in register.unknown if p.facet not in missed]
    for problem in (*found, *unknown, *register.duplicates):
        if problem.at.path in made:
            carried, document = made[problem.at.path]
            yield problem, _spot(problem.at, carried, document)


def _on_a_sheet(unknown: Problem) -> Problem:
    """What to do about an unknown word, for somebody who has sheets and no files."""
    scheme, sheet = unknown.facet.partition("/")[0], "Words"
    if scheme not in ROOTS:
        return unknown
    if scheme == Facet.RECIPIENT:
        sheet = "Parties"
    hint = (
        f"write a word that `ropa terms --facet {scheme}` lists, or add a row to the sheet {sheet}"
    )
    return replace(unknown, hint=hint)


def _spot(at: Location, carried: Carried, document: Document) -> Spot:
    """The cell that a value came from, by its place."""
    if document.problems:
        return carried.at
    places = {
        (place.line, place.column): spot
        for pointer, spot in carried.cells.items()
        if (place := document.locate(pointer))
    }
    before = [spot for place, spot in sorted(places.items()) if place <= (at.line, at.column)]
    return before[-1] if before else carried.at


# -- from a plan to files ------------------------------------------------------------------------


def texts_of(
    plan: WritingPlan, documents: Sequence[Document], outright: Iterable[Identity] = ()
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The texts of the files that change, and what changes in words."""
    places = {identity(d.data): d for d in reversed(documents)}
    edits: dict[str, list[tuple[int, tuple[Carried, Carried] | None]]] = {}
    changes: list[str] = []
    for now, before in plan.changed:
        document = places[now.identity]
        edits.setdefault(document.path, []).append((document.start >> COLUMN_BITS, (now, before)))
        changes.append(f"{document.path}: {now.data['id']}: {', '.join(_fields(now, before))}")
    for key in plan.gone:
        document = places[key]
        edits.setdefault(document.path, []).append((document.start >> COLUMN_BITS, None))
        changes.append(f"{document.path}: {document.data['id']} is deleted")
    files: dict[str, str | None] = {}
    texts = {d.path: d.file.text for d in documents}
    for path, todo in edits.items():
        text = texts[path]
        stretches = {
            text.count("\n", 0, s.start): s for s in libyaml.stretches(text)
        }  # from the end: they hold
        for line, pair in sorted(todo, key=lambda it: it[0], reverse=True):
            text = _edited(text, stretches[line], pair, outright) if pair else _cut_out(text, line)
        files[path] = text if any(True for _ in parse(SourceFile(path, text))) else None
    for carried in plan.new:
        path = _home(carried, documents)
        there = files[path] if path in files else texts.get(path)
        written = handwriting.document(amending.short(dict(carried.data)))
        files[path] = f"{there.rstrip()}\n---\n{written}" if there else written
        changes.append(f"{path}: {carried.data['id']} is new")
    return files, tuple(changes)


def _edited(
    text: str, stretch: Stretch, pair: tuple[Carried, Carried], outright: Iterable[Identity]
) -> str:
    """A text in which the document at a stretch says what it is to say now."""
    now, before = pair
    if now.identity in outright:
        return amending.rewritten(text, stretch, _fields(now, before), now.data)
    return amending.amended(text, stretch, before.data, now.data)


def _cut_out(text: str, line: int) -> str:
    """A text without the document that begins on a line, and without the dashes before it."""
    lines = text.split("\n")
    dashes = [n for n, written in enumerate(lines) if written[:4].rstrip() == "---"]
    first = max((n for n in dashes if n <= line), default=-1)
    last = min((n for n in dashes if n > line), default=len(lines))
    return amending.without(text, max(first, 0), last if first >= 0 else last + 1)


def _fields(now: Carried, before: Carried) -> list[str]:
    """The fields that are otherwise."""
    return [
        key
        for key in dict.fromkeys((*now.data, *before.data))
        if amending.normal({key: now.data.get(key)}) != amending.normal({key: before.data.get(key)})
    ]


def _home(carried: Carried, documents: Sequence[Document]) -> str:
    """The file of a new document: where others of its kind are."""
    kind, id_ = carried.data["kind"], carried.data["id"]
    others = Counter(d.path for d in documents if d.data["kind"] == kind)
    path, count = next(iter(others.most_common(1)), (_HOMES[kind], 1))
    if path.endswith("/"):
        return f"{path}{id_}.yaml"
    if count > 1 or not others or kind not in ("activity", "notice"):
        return path
    folder = path.rpartition("/")[0]
    return f"{folder}/{id_}.yaml" if folder else f"{id_}.yaml"


def with_files(
    documents: Sequence[Document], files: Mapping[str, str | None]
) -> tuple[Document, ...]:
    """The documents as they will be."""
    kept = [d for d in documents if d.path not in files]
    new = [d for path, text in files.items() if text for d in parse(SourceFile(path, text))]
    return (*kept, *new)


# -- whether it came over ------------------------------------------------------------------------


def _unlike(reading: WorkbookReading, after: WorkbookReading) -> Iterator[Carried]:
    """What would not read back as it was read."""
    found = {c.identity: amending.normal(dict(c.data)) for c in after.documents}
    yield from (
        c for c in reading.documents if found.get(c.identity) != amending.normal(dict(c.data))
    )


def _drawn(
    reading: WorkbookReading, before: WorkbookReading, after: WorkbookReading
) -> Iterator[Problem]:
    """Cells that are drawn from others, and that somebody changed."""
    was = {key: found.drawn for key, found in (reading.exported or {}).items()}
    untouched = {key for key, found in reading.prints.items() if was.get(key) == found.drawn}
    for key, (spot, text) in reading.drawn.items():
        if ("activity", key[1]) in untouched:
            continue
        known = {r.drawn[key][1] for r in (before, after) if key in r.drawn}
        if text not in known:
            message = f"“{_cut(text)}” stands in a cell that is drawn from others, and was not carried over"
            yield said(spot, message, "make the change where it is drawn from")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:60]}…" if len(line) > 60 else line  # noqa: PLR2004


def _unsaid(reading: WorkbookReading, documents: Sequence[Document]) -> Iterator[Problem]:
    """Notices whose words are nowhere: a workbook does not carry them."""
    known = {identity(d.data) for d in documents}
    new = [c for c in reading.documents if c.data["kind"] == "notice" and c.identity not in known]
    for carried in new:
        message = f"the notice {carried.data['id']} comes without its text and its statements, which no workbook holds"
        yield said(carried.at, message, "add `text:` and `statements:` to its file")


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sheet by sheet and cell by cell, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.at.path.partition("!")[0], p.at)))
