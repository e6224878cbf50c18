"""What a rule is: a function from a case to problems, and the page that explains it."""

import sys
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.findings import Finding, Problem, RuleInfo, Severity
from ropa.law import tables

Check = Callable[[Case], Iterator[Problem]]


class Rule(Struct, frozen=True):
    """A check and its entry in the catalogue."""

    info: RuleInfo
    check: Check

    def findings(self, case: Case) -> Iterator[Finding]:
        """What the rule finds in a case, signed; nothing where another law applies."""
        if self.info.regimes and case.regimes.isdisjoint(self.info.regimes):
            return iter(())
        found = (p for p in self.check(case) if not (case.malformed and case.echoes_a_loss(p)))
        return (Finding(self._graded(problem), problem) for problem in found)

    def _graded(self, problem: Problem) -> RuleInfo:
        """The rule as loud as the problem is; where the settings hush it to a note, it stays one."""
        graver = problem.grave and self.info.severity is Severity.WARNING
        return replace(self.info, severity=Severity.ERROR) if graver else self.info


def rule(  # noqa: PLR0913 # each is a fact of the catalogue, given by its name
    severity: Severity,
    *,
    since: str,
    law: tuple[str, ...] = (),
    undecided: bool = False,
    last: bool = False,
    regimes: tuple[str, ...] = (),
    rests_on: tuple[str, ...] = (),
    covers: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a check. Its id is the file's name, its page the module's docstring.

    `since` is the release that brings it. `undecided` says that what it finds could not be checked at all: the
    run exits with 2. `regimes` are the only ones it belongs to. `rests_on` names the tables of `ropa.law` it
    asks, or of them a row as `table/row` or a kind as `table/kind`. `covers` are the requirements of the
    catalogue in docs/rules/not-covered.md that it checks. `last` says that it is about what has been accepted
    of all other findings, so that nothing accepts what it finds.
    """

    def decorate(check: Check) -> Rule:
        page = (sys.modules[check.__module__].__doc__ or "").strip()
        id_ = check.__module__.rpartition(".")[2].replace("_", "-")
        info = RuleInfo(id_, severity, law, undecided, page, since, regimes, rests_on, covers, last)
        return Rule(info, check)

    return decorate


def grounds(info: RuleInfo) -> Iterator[str]:
    """What a rule rests on, a line each: its law, its regimes, its tables' sources, and what was not read."""
    rows = tuple(tables.rows_behind(info.rests_on))
    sources = dict.fromkeys(source for row in rows for source in row.standing.sources)
    remembered = [row.id for row in rows if row.standing.from_memory]
    reported = [row.id for row in rows if row.standing.status == "secondary"]
    if info.law:
        yield f"Law: {'; '.join(info.law)}"
    yield f"Since: {info.since}"
    if info.regimes:
        yield f"Regime: {', '.join(info.regimes)} only"
    if sources:
        yield f"Sources: {'; '.join(sources)}"
    if reported:
        yield f"This rule rests on secondary sources alone: {', '.join(reported)}"
    if remembered:
        yield f"This rule rests on a reading from memory: {', '.join(remembered)}"
