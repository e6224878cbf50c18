"""For programs: a versioned shape, described in docs/json.md and schemas/report.schema.json."""

from collections import Counter
from typing import Any

from ropa.accepting.signatures import Lapse
from ropa.case import AsideEntry, Case
from ropa.causes import Cause, causes
from ropa.drafting.mending import DraftSentence, repair
from ropa.findings import Finding, Severity
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.register.model import SignOff, Waiver
from ropa.report import Report, settings_in_words, trust_in_words
from ropa.since import NewSinceSigned, new_since_signed
from ropa.visible import place_in_json, to_json

VERSION = 2


def render(report: Report) -> str:
    return to_json(_report(report))


def _report(report: Report) -> dict[str, Any]:
    case = report.case
    organisation = case.register.organisation
    return {
        "version": VERSION,
        "register": {"root": case.root, "organisation": organisation.id if organisation else None},
        "settings": _settings(report),
        "summary": _summary(report),
        "findings": [_finding(case, finding) for finding in report.findings],
        "causes": [_cause(cause) for cause in causes(report).all],
        "waivers": [_waiver(case, waiver) for waiver in case.acceptance.waivers],
        "sign_offs": _sign_offs(report),
        "drafts": [_draft(sentence) for sentence in repair(case.coverage).sentences],
    }


def _settings(report: Report) -> dict[str, Any]:
    case, settings = report.case, report.case.settings
    return {
        "as_of": settings.day.isoformat(),
        "mode": str(settings.mode),
        "linked": sorted(str(facet) for facet in settings.linked),
        "max_hops": settings.max_hops,
        "evidence": str(settings.evidence),
        "untied": str(settings.untied),
        "home": case.register.home,
        "regimes": list(case.register.regimes),
        "file": settings.read_from or None,
        "trusted": case.trust.revision or None,
        "remarks": [*settings_in_words(report.chosen, settings), *trust_in_words(case)],
    }


def _summary(report: Report) -> dict[str, Any]:
    case = report.case
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    return {
        "activities": len(case.register.activities),
        "notices": [notice.id for notice in case.coverage.voices.notices],
        "flows": len(case.coverage.flows),
        "verdicts": {str(verdict): verdicts[verdict] for verdict in Verdict},
        "evidence": {str(rests): case.coverage.clear_by[rests] for rests in Rests},
        "void": [statement.id for statement in case.coverage.void],
        "not_read": [
            {"notice": notice.id, "language": notice.language or None}
            for notice in case.coverage.unread
        ],
        "untied": [
            {"notice": id_, "sentences": len(waiting), "speaking": len(case.untied_in(id_))}
            for id_, waiting in case.coverage.waiting.items()
        ],
        "aside": [_aside(entry) for entry in case.aside],
        "findings": {str(severity): report.count(severity) for severity in Severity},
        "waived": len(report.waived),
        "exempted": len(report.exempted),
        "known": len(report.known),
        "rules": {
            "asked": len(report.rules),
            "off": list(report.chosen.off),
            "kept": list(report.chosen.kept),
            "regraded": [info.id for info in report.chosen.regraded],
        },
        "undecided": report.undecided,
    }


def _aside(entry: AsideEntry) -> dict[str, Any]:
    aside = entry.aside
    return {
        "notice": entry.notice.id,
        "quote": aside.quote or None,
        "heading": aside.heading or None,
        "reason": aside.reason,
        "by": aside.by,
        "on": aside.on.isoformat() if aside.on else None,
        "names": [reading.sentence.text for reading in entry.names],
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
        "exempted_by": _exempted_by(case, finding),
        "known": finding.known,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    remedy = cause.remedy
    return {
        "id": cause.id,
        "says": cause.says,
        "extent": cause.extent,
        "severity": str(cause.severity),
        "undecided": cause.undecided,
        "flows": list(cause.flows),
        "subjects": list(cause.groups),
        "findings": [finding.id for finding in cause.findings],
        "remedy": {
            "do": remedy.do,
            "command": remedy.command or None,
            "draft": _draft(remedy.sentence) if remedy.sentence else None,
        },
    }


def _exempted_by(case: Case, finding: Finding) -> dict[str, str] | None:
    """The exception from telling people that answers for a finding: who claims it, and why."""
    activity = case.register.activities.get(finding.exempted_by)
    exemption = activity.record.exemption if activity else None
    if activity is None or exemption is None:
        return None
    return {
        "activity": activity.id,
        "provision": exemption.provision,
        "reason": exemption.reason,
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


def _sign_offs(report: Report) -> list[dict[str, Any]]:
    case = report.case
    news = {since.sign_off.id: since for since in new_since_signed(report)}
    counting = {sign_off.id for sign_off, _ in case.signatures.counting}
    lapsed = case.signatures.lapsed() if case.whole else ()  # what was not read may be as it was
    lapses = {lapse.sign_off.id: lapse for lapse in lapsed}
    return [
        {
            **_sign_off(case, sign_off, sign_off.id in counting, lapses.get(sign_off.id)),
            "since": _since(news.get(sign_off.id)),
        }
        for sign_off in case.register.sign_offs.values()
    ]


def _since(since: NewSinceSigned | None) -> dict[str, Any]:
    return {
        "flows": [{"flow": id_, "how": how} for id_, how in since.flows.items()] if since else [],
        "findings": list(since.findings) if since else [],
    }


def _sign_off(case: Case, sign_off: SignOff, counts: bool, lapse: Lapse | None) -> dict[str, Any]:
    altered = sign_off in case.signatures.altered
    settled = counts and (altered or case.whole)
    return {
        "id": sign_off.id,
        "notice": sign_off.notice,
        "by": sign_off.by,
        "role": sign_off.role or None,
        "signed": sign_off.signed.isoformat(),
        "as_of": sign_off.as_of.isoformat(),
        "with_open_gaps": sign_off.reason or None,
        "open": [
            {"finding": known.finding, "severity": known.severity, "says": known.says}
            for known in sign_off.open
        ],
        "counts": counts,
        "altered": altered,
        "key": case.signatures.key_in_words(sign_off),
        "holds": not altered and lapse is None if settled else None,
        "changed": list(lapse.in_words(case.register)) if lapse else [],
        "place": place_in_json(sign_off.origin.location),
    }


def _draft(sentence: DraftSentence) -> dict[str, Any]:
    return {
        "notice": sentence.notice.id,
        "subjects": list(sentence.groups),
        "wording": sentence.wording,
        "statement": sentence.statement,
        "caution": sentence.caution or None,
        "closes": [{"flow": flow, "facet": str(facet)} for flow, facet in sentence.closes],
    }
