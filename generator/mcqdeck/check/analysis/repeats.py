"""Questions whose stem repeats that of an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.check.analysis.content import content, content_of_stem, letters_and_digits
from mcqdeck.check.analysis.question import CheckedQuestion, checked_questions
from mcqdeck.check.analysis.spans import first_line
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Passage


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question whose stem an earlier one had, with the same key or with another."""

    question: CheckedQuestion
    earlier: CheckedQuestion
    has_same_key: bool


def repeats(banks: Sequence[Bank]) -> Iterator[Repeat]:
    """The questions whose stem repeats an earlier one, and which learners cannot tell from it."""
    by_letters: defaultdict[str, list[CheckedQuestion]] = defaultdict(list)
    for bank in banks:
        for checked in checked_questions(bank):
            by_letters[letters_and_digits(checked.question.stem)].append(checked)
    for candidates in by_letters.values():
        if len(candidates) > 1:
            by_stem: defaultdict[str, list[CheckedQuestion]] = defaultdict(list)
            for checked in candidates:
                by_stem[content_of_stem(checked.question.stem)].append(checked)
            for group in by_stem.values():
                yield from _repeats_among(group)


def about_repeated(checked: CheckedQuestion, message: str, advice: str) -> Finding:
    """A finding that points at the first line of a question's stem."""
    where, length = first_line(checked.question.stem)
    return Finding(where, message, advice, length)


def place_of(checked: CheckedQuestion) -> str:
    """Where a question's stem stands, as text."""
    where = checked.question.stem.where
    return f"{where.path}:{where.line}"


def _repeats_among(group: Sequence[CheckedQuestion]) -> Iterator[Repeat]:
    """What each question of one stem repeats: the first one with its key, or one in conflict.

    In conflict are two that share an option, or of which both have a flashcard.
    """
    by_keys: dict[frozenset[str], CheckedQuestion] = {}
    by_option: dict[str, CheckedQuestion] = {}
    first_with_flashcard: CheckedQuestion | None = None
    for checked in group:
        question = checked.question
        has_flashcard = checked.config.flashcards and question.has_flashcard
        options = {_content_of(option.text): option.is_correct for option in question.options}
        keys = frozenset(text for text, is_correct in options.items() if is_correct)
        if same := by_keys.get(keys):
            yield Repeat(checked, same, has_same_key=True)
        else:
            with_option = next((by_option[text] for text in options if text in by_option), None)
            if other := (first_with_flashcard if has_flashcard else None) or with_option:
                yield Repeat(checked, other, has_same_key=False)
        by_keys.setdefault(keys, checked)
        for text in options:
            by_option.setdefault(text, checked)
        if has_flashcard and first_with_flashcard is None:
            first_with_flashcard = checked


def _content_of(option: Passage) -> str:
    return content(option) or option.text.strip()
