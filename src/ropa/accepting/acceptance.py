"""What of the findings is accepted: by a waiver with a reason, an owner and an end, by the baseline, or by an
exception from telling people.

Nothing accepts what could not be checked, and nothing accepts a fault in a waiver or a baseline. What is
wrong with them is asked for by rules, when everything else has been found.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from ropa.accepting.baseline import Baseline
from ropa.accepting.selection import Chosen
from ropa.accepting.trust import Accepting
from ropa.errors import BadBaseline
from ropa.findings import Finding, Problem
from ropa.judging.coverage import Coverage
from ropa.judging.exemptions import Answered, answered
from ropa.register.model import Organisation, Waiver


class AcceptedEntry(Struct, frozen=True):
    """A finding that the baseline lists, and what it says now, if it still occurs.

    `called` is the id of one that says the same of an entry with another id.
    """

    id: str
    then: str
    now: str
    called: str = ""


class Acceptance(Struct, frozen=True, eq=False, dict=True):
    """Every waiver, what each in date accepts, and where waivers and baseline no longer fit what is found.

    `unmatched` are about nothing that was found, `undecided` only about what could not be checked. `prints`
    are the fingerprints of what each is about, and `outdated` those that are no longer what the waiver
    says it has `seen`. `moved` are the entries of the baseline that no longer occur, or say something else.
    `answered` are the findings that an exception from telling people answers for. `refused` are the comments that
    are no waivers, because the trusted revision does not have them.
    """

    waivers: tuple[Waiver, ...] = ()
    malformed: tuple[Problem, ...] = ()
    accepted: Mapping[Waiver, tuple[Finding, ...]] = field(default_factory=dict)
    unmatched: tuple[Waiver, ...] = ()
    undecided: tuple[Waiver, ...] = ()
    outdated: Mapping[Waiver, str] = field(default_factory=dict)
    baseline: Baseline = field(default_factory=Baseline)
    moved: tuple[AcceptedEntry, ...] = ()
    prints: Mapping[Waiver, str] = field(default_factory=dict)
    answered: Answered = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    def sign(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, each with the waiver that accepts it, or the mark that it was there before."""
        ids = {f: w.id for w, found in reversed(list(self.accepted.items())) for f in found}
        for finding in findings:
            if ids and finding in ids:
                yield replace(finding, waived_by=ids[finding])
            elif finding in self.answered:
                yield replace(finding, exempted_by=self.answered[finding].id)
            elif finding.id in self.baseline.findings or finding.id in self.renamed:
                yield replace(finding, known=True)
            else:
                yield finding

    def waiver_of(self, finding: Finding) -> Waiver:
        """The waiver that accepts a finding."""
        return next(w for w in self._by_id[finding.waived_by] if w.accepts(finding.id))

    @cached_property
    def renamed(self) -> frozenset[str]:
        """The findings that the baseline lists under the id that an entry had before."""
        return frozenset(entry.called for entry in self.moved if entry.called)

    @cached_property
    def _by_id(self) -> Mapping[str, list[Waiver]]:
        by_id: dict[str, list[Waiver]] = {}
        for waiver in self.accepted:
            by_id.setdefault(waiver.id, []).append(waiver)
        return by_id


def accept(
    found: Iterable[Finding],
    coverage: Coverage,
    accepting: Accepting,
    chosen: Chosen,
    baseline: Baseline,
) -> Acceptance:
    """Hold what was found against the waivers that count and the baseline."""
    _must_fit(baseline, coverage.register.organisation, chosen)
    waivers = accepting.waivers
    day = coverage.settings.day
    valid = [w for w in waivers if not (w.over(day) or w.too_long(day))]
    matching = _Matching(found, coverage)
    matched = {waiver: matching.of(waiver) for waiver in valid}
    decided = {w: tuple(f for f in m if not f.rule.undecided) for w, m in matched.items()}
    prints = {w: matching.fingerprint(accepted) for w, accepted in decided.items() if accepted}
    outdated = {w: now for w, now in prints.items() if w.seen and w.seen.lower() != now}
    return Acceptance(
        waivers=waivers,
        malformed=accepting.malformed,
        accepted={w: decided[w] for w in prints if w not in outdated},
        unmatched=tuple(w for w in valid if not matched[w] and _was_looked_for(w, chosen)),
        undecided=tuple(w for w in valid if matched[w] and not decided[w]),
        outdated=outdated,
        baseline=baseline,
        moved=tuple(_moved(baseline, matching, chosen)),
        prints=prints,
        answered=answered(found, coverage),
        refused=accepting.refused,
    )


class _Matching:
    """The findings, in the ways that a waiver can ask for them."""

    def __init__(self, found: Iterable[Finding], coverage: Coverage) -> None:
        self.found = found
        self.coverage = coverage

    @cached_property
    def by_id(self) -> Mapping[str, list[Finding]]:
        """The findings by their ids; one id may stand for several places."""
        return _grouped(self.found, lambda finding: finding.id)

    @cached_property
    def by_rule(self) -> Mapping[str, list[Finding]]:
        """The findings by their rules."""
        return _grouped(self.found, lambda finding: finding.rule.id)

    def of(self, waiver: Waiver) -> tuple[Finding, ...]:
        """The findings it is about, in the order of their places."""
        return tuple(sorted(self._of(waiver), key=lambda finding: finding.problem))

    def _of(self, waiver: Waiver) -> Iterable[Finding]:
        if "*" not in waiver.finding:
            return self.by_id.get(waiver.finding, ())
        if "*" in waiver.rule:
            return (f for f in self.found if waiver.accepts(f.id))
        near = self.by_rule.get(waiver.rule, ())
        if waiver.line:
            place = (waiver.origin.document.path, waiver.line)
            return (f for f in near if (f.problem.at.path, f.problem.at.line) == place)
        return (f for f in near if waiver.accepts(f.id))

    def fingerprint(self, findings: Iterable[Finding]) -> str:
        """Eight characters that change when one of the findings, or the flow it is about, does."""
        from hashlib import sha256

        facts = [[f.id, f.problem.message, *self._flow(f.problem.where)] for f in findings]
        text = json.dumps(sorted(facts), ensure_ascii=True)
        return sha256(text.encode()).hexdigest()[:8]

    def _flow(self, where: str) -> Iterator[Sequence[object]]:
        """What is recorded of the flow of that id, in an order that does not depend on how it was written."""
        if told := self.coverage.by_id.get(where):
            flow = told.flow
            yield [sorted(words) for words in flow.box]
            yield sorted(flow.indirect)
            if basis := flow.basis:
                yield [basis.article_6, basis.article_9, basis.schedule_1, basis.interests]
                yield sorted(basis.law)
            yield [flow.safeguard]
            yield sorted([sorted(r.data), r.period, r.trigger, r.criteria] for r in flow.retention)
            yield sorted([c.kind, c.name, sorted(c.covers)] for c in flow.conditions)


def _grouped(
    found: Iterable[Finding], key: Callable[[Finding], str]
) -> Mapping[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(key(finding), []).append(finding)
    return groups


def _was_looked_for(waiver: Waiver, chosen: Chosen) -> bool:
    """Whether no rule that was switched off could have found what the waiver accepts."""
    return not any(fnmatchcase(off, waiver.rule) for off in chosen.off)


def _moved(baseline: Baseline, matching: _Matching, chosen: Chosen) -> Iterator[AcceptedEntry]:
    new: dict[tuple[str, ...], list[str]] = {}
    for id_, found in matching.by_id.items() if baseline.findings else ():
        if id_ not in baseline.findings:
            new.setdefault(_said(id_, found[0].problem.message), []).append(id_)
    for id_, then in baseline.findings.items():
        now = sorted(finding.problem.message for finding in matching.by_id.get(id_, ()))
        if then not in now and id_.partition("@")[0] not in chosen.off:
            alike = [] if now else new.get(_said(id_, then), [])
            yield AcceptedEntry(id_, then, now[0] if now else "", alike.pop(0) if alike else "")


def _said(id_: str, message: str) -> tuple[str, ...]:
    """What a finding says, whatever the entry is called that it is about."""
    rule, _, where = id_.partition("@")
    whole = where.removeprefix("activity/")
    kind = where[: len(where) - len(whole)]
    about, _, facet = whole.partition("@")
    return rule, kind, about.partition("/")[2], facet, message


def _must_fit(baseline: Baseline, organisation: Organisation | None, chosen: Chosen) -> None:
    """Raise `BadBaseline` where it is another register's, or somebody wrote into it what no run may pass over."""
    if baseline.file is None:
        return
    if organisation and baseline.register != organisation.id:
        raise BadBaseline(
            f"the baseline is that of {baseline.register or 'a register without an organisation'}, and "
            f"this register is that of {organisation.id}; name another, or run `ropa baseline`"
        )
    undecided = {info.id for info in chosen.on if info.undecided}
    for id_ in (id_ for id_ in baseline.findings if id_.partition("@")[0] in undecided):
        raise BadBaseline(
            f"the baseline lists {id_}, which says that something could not be checked; nothing "
            "accepts that, so take the line out"
        )
