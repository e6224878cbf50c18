"""Check that every flow of personal data in a register is told to the people it is about.

>>> import ropa
>>> report = ropa.check("registry")
>>> print(ropa.render(report, "text"))

What is listed in `__all__` is the interface for other programs; docs/api.md has examples. The rest may change.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ropa.changes.comparison import Comparison
    from ropa.errors import (
        BadBaseline,
        BadRevision,
        BadSettings,
        CannotRead,
        MissingExtra,
        NoRegister,
        NothingToDraw,
        NothingToTell,
        RopaError,
        UnknownName,
    )
    from ropa.findings import Finding, Problem, Severity
    from ropa.flows.flow import Flow
    from ropa.front import DraftedNotice, check, compare, draft, export, render, what_if
    from ropa.judging.coverage import Told
    from ropa.judging.judgement import Judgement, Mode, Settings
    from ropa.judging.verdict import Verdict
    from ropa.location import Location
    from ropa.register.model import Defaults
    from ropa.register.vocabulary import Facet
    from ropa.report import Report

_HOMES = {
    "changes.comparison": ("Comparison",),
    "errors": (
        *("BadBaseline", "BadRevision", "BadSettings", "CannotRead", "MissingExtra", "NoRegister"),
        *("NothingToDraw", "NothingToTell", "RopaError", "UnknownName"),
    ),
    "findings": ("Finding", "Problem", "Severity"),
    "flows.flow": ("Flow",),
    "front": ("DraftedNotice", "check", "compare", "draft", "export", "render", "what_if"),
    "judging.coverage": ("Told",),
    "judging.judgement": ("Judgement", "Mode", "Settings"),
    "judging.verdict": ("Verdict",),
    "location": ("Location",),
    "register.model": ("Defaults",),
    "register.vocabulary": ("Facet",),
    "report": ("Report",),
}
__all__ = [
    "BadBaseline",
    "BadRevision",
    "BadSettings",
    "CannotRead",
    "Comparison",
    "Defaults",
    "DraftedNotice",
    "Facet",
    "Finding",
    "Flow",
    "Judgement",
    "Location",
    "MissingExtra",
    "Mode",
    "NoRegister",
    "NothingToDraw",
    "NothingToTell",
    "Problem",
    "Report",
    "RopaError",
    "Settings",
    "Severity",
    "Told",
    "UnknownName",
    "Verdict",
    "check",
    "compare",
    "draft",
    "export",
    "render",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that `ropa --help` need not."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"ropa.{home}"), name)
            return value
    raise AttributeError(f"module 'ropa' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, whether they were imported already or not, so that a notebook completes them."""
    return __all__
