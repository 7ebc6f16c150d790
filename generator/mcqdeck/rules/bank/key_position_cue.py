"""The rule `key-position-cue`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.key_statistics import about_chapter, is_pattern

_FEWEST_QUESTIONS = 20  # in a chapter, with the same number of options
_FEWEST_EXPECTED = 5  # at every position, as the chi-square test needs it (Cochran 1954)


def key_position_cue(checked: CheckedBanks) -> Iterator[Finding]:
    """Where options keep their order and the key is often at the same place, a learner can guess.

    Spread the keys over all places. In a list of numbers, which must stay in order, choose wrong
    numbers sometimes above and sometimes below the right one. The rule counts a chapter's questions
    with one right option and the same number of options that are numbered or not shuffled, without
    True/False and Yes/No, if there are 20 or more.
    """
    for chapter, overview in checked.chapters:
        for size, counts in overview.places:
            number = sum(counts)
            expected = number / size
            if number < _FEWEST_QUESTIONS or expected < _FEWEST_EXPECTED:
                continue
            if is_pattern(counts, [expected] * size):
                yield about_chapter(
                    chapter,
                    f"the key's places are uneven in {number} questions of {size} options in "
                    f"fixed order: {', '.join(map(str, counts))}",
                    "move keys to the rarer places; among numbers, choose other wrong ones",
                )
