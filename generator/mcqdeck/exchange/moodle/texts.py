"""Texts as Moodle holds them: in one of its formats, with files inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import NOTHING, Attachment, Text
from mcqdeck.exchange.markup import Converter, html_in, markdown_of_plain

_PLUGIN = "@@PLUGINFILE@@/"
_LINE_END = re.compile(r"\n(?<!>\n)")  # none that a tag ends; the line end first finds it fast
_TEX = re.compile(r"\[tex\](.+?)\[/tex\]", re.DOTALL)
_MARKDOWN_FILE = re.compile(re.escape(_PLUGIN) + r"([^\s)\"'<>]+)")
_REFERENCES = re.compile(
    r"(?:\A|\n\n)(?:\*\*|#{1,6} )References:?(?:\*\*)?:?\n\n(?=\S)", re.IGNORECASE
)


class Texts:
    """Turns texts of a Moodle into those of a bank; `losses` tells what could not be kept."""

    def __init__(self, others: Mapping[str, bytes] | None = None) -> None:
        self._files = Files(others or {})
        self._converter = Converter(name=self._name)

    @property
    def losses(self) -> set[str]:
        """What could not be kept, a sentence a kind."""
        return self._converter.losses | self._files.losses

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files that texts name, each with its path in the bank."""
        return self._files.attachments

    def embed(self, name: str, data: bytes) -> None:
        """Takes a file that the next texts may name."""
        self._files.add(unquote(name), data)

    def path(self, name: str) -> str:
        """The path in the bank of a file that was embedded."""
        return self._files.path(name)

    def text(self, text: str, form: str) -> Text:
        """A text in one of Moodle's formats: `html`, `markdown`, `plain_text`, or its own.

        In its own, line ends are shown, and HTML and formulas mean what they mean in HTML.
        """
        if not text.strip():
            return NOTHING
        if "[tex]" in text:
            text = _TEX.sub(r"$$\1$$", text)
        if form == "html":
            return Text(self._converter.markdown(text))
        if form == "markdown":
            return Text(_MARKDOWN_FILE.sub(lambda match: self._name(match[0]), text))
        html = None if form in {"plain", "plain_text"} else html_in(text)
        if html is None:
            return Text(markdown_of_plain(text))
        return Text(self._converter.markdown(_LINE_END.sub("<br>\n", html)))

    def explained(self, text: Text) -> dict[str, Any]:
        """An explanation, and what stands in it under the heading References by itself."""
        markdown = text.markdown
        match = _REFERENCES.search(markdown) if "eferences" in markdown else None
        if not match:
            return {"explanation": text}
        return {
            "explanation": Text(markdown[: match.start()]),
            "references": Text(markdown[match.end() :]),
        }

    def _name(self, address: str) -> str:
        """The path in the bank of a file that a text names."""
        if address.startswith(_PLUGIN):
            address = unquote(address.removeprefix(_PLUGIN).split("?")[0])
        return self._files.path(address)
