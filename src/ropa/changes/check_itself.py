"""What a change does to the check of itself: what it switches off, accepts, excuses, or says for the first time.

It is what a reviewer reads first, since the rest of a comparison is only as good as the check that made it.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ropa.accepting.baseline import Baseline
from ropa.accepting.selection import Chosen
from ropa.accepting.trust import Trust
from ropa.changes.comparison import Comparison
from ropa.configuration import Configuration
from ropa.saying import phrases

MOST = 10
"""How many things are named before the rest is counted."""
_UNSEEN = ("quote-hardly-seen", "hidden-text")
_DEFAULTS = {"mode": "specific", "max_hops": 1, "fail_on": "error", "sign_off": "when-used"}


class Directions(Struct, frozen=True):
    """How one side is checked where nobody says otherwise: its settings, the rules that look, its baseline."""

    said: Configuration
    chosen: Chosen
    baseline: Baseline


def check_itself(old: Directions, new: Directions, comparison: Comparison) -> tuple[str, ...]:
    """A line for each thing that the change does to the check itself."""
    return (
        *_rules(old.chosen, new.chosen),
        *_settings(old.said, new.said),
        *_listed("the baseline lists", new.baseline.findings.keys() - old.baseline.findings.keys()),
        *_accepts(comparison),
        *_statements(comparison),
    )


def _rules(old: Chosen, new: Chosen) -> Iterator[str]:
    yield from _listed("switched off:", set(new.off) - set(old.off))
    yield from _listed("switched on:", set(old.off) - set(new.off))
    before = {info.id: str(info.severity) for info in old.on}
    graded = ((info.id, str(info.severity)) for info in new.on)
    changed = (f"{i} ({before[i]} → {now})" for i, now in graded if before.get(i, now) != now)
    yield from _listed("severity changed:", set(changed))


def _settings(old: Configuration, new: Configuration) -> Iterator[str]:
    was, now = (dict(_in_words(said)) for said in (old, new))
    for key in sorted(was.keys() | now.keys()):
        before, after = (side.get(key, _DEFAULTS.get(key, "not set")) for side in (was, now))
        if before != after:
            yield f"setting {key}: {before} → {after}"


def _in_words(said: Configuration) -> Iterator[tuple[str, object]]:
    """Each setting that is made, but for those about rules; a path from the folder of the file on."""
    for key in ("mode", "max_hops", "fail_on", "sign_off", "evidence"):
        if getattr(said, key) is not None:
            yield key, str(getattr(said, key)) if key != "max_hops" else said.max_hops
    if said.linked is not None:
        yield "linked", ", ".join(sorted(said.linked)) or "nothing"
    for key in ("registry", "baseline"):
        if (path := getattr(said, key)) is not None:
            yield key, Path(path).name
    if said.defaults != Configuration().defaults:
        yield "home", said.defaults.home
        yield "regime", ", ".join(said.defaults.regimes)


def _accepts(comparison: Comparison) -> Iterator[str]:
    """What accepts or excuses on the new side, and did not on the old."""
    before, after = comparison.old.case, comparison.new.case
    trust = Trust(comparison.names[0], before.documents)
    refused = trust.applied(after.documents)[1]
    rules = {info.id for info in comparison.new.rules} | set(comparison.new.chosen.off)
    comments = trust.waivers(after.documents, (), rules).refused
    yield from _listed("accepts, excuses or explains otherwise:", {*refused, *comments})


def _statements(comparison: Comparison) -> Iterator[str]:
    added = {entry.id for entry in comparison.statements.added}
    yield from _listed("statements added:", added)
    changed = {entry.id for entry in comparison.statements.changed}
    yield from _listed("statements that say otherwise:", changed)
    unseen = {str(f.problem.at) for f in comparison.appeared if f.rule.id in _UNSEEN}
    yield from _listed("quoted from places that people may not see:", unseen)


def _listed(what: str, found: set[str]) -> Iterator[str]:
    if found:
        named = sorted(found)
        more = len(named) - MOST
        shown = [*named[:MOST], f"{more} more"] if more > 0 else named
        yield f"{what} {phrases.several(shown)}"
