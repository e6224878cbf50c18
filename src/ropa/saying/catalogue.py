"""The words of a page in somebody's language: found by the English ones, in a catalogue as gettext has them."""

from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import as_file, files

DOMAIN = "workbench"
"""The name of the catalogue, as of its files."""


@cache
def catalogue() -> NullTranslations:
    """The catalogue of the language that the environment asks for (LANGUAGE, LC_ALL, LANG); else English."""
    with as_file(files("ropa") / "locale") as folder:
        return translation(DOMAIN, folder, fallback=True)


def language_of(words: NullTranslations) -> str:
    """The language of a catalogue, as a page names it."""
    return words.info().get("language", "en-GB").replace("_", "-")
