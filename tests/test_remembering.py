"""What is kept of words that anybody writes has bounds: a server that runs for days grows no further."""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import ropa

OF_THE_PACKAGE = {
    "ropa.documents.schema": {"schema_of", "_gate", "_explainer"},
    "ropa.documents.shipped": {"_parsed"},
    "ropa.foreign.lookup": {"names", "meanings", "phrases"},
    "ropa.judging.gainsaid": {"_telling"},
    "ropa.law.tables": {"_rows"},
    "ropa.page.templates": {"_environment"},
    "ropa.plugins": {"names"},
    "ropa.reading.names": {"_shipped_names"},
    "ropa.register.vocabulary": {"_shipped_forms"},
    "ropa.rules.no_answer_given": {"_leading"},
    "ropa.rules.schedule_1_condition_elsewhere": {"_pattern"},
    "ropa.wording.hints": {"_made"},
    "ropa.workbench.entry_shapes": {"shapes"},
}
"""Functions that only the package itself asks, of its own few words."""


def remembering() -> Iterator[tuple[str, str]]:
    """The functions that take something and keep every answer, by module and name."""
    for module in pkgutil.walk_packages(ropa.__path__, "ropa."):
        if module.name.endswith("__main__"):
            continue
        for name, made in vars(importlib.import_module(module.name)).items():
            kept = isinstance(made, functools._lru_cache_wrapper) and made.__module__ == module.name
            if kept and made.cache_info().maxsize is None and inspect.signature(made).parameters:
                yield module.name, name


def test_only_what_the_package_asks_itself_is_remembered_without_an_end() -> None:
    endless = {(module, name) for module, names in OF_THE_PACKAGE.items() for name in names}
    assert set(remembering()) == endless
