"""The record of a controller in the columns of the ICO's template for controllers, in their order.

The template has its headings in the ninth row, below blocks for the controller, the officer and the
representative. Sources: the ICO's documentation template for controllers, as described in
docs/decisions/2026-11-25-ico-template.md.
"""

from collections.abc import Callable

from ropa.documents.patterns import regex
from ropa.record.fields import BASES, CONDITIONS, YES_NO
from ropa.record.tables import Cell, Record, Row, lines
from ropa.record.workbook import workbook
from ropa.record.workbook.workbook import ColumnHeading, Sheet
from ropa.visible import visible

_EMAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = regex(r"(?:\+|\b0)\d[\d ()-]{7,}\d")


def render(record: Record) -> bytes:
    ours = record.organisation.rows[0] if record.organisation.rows else {}
    headings = tuple(
        ColumnHeading(h, width, choices, needed) for h, width, choices, needed, _ in _COLUMNS
    )
    rows = [[say(row, ours) for *_, say in _COLUMNS] for row in record.controller.rows]
    return workbook.write(
        record.title, [Sheet("Template", headings, rows, _blocks(ours, record), frozen=2)]
    )


def _blocks(ours: Row, record: Record) -> list[list[str]]:
    """The first eight rows: three blocks of name, address, e-mail and telephone, side by side."""
    blocks = (
        ("Controller", str(ours.get("name") or ""), str(ours.get("contact") or "")),
        ("Data Protection Officer", "", str(ours.get("dpo") or "")),
        ("Representative", "", str(ours.get("representative") or "")),
    )
    columns = [(title, *_contact(name, said)) for title, name, said in blocks]
    first = [cell for title, *_ in columns for cell in (title, "", "")]
    labels = ("Name", "Address", "Email", "Telephone")
    rows = [
        [cell for column in columns for cell in (label, column[number], "")]
        for number, label in enumerate(labels, 1)
    ]
    incomplete = [visible(" ".join(record.remarks))] if record.missing else []
    return [first, *rows, [], incomplete, []]


def _contact(name: str, said: str) -> tuple[str, str, str, str]:
    """What a contact in one line says, by its kind; what begins it is the name where none is known."""
    email, telephone = _EMAIL.search(said), _TELEPHONE.search(said)
    found = [match[0] for match in (email, telephone) if match]
    rest = said
    for piece in found:
        rest = rest.replace(piece, "")
    parts = [part for part in (piece.strip(" ;,") for piece in rest.split(",")) if part]
    if not name and parts:
        name, *parts = parts
    return name, ", ".join(parts), email[0] if email else "", telephone[0] if telephone else ""


def _cell(key: str) -> Callable[[Row, Row], Cell]:
    return lambda row, _: row.get(key)


def _purposes(row: Row, _: Row) -> Cell:
    return (*lines(row["name"]), *lines(row["purposes"]))


def _joint(row: Row, _: Row) -> Cell:
    return (*lines(row["joint_controllers"]), *lines(row["arrangement"]))


def _security(row: Row, ours: Row) -> Cell:
    return (*lines(row["security"]), *lines(ours.get("security")))


def _basis(row: Row, _: Row) -> Cell:
    return row.get("basis")


def _interests(row: Row, _: Row) -> Cell:
    return (*lines(row.get("interests")), *lines(row.get("annex_1")))


def _rights(row: Row, _: Row) -> Cell:
    return row["rights"] or row["rights_by_basis"]


def _automated(row: Row, _: Row) -> Cell:
    keys = ("automated_decisions", "automated_decisions_logic", "automated_decisions_consequences")
    return tuple(line for key in keys for line in lines(row.get(key)))


def _progress(row: Row, _: Row) -> Cell:
    signed = lines(row.get("dpia_date"))
    return (*(f"dated {day}" for day in signed), *lines(row.get("dpia_reason")))


def _breached(row: Row, _: Row) -> Cell:
    return True if row["breaches"] else None


def _basis_and_law(row: Row, _: Row) -> Cell:
    """Beside the condition of Schedule 1: the basis with the law it rests on."""
    if not row.get("schedule_1"):
        return None
    return (*lines(row.get("basis")), *lines(row.get("basis_law")))


def _policy(key: str) -> Callable[[Row, Row], Cell]:
    """What the activity says of the policy document, or the organisation for all that have a condition."""

    def say(row: Row, ours: Row) -> Cell:
        if row.get("policy_document") or row.get("policy_document_reason"):
            return row.get(f"policy_document{key}")
        return ours.get(f"policy_document{key}") if row.get("schedule_1") else None

    return say


_COLUMNS: tuple[tuple[str, int, tuple[str, ...], bool, Callable[[Row, Row], Cell]], ...] = (
    ("Business function", 22, (), False, _cell("owner")),
    ("Purpose of processing", 34, (), True, _purposes),
    ("Name and contact details of joint controller (if applicable)", 28, (), True, _joint),
    ("Categories of individuals", 26, (), True, _cell("subjects")),
    ("Categories of personal data", 34, (), True, _cell("data")),
    ("Categories of recipients", 38, (), True, _cell("recipients")),
    ("Link to contract with processor", 34, (), False, _cell("agreements")),
    ("Names of third countries or international organisations that personal data are transferred to (if applicable)",
     30, (), True, _cell("transfers")),
    ("Safeguards for exceptional transfers of personal data to third countries or international organisations"
     " (if applicable)", 34, (), True, _cell("safeguards")),
    ("Retention schedule (if possible)", 44, (), True, _cell("retention")),
    ("General description of technical and organisational security measures (if possible)", 40, (), True, _security),
    ("Article 6 lawful basis for processing personal data", 28, tuple(BASES.values()), False, _basis),
    ("Article 9 condition for processing special category data", 28, tuple(CONDITIONS.values()), False,
     _cell("article_9")),
    ("Legitimate interests for the processing (if applicable)", 26, (), False, _interests),
    ("Link to record of legitimate interests assessment (if applicable)", 24, (), False,
     _cell("legitimate_interests_assessment")),
    ("Rights available to individuals", 24, (), False, _rights),
    ("Existence of automated decision-making, including profiling (if applicable)", 26, (), False, _automated),
    ("The source of the personal data (if applicable)", 34, (), False, _cell("sources")),
    ("Link to record of consent", 24, (), False, _cell("consent_record")),
    ("Location of personal data", 34, (), False, _cell("systems")),
    ("Data Protection Impact Assessment required?", 18, YES_NO, False, _cell("dpia_needed")),
    ("Data Protection Impact Assessment progress", 24, (), False, _progress),
    ("Link to Data Protection Impact Assessment", 24, (), False, _cell("dpia")),
    ("Has a personal data breach occurred?", 18, YES_NO, False, _breached),
    ("Link to record of personal data breach", 28, (), False, _cell("breaches")),
    ("Data Protection Act 2018 Schedule 1 Condition for processing", 28, (), True, _cell("schedule_1")),
    ("GDPR Article 6 lawful basis for processing", 28, (), True, _basis_and_law),
    ("Link to retention and erasure policy document", 28, (), True, _policy("")),
    ("Is personal data retained and erased in accordance with the policy document?", 24, YES_NO, True,
     _policy("_followed")),
    ("Reasons for not adhering to policy document (if applicable)", 28, (), True, _policy("_reason")),
)  # fmt: skip
"""Heading, width, closed set of words, whether Article 30 or Schedule 1 requires it, and what stands there."""
