"""Whether the grammar reads a text: it reads English, and says of no other text what is not in it."""

from functools import lru_cache

from ropa.documents.patterns import regex
from ropa.seen.text import NoticeText

_SMALL = frozenset(
    """the of and to is are we you your our that for with it will this or be have has not which by from if can any
    they their about how what when who do does may must please only""".split()  # noqa: SIM905
)
"""Small words of English that other languages of these islands and of Europe do not have."""

_ELSEWHERE = frozenset(
    """yn ei yr ac eich ein rydym mae gan wedi ar gyfer i'r o'r neu agus tha ann aig airson tá seo nous vous votre vos
    notre nos les des sont avec dans une du et wir sie ihre ihren unsere und oder der das mit für ist sind nicht el los
    las su sus nuestro para por una que y se lo il di che della con sono dei jest są nie oraz twoje dane
    wij uw onze het een voor zijn""".split()  # noqa: SIM905
)
"""Small words of Welsh, Gaelic, Irish, French, German, Spanish, Italian, Polish and Dutch that English has not."""

_WORD = regex(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LOOKED_AT = 20_000
"""How many characters of a text are looked at to know its language."""
FEWEST = 20
"""How many words a text must have to be taken for another language by what it lacks of English alone."""
SURE = 2
"""How many words of another language a text of a few words must have to be taken for it."""
SHARE = 0.12
"""How many of the words of an English text are small ones at the least; other texts have hardly any."""


def looks_english(text: NoticeText) -> bool:
    """Whether a text is English, by its small words. One of a few words is, unless more of them are of another."""
    return _looks_english(text.folded[:LOOKED_AT])


@lru_cache(maxsize=256)
def _looks_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    english = sum(word in _SMALL for word in words)
    if len(words) < FEWEST:
        other = sum(word in _ELSEWHERE for word in words)
        return other < SURE or english >= other
    return english >= SHARE * len(words)


def is_english(tag: str) -> bool:
    """Whether a tag of BCP 47 is of English, as `en-GB` is."""
    return tag.lower().partition("-")[0] == "en"


_NAMES = {
    "cy": "Welsh", "gd": "Scottish Gaelic", "ga": "Irish", "kw": "Cornish", "gv": "Manx", "fr": "French",
    "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "pl": "Polish", "ro": "Romanian",
    "nl": "Dutch", "bn": "Bengali", "pa": "Panjabi", "ur": "Urdu", "gu": "Gujarati", "hi": "Hindi",
    "ar": "Arabic", "fa": "Persian", "so": "Somali", "tr": "Turkish", "uk": "Ukrainian", "ru": "Russian",
    "zh": "Chinese", "lt": "Lithuanian", "bg": "Bulgarian", "hu": "Hungarian", "el": "Greek", "en": "English",
}  # fmt: skip


def name_of(tag: str) -> str:
    """What to call a language in a sentence: “Welsh” for `cy`, and a tag that is not known as it is."""
    return _NAMES.get(tag.lower().partition("-")[0], tag)
