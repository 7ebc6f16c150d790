"""Whole chapters read as on GitHub: each field is held against its part of the engine's page."""

from __future__ import annotations

from chapters import random_chapter
from fidelity import Counts, compare

FIRST, MANY = 100_000, 250  # chapters on which nothing was tuned


def test_random_chapters_agree_in_nearly_all_fields_and_lose_none() -> None:
    counts = Counts()

    for number in range(FIRST, FIRST + MANY):
        compare(str(number), random_chapter(number), counts)

    assert counts.fields.total() > 10 * MANY
    assert counts.damaged < 0.2 * counts.fields["stem"]
    assert counts.empty == []
    assert len(counts.differences) <= 0.005 * counts.fields.total(), counts.differences


def test_a_field_that_lost_text_would_be_told() -> None:
    """The comparison itself can fail: GitHub shows a box in the second item, a card no text."""
    text = "# T\n\n## a-b\n\nWhy?\n\n- [x] One\n- [ ] <input>\n"
    counts = Counts()

    compare("a.md", text, counts)

    assert [difference.kind for difference in counts.differences] == ["option"]
    assert counts.empty == ["a.md:3: option"]
