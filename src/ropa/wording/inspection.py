"""A notice by itself: which items it seems to say, how well, and where; as text and as JSON."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ropa.location import Location
from ropa.seen.text import NoticeText
from ropa.seen.tree import LeftOut
from ropa.visible import inert, to_json, visible
from ropa.wording.detectors import Detected, Sign, Status, detect, detectors

VERSION = 1
MOST_SHOWN = 8
"""How many sentences of an item the text shows; the JSON has all."""
WIDEST = 100


def as_text(text: NoticeText) -> str:
    """Every item with its status, and the first of the sentences that look like it."""
    found = detect(text)
    counts = [sum(d.status is status for d in found.values()) for status in Status]
    lines = [visible(f"{text.file.path}: what it seems to say")]
    if text.extracted:
        lines.append("(the text was extracted from the file; check it against what people see)")
    lines += [visible(line) for line in _beside(text)]
    for detected in found.values():
        lines += ["", *_item(text, detected)]
    said = ", ".join(f"{n} {status}" for n, status in zip(counts, Status, strict=True))
    return inert("\n".join([*lines, "", f"{said}. This is a first look, not a verdict.", ""]))


def as_json(text: NoticeText) -> str:
    """The same for programs; docs/json.md and schemas/inspection.schema.json describe it."""
    found = detect(text)
    return to_json(
        {
            "version": VERSION,
            "notice": {
                "path": text.file.path,
                "format": PurePosixPath(text.file.path).suffix.lower().lstrip("."),
                "extracted": text.extracted,
                "text_hash": text.digest,
                "left_out": [_part(part) for part in text.left_out],
                "closed": [_part(part) for part in text.closed],
            },
            "items": [_item_for_programs(text, detected) for detected in found.values()],
        }
    )


def _beside(text: NoticeText) -> Iterator[str]:
    """What was left out of the file, and what people have to open to see it."""
    if text.left_out:
        yield f"(left out: {text.named(text.left_out)})"
    if text.closed:
        yield f"(closed until people open it: {text.named(text.closed)})"


def _part(part: LeftOut) -> dict[str, Any]:
    return {"kind": part.kind, "first": part.first, "last": part.last}


def _item(text: NoticeText, detected: Detected) -> Iterator[str]:
    yield f"{detectors()[detected.item].about}: {detected.status}"
    # The best first, each in the order of the text.
    signs = sorted(detected.signs, key=lambda sign: list(Status).index(sign.status))
    for sign in signs[:MOST_SHOWN]:
        how = "" if sign.status is detected.status else str(sign.status)
        noted = ", ".join(filter(None, (how, sign.note)))
        noted = f" [{noted}]" if noted else ""
        yield f"  {_where(text, text.location(sign.sentence))}{noted}: {_shortened(sign.sentence.text)}"
    if len(signs) > MOST_SHOWN:
        yield f"  and {len(signs) - MOST_SHOWN} more"


def _where(text: NoticeText, at: Location) -> str:
    return text.part(at) or f"line {at.line}"


def _shortened(sentence: str) -> str:
    shown = visible(sentence)
    return shown if len(shown) <= WIDEST else f"{shown[:WIDEST].rstrip()} …"


def _item_for_programs(text: NoticeText, detected: Detected) -> dict[str, Any]:
    detector = detectors()[detected.item]
    return {
        "id": detected.item,
        "about": detector.about,
        "law": list(detector.law),
        "status": str(detected.status),
        "sentences": [_sentence(text, sign) for sign in detected.signs],
    }


def _sentence(text: NoticeText, sign: Sign) -> dict[str, Any]:
    at = text.location(sign.sentence)
    return {
        "text": sign.sentence.text,
        "lead": sign.sentence.lead or None,
        "heading": sign.sentence.heading or None,
        "status": str(sign.status),
        "note": sign.note or None,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "part": text.part(at) or None,
    }
