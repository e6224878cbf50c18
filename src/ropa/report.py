"""The outcome of one run: what the rules found, and what of it is accepted."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.accepting import baseline
from ropa.accepting.selection import Chosen
from ropa.case import Case
from ropa.errors import UnknownName, did_you_mean
from ropa.findings import Finding, RuleInfo, Severity
from ropa.judging.evidence import Rests
from ropa.judging.judgement import Settings
from ropa.law.calendar import LawDay
from ropa.reading.language import name_of
from ropa.saying import phrases


class Report(Struct, frozen=True, eq=False, dict=True):
    """The outcome of one run: the case, the rules that looked, and what they found.

    `ahead` are the days to come on which the law changes, where somebody asked for them. `in_full` says that every
    finding is to be printed, where a format begins with what they come of. `owner` is there where only what somebody
    answers for is among the findings, and what could not be checked. `touched` are the lines, counted from 1, that a
    change brings to the files of the register, where somebody asked for them.
    """

    case: Case
    chosen: Chosen
    findings: tuple[Finding, ...]
    ahead: tuple[LawDay, ...] = ()
    in_full: bool = False
    owner: str = ""
    touched: Mapping[str, frozenset[int]] = {}

    @property
    def rules(self) -> tuple[RuleInfo, ...]:
        """The rules that looked."""
        return self.chosen.on

    def of_owner(self, name: str) -> "Report":
        """The same with only the findings that somebody answers for, and what could not be checked.

        Raises `UnknownName` where the register names nobody so.
        """
        named = set(owners(self.case))
        if name not in named:
            raise UnknownName(f"nobody is called “{name}” under `owner`{did_you_mean(name, named)}")
        own = (f for f in self.findings if f.rule.undecided or self.owner_of(f) == name)
        return replace(self, findings=tuple(own), owner=name)

    def owner_of(self, finding: Finding) -> str:
        """Who sees to a finding: to whom it was given, else who answers for the entry that it is about."""
        tasks = self.case.register.tasks.values()
        given = next((task.owner for task in tasks if task.is_for(finding.id)), "")
        return given or self.case.owner_of(finding.problem.where)

    @cached_property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nothing accepts."""
        return tuple(f for f in self.findings if not f.accepted)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that a waiver accepts."""
        return tuple(f for f in self.findings if f.waived_by)

    @property
    def exempted(self) -> tuple[Finding, ...]:
        """The findings that an exception from telling people answers for."""
        return tuple(f for f in self.findings if f.exempted_by)

    def exemption_of(self, finding: Finding) -> str:
        """The exception that answers for a finding, and why it applies, as `14(5)(d): a duty of secrecy`."""
        exemption = self.case.register.activities[finding.exempted_by].record.exemption
        return f"{exemption.provision}: {exemption.reason}" if exemption else ""

    @property
    def known(self) -> tuple[Finding, ...]:
        """The findings that the baseline lists."""
        return tuple(f for f in self.findings if f.known)

    @property
    def undecided(self) -> bool:
        """Whether something could not be checked, so that even a run without findings proves nothing."""
        return any(f.rule.undecided for f in self.standing)

    def as_baseline(self) -> str:
        """The text of a baseline that lists what stands, but not what could not be checked, nor what is
        wrong with the waivers."""
        organisation = self.case.register.organisation
        listed = (f for f in self.standing if not (f.rule.undecided or f.rule.last))
        return baseline.written(organisation.id if organisation else None, listed)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity stand."""
        return sum(f.rule.severity is severity for f in self.standing)

    def worst(self) -> Severity | None:
        """The severest finding that stands, or None."""
        return max((f.rule.severity for f in self.standing), default=None)


def owners(case: Case) -> tuple[str, ...]:
    """Everybody who answers for an activity, or to whom something was given to see to."""
    activities = (activity.record.owner for activity in case.register.activities.values())
    given = (task.owner for task in case.register.tasks.values())
    return tuple(sorted({*activities, *given} - {""}))


def remarks(report: Report) -> Iterator[str]:
    """What every format says once, at its end: what the settings changed, and what the verdicts rest on."""
    if report.owner:
        yield f"only what {report.owner} answers for is among the findings, and what could not be checked"
    yield from settings_in_words(report.chosen, report.case.settings)
    yield from trust_in_words(report.case)
    yield from evidence_in_words(report.case)
    yield from keys_in_words(report.case)


def keys_in_words(case: Case) -> Iterator[str]:
    """How the sign-offs that count are signed: with whose key, or with none."""
    counting = [sign_off for sign_off, _ in case.signatures.counting]
    said = (f"{one.id} ({case.signatures.key_in_words(one)})" for one in counting)
    if counting:
        yield f"{phrases.count(len(counting), 'sign-off')}: {', '.join(said)}"


def accepted_in_words(report: Report) -> Iterator[str]:
    """What nothing fails for: how much, and what by its ids."""
    exempted = "answered for by an exception from telling people"
    for found, how in (
        (report.waived, "waived"),
        (report.known, "known from the baseline"),
        (report.exempted, exempted),
    ):
        if found:
            listed = ", ".join(dict.fromkeys(finding.id for finding in found))
            yield f"{phrases.count(len(found), 'finding')} {how}: {listed}"


def trust_in_words(case: Case) -> Iterator[str]:
    """Who has a say over the check, and what does not count because of that."""
    trust, refused = case.trust, (*case.refused, *case.acceptance.refused)
    if trust.revision:
        yield f"what accepts, excuses or explains counts as it stands at {trust.revision}"
    if untrusted := len(case.proved.untrusted):
        yield (
            f"{phrases.count(untrusted, 'statement')} not so at {trust.revision}: "
            "by reading alone, without their words, they tell nothing"
        )
    if refused:
        yield f"not so at {trust.revision}, and of no effect: {', '.join(refused)}"
    if beyond := trust.beyond(case.documents):
        yield f"not so at {trust.revision}, and judged as it is now: {', '.join(beyond)}"
    if not trust.accepts:
        yield "no waiver counts (--no-waivers)"


def evidence_in_words(case: Case) -> Iterator[str]:
    """What the clear flows rest on, where it is not words alone; what is void, and what was not read."""
    coverage = case.coverage
    clear = coverage.clear_by
    if clear[Rests.PERSON] or clear[Rests.READING]:
        yield (
            f"of {phrases.count(sum(clear.values()), 'clear flow')}, {clear[Rests.WORDS]} told by their words, "
            f"{clear[Rests.PERSON]} as a person read them, {clear[Rests.READING]} by reading"
        )
    if coverage.void:
        number = phrases.count(len(coverage.void), "statement")
        yield f"{number} void, not borne out by the words quoted"
    yield from aside_in_words(case)
    for notice in coverage.unread:
        language = f" ({name_of(notice.language)})" if notice.language else ""
        yield f"this text was not read{language}: “{notice.name}”"
    if case.settings.evidence is Rests.WORDS:
        yield "what is told by reading alone does not count (evidence: words)"


def aside_in_words(case: Case) -> Iterator[str]:
    """What is set aside: how much, and each sentence of it that names somebody whom the register knows."""
    if case.aside:
        yield f"{phrases.count(len(case.aside), 'entry', 'entries')} of the notices set aside"
    for entry in case.aside:
        for reading in entry.names:
            yield f"set aside by {entry.aside.by}: “{reading.sentence.text}” ({entry.aside.reason})"


def settings_in_words(rules: Chosen, settings: Settings) -> Iterator[str]:
    """What the settings changed, for the end of a report: nothing is switched off without being named."""
    if settings.read_from:
        yield f"settings from {settings.read_from}"
    yield from settings.beside
    if rules.off:
        number = f"{len(rules.off)} rule{'' if len(rules.off) == 1 else 's'}"
        yield f"{number} switched off: {', '.join(rules.off)}"
    if rules.kept:
        yield f"not switched off, because nothing passes unchecked: {', '.join(rules.kept)}"
    if rules.regraded:
        graded = (f"{info.id} ({info.severity})" for info in rules.regraded)
        yield f"severity changed: {', '.join(graded)}"
