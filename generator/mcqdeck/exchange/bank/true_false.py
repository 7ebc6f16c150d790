"""True and False in the language of a bank."""

from __future__ import annotations

from dataclasses import replace

from mcqdeck.exchange.item import Contents, Item, Text
from mcqdeck.words import words_for


def in_language(contents: Contents, language: str) -> Contents:
    """The contents with True and False in that language, as far as there are words in it."""
    pair = words_for(language).source.true_false[0]
    if pair == ("True", "False") or not any(item.is_true_false for item in contents.items):
        return contents
    words = dict(zip(("True", "False"), pair, strict=True))
    return replace(
        contents,
        items=tuple(
            _in_words(item, words) if item.is_true_false else item for item in contents.items
        ),
    )


def _in_words(item: Item, words: dict[str, str]) -> Item:
    options = tuple(
        replace(option, text=Text(words.get(option.text.markdown, option.text.markdown)))
        for option in item.options
    )
    return replace(item, options=options)
