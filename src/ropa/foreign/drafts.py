"""An entry in the making: what the cells of its rows say, put where documents of ours write it."""

from collections.abc import Mapping
from typing import Any

NOT_RECORDED = "not recorded"
"""What stands where a record has to say something and the sheet says nothing."""
_REQUIRED = ("subjects", "data", "purposes")
_ORDER = (
    "kind", "id", "name", "subjects", "purposes", "data", "sources", "basis", "systems", "retention", "disclosures",
    "joint_controllers", "on_behalf_of", "owner", "security", "dpia", "automated_decisions", "rights", "consent_record",
    "legitimate_interests_assessment", "policy_document", "breach", "started", "reviewed", "notes",
)  # fmt: skip


class EntryDraft:
    """Gathers what is said of one activity."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.notes: dict[str, str] = {}
        self.article_6: list[str] = []
        self.article_9: list[str] = []
        self.laws: list[str] = []
        self.schedule_1 = ""
        self.interests = ""
        self.unit = ""
        self.retention: list[dict[str, Any]] = []
        self.processing: list[str] = []

    def add(self, key: str, *values: Any) -> None:
        """Add to a list, each value once."""
        there = self.data.setdefault(key, [])
        there.extend(value for value in values if value not in there)

    def inside(self, key: str, name: str, value: Any) -> None:
        """Say something inside a mapping, where nothing is said yet."""
        self.data.setdefault(key, {}).setdefault(name, value)

    def text(self, key: str, text: str, joint: str = "\n") -> None:
        """Say something in words; what two cells say stands one below the other."""
        there = self.data.get(key)
        self.data[key] = f"{there}{joint}{text}" if there and text not in there else there or text

    def note(self, heading: str, text: str) -> None:
        """Keep a text under the heading of its column."""
        name, number = " ".join(heading.split()) or "note", 1
        while name in self.notes and self.notes[name] != text:
            number += 1
            name = f"{' '.join(heading.split())} ({number})"
        self.notes[name] = text

    def document(self, id_: str) -> dict[str, Any]:
        """The entry as a document of ours."""
        made = {"kind": "activity", "id": id_, **self.data}
        for key in _REQUIRED:
            made.setdefault(key, [NOT_RECORDED])
        if basis := self._basis():
            made["basis"] = basis
        if self.retention:
            made["retention"] = self.retention
        if self.processing and "on_behalf_of" in made:
            made["on_behalf_of"] = [
                {**who, "processing": self.processing} for who in made["on_behalf_of"]
            ]
        if self.notes:
            made["notes"] = self.notes
        return {key: made[key] for key in _ORDER if key in made}

    def _basis(self) -> list[dict[str, Any]]:
        """Each letter of Article 6 with each condition of Article 9; the law beside the duty or task it lays down."""
        conditions: list[Mapping[str, Any]] = [
            {"article_9": letter, **({"schedule_1": self.schedule_1} if self.schedule_1 else {})}
            for letter in self.article_9
        ] or ([{"schedule_1": self.schedule_1}] if self.schedule_1 else [{}])
        letters: list[Mapping[str, Any]] = [{"article_6": letter} for letter in self.article_6] or [
            {}
        ]
        found = [{**one, **other} for one in letters for other in conditions]
        if self.laws:
            by_law = [entry for entry in found if entry.get("article_6") in ("c", "e")] or found
            for entry in by_law:
                entry["law"] = self.laws if len(self.laws) > 1 else self.laws[0]
        for entry in found:
            if self.interests and entry.get("article_6") in ("f", None):
                entry["interests"] = self.interests
        return [entry for entry in found if entry]
