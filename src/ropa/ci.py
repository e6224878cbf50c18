"""The findings that stand, as CI shows them: a place in the repository, a sentence, and a fingerprint."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from posixpath import normpath

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.findings import Finding, RuleInfo
from ropa.location import Location
from ropa.report import Report
from ropa.visible import visible


class AnnotationPlace(Struct, frozen=True, order=True, omit_defaults=True):
    """A stretch of a file of the repository. Columns count UTF-16 units from 1; the end is exclusive.

    A file that has no lines of its own, such as a PDF, is named by its first, and `part` is the page. As text
    it is fit to be shown.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    part: str = ""

    def __str__(self) -> str:
        return visible(f"{self.path}, {self.part}" if self.part else f"{self.path}:{self.line}")


class Annotation(Struct, frozen=True):
    """A finding beside the lines it is about.

    `number` counts the findings that have the same id, from 1: together they stay the same when lines move. Of many
    registers, `register` says whose it is. `touched` says that it stands on a line which a change brings.
    """

    finding: Finding
    at: AnnotationPlace
    related: tuple[tuple[AnnotationPlace, str], ...]
    number: int
    register: str = ""
    touched: bool = False

    @property
    def rule(self) -> RuleInfo:
        """The rule that found it."""
        return self.finding.rule

    @property
    def message(self) -> str:
        """What was found, and what to do, in sentences on one line; first of all, where it kept something unchecked."""
        problem, undecided = self.finding.problem, self.rule.undecided
        said = (_UNDECIDED if undecided else "", problem.message, problem.hint)
        return " ".join(sentence(one) for one in said if one)

    def fingerprint(self, *besides: str) -> str:
        """A mark no other finding has."""
        whose = (self.register,) if self.register else ()
        said = "\0".join((self.finding.id, *whose, *besides))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_UNDECIDED = "not checked, so nothing is proved until this is mended"


def annotations(report: Report) -> tuple[Annotation, ...]:
    """The findings that nothing accepts: what could not be checked, then the worst first."""
    return tuple(
        sorted(_annotations(report), key=lambda a: (not a.rule.undecided, -a.rule.severity))
    )


def place(case: Case, at: Location) -> AnnotationPlace:
    """A place of the register, from the top of the repository on."""
    path, part = normpath(f"{case.in_repository}/{at.path}"), case.part(at)
    if part:
        return AnnotationPlace(path, part=part)
    column = _units(case.line(at), at.column)
    end = _units(case.line(replace(at, line=at.end_line)), at.end_column)
    return AnnotationPlace(path, at.line, column, at.end_line, end)


def sentence(said: str) -> str:
    """What was said as a sentence on one line, with nothing hidden in it."""
    text = " ".join(visible(said).split())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def _annotations(report: Report) -> Iterator[Annotation]:
    case, seen = report.case, Counter[str]()
    for finding in report.standing:
        seen[finding.id] += 1
        problem = finding.problem
        related = tuple((place(case, at), caption) for at, caption in problem.related)
        yield Annotation(
            finding,
            place(case, problem.at),
            related,
            seen[finding.id],
            touched=_is_touched(report, problem.at),
        )


def _is_touched(report: Report, at: Location) -> bool:
    lines = report.touched.get(at.path, frozenset())
    return not lines.isdisjoint(range(at.line, at.end_line + 1))


def _units(line: str, column: int) -> int:
    """A column in UTF-16 units, of which most characters are one and emoji two."""
    before = line[: column - 1]
    return column if before.isascii() else column + sum(c > "\uffff" for c in before)
