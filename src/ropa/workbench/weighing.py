"""What a change does before it is saved: which flows are told more, or less, and whether the words bear it out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.diagram.view import flow_numbers
from ropa.flows.flow import Flow
from ropa.judging.coverage import Told
from ropa.judging.evidence import Proof, Stated
from ropa.judging.reasons import why_void
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice, Statement
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.workbench.sentences import sentences_of

SAID: Mapping[Facet, str] = {
    Facet.SUBJECT: "whom it is about",
    Facet.DATA: "what data it is",
    Facet.SOURCE: "where it comes from",
    Facet.RECIPIENT: "who gets the data",
    Facet.PURPOSE: "what it is for",
    Facet.COUNTRY: "where it goes",
    Facet.BASIS: "the lawful basis",
    Facet.RETENTION: "how long it is kept",
    Facet.TRANSFER: "what protects it abroad",
    Facet.PROMISE: "what is promised",
    Facet.ITEM: "what else is due",
}
"""What people are told by each facet, as the rest of a sentence."""
MOST_NAMED = 8
"""How many flows are named for one outcome."""


class ShiftedFlow(Struct, frozen=True):
    """A flow that is told otherwise, as a whole and facet by facet; `lacks` is what is still not told of it."""

    flow: Flow
    name: str
    words: str
    before: Verdict | None
    after: Verdict | None
    facets: tuple[tuple[Facet, Verdict | None, Verdict | None], ...]
    lacks: tuple[Facet, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether something of it is told worse than before."""
        return any(was is not None and (now is None or now < was) for _, was, now in self.facets)

    @property
    def in_full(self) -> bool:
        """Whether it is told in full, and was not."""
        return self.after is Verdict.CLEAR and self.before is not Verdict.CLEAR


class WeighedChange(Struct, frozen=True):
    """What a change does: in a sentence, then flow by flow. `refused` says why it would tell nobody anything.

    Where it ties a sentence, `left` is what of that is still not tied.
    """

    said: str
    shifted: tuple[ShiftedFlow, ...] = ()
    refused: str = ""
    left: str = ""
    of_sentence: bool = False

    @property
    def in_full(self) -> tuple[ShiftedFlow, ...]:
        """Those that are told in full from then on."""
        return tuple(one for one in self.shifted if one.in_full)

    @property
    def better(self) -> tuple[ShiftedFlow, ...]:
        """Those that are told more, and still not in full."""
        return tuple(one for one in self.shifted if not one.worse and not one.in_full)

    @property
    def worse(self) -> tuple[ShiftedFlow, ...]:
        """Those that are told worse."""
        return tuple(one for one in self.shifted if one.worse)


def shifted(before: Case, after: Case) -> tuple[ShiftedFlow, ...]:
    """The flows that a change tells otherwise, those that it adds or takes away among them."""
    was, now = before.coverage.by_id, after.coverage.by_id
    otherwise = [
        id_
        for id_ in dict.fromkeys((*was, *now))
        if not (id_ in was and id_ in now and _told_alike(was[id_], now[id_]))
    ]
    names = flow_numbers(after) if otherwise else {}
    found = (_shift(after, was.get(i), now.get(i), names.get(i, "")) for i in otherwise)
    return tuple(one for one in found if one is not None)


def _told_alike(was: Told, now: Told) -> bool:
    """Whether two flows have the same verdict on the same facets; mostly the judgements are the very same."""
    if was.judgements is now.judgements:
        return True
    told = zip(was.judgements, now.judgements, strict=False)
    same = len(was.judgements) == len(now.judgements)
    return same and all(a.facet is b.facet and a.verdict is b.verdict for a, b in told)


def _shift(case: Case, was: Told | None, now: Told | None, name: str) -> ShiftedFlow | None:
    old = {j.facet: j.verdict for j in was.judgements} if was else {}
    new = {j.facet: j.verdict for j in now.judgements} if now else {}
    facets = tuple(
        (facet, old.get(facet), new.get(facet))
        for facet in Facet
        if old.get(facet) is not new.get(facet)
    )
    told = now or was
    if not facets or told is None:
        return None
    return ShiftedFlow(
        told.flow,
        name,
        phrases.capital(phrases.step(case.register, told.flow)),
        was.verdict if was else None,
        now.verdict if now else None,
        facets,
        tuple(facet for facet, verdict in new.items() if verdict is not Verdict.CLEAR),
    )


def in_a_sentence(found: tuple[ShiftedFlow, ...]) -> str:
    """What a change does to the flows, in a sentence for whoever is about to save it."""
    worse = sum(one.worse for one in found)
    better = [one for one in found if not one.worse]
    if not found:
        return "No flow is told more by this, and none less."
    if not better:
        return (
            f"{phrases.capital(phrases.count(worse, 'flow'))} {_is(worse)} told less than before."
        )
    counted = Counter(
        facet
        for one in better
        for facet, was, now in one.facets
        if now is not None and (was is None or now > was)
    )
    if not counted:
        return f"{phrases.count(len(better), 'flow')} {_is(len(better))} told otherwise."
    facet, flows = counted.most_common(1)[0]
    lacking = [one for one in better if one.lacks]
    said = f"Tells {phrases.count(flows, 'flow')} {SAID[facet]}"
    if lacking:
        missing = Counter(f for one in lacking for f in one.lacks).most_common(2)
        named = phrases.several((SAID[f] for f, _ in missing), "or")
        said += f"; {len(lacking)} still {'lacks' if len(lacking) == 1 else 'lack'} {named}"
    return f"{said}; {worse} told less." if worse else f"{said}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def weigh_statement(
    before: Case, after: Case, notice: Notice, statement: Statement
) -> WeighedChange:
    """What one more statement does."""
    return replace(_weighed(before, after, notice, statement), of_sentence=True)


def _weighed(before: Case, after: Case, notice: Notice, statement: Statement) -> WeighedChange:
    proof = after.proved.of(statement)
    found = shifted(before, after)
    left = _left(after, notice, statement)
    refused = why_void(after.register, proof) if proof.faulty else ""
    if refused:
        nobody = (
            "so this would tell nobody anything"
            if not statement.negative
            else "so this promise is not borne out"
        )
        return WeighedChange(f"The sentence says otherwise, {nobody}", found, refused, left)
    if statement.quoted is None:
        return WeighedChange(
            "These words do not stand in the notice, so this would tell nobody anything", found,
            "quote three words or more, exactly as they stand", left,
        )  # fmt: skip
    if statement.negative:
        return WeighedChange(_promised(found), found, "", left)
    if not found and after.coverage.meets_no_flow(statement):
        return WeighedChange(
            "No flow of the register is like this: it tells nobody anything yet.", (), "", left
        )
    return WeighedChange(in_a_sentence(found), found, "", left)


def _promised(found: tuple[ShiftedFlow, ...]) -> str:
    against = sum(one.worse for one in found)
    if not against:
        return "A promise, and no flow goes against it."
    return f"A promise, and {phrases.count(against, 'flow')} {'goes' if against == 1 else 'go'} against it."


def _left(case: Case, notice: Notice, statement: Statement) -> str:
    """What of the sentences that a statement quotes is still not tied."""
    text = case.text_of(notice)
    if text is None or statement.quoted is None:
        return ""
    start, end = text.span(statement.quoted)
    touched = [
        one.untied
        for one in sentences_of(case, case.register.notices[notice.id])
        if one.untied and one.sentence.start < end and start < one.sentence.end
    ]
    words = [
        phrases.names(case.register, facet, tuple(found))
        for untied in touched
        for facet, found in untied.words.items()
        if found
    ]
    more = ["how long"] if any(u.lasting for u in touched) else []
    more += ["the lawful basis"] if any(u.letters for u in touched) else []
    return phrases.several(dict.fromkeys((*words, *more))) if touched else ""


class FieldEvidence(Struct, frozen=True):
    """How far the sentence says what stands in a field: a word for the style, a sign, what to say, and its words."""

    word: str
    sign: str
    said: str
    quoted: str = ""


def evidence(proof: Proof) -> Mapping[str, FieldEvidence]:
    """What the sentence says of each field of a statement, and of its deed."""
    found = dict(_evidence(proof))
    if proof.readings:
        found["deed"] = (
            FieldEvidence("told", "✓", "said")
            if proof.deed
            else FieldEvidence("partly", "≈", "not in the words")
        )
    if proof.gainsaid is not None:
        marked = {mark.words for mark in proof.gainsaid.marks}
        said = phrases.several(f"“{word}”" for word in marked)
        key = _GAINSAID.get(str(proof.gainsaid.reason), "deed")
        found[key] = FieldEvidence("gainsaid", "✗", "gainsaid", said)
    return found


_GAINSAID = {
    "another period": "period",
    "another basis": "letter",
    "another safeguard": "safeguard",
    "another party": "to",
}
"""The field that a sentence goes against, by how it does; else it is the deed."""
_FIELD = {"basis": "letter", "informs": "items"}


def _evidence(proof: Proof) -> Iterator[tuple[str, FieldEvidence]]:
    for stated in proof.stated:
        yield _FIELD.get(stated.key, stated.key), _said(stated)


def _said(stated: Stated) -> FieldEvidence:
    words = phrases.several(dict.fromkeys(f"“{mark.words}”" for mark in stated.marks[:3]))
    if len(stated.said) == len(stated.words):
        return FieldEvidence("told", "✓", "said", words)
    if stated.lifted:
        return FieldEvidence("told", "≈", "as a person reads it")
    if stated.said:
        return FieldEvidence(
            "partly", "~", f"{len(stated.said)} of {len(stated.words)} said", words
        )
    near = "by a wider word" if stated.near else "not in the words"
    return FieldEvidence("partly", "≈", near, words)


def flows_with(
    case: Case, notice: Notice | None, facet: Facet, words: Iterable[str]
) -> Mapping[str, int]:
    """How many flows have each word, a narrower or a wider one, along a facet.

    All flows, or those about the people of a notice.
    """
    known = case.register.vocabulary[facet.scheme]
    about = case.coverage.flows if notice is None else _about_people_of(case, notice)
    held = Counter(known.union(told.flow.words(facet)) for told in about)
    asked = {word: known.mask(word) if word in known.terms else 0 for word in words}
    return {
        word: sum(count for atoms, count in held.items() if atoms & mask)
        for word, mask in asked.items()
    }


def _about_people_of(case: Case, notice: Notice) -> Iterator[Told]:
    audience = case.register.vocabulary[Facet.SUBJECT].union(notice.audience)
    return case.coverage.about(case.coverage.voices.reach.get(notice.id, 0) | audience)
