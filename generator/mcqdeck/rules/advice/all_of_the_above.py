"""The rule `all-of-the-above`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck import stock_options
from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.other_options import about_others
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.words import Others


def all_of_the_above(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who sees that two options are right has the answer, and one who sees that the first
    is right may read no further.

    Ask for all that apply and mark each right option, or write one more wrong option instead.
    """
    for position, others in checked.standing_for_others:
        if others is Others.ALL:
            yield about_others(
                checked,
                position,
                "stands for the other options",
                "ask for all that apply and mark each right option with `[x]`",
                is_shuffled_apart=checked.may_be_apart(position)
                and stock_options.names_place(checked.options[position]),
            )
