"""The statements of a notice in draft: the document of the register that ties its sentences to what they claim."""

from collections.abc import Callable, Iterator, Mapping

from ropa.drafting.values import Draft, Saying
from ropa.visible import BRACKET, inert

_NUMBERED = r"#\\x23"
"""The second of the signs that begin a command in a log, as YAML writes it by its number."""
_PLAIN = frozenset({"true", "false", "null"})


def render(draft: Draft, text: str, quote: Callable[[str], str]) -> str:
    """The document; `text` is the file of the notice beside it, and `quote` gives words as they stand there."""
    lines = [
        "# Drafted from the register. Read every sentence before you publish it, and write `url` or `issued`:",
        "# where people find the notice, or how they get it.",
        "kind: notice",
        f"id: {_text(draft.id)}",
        f"name: {_text(draft.name)}",
        f"audience: {_list(draft.audience)}",
        *([f"in_force: {{from: {draft.start.isoformat()}}}"] if draft.start else []),
        f"text: {_text(text)}",
        "statements:",
    ]
    for heading, claims in draft.said:
        lines.append(f"  # {heading}")
        for one in claims:
            for saying in one.says:
                lines.append(f"  - quote: {_text(quote(one.quote))}")
                lines += [f"    {line}" for line in _saying(saying)]
    lines += _open(draft)
    return "\n".join(lines) + "\n"


def _open(draft: Draft) -> Iterator[str]:
    """What has no statement yet, since it has to be written first."""
    if draft.lacks:
        yield "  # The register does not say the following, and the text has slots for it. Once they are filled in,"
        yield "  # quote your sentences here, or write it in the register and draft anew:"
        yield from (inert(f"  # - {' '.join(_shown(lack).split())}") for lack in draft.lacks)


def _saying(saying: Saying) -> Iterator[str]:
    items = saying.body.get("items")
    if isinstance(items, tuple):
        yield f"{saying.claim}: {_list(items)}"
        return
    yield f"{saying.claim}:"
    for key, value in saying.body.items():
        yield f"  {key}: {_value(value)}"


def _value(value: "str | tuple[str, ...] | Mapping[str, str | tuple[str, ...]]") -> str:
    match value:
        case str():
            return _text(value)
        case tuple():
            return _list(value)
        case _:
            return f"{{{', '.join(f'{key}: {_value(said)}' for key, said in value.items())}}}"


def _list(words: tuple[str, ...]) -> str:
    return _text(words[0]) if len(words) == 1 else f"[{', '.join(map(_text, words))}]"


def _text(text: str) -> str:
    """A word as it is, or anything else in quotes, in which every character can be seen."""
    plain = text.replace("-", "").isalnum() and text.isascii() and text[:1].isalpha()
    if plain and text.lower() not in _PLAIN:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{BRACKET.sub(_NUMBERED, _shown(escaped))}"'


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
