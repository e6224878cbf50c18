"""Two checks, one held against the other: of a register then and now, with what is planned, or as the law changes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from ropa.accepting.baseline import Baseline
from ropa.accepting.selection import Choice, choose
from ropa.accepting.trust import Trust
from ropa.changes.check_itself import Directions, check_itself
from ropa.changes.comparison import Comparison
from ropa.changes.history import Past
from ropa.changes.planned import read_planned
from ropa.configuration import Configuration
from ropa.documents.source import read_tree
from ropa.engine import ask, check, make_case
from ropa.errors import NoRegister
from ropa.findings import Finding
from ropa.judging.coverage import Settings, coverage
from ropa.law.calendar import LawDay, changing
from ropa.law.tables import row_names
from ropa.plugins import all_rules
from ropa.register.periods import after
from ropa.report import Report
from ropa.rule import Rule

_AS_IT_IS = Trust()
Kept = tuple[Configuration, Baseline | None]
"""The settings and the baseline beside a register."""


def compare(
    old: tuple[Past, Settings],
    new: tuple[Past, Settings],
    choices: Sequence[Choice] = (),
    trust: Trust = _AS_IT_IS,
) -> Comparison:
    """Check two registers, and hold the second, as far as it is trusted, against the first."""
    before = check(old[0].folder, old[1], choices=choices)
    after = check(new[0].folder, new[1], choices=choices, trust=trust)
    return Comparison(before, after, (old[0].name, new[0].name))


def with_directions(comparison: Comparison, old: Kept, new: Kept) -> Comparison:
    """A comparison that says as well what the change does to the check itself, by the settings that each side keeps."""
    before, after = (
        Directions(
            said, choose((r.info for r in all_rules()), (said.choice,)), listed or Baseline()
        )
        for said, listed in (old, new)
    )
    return replace(comparison, check_itself=check_itself(before, after, comparison))


def what_if(
    root: Path,
    settings: Settings,
    files: Sequence[Path],
    choices: Iterable[Choice] = (),
    trust: Trust = _AS_IT_IS,
) -> Comparison:
    """Check a register as if the documents of some files were in it, and hold it against the register without."""
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    chosen, planned = choose((r.info for r in all_rules()), choices), read_planned(files, root)
    everything = tuple(read_tree(root))
    inside, documents = {document.path for document in everything}, planned.without(everything)
    before = ask(make_case(documents, settings, root, trust=trust), all_rules(), chosen)
    case = make_case(planned.among(documents, inside), settings, root, planned.texts, trust)
    after = ask(case, all_rules(), chosen)
    added = " and ".join(path.as_posix() for path in files)
    names = root.as_posix(), f"{root.as_posix()} with {added}"
    notes = tuple(planned.not_yet(case.register, settings.day))
    return Comparison(before, after, names, notes, planned=True)


def law_ahead(report: Report, start: date, end: date) -> tuple[LawDay, ...]:
    """The days from `start` to `end` on which the law changes, and what that does to a register as it stands.

    What a rule finds on a day and did not find the day before comes of the change where the rule rests on a row
    that changes; rules that rest on none of them are not asked.
    """
    on = {info.id for info in report.rules}
    rules = [rule for rule in all_rules() if rule.info.id in on]
    return tuple(
        _what_it_does(report, day, rules) for day in changing(start, end, report.case.regimes)
    )


def looking_ahead(report: Report) -> Report:
    """The same report with what the law changes in the two years after its day."""
    day = report.case.settings.day
    return replace(report, ahead=law_ahead(report, day + timedelta(days=1), after(day, "P2Y")))


def _what_it_does(report: Report, day: LawDay, rules: Sequence[Rule]) -> LawDay:
    changed = {change.name for change in day.changes}
    touched = [rule for rule in rules if changed.intersection(row_names(rule.info.rests_on))]
    old = _found_on(report, day.day - timedelta(days=1), touched)
    new = _found_on(report, day.day, touched)
    comes = sorted((f for id_, f in new.items() if id_ not in old), key=lambda f: f.problem)
    goes = sorted((f for id_, f in old.items() if id_ not in new), key=lambda f: f.problem)
    return replace(day, comes=tuple(comes), goes=tuple(goes))


def _found_on(report: Report, day: date, rules: Sequence[Rule]) -> dict[str, Finding]:
    """What some rules find in a register on another day, by its id."""
    if not rules:
        return {}
    settings = replace(report.case.settings, day=day)
    case = replace(report.case, settings=settings, coverage=coverage(report.case.graph, settings))
    return {finding.id: finding for rule in rules for finding in rule.findings(case)}
