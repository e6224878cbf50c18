"""What is proposed of a register, by its notices' own sentences or by whoever brings it; and where it is kept."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.case import Case
from ropa.documents import handwriting
from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.schema import well_formed
from ropa.documents.source import parse, read_tree
from ropa.errors import CannotRead, CannotWrite, NoRegister
from ropa.judging.evidence import Proofs
from ropa.proposing.brought import Verified, Verifying
from ropa.proposing.notice_file import NoticeFile
from ropa.proposing.notices import Proposing
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Register
from ropa.seen.published import published_texts
from ropa.seen.text import NoticeText, Texts
from ropa.visible import to_json

VERSION = 1
KEPT_IN = "proposed.yaml"
"""The file of the register that documents are kept in which somebody proposed."""
LARGEST = 1 << 20
"""How many bytes of proposals are read at the most."""


def proposing(case: Case) -> Proposing:
    """What may be proposed of the notices of a case."""
    texts = {key: text for key, text in case.texts.items() if isinstance(text, NoticeText)}
    broken = {problem.at.path for problem in case.malformed}
    good = tuple(d for d in case.documents if not d.problems and d.path not in broken)
    return Proposing(case.register, good, texts, case.proved, case.coverage)


class OpenRegister(Struct, frozen=True, dict=True):
    """A register as it is read to hold proposals against it: nothing of it is judged."""

    root: Path
    documents: tuple[Document, ...]
    texts: Texts
    register: Register

    @cached_property
    def verifying(self) -> Verifying:
        """What holds proposals against it."""
        return Verifying(self.register, self.documents, Proofs(self.register, self.texts))

    def keeping(self, found: Iterable[Verified]) -> Mapping[Path, bytes]:
        """The files to write so that what may be kept is kept. Raises `CannotWrite`."""
        kept = [one for one in found if one.kept]
        files: dict[str, NoticeFile] = {}
        for one in kept:
            if one.notice and "kind" not in one.entry:
                document = self.register.notices[one.notice].origin.document
                file = files.get(document.path)
                if file is None or file.line != document.start >> COLUMN_BITS:
                    file = files[document.path] = NoticeFile(_as_changed(document, file))
                file.add([one.entry])
        made = {self.root / path: file.on_disk(self.root) for path, file in files.items()}
        documents = [one.entry for one in kept if "kind" in one.entry]
        return {**made, **({self.root / KEPT_IN: self._with(documents)} if documents else {})}

    def _with(self, documents: Iterable[Mapping[str, Any]]) -> bytes:
        file = self.root / KEPT_IN
        if file.is_symlink():
            raise CannotWrite(f"{file} is a link, and may lead outside the register; take it away")
        there = file.read_bytes().rstrip() if file.is_file() else b""
        written = [handwriting.document(document).encode() for document in documents]
        return b"\n---\n".join([*([there] if there else []), *written])


def _as_changed(document: Document, file: NoticeFile | None) -> Document:
    """A document in the text of its file as that is so far."""
    if file is None:
        return document
    changed = SourceFile(document.path, file.text)
    (same,) = (
        d
        for d in parse(changed)
        if d.data.get("id") == document.data["id"] and d.data["kind"] == "notice"
    )
    return same


def opened(root: Path) -> OpenRegister:
    """The register under a folder, as far as it can be read. Raises `NoRegister`."""
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    documents = tuple(d for d in read_tree(root) if not d.problems and well_formed(d))
    texts = published_texts(documents, root)
    return OpenRegister(root, documents, texts, build(documents, texts, terms=shipped_terms()))


def read_proposals(name: str, raw: bytes) -> Any:
    """Proposals out of YAML or JSON, as plain data. Raises `CannotRead`."""
    if len(raw) > LARGEST:
        raise CannotRead(f"{name} is larger than {LARGEST >> 20} MiB; bring the proposals in parts")
    try:
        documents = list(parse(SourceFile(name, raw.decode("utf-8-sig"))))
    except ValueError as error:
        raise CannotRead(f"{name} is no text in UTF-8") from error
    problems = [problem for document in documents for problem in document.problems]
    if problems or len(documents) != 1:
        why = (
            problems[0].message if problems else f"it holds {len(documents)} documents, and not one"
        )
        raise CannotRead(f"{name} is no YAML or JSON of proposals: {why}")
    return documents[0].data


def as_json(found: Iterable[Verified], by: str) -> str:
    """What came of proposals, for programs; schemas/verified.schema.json describes it."""
    return to_json(
        {"version": VERSION, "by": by, "proposals": [for_programs(one) for one in found]}
    )


def for_programs(one: Verified) -> dict[str, Any]:
    """What came of one proposal, as plain data."""
    return {
        "number": one.number,
        "notice": one.notice or None,
        "kept": one.kept,
        "reason": one.reason or None,
        "why": str(one.why) if one.why else None,
        "nearest": list(one.nearest),
        "rests": one.rests or None,
    }
