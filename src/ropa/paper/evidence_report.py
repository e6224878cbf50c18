"""For an auditor: every facet that is due, the sentence that tells it, and what that rests on, the weakest first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.case import Case
from ropa.errors import UnknownName, did_you_mean
from ropa.judging.coverage import Told
from ropa.judging.evidence import Proof, Rests
from ropa.judging.judgement import Judgement
from ropa.judging.reasons import ProofStretch, how_it_rests, marked, why_void
from ropa.location import Location
from ropa.paper.manuscript import (
    Block,
    Bullets,
    Code,
    Line,
    Manuscript,
    PaperHeading,
    PaperItem,
    Paragraph,
    Strong,
    paragraph,
)
from ropa.proposing.agreeing import Agreement, accepted_by, agreements
from ropa.proposing.tally import BroughtTally, kept_beside, read
from ropa.register.model import Notice, Statement
from ropa.register.vocabulary import Facet
from ropa.report import Report, evidence_in_words
from ropa.saying import phrases
from ropa.visible import place_in_json, to_json

VERSION = 1
TOOL = "ropa-checker"


class EvidenceOf(Struct, frozen=True):
    """One statement that tells a facet: its sentence with the words marked, where it stands, and what it rests on.

    `hash` is that of the text it stands in.
    """

    statement: Statement
    sentence: tuple[ProofStretch, ...]
    at: Location
    hash: str
    rests: str


class EvidenceRow(Struct, frozen=True):
    """One facet of one flow, or one item of a group: how it is told, by what, and what that rests on."""

    where: str
    in_words: str
    facet: Facet
    what: str
    verdict: str
    evidence: Rests | None
    told_by: tuple[EvidenceOf, ...]


class EvidenceReport(Struct, frozen=True):
    """What an auditor is shown: the rows in the order in which they want to be looked at, and how it was judged."""

    report: Report
    notices: tuple[Notice, ...]
    rows: tuple[EvidenceRow, ...]
    void: tuple[Proof, ...]
    brought: tuple[BroughtTally, ...] = ()

    @property
    def case(self) -> Case:
        """What was judged."""
        return self.report.case


class ProposerRecord(Struct, frozen=True):
    """What became of what one proposer brought and was kept: how much waits, and how much was accepted, some in part.

    `brought` is how much it was in the whole register, and how much of it was refused, where that was counted.
    """

    by: str
    waiting: int
    accepted: int
    in_part: int
    brought: BroughtTally | None = None

    @property
    def in_words(self) -> str:
        """It in a sentence or two."""
        kept = self._kept if self.waiting + self.accepted else ""
        brought = f"In this register, {self.brought.in_words}" if self.brought else ""
        return f"{kept} {brought}".strip()

    @property
    def _kept(self) -> str:
        waits = "waits" if self.waiting == 1 else "wait"
        part = f", {self.in_part} of them in part" if self.in_part else ""
        kept = phrases.count(self.waiting + self.accepted, "statement")
        which = f"of which {self.waiting} {waits} and {self.accepted} were accepted{part}"
        return f"Proposed by {self.by} and kept: {kept}, {which}."


def proposers(
    notices: Iterable[Notice], brought: Iterable[BroughtTally] = ()
) -> tuple[ProposerRecord, ...]:
    """The record of everybody who proposed a statement of these notices, or brought anything, by name."""
    tallies = {one.by: one for one in brought}
    waiting: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    in_part: Counter[str] = Counter()
    for notice in notices:
        waiting.update(s.proposed_by or NOBODY for s in notice.proposals)
        accepted = [s.accepted for s in notice.statements if s.accepted]
        taken.update(one.proposed_by or NOBODY for one in accepted)
        in_part.update(one.proposed_by or NOBODY for one in accepted if one.only)
    names = sorted({*waiting, *taken, *tallies})
    return tuple(ProposerRecord(n, waiting[n], taken[n], in_part[n], tallies.get(n)) for n in names)


NOBODY = "somebody who is not named"


def evidence_report(report: Report, notice: str = "") -> EvidenceReport:
    """The evidence for what people are told, by all notices in force or by one. Raises `UnknownName`."""
    case = report.case
    notices = _chosen(case, notice)
    rows = [row for row in (*_rows(case), *_items(case)) if _concerns(row, notices, notice)]
    rows.sort(key=lambda row: _ORDER[row.evidence])
    ids = {one.id for one in notices}
    void = tuple(proof for proof in case.proofs if proof.faulty and proof.statement.notice in ids)
    brought = read(kept_beside(case.settings.read_from, Path(case.root)))
    return EvidenceReport(report, notices, tuple(rows), void, brought)


_ORDER = {Rests.READING: 0, Rests.PERSON: 1, None: 2, Rests.WORDS: 3}


def _chosen(case: Case, notice: str) -> tuple[Notice, ...]:
    in_force = case.coverage.voices.notices
    if not notice:
        return in_force
    found = tuple(one for one in in_force if one.id == notice)
    if not found:
        near = did_you_mean(notice, [one.id for one in in_force])
        raise UnknownName(f"no notice “{notice}” is in force on that day{near}")
    return found


def _concerns(row: EvidenceRow, notices: Iterable[Notice], wanted: str) -> bool:
    """Whether a row is told by one of these notices, or by nobody where all are wanted."""
    ids = {notice.id for notice in notices}
    return not wanted or any(one.statement.notice in ids for one in row.told_by)


def _rows(case: Case) -> Iterator[EvidenceRow]:
    for told in case.coverage.flows:
        for judgement in told.judgements:
            if judgement.facet not in (Facet.SUBJECT, Facet.PROMISE):
                yield _row(case, told, judgement)


def _row(case: Case, told: Told, judgement: Judgement) -> EvidenceRow:
    return EvidenceRow(
        told.flow.id,
        phrases.step(case.register, told.flow),
        judgement.facet,
        str(judgement.facet),
        str(judgement.verdict),
        judgement.evidence if judgement.told_by else None,
        tuple(_evidence(case, s, judgement.facet) for s in judgement.told_by),
    )


def _items(case: Case) -> Iterator[EvidenceRow]:
    people = case.register.vocabulary[Facet.SUBJECT]
    for told in case.coverage.items:
        yield EvidenceRow(
            told.subject,
            people.label(told.subject),
            Facet.ITEM,
            told.item,
            str(told.verdict),
            told.evidence if told.told_by else None,
            tuple(_evidence(case, statement, Facet.ITEM) for statement in told.told_by),
        )


def _evidence(case: Case, statement: Statement, facet: Facet) -> EvidenceOf:
    proof = case.proved.of(statement)
    text = case.text_of(case.register.notices[statement.notice])
    sentence = marked(proof, facet) or (ProofStretch(statement.quote),)
    at = statement.quoted or statement.origin.location
    return EvidenceOf(
        statement, sentence, at, text.digest if text else "", how_it_rests(proof, facet)
    )


# -- on paper --------------------------------------------------------------------------------------


def manuscript(found: EvidenceReport) -> Manuscript:
    """The report as it is set on paper."""
    blocks = (*_head(found), *_void(found), *_listed(found))
    return Manuscript(f"Evidence: {found.case.register.name}", blocks)


def head(found: EvidenceReport) -> Iterator[str]:
    """How it was judged, of which texts, and who signed them: a sentence each."""
    case, settings, tool = found.case, found.case.settings, version(TOOL)
    yield f"Judged as of {phrases.day(settings.day)} by ropa {tool}, in mode {settings.mode}."
    counts = (
        "a reading or better"
        if settings.evidence is Rests.READING
        else "words, or a person's reading of them"
    )
    steps = phrases.count(settings.max_hops, "step")
    yield f"What counts rests on {counts}; a notice's word may be {steps} above the register's."
    for notice in found.notices:
        text = case.text_of(notice)
        yield f"“{notice.name}”: {f'text {text.digest}' if text else 'no text on file'}, {_signed(case, notice)}."
    yield from (f"{line[:1].upper()}{line[1:]}." for line in evidence_in_words(case))
    yield from (record.in_words for record in proposers(found.notices, found.brought))
    yield from (one.in_words for one in agreements(accepted_by(found.notices)))


def _signed(case: Case, notice: Notice) -> str:
    sign_off = case.signatures.newest.get(notice.id)
    if sign_off is None:
        return "not signed off"
    return f"signed off by {sign_off.by} on {phrases.day(sign_off.signed)}"


def _head(found: EvidenceReport) -> Iterator[Block]:
    yield Paragraph(tuple((line,) for line in head(found)))


def void_lines(found: EvidenceReport) -> Iterator[tuple[str, str, str]]:
    """The statements that are not borne out: each with its id, its quote and why, and who accepted that."""
    accepted = {f.problem.where: f for f in found.report.findings if f.accepted}
    for proof in found.void:
        finding = accepted.get(f"notice/{proof.statement.id}")
        by = ""
        if finding is not None and finding.waived_by:
            waiver = found.case.acceptance.waiver_of(finding)
            by = f"; accepted by {waiver.owner} until {phrases.day(waiver.until)}: {waiver.reason}"
        elif finding is not None:
            by = "; known from the baseline"
        why = why_void(found.case.register, proof)
        yield proof.statement.id, proof.statement.quote, f"{why}{by}"


def _void(found: EvidenceReport) -> Iterator[Block]:
    listed = tuple(void_lines(found))
    if listed:
        yield PaperHeading(2, ("Not borne out by the words quoted",))
        yield Bullets(
            tuple(PaperItem(((f"“{quote}” ({id_}): {why}",),)) for id_, quote, why in listed)
        )


HEADINGS = {
    Rests.READING: "By reading alone",
    Rests.PERSON: "As a person read the words",
    None: "Not told by any statement",
    Rests.WORDS: "By the words",
}
"""The parts of the report in their order, by what the rows rest on."""


def _listed(found: EvidenceReport) -> Iterator[Block]:
    for rests, heading in HEADINGS.items():
        rows = [row for row in found.rows if row.evidence is rests]
        if rows:
            yield PaperHeading(2, (f"{heading}: {len(rows)}",))
            yield Bullets(tuple(_item(row) for row in rows))
    if not found.rows:
        yield paragraph("Nothing is due, or no notice chosen tells it.")


def _item(row: EvidenceRow) -> PaperItem:
    first: Line = (Strong(row.what), f": {row.verdict}, {row.in_words} (", Code(row.where), ")")
    return PaperItem((first,), tuple(PaperItem(_lines(one)) for one in row.told_by))


def _lines(one: EvidenceOf) -> tuple[Line, ...]:
    sentence = tuple(Strong(s.text) if s.proves else s.text for s in one.sentence)
    return sentence, (
        f"{one.statement.id}, {one.at}, text {one.hash or 'not on file'}, {one.rests}",
    )


# -- for programs ----------------------------------------------------------------------------------


def as_json(found: EvidenceReport) -> str:
    """The same for programs; schemas/evidence.schema.json describes it."""
    settings = found.case.settings
    return to_json(
        {
            "version": VERSION,
            "ropa": version(TOOL),
            "settings": {
                "as_of": settings.day.isoformat(),
                "mode": str(settings.mode),
                "linked": sorted(map(str, settings.linked)),
                "max_hops": settings.max_hops,
                "evidence": str(settings.evidence),
            },
            "notices": [_notice(found.case, notice) for notice in found.notices],
            "proposers": [_proposer(r) for r in proposers(found.notices, found.brought)],
            "asked_again": [_again(one) for one in agreements(accepted_by(found.notices))],
            "void": [{"id": i, "quote": q, "why": why} for i, q, why in void_lines(found)],
            "facets": [_facet(row) for row in found.rows],
        }
    )


def _proposer(record: ProposerRecord) -> dict[str, Any]:
    brought = record.brought
    return {
        "by": record.by,
        "waiting": record.waiting,
        "accepted": record.accepted,
        "in_part": record.in_part,
        "brought": {
            "since": brought.since.isoformat(),
            "until": brought.until.isoformat(),
            "proposals": brought.brought,
            "refused": brought.of_them_refused,
            "why": {str(why): number for why, number in brought.refused.items()},
        }
        if brought
        else None,
    }


def _again(agreement: Agreement) -> dict[str, Any]:
    return {
        "by": agreement.by,
        "statements": agreement.statements,
        "whole": agreement.whole,
        "facets": {
            key: {"same": same, "asked": asked} for key, (same, asked) in agreement.facets.items()
        },
    }


def _notice(case: Case, notice: Notice) -> dict[str, Any]:
    text, sign_off = case.text_of(notice), case.signatures.newest.get(notice.id)
    return {
        "id": notice.id,
        "name": notice.name,
        "text_hash": text.digest if text else None,
        "language": notice.language or None,
        "read": case.proved.read(notice) is not None,
        "signed_by": sign_off.by if sign_off else None,
        "signed": sign_off.signed.isoformat() if sign_off else None,
    }


def _facet(row: EvidenceRow) -> dict[str, Any]:
    return {
        "where": row.where,
        "in_words": row.in_words,
        "facet": str(row.facet),
        "what": row.what,
        "verdict": row.verdict,
        "evidence": str(row.evidence) if row.evidence else None,
        "told_by": [_statement(one) for one in row.told_by],
    }


def _statement(one: EvidenceOf) -> dict[str, Any]:
    read = one.statement.read_as
    return {
        "statement": one.statement.id,
        "quote": one.statement.quote,
        "sentence": [{"text": s.text, "proves": s.proves} for s in one.sentence],
        "place": place_in_json(one.at),
        "text_hash": one.hash or None,
        "rests": one.rests,
        "read_as": {
            "lifts": dict(read.lifts),
            "because": read.because,
            "by": read.by,
            "on": read.on.isoformat() if read.on else None,
        }
        if read
        else None,
    }
