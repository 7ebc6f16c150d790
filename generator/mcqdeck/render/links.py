"""Links and images: brackets that a target, a label or a definition makes into one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mcqdeck.render.characters import Html, escape_attribute, escape_url
from mcqdeck.render.definitions import LABEL, Reference, normal, target, title
from mcqdeck.render.emphasis import Run, Runs

GAP = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
# Targets that open from a card beyond doubt; the others are noted and judged.
PLAIN_TARGET = re.compile(
    r"(?:https?://(?:(?!xn--)[A-Z0-9-]+\.)+[A-Z]{2,}(?=[/?#]|$)|mailto:)", re.IGNORECASE
)
TAG = re.compile(r"""<(?:"[^"]*"|[^">])*>""")
ALT = re.compile(r'<img[^>]* alt="([^"]*)"[^>]*>')
LONGEST_LABEL = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image, between two offsets of the text."""

    target: str
    title: str
    begin: int
    end: int
    is_image: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the target is on the web or an address for mail."""
        return PLAIN_TARGET.match(self.target) is not None

    @property
    def tag(self) -> str:
        """The opening tag of a link."""
        named = f' title="{escape_attribute(self.title)}"' if self.title else ""
        return f'<a href="{escape_url(self.target)}"{named}>'


class Bracket:
    """An opening bracket that waits for its end."""

    __slots__ = ("at", "has_bracket_after", "index", "is_image", "run")

    def __init__(self, at: int, index: int, run: Run | None, *, is_image: bool) -> None:
        self.at = at
        self.index = index
        self.run = run
        self.is_image = is_image
        self.has_bracket_after = False

    @property
    def inside(self) -> int:
        """Where the text in the brackets begins."""
        return self.at + 1 + self.is_image


class Brackets:
    """The brackets of a text that are open."""

    def __init__(
        self, text: str, output: list[str], runs: Runs, references: Mapping[str, Reference]
    ) -> None:
        self._text = text
        self._output = output
        self._runs = runs
        self._references = references
        self._open: list[Bracket] = []
        self._first_active = 0

    @property
    def is_open(self) -> bool:
        """Whether a bracket waits for its end."""
        return bool(self._open)

    def open(self, at: int, *, is_image: bool) -> None:
        """Adds `[` or `![`."""
        if self._open:
            self._open[-1].has_bracket_after = True
        self._output.append("![" if is_image else "[")
        self._open.append(Bracket(at, len(self._output) - 1, self._runs.last, is_image=is_image))

    def close(self, at: int) -> Link | None:
        """Takes `]`: the link or image that it ends, now in the output; none if it ends none."""
        if not self._open:
            return None
        bracket = self._open.pop()
        is_active = bracket.is_image or len(self._open) >= self._first_active
        self._first_active = min(self._first_active, len(self._open))
        found = self._find(bracket, at) if is_active else None
        if not found:
            return None
        (url, named), end = found
        link = Link(url, named, bracket.at, end, bracket.is_image)
        self._runs.resolve(bracket.run)
        if link.is_image:
            self._set_image(link, bracket.index)
        else:
            self._output[bracket.index] = Html(link.tag)
            self._output.append(Html("</a>"))
            self._first_active = len(self._open)
        return link

    def _find(self, bracket: Bracket, at: int) -> tuple[Reference, int] | None:
        """The reference after the `]` at `at`, and where it ends."""
        if self._text.startswith("(", at + 1) and (found := self._inline(at + 2)):
            return found
        label, end = None, at + 1
        if found_label := LABEL.match(self._text, at + 1):
            label, end = found_label[1], found_label.end()
        elif self._text.startswith("[]", at + 1):
            end = at + 3
        if label is None:
            if bracket.has_bracket_after or at - bracket.inside > LONGEST_LABEL:
                return None
            label = self._text[bracket.inside : at]
        reference = self._references.get(normal(label)) if self._references else None
        return (reference, end) if reference else None

    def _inline(self, at: int) -> tuple[Reference, int] | None:
        """The target and title in parentheses, of which the first stands before `at`."""
        found = target(self._text, _past_gap(self._text, at))
        if not found:
            return None
        url, end = found
        after = _past_gap(self._text, end)
        named = title(self._text, after) if after > end else None
        if named:
            after = _past_gap(self._text, named[1])
        if not self._text.startswith(")", after):
            return None
        return (url, named[0] if named else ""), after + 1

    def _set_image(self, link: Link, index: int) -> None:
        shown = ALT.sub(r"\1", "".join(self._output[index + 1 :]))
        alt = TAG.sub("", shown).replace("\n", " ").replace('"', "&quot;")
        named = f' title="{escape_attribute(link.title)}"' if link.title else ""
        self._output[index:] = [Html(f'<img src="{escape_url(link.target)}" alt="{alt}"{named}>')]


def _past_gap(text: str, at: int) -> int:
    found = GAP.match(text, at)
    return found.end() if found else at
