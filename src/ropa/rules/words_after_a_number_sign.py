"""Words that stand after a number sign are lost.

In YAML a space and `#` begin a comment. `name: Case #4 reviews` is a name of one word: the record prints “Case”, and
nothing says that there was more. A comment is written with a space after its sign: `# like this`.

To mend it: put the value into quotes, or a space after the sign if it is a comment.

Fails:

    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    agreement: Contract #2026-14          # <- found here

Passes:

    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    agreement: "Contract #2026-14"   # signed in March
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.documents.source import comments
from ropa.findings import Problem, Severity
from ropa.location import Location
from ropa.rule import rule


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 5(1)(d)", "UK GDPR Article 30(1)"))
def check(case: Case) -> Iterator[Problem]:
    for file in dict.fromkeys(document.file for document in case.documents):
        if not _LIKELY.search(file.text):
            continue
        for line, column, words in comments(file, "#"):
            before = file.lines[line][:column]
            if _LIKELY.match(f"{before[-2:]}{words[:2]}"):
                lost, end = words.strip(), len(file.lines[line].rstrip()) + 1
                yield Problem(
                    Location(file.path, line + 1, column + 1, line + 1, end),
                    f"“{lost}” is a comment, and no part of the value before it",
                    "put the value into quotes, or a space after the # if it is a comment",
                    where=file.path,
                    facet=f"line {line + 1}",
                )


_LIKELY = regex(r"[^\s#'\"] #[^\s#!]")
