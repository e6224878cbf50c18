"""What the tool has to say: a problem, the rule that noticed it, and how much it matters."""

import re
from enum import IntEnum
from textwrap import dedent

from msgspec import Struct

from ropa.location import Location


class Severity(IntEnum):
    """How loudly to say it; `--fail-on` compares against it."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Problem(Struct, frozen=True, order=True):
    """Something observed at a place. It does not know which rule noticed it.

    `where` names what it is about (a flow, an activity, a notice, a file) and `facet` which part of
    that, in words that stay the same when lines move: together with the rule they make the finding's id. `grave`
    makes an error of what is a warning elsewhere.
    """

    at: Location
    message: str
    hint: str = ""
    related: tuple[tuple[Location, str], ...] = ()
    where: str = ""
    facet: str = ""
    grave: bool = False


class Example(Struct, frozen=True):
    """A small register on a rule's page, which is its test.

    `fails` says whether the rule finds something in it: on the lines that are marked, and nowhere else.
    `where` says what is particular about it, or nothing for the plain case.
    """

    fails: bool
    where: str
    text: str

    @property
    def heading(self) -> str:
        """What stands above it on the page."""
        return ", ".join(filter(None, ("Fails" if self.fails else "Passes", self.where)))


_EXAMPLE = re.compile(
    r"""
    ^(?P<outcome>Fails|Passes)
    (?:,\ (?P<where>[^\n]+(?:\n[^\n]+)*))?
    :\n\n
    (?P<text>(?:[ ]{4}.*\n?|\n)+)
    """,
    re.MULTILINE | re.VERBOSE,
)


class RuleInfo(Struct, frozen=True):
    """The catalogue entry of a rule: everything but the code that runs it.

    `undecided` rules notice that something could not be checked at all, so that the run exits with 2.
    `page` is the docstring of its module: the fault in a sentence, then all there is to know. `since` is
    the release that brought it, as `0.2.0`. `regimes` are
    those it belongs to, none where it belongs to all. `rests_on` names the tables of the law it asks,
    `covers` the requirements of the catalogue that it checks. `last` rules are about what was accepted of
    everything else, so nothing accepts what they find.
    """

    id: str
    severity: Severity
    law: tuple[str, ...]
    undecided: bool
    page: str
    since: str
    regimes: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    last: bool = False

    @property
    def summary(self) -> str:
        """The fault in one sentence."""
        return self.page.partition("\n\n")[0].replace("\n", " ")

    @property
    def explanation(self) -> str:
        """Why it matters, what the law says, how to mend it, and the examples."""
        return self.page.partition("\n\n")[2]

    @property
    def examples(self) -> tuple[Example, ...]:
        """The registers on the page, each below a line `Fails:` or `Passes, where ...:`, in their order."""
        return tuple(
            Example(
                found["outcome"] == "Fails",
                " ".join((found["where"] or "").split()),
                f"{dedent(found['text']).rstrip()}\n",
            )
            for found in _EXAMPLE.finditer(self.explanation)
        )


class Finding(Struct, frozen=True):
    """A problem, signed by the rule that noticed it.

    `waived_by` is the id of the waiver that accepts it, `exempted_by` the id of the activity whose exception from
    telling people answers for it; `known` says that the baseline lists it.
    """

    rule: RuleInfo
    problem: Problem
    waived_by: str = ""
    known: bool = False
    exempted_by: str = ""

    @property
    def accepted(self) -> bool:
        """Whether it counts for nothing for now."""
        return bool(self.waived_by or self.exempted_by) or self.known

    @property
    def id(self) -> str:
        """`rule@where@facet`: stable when lines move, so waivers and baselines can name it."""
        return f"{self.rule.id}@{self.problem.where}@{self.problem.facet}"
