"""What is written where a law should be named: a law, somebody's own policy, or the regulation that asks for one."""

import re

from ropa.documents.patterns import regex
from ropa.register.non_answers import is_answer
from ropa.remembering import remembered

POLICY = r"\b(polic(y|ies)|guidance|procedures?|strateg(y|ies))\b"
LAW = (
    r"\b(acts?|regulations?|regs?|orders?|rules?|articles?|art|sections?|s|ss|directive|si|ssi|wsi"
    r"|statut\w*|code|law|charter|ordinance|measure|schedule|sch)\b|§"
)
SIGNS_OF_POLICY = ("polic", "guidance", "procedure", "strateg")

REGULATION = (
    r"(?:the |under |uk |eu |general )*(?:gdpr|data protection regulation|"
    r"regulation \(eu\) 2016/679|2016/679)"
)
"""The regulation by its names, as part of a pattern."""
ARTICLE_6 = r"art(?:icle|\.)?\s*6(?:\s*\(\s*\w+\s*\))*"
_NUMBER = r"\d*[a-z]?(?:\s*\(\s*\w+\s*\))*"
_ARTICLES = rf"art(?:icle)?s?\.?\s*\d{_NUMBER}(?:\s*(?:,|and|or|to|&)\s*{_NUMBER})*"
_ITSELF = regex(
    rf"\W*(?:(?:{REGULATION}[\s,:]*)?{_ARTICLES}(?:[\s,]*(?:of )?{REGULATION})?|{REGULATION}"
    r"|(?:the )?data protection (?:act(?: (?:1998|2018))?|acts|laws?|legislation)|(?:the )?dpa(?: ?(?:1998|2018))?"
    r"|(?:the )?data protection act 1998\b.*)\W*",
    re.IGNORECASE,
)


def is_policy(written: str) -> bool:
    """Whether it is plainly a policy or the like, and names no law."""
    return (
        any(sign in written.casefold() for sign in SIGNS_OF_POLICY)
        and re.search(POLICY, written, re.IGNORECASE) is not None
        and re.search(LAW, written, re.IGNORECASE) is None
    )


def is_the_regulation(written: str) -> bool:
    """Whether it is data protection law itself: the regulation or its articles, or its Act without a provision.

    It says when data may be given to somebody under another law, and is not that law (Article 6(3)).
    """
    return _ITSELF.fullmatch(written) is not None


@remembered
def permits(written: str) -> bool:
    """Whether what is written may be a law that permits something: an answer, no policy, and not the regulation."""
    return is_answer(written) and not is_policy(written) and not is_the_regulation(written)
