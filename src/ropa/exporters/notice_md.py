"""A privacy notice in draft as Markdown, to be read, edited and published."""

import re
from collections.abc import Iterator

from ropa.drafting.values import Block, Draft, DraftBullets, DraftLine, DraftRow, DraftTable
from ropa.visible import in_markdown, visible


def render(draft: Draft) -> str:
    written = [f"# {_text(draft.name)}", ""]
    for line in draft.intro:
        written += [_said(line), ""]
    for section in draft.sections:
        written += [f"## {_text(section.heading)}", ""]
        written += [line for block in section.blocks for line in _block(block)]
        for part in section.parts:
            written += [f"### {_text(part.heading)}", ""]
            written += [line for block in part.blocks for line in _block(block)]
    return "\n".join(written).rstrip("\n") + "\n"


def quote(words: str) -> str:
    """Words as they are read from the text, without its mark-up, so that they are found there."""
    return visible(words)


def _text(words: str) -> str:
    """Plain text in Markdown, without code; what looks like an email address may be one, and stays easy to read."""
    escaped = in_markdown(words, code=False)
    return re.sub(r"(?<=[\w.-])\\@(?=\w[\w-]*\.\w)", "@", escaped)


def _block(block: Block) -> Iterator[str]:
    match block:
        case DraftLine():
            yield _said(block)
        case DraftBullets():
            yield from (f"- {_said(entry)}" for entry in block.entries)
        case DraftTable():
            yield f"| {' | '.join(map(_text, block.heads))} |"
            yield f"|{'---|' * len(block.heads)}"
            yield from map(_row, block.rows)
    yield ""


def _said(line: DraftLine) -> str:
    """In one piece escaped, so that what stands out does not change how it is read."""
    escaped = _text(line.text)
    strong = _text(line.text[: line.strong])
    if strong and escaped.startswith(strong):
        escaped = f"**{strong}**{escaped[len(strong) :]}"
    return " ".join(filter(None, (escaped, *map(_slot, line.slots))))


def _row(row: DraftRow) -> str:
    said = " ".join(filter(None, (_text(row.said), *map(_slot, row.slots))))
    return f"| {_text(row.about)} | {said} |"


def _slot(words: str) -> str:
    return rf"**\[{_text(words)}\]**"
