"""The record of a sign-off: who put their name to a notice, on which day, and what they knew then."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.accepting.signatures import Contents, content, seal
from ropa.accepting.ssh import sign
from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.errors import CannotSign, UnknownName, did_you_mean
from ropa.findings import Finding, Severity
from ropa.judging.evidence import Rests
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.proposing.agreeing import Took, agreements, took
from ropa.register.model import Notice
from ropa.report import Report
from ropa.saying import phrases
from ropa.since import is_about
from ropa.visible import inert, visible

FOLDER = "sign-offs"
"""Where in the register the records are written."""

_HEAD = """# yaml-language-server: $schema=../../schemas/sign-off.schema.json
# Written by `ropa sign-off`. A change by hand shows; to sign again, run it again.
"""


class Signature(Struct, frozen=True):
    """Who signs, in which post, on which day, and why in spite of errors, where there are any."""

    by: str
    role: str
    signed: date
    reason: str
    key: Path | None = None


class SignedOff(Struct, frozen=True):
    """A new record: its path from the register on, its text, and what was signed in a few lines."""

    path: Path
    text: str
    summary: str


def day_to_judge(report: Report, wanted: str) -> date:
    """The day a notice is signed for: that of the report, or its first in force where that is still to come."""
    day = report.case.settings.day
    start = notice_named(report, wanted).start
    return max(day, start) if start else day


def sign_off(report: Report, wanted: str, signature: Signature) -> SignedOff:
    """The record of a signature under a notice, as the report has it. Raises `CannotSign`."""
    case, notice = report.case, notice_named(report, wanted)
    day = case.settings.day
    if not signature.by.strip():
        raise CannotSign("a signature needs a name; write it behind --by")
    if not notice.in_force(day):
        raise CannotSign(
            f"“{notice.name}” is not in force on {phrases.day(day)}; name a day on which it is with --as-of"
        )
    if report.undecided:
        raise CannotSign(
            f"not everything could be checked as of {phrases.day(day)}, so nobody can know what they sign; "
            "`ropa check` says what"
        )
    known = _known(report, notice)
    if known.errors and not signature.reason.strip():
        stands = "stands" if len(known.errors) == 1 else "stand"
        raise CannotSign(
            f"{phrases.count(len(known.errors), 'error')} about “{notice.name}” {stands} open; mend what is wrong, or "
            "say why it is signed all the same with --with-open-gaps REASON"
        )
    _must_be_new(case, notice, known.contents, signature)
    name = _free_name(case, f"{notice.id}-{signature.signed}")
    data: dict[str, Any] = {"kind": "sign-off", "id": name, "notice": notice.id}
    data |= _who(signature)
    data |= {"judged": _judged(report), "verdicts": _verdicts(known.contents)}
    rests = _rests(known.contents)
    data |= {"evidence": rests} if set(rests) - {str(Rests.WORDS)} else {}
    data |= _open(known, signature)
    if known.accepted:
        data["accepted"] = [_accepted(report, finding) for finding in known.accepted]
    aside = _aside(report, notice)
    data |= {"aside": aside} if aside else {}
    proposals = [_proposals(one, notice) for one in took(notice.statements)]
    data |= {"proposals": proposals} if proposals else {}
    data |= _signed(known.contents)
    data["seal"] = seal(data)
    lines = [*_summary(notice, signature, day, known)]
    lines += [line.rstrip(".") for line in proposal_lines(notice)]
    lines += [f"set aside by {one['by']}: “{one['sentence']}” ({one['reason']})" for one in aside]
    summary = inert("".join(f"{visible(line)}\n" for line in lines))
    text = _HEAD + "".join(_lines(data)) + _signed_with(data, signature.key)
    return SignedOff(Path(FOLDER, f"{name}.yaml"), text, summary)


def _signed_with(data: Mapping[str, Any], key: Path | None) -> str:
    """The signature of a record as the last lines of its document."""
    if key is None:
        return ""
    lines = sign(content(data), key).splitlines()
    return "".join(("signature: |\n", *(f"  {line}\n" for line in lines)))


def notice_named(report: Report, wanted: str) -> Notice:
    """The notice of that id. Raises `CannotSign` where not all could be read, and `UnknownName`."""
    notices = report.case.register.notices
    if wanted in notices:
        return notices[wanted]
    if not report.case.whole:
        raise CannotSign("not all of the register could be read; `ropa check` says what")
    there_are = f"; there are {', '.join(notices)}" if notices else ", and there are none"
    raise UnknownName(f"“{wanted}” is no notice{did_you_mean(wanted, notices)}{there_are}")


class _KnownThen(Struct, frozen=True):
    """What is known of a notice: what is signed, the errors and warnings that stand, and what is accepted."""

    contents: Contents
    standing: tuple[Finding, ...]
    accepted: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors that stand."""
        return tuple(f for f in self.standing if f.rule.severity is Severity.ERROR)


def _known(report: Report, notice: Notice) -> _KnownThen:
    case = report.case
    contents = case.signatures.contents(notice, case.settings.day)
    about = [f for f in report.findings if is_about(f, notice, contents.flows)]
    standing = (f for f in about if not f.accepted and f.rule.severity > Severity.NOTE)
    return _KnownThen(contents, tuple(standing), tuple(f for f in about if f.accepted))


def _must_be_new(case: Case, notice: Notice, contents: Contents, signature: Signature) -> None:
    """Raise where the same person has signed just this: a second record would say nothing."""
    for known in case.register.sign_offs.values():
        same = known.notice == notice.id and known.by == _flat(signature.by)
        if same and known.hashes == contents.hashes and known.as_of == case.settings.day:
            raise CannotSign(
                f"{known.by} signed “{notice.name}” on {phrases.day(known.signed)}, and nothing has changed "
                f"since: {known.origin.document.path}"
            )


def _free_name(case: Case, wanted: str) -> str:
    """The name of the record: the notice and the day, and a number where the day has one already."""
    taken, name, number = case.register.sign_offs, wanted, 2
    while name in taken or Path(case.root, FOLDER, f"{name}.yaml").exists():
        name, number = f"{wanted}-{number}", number + 1
    return name


def _who(signature: Signature) -> dict[str, Any]:
    role = {"role": _flat(signature.role)} if signature.role.strip() else {}
    return {"by": _flat(signature.by), **role, "signed": str(signature.signed)}


def _judged(report: Report) -> dict[str, Any]:
    settings = report.case.settings
    linked = {"linked": sorted(map(str, settings.linked))} if settings.linked else {}
    off = {"rules_off": list(report.chosen.off)} if report.chosen.off else {}
    said = {"as_of": str(settings.day), "mode": str(settings.mode), **linked}
    words = {"evidence": str(settings.evidence)} if settings.evidence is Rests.WORDS else {}
    untied = {"untied": str(settings.untied)} if settings.untied is Untied.OMITTED else {}
    return {**said, "max_hops": settings.max_hops, **words, **untied, **off}


def _open(known: _KnownThen, signature: Signature) -> dict[str, Any]:
    why = {"with_open_gaps": _flat(signature.reason)} if known.errors else {}
    findings = [
        {"finding": f.id, "severity": str(f.rule.severity), "says": _flat(f.problem.message)}
        for f in known.standing
    ]
    return {**why, "open": findings} if findings else {}


def _signed(contents: Contents) -> dict[str, Any]:
    hashes = dict(zip(("text", "statements", "flows", "verdicts"), contents.hashes, strict=True))
    return {"hashes": hashes, "flows": {id_: str(flow) for id_, flow in contents.flows.items()}}


def _verdicts(contents: Contents) -> dict[str, int]:
    """How many flows have each verdict, the worst first."""
    counted = Counter(signed.told.verdict for signed in contents.flows.values())
    return {str(verdict): counted[verdict] for verdict in sorted(counted)}


def _rests(contents: Contents) -> dict[str, int]:
    """What the clear flows rest on, the strongest first: how many on each."""
    told = (signed.told for signed in contents.flows.values())
    counted = Counter(t.evidence for t in told if t.verdict is Verdict.CLEAR)
    return {str(rests): counted[rests] for rests in Rests if counted[rests]}


def _aside(report: Report, notice: Notice) -> list[dict[str, str]]:
    """The sentences set aside that name somebody, of the notice that is signed."""
    return [
        {
            "sentence": _flat(reading.sentence.text),
            "reason": _flat(entry.aside.reason),
            "by": _flat(entry.aside.by),
        }
        for entry in report.case.aside
        if entry.notice.id == notice.id
        for reading in entry.names
    ]


def _proposals(one: Took, notice: Notice) -> dict[str, Any]:
    """What somebody accepted of whose proposals, and how often they said the same again."""
    said: dict[str, Any] = {"by": _flat(one.by)}
    said |= {"proposed_by": _flat(one.proposed_by)} if one.proposed_by else {}
    said |= {"statements": one.statements}
    said |= {"in_part": one.in_part} if one.in_part else {}
    said |= {"took": dict(one.keys)}
    theirs = (s for s in notice.statements if s.accepted)
    of_them = [s for s in theirs if s.accepted and s.accepted.proposed_by == one.proposed_by]
    for again in agreements(of_them):
        if again.by == one.by:
            counted = {"statements": again.statements, "whole": again.whole}
            said |= {"again": {**counted, "facets": again.asked, "same": again.same}}
    return said


def proposal_lines(notice: Notice) -> Iterator[str]:
    """Who accepted what of whose proposals, and how often each person agreed with themselves: a sentence each."""
    yield from (one.in_words for one in took(notice.statements))
    yield from (one.in_words for one in agreements(notice.statements))


_BY = {"words": "by words", "person": "as a person read the words", "reading": "by reading"}


def _accepted(report: Report, finding: Finding) -> dict[str, str]:
    if finding.exempted_by:
        return {"finding": finding.id, "by": _flat(f"exception {report.exemption_of(finding)}")}
    if not finding.waived_by:
        return {"finding": finding.id, "by": "baseline"}
    waiver = report.case.acceptance.waiver_of(finding)
    return {
        "finding": finding.id,
        "by": _flat(waiver.id),
        "owner": _flat(waiver.owner),
        "until": str(waiver.until),
    }


def _summary(notice: Notice, signature: Signature, day: date, known: _KnownThen) -> Iterator[str]:
    post = f", {_flat(signature.role)}," if signature.role.strip() else ""
    verdicts = _verdicts(known.contents).items()
    said = ", ".join(f"{number} {word}" for word, number in verdicts) or "nothing to tell"
    rests = _rests(known.contents)
    warnings = len(known.standing) - len(known.errors)
    yield f"{_flat(signature.by)}{post} signs “{notice.name}” on {phrases.day(signature.signed)}"
    yield f"{phrases.count(len(known.contents.flows), 'flow')} as of {phrases.day(day)}: {said}"
    if set(rests) - {str(Rests.WORDS)}:
        counted = ", ".join(f"{number} {_BY[word]}" for word, number in rests.items())
        yield f"clear: {counted}"
    yield (
        f"{phrases.count(len(known.errors), 'error')} and {phrases.count(warnings, 'warning')} open, "
        f"{phrases.count(len(known.accepted), 'finding')} accepted"
    )


def _flat(text: str) -> str:
    """On one line, and with nothing in it that cannot be seen."""
    return " ".join(visible(text).split())


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    """The record as YAML that reads well: a line for each thing that was known."""
    for key, value in data.items():
        match value:
            case list():
                yield f"{key}:\n"
                for entry in value:
                    yield from _entry(entry)
            case dict() if key in _LONG:
                yield f"{key}:{'' if value else ' {}'}\n"
                yield from (f"  {_scalar(k)}: {_scalar(v)}\n" for k, v in value.items())
            case dict():
                yield f"{key}: {_inside(value)}\n"
            case _:
                yield f"{key}: {_scalar(value)}\n"


_LONG = frozenset({"hashes", "flows"})


def _entry(entry: Mapping[str, Any]) -> Iterator[str]:
    start = "  - "
    for key, value in entry.items():
        yield f"{start}{key}: {_inside(value)}\n"
        start = "    "


def _inside(value: Any) -> str:
    """A value on one line; a list of plain words stays in brackets, and a mapping in braces."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_inside(held)}' for key, held in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Plain where that cannot be read as anything else, and in quotes elsewhere."""
    if isinstance(value, int):
        return str(value)
    plain = _PLAIN.fullmatch(value) and not _HASH.fullmatch(value)
    plain = plain and value.casefold() not in _NOT_TEXT
    return value if plain else json.dumps(value, ensure_ascii=False)


_PLAIN = regex(r"[A-Za-z][\w./~@',-]*(?: [\w./@'(][\w./@'(),-]*)*|\d{4}-\d\d-\d\d", re.ASCII)
_HASH = regex(r"[0-9a-f]{16}")  # one may be read as a number, so all are in quotes
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
