"""Findings about an option that only makes sense together with others."""

from __future__ import annotations

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.spans import first_line, on_one_line


def about_others(option: Passage, says: str, advice: str, *, is_shuffled_apart: bool) -> Finding:
    """A finding that an option `says` something of others.

    It is an error where shuffling moves the others away from where the option says they stand.
    """
    where, length = first_line(option)
    message = f"`{on_one_line(option.text)}` {says}"
    if is_shuffled_apart:
        message += ", which are shuffled"
        advice += "; a numbered list (`1. [ ]`) keeps its order"
        return Finding(where, message, advice, length, Severity.ERROR)
    return Finding(where, message, advice, length)
