"""From HTML to Markdown."""

from __future__ import annotations

import re

from mcqdeck.exchange.markup.blocks import Blocks
from mcqdeck.exchange.markup.dialect import OTHERS, Dialect
from mcqdeck.exchange.markup.inlines import Name
from mcqdeck.exchange.markup.tree import tree_of

# Most texts of most files: words, and perhaps the paragraph around them.
_PLAIN = re.compile(
    r"(?:<p>)?((?=[^\W\d_]|[(\"'“”‘’„«¿¡…])[^\\`*_~\[\]!<>&$@#:\x00-\x20\x7f\xa0\ue000-\uf8ff]++"
    r"(?: [^\\`*_~\[\]!<>&$@#:\x00-\x20\x7f\xa0\ue000-\uf8ff]++)*+)(?:</p>)?"
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
        self._blocks = Blocks(dialect, name, self.losses)

    def markdown(self, html: str) -> str:
        """The Markdown of a text."""
        html = html.strip()
        if plain := _PLAIN.fullmatch(html):
            if "www." not in html:
                return plain[1]
        return self._blocks.markdown(tree_of(html)) if html else ""
