"""A notice as it is read at the workbench: its text sentence by sentence, and the sentence in hand with its form."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ropa.case import Case
from ropa.documents import handwriting
from ropa.judging.evidence import Proof
from ropa.judging.reasons import why_void
from ropa.reading.said import How, Part, Reading
from ropa.register.build import MOSTLY_ABOUT
from ropa.register.model import Notice, Statement
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.seen.text import NoticeText
from ropa.seen.tree import Block, Kind
from ropa.workbench.forms import DEEDS, WORDED
from ropa.workbench.sentences import NoticeSentence, SentenceFate

_DEEPEST = 6


class TextPiece(Struct, frozen=True):
    """Words of a notice that one sentence covers, or none does; `note` stands behind where the sentence ends."""

    text: str
    one: NoticeSentence | None = None
    note: str = ""


class TextBlock(Struct, frozen=True):
    """A heading, a paragraph, a bullet or a row, in pieces. `mark` stands before its words and is none of them."""

    tag: str
    mark: str
    pieces: tuple[TextPiece, ...]


class MarkedWords(Struct, frozen=True):
    """Words of the sentence in hand, and what they say of it; `label` is empty for those that say nothing."""

    text: str
    label: str = ""


class TiedStatement(Struct, frozen=True):
    """A statement that quotes a sentence: its number in the file, what it says in plain words, and how it stands."""

    at: int
    statement: Statement
    words: tuple[tuple[str, str], ...]
    flows: int
    refused: str


def blocks(
    case: Case, notice: Notice, sentences: Sequence[NoticeSentence], tells: Mapping[Statement, int]
) -> Iterator[TextBlock]:
    """The text of a notice, block by block, cut where its sentences begin and end."""
    text = case.text_of(notice)
    for block, start, end in text.blocks() if text else ():
        inside = [s for s in sentences if s.sentence.start < end and start < s.sentence.end]
        pieces = tuple(_pieces(text, start, end, inside, tells)) if text else ()
        yield TextBlock(_tag(block), _mark(block), pieces)


def _tag(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return f"h{min(max(block.level, 1) + 1, _DEEPEST)}"
    return {Kind.BULLET: "li", Kind.ROW: "row"}.get(block.kind, "p")


def _mark(block: Block) -> str:
    return block.mark or ("•" if block.kind is Kind.BULLET else "")


def _pieces(
    text: NoticeText,
    start: int,
    end: int,
    inside: Sequence[NoticeSentence],
    tells: Mapping[Statement, int],
) -> Iterator[TextPiece]:
    at = start
    for one in inside:
        first, last = max(at, one.sentence.start), min(end, one.sentence.end)
        if first > at:
            yield TextPiece(text.seen(at, first))
        yield TextPiece(text.seen(first, last), one, _note(one, tells))
        at = last
    if at < end:
        yield TextPiece(text.seen(at, end))


def _note(one: NoticeSentence, tells: Mapping[Statement, int]) -> str:
    """What stands behind a sentence: how many flows it tells, or the sign of what has become of it."""
    if one.fate is SentenceFate.TIED:
        return str(max((tells.get(proof.statement, 0) for proof in one.proofs), default=0))
    return one.fate.sign


def telling(case: Case) -> Mapping[Statement, int]:
    """How many flows each statement tells something of."""
    found: dict[Statement, set[str]] = {}
    for told in case.coverage.flows:
        for judgement in told.judgements:
            for statement in judgement.told_by:
                found.setdefault(statement, set()).add(told.flow.id)
    return {statement: len(flows) for statement, flows in found.items()}


def in_hand(reading: Reading | None, one: NoticeSentence) -> tuple[MarkedWords, ...]:
    """The sentence in hand, with the words that say something of it."""
    text = one.sentence.text
    spans = sorted(_spans(reading)) if reading else []
    found: list[MarkedWords] = []
    at = 0
    for start, end, label in spans:
        if start < at:
            continue
        if start > at:
            found.append(MarkedWords(text[at:start]))
        found.append(MarkedWords(text[start:end], label))
        at = end
    return (*found, *([MarkedWords(text[at:])] if at < len(text) else []))


_FACETS = {
    Facet.DATA: "what data",
    Facet.RECIPIENT: "who",
    Facet.PURPOSE: "what for",
    Facet.COUNTRY: "where",
    Facet.SUBJECT: "about whom",
}


LABELS = (
    *_FACETS.values(),
    "what is done",
    "how long",
    "the basis",
    "What happens",
    "Lawful basis",
    "How long",
    "Safeguard",
    "Unless",
    "It tells of",
)
"""What the words of a sentence and the fields of a statement are called."""


def _spans(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for deed in reading.deeds:
        if deed.span.part is Part.SENTENCE and deed.claims:
            yield deed.span.start, deed.span.end, "what is done"
    for word in reading.words:
        if word.span.part is Part.SENTENCE and word.how is not How.HINT:
            yield word.span.start, word.span.end, _FACETS.get(word.facet, "")
    for period in reading.periods:
        if period.span.part is Part.SENTENCE:
            yield period.span.start, period.span.end, "how long"
    for letter in reading.letters:
        if letter.span.part is Part.SENTENCE:
            yield letter.span.start, letter.span.end, "the basis"


def tied_to(
    case: Case, one: NoticeSentence, tells: Mapping[Statement, int]
) -> tuple[TiedStatement, ...]:
    """The statements that quote a sentence."""
    return tuple(
        TiedStatement(
            place_of(proof.statement),
            proof.statement,
            tuple(in_words(case, proof)),
            tells.get(proof.statement, 0),
            why_void(case.register, proof) if proof.faulty else "",
        )
        for proof in one.proofs
    )


class ShownProposal(Struct, frozen=True):
    """A statement that waits to be accepted: its place in the file, who proposes it, what it says, key by key."""

    at: int
    quote: str
    by: str
    deed: str
    keys: tuple[tuple[str, str], ...]


def proposal_of(statement: Statement) -> ShownProposal:
    """A proposal as it is decided on."""
    entry = statement.origin.document.data["statements"][place_of(statement)]
    claim = str(statement.claim)
    said = entry if statement.negative else entry.get(claim, {})
    if not isinstance(said, dict):
        said = {MOSTLY_ABOUT.get(statement.claim, claim): said}
    keys = tuple(
        (key, handwriting.inline(value)) for key, value in said.items() if key not in _NO_FACETS
    )
    deed = DEEDS.get(f"never {claim}" if statement.negative else claim, claim)
    return ShownProposal(
        place_of(statement), statement.quote, statement.proposed_by, phrases.capital(deed), keys
    )


_NO_FACETS = frozenset(
    {"id", "quote", "prefix", "suffix", "proposed", "accepted", "read_as", "never"}
)


def place_of(statement: Statement) -> int:
    """Which entry of its file a statement is, counted from 0; proposals are entries, too."""
    return int(statement.origin.pointer[1])


def statement_at(notice: Notice, place: int) -> Statement | None:
    """The statement that an entry of the file is, if it counts."""
    return next((one for one in notice.statements if place_of(one) == place), None)


def in_words(case: Case, proof: Proof) -> Iterator[tuple[str, str]]:
    """What a statement says, by its fields."""
    statement = proof.statement
    named = {facet: key for key, (facet, _) in WORDED.items() if key != "by"}
    said = "never " if statement.negative else ""
    yield "What happens", f"{said}{statement.claim}"
    for facet, words in statement.states.items():
        yield WORDED[named[facet]][1], phrases.names(case.register, facet.scheme, words)
    if statement.by:
        yield WORDED["by"][1], phrases.names(case.register, Facet.RECIPIENT, statement.by)
    if statement.basis and statement.basis.letter:
        yield "Lawful basis", f"Article 6(1)({statement.basis.letter})"
    if statement.period or statement.criteria:
        yield "How long", phrases.told_kept(case.register, statement)
    if statement.safeguard:
        yield "Safeguard", statement.safeguard
    if statement.unless:
        yield "Unless", phrases.guards(statement.unless)
    if statement.items:
        yield "It tells of", phrases.several(statement.items)
