"""Why a flow has its verdict: what was considered, what told it, and what each statement lacked."""

from collections import Counter
from collections.abc import Iterator
from textwrap import shorten, wrap

from msgspec.structs import replace

from ropa.case import Case
from ropa.errors import UnknownName, did_you_mean
from ropa.flows.flow import AXES, SUBJECT, Flow
from ropa.judging import reasons
from ropa.judging.coverage import Told
from ropa.judging.evidence import Proof
from ropa.judging.gaps import place
from ropa.judging.guards import Met
from ropa.judging.judgement import Judgement
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.register.model import Evidence, Statement
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.visible import inert, visible

WIDEST = 110


def derive(case: Case, flow_id: str) -> str:
    """The derivation of one flow's verdict, to be read from the top. Raises `UnknownName`."""
    told = case.coverage.by_id.get(flow_id)
    if told is None:
        near = did_you_mean(flow_id, case.coverage.by_id)
        raise UnknownName(f"there is no flow “{flow_id}”{near}; `ropa flows` lists them")
    lines = (*_heading(case, told), *_facets(case, told))
    return inert("".join(f"{piece}\n" for line in lines for piece in _folded(line)))


def _folded(line: str) -> list[str]:
    """A long line goes on below, further in."""
    text = line.lstrip(" ")
    margin = " " * (len(line) - len(text))
    return wrap(
        visible(text),
        WIDEST,
        initial_indent=margin,
        subsequent_indent=f"{margin}    ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _heading(case: Case, told: Told) -> Iterator[str]:
    flow = told.flow
    yield f"{flow.id}: {told.verdict}"
    yield f"  {phrases.step(case.register, flow)}"
    yield f"  recorded at {_shown(case, str(flow.origin.location))}"
    yield f"  basis: {phrases.basis(flow.basis)}"
    if flow.conditions:
        recorded = (
            phrases.CONDITIONS[c.kind] + (f" ({c.name})" if c.name else "") for c in flow.conditions
        )
        yield f"  on condition of {phrases.several(recorded)}"
    article = "Article 14: some of the data comes from elsewhere" if flow.indirect else "Article 13"
    yield f"  people must be told under {article}"
    voices = case.coverage.voices
    people = case.register.vocabulary[Facet.SUBJECT].union(flow.box[SUBJECT])
    given = [f"“{n.name}”" for n in voices.notices if voices.reach[n.id] & people]
    yield f"  notices they get: {phrases.several(given) or 'none'}"


def _facets(case: Case, told: Told) -> Iterator[str]:
    for judgement in told.judgements:
        yield ""
        yield from _facet(case, told.flow, judgement)


def _facet(case: Case, flow: Flow, judgement: Judgement) -> Iterator[str]:
    facet = judgement.facet
    how = f", {judgement.how}" if judgement.how else ""
    yield f"{facet}: {judgement.verdict}{how}"
    if judgement.lacks:
        yield f"  lacks: {judgement.lacks}"
    if judgement.remainder:
        yield f"  gap: {missing(case, flow, judgement)}"
    yield from _left_open(case, flow, judgement)
    for mode, verdict in judgement.modes:
        yield f"  in mode {mode}: {verdict}"
    for statement in judgement.against:
        yield f"  against: {_cited(case, statement)}"
    for statement in judgement.told_by:
        open_ = judgement.verdict is Verdict.UNDECIDABLE
        yield f"  {'may tell it' if open_ else 'told by'}: {_cited(case, statement)}"
        yield from _proved(case.proved.of(statement), facet)
    yield from _passed_over(case, flow, judgement)


def _left_open(case: Case, flow: Flow, judgement: Judgement) -> Iterator[str]:
    """What of a gap is not known to be untold, and the sentences and statements that may tell it."""
    if judgement.untied:
        untied = replace(judgement, remainder=judgement.untied)
        yield f"  untied: {missing(case, flow, untied)}"
        for sentence in judgement.sentences:
            at = case.place_of(sentence)
            yield f"    not tied yet: “{sentence.sentence.text}” ({_placed(case, at)})"
    if judgement.open and judgement.verdict is not Verdict.UNDECIDABLE:
        undecidable = replace(judgement, remainder=judgement.open)
        yield f"  undecidable: {missing(case, flow, undecidable)}"
        for statement in judgement.may_tell:
            yield f"    may tell it: {_cited(case, statement)}"


def _proved(proof: Proof, facet: Facet) -> Iterator[str]:
    """What telling a facet rests on, with the words that prove it marked in their sentence."""
    if proof.statement.evidence is not Evidence.FOUND or facet in (Facet.SUBJECT, Facet.PROMISE):
        return
    yield f"    {reasons.how_it_rests(proof, facet)}"
    if reasons.marks_proving(proof, facet):
        yield f"    {reasons.in_brackets(reasons.marked(proof, facet))}"


def missing(case: Case, flow: Flow, judgement: Judgement) -> str:
    """What of a facet is not told, or not well enough, and of which part of the flow that is so."""
    facet, scheme = judgement.facet, judgement.facet.scheme in case.register.vocabulary
    missing = (
        case.untold.inside(facet, case.coverage.names(facet, judgement, flow)) if scheme else ""
    )
    limits = case.untold.limits(flow, judgement)
    if not limits:
        return missing or "all of it"
    data = limits.get(Facet.DATA, "")
    of = f" of {data}" if data else ""
    lead = f"{missing},{of}" if missing else data or "data"
    return " ".join(
        [lead, *(f"{joint} {limits[f]}" for f, joint in _JOINTS.items() if f in limits)]
    )


_JOINTS = {
    Facet.SUBJECT: "about",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "for",
    Facet.COUNTRY: "in",
}


def spared(case: Case, flow: Flow) -> Iterator[tuple[Statement, str]]:
    """The promises that a flow would go against, but for an exception that is recorded: with that exception."""
    for statement in _stating(case, Facet.PROMISE):
        elsewhere = _far(case, flow, statement) or _speaks_only_of(case, flow, statement)
        if not elsewhere and not _unheard(case, flow, statement):
            met = case.coverage.guards.exceptions(statement, flow)
            if met:
                yield statement, phrases.guards(met)


def _cited(case: Case, statement: Statement) -> str:
    return f"“{statement.quote}” ({statement.id} at {_placed(case, place(statement))})"


def _placed(case: Case, at: Location) -> str:
    part = case.part(at)
    return f"{_shown(case, str(at))}, {part}" if part else _shown(case, str(at))


def _shown(case: Case, at: str) -> str:
    return at if case.root == "." else f"{case.root}/{at}"


def _passed_over(case: Case, flow: Flow, judgement: Judgement) -> Iterator[str]:
    """The statements that state the facet and do not tell it here, each with the first reason why.

    Those that can hardly have been meant are only counted; so are the rest where nothing is missing.
    """
    cited = {*judgement.told_by, *judgement.against}
    clear = judgement.verdict is Verdict.CLEAR
    counted: Counter[str] = Counter()
    for statement in _stating(case, judgement.facet):
        if statement in cited:
            continue
        if far := _far(case, flow, statement):
            counted[far] += 1
        elif only := _speaks_only_of(case, flow, statement):
            counted[_ELSE] += clear
            yield from () if clear else (_passed(statement, only),)
        elif reason := _near(case, flow, judgement.facet, statement):
            yield _passed(statement, reason)
    said = [
        f"{n} statement{'' if n == 1 else 's'} {why}" for why, n in sorted(counted.items()) if n
    ]
    if said:
        yield f"  passed over: {phrases.several(said)}"


def _passed(statement: Statement, reason: str) -> str:
    quote = shorten(statement.quote, 80, placeholder=" …")
    return f"  passed over: “{quote}” ({statement.id}): {reason}"


def _stating(case: Case, facet: Facet) -> Iterator[Statement]:
    voices = case.coverage.voices
    stated = (*voices.void, *(spoken.statement for spoken in voices.spoken))
    return (statement for statement in stated if _states(statement, facet))


def _states(statement: Statement, facet: Facet) -> bool:
    if facet is Facet.PROMISE or statement.negative:
        return statement.negative and facet is Facet.PROMISE
    return facet is not Facet.SUBJECT and statement.speaks_to(facet)


def _far(case: Case, flow: Flow, statement: Statement) -> str:
    """Why a statement can hardly have been meant for a flow."""
    words = case.register.vocabulary[Facet.SUBJECT]
    people = words.union(flow.box[SUBJECT])
    about = statement.states.get(Facet.SUBJECT)
    if not case.coverage.voices.reach[statement.notice] & people:
        return "of notices they do not get"
    if about and not words.union(about) & people:
        return "about other people"
    return "" if flow.action in statement.actions else "about other steps"


def _speaks_only_of(case: Case, flow: Flow, statement: Statement) -> str:
    """The first facet of which it states words, and none of this flow's."""
    for axis, facet in enumerate(AXES):
        words, said = case.register.vocabulary[facet.scheme], statement.states.get(facet)
        if flow.box[axis] and said and not words.union(said) & words.union(flow.box[axis]):
            return f"it speaks only of {phrases.names(case.register, facet, said)} ({facet})"
    return ""


def _unheard(case: Case, flow: Flow, statement: Statement) -> str:
    recipients = case.register.vocabulary[Facet.RECIPIENT]
    if statement.evidence is Evidence.NOT_FOUND:
        return "its quote is not in the published text, so it tells nothing"
    proof = case.proved.of(statement)
    if proof.void:
        return f"{reasons.why_void(case.register, proof)}, so it tells nothing"
    if statement.by and recipients.mask(flow.start.id) & ~recipients.union(statement.by):
        return (
            f"it is about what {phrases.names(case.register, Facet.RECIPIENT, statement.by)} does"
        )
    return ""


def _near(case: Case, flow: Flow, facet: Facet, statement: Statement) -> str:
    linked = case.settings.linked
    if unheard := _unheard(case, flow, statement):
        return unheard
    met = case.coverage.guards.met(statement, flow) if facet is Facet.PROMISE else Met.NOT
    if met:
        guards = phrases.guards(statement.unless)
        whose = "for the activity alone " if met is Met.INHERITED else ""
        return f"its exception is met by what is recorded {whose}({guards}), so it does not bite"
    if statement.evidence is Evidence.NO_TEXT:
        return "the text it quotes is not on file"
    if facet in linked and not linked <= statement.states.keys():
        return f"the settings want {phrases.several(sorted(linked))} told together"
    return ""


_ELSE = "about something else"
