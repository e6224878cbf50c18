"""A large manuscript in parts: where it is cut, what its contents say, and the pages of all parts as one document."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:  # loaded only when a document is made
    import pypdf

LARGEST_PART = 250_000
"""How many characters of a manuscript, as JSON, are set at once: some 80 activities, for which typst takes 250 MB."""
DEEPEST_LISTED = 2
"""The lowest rank of a heading that stands in the contents."""

Content = dict[str, Any]
"""A manuscript as the template is given it."""


class _PartHeading(Struct, frozen=True):
    """A heading of some rank, 1 the highest, and its page in the whole, counted from 1."""

    level: int
    text: str
    page: int


def bound(content: Content, set_part: Callable[[Content], bytes]) -> bytes:
    """The pages of a manuscript whose parts are set one after the other, with contents, bookmarks and page numbers.

    The first part is set twice: to see how many pages its contents take, and again when all pages are known.
    """
    first, *others = list(_cut(content["blocks"]))
    opened = [_opened(set_part(_part(content, first, 0, _unnumbered(content["blocks"]))))]
    for blocks in others:
        before = sum(len(part.pages) for part in opened)
        opened.append(_opened(set_part(_part(content, blocks, before, ()))))
    headings = tuple(_headings(opened, (first, *others)))
    opened[0] = _opened(set_part(_part(content, first, 0, headings)))
    return _bound(opened, headings, content["title"])


def _cut(blocks: Iterable[Content]) -> Iterator[list[Content]]:
    """The blocks in parts that begin with a heading or a page turned on its side; the first has a heading, too."""
    part: list[Content] = []
    size = headings = 0
    for block in chain.from_iterable(map(_pieces, blocks)):
        headings += block["kind"] == "heading"
        begins = block["kind"] == "wide" or (block["kind"] == "heading" and headings > 1)
        if size > LARGEST_PART and begins:
            yield part
            part, size = [], 0
        part.append(block)
        size += _size(block)
    yield part


def _pieces(block: Content) -> Iterator[Content]:
    """A block in pieces that are each set at once: a long table is several, and so are turned pages."""
    if _size(block) <= LARGEST_PART or block["kind"] not in ("table", "wide"):
        yield block
    elif block["kind"] == "table":
        for rows in _filled(block["rows"]):
            yield {**block, "rows": rows}
    else:
        for some in _filled(chain.from_iterable(map(_pieces, block["blocks"]))):
            yield {**block, "blocks": some}


def _filled(things: Iterable[Any]) -> Iterator[list[Any]]:
    """As many things at a time as make a part."""
    some: list[Any] = []
    size = 0
    for thing in things:
        some.append(thing)
        size += _size(thing)
        if size > LARGEST_PART:
            yield some
            some, size = [], 0
    if some:
        yield some


def _size(thing: Any) -> int:
    return len(json.dumps(thing))


def _part(
    content: Content, blocks: Sequence[Content], before: int, contents: Sequence[_PartHeading]
) -> Content:
    listed = (heading for heading in contents if heading.level <= DEEPEST_LISTED)
    shown = [{"level": h.level, "text": h.text, "page": h.page} for h in listed]
    return {**content, "blocks": blocks, "part": {"before": before, "contents": shown}}


def _written(blocks: Sequence[Content]) -> Iterator[tuple[int, str]]:
    """The headings of some blocks, each with its rank."""
    for block in blocks:
        if block["kind"] == "heading":
            yield block["level"] - 1, "".join(text for _, text in block["line"])
        yield from _written(block.get("blocks", ()))


def _unnumbered(blocks: Sequence[Content]) -> tuple[_PartHeading, ...]:
    return tuple(_PartHeading(level, text, 0) for level, text in _written(blocks))


def _headings(
    opened: "Sequence[pypdf.PdfReader]", parts: Sequence[Sequence[Content]]
) -> Iterator[_PartHeading]:
    """The headings of all parts, each with the page that its bookmark leads to."""
    before = 0
    for document, blocks in zip(opened, parts, strict=True):
        for (level, text), mark in zip(_written(blocks), _marks(document.outline), strict=True):
            yield _PartHeading(level, text, before + 1 + _page(document, mark))
        before += len(document.pages)


def _marks(outline: Any) -> Iterator[Any]:
    return chain.from_iterable(_marks(m) if isinstance(m, list) else (m,) for m in outline)


def _page(document: "pypdf.PdfReader", mark: Any) -> int:
    page = document.get_destination_page_number(mark)
    assert page is not None
    return page


def _opened(pages: bytes) -> "pypdf.PdfReader":
    import pypdf

    return pypdf.PdfReader(io.BytesIO(pages))


def _bound(
    opened: "Sequence[pypdf.PdfReader]", headings: Sequence[_PartHeading], title: str
) -> bytes:
    import pypdf
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    whole = pypdf.PdfWriter()
    for document in opened:
        whole.append(document, import_outline=False)
    above: list[Any] = []
    for heading in headings:
        del above[heading.level - 1 :]
        parent = above[-1] if above else None
        above.append(
            whole.add_outline_item(title=heading.text, page_number=heading.page - 1, parent=parent)
        )
    whole.metadata = {"/Title": title}
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    whole.root_object[NameObject("/ViewerPreferences")] = shown
    whole.root_object[NameObject("/Lang")] = TextStringObject("en-GB")
    written = io.BytesIO()
    whole.write(written)
    return written.getvalue()
