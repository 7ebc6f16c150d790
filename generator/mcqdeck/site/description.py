"""The bank's description as HTML for its first page."""

from __future__ import annotations

import re

from mcqdeck.markdown import excerpt
from mcqdeck.markdown.characters import escape
from mcqdeck.markdown.raw_html import Tag, with_tags
from mcqdeck.render import safety
from mcqdeck.render.mathml import typeset
from mcqdeck.site.media import without_remote_images

_FIRST_SENTENCE = re.compile(r".{20,}?(?:[.!?؟۔।](?=\s)|[。！？])")
_HEADING_TAG = re.compile(r"<(/?)h[1-6]\b")


def description(text: str) -> tuple[str, str]:
    """The first sentence, in words, and all of it as safe HTML.

    Images of the bank do not show in Anki's overview of a deck, and so not here either.
    """
    if not text.strip():
        return "", ""
    passage = excerpt(text.strip().replace("\r\n", "\n"))
    html = without_remote_images(safety.clean(passage.html()))
    html = with_tags(html, {"img"}, _description)
    html = _HEADING_TAG.sub(lambda tag: f"<{tag[1]}h3", html)
    first = passage.blocks[0] if passage.blocks else None
    is_paragraph = first is not None and first.tag == "p"
    lead = excerpt(first.source).shown if first is not None and is_paragraph else ""
    sentence = _FIRST_SENTENCE.match(lead)
    return sentence[0] if sentence else lead, typeset(html).html


def _description(image: Tag, _text: str) -> str:
    """The words that describe an image."""
    words = image.attribute("alt")
    return escape(words.value) if words else ""
