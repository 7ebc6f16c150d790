"""From HTML to Markdown."""

from __future__ import annotations

import re

from mcqdeck.exchange.markup.blocks import Blocks
from mcqdeck.exchange.markup.dialect import OTHERS, Dialect
from mcqdeck.exchange.markup.inlines import Name, target
from mcqdeck.exchange.markup.tree import tree_of

# Most texts of most files: paragraphs of words, and perhaps a list of some. A line begins with
# what begins no block, and nothing in it can mean anything but emphasis, code, a formula or a link
# that stands apart.
_BEGIN = r"(?:[^\W\d_]|[(\"'“”‘’„«¿¡…]|\d++(?![.)\d]))"
_WORD = r"[^\\`*_~\[\]<>&$@\x00-\x20\x7f\xa0\u200b\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]++"
_SIGN = r"[^\\`<>&$@\s\x00-\x20\x7f-\xa0\u200b\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]"
_MARKED = rf"(?=[^\W_]){_WORD}(?: {_WORD})*+(?<=[^\W_])"
_CODE = rf"<code>{_SIGN}++(?: {_SIGN}++)*+</code>"
_FORMULA = rf"\\\((?:{_SIGN}|\\[A-Za-z])++(?: (?:{_SIGN}|\\[A-Za-z])++)*+\\\)"
_ADDRESS = r"https?://[A-Za-z0-9\-.+!'%#?=;:/,_]++"
_LINKED = rf'<a href="{_ADDRESS}">{_MARKED}</a>'
_TAGGED = "|".join((f"<em>{_MARKED}</em>", f"<strong>{_MARKED}</strong>", _CODE, _FORMULA, _LINKED))
_APART = rf"(?:{_TAGGED})(?:[.,;:?!](?![^ \n<]))?+"
_REST = rf"(?: (?:{_WORD}|{_APART}))*+"
_FIRST_LINE = rf"(?={_BEGIN}){_WORD}{_REST}"
_LINE = rf"(?:(?={_BEGIN}){_WORD}|{_APART}){_REST}"
_BARE_WORDS = rf"{_FIRST_LINE}(?:\n{_LINE})*+"
_WORDS = rf"{_LINE}(?:\n{_LINE})*+"
_PARAGRAPHS = rf"<p>{_WORDS}</p>(?:\n?<p>{_WORDS}</p>)*+"
_LIST = rf"<ul>\n?(?:<li>{_WORDS}</li>\n?)++</ul>"
_PLAIN = re.compile(rf"{_BARE_WORDS}|{_PARAGRAPHS}(?:\n?{_LIST})?|{_LIST}")
_BARE_ADDRESS = re.compile(
    r'://(?<!<a href="http://)(?<!<a href="https://)'
    r'|(?i:www)\.(?<!<a href="http://www\.)(?<!<a href="https://www\.)'
)
_LINK = re.compile(rf'<a href="({_ADDRESS})">([^<]*+)</a>')
_MARKS = (
    *(("<em>", "*"), ("</em>", "*"), ("<strong>", "**"), ("</strong>", "**")),
    *(("<code>", "`"), ("</code>", "`"), (r"\(", "$"), (r"\)", "$")),
)


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
        self._name = name
        self._blocks = Blocks(dialect, name, self.losses)

    def markdown(self, html: str) -> str:
        """The Markdown of a text."""
        html = html.strip()
        if not html:
            return ""
        if _PLAIN.fullmatch(html) and not _BARE_ADDRESS.search(html):
            text = _unwrapped(html) if html[0] == "<" else html
            return self._with_marks(text) if "<" in text or "\\" in text else text
        return self._blocks.field(tree_of(html))

    def _with_marks(self, text: str) -> str:
        """The text with Markdown's marks for the tags of emphasis, code, links and formulas."""
        if "<a " in text:
            text = _LINK.sub(lambda match: f"[{match[2]}]({target(self._name(match[1]))})", text)
        for sign, mark in _MARKS:
            text = text.replace(sign, mark)
        return text


def _unwrapped(html: str) -> str:
    """The Markdown of paragraphs and a list in which nothing has a meaning."""
    if html.find("</p>") == len(html) - 4:
        return html[3:-4]
    paragraphs, _, items = html.partition("<ul>")
    texts = [paragraph.strip("\n").removeprefix("<p>") for paragraph in paragraphs.split("</p>")]
    if items:
        lines = items.removesuffix("</ul>").split("</li>")
        shown = (line.strip("\n").removeprefix("<li>").replace("\n", "\n  ") for line in lines)
        texts.append("\n".join(f"- {text}" for text in shown if text))
    return "\n\n".join(text for text in texts if text)
