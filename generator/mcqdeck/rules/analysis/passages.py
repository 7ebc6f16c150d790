"""What a passage holds and says, asked of its tree: the rules look for no marks themselves.

All functions take a passage; positions are offsets in its `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.markdown import LISTS, Kind, Sort
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage

GAP = "\ue000"
"""Stands for each underscore in what `prose_with_gaps` returns."""

_EMPHASES = frozenset({Kind.EMPHASIS, Kind.STRONG})

_EMPHASIS_TAG = pattern(r"<(?P<end>/?)(?P<tag>b|strong|em|i|u|mark)\s*>", re.IGNORECASE)
"""A tag that emphasises: `<b>`, `</strong>`."""

_LABELLED_LINE = pattern(r"^[^\S\n]*\(?(?:\d+|[A-Za-z]|[IVXivx]{1,4})[.)](?:\s|$)", re.MULTILINE)
"""The start of a line in a list of the author's own: `(a) `, `IV. `, `b) `."""

_LINK_LABEL = pattern(r"\]\[(?P<label>[^\[\]\n]*)\]")
"""The label of a link, behind the end of its text: `][label]`."""

_LINK_TEXT_BEFORE = pattern(r"(?<![\w!\\\])])\[(?P<text>[^\[\]\\]*[^\W\d_]{2}[^\[\]\\]*)\Z")
"""The text of a link up to the `][` of its label: `[the tree`; no index such as `m[row`."""

_DOUBLED_SPACES = pattern(r"(?<=\S)  +(?=\S)")
"""Two or more spaces between other characters of a line: those in `one  word`."""

_CODE_TAG = pattern(r"<(?:pre|code)\b", re.IGNORECASE)
"""A tag in which spaces may mean something: `<pre>`, `<code class="x">`."""

_NOT_PROSE = frozenset({Sort.EXACT, Sort.IMAGE, Sort.TAG})


def pieces(passage: Passage) -> Iterator[tuple[str, bool]]:
    """The prose, and the pieces that count exactly as they are written (then `True`), in turn.

    Exact are code, formulas, targets of images, and tags with a meaning. Marks that stand inside a
    word are not in the prose.
    """
    if passage.excerpt.is_plain:
        yield passage.text, False
        return
    prose = ""
    for said in passage.excerpt.parts():
        if said.sort in _NOT_PROSE:
            yield prose, False
            yield said.text, True
            prose = ""
        else:
            prose += said.text
    yield prose, False


def literals(passage: Passage) -> Iterator[str]:
    """The code, the formulas and the image targets."""
    if not passage.excerpt.is_plain:
        for said in passage.excerpt.parts():
            if said.sort in (Sort.EXACT, Sort.IMAGE):
                yield said.text


def prose_with_gaps(passage: Passage) -> str | None:
    r"""The prose with a `GAP` for each underscore, two for `\_`; `None` if no gap can be in it."""
    prose = passage.prose
    if "_" not in prose and "....." not in prose:
        return None
    if "\\_" in passage.text:
        characters = list(prose)
        for leaf, inline in passage.excerpt.inlines():
            if inline.kind is Kind.TEXT and inline.text == "_" and inline.end - inline.start == 2:
                at = passage.excerpt.offset(*leaf.place(inline.start))
                characters[at : at + 2] = GAP * 2
        prose = "".join(characters)
    return prose.replace("_", GAP)


def has_image(passage: Passage) -> bool:
    """Whether the passage has an image."""
    return _says(passage, Sort.IMAGE)


def has_image_by_label(passage: Passage) -> bool:
    """Whether the passage has an image whose target is defined elsewhere in the chapter."""
    return any(
        inline.kind is Kind.IMAGE and leaf.source[inline.end - 1] == "]"
        for leaf, inline in passage.excerpt.inlines()
    )


def has_labelled_line(passage: Passage, start: int = 0, end: int | None = None) -> bool:
    """Whether the passage, from `start` to `end`, has a line of a list, Markdown's or its own."""
    stop = len(passage.text) if end is None else end
    if any(start <= at < stop for at in _items(passage)):
        return True
    return _LABELLED_LINE.search(passage.prose, start, stop) is not None


def has_table(passage: Passage, end: int | None = None) -> bool:
    """Whether the passage, up to `end`, has a table."""
    return _has_block(passage, {"table"}, end)


def has_own_material(passage: Passage, end: int | None = None) -> bool:
    """Whether the passage, up to `end`, shows a list of Markdown, a table, an image or a block of
    code.
    """
    if _has_block(passage, {"ul", "ol", "table", "code"}, end):
        return True
    stop = len(passage.text) if end is None else end
    return any(
        inline.kind is Kind.IMAGE and passage.excerpt.offset(*leaf.place(inline.start)) < stop
        for leaf, inline in passage.excerpt.inlines()
    )


def has_code_or_formula(passage: Passage) -> bool:
    """Whether the passage has code or a formula."""
    return _says(passage, Sort.EXACT)


def is_code(passage: Passage) -> bool:
    """Whether the passage is code, and neither a formula nor prose."""
    if passage.excerpt.is_plain or any(map(str.isalnum, passage.prose)):
        return False
    if any(inline.kind is Kind.CODE for _, inline in passage.excerpt.inlines()):
        return True
    return any(leaf.tag == "code" and leaf.info != "math" for leaf in passage.excerpt.leaves())


def is_only_code(passage: Passage) -> bool:
    """Whether the passage is code without a word of prose."""
    return has_code_or_formula(passage) and not any(map(str.isalnum, passage.prose))


def shows_something(passage: Passage) -> bool:
    """Whether the passage shows code, a formula, an image or a table."""
    if passage.excerpt.is_plain:
        return False
    return has_code_or_formula(passage) or has_image(passage) or has_table(passage)


def has_link(passage: Passage) -> bool:
    """Whether the passage has a link or an image."""
    if passage.excerpt.is_plain:
        return False
    kinds = {inline.kind for _, inline in passage.excerpt.inlines()}
    return not kinds.isdisjoint({Kind.LINK, Kind.IMAGE})


def prose_without_links(passage: Passage) -> str:
    """The prose with spaces in place of each link and image, their texts included."""
    if passage.excerpt.is_plain:
        return passage.text
    characters = list(passage.prose)
    for leaf, inline in passage.excerpt.inlines():
        if inline.kind in (Kind.LINK, Kind.IMAGE):
            start = passage.excerpt.offset(*leaf.place(inline.start))
            end = passage.excerpt.offset(*leaf.place(inline.end))
            characters[start:end] = " " * (end - start)
    return "".join(characters)


def emphasised(passage: Passage) -> list[tuple[int, int]]:
    """Where emphasised words start and end, marks included, in order."""
    spans: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for leaf, inline in passage.excerpt.inlines():
        start, end = (passage.excerpt.offset(*leaf.place(at)) for at in (inline.start, inline.end))
        if inline.kind in _EMPHASES:
            spans.append((start, end))
        elif inline.kind is Kind.HTML and (tag := _EMPHASIS_TAG.fullmatch(inline.text)):
            name = tag["tag"].lower()
            if not tag["end"]:
                opened[name] = start
            elif name in opened:
                spans.append((opened.pop(name), end))
    return sorted(spans)


def undefined_link_labels(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Each label that a link names and nothing defines, and where its brackets start and end.

    For `[text][]` the label is the text. Footnotes are left out.
    """
    if "][" not in passage.text:
        return
    for leaf, inline in passage.excerpt.inlines():
        if inline.kind is not Kind.TEXT or "][" not in inline.text:
            continue
        source = leaf.source
        for match in _LINK_LABEL.finditer(source, inline.start, inline.end):
            opening = max(0, source.rfind("[", 0, match.start()) - 1)
            text = _LINK_TEXT_BEFORE.search(source, opening, match.start())
            label = text and (match["label"].strip() or text["text"])
            if label and not label.startswith("^"):
                start = passage.excerpt.offset(*leaf.place(match.start() + 1))
                yield start, start + len(match[0]) - 1, label


def runs_of_spaces(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where runs of spaces in prose start and end; not those in tables and in HTML for code."""
    if "  " not in passage.text or _CODE_TAG.search(passage.text):
        return
    for leaf, inline in passage.excerpt.inlines():
        is_prose = inline.kind is Kind.TEXT and leaf.tag not in ("td", "th")
        if is_prose and "  " in inline.text:
            source = leaf.source
            for match in _DOUBLED_SPACES.finditer(source, max(0, inline.start - 1)):
                if match.end() > inline.end:
                    break
                has_words = inline.text.strip() or match.start() > inline.start
                if match.start() >= inline.start and has_words:
                    at = passage.excerpt.offset(*leaf.place(match.start()))
                    yield at, at + len(match[0])


def _says(passage: Passage, sort: Sort) -> bool:
    if passage.excerpt.is_plain:
        return False
    return any(said.sort is sort for said in passage.excerpt.parts())


def _items(passage: Passage) -> Iterator[int]:
    """Where the items of lists begin."""
    for block in passage.excerpt.blocks:
        if block.tag in LISTS or block.tag == "blockquote":
            for inner in block.iter():
                if inner.tag == "li":
                    yield passage.excerpt.offset(inner.start, inner.column)


def _has_block(passage: Passage, tags: set[str], end: int | None) -> bool:
    """Whether a block with one of the tags begins before `end`."""
    if passage.excerpt.is_plain:
        return False
    stop = len(passage.text) if end is None else end
    return any(
        inner.tag in tags and passage.excerpt.offset(inner.start, inner.column) < stop
        for block in passage.excerpt.blocks
        for inner in block.iter()
    )
