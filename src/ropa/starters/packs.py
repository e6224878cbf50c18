"""What every body of a kind has, as data that ships with the package: parties, and words of its own."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents.shipped import shipped

_PACKS = Path(__file__).parent / "packs"
_EVERYBODY = "everybody"
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


class BodyKind(Struct, frozen=True):
    """A kind of body: what it is called, and whether one is a public authority, as far as most of them are.

    A public authority has to have a data protection officer (Article 37(1)(a)).
    """

    id: str
    called: str
    public: bool


KINDS: Mapping[str, BodyKind] = {
    kind.id: kind
    for kind in (
        BodyKind("school", "schools", public=True),
        BodyKind("council", "councils", public=True),
        BodyKind("health", "bodies of the health service", public=True),
        BodyKind("charity", "charities", public=False),
        BodyKind("company", "companies", public=False),
    )
}


def pack(kind: str, nation: str, *, abroad: bool = False) -> tuple[Mapping[str, Any], ...]:
    """The entries for a body of a kind in a nation of the United Kingdom, each marked as nobody's word yet.

    Without a nation they are those of England, which most bodies are in; `abroad` those of no nation alone.
    """
    return tuple(_entries(kind, "" if abroad else nation or NATIONS[0]))


def _entries(kind: str, nation: str) -> Iterator[Mapping[str, Any]]:
    for name in (kind, _EVERYBODY):
        for document in shipped(_PACKS / f"{name}.yaml"):
            nations = document.data.get("nations", nation)
            if nation in ([nations] if isinstance(nations, str) else nations):
                said = {key: value for key, value in document.data.items() if key != "nations"}
                yield {**said, "starter": True}
