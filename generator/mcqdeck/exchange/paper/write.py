"""From questions to the HTML of a paper test.

Options stand in an order that depends on nothing but the question, since in a bank the right one
often stands first; where the order means something, it is kept.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape, unescape
from importlib.resources import files
from itertools import groupby
from mimetypes import guess_type
from urllib.parse import unquote

from mcqdeck.exchange.item import Contents, Item, Option, Text, Written
from mcqdeck.exchange.losses import METADATA, Part, losses
from mcqdeck.exchange.missing import needed
from mcqdeck.exchange.outgoing import letter

HOLDS = frozenset(Part) - METADATA - {Part.TAGS, Part.ID, Part.SETTINGS}
_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_VERBATIM = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>)", re.DOTALL)
_SOURCE = re.compile(r'\bsrc="([^"]+)"')
_AUDIO = re.compile(r"<audio\b[^>]*?\btitle=\"([^\"]*)\"[^>]*></audio>")
_CHOOSE = re.compile(
    r"\b(?:choose|select|pick|mark|two|three|four|five|2|3|4|5|all that apply)\b", re.IGNORECASE
)
_LAST = re.compile(
    r"\b(?:all|none|both|neither|any)\b.*\b(?:above|these|those|them|below|answers)\b",
    re.IGNORECASE,
)


def write(contents: Contents) -> Written:
    """The test with a chapter after the other, then its key with the explanations."""
    config = contents.config
    language = config.language if config else "en"
    words = _words(language)
    title = escape(config.title if config else "Test")
    maker = _Maker({file.path: file.data for file in contents.files}, words)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>",
        f"<style>\n{_read('paper.css')}</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        f'<p class="line"><span>{words["name"]}:</span><span>{words["date"]}:</span></p>',
        *maker.test(contents.items),
        '<section class="key">',
        f"<h1>{title}: {words['key']}</h1>",
        *maker.key(contents.items),
        "</section>",
        "</body>",
        "</html>",
    ]
    return Written(("\n".join(lines) + "\n").encode(), losses(contents, HOLDS))


class _Maker:
    """Makes the parts of a test; `files` are embedded where a text names them."""

    def __init__(self, files: Mapping[str, bytes], words: Mapping[str, str]) -> None:
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
                yield from (f"<li>{self._html(option.text)}</li>" for option in ordered(item))
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

    def _answer(self, item: Item) -> Iterator[str]:
        options = ordered(item)
        right = [letter(n).upper() for n, option in enumerate(options) if option.is_correct]
        yield f'<p class="right">{", ".join(right)}</p>'
        if item.explanation:
            yield self._html(item.explanation)
        for number, option in enumerate(options):
            if option.rationale:
                name = letter(number).upper()
                yield f'<div class="why"><b>{name}</b> {self._html(option.rationale)}</div>'
        if item.references:
            title = f"<h3>{self._words['references']}</h3>"
            yield f'<div class="why">{title}{self._html(item.references)}</div>'

    def _choose(self, item: Item) -> str:
        is_said = _CHOOSE.search(item.stem.markdown) is not None
        if item.right < 2 or is_said:
            return ""
        return f"<p>{self._words['choose'].format(item.right)}</p>"

    def _html(self, text: Text) -> str:
        """A text that needs nothing from elsewhere: formulas as MathML, files embedded."""
        html = text.html
        if "<audio" in html:
            html = _AUDIO.sub(r"[\1]", html)
        if "src=" in html:
            html = _SOURCE.sub(self._embedded, html)
        if "\\(" in html or "\\[" in html:
            pieces = _VERBATIM.split(html)
            html = "".join(
                piece if _VERBATIM.fullmatch(piece) else _FORMULA.sub(_mathml, piece)
                for piece in pieces
            )
        return html

    def _embedded(self, found: re.Match[str]) -> str:
        path = unquote(unescape(found[1]))
        if path not in self._files:
            return found[0]
        kind = guess_type(path)[0] or "application/octet-stream"
        return f'src="data:{kind};base64,{base64.b64encode(self._files[path]).decode()}"'


def ordered(item: Item) -> tuple[Option, ...]:
    """The options in the order of the paper: always the same for the same question."""
    if item.keeps_order:
        return item.options

    def place(option: Option) -> tuple[bool, bytes]:
        is_last = _LAST.search(option.text.markdown) is not None
        return is_last, sha256(f"{item.id}\x1f{option.text.markdown}".encode()).digest()

    return tuple(sorted(item.options, key=place))


def _chapters(items: tuple[Item, ...]) -> Iterator[tuple[int, str, list[Item]]]:
    """The chapters: the number of their first question, their title, their questions."""
    number = 1
    for category, group in groupby(items, key=lambda item: item.category):
        held = list(group)
        yield number, escape(" – ".join(category)), held
        number += len(held)


def _mathml(found: re.Match[str]) -> str:
    """A formula as MathML, or as its source where it has a command that is not known."""
    with needed("latex2mathml"):
        from latex2mathml.converter import convert  # noqa: PLC0415 (slow to load)

    try:
        return str(convert(unescape(found[1] or found[2]), "inline" if found[1] else "block"))
    except Exception:
        return f"<code>{found[0]}</code>"


def _words(language: str) -> Mapping[str, str]:
    words: dict[str, dict[str, str]] = json.loads(_read("words.json"))
    return words.get(language.split("-", maxsplit=1)[0].lower(), words["en"])


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
