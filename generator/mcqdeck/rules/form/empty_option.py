"""The rule `empty-option`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.characters import is_blank
from mcqdeck.model import Question


def empty_option(question: Question) -> Iterator[Finding]:
    """An option without text leaves a learner to choose between something and nothing.

    Write its text after the checkbox, on the same line.
    """
    for option in question.options:
        if is_blank(option.text.shown):
            yield Finding(
                option.where,
                "the option has no text",
                "write its text after the checkbox, or remove it",
                5,
            )
