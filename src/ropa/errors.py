"""Mistakes by the person at the keyboard, each shown as one plain sentence.

Anything wrong *inside* a register is a finding, never an exception: one bad file must not hide
the problems in the others.
"""

from collections.abc import Iterable, Mapping


class RopaError(Exception):
    """Base of every error shown to the user without a traceback. The command exits with 2."""


class NoRegister(RopaError):
    """The path given is not a folder that could hold a register."""


class UnknownName(RopaError):
    """A rule, flow, format or facet was asked for that does not exist."""


class NothingToDraw(RopaError):
    """No flow of the register is like those that were asked for."""


class NothingToTell(RopaError):
    """A notice was to be drafted for people the register holds nothing about."""


class BadSettings(RopaError):
    """The settings, in a file or on the command line, say something that cannot be meant."""


class BadBaseline(RopaError):
    """The baseline cannot be read, or is not that of this register."""


class CannotRead(RopaError):
    """A file that was named on the command line gives nothing to read."""


class CannotFetch(RopaError):
    """A page that was asked for cannot be had from the web."""


class CannotSign(RopaError):
    """A notice cannot be signed off as it is."""


class BadRevision(RopaError):
    """What was to be compared is neither a folder nor a revision that can be had."""


class CannotWrite(RopaError):
    """A report could not be written where it was asked for."""


class MissingExtra(RopaError):
    """What was asked for needs a package that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f'this needs more: pip install "ropa-checker[{extra}]"')


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`" (did you mean X?)"` with the nearest known word, or nothing when none is near."""
    near = nearest(word, known, most=1)
    return f" (did you mean {near[0]}?)" if near else ""


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that are spelt most like a word, the nearest first; none that is not near."""
    from difflib import get_close_matches

    return get_close_matches(word[:100], list(known), n=most, cutoff=0.6)


def slip_of(word: str, named: Mapping[str, str]) -> str:
    """`" (did you mean X?)"` where a word is a known name but for a slip of the keyboard, or nothing.

    `named` holds each name with what it names. A word that only looks alike means something else: advice to take it
    would record what is not done.
    """
    from difflib import get_close_matches

    if len(word) <= SHORTEST:
        return ""
    alike = [name for name in named if name[:1] == word[:1]]
    near = get_close_matches(word, alike, n=1, cutoff=0.83)
    return f" (did you mean {named[near[0]]}?)" if near else ""


SHORTEST = 3
"""Words of so many letters, and shorter ones, are abbreviations: another one is another thing."""
