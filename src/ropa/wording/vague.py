"""Which vague words of a notice stay vague where they stand: nothing around them says more."""

from collections import Counter
from collections.abc import Callable
from functools import cache

from ropa.law.tables import VaguePhrase
from ropa.wording.sentences import Hit, Wording, compiled

_NOT = r"(?:\b(?:not|never|no|nor|without|neither|whether)|n't)\b"
_SHARES = (
    r"\b(?:shar(?:e[sd]?|ing)|disclos\w+|pass(?:es|ed|ing)?|giv(?:es?|en|ing)|provid(?:es?|ed|ing)|send(?:s|ing)?|sent|"
    r"transfer\w*|releas\w+|suppl(?:y|ies|ied)|available|sold|sell|report)\b"
)
_EXAMPLES = (
    r"\b(?:such as|includ\w+|for (?:example|instance)|e\.g|i\.e|namely|like|following|below|listed|set out|named|"
    r"these are)\b|:"
)
_DEEDS = (
    r"(?:provid|help|suppl|run|host|support|deliver|process|carry|print|manag|maintain|work|investigat|assess|pay|"
    r"collect|act|educat|care|check|audit|inspect|do|handle|store|offer)"
)
_DOES = (
    rf"\b(?:who|which|that|to|so that they can|they|it) (?:may |can |will |help to )?{_DEEDS}\w*\b"
    rf"|^ {_DEEDS}\w*ing\b"
    r"|\b(?:who|which|that) are (?:part of|involved|responsible|caring)\b"
    r"|\b(?:in|involved in|responsible for|working in) (?:the |our |your )?"
    r"(?!(?:accordance|addition|case|certain|compliance|"
    r"connection|event|exceptional|future|keeping|line|order|public|relation|some|this|which)\b)\w+"
)
_GOES_ON = (
    r"(?:these|this|they|those|such \w+|examples?|the \w+)(?: \w+){0,3} (?:includ\w+|are\b|could be|may be|"
    r"might be)"
)
_TOLD_OF = r"\bhow\b[^.,;:]{0,80}$"
"""What stands before words that only say what a notice is about: how data is shared."""
_TO_US = r"\b(?:to|with) (?:us|me)\b"
_ON_CONDITION = r"(?:where|when|whenever|if|before|in case)\b[^,]*$"
_NAMES = (
    r"(?-i:\b[A-Z]{2,}\b|\b(?!We\b|Our\b|The\b|This\b|Some\b|You\b|If\b|It\b|All\b|"
    r"GDPR\b)[A-Z][a-z]+ (?:[A-Z&][a-z]*|of|and|for)\b)"
)
_KINDS = (
    r"\b(?:police|schools?|colleges?|courts?|NHS|hospitals?|GPs?|doctors?|health|insur\w+|banks?|auditors?|regulators?|"
    r"councils?|authorit(?:y|ies)|government|department|HMRC|Ofsted|charit(?:y|ies)|contractors?|suppliers?|providers?|"
    r"universit\w+|solicitors?|lawyers?|landlords?|employers?|pension|payroll|(?-i:IT)|software|hosting|"
    r"printing|mailing|"
    r"social (?:care|work)\w*|fire|ambulance|fraud|debt|credit|researchers?)\b"
)
_PERIOD = (
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty|\w+ty|hundred)"
    r"[ -]?(?:\(\d+\) )?(?:calendar |working |full )?(?:hours?|days?|weeks?|months?|years?)\b|\b\d+(?:st|nd|"
    r"rd|th) birthday\b"
    r"|\buntil (?:you|your|the|they|a|an)\b|\bacademic year\b|\blifetime of\b|\b(?:reach|turn|aged?) (?:\w+ )?\d+\b"
)
_REFERRED = (
    r"\bretention (?:and \w+ )?(?:schedules?|polic(?:y|ies)|tables?)\b.{0,200}\b(?:see|view|found|available|"
    r"published|visit|website|online|link|here|below|PDF|https?)\b|\b(?:see|view|visit|read|"
    r"(?:are|found|listed|available) in)\b.{0,200}\bretention (?:and \w+ )?(?:schedules?|tables?)\b"
    r"(?: ?\(|.{0,200}https?:|\.?$)"
)
_PRINCIPLE = (
    r"\b(?:principles?|must (?:\w+ )?(?:be|not be|make sure|ensure)|the law (?:says|requires|states)|required to|"
    r"legislation requires|requires? that|ensure that)\b"
)


def vague_recipients(wording: Wording, row: VaguePhrase) -> tuple[Hit, ...]:
    """Where data is said to go to somebody who is not told apart from anybody else."""

    def vague(hit: Hit) -> bool:
        share = list(compiled(_SHARES).finditer(hit.before))
        between = hit.before[share[-1].end() :] if share else hit.before
        if share and _gives_no_data(share[-1][0], between):
            return False
        return (
            bool(share or compiled(_SHARES).search(hit.after))
            and not compiled(_GOES_ON).match(wording.next(hit.passage))
            and not compiled(_ON_CONDITION).match(hit.before)
            and not compiled(f"{_NOT}|{_TOLD_OF}").search(hit.before)
            and not compiled(_NOT).search(wording.stem(hit.passage))
            and not compiled(f"{_NAMES}|{_KINDS}|{_EXAMPLES}|{_TO_US}").search(between)
            and not compiled(f"{_NAMES}|{_KINDS}|{_EXAMPLES}|{_DOES}|^ ?\\(").search(hit.after)
        )

    return _vague(wording, row, vague)


def _gives_no_data(deed: str, between: str) -> bool:
    """Whether what is given is something else than data: advice, help, a copy of the rules."""
    passed_on = compiled(r"shar|disclos|pass|transfer|releas|sold|sell").match(deed) is not None
    return (
        not passed_on
        and compiled(_SOMETHING_ELSE).search(between) is not None
        and not compiled(_DATA).search(between)
    )


_SOMETHING_ELSE = (
    r"\b(?:advice|guidance|help|support|assistance|training|services?|care|answers?|updates?|news|money|grants?|"
    r"reports?|copies|leaflets?|publications?|links?|feedback|access to (?:our|the) (?:site|website|service|app))\b"
)
_DATA = r"\b(?:data|information|details|records?|names?|addresses|it|them|file|files)\b"


def vague_purposes(wording: Wording, row: VaguePhrase) -> tuple[Hit, ...]:
    """Where data is said to be used for something that is not told apart from anything else."""

    def vague(hit: Hit) -> bool:
        if compiled(_OF_OTHERS).search(hit.before):
            return False
        return not compiled(_NOT).search(hit.before) and not compiled(
            rf"{_EXAMPLES}|^,? (?:by|so that|to|in order to|in relation to|relating to|connected with|as|of|"
            rf"described|set|for which)\b|^ ?\("
        ).search(hit.after)

    return _vague(wording, row, vague)


_OF_OTHERS = (
    r"\b(?:prior to|before|those who|people who|anyone who|objects?|goods|items)\b[^.;:]{0,80}$"
)
"""What stands before purposes that are not those of what is told: what comes first, or what others do."""


def vague_retention(wording: Wording, row: VaguePhrase) -> tuple[Hit, ...]:
    """Where data is said to be kept for some time, and neither that section nor the one on keeping gives a period."""

    @cache
    def gives(section: int) -> bool:
        return any(
            compiled(f"{_PERIOD}|{_REFERRED}").search(p.words) for p in wording.under(section)
        )

    @cache
    def given_on_keeping() -> bool:
        sections = {
            wording.section(p)
            for p in wording.passages
            if p.heading and compiled(_ON_KEEPING).search(p.words)
        }
        return any(map(gives, sections))

    def vague(hit: Hit) -> bool:
        about = f"{wording.stem(hit.passage)} {hit.around}"
        if not compiled(_KEPT).search(about) or compiled(_PRINCIPLE).search(about):
            return False
        if compiled(r"\bprinciples\b").search(wording.heading(hit.passage)):
            return False
        return not (gives(wording.section(hit.passage)) or given_on_keeping())

    return _vague(wording, row, vague)


_ON_KEEPING = r"\b(?:how long|retention|retain(?:ing)?|storage periods?|(?:keep|kept|hold|held) (?:your|it|for))\b"
_KEPT = r"\b(?:keep|kept|hold|held|retain\w*|retention|stor(?:e[sd]?|ing)|delet\w+|destroy\w*|remov\w+)\b"


def vague_data(wording: Wording, row: VaguePhrase) -> tuple[Hit, ...]:
    """Where data is said to be collected or shared that is not told apart from any other."""
    collects = r"\b(?:collect\w*|hold|record\w*|obtain\w*|receiv\w+|us(?:e|ing))\b"
    listed = any(p.heading and compiled(_ON_DATA).search(p.words) for p in wording.passages)

    def vague(hit: Hit) -> bool:
        deeds = _SHARES if listed else f"(?:{_SHARES}|{collects})"
        return (
            compiled(rf"{deeds}[^,.;:]{{0,30}}$").search(hit.before) is not None
            and not compiled(
                rf"{_NOT}|\byou(?:r request)?\b(?: \w+)? (?:provide|give|send|ask)|"
                rf"\brights? (?:to|that)\b|\b(?:request|ask) (?:us|that)\b"
            ).search(hit.before)
            and not compiled(
                rf"{_EXAMPLES}|^ ?[(,]|^ (?:about|relating to|on|concerning|from) (?!you\b|us\b)"
                r"|^ (?:(?:that|which) (?:is|are|we) )?(?:needed|need|necessary|required|to the extent)\b"
            ).search(hit.after)
        )

    return _vague(wording, row, vague)


_ON_DATA = r"^(?:\d+\.? )?(?:what|which|types?|kinds?|categor\w+)\b.{0,40}\b(?:data|information)\b"
"""The heading of a section that lists the data: a sentence before it need not."""


MOST = 20
"""How many times vague words are looked at in one sentence; no sentence that anybody reads has more."""


def _another(seen: Counter[int], hit: Hit) -> bool:
    seen[hit.passage.start] += 1
    return seen[hit.passage.start] <= MOST


def _vague(wording: Wording, row: VaguePhrase, vague: Callable[[Hit], bool]) -> tuple[Hit, ...]:
    seen: Counter[int] = Counter()
    return tuple(
        hit
        for hit in wording.find(row.written, row.signs)
        if not hit.passage.heading
        and _another(seen, hit)
        and not wording.listed(hit.passage)
        and not (row.specific and compiled(row.specific).search(hit.around))
        and vague(hit)
    )
