"""What Anki would interpret in a field reaches the card as written: asked of the real package."""

from __future__ import annotations

import re
from html import unescape

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from mcqdeck.model import Bank, Chapter, Config, Place, Question
from mcqdeck.render import render
from tests.passages import passage

AS_WRITTEN = [
    "[sound:a.mp3]",
    "[SOUND:a.mp3] and [sound:b.mp3]",
    "[latex]x^2[/latex]",
    "[LaTeX]x[/LaTeX]",
    "[$]x[/$]",
    "[$$]x[/$$]",
    "[anki:tts lang=en_US]text[/anki:tts]",
    "[anki:play:q:0]",
    "[[type:Back]]",
    "[[type:nc:Front]]",
    "{{Front}} and {{Back}}",
    "{{c1::cloze}}",
    "{{#Front}}x{{/Front}}",
    "{{{Front}}}",
    "&lt;b&gt; &amp;amp;",
    "a < b && c > d",
    "{% if x %}{{ x.y }}{% endif %}",
]


def field(markdown: str) -> str:
    """The field that a stem becomes."""
    where = Place("a.md")
    stem = passage(markdown)
    question = Question(where, "id", where, False, stem, (), None, None)
    bank = Bank(
        "no-such-folder", Config("deck.toml", "demo", "Demo"), (Chapter("a.md", "A", (question,)),)
    )
    return render(bank)[0].questions[0].stem


def shown(collection: Collection, html: str) -> str:
    """The front of a card with this field, as Anki renders it."""
    note_type = collection.models.by_name("Basic")
    assert note_type
    note = collection.new_note(note_type)
    note["Front"] = html
    collection.add_note(note, DeckId(1))
    card = note.cards()[0]
    output = card.render_output(reload=True)
    assert output.question_av_tags == []
    return output.question_text


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_the_card_shows_the_text_as_written(collection: Collection, text: str) -> None:
    html = shown(collection, field(text))

    assert unescape(re.sub("<[^>]*>", "", html)) == unescape(text)


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_code_shows_the_text_as_written(collection: Collection, text: str) -> None:
    for source in (f"`{text}`", f"```\n{text}\n```", f"```python\n{text}\n```"):
        html = shown(collection, field(source))

        assert unescape(re.sub("<[^>]*>", "", html)).strip() == text


def test_text_in_attributes_is_not_interpreted(collection: Collection) -> None:
    source = '![[sound:a.mp3]](https://example.org/[latex].png "{{Front}} [$]x[/$]")'

    html = shown(collection, field(source))

    assert unescape(html).count("[sound:a.mp3]") == 1
    assert "{{Front}} [$]x[/$]" in unescape(html)


def test_a_literal_delimiter_of_mathematics_is_none(collection: Collection) -> None:
    html = shown(collection, field("\\\\(x\\\\) and \\\\[y\\\\] but $z$"))

    assert re.findall(r"\\[()\[\]]", html) == ["\\(", "\\)"]
    assert unescape(re.sub("<[^>]*>", "", html)) == "\\(x\\) and \\[y\\] but \\(z\\)"


def test_fields_hold_no_separator() -> None:
    assert "\x1f" not in field("a\x1fb &#31; `\x1f` <b title='&#x1f;'>x</b>")
