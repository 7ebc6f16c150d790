"""From a message and its values to the text that a learner reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mcqdeck.words._message import Counted, form_of
from mcqdeck.words._words import PLACEHOLDER, Words

if TYPE_CHECKING:
    from babel.plural import PluralRule


def category(language: str, number: int) -> str:
    """The category of CLDR in which one of `LANGUAGES` puts a whole number: `one`, `few` …"""
    return _rule(language)(number)


def say(words: Words, message: Counted, count: int | None = None, **values: str | int) -> str:
    """A message with its values, in the form that goes with `count`, which is `{count}` in it.

    Numbers get the language's digits. Values are put in as they are: into HTML goes HTML.
    """
    if isinstance(message, str):
        text = message
    else:
        text = form_of(message, category(words.language, count or 0))
    known = values if count is None else values | {"count": count}
    return PLACEHOLDER.sub(lambda match: _written(known[match[1]], words.card.digits), text)


def _written(value: str | int, digits: str) -> str:
    if isinstance(value, str):
        return value
    return "".join(
        digits[int(character)] if character.isdecimal() else character for character in str(value)
    )


@cache
def _rule(language: str) -> PluralRule:
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(language, sep="-").plural_form
