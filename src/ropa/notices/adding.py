"""A published notice, put into a register: its wording beside its document, and what is known of it in that."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import parse, read_tree
from ropa.errors import BadSettings, CannotWrite, NoRegister, UnknownName, nearest
from ropa.notices.bringing import BroughtText, read_or_refuse
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Register
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.seen.text import NoticeText
from ropa.seen.tree import Kind

FEWEST_SENTENCES = 5
"""A page with fewer is hardly a notice: it may be made by a script, which is not run."""
LONGEST_NAME = 100
MOST_GROUPS = 12


class WantedNotice(Struct, frozen=True):
    """What is said of a notice that is to be added. What is empty is found out, or left out."""

    audience: tuple[str, ...]
    name: str = ""
    id: str = ""
    url: str = ""
    issued: str = ""
    version: str = ""
    start: date | None = None
    language: str = ""
    main: str = ""


class AddedNotice(Struct, frozen=True):
    """The files that a notice adds to a register, and what there is to say of it."""

    id: str
    files: Mapping[Path, str | bytes]
    remarks: tuple[str, ...]


def add(root: Path, text: BroughtText, wanted: WantedNotice, day: date) -> AddedNotice:
    """What a notice adds to the register under `root`: nothing is written yet, and nothing is ever replaced.

    Raises `UnknownName` for a group of people nobody defined, `CannotRead` where no words can be seen,
    and `CannotWrite` where the id is taken.
    """
    documents = register_documents(root)
    register = words_in(documents)
    audience = audience_of(register, wanted.audience)
    seen = read_or_refuse(text, wanted.main)
    name = wanted.name or _name(text, seen)
    id_ = wanted.id or handwriting.short_name(name) or "notice"
    _refuse_taken(documents, id_)
    home = root / _home(documents)
    data = _document(id_, name, audience, text, seen, wanted, day)
    files: dict[Path, str | bytes] = {home / f"{id_}.yaml": _written(data)}
    kept = home / f"{id_}{text.suffix}"
    if not _lies_there(text, kept):
        files[kept] = text.content
    return AddedNotice(id_, files, tuple(_remarks(register, name, audience, seen, text)))


def _lies_there(text: BroughtText, kept: Path) -> bool:
    """Whether the file that was named is the very one that the notice is to have, as it is to have it."""
    named = text.path
    same = named is not None and kept.exists() and kept.samefile(named)
    return same and kept.read_bytes() == text.content


def register_documents(root: Path) -> tuple[Document, ...]:
    """The documents of a register. Raises `NoRegister` where there is no folder."""
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; `ropa init` makes a register")
    return tuple(read_tree(root))


def words_in(documents: Iterable[Document]) -> Register:
    """The register for its words, as far as its documents can be read."""
    good = [d for d in documents if not d.problems and well_formed(d)]
    return build(good, {}, terms=shipped_terms())


def audience_of(register: Register, written: Sequence[str]) -> list[str]:
    """The groups of people that are meant, by their ids. Raises `UnknownName` with those the register is about."""
    words, found = register.vocabulary[Facet.SUBJECT], []
    for word in written:
        id_ = words.find(word)
        if id_ is None:
            near = nearest(word, [n for t in words.terms.values() for n in (t.id, t.label)])
            meant = f" (did you mean {phrases.several(near, 'or')}?)" if near else ""
            raise UnknownName(f"“{word}” is no group of people{meant}; {groups_of(register)}")
        found.append(id_)
    return list(dict.fromkeys(found))


def groups_of(register: Register) -> str:
    """The groups of people a register is about, for somebody who has to name some."""
    words = register.vocabulary[Facet.SUBJECT]
    held = dict.fromkeys(s for a in register.activities.values() for s in a.subjects)
    own = (t.id for t in register.terms if t.facet is Facet.SUBJECT and t.id not in shipped_ids())
    groups = [g for g in dict.fromkeys((*held, *own)) if g in words.terms]
    listed = [f"{group} ({words.label(group)})" for group in groups[:MOST_GROUPS]]
    more = len(groups) - MOST_GROUPS
    if not listed:
        return (
            "`ropa terms --facet subject` lists groups of people, such as pupil, parent or employee"
        )
    rest = [f"{more} more"] if more > 0 else []
    return f"the register is about {phrases.several([*listed, *rest])}"


def shipped_ids() -> frozenset[str]:
    """The groups of people that ship with the package, by their ids."""
    return frozenset(shipped_terms().hierarchies[Facet.SUBJECT].terms)


def _name(text: BroughtText, seen: NoticeText) -> str:
    """What the notice is called: its first heading, else the title of its page, else the name of its file."""
    headings = (
        seen.seen(start, end).strip()
        for block, start, end in seen.blocks()
        if block.kind is Kind.HEADING
    )
    spoken = re.sub(r"[\W_]+", " ", text.called).strip().capitalize()
    name = next((h for h in headings if h), "") or text.title or spoken or "Notice"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _refuse_taken(documents: Iterable[Document], id_: str) -> None:
    """Of two notices with one id the second would not count."""
    for document in documents:
        said = document.data if isinstance(document.data, dict) else {}
        if (said.get("kind"), said.get("id")) == ("notice", id_):
            raise CannotWrite(
                f"there is a notice {id_} in {document.path} already; for a new version of it,"
                " say another --id, and from when it is in force with --in-force-from"
            )


def _home(documents: Iterable[Document]) -> PurePosixPath:
    """Where the notices of a register lie: beside those that are there, or in a folder beside the organisation."""
    beside = {
        kind: PurePosixPath(d.path).parent
        for d in reversed(tuple(documents))
        if isinstance(d.data, dict) and (kind := d.data.get("kind")) in ("notice", "organisation")
    }
    return beside.get("notice") or beside.get("organisation", PurePosixPath()) / "notices"


def _document(  # noqa: PLR0913, PLR0917 - all that a notice may say
    id_: str,
    name: str,
    audience: list[str],
    text: BroughtText,
    seen: NoticeText,
    wanted: WantedNotice,
    day: date,
) -> dict[str, Any]:
    said = {
        "kind": "notice",
        "id": id_,
        "name": name,
        "audience": audience if len(audience) > 1 else audience[0],
        "url": wanted.url or text.url,
        "issued": wanted.issued,
        "version": wanted.version,
        "in_force": {"from": wanted.start.isoformat()} if wanted.start else {},
        "text": f"{id_}{text.suffix}",
        "text_hash": seen.digest,
        "language": wanted.language,
        "main": wanted.main,
        "fetched": text.fetched(day),
    }
    return {key: value for key, value in said.items() if value}


def _written(data: Mapping[str, Any]) -> str:
    """The document as it is written, once it has the shape of a notice. Raises `BadSettings`."""
    written = handwriting.document(data)
    for document in parse(SourceFile("notice.yaml", written)):
        sound = not document.problems and well_formed(document)
        for problem in () if sound else document.problems or violations(document):
            raise BadSettings(f"{problem.message}; {problem.hint}")
    return written


def _remarks(
    register: Register, name: str, audience: list[str], seen: NoticeText, text: BroughtText
) -> Iterator[str]:
    words, number = register.vocabulary[Facet.SUBJECT], len(seen.sentences())
    whom = phrases.several(words.label(group).lower() for group in audience)
    yield f"“{name}” is for {whom}: {phrases.count(number, 'sentence')}, not tied to the register yet"
    if text.page and text.page.url != text.url:
        yield f"its address leads to {text.page.url}"
    if seen.left_out:
        yield f"left out, since no reader of the notice sees it there: {seen.named(seen.left_out)}"
    if seen.closed:
        yield f"closed until people open it: {seen.named(seen.closed)}"
    if seen.extracted:
        yield "its text was drawn out of the file; check it against what people see"
    if number < FEWEST_SENTENCES:
        yield "so few sentences are hardly a notice: a page that a script makes holds none; save it as PDF"
