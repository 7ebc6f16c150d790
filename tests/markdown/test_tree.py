"""The tree has the places of the text, and what is made of it leads back there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import markdown
from mcqdeck.markdown import Block, Document, Excerpt, Kind, Sort, excerpt, inlines, parse
from mcqdeck.markdown.blocks.parser import parse_blocks
from mcqdeck.markdown.extension import GitHubExtension
from tests.growth import demand_linear
from tests.markdown.github import by_github, same
from tests.markdown.test_github import SPECIFICATION

# --- places ---------------------------------------------------------------------------------------


def whole(text: str) -> Excerpt:
    document = parse(text)
    return Excerpt(document, document.root.blocks)


def at(text: str, row: int, column: int) -> str:
    return text.split("\n")[row][column:]


TEXT = """Lead *in*
  over two lines

> quoted `code`
lazy

- item **strong**
\t- nested &amp; deep

| a | b |
|---|---|
| c | [d](https://e.org) |

```py
x = 1
```
"""


def test_each_inline_stands_where_it_was_written() -> None:
    texts = {}
    for leaf, inline in whole(TEXT).inlines():
        row, column = leaf.place(inline.start)
        texts[inline.kind] = at(TEXT, row, column)

    assert texts[Kind.EMPHASIS].startswith("*in*")
    assert texts[Kind.CODE].startswith("`code`")
    assert texts[Kind.STRONG].startswith("**strong**")
    assert texts[Kind.LINK].startswith("[d](https://e.org)")


def test_each_block_begins_where_it_was_written() -> None:
    begins = {
        block.tag: at(TEXT, block.start, block.column)
        for block in reversed(parse(TEXT).root.blocks)
    }

    assert begins["p"].startswith("Lead")
    assert begins["blockquote"].startswith("> quoted")
    assert begins["ul"].startswith("- item")
    assert begins["table"].startswith("| a")
    assert begins["code"].startswith("```py")


PIECES = list("ab#>*_`()!<|;$\\é語-[]\t&")
PIECES += ["## ", "- ", "```", "~~~", "1. ", "\n", "\n\n", "    ", "- [ ] ", "&amp;"]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", "\n", "  "]), max_size=25).map("".join)


@given(TEXTS)
def test_places_lie_in_the_text_and_prose_leads_back_to_it(text: str) -> None:
    passage = whole(text)
    lines = text.split("\n")

    assert len(passage.prose) == len(passage.text)
    for offset, character in enumerate(passage.prose):
        row, column = passage.place(offset)
        assert 0 <= row < len(lines)
        if character.isalnum():
            assert lines[row][column : column + 1] in (character, "\\", "&")


@given(TEXTS)
def test_common_lines_give_the_same_tree_the_short_and_the_long_way(text: str) -> None:
    lines = text.split("\n")

    assert dump(parse_blocks(lines)) == dump(parse_blocks(lines, is_short=False))


def dump(document: Document) -> object:
    def walk(block: Block) -> object:
        own = (
            block.tag, block.start, block.column, block.end, block.lines, block.columns, block.task,
            block.is_tight, block.is_closed, block.delimiter, block.number, block.info, block.label,
        )  # fmt: skip
        return *own, [walk(child) for child in block.blocks]

    return walk(document.root), document.definitions


# --- what a text says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "prose", "shown"),
    [
        ("two words", "two words", "two words"),
        ("**un**believ*able*", "  un  believ able ", "unbelievable"),
        ("see `x * y` here", "see         here", "see x * y here"),
        ("$x^2$ of it", "      of it", "x^2 of it"),
        ("a &lt; b", "a <    b", "a < b"),
        ("\\*not\\*", "* not* ", "*not*"),
        ("[text](https://e.org 't')", " text                   ", "text"),
        ("<b>x</b> <!-- no -->", "   x             ", "x"),
        ("- one\n- two", "  one\n  two", "one two"),
        ("```\ncode\n```", "   \n    \n   ", "code"),
        ("![alt](ring.png)", "  alt          ", "alt"),
        ("![](ring.png)", "              ", "ring.png"),
        ("<!-- all of it -->", " " * 18, ""),
    ],
)
def test_prose_is_the_words_and_shown_is_what_a_reader_sees(
    text: str, prose: str, shown: str
) -> None:
    passage = excerpt(text)

    assert (passage.prose.rstrip(), passage.shown) == (prose.rstrip(), shown)


def test_the_target_of_an_image_in_html_is_its_source() -> None:
    parts = whole('<img data-src="a.png" src=b.png> or <IMG alt="src=c.png" src="d.png">').parts()

    assert [part.text for part in parts if part.sort is Sort.IMAGE] == ["b.png", "d.png"]


def test_an_alert_and_an_emoji_are_shown_as_on_the_site() -> None:
    html = excerpt("> [!WARNING]\n> Hot :fire:, async(a:flags:b)").html()

    assert '<div class="markdown-alert markdown-alert-warning">' in html
    assert "<p>Hot \U0001f525, async(a:flags:b)</p>" in html


@pytest.mark.parametrize(
    "text",
    [
        "The pattern '/^$/d': ^ begins a line,$ ends it.",
        "from $5 to $10, or $5-$10",
        "求$x$的值",
        "a$b$c and $x$y",
        "cost: 5$ and 6$",
        "$ x $ and $x $",
    ],
)
def test_prose_with_dollars_is_no_formula(text: str) -> None:
    kinds = {inline.kind for _, inline in excerpt(text).inlines()}

    assert kinds == {Kind.TEXT}


@pytest.mark.parametrize(
    "text", ["$x$", "so $x^2$.", "($a$, $b$)", "**$x$**", "„$x$“", "$$x$$", "$`x`$", "a: $x$—b"]
)
def test_formulas_stand_among_words_and_signs(text: str) -> None:
    kinds = {inline.kind for _, inline in excerpt(text).inlines()}

    assert kinds & {Kind.FORMULA, Kind.DISPLAY_FORMULA}


def test_definitions_are_known_by_place_and_by_use() -> None:
    document = parse("[a] and [c]\n\n[a]: /u\n[b]: /v\n")
    for leaf in document.root.leaves():
        inlines(leaf, document)

    assert [(said.target, said.row) for said in document.definitions.values()] == [
        ("/u", 2),
        ("/v", 3),
    ]
    assert document.used == {"a"}


def test_a_recovery_ends_a_block_that_would_swallow_the_rest() -> None:
    text = "```js\ncode\n\n## next\n\ntext"

    tags = [block.tag for block in parse(text, lambda block: block.start + 3).root.blocks]

    assert tags == ["code", "h2", "p"]
    assert [block.tag for block in parse(text).root.blocks] == ["code"]


# --- time -----------------------------------------------------------------------------------------

HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "bracket pairs": lambda n: "[a](b)" * (n // 6),
    "backticks": lambda n: "`a``" * (n // 4),
    "emphasis": lambda n: "*a **b " * (n // 7),
    "comments": lambda n: "x <!-- " * (n // 7),
    "quotes": lambda n: "> " * (n // 2),
    "items": lambda n: "- " * (n // 2),
    "dollars": lambda n: "$x^2 " * (n // 5),
    "emails": lambda n: "a@b.cd " * (n // 7),
    "colons": lambda n: ":a:" * (n // 3),
    "cells": lambda n: "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|b\n" * (n // 3),
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "tags": lambda n: "<div>\n" * (n // 6),
    "footnotes": lambda n: "[^1]" * (n // 4) + "\n\n[^1]: a",
    "entities": lambda n: "&amp;" * (n // 5),
}


@pytest.mark.parametrize("grow", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_more_than_linear_time(grow: Callable[[int], str]) -> None:
    def work(size: int) -> None:
        passage = excerpt(grow(size))
        passage.html()
        assert len(passage.prose) == len(passage.text)

    demand_linear(work, 200_000)


# --- as an extension of Python-Markdown -----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "# a &amp;amp; b\n\n- [x] c *d* <b>e</b> `&lt;`\n- f",
        "<div>\n*x*\n</div>\n\ntext",
        "3. a\n\n   b\n4. c",
        "| a |\n| :-: |\n| ~~b~~ |",
        "a[^1]\n\n[^1]: note",
        "![q](w 'e')  \n<https://e.org> a@b.cd",
        "```py\nx = '&amp;'\n```",
        "> quote\n> - list\n>\n> more",
        "**a **b** c** ***d** e*",
        "[a](b?c&amp;copy;=d 'e &amp;lt; f') ![&amp;gt;](<g h>)",
        *(text for texts in SPECIFICATION.values() for text in texts),
    ],
)
def test_python_markdown_shows_what_github_shows(text: str) -> None:
    html = markdown.markdown(text, extensions=[GitHubExtension()])

    for attributes, sign in (('checked="checked" ', "\u2611"), ("", "\u2610")):
        html = html.replace(f'<input {attributes}disabled="disabled" type="checkbox" />', sign)
    html = re.sub(r'<img alt="([^"]*)" src="([^"]*)"', r'<img src="\2" alt="\1"', html)
    assert same(html) == by_github(text)


def test_other_extensions_work_on_the_tree() -> None:
    html = markdown.markdown("# A\n\n## B c", extensions=["mcqdeck.markdown.extension", "toc"])

    assert html == '<h1 id="a">A</h1><h2 id="b-c">B c</h2>'
