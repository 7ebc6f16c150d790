"""Whatever an author writes, a field holds what the allow-list allows, and no loss is silent."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.model import (
    Bank,
    Chapter,
    Config,
    Option,
    Place,
    Question,
    RenderedQuestion,
)
from mcqdeck.render import render
from tests.passages import passage

VECTORS = Path(__file__).parent / "vectors"
UNSAFE = (VECTORS / "unsafe.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
HARMLESS = (
    (VECTORS / "harmless.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
)
# fmt: off
TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
    "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    "var", "wbr",
}
ATTRIBUTES = {
    "align", "alt", "class", "colspan", "dir", "height", "href", "lang", "open", "reversed",
    "rowspan", "scope", "span", "src", "start", "title", "type", "value", "width",
}
PIECES = [
    "<script>", "</script>", "<svg>", "<math>", "<style>", "</style>", "<img", "onerror=",
    "src=", "=", "'", ">", "<", "<!--", "-->", "<![CDATA[", "]]>", "<p>", "</p>", "<table>",
    "<td>", "<select>", "<textarea>", "`", "&lt;", "&#60;", "x", "[x](", "javascript:", ")",
    "href=", "<a", "</a>",
    '"', " ", "\n", "\\",
]
# fmt: on


def rendered(text: str) -> tuple[RenderedQuestion, tuple[Diagnostic, ...]]:
    """A question that holds the text in every field, and what is reported of it."""
    where = Place("a.md")
    option = Option(where, True, passage(text), passage(text))
    question = Question(
        where, "id", where, False, passage(text), (option,), passage(text), passage(text),
        retired=text,
    )  # fmt: skip
    bank = Bank(
        "no-such-folder", Config("deck.toml", "demo", "Demo"), (Chapter("a.md", "A", (question,)),)
    )
    result, diagnostics = render(bank)
    return result.questions[0], diagnostics


def fields_of(question: RenderedQuestion) -> Iterator[str]:
    option = question.options[0]
    yield from (question.stem, option.html, option.rationale)
    yield from (question.explanation, question.references, question.notice)


class Inertia(HTMLParser):
    """Finds in a field what could act."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.feed(html)
        self.close()
        if self.rawdata:
            self.active.append(f"unfinished: {self.rawdata}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.active.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.active.append(f"<{tag} {name}>")
            if name == "href" and urlsplit(value or "").scheme not in {"http", "https", "mailto"}:
                self.active.append(f"href={value}")
            if name == "src" and urlsplit(value or "").scheme not in {"", "http", "https"}:
                self.active.append(f"src={value}")

    def handle_comment(self, data: str) -> None:
        self.active.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.active.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.active.append(f"instruction {data}")


def test_there_are_many_vectors() -> None:
    assert len(set(UNSAFE)) == len(UNSAFE) >= 100
    assert len(set(HARMLESS)) == len(HARMLESS) >= 15


@pytest.mark.parametrize("vector", UNSAFE)
def test_an_unsafe_vector_is_inert_and_reported_in_every_field(vector: str) -> None:
    question, diagnostics = rendered(vector)

    assert [Inertia(html).active for html in fields_of(question)] == [[]] * 6
    assert len([item for item in diagnostics if item.name == "unsafe-html"]) >= 5


@pytest.mark.parametrize("vector", HARMLESS)
def test_a_harmless_vector_is_inert_and_not_reported(vector: str) -> None:
    question, diagnostics = rendered(vector)

    assert [Inertia(html).active for html in fields_of(question)] == [[]] * 6
    assert [item.message for item in diagnostics if item.name == "unsafe-html"] == []


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("a <b onclick=x>", 5, "`onclick=x` on `<b>`"),
        ("a\n\n> b <script>x</script>", 7, "`<script>` is not allowed"),
        ("see [this](other.md) now", 4, "the link to `other.md` leads nowhere in Anki"),
        ("- x\n- [y](javascript:z)", 6, "a card opens only http, https and mailto"),
        ("<div>\n<p\nid=x>", 9, "`id=x` on `<p>`"),
        ("x `<i>` <?y?>", 8, "`<?y?>` is not allowed"),
        ("| a |\n|---|\n| <u id=x> |", 17, "`id=x` on `<u>`"),
    ],
)
def test_a_loss_is_reported_where_it_stands(text: str, offset: int, message: str) -> None:
    _, diagnostics = rendered(text)

    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    first = diagnostics[0]
    assert (first.name, first.where) == ("unsafe-html", Place("a.md", line, column))
    assert message in first.message


@given(st.text(alphabet="<>/\"'= ab!-&;:#\n`[]()*", max_size=60))
def test_any_text_is_inert(text: str) -> None:
    question, _ = rendered(text)

    assert [Inertia(html).active for html in fields_of(question)] == [[]] * 6


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=12,
    )
)
def test_any_mixture_of_html_is_inert(pieces: list[str]) -> None:
    question, _ = rendered("".join(pieces))

    assert [Inertia(html).active for html in fields_of(question)] == [[]] * 6


def test_control_characters_never_reach_a_field() -> None:
    question, _ = rendered("a\x1fb\x00c &#31; &#x1F; <b title='&#31;&#2;'>x</b> \x02(\x03")

    for html in fields_of(question):
        assert not any(character < " " and character != "\n" for character in html)
