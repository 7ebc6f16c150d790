"""What a learner sees of a field, to tell whether two options read the same."""

from __future__ import annotations

import re

from mcqdeck.entities import unescape

# What keeps its letter case: code and formulas; of a code block also its white space.
KEPT = re.compile(r"<pre[\s>].*?</pre>|<code[\s>].*?</code>|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")


def visible(html: str) -> str:
    """The text and the images' names, white space and letter case folded except in code."""
    if "<" not in html.removeprefix("<p>").removesuffix("</p>") and "\\" not in html:
        return _folded(html.removeprefix("<p>").removesuffix("</p>"))
    html = IMAGE.sub(r" [\1] ", html)
    shown: list[str] = []
    at = 0
    for kept in KEPT.finditer(html):
        shown.append(_folded(TAG.sub("", html[at : kept.start()])))
        text = unescape(TAG.sub("", kept[0]))
        shown.append(text.strip() if kept[0].startswith("<pre") else " ".join(text.split()))
        at = kept.end()
    shown.append(_folded(TAG.sub("", html[at:])))
    return " ".join(part for part in shown if part)


def _folded(text: str) -> str:
    return " ".join(unescape(text).casefold().split())
