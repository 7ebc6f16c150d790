"""The rule `key-length-cue`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.key_statistics import about_chapter, is_pattern

_FEWEST_QUESTIONS = 40  # in a chapter; fewer show no pattern


def key_length_cue(checked: CheckedBanks) -> Iterator[Finding]:
    """A learner who always takes the longest option, or the shortest, passes without knowing.

    Write wrong options as full and as careful as the right one, or shorten the right one. The rule
    counts a chapter's questions with one right option, without True/False and Yes/No, if there are
    40 or more. It reports that the key is strictly the longest (or the shortest) in more of them
    than chance explains (chi-square, p < 0.01).
    """
    for chapter, overview in checked.chapters:
        total = overview.with_one_key
        if total < _FEWEST_QUESTIONS:
            continue
        for word, (expected, number) in (
            ("longest", overview.longest),
            ("shortest", overview.shortest),
        ):
            if number > expected and is_pattern(
                (number, total - number), (expected, total - expected)
            ):
                yield about_chapter(
                    chapter,
                    f"the key is the {word} option in {number} of {total} questions; "
                    f"{expected:.0f} are to be expected",
                    "make wrong options as long as the right one, or the other way round",
                )
