"""The flows at the workbench: looked for, and each with what proves it, and what would mend it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ropa.case import Case
from ropa.drafting.mending import DraftSentence
from ropa.findings import Finding
from ropa.judging.judgement import Judgement
from ropa.judging.reasons import ProofStretch, how_it_rests, marked
from ropa.judging.verdict import Verdict
from ropa.page.review import MARKS, FlowRow
from ropa.register.model import Statement
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.why import missing
from ropa.workbench.desk import AsItStands

MOST_SENTENCES = 6
"""How many sentences are shown for one facet."""

VERDICTS: Mapping[Verdict, tuple[str, str, str]] = {
    Verdict.CLEAR: ("told", "✓", "told"),
    Verdict.VAGUE: ("partly", "~", "told vaguely"),
    Verdict.PARTIAL: ("partly", "~", "told in part"),
    Verdict.UNDECIDABLE: ("undecided", "?", "cannot be decided"),
    Verdict.UNTIED: ("untied", "○", "not tied yet"),
    Verdict.OMITTED: ("untold", "✗", "not told"),
    Verdict.AMBIGUOUS: ("untold", "✗", "told both ways"),
    Verdict.CONTRADICTED: ("untold", "✗", "told otherwise"),
}
"""A word for the style, a sign, and what to say of each verdict."""


class ShownSentence(Struct, frozen=True):
    """A sentence of a notice that has to do with a facet: how, its words, where it stands, and what is said of it."""

    kind: str
    stretches: tuple[ProofStretch, ...]
    notice: str
    said: str


class ShownFacet(Struct, frozen=True):
    """A facet of a flow: its verdict, what the register says, what is missing, and the sentences."""

    facet: Facet
    name: str
    word: str
    sign: str
    verdict: str
    recorded: str
    lacks: str
    sentences: tuple[ShownSentence, ...]
    drafts: tuple[DraftSentence, ...]


NAMES: Mapping[Facet, str] = {
    Facet.SUBJECT: "Who it is about",
    Facet.DATA: "What data",
    Facet.SOURCE: "From whom",
    Facet.RECIPIENT: "Who gets it",
    Facet.PURPOSE: "What for",
    Facet.COUNTRY: "Which country",
    Facet.BASIS: "On what basis",
    Facet.RETENTION: "How long",
    Facet.TRANSFER: "What protects it abroad",
    Facet.PROMISE: "Against a promise",
    Facet.ITEM: "What else",
}


def shown_facets(now: AsItStands, flow: str) -> tuple[ShownFacet, ...]:
    """Each facet of a flow that the law asks for."""
    told = now.case.coverage.by_id[flow]
    return tuple(_facet(now, flow, judgement) for judgement in told.judgements)


def _facet(now: AsItStands, flow: str, judgement: Judgement) -> ShownFacet:
    case = now.case
    told = case.coverage.by_id[flow]
    word, sign, said = VERDICTS[judgement.verdict]
    clear = judgement.verdict is Verdict.CLEAR
    if clear and judgement.facet is Facet.PROMISE:
        said = "kept"
    return ShownFacet(
        judgement.facet,
        NAMES[judgement.facet],
        word,
        sign,
        said,
        _recorded(
            case,
            told.flow.words(judgement.facet) if judgement.facet in _WORDED else (),
            judgement.facet,
        ),
        "" if clear else missing(case, told.flow, judgement),
        tuple(_sentences(case, judgement))[:MOST_SENTENCES],
        () if clear else now.review.mended.of(flow, judgement.facet),
    )


_WORDED = frozenset(
    {Facet.SUBJECT, Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE, Facet.COUNTRY}
)


def _recorded(case: Case, words: Sequence[str], facet: Facet) -> str:
    return (
        phrases.capital(phrases.names(case.register, facet.scheme, tuple(words))) if words else ""
    )


def _sentences(case: Case, judgement: Judgement) -> Iterator[ShownSentence]:
    """What tells it, what goes against it, and the sentences that nobody has tied."""
    for statement in judgement.told_by:
        proof = case.proved.of(statement)
        rests = how_it_rests(proof, judgement.facet)
        kind = "by-reading" if "reading" in rests else "said"
        yield _of(case, statement, judgement.facet, kind, rests)
    for statement in judgement.against:
        kind = "promise" if statement.negative else "against"
        said = judgement.how or "it goes against this"
        yield _of(case, statement, judgement.facet, kind, said)
    for untied in judgement.sentences:
        words = (ProofStretch(untied.sentence.text),)
        yield ShownSentence("untied", words, untied.notice.name, "nobody has tied it yet")


def _of(case: Case, statement: Statement, facet: Facet, kind: str, said: str) -> ShownSentence:
    words = marked(case.proved.of(statement), facet) or (ProofStretch(statement.quote),)
    return ShownSentence(kind, words, case.register.notices[statement.notice].name, said)


def findings_about(now: AsItStands, flow: str) -> tuple[Finding, ...]:
    """What stands open about a flow, and can be accepted for now."""
    return tuple(f for f in now.report.standing if f.problem.where == flow)


class FlowSearch(Struct, frozen=True):
    """Which flows somebody looks for: by words, by a group of people, by a mark, by an activity, by who sees to it."""

    words: str = ""
    subject: str = ""
    mark: str = ""
    activity: str = ""
    owner: str = ""

    def finds(self, now: AsItStands, row: FlowRow) -> bool:
        """Whether a flow is one of those."""
        marks = now.review.marks(row)
        if self.subject and self.subject not in marks:
            return False
        if self.mark and self.mark != (marks[self.subject] if self.subject else row.mark).word:
            return False
        if self.activity and row.flow.activity != self.activity:
            return False
        if self.owner and not any(
            now.report.owner_of(finding) == self.owner
            for finding in findings_about(now, row.flow.id)
        ):
            return False
        said = f"{row.chip} {row.words} {row.flow.id}".casefold()
        return all(word in said for word in self.words.casefold().split())


def rows_found(now: AsItStands, search: FlowSearch) -> tuple[FlowRow, ...]:
    """The flows that are looked for, those that are told worst first."""
    found = [row for row in now.review.rows if search.finds(now, row)]
    return tuple(sorted(found, key=lambda row: MARKS.index(row.mark)))


def next_untold(now: AsItStands, flow: str) -> str:
    """The next flow that is not told in full, in the order of the register; the first one behind the last."""
    ids = [
        t.flow.id
        for t in now.case.coverage.flows
        if t.verdict is not Verdict.CLEAR or t.flow.id == flow
    ]
    at = ids.index(flow) if flow in ids else -1
    others = [*ids[at + 1 :], *ids[: max(at, 0)]]
    return others[0] if others else ""
