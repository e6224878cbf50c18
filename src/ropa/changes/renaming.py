"""Entries that are as they were but for their id: a new id is a new name, and nothing new that is done."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from ropa.register.model import Activity, Register
from ropa.saying.edits import meaning


class Renamed(Struct, frozen=True):
    """The ids that activities had, each with the id they have now."""

    activities: Mapping[str, str]

    def flow(self, id_: str) -> str:
        """What a flow is called now."""
        activity, slash, rest = id_.partition("/")
        return f"{self.activities.get(activity, activity)}{slash}{rest}"

    def finding(self, id_: str) -> str:
        """What a finding is called now."""
        rule, at, where = id_.partition("@")
        whole = where.removeprefix("activity/")
        prefix = where[: len(where) - len(whole)]
        about, behind, facet = whole.partition("@")
        return f"{rule}{at}{prefix}{self.flow(about)}{behind}{facet}"


def renamed(old: Register, new: Register) -> Renamed:
    """The activities that are gone and there again under another id, and otherwise the same."""
    gone = [a for id_, a in old.activities.items() if id_ not in new.activities]
    come = [a for id_, a in new.activities.items() if id_ not in old.activities]
    if not (gone and come):
        return NOTHING_RENAMED
    left: dict[object, list[str]] = {}
    for activity in gone:
        left.setdefault(_substance(activity), []).append(activity.id)
    found = {}
    for activity in come:
        before = left.get(_substance(activity))
        if before:
            found[before.pop(0)] = activity.id
    return Renamed(found)


NOTHING_RENAMED = Renamed({})


def _substance(activity: Activity) -> object:
    """All of it but what it is called."""
    return meaning(replace(activity, id="", name=""))
