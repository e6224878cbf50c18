"""The readings of a text, each made when it is asked for, and each only once: a memo in this process, by content.

What one sentence says depends on its words, on what leads in to it and on what of the register it names, and on
nothing else, so sentences that stand in two notices, in two versions of one, or in those of two schools, are read once.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache, partial

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.reading.kept import KeptReadings, ShortForms, Signs
from ropa.reading.names import Match, Names
from ropa.reading.said import How, Item, Reading
from ropa.reading.sentence import Said, combine, held, named_in, say
from ropa.reading.tokens import tokens
from ropa.register.vocabulary import Facet
from ropa.seen.text import NoticeText, Sentence

MOST_KEPT = 1 << 12
"""How many texts of sentences, lead-ins and headings are kept with what they say."""


ITEMS = {
    "controller-identity": "controller_identity",
    "controller-contact": "controller_contact",
    "dpo-contact": "dpo_contact",
    "legitimate-interests": "legitimate_interests",
    "right-of-access": "right_of_access",
    "right-to-rectification": "right_to_rectification",
    "right-to-erasure": "right_to_erasure",
    "right-to-restriction": "right_to_restriction",
    "right-to-object": "right_to_object",
    "right-to-portability": "right_to_portability",
    "right-to-withdraw-consent": "right_to_withdraw_consent",
    "right-to-complain": "right_to_complain_ico",
    "complaint-to-controller": "complaint_to_controller",
    "statutory-requirement": "statutory_or_contractual_requirement",
    "automated-decisions": "automated_decision_making",
}
"""The items that statements inform of, and the detector that knows what each looks like."""


LANGUAGES = frozenset({"en"})
"""The languages that the grammar reads, by their codes (BCP 47)."""


class Readings(Struct, frozen=True, eq=False, dict=True):
    """What each sentence of a text says, by a register's words.

    Of a text in a `language` that the grammar does not read, only names, Articles, laws and safeguards are held.
    `kept` are readings of earlier runs, by the same names.
    """

    text: NoticeText
    names: Names
    language: str = "en"
    kept: KeptReadings | None = None

    @property
    def read(self) -> bool:
        """Whether the grammar reads the language of the text."""
        return self.language.partition("-")[0].lower() in LANGUAGES

    def __iter__(self) -> Iterator[Reading]:
        """The readings in the order of the text."""
        return map(self.of, self.text.sentences())

    def of(self, sentence: Sentence) -> Reading:
        """What one sentence of the text says."""
        key = sentence.start, sentence.end
        if key not in self._made:
            self._made[key] = self._again(sentence)
        return self._made[key]

    def _again(self, sentence: Sentence) -> Reading:
        made = partial(combine if self.read else held, sentence, self._said)
        if self.kept is None:
            return made()
        return self.kept.of(sentence, (self._short_forms, "grammar" if self.read else ""), made)

    def at(self, start: int, end: int) -> tuple[Reading, ...]:
        """The readings of the sentences that a stretch of the normal form touches, in their order."""
        return tuple(self.of(s) for s in self.text.sentences() if s.start < end and start < s.end)

    @cached_property
    def _made(self) -> dict[tuple[int, int], Reading]:
        return {}

    def items(self, reading: Reading) -> tuple[Item, ...]:
        """The items of Articles 13 and 14 that a sentence looks as if it told, by the detectors."""
        found = ((item, self.status(item, reading)) for item in ITEMS)
        return tuple(Item(item, status) for item, status in found if status)

    def status(self, item: str, reading: Reading) -> str:
        """How well a sentence tells an item, in the words of `ropa notice inspect`; nothing where it does not."""
        sentence = reading.sentence
        return self._signs(item).get((sentence.start, sentence.end), "")

    def telling(self, item: str) -> Iterator[Reading]:
        """The readings of the sentences that tell an item in full, by its detector."""
        for (start, end), status in self._signs(item).items():
            if status == "present":
                yield from self.at(start, end)

    def _signs(self, item: str) -> dict[tuple[int, int], str]:
        """The sentences that an item's detector finds, looked for when the item is first asked for."""
        if item not in self._detected:
            detect = partial(_detected, self.text, ITEMS[item])
            signs = self.kept.signs(self.text, ITEMS[item], detect) if self.kept else detect()
            self._detected[item] = {(start, end): status for start, end, status in signs}
        return self._detected[item]

    @cached_property
    def _detected(self) -> dict[str, dict[tuple[int, int], str]]:
        return {}

    @cached_property
    def known(self) -> Names:
        """The register's names, and the short forms that the notice defines for itself."""
        return self.names.defining(self._short_forms) if self._short_forms else self.names

    @cached_property
    def _short_forms(self) -> ShortForms:
        find = partial(_short_forms, self.names, self.text.folded)
        return self.kept.short_forms(self.text, find) if self.kept else find()

    def _said(self, text: str) -> Said:
        return _said(text, self.known)


@lru_cache(maxsize=MOST_KEPT)
def _said(text: str, names: Names) -> Said:
    return _by_named(text, named_in(text, names))


_by_named = lru_cache(maxsize=MOST_KEPT)(say)
"""The same by what a text names: other names elsewhere in a register, or another register, have nothing read anew."""


def read_so_far() -> int:
    """How many texts of sentences, lead-ins and headings this process has read, each as often as it was read anew."""
    return _by_named.cache_info().misses


def forget() -> None:
    """Empty the memo, so that what is measured is reading and not remembering."""
    _said.cache_clear()
    _by_named.cache_clear()


_DEFINED = regex(
    r"""\((?:(?:the|hereafter|hereinafter|referred\ to\ as|known\ as|called|or|also|collectively|,)\ )*
    (?P<quote>["'])?(?:the\ )?(?P<short>[A-Z][\w&]*(?:\ [A-Z][\w&]*){0,3})(?P=quote)?\)""",
    re.VERBOSE,
)
LONGEST_NAME = 120
"""How many characters before the bracket a name that is given a short form may have."""


def _short_forms(names: Names, text: str) -> ShortForms:
    """The short forms that a text gives names: “the Department for Education (DfE)”."""
    return tuple(_defined(names, text))


def _defined(names: Names, text: str) -> Iterator[tuple[str, Facet | None, str]]:
    for found in _DEFINED.finditer(text):
        before = text[max(0, found.start() - LONGEST_NAME) : found.start()].rstrip()
        read = tokens(before)
        if any(end == len(read) for _, end in names.ourselves(read)):
            yield found["short"], None, ""
        for match in names.find(read):
            if match.end == len(read) and _fits(found["short"], read.written(match.start), match):
                yield found["short"], match.name.facet, match.name.word


def _fits(short: str, first: str, match: Match) -> bool:
    """Whether a short form may be of a name: one in capitals begins as the name does."""
    if match.name.facet not in (Facet.RECIPIENT, Facet.DATA) or match.name.how is How.UMBRELLA:
        return False
    return " " in short or short[0].lower() == first[0].lower()


def _detected(text: NoticeText, item: str) -> Signs:
    from ropa.wording.detectors import detect_item

    signs = detect_item(text, item).signs
    return tuple((s.sentence.start, s.sentence.end, str(s.status)) for s in signs)
