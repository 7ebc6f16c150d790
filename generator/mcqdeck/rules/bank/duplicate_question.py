"""The rule `duplicate-question`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.repeats import about_repeated, place_of


def duplicate_question(checked: CheckedBanks) -> Iterator[Finding]:
    """A learner gets the same question twice, and two schedules for one fact.

    Remove one of them, or retire it if it was published. Two questions are the same if their stems
    and their keys are, whatever the case, the punctuation and the markup; another image or other
    code makes another question. Two banks that are checked together are compared too.
    """
    for repeat in checked.repeats:
        if repeat.has_same_key:
            yield about_repeated(
                repeat.question,
                f"the same question as {place_of(repeat.earlier)}",
                "remove one of them, or retire it if it was published",
            )
