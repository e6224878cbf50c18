"""What is left of a document that does not have its shape: all but the fields that are wrong, where that can be judged.

What is lost keeps its place, so that whatever is said of its absence can be told from a fact of the register.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ropa.documents.document import Document, LostField
from ropa.documents.schema import faulty, well_formed
from ropa.location import Location

_MAY_BE_SHORT = frozenset({"organisation", "party", "system", "activity", "notice", "term"})
"""The kinds of documents that count without a field; a waiver or a sign-off counts whole or not at all."""
_ONE_THING = frozenset({"kind", "basis", "rights", "regimes"})
"""Fields that say nothing right without one of their entries."""
_WHERE = frozenset({"country", "kept_in", "location", "home"})
NOWHERE_KNOWN = "a place that cannot be read"
"""What stands for a country that was lost: not the country it would be without one."""
LOST = "lost"
"""The key that only a statement has which cannot be read."""


def remains(document: Document) -> Document | None:
    """The document without what is wrong in it; None where what is left is none of its kind."""
    data = document.data
    if not isinstance(data, dict) or not _may_be_short(data.get("kind")):
        return None
    lost: dict[str, set[int]] = {}
    stand_for: dict[str, str] = {}
    for pointer, meant in faulty(document):
        if not pointer:
            return None
        key = str(pointer[0])
        stand_for |= {meant: key} if len(pointer) == 1 and meant and meant not in data else {}
        lost.setdefault(key, set()).update(_entries(data.get(key), key, pointer[1:]))
    short = {key: value for key, value in data.items() if key not in lost}
    kept = {key: _kept(data.get(key), gone) for key, gone in lost.items()}
    short |= {key: [data[key][i] for i in left] for key, left in kept.items() if left}
    fields = {key: LostField(key, left) for key, left in kept.items()}
    fields |= {meant: LostField(key, ()) for meant, key in stand_for.items()}
    made = Document(document.file, short, document.start, written=document, lost=fields)
    if not well_formed(made):
        return None
    short |= dict.fromkeys(lost.keys() & _WHERE, NOWHERE_KNOWN)
    if "statements" in lost or "statements" in stand_for:
        return _with_stand_ins(made, document, lost.get("statements", set()))
    return made


def _may_be_short(kind: Any) -> bool:
    return isinstance(kind, str) and kind in _MAY_BE_SHORT


def lost_places(document: Document) -> Iterator[Location]:
    """Where what was lost of a document was written."""
    for key, field in (document.lost or {}).items():
        yield document.locate((key,))
        whole = document.written.data.get(field.key) if document.written else None
        if isinstance(whole, list) and document.written:
            kept = frozenset(field.kept)
            gone = (i for i in range(len(whole)) if i not in kept)
            yield from (document.written.locate((field.key, i)) for i in gone)


def _entries(written: Any, key: str, rest: tuple[str | int, ...]) -> set[int]:
    """Which entries of a list are wrong; all of them, where it is one thing or is wrong as a whole."""
    if not isinstance(written, list):
        return set()
    if rest and isinstance(rest[0], int) and key not in _ONE_THING:
        return {rest[0]}
    return set(range(len(written)))


def _kept(written: Any, gone: set[int]) -> tuple[int, ...]:
    return (
        tuple(i for i in range(len(written)) if i not in gone) if isinstance(written, list) else ()
    )


def _with_stand_ins(made: Document, document: Document, gone: set[int]) -> Document:
    """A notice in which each statement that cannot be read stands for itself, in its place."""
    written = document.data.get("statements")
    written, gone = (written, gone) if isinstance(written, list) else ([{}], {0})
    said = [_stand_in(entry) if i in gone else entry for i, entry in enumerate(written)]
    key = (made.lost or {})["statements"].key
    fields = {**(made.lost or {}), "statements": LostField(key, tuple(range(len(said))))}
    short = {**made.data, "statements": said}
    return Document(document.file, short, document.start, written=document, lost=fields)


def _stand_in(entry: Any) -> Mapping[str, Any]:
    """A statement of which only the quote is known, if that, and what it claims."""
    held = entry if isinstance(entry, dict) else {}
    quote, id_ = held.get("quote"), held.get("id")
    found: dict[str, Any] = {LOST: held, "quote": quote if isinstance(quote, str) else ""}
    found |= {"proposed": True} if held.get("proposed") is True else {}
    return found | ({"id": id_} if isinstance(id_, (str, int)) else {})
