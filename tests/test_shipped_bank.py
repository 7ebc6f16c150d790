"""What the page of the shipped bank says about it is so."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import mcqdeck
from mcqdeck.diagnostic import Severity
from mcqdeck.model import Bank, Chapter, Question

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "source" / "12-core-functions"
PAGE = ROOT / "docs" / "bank.md"


@cache
def bank() -> Bank:
    return mcqdeck.load(SOURCE).bank


def test_it_has_no_fault_under_the_strict_rules() -> None:
    checked = mcqdeck.check([SOURCE])

    assert bank().config.rule_set == "strict"
    assert not [
        diagnostic for diagnostic in checked.diagnostics if diagnostic.severity is not Severity.INFO
    ]


def test_the_page_counts_it_as_it_is() -> None:
    rows = {
        cells[0]: [int(cell) for cell in cells[1:]]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if len(cells := [cell.strip(" *") for cell in line.strip("|").split("|")]) == 5
        and cells[-1].isdigit()
    }
    levels = bank().config.levels
    counted = {
        chapter.title: [*(Counter(q.level for q in chapter.questions)[level] for level in levels)]
        for chapter in bank().chapters
    }
    expected = {title: [*counts, sum(counts)] for title, counts in counted.items()}
    sums = [sum(column) for column in zip(*expected.values(), strict=True)]

    assert rows == {**expected, "All": sums}
    assert sums == [169, 257, 134, 560]


@pytest.mark.parametrize("chapter", bank().chapters, ids=lambda chapter: chapter.title)
def test_the_length_of_an_option_does_not_tell_the_key(chapter: Chapter) -> None:
    longest = sum(length_of_key(q) > max(lengths_of_distractors(q)) for q in chapter.questions)
    shortest = sum(length_of_key(q) < min(lengths_of_distractors(q)) for q in chapter.questions)

    assert longest <= 0.3 * len(chapter.questions)
    assert shortest <= 0.3 * len(chapter.questions)


def test_every_question_has_four_options_reasons_and_sources() -> None:
    for question in bank().questions:
        wrong = [option for option in question.options if not option.is_correct]

        assert len(question.options) == 4, question.id
        assert len(wrong) == 3, question.id
        assert all(option.rationale for option in wrong), question.id
        assert question.explanation, question.id
        assert question.references, question.id
        assert question.difficulty, question.id


def test_what_may_change_says_when_it_is_reviewed() -> None:
    for question in bank().questions:
        years = [tag for tag in question.tags if re.fullmatch(r"review-by-20\d\d", tag)]

        assert bool(years) == ("volatile" in question.tags), question.id


def test_it_gives_flashcards_and_shows_its_pictures() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.md"))
    pictures = set(re.findall(r"\]\(media/([\w-]+\.svg)\)", text))

    assert sum(question.has_flashcard for question in bank().questions) >= 300
    assert pictures == {path.name for path in (SOURCE / "media").iterdir()}
    assert len(pictures) >= 8


def length_of_key(question: Question) -> int:
    return next(len(option.text.text) for option in question.options if option.is_correct)


def lengths_of_distractors(question: Question) -> list[int]:
    return [len(option.text.text) for option in question.options if not option.is_correct]
