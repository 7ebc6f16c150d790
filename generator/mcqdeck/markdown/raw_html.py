"""Raw HTML, cut into tags where a browser would cut it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.pattern import pattern

# A tag as the specification has it.
_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_STRICT = r"""(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?)"""
OPEN_TAG = rf"<{_NAME}{_STRICT}*+\s*+/?>"
CLOSE_TAG = rf"</{_NAME}\s*+>"

# A tag as browsers have it, which forgive more.
ATTRIBUTE = r"""=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)|(?!\s*+=))"""
TAG = pattern(rf"<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]++|{ATTRIBUTE})*+)>")
NAMED = pattern(r"""(=?[^\s/>=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
START = pattern(r"<(?=[A-Za-z!?/])")
COMMENT = pattern(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
OTHER = pattern(r"<(?:[!?]|/(?![A-Za-z]))[^>]*+>")
# What stands inside these is no HTML, up to their own end.
HOLDS_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
# What a text may not hold may not come in through `&#31;` either.
CONTROL = pattern(
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


def without_control_references(html: str) -> str:
    """The HTML with references to control characters replaced by U+FFFD."""
    return CONTROL.sub("\ufffd", html) if "&#" in html else html


def read_tag(text: str) -> Tag | None:
    """The tag that the text is; none for a comment, a declaration, or a tag that never ends."""
    found = TAG.fullmatch(text)
    if not found:
        return None
    attributes = []
    for named in NAMED.finditer(text, found.start(3), found.end(3)):
        value = named[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        attributes.append(
            Attribute(named[1].lower(), unescape_html(value), named.start(), named[0])
        )
    return Tag(found[2].lower(), bool(found[1]), tuple(attributes))


def pieces(html: str) -> Iterator[tuple[int, str]]:
    """Each tag, comment and declaration with its offset; one that never ends takes all the rest."""
    at = 0
    while start := START.search(html, at):
        at = start.start()
        form = COMMENT if html.startswith("<!--", at) else OTHER
        found = TAG.match(html, at) or form.match(html, at)
        if not found:
            yield at, html[at:]
            return
        yield at, found[0]
        at = found.end()
        name = (found[2] if found.re is TAG else "").lower()
        if name in HOLDS_TEXT and not found[1]:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            at = end.start() if end else len(html)
