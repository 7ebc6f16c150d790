"""Markdown's marks as the rules see them: the only module of `check` that knows what they mean.

All functions take the Markdown of one passage; positions are offsets in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

EMPHASIS = "*_"
"""The marks of emphasis, for a class of characters in a pattern."""

GAP = "\ue000"
"""Stands for each underscore in what `prose_with_gaps` returns."""

_MARKUP = re.compile(
    r"""
    (?=[`$<!*_~\[\]\\\ ]) (?:  # where none of these stands, nothing else need be tried
    (?P<fence>^\ {0,3}(?P<ticks>```++|~~~++)[^\n]*\n[\s\S]*?(?:^\ {0,3}(?P=ticks)[^\n]*$|\Z))
    | (?P<code>(?<!`)(?P<tick>`++)[\s\S]+?(?<!`)(?P=tick)(?!`))
    | (?P<math>\$\$[\s\S]+?\$\$|\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d))
    | (?P<comment><!--[\s\S]*?(?:-->|\Z))
    | (?P<tag></?[A-Za-z][^<>\n]*>)
    | (?P<image>!\[)
    | (?P<target>\]\([^()\s]*(?:\s+"[^"\n]*")?\)|\]\[[^\]\n]*\])
    | (?P<mark>\\(?=[!-/:-@\[-`{-~])|\*+|(?<!\w)_+|(?<!_)_++(?!\w)|~~|\[|\])
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""One mark, or one piece that is not prose; the match's `lastgroup` says which.

    fence    ```python … ```        tag     <sub>  </b>
    code     `x = 1`                image   ![
    math     $x^2$  $$x^2$$         target  ](https://example.org "Title")  ][label]
    comment  <!-- … -->             mark    **  _  ~~  [  ]  the \\ of \\*
"""

_MARK_CHARACTER = re.compile(r"[`$<*_~\[\]\\]")
"""A character without which a text has no match of `_MARKUP`."""

_LITERAL = ("fence", "code", "math")

_TAG_WITH_MEANING = re.compile(r"</?(?:img|sub|sup|audio|video|source)\b|<\w+:")
"""A tag or autolink that changes what a text says: `<sub>`, `</sup>`, `<img src=…>`, `<https:`."""

_IMAGE_BY_LABEL = re.compile(r"!\[[^\[\]]*\](?!\()")
"""An image whose target is defined elsewhere in the chapter: `![A cube][cube]`, `![cube]`."""

_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
"""A comment, up to the end of the text if it is not closed: `<!-- to do -->`."""

_LINK = re.compile(
    r"!?\[[^\[\]]*\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)|\[[^\[\]]*\])"
    r"|<?\b(?:https?://|www\.)[^\s<>]+>?"
)
"""A link or an image: `[text](target "title")`, `![text][label]`, `<https://example.org>`."""

_LINK_LABEL_DEFINED = re.compile(r"^[ >]*\[(?!\^)([^\[\]]+)\]:", re.MULTILINE)
"""The definition of a link label: `[ash]: https://…`, in a quote `> [ash]: …`; no footnote."""

_LINK_TEXT_BEFORE = re.compile(r"(?<![\w!\\\])])\[(?P<text>[^\[\]\\]*[^\W\d_]{2}[^\[\]\\]*)\Z")
"""The text of a link up to the `][` of its label: `[the tree`; no index such as `m[row`."""

_EMPHASIS = re.compile(
    r"(?P<mark>\*{1,3}|(?<!\w)_{1,3})(?=\S)[^*_\n]+?(?<=\S)(?P=mark)"
    r"|<(?P<tag>b|strong|em|i|u|mark)>[^<\n]*</(?P=tag)>",
    re.IGNORECASE,
)
"""Emphasised words: `**not**`, `_not_`, `<b>not</b>`."""

_MATERIAL = re.compile(r"^[^\S\n]*(?:(?:[-*+]|\d+[.)])\s|\||```|~~~)|!\[", re.MULTILINE)
"""The start of a list, a table, a code block or an image: `- `, `2. `, `| a |`, `![`."""

_LABELLED_LINE = re.compile(
    r"^[^\S\n]*(?:[-*+]|\(?(?:\d+|[A-Za-z]|[IVXivx]{1,4})[.)])\s", re.MULTILINE
)
"""The start of a line in a list of Markdown or of the author's own: `- `, `2) `, `(a) `, `IV. `."""

_NUMBERED_LINE = re.compile(
    r"^[^\S\n]*(?:[-*+]|\(?[\divx]{1,3}[.)])\s", re.MULTILINE | re.IGNORECASE
)
"""As `_LABELLED_LINE`, without letters: `- `, `12) `, `(3) `, `iv. `."""

_TABLE_ROW = re.compile(r"^[^\S\n]*\|", re.MULTILINE)
"""The start of a row of a table: `| a | b |`."""

_ENTITY = re.compile(r"&#?\w+;")
"""An HTML entity: `&amp;`, `&#38;`."""

_DOUBLED_SPACES = re.compile(r"(?<=\S)  +(?=\S)")
"""Two or more spaces between other characters of a line: those in `one  word`."""

_NOT_PROSE_BEFORE = re.compile(r" {4}|\t|\s*(?:(?:[-*+]|\d{1,9}[.)]|>)\s*)+\Z")
"""The start of a line after which spaces may mean something: indentation, `- `, `12. `, `> `."""

_MAY_HAVE_GAP = re.compile(r"__|\\_|(?<!\S)_|\.{5}")
r"""What every gap for a missing word begins with: `___`, `\_`, `.....`, ` _`."""


def has_markup(markdown: str) -> bool:
    """Whether the text has a character that may be a mark."""
    return _MARK_CHARACTER.search(markdown) is not None


def prose(markdown: str) -> str:
    """The text with each character of its markup replaced by a space; line ends stay."""
    if not has_markup(markdown):
        return markdown
    return _MARKUP.sub(_blank, markdown)


def prose_with_gaps(markdown: str) -> str | None:
    r"""The prose with a `GAP` for each underscore, two for `\_`; `None` if no gap can be in it."""
    if not _MAY_HAVE_GAP.search(markdown):
        return None
    return prose(markdown.replace("\\_", 2 * GAP).replace("_", GAP))


def shown_text(markdown: str) -> str:
    """What a learner sees, on one line: the text inside code and formulas stays, marks go."""
    if not has_markup(markdown):
        return " ".join(markdown.split())

    def shown(match: re.Match[str]) -> str:
        kind = match.lastgroup
        return _without_marks(kind, match[0]) if kind in _LITERAL else ""

    return " ".join(_MARKUP.sub(shown, markdown).split())


def pieces(markdown: str) -> Iterator[tuple[str, bool]]:
    """The prose, and the pieces that count exactly as they are written (then `True`), in turn.

    Exact are code, formulas, targets of images, and tags with a meaning. All other marks are
    removed from the prose, as they may stand inside a word.
    """
    is_image, end = False, 0
    text = ""
    for match in _MARKUP.finditer(markdown):
        kind = match.lastgroup
        text += markdown[end : match.start()]
        end = match.end()
        if kind == "image":
            is_image = True
        elif (
            kind in _LITERAL
            or (kind == "target" and is_image)
            or (kind == "tag" and _TAG_WITH_MEANING.match(match[0].casefold()))
        ):
            is_image = False
            yield text, False
            yield _without_marks(kind, match[0]), True
            text = ""
    yield text + markdown[end:], False


def literals(markdown: str) -> Iterator[str]:
    """The code, the formulas and the image targets, without their marks."""
    if has_markup(markdown):
        is_image = False
        for match in _MARKUP.finditer(markdown):
            kind = match.lastgroup
            if kind == "image":
                is_image = True
            elif kind in _LITERAL or (kind == "target" and is_image):
                is_image = False
                yield _without_marks(kind, match[0])


def has_image(markdown: str) -> bool:
    """Whether the text has an image."""
    return "![" in markdown


def has_image_by_label(markdown: str) -> bool:
    """Whether the text has an image whose target is defined elsewhere in the chapter."""
    return _IMAGE_BY_LABEL.search(markdown) is not None


def has_labelled_line(markdown: str, start: int = 0) -> bool:
    """Whether the text from `start` on has a line of a list, of Markdown or of the author's own."""
    return _LABELLED_LINE.search(markdown, start) is not None


def has_numbered_line(markdown: str) -> bool:
    """Whether the text has a line of a list; letters before the lines make none."""
    return _NUMBERED_LINE.search(markdown) is not None


def has_table(markdown: str) -> bool:
    """Whether the text has a row of a table."""
    return _TABLE_ROW.search(markdown) is not None


def has_own_material(markdown: str) -> bool:
    """Whether the text shows a list of Markdown, a table, an image or a code block."""
    return _MATERIAL.search(markdown) is not None


def has_code_or_formula(markdown: str) -> bool:
    """Whether the text has code or a formula."""
    return "`" in markdown or "$" in markdown


def is_only_code(markdown: str) -> bool:
    """Whether the text is code without a word of prose."""
    return "`" in markdown and not any(map(str.isalnum, prose(markdown)))


def shows_something(markdown: str) -> bool:
    """Whether the text shows code, a formula, an image or a table."""
    return has_code_or_formula(markdown) or has_image(markdown) or has_table(markdown)


def without_comments(markdown: str) -> str:
    """The text without its comments."""
    return _COMMENT.sub("", markdown) if "<!--" in markdown else markdown


def has_link(markdown: str) -> bool:
    """Whether the text has a link or an image."""
    return _LINK.search(markdown) is not None


def without_links(markdown: str) -> str:
    """The text with a space in place of each link and image, their texts included."""
    return _LINK.sub(" ", markdown)


def may_have_links(markdown: str) -> bool:
    """Whether the text has a link, as far as a quick look can tell."""
    return "](" in markdown or "http" in markdown


def emphasised(markdown: str) -> list[tuple[int, int]]:
    """Where emphasised words start and end, marks included, in order."""
    return [match.span() for match in _EMPHASIS.finditer(markdown)]


def may_have_link_labels(markdown: str) -> bool:
    """Whether the text has a link by label (`[text][label]`), as far as a quick look can tell."""
    return "][" in markdown


def link_labels(markdown: str) -> Iterator[tuple[int, int, str]]:
    """Each label that a link names, and where its brackets start and end: `[text][label]`.

    For `[text][]` the label is the text. Footnotes are left out.
    """
    for match in _MARKUP.finditer(markdown):
        if match.lastgroup != "target" or not match[0].startswith("]["):
            continue
        opening = max(0, markdown.rfind("[", 0, match.start()) - 1)
        text = _LINK_TEXT_BEFORE.search(markdown, opening, match.start())
        if text is None:
            continue
        label = match[0][2:-1].strip() or text["text"]
        if not label.startswith("^"):
            yield match.start() + 1, match.end(), label


def defined_link_labels(markdown: str) -> Iterator[str]:
    """Each label that the text defines: `[label]: https://…`."""
    return iter(_LINK_LABEL_DEFINED.findall(markdown) if "]:" in markdown else ())


def runs_of_spaces(markdown: str) -> Iterator[tuple[int, int]]:
    """Where runs of spaces in prose start and end; not those of code, tables and indentation."""
    if "  " not in markdown or "<pre" in markdown or "<code" in markdown:
        return
    text = prose(markdown)
    for match in _DOUBLED_SPACES.finditer(markdown):
        start, end = match.span()
        line = markdown[markdown.rfind("\n", 0, start) + 1 : start]
        is_table = "|" in line or "|" in markdown[end:].partition("\n")[0]
        is_prose = not (text[start - 1].isspace() and text[end].isspace())
        if is_prose and not is_table and not _NOT_PROSE_BEFORE.match(line):
            yield start, end


def inside_code(markdown: str) -> str:
    """The text without the marks of code or a formula around it."""
    return markdown.strip().strip("`$ ")


def without_entities(markdown: str) -> str:
    """The text with a space in place of each HTML entity."""
    return _ENTITY.sub(" ", markdown) if "&" in markdown else markdown


def _blank(match: re.Match[str]) -> str:
    """As many spaces as the match has characters, and its line ends."""
    return "\n".join(" " * len(line) for line in match[0].split("\n"))


def _without_marks(kind: str | None, text: str) -> str:
    """A match of `_MARKUP` without what only marks it: the fence, the backticks, the brackets."""
    if kind == "fence":
        return "\n".join(line.rstrip() for line in text.strip().splitlines()[1:-1])
    if kind == "code":
        text = text.strip("`")
    elif kind == "target":
        text = text[1:].strip("()[]").partition(" ")[0]
    return " ".join(text.split())
