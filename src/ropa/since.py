"""What is new since a notice was signed off: the flows and findings that whoever signed did not have before them."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from ropa.accepting.signatures import Lapse
from ropa.findings import Finding, Severity
from ropa.register.model import Notice, SignOff
from ropa.report import Report
from ropa.saying import phrases


class NewSinceSigned(Struct, frozen=True):
    """What came since one sign-off: flows by their ids, each with what is otherwise, and the ids of findings.

    A flow is new, not as it was recorded, or told otherwise. A finding is an error or a warning about the notice or
    about a flow of the people it reaches, that was neither open nor accepted when it was signed.
    """

    sign_off: SignOff
    notice: Notice
    flows: Mapping[str, str]
    findings: tuple[str, ...]

    def __str__(self) -> str:
        said = (
            phrases.count(
                len(self.flows), "flow is new or otherwise", "flows are new or otherwise"
            ),
            phrases.count(len(self.findings), "finding is new", "findings are new"),
        )
        numbers = phrases.several(
            one for one, there in zip(said, (self.flows, self.findings), strict=True) if there
        )
        who = f"signed off by {self.sign_off.by} on {phrases.day(self.sign_off.signed)}"
        return f"since “{self.notice.name}” was {who}, {numbers}"


def new_since_signed(report: Report) -> tuple[NewSinceSigned, ...]:
    """For each sign-off that counts, was not altered, and since which something is new; none where not all was read."""
    signatures = report.case.signatures
    if not report.case.whole:  # what was not read may be as it was
        return ()
    lapses = {lapse.sign_off.id: lapse for lapse in signatures.lapsed()}
    found = (
        NewSinceSigned(
            sign_off,
            notice,
            dict(_flows(lapses.get(sign_off.id))),
            tuple(_findings(report, sign_off, notice)),
        )
        for sign_off, notice in signatures.counting
        if sign_off not in signatures.altered
    )
    return tuple(since for since in found if since.flows or since.findings)


def is_about(finding: Finding, notice: Notice, flows: Collection[str]) -> bool:
    """Whether a finding is about the notice, or about one of the flows that the people it reaches are to be told of."""
    where = finding.problem.where
    own = f"notice/{notice.id}"
    return where == own or where.startswith(f"{own}#") or where in flows


def _flows(lapse: Lapse | None) -> Iterator[tuple[str, str]]:
    if lapse:
        yield from ((signed.told.flow.id, "told otherwise") for signed, _ in lapse.otherwise)
        yield from ((flow.id, "not as it was") for flow in lapse.changed)
        yield from ((flow.id, "new") for flow in lapse.new)


def _findings(report: Report, sign_off: SignOff, notice: Notice) -> Iterator[str]:
    """Of a notice that was judged for a day to come, today's findings say nothing of what was signed."""
    day = report.case.settings.day
    if sign_off.as_of > day or not notice.in_force(day):
        return
    accepted = sign_off.origin.document.data.get("accepted", ())
    known = {one.finding for one in sign_off.open} | {one["finding"] for one in accepted}
    flows = {told.flow.id for told in report.case.signatures.told_to(notice, day)}
    for finding in report.standing:
        told = finding.rule.severity > Severity.NOTE and finding.rule.id not in _OF_SIGN_OFFS
        if told and finding.id not in known and is_about(finding, notice, flows):
            yield finding.id


_OF_SIGN_OFFS = frozenset({"sign-off-altered", "sign-off-out-of-date"})
"""Neither they nor notes are in any record."""
