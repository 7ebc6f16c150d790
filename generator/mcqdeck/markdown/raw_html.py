"""Raw HTML, cut into tags where a browser would cut it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache

from mcqdeck.markdown.characters import escape_attribute, unescape_html
from mcqdeck.markdown.pattern import pattern

# A tag as the specification has it.
_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_STRICT = r"""(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?)"""
_OPEN_TAG = rf"<{_NAME}{_STRICT}*+\s*+/?>"
_CLOSE_TAG = rf"</{_NAME}\s*+>"
TAG = pattern(rf"{_OPEN_TAG}|{_CLOSE_TAG}", re.ASCII)

# A tag as browsers have it, which forgive more.
ATTRIBUTE = r"""=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)|(?!\s*+=))"""
BROWSER_TAG = pattern(rf"<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]++|{ATTRIBUTE})*+)>")
ATTRIBUTE_PARTS = pattern(r"""(=?[^\s/>=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
TAG_START = pattern(r"<(?=[A-Za-z!?/])")
ANY_TAG = pattern(r"<[^<>]*>")  # to be taken out where words alone are wanted
COMMENT = pattern(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
DECLARATION = pattern(r"<(?:[!?]|/(?![A-Za-z]))[^>]*+>")
# What stands inside these is no HTML, up to their own end.
HOLDS_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
# What a text may not hold may not come in through `&#31;` either.
CONTROL_REFERENCE = pattern(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f)(?![0-9a-f])"
    r"|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|127)(?![0-9]));?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as written, `offset` characters into its tag, and what it says."""

    name: str
    value: str
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, and its attributes."""

    name: str
    is_end: bool
    attributes: tuple[Attribute, ...]

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name that counts, which is the first."""
        return next((given for given in self.attributes if given.name == name), None)


def without_control_references(html: str) -> str:
    """The HTML with references to control characters replaced by U+FFFD."""
    return CONTROL_REFERENCE.sub("\ufffd", html) if "&#" in html else html


def read_tag(text: str) -> Tag | None:
    """The tag that the text is; none for a comment, a declaration, or a tag that never ends."""
    match = BROWSER_TAG.fullmatch(text)
    if not match:
        return None
    attributes = []
    for named in ATTRIBUTE_PARTS.finditer(text, match.start(3), match.end(3)):
        value = named[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        attributes.append(
            Attribute(named[1].lower(), unescape_html(value), named.start(), named[0])
        )
    return Tag(match[2].lower(), bool(match[1]), tuple(attributes))


def pieces(html: str) -> Iterator[tuple[int, str]]:
    """Each tag, comment and declaration with its offset; one that never ends takes all the rest."""
    at = 0
    while start := TAG_START.search(html, at):
        at = start.start()
        other = COMMENT if html.startswith("<!--", at) else DECLARATION
        tag = BROWSER_TAG.match(html, at)
        match = tag or other.match(html, at)
        if not match:
            yield at, html[at:]
            return
        yield at, match[0]
        at = match.end()
        name = tag[2].lower() if tag and not tag[1] else ""
        if name in HOLDS_TEXT:
            end = _end_tag(name).search(html, at)
            at = end.start() if end else len(html)


def with_tags(html: str, names: Collection[str], written: Callable[[Tag, str], str]) -> str:
    """The HTML with each start tag of one of these names written as `written` gives it.

    It is given the tag and its text.
    """
    done: list[str] = []
    at = 0
    for offset, text in pieces(html):
        tag = read_tag(text)
        if tag is not None and tag.name in names and not tag.is_end:
            done += (html[at:offset], written(tag, text))
            at = offset + len(text)
    return "".join((*done, html[at:]))


def with_value(text: str, attribute: Attribute, value: str) -> str:
    """The text of a tag with another value of one of its attributes."""
    end = attribute.offset + len(attribute.text)
    return f'{text[: attribute.offset]}{attribute.name}="{escape_attribute(value)}"{text[end:]}'


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    """How the end tag begins that alone ends an element which holds text."""
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
