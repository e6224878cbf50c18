"""Which notices people get on a day: of two at one address the later one, and whom each sends its readers to."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from msgspec import Struct

from ropa.register.addresses import address
from ropa.register.model import Notice, Register
from ropa.register.vocabulary import Facet

ENGLISH = "en"


class Replaced(Struct, frozen=True):
    """Two notices for some of the same people at one address: only the later one can be read there."""

    earlier: Notice
    later: Notice


def given(register: Register, day: date) -> tuple[Notice, ...]:
    """The notices that people get on a day: those in force, but for those that a later one has replaced."""
    gone = {one.earlier.id for one in replaced(register) if _both_in_force(one, day)}
    return tuple(n for n in register.notices.values() if n.in_force(day) and n.id not in gone)


def replaced(register: Register) -> Iterator[Replaced]:
    """The pairs of notices that say to be in force at one address, for some of the same people, at one time.

    Versions in other languages are no such pair, nor is a notice and one that it sends its readers to.
    """
    people, by_address = register.vocabulary[Facet.SUBJECT], dict[tuple[str, str], list[Notice]]()
    for notice in register.notices.values():
        if notice.url:
            key = address(notice.url), language(notice)
            by_address.setdefault(key, []).append(notice)
    for notices in by_address.values():
        for one, other in combinations(notices, 2):
            common = people.union(one.audience) & people.union(other.audience)
            if common and _overlap(one, other) and not _layered(one, other, register):
                earlier, later = sorted((one, other), key=_age)
                yield Replaced(earlier, later)


def language(notice: Notice) -> str:
    """The language of a notice, without its region; English where nobody says."""
    return notice.language.partition("-")[0].casefold() or ENGLISH


def in_each_language(
    register: Register, notices: tuple[Notice, ...]
) -> Mapping[str, tuple[Notice, ...]]:
    """The notices that readers of each language get, where some of them are versions in other languages.

    Whoever reads one language gets the versions in it; of what has none, the version that the others were made of.
    """
    versions: dict[str, list[Notice]] = {}
    for notice in notices:
        versions.setdefault(_first_version(register, notice), []).append(notice)
    languages = dict.fromkeys(
        language(notice)
        for several in versions.values()
        if len({language(notice) for notice in several}) > 1
        for notice in several
    )
    return {
        tongue: tuple(
            notice
            for notice in notices
            if notice in _readable(versions[_first_version(register, notice)], tongue)
        )
        for tongue in languages
    }


def _first_version(register: Register, notice: Notice) -> str:
    """The id of the notice that one is a version of, however many steps away; its own where it is of none."""
    seen, here = [notice.id], notice
    while here.same_as in register.notices and here.same_as not in seen:
        seen.append(here.same_as)
        here = register.notices[here.same_as]
    return min(seen) if here.same_as in seen else here.id


def _readable(versions: list[Notice], tongue: str) -> list[Notice]:
    mine = [notice for notice in versions if language(notice) == tongue]
    first = [notice for notice in versions if not notice.same_as] or versions
    return mine or [n for n in versions if language(n) == language(first[0])]


def sent_to(notice: Notice, by_id: Mapping[str, Notice]) -> Iterator[str]:
    """The notice and all that its text sends its reader to, however far, once each."""
    seen, waiting = {notice.id}, [notice.id]
    while waiting:
        here = waiting.pop()
        yield here
        new = [layer for layer in by_id[here].leads_to if layer in by_id and layer not in seen]
        seen.update(new)
        waiting += new


def _both_in_force(pair: Replaced, day: date) -> bool:
    return pair.earlier.in_force(day) and pair.later.in_force(day)


def _overlap(one: Notice, other: Notice) -> bool:
    """Whether there is a day on which both are in force."""
    begins = max(one.start or date.min, other.start or date.min)
    return begins <= min(one.end or date.max, other.end or date.max)


def _layered(one: Notice, other: Notice, register: Register) -> bool:
    by_id = register.notices
    return other.id in sent_to(one, by_id) or one.id in sent_to(other, by_id)


def _age(notice: Notice) -> tuple[date, tuple[tuple[int, str], ...], str]:
    """By its first day, then by the number of its version, then by its id: the order of documents decides nothing."""
    version = re.findall(r"\d+|\D+", notice.version)
    numbers = tuple((int(part) if part.isdecimal() else -1, part) for part in version)
    return notice.start or date.min, numbers, notice.id
