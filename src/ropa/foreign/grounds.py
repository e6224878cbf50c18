"""The lawful basis as people write it into a cell: “Art 6(1)(c) & (e)”, “legal obligation - Education Act 1996”."""

import re
from collections.abc import Iterator

from msgspec import Struct

from ropa.foreign.lookup import meanings, phrases, plain


class SaidGrounds(Struct, frozen=True):
    """The letters of Article 6(1) and 9(2) that a cell names, the laws, and the words that are neither."""

    article_6: tuple[str, ...]
    article_9: tuple[str, ...]
    laws: tuple[str, ...]
    rest: str


_LETTERS = r"(?P<first{0}>ea|[a-j])\)?(?P<more{0}>(?:\s*(?:,|;|/|and|or|&|\+)\s*\(?(?:ea|[a-j])\)(?!\w))*)(?![\w])"
_ARTICLE = re.compile(
    r"(?:\b(?:uk\s+|eu\s+)?(?:gdpr\s+|rgpd\s+|dsgvo\s+|avg\s+)?(?:article|art)\.?\s*)?"
    rf"\b(?:6\s*[.\-(]?\s*\(?1\)?\s*\.?\s*\(?\s*{_LETTERS.format(6)}|9\s*[.\-(]?\s*\(?2\)?\s*\.?\s*\(?\s*{_LETTERS.format(9)}"
    r")(?:\s*(?:of\s+the\s+)?(?:uk\s+|eu\s+)?(?:gdpr|rgpd|dsgvo|avg)\b)?",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(?:article|art)\.?\s*(?P<number>6|9)\s*\(?(?P<letter>ea|[a-j])\)?(?!\w)|^\s*\(?(?P<alone>ea|[a-f])\)\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:article|art)\.?\s*[69]\s*\(?(?:ea|[a-j])\)?(?!\w)", re.IGNORECASE)
_LETTER = re.compile(r"\(?\b(ea|[a-j])\)", re.IGNORECASE)
_LAW = re.compile(
    r"\b(?:act|acts|regulations?|order|rules|measure|code|loi|décret|gesetz|wet|statute|bylaws?|directive)\b"
    r"|§|\bs\.\s?\d|\bsection \d",
    re.IGNORECASE,
)
_SIGNS = " \t\n-\u2013\u2014:;,.()/&+"


def grounds(text: str, *, article: int = 6) -> SaidGrounds:
    """What a cell says of the basis; `article` is the one its column is about, 6 or 9."""
    found: dict[int, dict[str, None]] = {6: {}, 9: {}}
    left = _ARTICLE.sub(lambda match: _noted(match, found), text)
    left = _SHORT.sub(lambda match: _short(match, found, article), left)
    laws: list[str] = []
    rest: list[str] = []
    for piece in _pieces(left):
        _piece(piece, article, found, laws, rest)
    return SaidGrounds(tuple(found[6]), tuple(found[9]), tuple(laws), "; ".join(rest))


def cites_an_article(text: str) -> bool:
    """Whether a text cites a letter of Article 6(1) or 9(2), as in “Art 6(1)(e)”."""
    return bool(_ARTICLE.search(text) or _NUMBERED.search(text))


def _noted(match: re.Match[str], found: dict[int, dict[str, None]]) -> str:
    for article in (6, 9):
        first = match[f"first{article}"]
        if first:
            found[article][first.lower()] = None
            for letter in _LETTER.findall(match[f"more{article}"] or ""):
                found[article][letter.lower()] = None
    return "\n"


def _short(match: re.Match[str], found: dict[int, dict[str, None]], article: int) -> str:
    number = int(match["number"] or article)
    found[number][(match["letter"] or match["alone"]).lower()] = None
    return "\n"


def _pieces(text: str) -> Iterator[str]:
    """What is left, at lines and semicolons; a law keeps its commas and brackets."""
    for line in re.split(r"[\n;]", text):
        for part in re.split(r"\s[-\u2013\u2014]\s|:\s", line):
            if part.strip(_SIGNS):
                yield part.strip(" \t-\u2013\u2014:;,&+")


def _piece(
    piece: str, article: int, found: dict[int, dict[str, None]], laws: list[str], rest: list[str]
) -> None:
    bracket = re.fullmatch(r"([^()]+)\((.+)\)\.?", piece)
    if bracket and _words(bracket[1], article, found) == "":
        if bracket[2].strip():
            _piece(bracket[2], article, found, laws, rest)
        return
    left = _words(piece, article, found)
    if left and _LAW.search(piece) and left == plain(piece):
        laws.append(piece.strip(" \t,;") if piece.count("(") else piece.strip(_SIGNS))
    elif left and _LAW.search(left):
        after = re.split(r",\s*|\bunder the\b|\bunder\b", piece, maxsplit=1)
        laws.append(after[-1].strip(" \t,;"))
    elif left and left not in ("and", "or", "gdpr", "uk gdpr", "of the uk gdpr", "article", "art"):
        rest.append(piece)


def _words(piece: str, article: int, found: dict[int, dict[str, None]]) -> str:
    """What is left of a piece without the words for a basis, which are noted."""
    text = plain(piece)
    for number in (9, 6):
        known = meanings(f"article_{number}")
        usable = tuple(
            sorted(name for name in known if number == article or _is_sure(name, number))
        )
        for name in phrases(usable).findall(text):
            found[number][known[name]] = None
        text = phrases(usable).sub(" ", text)
    left = " ".join(text.split())
    return (
        ""
        if left in ("and", "or", "and or", "the", "for", "of", "by", "a", "our", "necessary for")
        else left
    )


def _is_sure(name: str, article: int) -> bool:
    """Whether words in a column about Article 6 are a condition of Article 9, and no basis."""
    return article == CONDITIONS and " " in name and name not in meanings("article_6")


CONDITIONS = 9
"""The article of the conditions for special category data."""
