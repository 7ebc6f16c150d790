"""The sides of cards that `Faces` makes are those of the real Anki, character by character."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from mcqdeck.pack.faces import Card, Faces, with_addresses
from mcqdeck.pack.templates import Template
from mcqdeck.project import check
from tests.anki.conftest import BANKS, Learner, PackageOf

BROWSER = Path(__file__).parents[1] / "browser"
SOURCES = {
    **BANKS,
    "browser": BROWSER / "bank",
    **{folder.name: folder for folder in sorted((BROWSER / "languages").iterdir())},
}
SPECIAL = {"Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"}


def in_anki(learner: Learner) -> dict[tuple[str, str], Card]:
    """What Anki makes of every card, by the question's id and the template's name."""
    made = {}
    for card in learner.cards():
        output = card.render_output()
        template = str(card.template()["name"])
        made[card.note()["ID"], template] = Card(
            template,
            learner.collection.decks.name(card.did),
            with_sounds(output.question_text, output.question_av_tags),
            with_sounds(output.answer_text, output.answer_av_tags),
        )
    return made


def with_sounds(html: str, tags: list[Any]) -> str:
    """A side as it was before Anki took the sounds out."""
    return re.sub(
        r"\[anki:play:[qa]:(\d+)\]", lambda match: f"[sound:{tags[int(match[1])].filename}]", html
    )


@pytest.mark.parametrize("name", SOURCES)
def test_the_sides_of_a_bank_are_those_of_anki(
    name: str, learner: Learner, package_of: PackageOf
) -> None:
    learner.receive(package_of(SOURCES[name]))
    [rendered] = check([SOURCES[name]]).banks
    faces = Faces(rendered)

    ours = {
        (question.question.id, card.template): card
        for chapter in rendered.chapters
        for question in chapter.questions
        for card in faces.of(question, chapter)
    }

    assert ours == in_anki(learner)
    note_type = learner.cards()[0].note_type()
    assert faces.style == note_type["css"]


def rendered_by_anki(collection: Collection, front: str, fields: tuple[str, str]) -> str:
    """The front of a card that has this template, in the note type Basic."""
    note_type = collection.models.by_name("Basic")
    assert note_type
    note_type["tmpls"][0]["qfmt"] = front + "{{^Front}}{{/Front}}{{Front}}"
    collection.models.update_dict(note_type)
    note = collection.new_note(note_type)
    note["Front"], note["Back"] = fields
    note.tags = ["one", "two::three"]
    collection.add_note(note, DeckId(1))
    text = note.cards()[0].render_output(reload=True).question_text
    return text.removesuffix(fields[0])


TEMPLATES = {
    "a field": "<b>{{Back}}</b>",
    "white space in braces": "{{ Back }}{{\nBack\n}}",
    "a section": "a{{#Back}}-{{Back}}-{{/Back}}z",
    "an inverse section": "a{{^Back}}none{{/Back}}z",
    "white space in sections": "{{# Back }}x{{/ Back }}{{^ Back }}y{{/ Back }}",
    "sections in sections": "{{#Front}}1{{#Back}}2{{^Back}}3{{/Back}}{{/Back}}4{{/Front}}",
    "a comment": "<!-- {{Back}} {{#Nothing}} -->{{Back}}",
    "two comments": "<!-- a -->{{Back}}<!-- b -->",
    "braces in a script": "<script>var a = '{{Back}}', b = {c: {}};</script>",
    "one brace": "{Back} {{Back}} }} { ",
    "lines": "\n  {{Back}}\n\n{{#Back}}\n  x\n{{/Back}}\n",
    "what is no field": "{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}",
    "conditions on what is no field": "{{#Tags}}{{Tags}}{{/Tags}}{{#CardFlag}}f{{/CardFlag}}",
}
VALUES = [
    *("text", "<p>text</p>", "", " ", "\n\t", "<br>", "<BR />", "<div></div>", "<div><br></div> "),
    *("<p></p>", "&nbsp;", "\xa0", "<!-- -->", "<br  >", "</br>", "<div >", "{{Front}}", "\u2003"),
]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_template_is_read_as_anki_reads_it(collection: Collection, template: str) -> None:
    for value in VALUES:
        values = {
            "Front": "<p>question</p>",
            "Back": value,
            "Tags": "one two::three",
            "Type": "Basic",
            "Deck": "Default",
            "Subdeck": "Default",
            "Card": "Card 1",
            "CardFlag": "flag0",
        }
        theirs = rendered_by_anki(collection, template, (values["Front"], value))

        ours = Template(template, SPECIAL | {"Front", "Back"}).render(values)

        assert (value, ours) == (value, theirs)


@pytest.mark.parametrize(
    "template",
    ["{{Other}}", "{{text:Back}}", "{{#Back}}", "{{/Back}}", "{{#Back}}{{/Front}}", "{{back}}"],
)
def test_what_a_template_may_not_hold_is_said(template: str) -> None:
    with pytest.raises(ValueError, match="template"):
        Template(template, {"Front", "Back"})


def test_files_get_addresses_and_sounds_players() -> None:
    html = (
        '<p><img alt="src=" src="demo-a.png"> <img src="https://example.org/b.png">'
        "[sound:demo-c.mp3] &#91;sound:d.mp3]</p>"
    )

    assert with_addresses(html, lambda name: f"media/{name}?a&b") == (
        '<p><img alt="src=" src="media/demo-a.png?a&amp;b"> <img src="https://example.org/b.png">'
        '<audio controls preload="none" src="media/demo-c.mp3?a&amp;b"></audio>'
        " &#91;sound:d.mp3]</p>"
    )
