"""For programs: a versioned shape, described in docs/json.md and schemas/report.schema.json."""

from collections import Counter
from typing import Any

from ropa.case import Case, Report
from ropa.findings import Finding, Severity
from ropa.model import Waiver
from ropa.repair import Sentence, repair
from ropa.verdict import Verdict
from ropa.visible import place_in_json, to_json

VERSION = 1


def render(report: Report) -> str:
    return to_json(_report(report))


def _report(report: Report) -> dict[str, Any]:
    case = report.case
    organisation = case.register.organisation
    return {
        "version": VERSION,
        "register": {"root": case.root, "organisation": organisation.id if organisation else None},
        "settings": _settings(case),
        "summary": _summary(report),
        "findings": [_finding(case, finding) for finding in report.findings],
        "waivers": [_waiver(case, waiver) for waiver in case.acceptance.waivers],
        "drafts": [_draft(sentence) for sentence in repair(case.coverage).sentences],
    }


def _settings(case: Case) -> dict[str, Any]:
    settings = case.settings
    return {
        "as_of": settings.day.isoformat(),
        "mode": str(settings.mode),
        "linked": sorted(str(facet) for facet in settings.linked),
        "max_hops": settings.max_hops,
        "home": case.register.home,
        "regimes": list(case.register.regimes),
        "file": settings.read_from or None,
    }


def _summary(report: Report) -> dict[str, Any]:
    case = report.case
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    return {
        "activities": len(case.register.activities),
        "notices": [notice.id for notice in case.coverage.voices.notices],
        "flows": len(case.coverage.flows),
        "verdicts": {str(verdict): verdicts[verdict] for verdict in Verdict},
        "findings": {str(severity): report.count(severity) for severity in Severity},
        "waived": len(report.waived),
        "known": len(report.known),
        "rules": {
            "asked": len(report.rules),
            "off": list(report.chosen.off),
            "kept": list(report.chosen.kept),
            "regraded": [info.id for info in report.chosen.regraded],
        },
        "undecided": report.undecided,
    }


def _finding(case: Case, finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "severity": str(finding.rule.severity),
        "message": problem.message,
        "hint": problem.hint or None,
        "about": problem.where,
        "flow": problem.where if problem.where in case.coverage.by_id else None,
        "facet": problem.facet or None,
        "place": place_in_json(problem.at),
        "related": [
            {"place": place_in_json(at), "caption": caption} for at, caption in problem.related
        ],
        "law": list(finding.rule.law),
        "undecided": finding.rule.undecided,
        "waived_by": finding.waived_by or None,
        "known": finding.known,
    }


def _waiver(case: Case, waiver: Waiver) -> dict[str, Any]:
    acceptance = case.acceptance
    return {
        "id": waiver.id,
        "finding": waiver.finding,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "until": waiver.until.isoformat(),
        "ticket": waiver.ticket or None,
        "place": place_in_json(waiver.origin.location),
        "accepts": [finding.id for finding in acceptance.accepted.get(waiver, ())],
        "seen": acceptance.prints.get(waiver),
    }


def _draft(sentence: Sentence) -> dict[str, Any]:
    return {
        "notice": sentence.notice.id,
        "subjects": list(sentence.groups),
        "wording": sentence.wording,
        "statement": sentence.statement,
        "closes": [{"flow": flow, "facet": str(facet)} for flow, facet in sentence.closes],
    }
