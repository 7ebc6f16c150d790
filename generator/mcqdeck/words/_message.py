"""Messages that count something: one form for each kind of number that a language tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """A message with the forms that its language has for numbers, by CLDR's categories.

    A form that is absent reads as `other`. What the categories mean in a language stands in
    https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html.
    """

    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None
    other: str

    def forms(self) -> Iterator[tuple[str, str]]:
        """The categories that have a text of their own, with it."""
        for category in CATEGORIES:
            text = getattr(self, category)
            if text is not None:
                yield category, text


CATEGORIES: tuple[str, ...] = tuple(field.name for field in fields(Plural))

Counted = str | Plural
"""A message with a number in it: one text where its wording is the same for all numbers."""


def form_of(message: Counted, category: str) -> str:
    """The text for a category: `zero`, `one`, `two`, `few`, `many` or `other`."""
    if isinstance(message, str):
        return message
    text: str | None = getattr(message, category)
    return message.other if text is None else text
