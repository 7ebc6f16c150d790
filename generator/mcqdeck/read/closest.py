"""The word that an author most likely meant."""

import difflib
from collections.abc import Iterable


def closest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that an author most likely meant, if one is near enough."""
    by_case = {other.casefold(): other for other in words}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    near = difflib.get_close_matches(word.casefold()[:100], list(by_case), n=1, cutoff=0.6)
    return by_case[near[0]] if near else None
