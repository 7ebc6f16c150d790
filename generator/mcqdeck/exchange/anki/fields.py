"""The HTML of fields as the Markdown of a bank, with the media that they name."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from mcqdeck.exchange.anki.collection import Package
from mcqdeck.exchange.bank.source import SOUND
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import NOTHING, Text
from mcqdeck.exchange.markup import OTHERS, OURS, Converter

_LATEX = re.compile(
    r"\[\$\$\](.+?)\[/\$\$\]|\[\$\](.+?)\[/\$\]|\[latex\](.+?)\[/latex\]|<anki-mathjax(?P<block>[^>]*)>(?P<tex>.+?)</anki-mathjax>",
    re.DOTALL | re.IGNORECASE,
)
_LATEX_IN_SIGNS = re.compile(
    r"\s*(?:\$\$?|\\\[|\\begin\{(?:displaymath|equation\*?)\})(.+?)(?:\$\$?|\\\]|\\end\{(?:displaymath|equation\*?)\})\s*",
    re.DOTALL,
)
_URL = re.compile(r"""url\(["']?([^"'()]+)["']?\)""")
_TAGS = re.compile(r"<br\s*/?>|</?(?:div|p|span)\b[^<>]*>", re.IGNORECASE)


class Fields:
    """Turns fields into texts; `losses` tells what could not be kept.

    `ours` are the fields of our own cards, whose every byte counts.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.files = Files({})
        self._ours = Converter(OURS, self._name)
        self._others = Converter(OTHERS, self._name)
        self._bank = ""

    @property
    def losses(self) -> set[str]:
        """What could not be kept, a sentence a kind."""
        return self._others.losses | self.files.losses

    def of_bank(self, bank: str) -> None:
        """Says that fields are those of a bank of that id, after which its media are named."""
        self._bank = bank

    def ours(self, html: str) -> Text:
        """A field of our own cards."""
        if not html:
            return NOTHING
        return Text(self._ours.markdown(SOUND.sub(_sound, html)))

    def others(self, html: str) -> Text:
        """A field of another card."""
        if not html.strip():
            return NOTHING
        html = SOUND.sub(_sound, html)
        if "[" in html or "<anki-" in html:
            html = _LATEX.sub(_formula, html)
        markdown = self._others.markdown(html)
        return Text(markdown) if markdown else NOTHING

    def style(self, css: str) -> str:
        """The style of our own cards, with the files that it names under their paths."""
        return _URL.sub(lambda match: f"url({quote(self._name(match[1]))})", css)

    def _name(self, address: str) -> str:
        name = unquote(address)
        data = self._package.file(name)
        if data is None and name != address:
            name, data = address, self._package.file(address)
        if data is None:
            return self.files.path(address)
        self.files.add(name, data, called=self._called(name))
        return self.files.path(name)

    def _called(self, name: str) -> str:
        """What a file was called in the bank: without the bank's id and its own checksum."""
        match = _published(self._bank).fullmatch(name)
        return match[1] + match[2] if self._bank and match else name


@cache
def _published(bank: str) -> re.Pattern[str]:
    """The name of a file in the packages of a bank, which it has from its content."""
    return re.compile(rf"_?{re.escape(bank)}-(.+)-[0-9a-f]{{10}}(\.\w+)")


def _sound(match: re.Match[str]) -> str:
    name = unescape(match[1])
    return f'<audio src="{escape(name)}" title="{escape(PurePosixPath(name).stem)}"></audio>'


def _formula(match: re.Match[str]) -> str:
    """A formula of Anki's own signs as MathJax writes it."""
    block, inline, latex = match[1], match[2], match[3]
    tex = unescape(_TAGS.sub(" ", block or inline or latex or match["tex"]))
    if latex:
        bare = _LATEX_IN_SIGNS.fullmatch(tex)
        if not bare:
            return escape(match[0], quote=False)
        tex = bare[1]
    is_block = (
        bool(block) or "block" in (match["block"] or "") or (latex is not None and "$$" in latex)
    )
    shown = escape(tex.strip(), quote=False)
    return rf"\[{shown}\]" if is_block else rf"\({shown}\)"
