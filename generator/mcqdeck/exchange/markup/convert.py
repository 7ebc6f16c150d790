"""From HTML to Markdown."""

from __future__ import annotations

import re

from mcqdeck.exchange.markup.blocks import Blocks
from mcqdeck.exchange.markup.dialect import OTHERS, Dialect
from mcqdeck.exchange.markup.inlines import Name
from mcqdeck.exchange.markup.tree import tree_of

# Most texts of most files: paragraphs of words, and perhaps a list of some. A line begins with
# what begins no block, and nothing in it can mean anything but emphasis or code that stands apart.
_BEGIN = r"(?:[^\W\d_]|[(\"'“”‘’„«¿¡…]|\d++(?![.)\d]))"
_WORD = r"[^\\`*_~\[\]<>&$@\x00-\x20\x7f\xa0\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]++"
_MARKED = rf"(?=[^\W_]){_WORD}(?: {_WORD})*+(?<=[^\W_])"
_TAGGED = "|".join(f"<{tag}>{_MARKED}</{tag}>" for tag in ("em", "strong", "code"))
_LINE = rf"(?={_BEGIN}){_WORD}(?: (?:{_WORD}|(?:{_TAGGED})(?:[.,;:?!](?![^ \n<]))?+))*+"
_WORDS = rf"{_LINE}(?:\n{_LINE})*+"
_PARAGRAPHS = rf"<p>{_WORDS}</p>(?:\n?<p>{_WORDS}</p>)*+"
_LIST = rf"<ul>\n?(?:<li>{_WORDS}</li>\n?)++</ul>"
_MARKS = (("em", "*"), ("strong", "**"), ("code", "`"))
_PLAIN = re.compile(rf"{_WORDS}|{_PARAGRAPHS}(?:\n?{_LIST})?|{_LIST}")


def same(address: str) -> str:
    """The address itself: what a file is called where it is called nothing else."""
    return address


class Converter:
    """Turns one HTML text after another into Markdown.

    `name` turns the address of an image into its path in the bank. `losses` gathers what could not
    be kept, a sentence a kind.
    """

    def __init__(self, dialect: Dialect = OTHERS, name: Name = same) -> None:
        self.losses: set[str] = set()
        self._blocks = Blocks(dialect, name, self.losses)

    def markdown(self, html: str) -> str:
        """The Markdown of a text."""
        html = html.strip()
        if not html:
            return ""
        if _PLAIN.fullmatch(html) and "://" not in html and "www." not in html:
            text = _unwrapped(html) if html[0] == "<" else html
            return _with_marks(text) if "<" in text else text
        return self._blocks.field(tree_of(html))


def _with_marks(text: str) -> str:
    """The text with Markdown's marks for the tags of emphasis and code."""
    for tag, mark in _MARKS:
        text = text.replace(f"<{tag}>", mark).replace(f"</{tag}>", mark)
    return text


def _unwrapped(html: str) -> str:
    """The Markdown of paragraphs and a list in which nothing has a meaning."""
    paragraphs, _, items = html.partition("<ul>")
    texts = [each.strip("\n").removeprefix("<p>") for each in paragraphs.split("</p>")]
    if items:
        lines = items.removesuffix("</ul>").split("</li>")
        shown = (each.strip("\n").removeprefix("<li>").replace("\n", "\n  ") for each in lines)
        texts.append("\n".join(f"- {each}" for each in shown if each))
    return "\n\n".join(text for text in texts if text)
