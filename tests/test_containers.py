"""Every field stays in the element in which a card shows it, as browsers parse it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mcqdeck.model import Bank, Chapter, Config, Option, Place, Question, RenderedBank
from mcqdeck.pack import notes_of
from mcqdeck.render import render
from tests.passages import passage
from tests.test_safety import UNSAFE

# fmt: off
PIECES = [
    "a", " ", "\n", "\n\n", "b *c*", "- x\n", "> q\n", "<li>", "</li>", "<ul>", "</ul>",
    "<ol>", "</ol>", "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<table>", "<tr><td>",
    "</table>", "<dl><dt>", "<dd>", "</dl>", "<details><summary>", "</details>", "<h2>", "</h2>",
    "<blockquote>", "</blockquote>", "<a href='https://e.org'>", "</a>", "<ruby>", "<rt>",
    "<caption>", "<span>", "</span>", "<pre>", "</pre>", "<hr>", "<br>",
]
# fmt: on

SHAPE = ["div.stem", "div.choices", "section.plain", "section.why", "div.more", "div.more", "i"]


def rendered(text: str) -> RenderedBank:
    where = Place("a.md")
    options = tuple(Option(where, number == 0, passage(text), passage(text)) for number in range(3))
    question = Question(
        where, "id", where, False, passage(text), options, passage(text), passage(text),
        retired=text,
    )  # fmt: skip
    chapter = Chapter("a.md", "A", (question,))
    return render(Bank("no-such-folder", Config("deck.toml", "demo", "Demo"), (chapter,)))[0]


def outside(text: str) -> Iterator[str]:
    """What of a text's fields is not where it should be, in the page as a browser reads it."""
    bank = rendered(text)
    (note,) = notes_of(bank)
    stem, options, _, correct, rationales, explanation, references = note.fields[1:8]
    page = LexborHTMLParser(
        f"<main><div class=stem>{stem}</div><div class=choices>{options}</div>"
        f"<section class=plain><div>{correct}</div></section>"
        f"<section class=why><div>{rationales}</div></section>"
        f"<div class=more>{explanation}</div><div class=more>{references}</div>"
        "<i></i></main>"
    )
    main = page.css_first("main")
    assert main is not None
    shape = [".".join(filter(None, (x.tag, x.attributes.get("class")))) for x in children(main)]
    if shape != SHAPE:
        yield f"main holds {shape}"
    for container in (".choices", ".why > div"):
        for lists in page.css(container):
            inner = children(lists)
            if not inner:
                continue
            if [child.tag for child in inner] != ["ol"]:
                yield f"{container} holds {[child.tag for child in inner]}"
            items = [child.attributes.get("data-option") for child in children(inner[0])]
            if items not in (["a", "b", "c"], []):
                yield f"the list of {container} holds {items}"


def children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=False))


@pytest.mark.parametrize("text", UNSAFE)
def test_an_unsafe_vector_stays_where_it_is(text: str) -> None:
    assert list(outside(text)) == []


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
@example("<ul><li><div><table><li>")  # an item deep in another
def test_any_html_stays_in_its_field(text: str) -> None:
    assert list(outside(text)) == []
