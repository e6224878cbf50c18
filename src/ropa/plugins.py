"""Finding the files on each shelf. Adding a file is the whole of adding a feature."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from ropa import differences, exporters, forecasts, importers, overviews, reporters, rules
from ropa.errors import UnknownName, did_you_mean
from ropa.rule import Rule, grounds

SHELVES = {
    "rules": rules,
    "reporters": reporters,
    "exporters": exporters,
    "importers": importers,
    "differences": differences,
    "forecasts": forecasts,
    "overviews": overviews,
}


@cache
def names(shelf: str) -> tuple[str, ...]:
    """The names on a shelf, without importing what is behind them."""
    found = iter_modules(SHELVES[shelf].__path__)
    return tuple(sorted(module.name.replace("_", "-") for module in found))


def load(shelf: str, name: str) -> ModuleType:
    """The module of that name. Raises `UnknownName`, with the nearest one, where there is none."""
    if name not in names(shelf):
        near = did_you_mean(name, names(shelf))
        raise UnknownName(
            f"“{name}” is not one of the {shelf}{near}; there are {', '.join(names(shelf))}"
        )
    return import_module(f"ropa.{shelf}.{name.replace('-', '_')}")


def rule(name: str) -> Rule:
    """The rule of that name."""
    return next(value for value in vars(load("rules", name)).values() if isinstance(value, Rule))


def page(name: str) -> str:
    """What there is to know about a rule: its fault, severity, law, and its page."""
    info = rule(name).info
    beneath = "".join(f"{line}\n" for line in grounds(info))
    return f"{info.id} ({info.severity})\n\n{info.summary}\n{beneath}\n{info.explanation}\n"


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule on the shelf, by name."""
    return tuple(rule(name) for name in names("rules"))
