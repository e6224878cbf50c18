"""Sentences of a notice made to say something else: denied, asked, in the past, tied to consent, or no longer denied.

Each change is a list of edits of the text, so that a quote can follow its words. A sentence whose grammar is not seen
through yields nothing, since nonsense would show nothing.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

Edit = tuple[int, int, str]
"""A stretch of a text, and the words that take its place."""

PAST = {
    **{verb: f"{verb}d" for verb in ("use", "store", "receive", "share", "compare")},
    **{verb: f"{verb}ed" for verb in ("collect", "process", "pass", "check", "publish", "appoint")},
    **{"hold": "held", "keep": "kept", "tell": "told", "send": "sent", "give": "gave"},
    **{"run": "ran", "get": "got", "hear": "heard", "need": "needed", "print": "printed"},
    **{"ask": "asked", "post": "posted"},
}
"""The verbs that say what is done with data, with their past."""
_THIRD = {f"{verb}es" if verb.endswith(("s", "sh")) else f"{verb}s": verb for verb in PAST}
_PLAIN, _THIRDS = "|".join(PAST), "|".join(_THIRD)

_STOP = (
    r"(?:who|which|that|what|how|why|we|it|you|they|if|when|where|whether|because|while|so|but|to"
    rf"|{_THIRDS})\b"
)
_NOT_FIRST = (
    r"(?:After|Before|For|To|In|On|Under|By|At|From|There|If|When|Where|Once|As|What|How|Why)\b"
)
_WORD = r"[\w'’()&/-]+"
_SUBJECT = (
    rf"(?P<subject>[Ii]t|[Tt]hey|[Yy]ou"
    rf"|(?!{_NOT_FIRST})(?:(?!{_STOP}){_WORD}\s+){{0,7}}?(?!{_STOP}){_WORD})"
)
_DONE = (
    r"(?:\s+also)?(?:\s+\w+ly)?\s+"
    r"(?:\w+ed|run|held|kept|set|sent|given|made|told|our|in|within|relying)\b"
)
_AUXILIARY = (
    rf"(?P<auxiliary>will|may|can|must|(?:is|are)(?={_DONE})|(?:has|have)(?=\s+(?:been|\w+ed)\b))"
)
_ALREADY = r"(?!\s+(?:not|never|no|only)\b)"
_ADVERB = r"(?:(?P<adverb>also|sometimes|may)\s+)?"
_BEGINS = r"(?:(?:If|When|Where|Once|For|Under|As)\b[^,.;:]*,\s+)?"

_NEED = re.compile(
    rf"(?P<lead>{_BEGINS})(?P<subject>we)\s+(?:(?:sometimes|also|may|will)\s+)?need\s+to\s+(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_HELPED = re.compile(rf"(?P<lead>{_BEGINS}){_SUBJECT}\s+{_AUXILIARY}{_ALREADY}(?P<also>\s+also\b)?")
_IT_IS = re.compile(
    rf"(?P<lead>)(?P<subject>It)(?P<auxiliary>['’]s)(?={_DONE}){_ALREADY}(?P<also>\s+also\b)?"
)
_WE = re.compile(
    rf"(?P<lead>{_BEGINS})(?P<subject>[Ww]e|[Tt]hey)\s+{_ADVERB}(?P<verb>{_PLAIN})\b"
    rf"(?:\s+and\s+(?P<second>{_PLAIN})\b)?"
)
_SOMEBODY = re.compile(
    rf"(?P<lead>{_BEGINS}){_SUBJECT}\s+{_ADVERB}(?P<verb>{_THIRDS})\b(?!,)"
    rf"(?:\s+and\s+(?P<second>{_THIRDS})\b)?"
)
_COMMON = re.compile(
    r"(?:we|you|your|it|this|they|these|the|an?|some|most|all|our|information|data|other|decisions|legal|cookies"
    r"|social|collected)\b",
    re.IGNORECASE,
)
_DENIALS = {"not": "do not", "never": "never", "no longer": "no longer"}
_LIST = re.compile(r"[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[\"'‘“A-Z])")
_DENIED = re.compile(
    r"\b(?:not|never|no|only|nobody|nothing|neither|without|cannot|unless)\b|n['’]t\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(r"(?:[:;]|\b(?:to|if|because|for))$")


class Spot(Struct, frozen=True):
    """The place of the deed in a sentence: whose it is, its verb or what helps it, and where these stand.

    `start` is where the main clause begins, `plain` the verb as it stands after "to", `second` another that is
    joined to it by "and".
    """

    form: str
    start: int
    subject: tuple[int, int]
    verb: tuple[int, int]
    plain: str
    second: str = ""


def deed(text: str, start: int, end: int) -> Spot | None:
    """Where the deed of a sentence is said, if its grammar is plain enough."""
    sentence = text[start:end]
    if not re.match(r"[A-Z]", sentence) or not re.search(r"[.:]$|\b(?:to|if)$", sentence):
        return None
    for form, pattern in (
        ("need", _NEED),
        ("helped", _IT_IS),
        ("we", _WE),
        ("helped", _HELPED),
        ("somebody", _SOMEBODY),
    ):
        if found := pattern.match(sentence):
            return _spot(form, found, start)
    return None


def _spot(form: str, found: re.Match[str], start: int) -> Spot:
    subject = (start + found.start("subject"), start + found.end("subject"))
    verbs = (subject[1], start + found.end())
    if form == "need":
        return Spot(form, subject[0], subject, verbs, found["verb"])
    if form == "helped":
        helper = "is" if found["auxiliary"] in {"'s", "’s"} else found["auxiliary"]
        return Spot(form, subject[0], subject, verbs, helper)
    second = found["second"] or ""
    plain, other = (_THIRD.get(word, word) for word in (found["verb"], second))
    return Spot(form, subject[0], subject, verbs, plain, other)


def _verbs(spot: Spot) -> str:
    return f"{spot.plain} and {spot.second}" if spot.second else spot.plain


def negated(text: str, spot: Spot) -> Iterator[tuple[Edit, ...]]:
    """The deed is not done, never done, and no longer done."""
    perfect = spot.form == "helped" and re.match(r"\s+(?:have|been)\b", text[spot.verb[1] :])
    for word, with_do in _DENIALS.items():
        if perfect and word == "no longer":
            continue
        if spot.form == "helped":
            said = f" {spot.plain}{'' if (spot.plain, word) == ('can', 'not') else ' '}{word}"
        elif word == "not":
            said = f" {'does' if spot.form == 'somebody' else 'do'} not {_verbs(spot)}"
        else:
            said = f" {with_do} {_verbs(spot) if spot.form != 'somebody' else _thirds(spot)}"
        yield ((*spot.verb, said),)


def _thirds(spot: Spot) -> str:
    back = {plain: third for third, plain in _THIRD.items()}
    return " and ".join(back[verb] for verb in (spot.plain, spot.second) if verb)


def past(text: str, spot: Spot) -> Iterator[tuple[Edit, ...]]:
    """The deed used to be done; and it was done before 2020."""
    if re.match(r"\s+(?:have|been|our)\b", text[spot.verb[1] :]):
        return
    if spot.form != "helped":
        yield ((*spot.verb, f" used to {_verbs(spot)}"),)
    elif spot.plain in {"is", "are"}:
        yield ((*spot.verb, " used to be"),)
    elif spot.plain in {"will", "may", "can"}:
        yield ((*spot.verb, " used to"),)
    if then := _then(spot) if _first(text, spot) else "":
        yield (
            (spot.start, spot.start + 1, f"Before 2020 {_lowered(text, spot)}"),
            (*spot.verb, f" {then}"),
        )


def _then(spot: Spot) -> str:
    if spot.form == "helped":
        return {"is": "was", "are": "were"}.get(spot.plain, "")
    verbs = [verb for verb in (spot.plain, spot.second) if verb]
    return " and ".join(PAST[verb] for verb in verbs) if all(v in PAST for v in verbs) else ""


def asked(text: str, spot: Spot, end: int) -> Iterator[tuple[Edit, ...]]:
    """The sentence is a question."""
    if text[end - 1] != ".":
        return
    helper = spot.plain if spot.form == "helped" else "does" if spot.form == "somebody" else "do"
    verbs = (
        ""
        if spot.form == "helped"
        else f" need to {spot.plain}"
        if spot.form == "need"
        else f" {_verbs(spot)}"
    )
    begins = helper.capitalize() if text[spot.start].isupper() and _first(text, spot) else helper
    yield (
        (spot.start, spot.start + 1, f"{begins} {_lowered(text, spot)}"),
        (*spot.verb, verbs),
        (end - 1, end, "?"),
    )


def _first(text: str, spot: Spot) -> bool:
    """Whether the main clause begins its sentence."""
    return not text[: spot.start].rstrip(" ").endswith(",")


def _lowered(text: str, spot: Spot) -> str:
    """The first letter of the subject as it is written within a sentence."""
    first = text[spot.start]
    return first.lower() if _COMMON.match(text, spot.start) else first


def with_consent(text: str, start: int, end: int) -> Iterator[tuple[Edit, ...]]:
    """What the sentence says is done only with the reader's consent."""
    spoken_of = re.search(r"consent|agree|permission|ask us", text[start:end])
    if text[end - 1] == "." and not spoken_of and deed(text, start, end):
        yield ((end - 1, end, ", but only with your consent."),)


_AFFIRMED = (
    (
        r"\b(will|do|does|may|can)\s+not\s+(?:give|share|pass|publish|use|allow|tell|send)\b",
        r"\s+not\b",
        "",
    ),
    (
        r"\b(?:don['’]t|do not|does not)\s+(?=allow|use|share|give)",
        r"(?:don['’]t|do not|does not)\s+",
        "",
    ),
    (r"\baren['’]t\b", r"n['’]t", ""),
    (r"\bnever\s+", r"never\s+", ""),
    (r"\bnobody else\b", r"nobody else", "others"),
)


def affirmed(text: str, start: int, end: int) -> Iterator[tuple[Edit, ...]]:
    """A promise without the word that denies it."""
    for phrase, word, instead in _AFFIRMED:
        if found := re.compile(phrase).search(text, start, end):
            gone = re.compile(word).search(text, found.start(), end)
            assert gone
            edits = [(gone.start(), gone.end(), instead)]
            if re.match(r"(?:do|does)\s", found[0]):  # "We do not use" becomes "We use"
                edits = [(found.start(), _verb_at(text, found), instead)]
            if some := re.compile(r"\bany\s+").search(text, found.end(), end):
                edits.append((some.start(), some.end(), "some "))
            yield tuple(edits)
            return


def _verb_at(text: str, found: re.Match[str]) -> int:
    verb = re.compile(r"(?:do|does)\s+not\s+").match(text, found.start())
    return verb.end() if verb else found.end()


def is_denied(sentence: str) -> bool:
    """Whether a sentence has any word that denies."""
    return bool(_DENIED.search(sentence))


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits made."""
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def moved(place: tuple[int, int], edits: Sequence[Edit]) -> tuple[int, int]:
    """Where a stretch of a text stands after edits of it."""
    start, end = place
    shift = sum(len(words) - (b - a) for a, b, words in edits if b <= start)
    grown = sum(len(words) - (b - a) for a, b, words in edits if a < end)
    return start + shift, end + grown


def block_around(text: str, at: int) -> tuple[int, int]:
    """The bullet, heading, row or paragraph that a place stands in, without its mark."""
    start = text.rfind("\n", 0, at) + 1
    while start and not _begins(text, start):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", at)
    while end >= 0 and not _begins(text, end + 1):
        end = text.find("\n", end + 1)
    mark = _LIST.match(text, start)
    return (mark.end() if mark else start), (len(text) if end < 0 else end)


def _begins(text: str, line: int) -> bool:
    """Whether a block begins at the beginning of a line: after a blank one, with a mark, or after a heading or row."""
    before = text[text.rfind("\n", 0, line - 1) + 1 : line - 1] if line else ""
    now = text[line : text.find("\n", line)] if text.find("\n", line) >= 0 else text[line:]
    return (
        not before.strip()
        or not now.strip()
        or before.startswith(("#", "|"))
        or now.startswith(("#", "|"))
        or bool(_LIST.match(now))
    )


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence in which a stretch of a text begins."""
    begins, ends = block_around(text, start)
    cuts = [begins, *(m.end() for m in _SENTENCE_ENDS.finditer(text, begins, ends)), ends + 1]
    first = max(cut for cut in cuts if cut <= max(start, begins))
    last = next(cut for cut in cuts if cut > first)
    stop = first + len(text[first : min(last, ends)].rstrip())
    return first, max(stop, min(end, stop))


def lead_in(text: str, at: int) -> tuple[int, int] | None:
    """The last sentence before the list that a place stands in, where it leads in to it."""
    line = text.rfind("\n", 0, at) + 1
    if not _LIST.match(text, line):
        return None
    while line:
        line = text.rfind("\n", 0, line - 1) + 1
        written = text[line : text.find("\n", line)]
        if not written.strip() or _LIST.match(text, line) or written.startswith(" "):
            continue
        end = line + len(written.rstrip())
        found = sentence_around(text, *_last_words(text, line, end))
        return found if _LEADS_IN.search(text[slice(*found)]) else None
    return None


def _last_words(text: str, line: int, end: int) -> tuple[int, int]:
    """The last sentence that begins on a line, or the whole line."""
    cuts = [line, *(m.end() for m in _SENTENCE_ENDS.finditer(text, line, end))]
    return cuts[-1], end


def headings(text: str) -> tuple[str, ...]:
    """The headings, the title first. Where a text marks none, the first line is taken for its title."""
    marked = [found[1].strip() for found in re.finditer(r"^#{1,6}[ \t]+(.+)$", text, re.MULTILINE)]
    return tuple(marked or text.strip().splitlines()[:1])
