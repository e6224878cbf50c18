"""For the terminal: which sentences turned, who must be told before, then what changed."""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from ropa.changes.comparison import ChangedEntry, Changes, Comparison, Shift
from ropa.changes.rewording import Reworded
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.saying.edits import marked
from ropa.visible import inert, visible

MOST_FLOWS = 3
MOST_SENTENCES = 5
"""Of each text, where its other words are shown."""


def render(comparison: Comparison) -> str:
    """The whole comparison; one that found nothing says so."""
    lines = (
        *_check(comparison),
        *_turned(comparison),
        *_head(comparison),
        *_body(comparison),
        *_foot(comparison),
    )
    return inert("".join(f"{visible(line)}\n" for line in lines))


def _head(comparison: Comparison) -> Iterator[str]:
    days = [phrases.day(r.case.settings.day) for r in (comparison.old, comparison.new)]
    yield f"before: {comparison.names[0]}, as of {days[0]}"
    yield f"now:    {comparison.names[1]}, as of {days[1]}"
    yield from (f"note:   {note}" for note in comparison.notes)


def _check(comparison: Comparison) -> Iterator[str]:
    """What a reviewer has to know before all else: what the change does to the check."""
    if comparison.check_itself:
        yield "What this does to the check itself:"
        yield from (f"  {line}" for line in comparison.check_itself)
        yield ""


def _turned(comparison: Comparison) -> Iterator[str]:
    """What is read first: a notice that says otherwise than it did."""
    for turn in comparison.rewording.turned:
        yield f"turned: “{turn.before}” → “{turn.after}”"
        yield from (f"        {edit}" for edit in turn.edits)
        yield f"        in “{turn.name}” ({turn.at})"
        if turn.flows:
            yield f"        quoted for {_flows(turn.flows)}"
    if comparison.rewording.turned:
        yield ""


def _body(comparison: Comparison) -> Iterator[str]:
    yield from _untold(comparison)
    yield from _changes("Activities", comparison.activities)
    flows = replace(comparison.flows, changed=comparison.flows_apart)
    verdicts = {t.flow.id: f" [{t.verdict}]" for t in comparison.new.case.coverage.flows}
    added = tuple(replace(f, words=f.words + verdicts.get(f.id, "")) for f in flows.added)
    yield from _changes("Flows", replace(flows, added=added))
    yield from _changes("Notices in force", comparison.notices)
    yield from _changes("Statements in force", comparison.statements)
    yield from _part("Quotes whose words changed", _quotes(comparison))
    yield from _part("Texts whose words changed", _texts(comparison))
    yield from _part("Verdicts", map(_shift, comparison.shifts))
    yield from _ended(comparison)
    yield from _findings(comparison)


def _untold(comparison: Comparison) -> Iterator[str]:
    if not comparison.untold:
        return
    register, notices = comparison.new.case.register, comparison.new.case.register.notices
    yield from ("", f"Newly untold: {len(comparison.untold)}")
    for number, untold in enumerate(comparison.untold, 1):
        people = phrases.names(register, Facet.SUBJECT, untold.people)
        yield f"  {number}. {people} have to be told that {untold.words}"
        yield f"     {untold.why}"
        yield f"     {untold.facet} {untold.verdict} in {_flows(untold.flows)}"
    yield from ("", "Who must be told:")
    for word, number in comparison.groups.items():
        yield f"  {phrases.name(register, Facet.SUBJECT, word)} ({number})"
    yield from ("", "Which notice to change first:")
    yield from (f"  “{notices[id_].name}” ({n})" for id_, n in comparison.first.items())
    if any(not untold.notices for untold in comparison.untold):
        yield "  and a notice for those whom none reaches"


def _flows(flows: tuple[str, ...]) -> str:
    more = len(flows) - MOST_FLOWS
    shown = [*flows[:MOST_FLOWS], f"{more} more"] if more > 0 else flows
    return phrases.several(shown)


def _changes(heading: str, changes: Changes) -> Iterator[str]:
    lines = [
        *(f"+ {_entry(entry)}" for entry in changes.added),
        *(f"- {_entry(entry)}" for entry in changes.removed),
        *(line for entry in changes.changed for line in _changed(entry)),
    ]
    yield from _part(heading, lines)


def _changed(entry: ChangedEntry) -> Iterator[str]:
    yield f"~ {_entry(entry)}"
    yield from (f"    {edit}" for edit in entry.edits)


def _entry(entry: ChangedEntry) -> str:
    return f"{entry.id}: {entry.words}"


def _quotes(comparison: Comparison) -> Iterator[str]:
    for quote in comparison.rewording.quotes:
        before, after = marked(quote.before, quote.after)
        yield f"~ {quote.id} in “{quote.name}”"
        yield from (f"    was “{before}”", f"    is  “{after}”")


def _texts(comparison: Comparison) -> Iterator[str]:
    for text in comparison.rewording.texts:
        yield f"~ {text.notice}: {text.name}: {text.in_words}"
        yield from (f"    {line}" for line in islice(_sentences(text), MOST_SENTENCES))


def _sentences(text: Reworded) -> Iterator[str]:
    for was, now in text.changed:
        before, after = marked(was, now)
        yield f"~ “{before}” → “{after}”"
    yield from (f"- “{sentence}”" for sentence in text.gone)
    yield from (f"+ “{sentence}”" for sentence in text.added)


def _shift(shift: Shift) -> str:
    same = shift.before is shift.after
    whole = f"still {shift.after}" if same else f"{shift.before} → {shift.after}"
    facets = (
        f"{facet} {_verdict(before)} → {_verdict(after)}" for facet, before, after in shift.facets
    )
    return f"{shift.how or 'same':<6} {shift.flow}: {whole} ({', '.join(facets)})"


def _verdict(verdict: Verdict | None) -> str:
    return "not due" if verdict is None else str(verdict)


def _ended(comparison: Comparison) -> Iterator[str]:
    lines = []
    for waiver, ran_out, standing in comparison.ended:
        how = f"ran out on {phrases.day(waiver.until)}" if ran_out else "was taken out"
        lines.append(f"{waiver.name} ({waiver.finding}) {how}")
        lines += [f"    stands again: {finding.id}" for finding in standing]
    yield from _part("Waivers that ended", lines)


def _findings(comparison: Comparison) -> Iterator[str]:
    new, gone = comparison.appeared, comparison.gone
    lines = [
        f"{finding.rule.severity}[{finding.rule.id}]: {finding.problem.message} ({finding.problem.at})"
        for finding in sorted(new, key=lambda f: -f.rule.severity)
    ]
    if new or gone:
        yield from _part(f"Findings: {len(new)} new, {len(gone)} gone", lines, even_empty=True)


def _part(heading: str, lines: Iterable[str], *, even_empty: bool = False) -> Iterator[str]:
    found = list(lines)
    if found or even_empty:
        yield from ("", heading, *(f"  {line}" for line in found))


def _foot(comparison: Comparison) -> Iterator[str]:
    yield ""
    if comparison.same:
        yield "Nothing changed."
    elif not comparison.untold:
        yield "Nobody has to be told of anything new."
    if comparison.undecided:
        yield "Not everything could be checked, so something may be missing here; `ropa check` says what."
