"""Law that was repealed or renamed, where a notice relies on it, and where it only tells history."""

from collections.abc import Iterable

from ropa.law.tables import Superseded
from ropa.wording.sentences import Hit, Wording, compiled


def superseded(wording: Wording, row: Superseded) -> tuple[Hit, ...]:
    """Where a notice relies on something that has ended; to tell its history is no fault."""
    if not wording.bears(row.signs):
        return ()
    patterns = [*row.written]
    if row.shorthand and not (row.unless and wording.says(row.unless)):
        patterns.append(row.shorthand)
    hits = wording.find("|".join(patterns))
    return tuple(
        hit
        for hit in hits
        if not _is_history(wording, hit, row)
        and not (row.plain and compiled(row.plain).search(hit.around))
    )


def names_superseded(words: str, rows: Iterable[Superseded]) -> Superseded | None:
    """What has ended of all that some words name."""
    plain = words.casefold()
    near = (row for row in rows if any(sign in plain for sign in row.signs))
    return next((row for row in near if compiled("|".join(row.written)).search(words)), None)


def is_british(words: str) -> bool:
    """Whether some words speak of the data protection law of the United Kingdom by its name."""
    return "UK GDPR" in words or "Data Protection Act" in words or "DPA 2018" in words


def _is_history(wording: Wording, hit: Hit, row: Superseded) -> bool:
    """Whether the sentence, or the heading above it, speaks of the past or says that it has ended."""
    year = row.standing.start.year if row.standing.start else 9999
    before, after = hit.before, hit.after
    ended = (int(found[1]) for found in compiled(_TIME).finditer(hit.around))
    return (
        any(compiled(past).search(before) for past in (_OBJECT, _ADJECTIVE, _DENIED))
        or compiled(_SUBJECT).match(after) is not None
        or any(at <= year for at in ended)
        or compiled(_ENTRY_OF_HISTORY).match(hit.passage.words) is not None
        or compiled(_HISTORY).search(wording.heading(hit.passage)) is not None
    )


_ENDS = (
    "replac(?:e[sd]?|ing)|repeal(?:s|ed|ing)?|supersed(?:e[sd]?|ing)|revok(?:e[sd]?|ing)|"
    "abolish(?:e[sd])?|invalidated|withdrawn|withdrew|closed|renamed|merged|dissolved|disbanded|"
    "struck down|overturned|ceased|succeeded|ended|expired"
)

_OBJECT = (
    rf"\b(?:{_ENDS}|took over from|takes? over from|in (?:the )?place of|instead of|rather than|"
    r"(?:took|takes?) the place of|successor (?:body |organisation )?(?:to|of)|follow(?:s|ed|ing) on from|"
    r"pre-?dates?)\b(?! by\b)[^.;:]{0,60}$"
)

_SUBJECT = (
    rf"[^.;:]{{0,70}}?\b(?:is|was|were|are|be|been|being)(?:,? \w+){{0,2}}? (?:{_ENDS})\b"
    r"|[^.;:]{0,70}?\b(?:(?:has|have|had) (?:now |since )?(?:ended|expired|ceased|closed)|no longer)\b"
    rf"|[\])]?,? ?[(\[-]{{0,2}} ?(?:now |since |as )?(?:(?:{_ENDS})(?= by\b| in\b| on\b| ?[,.;)\]]|$)|"
    r"no longer|now part of|now known|now called|now the)\b"
    r"|(?: ?[(\[][^()\[\]]{1,30}[)\]]|[\])])? (?:was|were|used to|applied|governed|had|came into force|no longer)\b"
)

_ADJECTIVE = (
    r"\b(?:formerly|previous(?:ly)?|former|old|prior|predecessors?|historic(?:al)?|historically|repealed|"
    r"superseded|outdated|now[- ]defunct|defunct|invalid(?:ated)?|"
    r"(?:sometimes|often) (?:called|known as|referred to as))"
    r"(?:[ ,(\"']+(?:\w|-)+){0,4}[ (\"']*$"
)

_DENIED = (
    r"\b(?:(?:do(?:es)?|did|will|can|must|should|shall) ?n[o']t|don't|cannot|no longer|never|not)"
    r" (?:\w+ ){0,2}(?:rel(?:y|ies|ied)|depend|appl(?:y|ies)|refer|based|participate|member|certified|accept|charge)"
    r"\w*\b[^.;:]{0,40}$"
)

_TIME = (
    r"\b(?:until|up to|before|prior to|to|ended (?:on|in)|ceased (?:on|in))"
    r" (?:\d{1,2}(?:st|nd|rd|th)? )?(?:\w+ )?((?:19|20)\d\d)\b"
)

_HISTORY = (
    r"\b(?:histor\w+|(?:previous|earlier|old|past|superseded) versions?|change ?-?log|record of changes|"
    r"document control|version (?:control|history)|revisions?|what has changed|what's changed)\b"
)

_ENTRY_OF_HISTORY = (
    r"(?:v(?:ersion)?\.? ?\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|(?:19|20)\d\d\b|\d{4}-\d\d-\d\d|"
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (?:19|20)\d\d ?[:|-])"
)
