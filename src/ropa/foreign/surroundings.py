"""What a foreign file is read with: the words and entries of the register it goes into, and what was answered."""

from collections.abc import Mapping

from msgspec import Struct

from ropa.foreign.answers import Answers
from ropa.foreign.words import WordBook


class Surroundings(Struct, frozen=True):
    """`ids` are the ids of the entries that are there, by their plain names."""

    words: WordBook
    answers: Answers = Answers()
    ids: Mapping[str, str] = {}
