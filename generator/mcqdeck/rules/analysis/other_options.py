"""Findings about an option that only makes sense together with others."""

from __future__ import annotations

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line, on_one_line

STAYS_LAST = "it stays last while they are shuffled"


def about_others(
    checked: CheckedQuestion, position: int, says: str, advice: str, *, is_shuffled_apart: bool
) -> Finding:
    """A finding that the option at `position` `says` something of others.

    It is an error where shuffling moves the others away from where the option says they stand.
    """
    option = checked.question.options[position].text
    where, length = first_line(option)
    message = f"`{on_one_line(option.text)}` {says}"
    if is_shuffled_apart:
        message += ", which are shuffled"
        advice += "; a numbered list (`1. [ ]`) keeps its order"
        return Finding(where, message, advice, length, Severity.ERROR)
    if checked.is_shuffled and checked.stays_last(position):
        message += f"; {STAYS_LAST}"
    return Finding(where, message, advice, length)
