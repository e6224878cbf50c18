"""The deeds of a text: its verbs and the nouns of its last clause, each with its condition, tense and denial."""

from collections.abc import Iterator

from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.reading.clauses import NOBODY, PAGE, ClauseText, Phrase
from ropa.reading.doings import Doing, used_to
from ropa.reading.hanging import hangs
from ropa.reading.hedges import left_undone, plainly_past, planned, seldom, supposed, thinks
from ropa.reading.left_out import only_names
from ropa.reading.said import OTHERS, READER, US, Deed, Ground, If, Polarity, Span, Strength, Time
from ropa.register.model import Claim

CLOSE = 3
"""How many words before "your consent" a "with" may stand."""
WAY_BACK = 12
"""How many words before "your consent" the "only with" may stand."""

Grounds = tuple[tuple[If, str], ...]
"""Conditions, each with the word that makes it one."""
MOST_OF_A_HEADING = 0.6
"""How much of a heading "your data" has to be for the heading to say what is collected."""
BEHIND = 30
"""How many words behind a clause an exception from it may stand."""


def deeds(text: ClauseText, done: tuple[Doing, ...], *, leading: bool = False) -> tuple[Deed, ...]:
    """What a text says of itself is done, in the order of its words; `leading` where it leads in to others."""
    asked = text.read.text.endswith("?")
    grounds = conditions(text)
    said: list[tuple[Doing, Deed]] = []
    for doing in done:
        if _counts(text, doing, leading=leading):
            above = _above(doing, said)
            made = _deed(text, doing, grounds, asked=asked or _is_left_open(text, doing))
            said.append((doing, _as_under(made, above) if above else made))
    return tuple(_with_the_main(said))


def _with_the_main(said: list[tuple[Doing, Deed]]) -> Iterator[Deed]:
    """The deeds, where all that is done is denied, or past: with what only says which, "the data collected"."""
    main = [
        d for doing, d in said if doing.clause.kind == "main" and not (doing.under or doing.reduced)
    ]
    whole = bool(main) and (
        all(d.polarity is Polarity.DENIES for d in main) or all(d.time is Time.PAST for d in main)
    )
    for doing, deed in said:
        beside = deed not in main and doing.clause.kind not in ("reason", "main", "if")
        hangs = (beside or doing.reduced) and deed.by in (main[0].by if main else "", OTHERS)
        yield _as_under(deed, main[0]) if whole and hangs else deed


def _above(doing: Doing, said: list[tuple[Doing, Deed]]) -> Deed | None:
    """The deed that a verb hangs on, as "collect" does in "we do not use software to collect it"."""
    main = next((s for s in reversed(said) if s[0].clause.kind != "if"), None)
    if main is None:
        return None
    if doing.under or doing.clause.kind == "aim":
        return main[1]
    return main[1] if doing.clause.kind == "relative" and doing.by not in (US, READER) else None


def _as_under(deed: Deed, above: Deed) -> Deed:
    """A deed that hangs on another is denied with it, and past with it."""
    polarity = above.polarity if deed.polarity is Polarity.SAYS else deed.polarity
    time = above.time if above.time in (Time.PAST, Time.PLANNED) else deed.time
    if (polarity, time) == (deed.polarity, deed.time):
        return deed
    return replace(deed, polarity=polarity, time=time, marks=deed.marks or above.marks)


def nouns(text: ClauseText) -> tuple[Deed, ...]:
    """What a lead-in or a heading says by its nouns: its last clause first, then the rest."""
    found = [(p.start, p.end, p.value) for p in text.all("noun")]
    last = _last_clause(text)
    ordered = [*_ending(text), *sorted(found, key=lambda p: (p[0] < last, _RANK[p[2]]))]
    if not ordered and not any(word in text.grammar.verbs for word in text.read.low):
        most = len(text.read) * MOST_OF_A_HEADING
        topics = (p for p in text.all("topic") if p.end - p.start >= most)
        ordered = [(p.start, p.end, p.value) for p in topics]
    made: dict[Claim, Deed] = {}
    whole = Span(0, len(text.read.text))
    for start, end, value in ordered:
        claim = Claim(value)
        made.setdefault(claim, Deed((claim,), text.span(start, end), whole))
    return tuple(made.values())


def _ending(text: ClauseText) -> Iterator[tuple[int, int, str]]:
    """What a lead-in that breaks off leads in to: "we share it with:", "we use it to:"."""
    last = len(text.read) - 1 - (text.word(len(text.read) - 1) == ":")
    word = text.word(last)
    if text.is_a(last - 1, "leading_off"):
        return
    bases = {v.base for at in range(last) if (v := text.grammar.verbs.get(text.word(at)))}
    giving = any(base in text.grammar.giving for base in bases)
    if word == "with" or (word == "to" and giving and "use" not in bases):
        yield last, last + 1, "discloses"
    elif word in ("to", "for"):
        yield last, last + 1, "uses"
    elif word == "from":
        yield last, last + 1, "collects"


_RANK = {"informs": 0, "transfers": 1, "keeps": 2, "uses": 3, "discloses": 4, "collects": 5}


def _last_clause(text: ClauseText) -> int:
    """The token at which the last clause of a lead-in begins."""
    stops = [at for at in range(len(text.read) - 1) if text.word(at) in (".", ";", ",")]
    return stops[-1] + 1 if stops else 0


def _counts(text: ClauseText, doing: Doing, *, leading: bool) -> bool:
    """Whether it is told that this is done: not of a notice, nor where it only says "if we do not"."""
    measured = doing.clause.kind == "measure" and not doing.denial
    if doing.by == PAGE or measured or thinks(text, doing):
        return False
    if doing.clause.kind == "if":
        return doing.denial is None and bool(doing.claims) and doing.by != READER
    if (
        not leading
        and doing.clause.kind == "whether"
        and not _is_ours_to_decide(text, doing)
        and text.is_a(doing.clause.start - 1, "telling")
    ):
        return False  # "this notice explains how we use it" says that we use it, and nothing of it
    if doing.clause.kind == "relative" and doing.denial and doing.by == NOBODY:
        return False
    return bool(doing.claims) or doing.by in (US, NOBODY) or doing.denial is None


def _is_ours_to_decide(text: ClauseText, doing: Doing) -> bool:
    """Whether it is left open what we do: "thinking about whether to pass it", "about whether we pass it"."""
    ours = doing.by in (US, NOBODY) or text.word(doing.clause.start + 1) == "to"
    return ours and _is_left_open(text, doing)


def _is_left_open(text: ClauseText, doing: Doing) -> bool:
    """Whether it stands behind a "whether", which says as little as a question does."""
    clause = doing.clause
    return clause.kind == "whether" and text.word(clause.start) == "whether"


def _deed(text: ClauseText, doing: Doing, grounds: Grounds, *, asked: bool) -> Deed:
    denied = doing.denial is not None and not doing.limited
    marks = [text.denying(doing.denial[0])] if doing.denial and denied else []
    undone = left_undone(text, doing)
    if undone and not denied:
        denied, marks = True, [undone]
    past = _past(text, doing) or plainly_past(text, doing)
    plan, thought = planned(text, doing), supposed(text, doing)
    rare = None if denied else seldom(text, doing)
    marks += [mark for mark in (past, plan, thought, rare) if mark is not None]
    held = _held(doing, grounds, denied=denied)
    polarity = _polarity(asked=asked, denied=denied, supposed=thought is not None)
    return Deed(
        claims=_with_transfers(text, doing),
        span=text.span(doing.at, doing.at + 1),
        clause=text.span(doing.clause.start, max(doing.clause.end, doing.at + 1)),
        by=_by(doing),
        polarity=polarity,
        strength=Strength.SELDOM if rare else _strength(text, doing, held, denied=denied),
        time=Time.PAST if past else Time.PLANNED if plan else _tense(text, doing),
        conditions=held,
        marks=tuple(marks),
        hangs=hangs(text, doing),
    )


def _polarity(*, asked: bool, denied: bool, supposed: bool) -> Polarity:
    if asked or denied:
        return Polarity.ASKS if asked else Polarity.DENIES
    return Polarity.SUPPOSES if supposed else Polarity.SAYS


def _by(doing: Doing) -> str:
    if doing.by != NOBODY:
        return doing.by
    return BARE if doing.bare else US


BARE = "bare"
"""Who does it, until the sentence is known, where a bare verb stands: "Share your data", "please contact"."""


def _with_transfers(text: ClauseText, doing: Doing) -> tuple[Claim, ...]:
    """What crosses a border is a transfer, whatever the verb; without one, sending is no transfer yet."""
    clause = doing.clause
    abroad = text.has(clause.start, clause.end, "abroad")
    rest = tuple(claim for claim in doing.claims if claim is not Claim.TRANSFERS)
    if doing.base == "transfer" and not abroad:
        return (*rest, Claim.TRANSFERS)
    return (Claim.TRANSFERS, *rest) if abroad and rest else rest


def _strength(text: ClauseText, doing: Doing, held: tuple[If, ...], *, denied: bool) -> Strength:
    clause = doing.clause
    itself = denied and doing.denial is not None and text.word(doing.denial[0]) == "without"
    excepted = text.has(clause.start, clause.end + BEHIND, "except") or _nothing_but(text, doing)
    if denied and not itself and excepted:
        return Strength.EXCEPT
    if held:
        return Strength.EXCEPT if denied else Strength.ONLY_IF
    before = range(clause.start, doing.at)
    if any(text.is_a(at, "may") for at in before) or text.has(
        clause.start, clause.end, "sometimes"
    ):
        return Strength.MAY
    only = any(text.word(at) in ("only", "solely") for at in before)
    return Strength.ONLY_IF if only else Strength.ALWAYS


def _nothing_but(text: ClauseText, doing: Doing) -> bool:
    """ "We pass nothing to the trust but your name": what is denied of all but what is named behind."""
    if doing.denial is None or text.word(doing.denial[0]) not in ("nothing", "nobody", "none"):
        return False
    end = doing.clause.end
    return text.word(end) == "but" and only_names(text, end + 1)


def _held(doing: Doing, grounds: Grounds, *, denied: bool) -> tuple[If, ...]:
    """The conditions of a deed; none of the reader's, and what is done "without consent" has none either."""
    if doing.by == READER:
        return ()
    return tuple(held for held, frame in grounds if denied or frame != "without")


def conditions(text: ClauseText) -> Grounds:
    """The conditions that a sentence names, with the "if" or "without" before: consent, law, request or approval."""
    found = [(p, _frame(text, p.start)) for p in text.all("ground")]
    had = {p.end for p in text.all("had_first") if _is_had_first(text, p)}
    return tuple(
        (If(Ground(p.value), text.span(p.start, p.end)), frame or "with")
        for p, frame in found
        if frame or p.end in had
    )


def _is_had_first(text: ClauseText, had: Phrase) -> bool:
    """Whether it is we who need a consent, and something is done only then: "need your consent to share it"."""
    if text.word(had.end) not in ("to", "before", "first"):
        return False
    before = range(max(0, had.start - 4), had.start)
    return not any(at in text.negatives or text.is_a(at, "reader") for at in before)


def _frame(text: ClauseText, start: int) -> str:
    """The "if", "only where" or, close by, "with" that makes a condition of the words behind it."""
    for at in range(start - 1, max(-1, start - WAY_BACK), -1):
        word = text.word(at)
        if word in (".", ";", "?"):
            return ""
        if text.is_a(at, "conditional") and not text.has(at, at + 2, "sometimes"):
            return word if word != "with" or start - at <= CLOSE else ""
    return ""


def past(text: ClauseText) -> tuple[Span, ...]:
    """The words that put a whole text into the past: "before 2020 we", "previously"."""
    found = [text.span(p.start, p.end) for p in text.all("past")]
    found += [
        text.span(at, at + 2)
        for at, word in enumerate(text.read.low)
        if word == "used" and used_to(text, at)
    ]
    for at in range(min(LATEST, len(text.read) - 1)):
        opening = text.word(at) in ("before", "until", "to", "in", "during")
        if opening and _YEAR.fullmatch(text.word(at + 1)) and not _is_present(text):
            found.append(text.span(at, at + 2))
    return tuple(found)


LATEST = 4
"""Among how many of its first words a text says "before 2020"."""
_YEAR = regex(r"(?:19|20)\d\d")


def _is_present(text: ClauseText) -> bool:
    """Whether the first verb of a text is of the present: "before 2020 is kept"."""
    first = (
        w
        for w in text.read.low
        if w in ("is", "are", "will", "was", "were", "had") or w in text.grammar.verbs
    )
    word = next(first, "")
    verb = text.grammar.verbs.get(word)
    return word in ("is", "are", "will") or (
        verb is not None and verb.form not in _PAST_FORMS and not verb.both
    )


_PAST_FORMS = frozenset({"ed", "past"})


def _past(text: ClauseText, doing: Doing) -> Span | None:
    """The words that put it into the past: "we used to", "previously", "before 2020 we passed"."""
    clause = doing.clause
    for p in text.between(clause.start, clause.end, "past"):
        if doing.past or text.word(p.end - 1) == "to":
            return text.span(p.start, p.end)
    for at in range(max(clause.start, doing.at - LATEST), doing.at):
        if text.word(at) == "used" and used_to(text, at):
            return text.span(at, at + 2)
    whole = past(text)
    told = clause.kind in ("main", "relative") or text.word(clause.start) == "when"
    return whole[0] if whole and doing.past and told else None


def _tense(text: ClauseText, doing: Doing) -> Time:
    future = any(text.is_a(at, "future") for at in range(doing.clause.start, doing.at))
    return Time.FUTURE if future else Time.NOW
