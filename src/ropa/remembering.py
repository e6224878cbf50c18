"""What was worked out of words that anybody may write is remembered, and no more of it than there is room for."""

from functools import lru_cache

MOST_REMEMBERED = 1 << 14
"""How many answers each function keeps: those of several large registers, and some megabytes at the most."""

remembered = lru_cache(maxsize=MOST_REMEMBERED)
"""Keeps the latest answers of a function. What runs for days sees ever new words, so `functools.cache` is for
what the package itself asks."""
