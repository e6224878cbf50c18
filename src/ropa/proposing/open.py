"""The proposals that wait in a register: shown by their numbers, and accepted by a person."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents.document import Document
from ropa.documents.schema import well_formed
from ropa.documents.source import read_tree
from ropa.errors import NoRegister, UnknownName, did_you_mean
from ropa.proposing.notice_file import KEY, NoticeFile
from ropa.proposing.taking import Taken, accepted, in_words
from ropa.register.build import proposer
from ropa.saying import phrases


class OpenProposal(Struct, frozen=True):
    """A proposal that waits, by its number among the statements of its notice, counted from 1."""

    number: int
    entry: Mapping[str, Any]

    @property
    def line(self) -> str:
        """It on one line: what it says, of which words, and who proposed it."""
        by = proposer(self.entry)
        return f"{self.number}. {in_words(self.entry)} — “{self.entry['quote']}”" + (
            f" (proposed by {by})" if by else ""
        )


def notice_documents(root: Path) -> dict[str, Document]:
    """The documents of the notices of a register, by their ids, as far as they can be read. Raises `NoRegister`."""
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    found: dict[str, Document] = {}
    for document in read_tree(root):
        if not document.problems and well_formed(document) and document.data["kind"] == "notice":
            found.setdefault(document.data["id"], document)
    return found


def notice_document(root: Path, wanted: str) -> Document:
    """The document of one notice. Raises `UnknownName` where there is none that can be read."""
    found = notice_documents(root)
    if wanted not in found:
        there_are = f"; there are {', '.join(found)}" if found else ", and there are none"
        raise UnknownName(f"“{wanted}” is no notice{did_you_mean(wanted, found)}{there_are}")
    return found[wanted]


def waiting(document: Document) -> tuple[OpenProposal, ...]:
    """The proposals of a notice, in the order in which they are written."""
    entries = document.data.get(KEY, ())
    numbered = enumerate(entries, 1)
    return tuple(OpenProposal(number, entry) for number, entry in numbered if entry.get("proposed"))


def accept(document: Document, numbers: Sequence[int], taken: Taken) -> NoticeFile:
    """The file of a notice in which the proposals of these numbers count. Raises `UnknownName`, `CannotWrite`."""
    file = NoticeFile(document)
    for number in _known(document, numbers):
        file.change(number, accepted(file.entries[number - 1], taken))
    return file


def drop(document: Document, numbers: Sequence[int]) -> NoticeFile:
    """The file of a notice without the proposals of these numbers. Raises `UnknownName`, `CannotWrite`."""
    file = NoticeFile(document)
    for number in reversed(_known(document, numbers)):
        file.change(number, None)
    return file


def _known(document: Document, numbers: Sequence[int]) -> list[int]:
    there = [proposal.number for proposal in waiting(document)]
    for number in numbers:
        if number not in there:
            named = phrases.several(map(str, there)) if there else "none"
            raise UnknownName(
                f"{number} is no proposal of {document.data['id']}; there are {named}"
            )
    return sorted(set(numbers))


def as_text(document: Document) -> Iterator[str]:
    """The proposals of a notice as lines, and what to do about them."""
    found = waiting(document)
    yield from (proposal.line for proposal in found)
    if not found:
        yield f"no statement of {document.data['id']} is proposed"
