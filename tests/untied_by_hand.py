"""Which facets are untied, the slow and obvious way: word by word, with plain sets, off sentences made by hand.

The sentences are those of `told_registers`; which of them a statement ties, and which are set aside, is drawn.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.flows.flow import Flow
from ropa.flows.graph import FlowGraph
from ropa.flows.steps import flow_graph
from ropa.judging.evidence import Proofs
from ropa.register.build import build
from ropa.register.model import Action
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text
from told_registers import OPENING, WORDS, Hand, Told, told_registers

STEPS = {
    "collects": {Action.COLLECT, Action.USE, Action.KEEP, Action.DISCLOSE},
    "uses": {Action.COLLECT, Action.USE, Action.KEEP, Action.DISCLOSE},
    "keeps": {Action.KEEP, Action.COLLECT},
    "discloses": {Action.DISCLOSE},
}
"""The steps that a sentence tells of, by its verb: what is kept was collected."""

SAID = ("said", "agreed")
"""The ways to make a sentence that leave it saying that something is done."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, whether a statement ties it, and whether it is set aside."""

    told: Told
    tied: bool
    aside: bool

    @property
    def speaks(self) -> bool:
        return self.told.how in SAID and not self.aside

    @property
    def stated(self) -> dict[str, Any]:
        """What a valid statement on it states."""
        if not self.tied or Hand(self.told).faulty:
            return {}
        statement = self.told.statement
        stated: dict[str, Any] = statement if "never" in statement else statement[self.told.claim]
        return stated

    def untied(self, key: str) -> set[str]:
        """Its own words for data, or its own party, that no statement states."""
        own = {"data": set(self.told.data), "to": {self.told.party} - {""}}[key]
        stated = self.stated.get(key, [])
        return own - {stated} if isinstance(stated, str) else own - set(stated)

    @property
    def period(self) -> str:
        return "" if self.stated.get("period") == self.told.period else self.told.period

    @property
    def letter(self) -> str:
        basis = self.stated.get("basis", {}).get("article_6")
        return "" if basis == self.told.letter else self.told.letter


@dataclass(frozen=True)
class UntiedRegister:
    """A register of one activity and one notice, some of whose sentences are tied and some set aside."""

    sentences: tuple[Sentence, ...]
    documents: tuple[dict[str, Any], ...]

    def read(self) -> tuple[FlowGraph, Proofs]:
        """The register built, and the proofs of its statements."""
        blocks = "\n\n".join(one.told.block for one in self.sentences)
        text = notice_of_text(
            SourceFile("notice.md", f"# Notice\n\n{OPENING}\n\n{blocks}\n\nThe end.\n")
        )
        notice = {
            "kind": "notice",
            "id": "notice",
            "audience": "pupil",
            "text": "notice.md",
            "statements": [one.told.statement for one in self.sentences if one.tied],
            "aside": [
                {"quote": one.told.statement["quote"], "reason": "it is read", "by": "J. Smith"}
                for one in self.sentences
                if one.aside
            ],
        }
        written = "\n---\n".join(json.dumps(one) for one in (*WORDS, *self.documents, notice))
        texts = {("r.yaml", "notice.md"): text}
        built = build(tuple(parse(SourceFile("r.yaml", written))), texts)
        return flow_graph(built), Proofs(built, texts)

    def all_aside(self) -> "UntiedRegister":
        """The same with every sentence set aside."""
        aside = tuple(replace(one, tied=False, aside=True) for one in self.sentences)
        return replace(self, sentences=aside)

    @property
    def begun(self) -> bool:
        """Whether somebody has written a statement, or no sentence says that something is done."""
        return any(one.tied for one in self.sentences) or not any(
            one.speaks for one in self.sentences
        )

    def may_tell(self, flow: Flow, facet: Facet, word: str) -> bool:
        """Whether an untied sentence may tell a word of a facet of a flow, or its number of that data.

        Of a notice that nobody has begun to tie any sentence may.
        """
        return not self.begun or any(self._may_tell(flow, facet, word))

    def _may_tell(self, flow: Flow, facet: Facet, word: str) -> Iterator[bool]:
        for one in (one for one in self.sentences if one.speaks):
            if facet is Facet.DATA:
                yield word in one.untied("data") and flow.action in STEPS[one.told.claim]
            elif facet is Facet.RECIPIENT:
                yield word in one.untied("to")
            elif facet is Facet.RETENTION:
                same = one.period == flow.retention[0].period
                yield bool(one.period) and (same or word in one.told.data)
            elif facet is Facet.BASIS:
                yield bool(flow.basis) and one.letter == (flow.basis.letter if flow.basis else "")


def asked(flow: Flow, facet: Facet) -> Iterable[str]:
    """The words of which a facet is asked: of a basis, none."""
    match facet:
        case Facet.DATA:
            return flow.indirect
        case Facet.RECIPIENT:
            return flow.words(Facet.RECIPIENT)
        case Facet.RETENTION:
            return flow.words(Facet.DATA)
    return ("",)


@st.composite
def untied_registers(draw: st.DrawFn) -> UntiedRegister:
    sample = draw(told_registers())
    sentences = []
    for told in sample.told:
        tied, aside = draw(st.sampled_from([(True, False), (False, False), (False, True)]))
        sentences.append(Sentence(told, tied, aside))
    (activity,) = sample.documents
    sources = draw(st.sampled_from(["data-subject", "mailer"]))
    return UntiedRegister(tuple(sentences), ({**activity, "sources": sources},))
