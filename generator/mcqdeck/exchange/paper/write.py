"""From questions to the HTML of a paper test.

Options stand in an order that depends on nothing but the question, since in a bank the right one
often stands first; where the order means something, it is kept.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape, unescape
from importlib.resources import files
from itertools import groupby
from mimetypes import guess_type
from urllib.parse import unquote

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Contents, Item, Option, Text, Written
from mcqdeck.exchange.losses import METADATA, Part, losses
from mcqdeck.exchange.outgoing import SOURCE
from mcqdeck.identity import option_letter
from mcqdeck.render.mathml import STYLE, typeset
from mcqdeck.stock_options import pinned
from mcqdeck.words import Words, say, words_for

HOLDS = frozenset(Part) - METADATA - {Part.TAGS, Part.ID, Part.SETTINGS}
_AUDIO = re.compile(r"<audio\b[^>]*?\btitle=\"([^\"]*)\"[^>]*></audio>")
_CHOOSE = re.compile(
    r"\b(?:choose|select|pick|mark|two|three|four|five|2|3|4|5|all that apply)\b", re.IGNORECASE
)


def write(contents: Contents) -> Written:
    """The test with a chapter after the other, then its key with the explanations."""
    config = contents.config
    language = config.language if config else "en"
    words = words_for(language, config.words if config else ())
    title = escape(config.title if config else "Test")
    maker = _Maker({file.path: file.data for file in contents.files}, words)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}" dir="{words.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>",
        f"<style>\n{_read('paper.css')}{STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        f'<p class="line"><span>{words.site.name}:</span><span>{words.site.date}:</span></p>',
        *maker.test(contents.items),
        '<section class="key">',
        f"<h1>{title}: {words.site.answer_key}</h1>",
        *maker.key(contents.items),
        "</section>",
        "</body>",
        "</html>",
    ]
    return Written(("\n".join(lines) + "\n").encode(), losses(contents, HOLDS))


class _Maker:
    """Makes the parts of a test; `files` are embedded where a text names them."""

    def __init__(self, files: Mapping[str, bytes], words: Words) -> None:
        self._files = files
        self._words = words

    def test(self, items: tuple[Item, ...]) -> Iterator[str]:
        """The questions, numbered through all chapters."""
        for first, title, group in _chapters(items):
            yield f"<h2>{title}</h2>" if title else ""
            yield f'<ol class="test" start="{first}">'
            for item in group:
                yield f"<li>{self._html(item.stem)}{self._choose(item)}"
                yield '<ol class="options">'
                yield from (f"<li>{self._html(option.text)}</li>" for option in self._ordered(item))
                yield "</ol></li>"
            yield "</ol>"

    def key(self, items: tuple[Item, ...]) -> Iterator[str]:
        """The letters of the right options, and why."""
        for first, title, group in _chapters(items):
            yield f"<h2>{title}</h2>" if title else ""
            yield f'<ol class="key" start="{first}">'
            for item in group:
                yield f"<li>{''.join(self._answer(item))}</li>"
            yield "</ol>"

    def _ordered(self, item: Item) -> tuple[Option, ...]:
        return ordered(item, self._words.language)

    def _answer(self, item: Item) -> Iterator[str]:
        options = self._ordered(item)
        right = [option_letter(n).upper() for n, option in enumerate(options) if option.is_correct]
        yield f'<p class="right">{", ".join(right)}</p>'
        if item.explanation:
            yield self._html(item.explanation)
        for number, option in enumerate(options):
            if option.rationale:
                name = option_letter(number).upper()
                yield f'<div class="why"><b>{name}</b> {self._html(option.rationale)}</div>'
        if item.references:
            title = f"<h3>{self._words.card.references}</h3>"
            yield f'<div class="why">{title}{self._html(item.references)}</div>'

    def _choose(self, item: Item) -> str:
        is_said = _CHOOSE.search(item.stem.markdown) is not None
        if item.right < 2 or is_said:
            return ""
        return f"<p>{say(self._words, self._words.card.choose, item.right)}</p>"

    def _html(self, text: Text) -> str:
        """A text that needs nothing from elsewhere: formulas as MathML, files embedded."""
        html = text.html
        if "<audio" in html:
            html = _AUDIO.sub(r"[\1]", html)
        if "src=" in html:
            html = SOURCE.sub(self._embedded, html)
        return typeset(html).html

    def _embedded(self, match: re.Match[str]) -> str:
        path = unquote(unescape(match[1]))
        if path not in self._files:
            return match[0]
        kind = guess_type(path)[0] or "application/octet-stream"
        return f'src="data:{kind};base64,{base64.b64encode(self._files[path]).decode()}"'


def ordered(item: Item, language: str) -> tuple[Option, ...]:
    """The options in the order of the paper: always the same for the same question."""
    if item.keeps_order:
        return item.options
    words = [words_of(option.text) for option in item.options]
    last = pinned(words_of(item.stem, most=1000), words, language)

    def place(position: int) -> tuple[bool, bytes]:
        text = f"{item.id}\x1f{item.options[position].text.markdown}"
        return position in last, sha256(text.encode()).digest()

    return tuple(item.options[position] for position in sorted(range(len(words)), key=place))


def _chapters(items: tuple[Item, ...]) -> Iterator[tuple[int, str, list[Item]]]:
    """The chapters: the number of their first question, their title, their questions."""
    number = 1
    for category, group in groupby(items, key=lambda item: item.category):
        held = list(group)
        yield number, escape(" – ".join(category)), held
        number += len(held)


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
