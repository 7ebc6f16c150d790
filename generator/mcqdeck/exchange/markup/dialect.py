"""Which HTML means which Markdown: that of our own cards, and that of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# fmt: off
INLINE_MARKS: Mapping[str, str] = {"strong": "**", "em": "*", "del": "~~"}
INLINE_TAGS = frozenset({
    "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
})
BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "menu", "nav", "noscript", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})
KEPT_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "bdo": frozenset({"dir"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "title", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"align", "colspan", "rowspan"}),
    "th": frozenset({"align", "colspan", "rowspan", "scope"}),
}
# fmt: on
# What is no part of the text, and what other programs leave behind when they write HTML.
_INVISIBLE = frozenset({"head", "link", "meta", "style", "title", "xml"})
_WRAPPERS = frozenset(
    {"article", "aside", "body", "center", "div", "dir", "footer", "header", "html", "main"}
    | {"menu", "nav", "noscript", "section", "address", "fieldset", "form", "figure"}
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How HTML is read."""

    marks: Mapping[str, str]
    """The Markdown marks of tags."""

    code: frozenset[str]
    """The tags of code in a line."""

    unwrapped: frozenset[str]
    """What is replaced by its content."""

    dropped: frozenset[str]
    """What goes with its content."""

    is_ours: bool
    """Whether our own cards hold the HTML.

    Then everything in it is kept to the byte, and an address that is no link stays none. Elsewhere
    white space and empty paragraphs are only an editor's traces, and `$$…$$` is a formula.
    """


OURS = Dialect(
    marks=INLINE_MARKS,
    code=frozenset({"code"}),
    unwrapped=frozenset(),
    dropped=frozenset(),
    is_ours=True,
)
OTHERS = Dialect(
    marks={**INLINE_MARKS, "b": "**", "i": "*", "s": "~~", "strike": "~~"},
    code=frozenset({"code", "tt"}),
    unwrapped=_WRAPPERS | {"font", "span", "big", "label", "nobr", "figcaption", "wbr"},
    dropped=_INVISIBLE,
    is_ours=False,
)
