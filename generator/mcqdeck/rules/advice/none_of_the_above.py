"""The rule `none-of-the-above`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck import stock_options
from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.other_options import about_others
from mcqdeck.rules.analysis.question import CheckedQuestion


def none_of_the_above(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who chooses it has shown what is wrong, and not that they know what is right.

    Write an option instead that is an answer by itself, or leave it out.
    """
    stem = checked.question.stem.shown
    for position in stock_options.none_of_the_above(stem, checked.options, checked.config.language):
        yield about_others(
            checked,
            position,
            "stands for the other options",
            "write an answer instead that stands by itself",
            is_shuffled_apart=checked.may_be_apart(position)
            and stock_options.names_place(checked.options[position]),
        )
