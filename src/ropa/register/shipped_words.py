"""The words of the package as they are kept beside it: what a lexicon makes of its files, as plain data.

To work out names, steps and atoms of some thousand words takes longer than the rest of a small check.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from ropa.documents.document import Document, Origin
from ropa.register.vocabulary import Facet, Hierarchy, LaidDown, Term, Vocabulary

Defined = Mapping[tuple[Facet, str], tuple[Term, Origin]]


class Glossary(Struct, frozen=True, eq=False):
    """Terms that are defined already, in their order: by id, by each folded name, and as sets.

    Many registers may be read with one at a time: nothing is ever written into it.
    """

    terms: tuple[Term, ...]
    by_id: Defined
    by_name: Defined
    hierarchies: Vocabulary


NO_TERMS = Glossary((), MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))

_FIELDS = tuple(name for name in Term.__struct_fields__ if name not in ("facet", "origin"))

KeptTerm = tuple[str, int, tuple[str | int, ...], tuple[Any, ...]]
"""A term's facet, the number of its document, where in that it stands, and its other fields."""
KeptGlossary = tuple[
    list[KeptTerm],
    list[int],
    list[tuple[str, str, int]],
    list[tuple[str, str, int]],
    dict[str, LaidDown],
]
"""All terms; the numbers of those that count; what id and what name of which facet is which; and the hierarchies."""


def packed(glossary: Glossary, documents: Iterable[Document]) -> KeptGlossary:
    """A glossary as plain data, of the documents that it was made of."""
    numbers = {id(document): number for number, document in enumerate(documents)}
    found = {id(term): pair for pair in glossary.by_id.values() for term in pair[:1]}
    place = {key: number for number, key in enumerate(found)}

    def kept(defined: Defined) -> list[tuple[str, str, int]]:
        return [(str(f), name, place[id(term)]) for (f, name), (term, _) in defined.items()]

    return (
        [_kept_term(term, origin, numbers) for term, origin in found.values()],
        [place[id(term)] for term in glossary.terms],
        kept(glossary.by_id),
        kept(glossary.by_name),
        {str(facet): one.laid_down() for facet, one in glossary.hierarchies.items()},
    )


def _kept_term(term: Term, origin: Origin, numbers: Mapping[int, int]) -> KeptTerm:
    said = tuple(getattr(term, name) for name in _FIELDS)
    return str(term.facet), numbers[id(origin.document)], tuple(origin.pointer), said


def unpacked(kept: KeptGlossary, documents: Iterable[Document]) -> Glossary:
    """The glossary that was packed, of the same documents."""
    written, counting, ids, names, hierarchies = kept
    facets = {str(facet): facet for facet in Facet}
    pairs = list(_terms(written, tuple(documents), facets))
    by_id = {(facets[facet], id_): pairs[number] for facet, id_, number in ids}
    terms = {
        facet: {id_: term for (of, id_), (term, _) in by_id.items() if of is facet}
        for facet in map(facets.__getitem__, hierarchies)
    }
    return Glossary(
        tuple([pairs[number][0] for number in counting]),
        MappingProxyType(by_id),
        MappingProxyType({(facets[of], name): pairs[number] for of, name, number in names}),
        MappingProxyType(
            {
                facet: Hierarchy.taken_up(facet, terms[facet], hierarchies[str(facet)])
                for facet in terms
            }
        ),
    )


def _terms(
    written: Iterable[KeptTerm], documents: tuple[Document, ...], facets: Mapping[str, Facet]
) -> Iterator[tuple[Term, Origin]]:
    for facet, number, pointer, said in written:
        origin = Origin(documents[number], pointer)
        yield Term(facets[facet], origin=origin, **dict(zip(_FIELDS, said, strict=True))), origin
