"""What the rules for banks must know of a question: worked out once, with its chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcqdeck.model import Compared
from mcqdeck.rules.analysis.content import content, content_and_meaning, content_of_stem
from mcqdeck.rules.analysis.passages import literals
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.similar_texts import beginnings
from mcqdeck.rules.analysis.spans import first_line

_LONGEST = 5_000
"""The characters that are compared for likeness; to compare longer texts would take too long."""


def compared(questions: Iterable[CheckedQuestion]) -> Iterator[Compared]:
    """The questions as they are compared with others."""
    for checked in questions:
        question = checked.question
        where, length = first_line(question.stem)
        stem = content(question.stem)
        contents = [
            content_and_meaning(option.text, is_english=checked.is_english)
            for option in question.options
        ]
        options = [
            said or option.text.text.strip()
            for option, (said, _) in zip(question.options, contents, strict=True)
        ]
        words = " ".join((stem, *options)).split()
        words.sort()
        text = " ".join(words)[:_LONGEST]
        yield Compared(
            where=where,
            length=length,
            asked=content_of_stem(question.stem, stem),
            stem=stem,
            literals=tuple(literals(question.stem)),
            options=tuple(options),
            meanings=tuple(
                [meant or said for said, (_, meant) in zip(options, contents, strict=True)]
            ),
            marks=tuple([option.is_correct for option in question.options]),
            lengths=tuple([len(option.text.shown) for option in question.options]),
            words=text,
            beginnings=beginnings(text.split() if len(text) == _LONGEST else words),
            has_opposite_options=checked.has_opposite_options,
            keeps_order=question.keeps_order,
            has_flashcard=question.has_flashcard and checked.config.flashcards,
        )
