"""Syntax of other programs that GitHub and a card show raw: what it is, and what to write.

Only text is looked at, as the tree has it, never code or formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcqdeck.markdown import Block, Excerpt, Inline, Kind, is_alert
from mcqdeck.markdown.pattern import pattern


@dataclass(frozen=True, slots=True)
class Dialect:
    """A construct of another dialect: how it looks in text, and what to write instead."""

    pattern: re.Pattern[str]
    help: str
    sign: str
    """A piece that every match has: where the text lacks it, nothing is searched."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A construct that was found at `offset` of the excerpt, `length` characters long."""

    offset: int
    length: int
    text: str
    what: str
    help: str


DIALECTS: Mapping[str, Dialect] = {
    "an embedded file as in Obsidian": Dialect(
        pattern(r"!\[\[[^\[\]\n]+\]\]"),
        "write `![description](path/of/the/file.png)`",
        "![[",
    ),
    "a link between notes as in Obsidian or a wiki": Dialect(
        pattern(r"(?<!!)\[\[(?!type:)[^\[\]\n]+\]\](?!\()"),
        "write the text, or `[text](https://…)`; for plain brackets write `\\[\\[`",
        "[[",
    ),
    "an image with a size as in HackMD or Azure": Dialect(
        pattern(r"!\[[^\[\]\n]*\]\([^()\s]+ +=\d*%?x?\d*%?\)"),
        'write `<img src="path" alt="…" width="200">`',
        "![",
    ),
    "marked text as in Obsidian": Dialect(
        pattern(r"==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])"),
        "write `**bold**` or `<mark>text</mark>`",
        "==",
    ),
    "a hidden remark as in Obsidian": Dialect(
        pattern(r"%%[^%\n]+%%"),
        "write `<!-- remark -->`",
        "%%",
    ),
    "a callout that GitHub does not know, or that stands within something else": Dialect(
        pattern(r"^\[!\w+\][^\n]*"),
        "begin a quote at the margin with `> [!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or "
        "`[!CAUTION]`, alone on its line",
        "[!",
    ),
    "a fenced block as in Pandoc or Docusaurus": Dialect(
        pattern(r"^:::+[ \t]*\{?[.\w][^\n]*", re.MULTILINE),
        "write a quote that begins with `> [!NOTE]`, or leave the line out",
        ":::",
    ),
    "an admonition as in MkDocs": Dialect(
        pattern(r"^!!![ \t]+\w+", re.MULTILINE),
        "write a quote that begins with `> [!NOTE]`",
        "!!!",
    ),
    "a folded admonition as in MkDocs": Dialect(
        pattern(r"^\?\?\?\+?[ \t]+\w+", re.MULTILINE),
        "write `<details>` with a `<summary>`, or a quote that begins with `> [!NOTE]`",
        "???",
    ),
    "a formula without its signs": Dialect(
        pattern(r"\\(?:begin|end)\{[a-z]+\*?\}"),
        "put it between `$$` and `$$`, each on a line of its own",
        "{",
    ),
    "a footnote without a definition": Dialect(
        pattern(r"\[\^[^\[\]\s]+\](?!:)"),
        "add a line `[^name]: text` to the chapter, or leave it out",
        "[^",
    ),
    "a footnote in its place, as in Pandoc": Dialect(
        pattern(r"(?<=[^\s\[(^])\^\[(?=[^\s\[\]]{1,50}\s)[^\[\]\n]{3,500}\]"),
        "write `[^name]` there, and `[^name]: text` on a line of its own",
        "^[",
    ),
    "a superscript as in Pandoc": Dialect(
        pattern(r"(?<=\w)\^[+-]?\w{1,4}[+-]?\^(?!\w)"),
        "write `<sup>2</sup>`, or a formula: `$x^2$`",
        "^",
    ),
    "a citation as in Pandoc": Dialect(
        pattern(r"\[-?@[A-Za-z][\w:.-]*(?:[,;] [^\[\]\n]*)?\](?!\()"),
        "name the source in words, or as a link",
        "@",
    ),
    "the meaning of an abbreviation, as in PHP Markdown Extra": Dialect(
        pattern(r"^\*\[[^\[\]\n]+\]:[ \t]+\S[^\n]*", re.MULTILINE),
        'write `<abbr title="meaning">short</abbr>`, or the meaning in brackets',
        "*[",
    ),
    "a change for review, as in CriticMarkup": Dialect(
        pattern(
            r"\{(?:\+\+[^\n]{1,200}?\+\+|--[^\n]{1,200}?--|>>[^\n]{1,200}?<<"
            r"|~~[^\n]{1,200}?~>[^\n]{1,200}?~~)\}"
        ),
        "take the change over, or drop it",
        "{",
    ),
    "a shortcode as in Hugo": Dialect(
        pattern(r"\{\{[<%]\s*\w[^{}\n]*[>%]\}\}"),
        "write what it stands for; put code between backticks",
        "{{",
    ),
    "a role as in MyST": Dialect(
        pattern(r"\{[a-z][\w:.-]*\}(?=`[^`])"),
        "write the text, or a link",
        "{",
    ),
    "meant as attributes, as in Pandoc or kramdown": Dialect(
        pattern(
            r"(?<=\])\{[.#:][A-Za-z ][^{}\n]*\}|(?<=\s)\{[#.:][A-Za-z][^{}\n]*\}$", re.MULTILINE
        ),
        "leave them out",
        "{",
    ),
    "a command of LaTeX outside a formula": Dialect(
        pattern(r"\\(?:frac|sqrt|text(?:bf|it|tt)?|emph|underline|cite|ref|math(?:bf|rm|bb))\{"),
        "put a formula between `$` and `$`; mark up text with `**` or `*`",
        "{",
    ),
    "a tab as in MkDocs": Dialect(
        pattern(r"^===[!+]? [\"“][^\n]+[\"”]$", re.MULTILINE),
        "write the text in bold, or leave the line out",
        "===",
    ),
    "a table of contents as in Python-Markdown": Dialect(
        pattern(r"^\[TOC\]$", re.MULTILINE),
        "leave it out",
        "[TOC]",
    ),
}
"""The constructs by what they are."""

# Read in the source, for the backslash is an escape on GitHub and so no part of the text.
_LATEX_FORMULA = pattern(r"\\\((?!\s)[^\n]{1,400}?\\\)|\\\[[\s\S]{1,1000}?\\\]")
_SIGN_OF_FORMULA = pattern(r"[\\^_={}+]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
# `{width=50%}` or `{.class}` directly behind an image, a link, or a heading's text
_ATTRIBUTES_BEHIND = pattern(r"\{[.#:]?[A-Za-z][^{}\n]*\}")
_PANDOC_SUBSCRIPT = pattern(r"~[+-]?\w{1,4}[+-]?~")
DIAGRAMS = frozenset({"mermaid", "geojson", "topojson", "stl", "plantuml", "graphviz", "dot"})

_ALL_SIGNS = sorted({"```", "~", "\\(", "\\[", *(dialect.sign for dialect in DIALECTS.values())})
_SIGNS = [sign for sign in _ALL_SIGNS if not any(a != sign and a in sign for a in _ALL_SIGNS)]
"""A text without any of these holds no diagram, no subscript, and nothing of a dialect."""

BEGINNINGS = "".join(sorted({sign[0] for sign in _SIGNS}))
"""The characters with which they begin, of which most texts have none."""

_SIGN = pattern("|".join(map(re.escape, _SIGNS)))


def foreign_syntax(excerpt: Excerpt) -> Iterator[Foreign]:
    """What in an excerpt was meant as something that a card does not know."""
    text = excerpt.text
    if not _SIGN.search(text):
        return
    yield from _diagrams(excerpt)
    alerts = {id(block.blocks[0]) for block in excerpt.blocks if is_alert(block)}
    holder: tuple[Block, int] | None = None  # the leaf and the end of the last link or image
    latex_end: tuple[Block, int] | None = None
    searches: dict[re.Pattern[str], _Search] = {}
    for leaf, inline in excerpt.inlines():
        if inline.kind in (Kind.IMAGE, Kind.LINK):
            holder = leaf, inline.end
        elif inline.kind is Kind.STRUCK:
            yield from _subscript(excerpt, leaf, inline)
        elif inline.kind is Kind.TEXT and not (id(leaf) in alerts and inline.start == 0):
            if inline.end - inline.start == len(inline.text):
                yield from _in_text(excerpt, leaf, inline, searches)
                if holder == (leaf, inline.start):
                    yield from _attributes(excerpt, leaf, inline)
            elif inline.text in "([" and not (
                latex_end and latex_end[0] is leaf and inline.start < latex_end[1]
            ):
                for formula in _latex(excerpt, leaf, inline.start):
                    latex_end = leaf, inline.start + formula.length
                    yield formula


def _diagrams(excerpt: Excerpt) -> Iterator[Foreign]:
    """The fences that GitHub shows as diagrams, and a card as code."""
    for leaf in excerpt.leaves():
        if leaf.tag == "code" and leaf.info.split(" ")[0].casefold() in DIAGRAMS:
            yield Foreign(
                excerpt.offset(leaf.start, leaf.column),
                len(leaf.fence) + len(leaf.info),
                f"{leaf.fence}{leaf.info}",
                "a diagram, which a card shows as its source",
                "save the diagram as an image in the bank and write `![description](path)`",
            )


def _attributes(excerpt: Excerpt, leaf: Block, inline: Inline) -> Iterator[Foreign]:
    """Attributes in braces directly behind a link or an image."""
    if match := _ATTRIBUTES_BEHIND.match(inline.text):
        yield Foreign(
            excerpt.offset(*leaf.place(inline.start)),
            len(match[0]),
            match[0],
            "meant as attributes, as in Pandoc or kramdown",
            'for a size write `<img src="path" alt="…" width="200">`; leave others out',
        )


def _subscript(excerpt: Excerpt, leaf: Block, inline: Inline) -> Iterator[Foreign]:
    """`H~2~O`, whose two GitHub strikes through."""
    shown = leaf.source[inline.start : inline.end]
    if _PANDOC_SUBSCRIPT.fullmatch(shown) and leaf.source[: inline.start][-1:].isalnum():
        yield Foreign(
            excerpt.offset(*leaf.place(inline.start)),
            len(shown),
            shown,
            "a subscript as in Pandoc, which GitHub strikes through",
            f"write `<sub>{shown.strip('~')}</sub>`",
        )


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found first from a place in a leaf on, so that nothing is searched twice."""

    leaf: Block
    start: int
    match: re.Match[str] | None

    def holds(self, leaf: Block, start: int) -> bool:
        """Whether a search from `start` on would find the same."""
        is_behind = self.match is None or self.match.start() >= start
        return self.leaf is leaf and self.start <= start and is_behind


def _in_text(
    excerpt: Excerpt, leaf: Block, inline: Inline, searches: dict[re.Pattern[str], _Search]
) -> Iterator[Foreign]:
    for what, dialect in DIALECTS.items():
        if dialect.sign in inline.text:
            # From the text on in the source, for an address in it is a link by itself.
            start = inline.start
            while True:
                search = searches.get(dialect.pattern)
                if search is None or not search.holds(leaf, start):
                    search = _Search(leaf, start, dialect.pattern.search(leaf.source, start))
                    searches[dialect.pattern] = search
                match = search.match
                if match is None or match.start() >= inline.end:
                    break
                offset = excerpt.offset(*leaf.place(match.start()))
                shown = match[0].split("\n")[0]
                yield Foreign(offset, len(shown), shown, what, dialect.help)
                start = match.end()


def _latex(excerpt: Excerpt, leaf: Block, start: int) -> Iterator[Foreign]:
    r"""A formula between `\(` and `\)`, whose backslashes GitHub takes for escapes."""
    source = leaf.source
    if source[start - 1 : start].isalnum():
        return
    match = _LATEX_FORMULA.match(source, start)
    if match and _SIGN_OF_FORMULA.search(match[0][2:-2]):
        shown = match[0].split("\n")[0]
        sign = "$$" if shown.startswith("\\[") else "$"
        yield Foreign(
            excerpt.offset(*leaf.place(start)),
            len(shown),
            shown,
            "a formula in LaTeX's own signs, which GitHub shows as text",
            f"write `{sign}…{sign}`",
        )
