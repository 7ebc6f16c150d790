"""The pages of a site, from templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from mcqdeck.pack.words import title_words
from mcqdeck.words import Counted, Words, say

_LONGEST_TITLE = 70
_LONGEST_DESCRIPTION = 200


@cache
def environment() -> Environment:
    """The templates, whose values are all escaped but those that are safe HTML already."""
    made = Environment(
        autoescape=True,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["short"] = short
    return made


def _template(name: str) -> str:
    return files("mcqdeck.site").joinpath("templates", name).read_text(encoding="utf-8")


class Pages:
    """Makes pages for a bank whose site speaks with `words`; `shared` is known to each of them."""

    def __init__(self, words: Words, messages: Mapping[str, Counted], **shared: object) -> None:
        self._words, self._messages = words, messages
        self._shared = shared | {"say": self.say, "number": self.number}

    def say(self, key: str, count: int | None = None, **values: str | int) -> str:
        """A word by its key, with its values."""
        return say(self._words, self._messages[key], count, **values)

    def number(self, value: int) -> str:
        """A number in the language's digits."""
        return say(self._words, "{value}", value=value)

    def page(self, template: str, **values: object) -> bytes:
        """A page as UTF-8."""
        text = environment().get_template(template).render(**self._shared, **values)
        return text.encode()


def safe(html: str) -> Markup:
    """HTML that passed the bank's gate (`render/safety.py`), or that we wrote."""
    return Markup(html)


def short(text: str, longest: int = _LONGEST_TITLE) -> str:
    """The beginning of a text, in whole words."""
    if len(text) <= longest:
        return text
    head, space, _ = text[:longest].rpartition(" ")
    return f"{head if space else text[: longest - 1]}…"


def title_of(stem: str) -> str:
    """What a question's page is called: the words of its stem, as far as they fit."""
    return short(title_words(stem))


def summary_of(stem: str) -> str:
    """What search engines show of a question."""
    return short(title_words(stem), _LONGEST_DESCRIPTION)
