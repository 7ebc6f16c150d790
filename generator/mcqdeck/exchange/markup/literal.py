"""Tags in a text that need not be HTML: those that mark it up, and those that it is about.

In a question on HTML people write `<head>` and `<b>` and mean just that. A tag is markup only if
editors write it and if what it begins also ends.
"""

from __future__ import annotations

import re
from collections import Counter

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:[\s/][^<>]*)?)>")
_OTHER = re.compile(r"<(?=[!?])(?!!--(?:\[|StartFragment|EndFragment))")  # comments, doctypes
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")
_LESS_THAN = re.compile("<")
_TREE = re.compile(r"<(?:\w+:)?(?:math|svg)\b", re.IGNORECASE)
_VOID = frozenset({"br", "col", "embed", "hr", "img", "param", "source", "track", "wbr"})
_LOOSE = frozenset({"dd", "dt", "li", "p", "td", "th", "tr"})  # their end may be left out
_MARKS = (
    _VOID
    | _LOOSE
    | {"a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "blockquote", "caption", "center"}
    | {"cite", "code", "colgroup", "del", "details", "dfn", "div", "dl", "em", "figcaption"}
    | {"figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "iframe", "ins", "kbd", "mark"}
    | {"nobr", "object", "ol", "pre", "q", "rb", "rp", "rt", "ruby", "s", "samp", "script"}
    | {"section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table"}
    | {"tbody", "tfoot", "thead", "tt", "u", "ul", "var", "video"}
)


def html_in(text: str) -> str | None:
    """The text as HTML, with the tags that it is about escaped; none if nothing in it is HTML."""
    if "<" not in text and "&" not in text:
        return None
    if _TREE.search(text):
        return text
    tags = list(_TAG.finditer(text))
    unended = _unended(tags, text)
    meant = {tag.start() for tag in tags if not _is_markup(tag, unended)}
    if len(meant) == len(tags) and not _ENTITY.search(text):
        return None
    meant.update(match.start() for match in _OTHER.finditer(text))
    if not meant:
        return text
    return _LESS_THAN.sub(lambda match: "&lt;" if match.start() in meant else "<", text)


def _is_markup(match: re.Match[str], unended: set[str]) -> bool:
    name = match[2].lower()
    if name == "img" and "src" not in match[3].lower():
        return False
    return name in _MARKS and name not in unended


def _unended(tags: list[re.Match[str]], text: str) -> set[str]:
    """The names of the tags that begin what does not end, or end what did not begin."""
    names = {tag[2].lower() for tag in tags}
    if len(tags) == 1 and tags[0][0] == text.strip():
        return names - {"img"}
    balance: Counter[str] = Counter()
    for tag in tags:
        if not tag[3].endswith("/"):
            balance[tag[2].lower()] += -1 if tag[1] else 1
    unended = {name for name in names - _VOID if balance[name]}
    is_about_tags = names == unended and not text.lstrip().startswith("<")
    return unended if is_about_tags else unended - _LOOSE
