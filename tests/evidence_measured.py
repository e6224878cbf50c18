"""What comes of statements that are held against their words, true ones and wrong ones, counted.

The statements of many pairs are read in one register, a notice for each text, since what the words prove of a
statement does not depend on the others.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache

import yaml

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.judging.evidence import Proof, Proofs
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText
from statement_sets import REGISTER, TEXT, Said, StatementSet
from wrong_pairs import WrongPair

Counts = Mapping[str, Counter[str]]
CAUGHT = ("void", "warned")
Told = tuple[str, Said]
"""A text and a statement about it."""


def outcome(proofs: Proofs, proof: Proof) -> str:
    """void, warned, or what the statement rests on."""
    if proof.faulty:
        return "void"
    if proofs.elsewhere(proof) or proofs.other_items(proof) or proofs.other_words(proof):
        return "warned"
    if proofs.unsaid_rights(proof):
        return "warned"
    return str(proof.rests)


def of_true(one: StatementSet) -> tuple[str, ...]:
    """What comes of each true statement of a set."""
    return _outcomes(one, [(one.text, said) for said in one.statements])


def of_wrong(pairs: Sequence[WrongPair]) -> tuple[str, ...]:
    """What comes of statements that are not true of their words, in their order."""
    found: dict[int, str] = {}
    sets: dict[int, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        sets[id(pair.of)].append(at)
    for places in sets.values():
        told = [(pairs[at].text, pairs[at].statement) for at in places]
        found.update(zip(places, _outcomes(pairs[places[0]].of, told), strict=True))
    return tuple(found[at] for at in range(len(pairs)))


def counted(pairs: Iterable[WrongPair]) -> Counts:
    """How many wrong pairs of each kind came to what."""
    listed = tuple(pairs)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, came_of_it in zip(listed, of_wrong(listed), strict=True):
        found[pair.kind][came_of_it] += 1
    return found


def caught(counts: Counter[str]) -> float:
    """How many of 100 are void or warned of."""
    return 100 * sum(counts[one] for one in CAUGHT) / max(1, counts.total())


def some_of_each(pairs: Iterable[WrongPair], most: int, seed: int = 1) -> Iterator[WrongPair]:
    """At most so many pairs of each kind, the same ones each time."""
    kinds: dict[str, list[WrongPair]] = defaultdict(list)
    for pair in pairs:
        kinds[pair.kind].append(pair)
    for kind, found in kinds.items():
        yield from random.Random(f"{seed}/{kind}").sample(found, min(most, len(found)))


def _outcomes(one: StatementSet, told: Sequence[Told]) -> tuple[str, ...]:
    texts = list(dict.fromkeys(text for text, _ in told))
    written = yaml.dump_all(
        [*one.documents, *(_notice(one, at, text, told) for at, text in enumerate(texts))],
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=True,
    )
    documents = tuple(parse(SourceFile(REGISTER, written)))
    seen = {(REGISTER, _file(at)): _seen(text) for at, text in enumerate(texts)}
    built = build(documents, seen, terms=shipped_terms())
    proofs = Proofs(built, seen)
    found = {
        text: iter([outcome(proofs, proofs.of(s)) for s in built.notices[_id(one, at)].statements])
        for at, text in enumerate(texts)
    }
    return tuple(next(found[text]) for text, _ in told)


def _notice(one: StatementSet, at: int, text: str, told: Sequence[Told]) -> Said:
    statements = [deepcopy(said) for of, said in told if of == text]  # YAML would share them
    return {**one.heading, "id": _id(one, at), "text": _file(at), "statements": statements}


def _id(one: StatementSet, at: int) -> str:
    return f"{one.heading['id']}-{at}"


def _file(at: int) -> str:
    return f"{at}-{TEXT}"


@cache
def _seen(text: str) -> NoticeText:
    return notice_of_text(SourceFile(TEXT, text))
