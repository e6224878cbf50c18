"""For code scanning: SARIF 2.1.0, within what GitHub takes.

Nothing that is accepted is in it, because GitHub shows suppressed results like all others. What was left out, and
which rules were off, stands in the notifications.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from ropa.ci import Annotation, AnnotationPlace, annotations, sentence
from ropa.findings import RuleInfo
from ropa.report import Report, remarks
from ropa.rule import grounds
from ropa.visible import to_json

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_RESULTS = 25_000
"""With more, GitHub refuses the file."""
MOST_PLACES = 99
"""GitHub stores a hundred of a result, the primary one among them."""


class SarifRun(Struct, frozen=True):
    """One run as SARIF tells it: what was found, the worst first and no more than GitHub takes; whether all could be
    checked; and what is to be known beside, in sentences. `folder` keeps it apart from other runs."""

    found: Sequence[Annotation]
    folder: str
    whole: bool
    notes: Sequence[str]


def render(report: Report) -> str:
    found = annotations(report)
    notes = _notes(report, left_out=len(found) - len(found[:MOST_RESULTS]))
    case = report.case
    return log(
        SarifRun(found[:MOST_RESULTS], case.in_repository, not report.undecided, tuple(notes))
    )


def log(run: SarifRun) -> str:
    """The whole file of one run."""
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run)]})


def _run(run: SarifRun) -> dict[str, Any]:
    rules = {info.id: info for info in sorted((a.rule for a in run.found), key=lambda r: r.id)}
    driver = {
        "name": "ropa",
        "semanticVersion": version("ropa-checker"),
        "rules": [_rule(info) for info in rules.values()],
    }
    numbers = {id_: number for number, id_ in enumerate(rules)}
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": _analysis(run.folder)},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "invocations": [_invocation(run)],
        "results": [_result(annotation, numbers[annotation.rule.id]) for annotation in run.found],
    }


def _analysis(folder: str) -> str:
    """What GitHub keeps apart: two registers of one repository do not replace each other's results."""
    return "ropa/" if folder == "." else f"ropa/{_uri(folder)}/"


def _rule(info: RuleInfo) -> dict[str, Any]:
    facts = tuple(grounds(info))
    listed = "".join(f"- {fact}\n" for fact in facts)
    return {
        "id": info.id,
        "shortDescription": {"text": info.summary},
        "fullDescription": {"text": _first(info.explanation) or info.summary},
        "help": {  # viewers show it as it is, so the braces of the examples are not doubled
            "text": "\n".join((info.summary, *facts, "", info.explanation)),
            "markdown": f"{info.summary}\n\n{listed}\n{info.explanation}",
        },
        "defaultConfiguration": {"level": str(info.severity)},
        "properties": {"tags": ["privacy", "gdpr"], "precision": "very-high"},
    }


def _first(explanation: str) -> str:
    """The first paragraph of a page, unless the page begins with its examples."""
    paragraph = explanation.partition("\n\n")[0]
    return "" if paragraph.endswith(":") else " ".join(paragraph.split())


def _result(annotation: Annotation, number: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": annotation.rule.id,
        "ruleIndex": number,
        "level": str(annotation.rule.severity),
        "message": {"text": _message(annotation)},
        "locations": [_location(annotation.at)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{annotation.fingerprint()}:{annotation.number}"
        },
        "properties": {"finding": annotation.finding.id},
    }
    if annotation.related:
        result["relatedLocations"] = [
            {"id": id_, **_location(at), "message": {"text": plain(sentence(caption))}}
            for id_, (at, caption) in _numbered(annotation)
        ]
    return result


def _message(annotation: Annotation) -> str:
    """The sentences, and links to the related places: GitHub shows those only where the message names them."""
    links = (
        f"{plain(sentence(caption)).rstrip('.:')}: [{_link(str(at))}]({id_})."
        for id_, (at, caption) in _numbered(annotation)
    )
    return " ".join((plain(annotation.message), *links))


def _numbered(annotation: Annotation) -> Iterable[tuple[int, tuple[AnnotationPlace, str]]]:
    return enumerate(annotation.related[:MOST_PLACES], 1)


def _location(at: AnnotationPlace) -> dict[str, Any]:
    region: dict[str, int] = {"startLine": at.line}
    if not at.part:
        region |= {"startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    artifact = {"uri": _uri(at.path), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _invocation(run: SarifRun) -> dict[str, Any]:
    notes = [{"level": "note", "message": {"text": text}} for text in run.notes]
    invocation: dict[str, Any] = {"executionSuccessful": run.whole}
    return {**invocation, "toolExecutionNotifications": notes} if notes else invocation


def _notes(report: Report, *, left_out: int) -> Iterator[str]:
    if report.undecided:
        yield "Not everything could be checked, so this run proves nothing yet."
    if left_out:
        yield too_many(left_out)
    exempted = "answered for by an exemption from telling people"
    for found, why in (
        (report.waived, "waived"),
        (report.known, "in the baseline"),
        (report.exempted, exempted),
    ):
        if found:
            yield f"Left out because they are {why}: {len(found)}."
    for line in remarks(report):
        yield plain(sentence(line))


def too_many(left_out: int) -> str:
    """What is said of the results that GitHub would not take."""
    return f"{left_out} more findings, none of them worse, are left out: GitHub takes no more."


def _uri(path: str) -> str:
    """A path as a relative reference; a colon in its first part would read as a scheme."""
    return quote(os.fsencode(path), safe="/")


def plain(text: str) -> str:
    """Text of others inside a message, where `[words](where)` would be a link and `{0}` a slot."""
    return _braces(re.sub(r"\](?=\()", "] ", text))


def _link(text: str) -> str:
    return _braces(re.sub(r"[\\\[\]]", r"\\\g<0>", text))


def _braces(text: str) -> str:
    """SARIF wants braces that are no slot doubled (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")
