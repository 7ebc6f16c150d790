"""Questions whose stem repeats that of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Compared


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question whose stem an earlier one had, with the same key or with another."""

    question: Compared
    earlier: Compared
    has_same_key: bool


def repeats_among(group: Sequence[Compared]) -> Iterator[Repeat]:
    """What each question of one stem repeats: the first one with its key, or one in conflict.

    In conflict are two that share an option, or of which both have a flashcard.
    """
    by_keys: dict[frozenset[str], Compared] = {}
    by_option: dict[str, Compared] = {}
    first_with_flashcard: Compared | None = None
    for question in group:
        options = question.meanings
        marked = zip(options, question.marks, strict=True)
        keys = frozenset(text for text, is_correct in marked if is_correct)
        if same := by_keys.get(keys):
            yield Repeat(question, same, has_same_key=True)
        else:
            with_option = next((by_option[text] for text in options if text in by_option), None)
            flashcard = first_with_flashcard if question.has_flashcard else None
            if other := flashcard or with_option:
                yield Repeat(question, other, has_same_key=False)
        by_keys.setdefault(keys, question)
        for text in options:
            by_option.setdefault(text, question)
        if question.has_flashcard and first_with_flashcard is None:
            first_with_flashcard = question


def about_repeated(question: Compared, message: str, advice: str) -> Finding:
    """A finding that points at the first line of a question's stem."""
    return Finding(question.where, message, advice, question.length)


def place_of(question: Compared) -> str:
    """Where a question's stem stands, as text."""
    return f"{question.where.path}:{question.where.line}"
