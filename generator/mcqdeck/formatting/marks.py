"""The marks of a text: one kind for emphasis, and where a line may end without another meaning."""

from __future__ import annotations

import re

from mcqdeck.markdown import Block, Document, Inline, Kind, inlines, inlines_to_html, walk
from mcqdeck.markdown.blocks.patterns import html_end

# What cannot be broken: it may hold white space that counts, or none.
ATOMS = frozenset({Kind.CODE, Kind.FORMULA, Kind.DISPLAY_FORMULA, Kind.HTML, Kind.IMAGE})
# Words with which a line would begin something else than text, or look as if it did.
_LOOKS_LIKE_MARK = re.compile(
    r"[-+*_=:|~\u2013\u2014\u2022]+$"  # a list, a rule, an underline, the rule of a table
    r"|>|#{1,6}$|```|~~~|\$\$|\||\[\^|\[[ xX\xa0]?\]$|\[!"
    r"|\d{1,9}[.)]$|\(?[A-Za-z][.):]$|\([ xX*]?\)$"
)
_MOST_TRIED = 50  # of a text whose marks cannot all be changed
_ALERT_MARK = re.compile(r"\[![A-Za-z]+\]$")


def may_begin_line(word: str) -> bool:
    """Whether a line of a paragraph may begin with this word and still be text."""
    if len(word) > 3 and word[0].isalpha():
        return True
    if _LOOKS_LIKE_MARK.match(word):
        return False
    return html_end(word, 0, in_paragraph=True) is None


def may_end_line(word: str) -> bool:
    r"""Whether a line may end with this word: after `\\` it would be a line break that shows."""
    return not word.endswith("\\") and not _ALERT_MARK.match(word)


def with_one_emphasis(leaf: Block, document: Document) -> Block:
    """The leaf with `*` for emphasis where it has `_`, if it then says the same."""
    emphases = [
        inline
        for inline in walk(inlines(leaf, document))
        if inline.kind in (Kind.EMPHASIS, Kind.STRONG)
        and leaf.source[inline.start] == "_"
        and "*" not in leaf.source[max(0, inline.start - 1) : inline.start]
        and not leaf.source.startswith("*", inline.end)
    ]
    if not emphases:
        return leaf
    said = inlines_to_html(leaf, document)
    changed = _copy(leaf, _with_stars(leaf.source, emphases))
    if inlines_to_html(changed, document) == said:
        return changed
    for inline in emphases[:_MOST_TRIED]:
        changed = _copy(leaf, _with_stars(leaf.source, [inline]))
        if inlines_to_html(changed, document) == said:
            leaf = changed
    return leaf


def _with_stars(text: str, emphases: list[Inline]) -> str:
    signs = list(text)
    for inline in emphases:
        count = 2 if inline.kind is Kind.STRONG else 1
        signs[inline.start : inline.start + count] = "*" * count
        signs[inline.end - count : inline.end] = "*" * count
    return "".join(signs)


def _copy(leaf: Block, text: str) -> Block:
    copy = Block(leaf.tag, leaf.row, leaf.column)
    copy.lines, copy.columns = text.split("\n"), list(leaf.columns)
    copy.end = leaf.end
    return copy
