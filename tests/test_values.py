"""Every value is frozen: what one step of a check made, no later one changes."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from msgspec import Struct

import ropa

STILL_BEING_FILLED = {
    "ropa.diagram.layout._Body",
    "ropa.diagram.layout._Placing",
    "ropa.drafting.mending._OpenGap",
    "ropa.drafting.readers.Readers",
    "ropa.foreign.opendocument.OpenSheet",
    "ropa.judging.gaps.Lead",
    "ropa.judging.parts.ToldPart",
    "ropa.judging.untied._Tied",
    "ropa.reading.grammar.GrammarNode",
}
"""The few that are filled while something is read or drawn, and are handed on by nobody."""


def structs() -> Iterator[type[Struct]]:
    for module in walk_packages(ropa.__path__, "ropa."):
        if not module.name.endswith("__main__"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, Struct):
                    yield value


VALUES = sorted(
    {s for s in structs() if s.__module__.startswith("ropa.")},
    key=lambda s: (s.__module__, s.__qualname__),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda s: f"{s.__module__}.{s.__qualname__}")
def test_a_value_is_frozen(value: type[Struct]) -> None:
    name = f"{value.__module__}.{value.__qualname__}"
    assert value.__struct_config__.frozen != (name in STILL_BEING_FILLED)
