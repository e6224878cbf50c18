"""What comes of statements that are held against their words, true ones and wrong ones, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.judging.evidence import Proof, Proofs
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText
from statement_sets import REGISTER, TEXT, StatementSet
from wrong_pairs import WrongPair

Counts = Mapping[str, Counter[str]]


def outcome(proofs: Proofs, proof: Proof) -> str:
    """void, warned, or what the statement rests on."""
    if proof.faulty:
        return "void"
    if proofs.elsewhere(proof) or proofs.other_items(proof):
        return "warned"
    return str(proof.rests)


def of_true(one: StatementSet) -> Iterator[str]:
    """What comes of each true statement of a set."""
    yield from _outcomes(one.register, one.text)


def of_wrong(pair: WrongPair) -> str:
    """What comes of a statement that is not true of its words."""
    return next(_outcomes(pair.register, pair.text))


def _outcomes(register: str, text: str) -> Iterator[str]:
    documents = tuple(parse(SourceFile(REGISTER, register)))
    texts = {(REGISTER, TEXT): _seen(text)}
    built = build(documents, texts, terms=shipped_terms())
    proofs = Proofs(built, texts)
    for notice in built.notices.values():
        for statement in notice.statements:
            yield outcome(proofs, proofs.of(statement))


@cache
def _seen(text: str) -> NoticeText:
    return notice_of_text(SourceFile(TEXT, text))


def counted(pairs: Iterable[WrongPair], use: str = "") -> Counts:
    """How many wrong pairs of each kind came to what, of the sets for one use or of all."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        if use in ("", pair.of.use):
            found[pair.kind][of_wrong(pair)] += 1
    return found
