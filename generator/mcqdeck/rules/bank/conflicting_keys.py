"""The rule `conflicting-keys`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.repeats import about_repeated, place_of


def conflicting_keys(checked: CheckedBanks) -> Iterator[Finding]:
    """The same question with another right answer marks a learner wrong for what they have learned.

    Correct the key that is wrong, or say in each stem what it alone asks. Two questions may share a
    stem such as "Which statement is true?" only if they share no option and at most one of them has
    a flashcard: two flashcards would show the same front and want different answers.
    """
    for repeat in checked.repeats:
        if not repeat.has_same_key:
            yield about_repeated(
                repeat.question,
                f"the same stem as {place_of(repeat.earlier)}, with another key",
                "correct the key that is wrong, or let each stem say what it alone asks",
            )
