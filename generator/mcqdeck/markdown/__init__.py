"""GitHub's Markdown: a text becomes a tree with places; the tree gives HTML, prose and words.

The stages, in order: `blocks/` reads lines into blocks, `inlines/` the text of each leaf into
inlines, when it is first asked for; `html` and `excerpt` write what the `tree` holds. `extension`
makes the same of a text for Python-Markdown. Nothing here knows of questions or of Anki.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcqdeck.markdown.alerts import is_alert
from mcqdeck.markdown.blocks import Recovery, ends_html, no_recovery, parse_blocks
from mcqdeck.markdown.excerpt import Excerpt, Said, Sort, line, walk
from mcqdeck.markdown.html import Footnotes, Style, inlines_to_html, to_html
from mcqdeck.markdown.inlines import inlines, parse_inlines, shown
from mcqdeck.markdown.tree import LISTS, TEXT_LEAVES, Block, Document, Inline, Kind

__all__ = [
    "LISTS",
    "TEXT_LEAVES",
    "Block",
    "Document",
    "Excerpt",
    "Footnotes",
    "Inline",
    "Kind",
    "Recovery",
    "Said",
    "Sort",
    "Style",
    "ends_html",
    "excerpt",
    "inlines",
    "inlines_to_html",
    "is_alert",
    "line",
    "parse",
    "parse_inlines",
    "shown",
    "to_html",
    "walk",
]


def excerpt(text: str) -> Excerpt:
    """A text as an excerpt of a document of its own; footnotes are shown where they are named."""
    document = parse(text)
    return Excerpt(document, [block for block in document.root.blocks if block.tag != "footnote"])


def parse(text: str | Sequence[str], recovery: Recovery = no_recovery) -> Document:
    r"""The tree of a text, or of its lines, as GitHub reads it, whatever the text is.

    Lines end in `\n` and nothing else. `recovery` may end blocks that would swallow too much.
    """
    lines = text.removesuffix("\n").split("\n") if isinstance(text, str) else text
    return parse_blocks(lines, recovery)
