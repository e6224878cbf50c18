"""What is proposed of a register as it was checked: by its notices' own sentences, or by whoever brings something."""

from ropa.case import Case
from ropa.proposing.notices import Proposing
from ropa.seen.text import NoticeText


def proposing(case: Case) -> Proposing:
    """What may be proposed of the notices of a case."""
    texts = {key: text for key, text in case.texts.items() if isinstance(text, NoticeText)}
    broken = {problem.at.path for problem in case.malformed}
    good = tuple(d for d in case.documents if not d.problems and d.path not in broken)
    return Proposing(case.register, good, texts, case.proved, case.coverage)
