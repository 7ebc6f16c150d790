"""No text breaks or slows rendering, whatever is in it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck.model import Bank, Chapter, Config, Option, Place, Question
from mcqdeck.render import render
from tests.passages import passage

PIECES = st.sampled_from(
    [
        *list("*_`~[]()!<>&$\\{}|#-+.:@\"' \n\t1aé"),
        "  \n",
        "\n\n",
        "- ",
        "> ",
        "```",
        "$$",
        "{{c1::",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<i x>",
        "http://a.b",
        "www.a.b",
        "[a]: b\n",
        "[a](b)",
        "![a](b)",
        "![a](b.png)",
        "<img src=c>",
        "[a][b]",
        "[b]: https://a.b",
        "&#31;",
        "1. ",
        "    ",
        "\x02",
        "\x03",
        "$x^2$",
        "$x^2",
        "ftp://a.b",
        "<a:b>",
        "<script>",
        "</p>",
        "a@b.cd",
        "xmpp:a@b.cd",
        "\x10",
        "[x]",
        "[](javascript:1)",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def bank_of(stem: str, *options: str, definitions: str = "") -> Bank:
    where = Place("a.md")
    answers = tuple(
        Option(Place("a.md", 100 + row), False, passage(text, 100 + row, definitions=definitions))
        for row, text in enumerate(options)
    )
    question = Question(
        where, "id", where, False, passage(stem, definitions=definitions), answers, None, None
    )
    chapter = Chapter("a.md", "A", (question,))
    return Bank("no-such-folder", Config("deck.toml", "demo", "Demo"), (chapter,))


@settings(max_examples=1500, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["", "[b]: x.md", "[b]: https://a.b"]))
def test_every_text_is_rendered_alike_each_time(
    stem: str, first: str, second: str, definitions: str
) -> None:
    options = stem, first, second, first.upper(), f"_{second}_"

    once, again = (render(bank_of(*options, definitions=definitions)) for _ in range(2))

    assert once == again


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20000,
        "`" * 20000,
        "`a``" * 5000,
        "*a " * 20000,
        "> " * 5000,
        "- " * 5000,
        "<!--" * 5000,
        "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|b\n" * 2000,
        "[" * 500 + "](b)" * 500,
        "<div>" * 1900,
        "*a **b " * 1000,
        "a\n" * 20000,
        "|" * 20000,
        "\n".join("  " * depth + "- a" for depth in range(300)),
        "$x^2 " * 2000,
        "{{c1::" * 5000,
    ],
)
def test_no_text_is_slow_or_too_deep(text: str) -> None:
    start = time.process_time()

    render(bank_of(text))

    assert time.process_time() - start < 5
