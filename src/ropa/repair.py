"""The fewest sentences that would close every gap, in draft, with the statement to tie each to.

A sentence says one thing, and no more than the register bears out: a list of recipients, of data, of sources,
of purposes with their basis. Gaps that one list can close share a sentence, so the number of sentences is the
least there can be under that rule: for each list, the fewest notices that reach everyone who must read it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ropa import phrases
from ropa.coverage import Coverage, Judgement
from ropa.flows import AXES, DATA, Flow
from ropa.model import Action, Basis, Claim, Notice, Register, Retention, Words
from ropa.verdict import Verdict
from ropa.vocabulary import Facet

Key = tuple[object, ...]

_CLOSABLE = frozenset(
    {Verdict.OMITTED, Verdict.PARTIAL, Verdict.VAGUE, Verdict.CONTRADICTED, Verdict.UNDECIDABLE}
)
_MOST_TRIED = 12
"""With more notices than this, the fewest are sought greedily instead of by trying every choice."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to add to one notice. `closes` are the flows and facets it tells, `groups` the people."""

    notice: Notice
    wording: str
    statement: str
    closes: tuple[tuple[str, Facet], ...]
    groups: Words

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows it helps, once each."""
        return tuple(dict.fromkeys(flow for flow, _ in self.closes))


@dataclass(frozen=True, slots=True)
class Repair:
    """The sentences to add, most helpful first, and the gaps that no sentence can close."""

    sentences: tuple[Sentence, ...]
    beyond: tuple[tuple[Flow, Judgement], ...]

    def of(self, flow: str, facet: Facet) -> tuple[Sentence, ...]:
        """The sentences that close one gap."""
        return tuple(s for s in self.sentences if (flow, facet) in s.closes)


@dataclass(slots=True)
class _List:
    """What one sentence has to say: words of one facet, beside what it says whole."""

    facet: Facet
    claim: Claim
    words: dict[str, None]
    beside: Mapping[str, Words]
    by: Words
    letter: str
    laws: dict[str, None]
    retention: Retention | None
    safeguard: str
    needs: list[tuple[Flow, Facet, int]]


def repair(coverage: Coverage) -> Repair:
    """Draft sentences for every gap that a sentence can close."""
    lists: dict[Key, _List] = {}
    beyond = []
    for told in coverage.flows:
        for judgement in told.judgements:
            if not judgement.due or judgement.verdict is Verdict.CLEAR:
                continue
            if not _closable(coverage, told.flow, judgement, lists):
                beyond.append((told.flow, judgement))
    sentences = (s for wanted in lists.values() for s in _sentences(coverage, wanted))
    return Repair(tuple(sorted(sentences, key=lambda s: -len(s.closes))), tuple(beyond))


def _closable(
    coverage: Coverage, flow: Flow, judgement: Judgement, lists: dict[Key, _List]
) -> bool:
    """Put a gap on the lists of the sentences that close it; False where none can."""
    wanted = tuple(_wanted(coverage, flow, judgement)) if judgement.verdict in _CLOSABLE else ()
    group = coverage.register.vocabulary[Facet.SUBJECT].union(flow.box[0]) & coverage.voices.noticed
    for key, want in wanted:
        found = lists.setdefault(key, want)
        found.words.update(want.words)
        found.laws.update(want.laws)
        found.needs.append((flow, judgement.facet, group))
    return bool(wanted)


def _wanted(coverage: Coverage, flow: Flow, judgement: Judgement) -> Iterator[tuple[Key, _List]]:
    """The lists on which a gap belongs, and under which key they are one."""
    facet = judgement.facet
    lacking = coverage.lacking(Facet.DATA if facet is Facet.RETENTION else facet, judgement, flow)
    data = coverage.register.vocabulary[Facet.DATA]
    beside = _beside(coverage, flow, facet)
    by = (flow.start.id,) if flow.action is Action.ONWARD else ()
    unknown = any(not coverage.register.vocabulary[a.scheme].unknown.isdisjoint(w) for a, w in zip(AXES, flow.box, strict=True))
    if unknown:
        return
    match facet:
        case Facet.RECIPIENT:
            yield _listed(facet, Claim.DISCLOSES, flow.words(facet), beside, by)
        case Facet.SOURCE if flow.words(facet):
            yield _listed(facet, Claim.COLLECTS, flow.words(facet), beside)
        case Facet.DATA:
            words = tuple(w for w in flow.indirect or flow.box[DATA] if data.mask(w) & lacking[DATA])
            yield _listed(facet, Claim.USES, words, beside)
        case Facet.PURPOSE | Facet.BASIS if flow.basis and flow.basis.letter:
            yield _listed(Facet.PURPOSE, Claim.USES, flow.words(Facet.PURPOSE), beside, basis=flow.basis)
        case Facet.PURPOSE:
            yield _listed(facet, Claim.USES, flow.words(facet), beside)
        case Facet.RETENTION if flow.retention and judgement.verdict is not Verdict.UNDECIDABLE:
            for entry in flow.retention:
                if (entry.period or entry.criteria) and data.union(entry.data) & lacking[DATA]:
                    yield _listed(Facet.DATA, Claim.KEEPS, entry.data, {}, retention=entry)
        case Facet.TRANSFER:
            yield _listed(
                Facet.COUNTRY, Claim.TRANSFERS, flow.words(Facet.COUNTRY), beside, by, safeguard=flow.safeguard
            )


def _listed(
    facet: Facet,
    claim: Claim,
    words: Words,
    beside: Mapping[str, Words],
    by: Words = (),
    *,
    basis: Basis | None = None,
    retention: Retention | None = None,
    safeguard: str = "",
) -> tuple[Key, _List]:
    kept = (retention.period, retention.trigger, retention.criteria) if retention else ()
    letter, laws = (basis.letter, basis.law) if basis else ("", ())
    key = (facet, claim, tuple(beside.items()), by, letter, kept, safeguard)
    said = dict.fromkeys(words)
    return key, _List(facet, claim, said, beside, by, letter, dict.fromkeys(laws), retention, safeguard, [])


def _beside(coverage: Coverage, flow: Flow, facet: Facet) -> Mapping[str, Words]:
    """The facets that the settings want told together with this one."""
    linked = coverage.settings.linked
    if facet not in linked:
        return {}
    return {_KEYS[f]: flow.box[axis] for axis, f in enumerate(AXES) if f in linked and f is not facet and flow.box[axis]}


def _sentences(coverage: Coverage, wanted: _List) -> Iterator[Sentence]:
    """One list as a sentence in each of the fewest notices that reach all who must read it."""
    people = coverage.register.vocabulary[Facet.SUBJECT]
    everyone = 0
    for _, _, atoms in wanted.needs:
        everyone |= atoms
    words = tuple(wanted.words)
    for notice in _fewest(coverage, everyone):
        reach = coverage.voices.reach[notice.id]
        here = [(flow, facet) for flow, facet, atoms in wanted.needs if atoms & reach]
        groups = dict.fromkeys(w for flow, _ in here for w in flow.box[0] if people.mask(w) & reach)
        yield Sentence(
            notice,
            _wording(coverage.register, wanted, words),
            _statement(wanted, words),
            tuple(dict.fromkeys((flow.id, facet) for flow, facet in here)),
            tuple(groups),
        )


def _fewest(coverage: Coverage, atoms: int) -> tuple[Notice, ...]:
    """The fewest notices that together reach these people; of those, the ones that reach the fewest others."""
    reach = coverage.voices.reach
    useful = [n for n in coverage.voices.notices if reach[n.id] & atoms]
    if len(useful) > _MOST_TRIED:
        return tuple(_greedily(useful, reach, atoms))
    for count in range(1, len(useful) + 1):
        enough = [c for c in combinations(useful, count) if not atoms & ~_union(reach[n.id] for n in c)]
        if enough:
            return min(enough, key=lambda c: sum((reach[n.id] & ~atoms).bit_count() for n in c))
    return ()


def _greedily(useful: list[Notice], reach: Mapping[str, int], atoms: int) -> Iterator[Notice]:
    while atoms:
        best = max(useful, key=lambda n: (reach[n.id] & atoms).bit_count())
        if not reach[best.id] & atoms:
            return
        atoms &= ~reach[best.id]
        yield best


def _union(masks: Iterable[int]) -> int:
    atoms = 0
    for mask in masks:
        atoms |= mask
    return atoms


_KEYS = {
    Facet.SUBJECT: "about",
    Facet.DATA: "data",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "purposes",
    Facet.COUNTRY: "countries",
}


def _wording(register: Register, wanted: _List, words: Words) -> str:
    """The sentence in draft, as it would be said to the person."""
    said = phrases.names(register, wanted.facet, words, most=len(words))
    match wanted.claim:
        case Claim.DISCLOSES if wanted.by:
            return f"{phrases.names(register, Facet.RECIPIENT, wanted.by)} may pass your information on to {said}."
        case Claim.DISCLOSES:
            return f"We share your information with {said}."
        case Claim.COLLECTS:
            return f"We get information about you from {said}."
        case Claim.KEEPS if wanted.retention and wanted.retention.period:
            kept = phrases.kept(wanted.retention).replace("the person's", "your")
            return f"We keep your {said} for {kept}."
        case Claim.KEEPS if wanted.retention:
            return f"We keep your {said} {wanted.retention.criteria}."
        case Claim.TRANSFERS:
            guard = phrases.SAFEGUARDS.get(wanted.safeguard, "")
            return f"Some of your information goes to {said}" + (f" under {guard}." if guard else ".")
        case _ if wanted.facet is Facet.DATA:
            return f"The information we use about you includes {said}."
    if not wanted.letter:
        return f"We use your information for {said}."
    basis = phrases.basis(Basis(wanted.letter, law=tuple(wanted.laws)))
    return f"We use your information for {said}. Our lawful basis is {basis}."


def _statement(wanted: _List, words: Words) -> str:
    """The statement to tie the sentence to, as YAML to paste below `statements:`."""
    lines = [f"{_KEYS[wanted.facet]}: [{', '.join(words)}]"]
    if wanted.by:
        lines.append(f"by: [{', '.join(wanted.by)}]")
    lines += [f"{key}: [{', '.join(said)}]" for key, said in wanted.beside.items()]
    if wanted.letter:
        law = f", law: [{', '.join(map(_quoted, wanted.laws))}]" if wanted.laws else ""
        lines.append(f"basis: {{article_6: {wanted.letter}{law}}}")
    if wanted.retention and wanted.retention.period:
        lines.append(f"period: {wanted.retention.period}")
        lines += [f"trigger: {wanted.retention.trigger}"] if wanted.retention.trigger else []
    elif wanted.retention:
        lines.append(f"criteria: {_quoted(wanted.retention.criteria)}")
    if wanted.safeguard:
        lines.append(f"safeguard: {wanted.safeguard}")
    return "\n".join([f"{wanted.claim}:", *(f"  {line}" for line in lines)])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


