"""What people write where they have no answer: it stands in a field, and tells a reader nothing."""

import re

from ropa.documents.patterns import regex
from ropa.remembering import remembered

NON_ANSWERS = frozenset((
    "none", "nothing", "nil", "null", "no", "yes", "true", "false", "n a", "na", "not applicable", "not known",
    "unknown", "not sure", "unsure", "do not know", "don t know", "not yet", "not stated", "not recorded", "pending",
    "outstanding", "awaited", "vacant", "post vacant", "see above", "as above", "see below", "as below", "ditto",
    "same", "same as above", "todo", "to do", "tick", "ok", "various", "other", "default", "placeholder", "example",
    "test", "lorem ipsum", "insert here", "missing", "empty", "blank", "nobody", "no one", "not available",
    "not decided", "not determined", "none yet", "none known", "none identified", "none at present", "unclear",
    "not applicable yet", "to follow", "under review", "work in progress", "wip", "vacancy", "currently vacant",
    "on request", "verbal", "oral", "verbal agreement", "draft", "in draft", "see file", "law", "the law", "by law",
    "uk law", "etc", "et cetera", "and so on",
    "applicable law", "legislation", "statute", "the act", "as required by law", "usual", "the usual", "as needed",
    "post is vacant", "see policy", "see attached", "xx", "xxx", "xxxx",
))  # fmt: skip
"""Whole entries that answer no question, in small letters and without their signs."""

_TO_COME = regex(
    r"(?:tbc|tba|tbd|to be (?:confirmed|advised|agreed|announced|added|completed|decided|determined|drafted|"
    r"provided|written))\b"
)


_ELSEWHERE = regex(
    r"(?:(?:please |pls )?(?:see|refer to|consult|cf)|(?:as )?(?:per|(?:listed|set out|described|detailed|specified|"
    r"defined|stated)(?: out)? (?:in|on|at|under))|as (?:in|on|under)|details? (?:are )?in|siehe|laut|gemäß|voir|selon|"
    r"zie|ver|vedi|gweler)\b.{0,80}\b(?:schedules?|append\w+|annex\w*|attach\w+|polic\w+|notices?|separate\w*|documents?|"
    r"documentation|spreadsheets?|workbooks?|sheets?|tabs?|registers?|records?|lists?|sections?|folders?|files?|links?|"
    r"sharepoint|intranet|website|contracts?|agreements?|inventor\w+|above|below|rows?|columns?|entry|entries|table|notes?|"
    r"comments?|dpia|ropa|anlage|anhang|liste|annexe|bijlage|anexo|allegato|atodiad)\b"
)
_A_PLACE = regex(
    r"(?:the |an? )?(?:attached |separate |data |full |retention )?(?:schedules?|appendix|appendices|annex|annexes|"
    r"attachments?|attached)(?: (?:\w{1,3}|one|two|three))?|as (?:described|listed|stated|set out|agreed)"
)


@remembered
def refers_elsewhere(written: str) -> bool:
    """Whether a text where a word is asked says only where to look: “see schedule”, “as listed in Appendix A”."""
    plain = " ".join(re.findall(r"\w+", written.casefold()))
    return bool(_ELSEWHERE.match(plain) or _A_PLACE.fullmatch(plain))


@remembered
def is_answer(written: str) -> bool:
    """Whether a text says anything: no dash, no lone letter, no "TBC", "n/a", "see above" or "vacant"."""
    plain = " ".join(re.findall(r"\w+", written.casefold()))
    return len(plain) > 1 and plain not in NON_ANSWERS and not _TO_COME.match(plain)


def answers(written: tuple[str, ...]) -> tuple[str, ...]:
    """Those of several entries that say something."""
    return tuple(one for one in written if is_answer(one))


_POLICY = ("policy_document", "policy_document/name", "policy_document/reason")
_TRANSFER = ("transfer_risk_assessment", "exception/reason", "exception/safeguards")
_KEPT = ("retention/criteria", "retention/longer")
ASKED = {
    "organisation": frozenset(("representative", *_POLICY)),
    "party": frozenset(_TRANSFER),
    "system": frozenset(("security",)),
    "activity": frozenset((
        *_POLICY, *_KEPT, *(f"disclosures/{field}" for field in (*_TRANSFER, *_KEPT)), "arrangement", "basis/interests",
        "automated_decisions", "breach", "breach/record", "compatibility", "consent_record", "dpia", "dpia/reference",
        "legitimate_interests_assessment", "official_authority", "online_service/childrens_code",
        "online_service/parental_consent", "secrecy", "name",
    )),
    "notice": frozenset(("name", "url", "issued", "aside/reason", "aside/by", "statements/read_as/because",
                         "statements/read_as/by")),
    "term": frozenset(("label",)),
    "waiver": frozenset(("reason", "owner")),
    "task": frozenset(("owner", "note")),
}  # fmt: skip
"""The fields that ask for an answer, by the kind of document; those that rules of their own ask are not among them."""
