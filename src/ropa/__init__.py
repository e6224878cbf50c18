"""Check that every flow of personal data in a register is told to the people it is about.

from ropa import Settings, check

report = check(Path("registry"), Settings(date(2026, 11, 23)))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ropa.case import Case
    from ropa.engine import check
    from ropa.findings import Finding, Problem, Severity
    from ropa.judging.coverage import Mode, Settings
    from ropa.judging.verdict import Verdict
    from ropa.report import Report

_HOMES = {
    "Case": "case",
    "Finding": "findings",
    "Mode": "coverage",
    "Problem": "findings",
    "Report": "case",
    "Settings": "coverage",
    "Severity": "findings",
    "Verdict": "judging.verdict",
    "check": "engine",
}
__all__ = [
    "Case",
    "Finding",
    "Mode",
    "Problem",
    "Report",
    "Settings",
    "Severity",
    "Verdict",
    "check",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that `ropa --help` need not."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'ropa' has no attribute {name!r}")
    return getattr(import_module(f"ropa.{_HOMES[name]}"), name)
