"""A notice leaves out something that people must always be told.

Who is responsible, how to reach them and their data protection officer, which rights people have
and where they can complain: all this is due to everybody whose data is used (Articles 13(1) and
(2), 14(1) and (2)). Some of it depends on what is done. The right to withdraw consent, say, is due
only where something rests on consent. Since 19 June 2026 people must also be told that they can
complain to the organisation itself (UK GDPR Articles 13(2)(ca) and 14(2)(da), Data Protection Act
2018 s.164A).

To mend it: write it in the notice, or in one that the notice sends its reader to (`layers`), and
tie the sentence to a statement with `informs`.

Fails:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: b}
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:                           # <- found here
      - quote: The library of Sampleton, Example Street 1, is responsible for your data
        informs: [controller-identity, controller-contact]
      - quote: You can ask for a copy of your data, and to have it put right, erased or restricted
        informs: [right-of-access, right-to-rectification, right-to-erasure, right-to-restriction]
      - quote: You can take your data elsewhere
        informs: right-to-portability

Passes:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: b}
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:
      - quote: The library of Sampleton, Example Street 1, is responsible for your data
        informs: [controller-identity, controller-contact]
      - quote: You can ask for a copy of your data, and to have it put right, erased or restricted
        informs: [right-of-access, right-to-rectification, right-to-erasure, right-to-restriction]
      - quote: You can take your data elsewhere
        informs: right-to-portability
      - quote: You can complain to us, and to the Information Commission
        informs: [complaint-to-controller, right-to-complain]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.gaps import place
from ropa.judging.items import ITEMS, ItemTold
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice
from ropa.rule import rule
from ropa.saying import phrases

_HOW = {Verdict.PARTIAL: "tells only some of"}
_DIRECT = ("13(1)(a)", "13(1)(b)", "13(1)(d)", "13(2)(b)", "13(2)(c)", "13(2)(ca)", "13(2)(d)")
_INDIRECT = ("14(1)(a)", "14(1)(b)", "14(2)(b)", "14(2)(c)", "14(2)(d)", "14(2)(da)", "14(2)(e)")
LAW = (*(f"UK GDPR Article {number}" for number in (*_DIRECT, *_INDIRECT)), "DPA 2018 s.164A")


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=LAW,
    rests_on=("duties/complaint-to-controller",),
    covers=(
        "N-1A",
        "N-1A-REP",
        "N-1B",
        "N-1D-LI",
        "N-1D-RLI",
        "N-2B",
        "N-2C",
        "N-2D",
        "N-2D-164A",
        "N-2E",
        "N-2F",
        "N-13v14",
        "G-26",
        "G-37",
    ),
)
def check(case: Case) -> Iterator[Problem]:
    counts = case.settings.untied is Untied.OMITTED
    for item, found in case.coverage.items_lacking():
        lacking = tuple(t for t in found if counts or t.verdict is not Verdict.UNTIED)
        if not lacking:
            continue
        notice = lacking[0].notice
        yield Problem(
            (notice.origin / "statements").location,
            f"“{notice.name}” {_whom(case, lacking)} {ITEMS[item]}{_perhaps(case, lacking)}",
            f"{_looks(case, notice, item)} with `informs: {item}`",
            tuple((place(s), _caption(told)) for told in lacking for s in told.told_by),
            f"notice/{notice.id}",
            item,
        )


def _looks(case: Case, notice: Notice, item: str) -> str:
    """What to do: quote the sentence that looks like it, or write one."""
    signs = case.signs(notice, _LOOKS_LIKE.get(item, item.replace("-", "_")))
    say = f"say it in “{notice.name}” or a notice it sends its reader to,"
    if signs:
        return (
            f"{case.whereabouts(signs[0])} of {notice.text} looks like it: if it says so, quote it"
        )
    return f"nothing in {notice.text} looks like it; {say}" if signs is not None else say


_LOOKS_LIKE = {
    "right-to-complain": "right_to_complain_ico",
    "statutory-requirement": "statutory_or_contractual_requirement",
    "automated-decisions": "automated_decision_making",
}
"""How `ropa notice inspect` calls an item, where it uses other words."""


def _whom(case: Case, lacking: tuple[ItemTold, ...]) -> str:
    """Who is not told, and who only in part."""
    groups: dict[str, list[str]] = {}
    for told in lacking:
        groups.setdefault(_HOW.get(told.verdict, "does not tell"), []).append(told.subject)
    notice = lacking[0].notice
    return phrases.several(f"{how} {case.readers(notice, of)}" for how, of in groups.items())


def _caption(told: ItemTold) -> str:
    return "tells some of them" if told.verdict is Verdict.PARTIAL else "may tell it"


def _perhaps(case: Case, lacking: tuple[ItemTold, ...]) -> str:
    """Who may tell it after all, if only that could be looked up."""
    open_ = [s for told in lacking if told.verdict is Verdict.UNDECIDABLE for s in told.told_by]
    return f"; {case.notices_saying(open_)} may do so, but cannot be checked" if open_ else ""
