"""What may be proposed of one notice: what its sentences may be made to state, and which flows that would tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from ropa.documents import handwriting
from ropa.documents.document import Document, SourceFile
from ropa.documents.source import parse
from ropa.flows.flow import Flow
from ropa.judging.coverage import Coverage
from ropa.judging.evidence import Proofs
from ropa.proposing.newcomers import id_of, type_of
from ropa.proposing.notice_file import KEY
from ropa.proposing.offered import Offered, Trying, offered, sound, untold
from ropa.proposing.suggesting import Suggesting
from ropa.proposing.taking import in_words
from ropa.proposing.telling import Telling, activities
from ropa.reading.memo import Readings
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Notice, Register
from ropa.register.shipped_words import Glossary
from ropa.saying import phrases
from ropa.seen.text import NoticeText
from ropa.visible import inert, to_json, visible

VERSION = 1
MOST_NAMED = 4
"""How many activities are named of the flows that a proposal would tell."""


class Proposal(Struct, frozen=True):
    """A statement that is proposed, by the number it gets in its notice; with the flows it would tell."""

    number: int
    offered: Offered
    tells: tuple[Flow, ...] = ()
    others: Mapping[str, tuple[str, ...]] = {}


class NoticeProposals(Struct, frozen=True):
    """All that is proposed of one notice."""

    notice: Notice
    text: NoticeText
    proposals: tuple[Proposal, ...]

    @property
    def entries(self) -> list[Mapping[str, Any]]:
        """They as they are written into the notice's file."""
        return [proposal.offered.entry for proposal in self.proposals]

    @property
    def new(self) -> tuple[str, ...]:
        """The names that the notice has and no entry of the register does."""
        named = (n for p in self.proposals for s in p.offered.of for n in s.new.get("to", ()))
        return tuple(dict.fromkeys(named))


class Proposing(Struct, frozen=True):
    """A register whose notices are read for what they may state. Without `coverage`, no flow is looked at."""

    register: Register
    documents: tuple[Document, ...]
    texts: Mapping[tuple[str, str], NoticeText]
    proofs: Proofs
    coverage: Coverage | None = None
    terms: Glossary = field(default_factory=shipped_terms)

    def of(self, notice: Notice) -> NoticeProposals | None:
        """What may be proposed of a notice; None where it has no text, or one in a language that is not read."""
        readings = self.proofs.read(notice)
        if readings is None:
            return None
        found = self._found(notice, readings)
        return NoticeProposals(
            notice, readings.text, tuple(self._numbered(notice, readings, found))
        )

    def _found(self, notice: Notice, readings: Readings) -> tuple[Offered, ...]:
        suggesting = Suggesting(self.register, readings)
        new = untold(offered(suggesting, readings.text), notice, readings.text)
        return sound(tuple(new), self._trying(notice))

    def _numbered(
        self, notice: Notice, readings: Readings, found: tuple[Offered, ...]
    ) -> Iterator[Proposal]:
        first = len(notice.origin.document.data.get(KEY, ())) + 1
        suggesting = Suggesting(self.register, readings)
        _, statements = self._trying(notice).statements([one.entry for one in found])
        telling = Telling(self.coverage, self.proofs) if self.coverage else None
        for number, (one, statement) in enumerate(zip(found, statements, strict=True), first):
            tells = telling.by(statement) if telling and not one.open else ()
            yield Proposal(number, one, tells, suggesting.others(one.first))

    def _trying(self, notice: Notice) -> Trying:
        return Trying(self.register, notice, self.texts, self.documents, self.terms)


def of_text(text: NoticeText, documents: Iterable[Document]) -> Proposing:
    """A text that is no notice of the register yet, to be read by its words; its one notice is called `notice`."""
    (document,) = parse(
        SourceFile("notice.yaml", "kind: notice\nid: notice\naudience: person\ntext: it\n")
    )
    texts = {("notice.yaml", "it"): text}
    words = (
        *(d for d in documents if d.data["kind"] in ("organisation", "party", "term")),
        document,
    )
    made = build(words, texts, terms=shipped_terms())
    return Proposing(made, words, texts, Proofs(made, texts))


def as_text(found: NoticeProposals) -> str:
    """The proposals with their sentences, for a person to read through."""
    lines = [visible(f"{found.notice.name}: what its sentences may be made to state")]
    lists = list(_lists(found))
    if lists:
        lines += [
            "",
            "Lists, by the words that lead in to them; where one is read wrongly, all its items are:",
        ]
        lines += [visible(f"  {line}") for line in lists]
    for proposal in found.proposals:
        lines += ["", *(visible(line) for line in _lines(found, proposal))]
    lines += [visible(line) for line in _newcomers(found)]
    return inert("\n".join([*lines, "", *(visible(line) for line in _summary(found)), ""]))


def as_json(found: NoticeProposals) -> str:
    """The same for programs: what `ropa propose` takes; schemas/proposals.schema.json describes it."""
    return to_json(
        {
            "version": VERSION,
            "notice": found.notice.id,
            "new": list(found.new),
            "proposals": [_for_programs(found, proposal) for proposal in found.proposals],
        }
    )


def _newcomers(found: NoticeProposals) -> Iterator[str]:
    """The parties and words that only the notice names, as they may be put into the register."""
    documents: dict[str, dict[str, str]] = {}
    for one in (s for proposal in found.proposals for s in proposal.offered.of):
        for name in one.new.get("to", ()):
            party = {"kind": "party", "id": id_of(name), "name": name}
            documents.setdefault(name, {**party, "type": type_of(one.reading)})
        for label in one.new.get("data", ()):
            term = {"kind": "term", "facet": "data", "id": id_of(label), "label": label}
            documents.setdefault(label, term)
    if documents:
        yield ""
        yield "Only the notice names these. Put those that are right into the register, as they are or mended:"
    for document in documents.values():
        yield ""
        yield from (f"    {line}" for line in handwriting.document(document).splitlines())


def _lists(found: NoticeProposals) -> Iterator[str]:
    """Each lead-in whose list was read, with the deed that was read in it."""
    counted: Counter[tuple[str, str]] = Counter()
    for proposal in found.proposals:
        first = proposal.offered.first
        lead = first.reading.sentence.lead
        if lead and not first.items:
            deed = f"never {first.claim}" if first.negative else str(first.claim)
            counted[lead, deed] += len(proposal.offered.of)
    for (lead, deed), number in counted.items():
        if number > 1:
            yield f"{phrases.count(number, 'item')} of “{_cut(lead)}”: {deed}"


def _lines(found: NoticeProposals, proposal: Proposal) -> Iterator[str]:
    one = proposal.offered
    at = found.text.location(one.first.reading.sentence)
    where = found.text.part(at) or f"line {at.line}"
    yield f"{proposal.number}. {where}: “{one.entry['quote']}”"
    yield f"    {in_words(one.entry)}"
    for name in (n for s in one.of for n in s.new.get("to", ())):
        yield f"    the notice names {name}; no entry does"
    if proposal.tells:
        named = [f"“{a}”" for a in activities(proposal.tells)]
        more = [f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
        flows = phrases.count(len(proposal.tells), "flow")
        yield f"    would tell {flows} of {phrases.several([*named[:MOST_NAMED], *more])}"


def _summary(found: NoticeProposals) -> Iterator[str]:
    number = phrases.count(len(found.proposals), "proposal")
    choose = sum(bool(s.choose) for p in found.proposals for s in p.offered.of[:1])
    new = sum(bool(s.new) for p in found.proposals for s in p.offered.of[:1])
    filled = len(found.proposals) - choose - new
    yield f"{number}: {filled} filled in, {choose} to choose a word for, {new} with a new name"
    yield "A proposal tells nobody anything. Read each sentence before you accept what is made of it."


def _cut(text: str) -> str:
    from textwrap import shorten

    return shorten(text[-100:], 80, placeholder=" …")


def _for_programs(found: NoticeProposals, proposal: Proposal) -> dict[str, Any]:
    at = found.text.location(proposal.offered.first.reading.sentence)
    return {
        "number": proposal.number,
        "line": at.line,
        "open": proposal.offered.open,
        "statement": dict(proposal.offered.entry),
        "choose": {key: list(words) for key, words in proposal.others.items() if words},
        "tells": [flow.id for flow in proposal.tells],
    }
