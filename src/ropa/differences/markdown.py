"""For a comment on a pull request: which sentences turned and who must be told, open to see; what changed, folded."""

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from ropa.changes.comparison import ChangedEntry, Changes, Comparison, Shift
from ropa.changes.rewording import Reworded
from ropa.findings import Finding
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.saying.edits import marked
from ropa.visible import in_markdown

LONGEST = 60_000
"""A comment on a pull request has room for 65 536 characters."""
MOST_LINES = (200, 50, 15, 5, 2)
"""In one part: as many as fit."""
LONGEST_LINE = 500
"""Where not even two of each part fit."""
MOST_FLOWS = 5
MOST_SENTENCES = 5
"""Of each text, where its other words are shown."""

_Part = tuple[str, list[str]]
"""What to read before it is unfolded, and what is folded away."""


def render(comparison: Comparison) -> str:
    """The whole comparison; what is long is folded away, and what is too long says how much more there is."""
    shown = ""
    for most in MOST_LINES:
        shown = "".join(f"{line}\n" for line in _lines(comparison, most))
        if len(shown) <= LONGEST:
            return shown
    return _cut(shown)


def _cut(shown: str) -> str:
    """As many lines as fit, none of them long, and nothing left unfolded."""
    kept, room = [], LONGEST - LONGEST_LINE
    for line in shown.splitlines():
        short = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rstrip(_ESCAPE)} …"
        room -= len(short) + 1
        if room < 0:
            break
        kept.append(short)
    opened = kept.count("</details>") < sum(line.startswith("<details>") for line in kept)
    kept += ("", "</details>") if opened else ()
    return "\n".join((*kept, "", "**What is longer than a comment may be is left out.**", ""))


_ESCAPE = "\\"


def _lines(comparison: Comparison, most: int) -> Iterator[str]:
    yield "## What this changes for the people whose data it is"
    yield ""
    yield from _check(comparison)
    yield from _turned(comparison, most)
    yield from _head(comparison)
    yield from _untold(comparison, most)
    yield from _folded(*_shifts(comparison), most)
    flows = replace(comparison.flows, changed=comparison.flows_apart)
    yield from _folded(*_changes("Activities", comparison.activities), most)
    yield from _folded(*_changes("Flows", flows), most)
    yield from _folded(*_changes("Notices in force", comparison.notices), most)
    yield from _folded(*_changes("Statements in force", comparison.statements), most)
    yield from _folded(*_quotes(comparison), most)
    yield from _folded(*_texts(comparison), most)
    yield from _folded(*_ended(comparison), most)
    yield from _folded(*_findings(comparison), most)


def _check(comparison: Comparison) -> Iterator[str]:
    if comparison.check_itself:
        yield "**What this does to the check itself**"
        yield ""
        yield from (f"- {in_markdown(line)}" for line in comparison.check_itself)
        yield ""


def _head(comparison: Comparison) -> Iterator[str]:
    days = [phrases.day(r.case.settings.day) for r in (comparison.old, comparison.new)]
    names = [in_markdown(name) for name in comparison.names]
    yield f"From {names[0]} as of {days[0]} to {names[1]} as of {days[1]}."
    yield ""
    for note in comparison.notes:
        yield from (f"{in_markdown(note[:1].upper() + note[1:])}.", "")
    if comparison.undecided:
        yield "**Not everything could be checked, so something may be missing here.**"
        yield ""
    if comparison.same:
        yield "Nothing changed."
    elif not comparison.untold:
        yield "Nobody has to be told of anything new."


def _turned(comparison: Comparison, most: int) -> Iterator[str]:
    turns = comparison.rewording.turned
    for turn in turns[:most]:
        yield f"**Turned:** {in_markdown(f'“{turn.before}” → “{turn.after}”', begins=False)}"
        yield ""
        yield from (f"- {in_markdown(str(edit))}" for edit in turn.edits)
        yield f"- in “{in_markdown(turn.name, begins=False)}” ({in_markdown(str(turn.at))})"
        if turn.flows:
            yield f"- quoted for {in_markdown(_flows(turn.flows))}"
        yield ""
    if len(turns) > most:
        yield from (f"… and {len(turns) - most} more sentences that turned.", "")


def _flows(flows: tuple[str, ...]) -> str:
    more = len(flows) - MOST_FLOWS
    return ", ".join(flows[:MOST_FLOWS]) + (f" and {more} more" if more > 0 else "")


def _untold(comparison: Comparison, most: int) -> Iterator[str]:
    if not comparison.untold:
        return
    register = comparison.new.case.register
    number = len(comparison.untold)
    yield f"**{number} thing{'' if number == 1 else 's'} people have to be told, and no notice tells them.**"
    yield ""
    yield "| Who | has to be told that | Why now | Notice to change |"
    yield "|---|---|---|---|"
    for untold in comparison.untold[:most]:
        people = phrases.names(register, Facet.SUBJECT, untold.people)
        names = phrases.several(f"“{register.notices[id_].name}”" for id_ in untold.notices)
        cells = (
            people,
            f"{untold.words} ({untold.facet} {untold.verdict}: {_flows(untold.flows)})",
            untold.why,
            names or "no notice reaches them: publish one",
        )
        yield f"| {' | '.join(map(in_markdown, cells))} |"
    if number > most:
        yield f"| … | and {number - most} more | | |"
    yield ""
    groups = (phrases.name(register, Facet.SUBJECT, word) for word in comparison.groups)
    yield f"Who must be told: {in_markdown(phrases.several(groups))}."
    first = (f"“{register.notices[id_].name}” ({n})" for id_, n in comparison.first.items())
    if comparison.first:
        yield ""
        yield f"Which notice to change first: {in_markdown(', then '.join(first))}."


def _shifts(comparison: Comparison) -> _Part:
    shifts = comparison.shifts
    worse = sum(shift.how == "worse" for shift in shifts)
    better = sum(shift.how == "better" for shift in shifts)
    return f"Verdicts: {worse} worse, {better} better", [*map(_shift, shifts)]


def _shift(shift: Shift) -> str:
    whole = f"{shift.before} → {shift.after}" if shift.how else f"still {shift.after}"
    facets = (f"{facet} {_verdict(old)} → {_verdict(new)}" for facet, old, new in shift.facets)
    return "- " + in_markdown(f"{shift.flow}: {whole} ({', '.join(facets)})")


def _verdict(verdict: Verdict | None) -> str:
    return "not due" if verdict is None else str(verdict)


def _changes(heading: str, changes: Changes) -> _Part:
    added, removed, changed = map(len, (changes.added, changes.removed, changes.changed))
    lines = [
        *(f"- added: {_entry(entry)}" for entry in changes.added),
        *(f"- removed: {_entry(entry)}" for entry in changes.removed),
        *(f"- changed: {_entry(entry)}{_edits(entry)}" for entry in changes.changed),
    ]
    return f"{heading}: {added} added, {removed} removed, {changed} changed", lines


def _entry(entry: ChangedEntry) -> str:
    return in_markdown(f"{entry.words} ({entry.id})")


def _edits(entry: ChangedEntry) -> str:
    return "".join(f"\n  - {in_markdown(str(edit))}" for edit in entry.edits)


def _quotes(comparison: Comparison) -> _Part:
    lines = []
    for quote in comparison.rewording.quotes:
        before, after = marked(quote.before, quote.after)
        said = f"{quote.id}: was “{before}”, is “{after}”"
        lines.append(f"- {in_markdown(said)}")
    return f"Quotes whose words changed: {len(lines)}", lines


def _texts(comparison: Comparison) -> _Part:
    lines, texts = [], comparison.rewording.texts
    for text in texts:
        lines.append(f"- {in_markdown(f'{text.name} ({text.notice}): {text.in_words}')}")
        lines += [f"  - {line}" for line in islice(_sentences(text), MOST_SENTENCES)]
    return f"Texts whose words changed: {len(texts)}", lines


def _sentences(text: Reworded) -> Iterator[str]:
    for was, now in text.changed:
        before, after = marked(was, now)
        yield in_markdown(f"“{before}” → “{after}”")
    yield from (f"gone: {in_markdown(f'“{sentence}”')}" for sentence in text.gone)
    yield from (f"added: {in_markdown(f'“{sentence}”')}" for sentence in text.added)


def _ended(comparison: Comparison) -> _Part:
    lines = []
    for waiver, ran_out, standing in comparison.ended:
        how = f"ran out on {phrases.day(waiver.until)}" if ran_out else "was taken out"
        again = f"; {len(standing)} of what it accepted stands again" if standing else ""
        lines.append(f"- {in_markdown(f'{waiver.name} ({waiver.finding}) {how}{again}')}")
    return f"Waivers that ended: {len(lines)}", lines


def _findings(comparison: Comparison) -> _Part:
    new = sorted(comparison.appeared, key=lambda finding: -finding.rule.severity)
    heading = f"Findings: {len(new)} new, {len(comparison.gone)} gone"
    gone = (f"- gone: {in_markdown(finding.problem.message)}" for finding in comparison.gone)
    return heading, [*map(_finding, new), *gone]


def _finding(finding: Finding) -> str:
    said = f"{finding.problem.message} ({finding.problem.at})"
    return f"- new {finding.rule.severity} {in_markdown(said)} [{finding.rule.id}]"


def _folded(heading: str, lines: list[str], most: int) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"<details><summary>{heading}</summary>"
    yield ""
    yield from lines[:most]
    if len(lines) > most:
        yield f"- and {len(lines) - most} more"
    yield ""
    yield "</details>"
