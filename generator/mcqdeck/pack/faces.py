"""The two sides of each card of a question, as Anki makes them from the note type's templates.

So a page that is not Anki shows the very card: the same HTML, style and script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from mcqdeck.identity import note_type_name
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import Tag, with_tags, with_value
from mcqdeck.model import RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack import card
from mcqdeck.pack.deck_names import deck_names, flashcard_deck
from mcqdeck.pack.notes import NoteWriter
from mcqdeck.pack.notetype import FIELDS, TEMPLATES
from mcqdeck.pack.templates import Template

_FRONT_SIDE = "FrontSide"
_SPECIAL = frozenset({"Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card"})
_NAMES = _SPECIAL.union(field.name for field in FIELDS)
_SHOWS_MEDIA = frozenset({"img", "audio", "video"})
_SOUND = pattern(r"\[sound:([^\[\]<>\"]+)\]")
_ENCODED = {ord(sign): f"%{ord(sign):02X}" for sign in '"\\\n'}
_STYLED_FILE = pattern(r'"(_[A-Za-z0-9_.-]+-[0-9a-f]{10}\.[a-z0-9]+)')


@dataclass(frozen=True, slots=True)
class Card:
    """A card: both sides as Anki's HTML, without the style, before sounds become buttons.

    `template` is the name of its template, `deck` that of its deck, with `::` between levels.
    """

    template: str
    deck: str
    front: str
    back: str


class Faces:
    """The cards of a bank's questions, made one by one as they are asked for.

    `flashcards` is the name under which the flashcards' deck was published, if it was. `style` is
    the CSS of all cards, the bank's included, ready for a `<style>` element.
    """

    def __init__(self, bank: RenderedBank, flashcards: str | None = None) -> None:
        config, has_sound = bank.config, bank.has_sound
        self.style = card.style(config, bank.style, has_sound=has_sound)
        self._note_type = note_type_name(bank.config.id)
        names = deck_names(bank, flashcard_deck(config, flashcards))
        self._writer = NoteWriter(bank, names)
        self._templates = [
            (name, Template(front, _NAMES), Template(back, _NAMES | {_FRONT_SIDE}))
            for name, _, sides in TEMPLATES
            for front, back in [sides(config, has_sound=has_sound)]
        ]

    def of(self, question: RenderedQuestion, chapter: RenderedChapter) -> tuple[Card, ...]:
        """The cards of a question of a chapter: multiple choice, then the flashcard if it has one.

        Questions without an id of their own have the one that is derived from their stem.
        """
        note = self._writer.note(question, chapter, 1)
        fields = {field.name: text for field, text in zip(FIELDS, note.fields, strict=True)}
        cards = []
        for plan in note.cards:
            name, front_template, back_template = self._templates[plan.ord]
            values = fields | {
                "Tags": " ".join(note.tags),
                "Type": self._note_type,
                "Deck": plan.deck,
                "Subdeck": plan.deck.rpartition("::")[2],
                "Card": name,
                "CardFlag": "flag0",
            }
            front = front_template.render(values)
            # On the back, Anki plays no sound of the front again.
            back = back_template.render(values | {_FRONT_SIDE: _SOUND.sub("", front)})
            cards.append(Card(name, plan.deck, front, back))
        return tuple(cards)


def with_addresses(html: str, address: Callable[[str], str]) -> str:
    """A side for a page that is not Anki: each file of the bank at an address, sounds as players.

    `html` is a side of a card, or any field. `address` is given the name of a media file in the
    package and returns its URL, unescaped. Images on the web keep theirs.
    """

    def media(tag: Tag, text: str) -> str:
        source = tag.attribute("src")
        if source is None or ":" in source.value or "/" in source.value:
            return text
        return with_value(text, source, address(source.value))

    def sound(match: re.Match[str]) -> str:
        url = escape(address(unescape_html(match[1])))
        return f'<audio controls preload="none" src="{url}"></audio>'

    return _SOUND.sub(sound, with_tags(html, _SHOWS_MEDIA, media))


def style_with_addresses(style: str, address: Callable[[str], str]) -> str:
    """A bank's style for a page that is not Anki: each file of the bank at an address.

    `address` is given the name of a media file in the package and returns its URL, unescaped.
    """
    return _STYLED_FILE.sub(lambda match: f'"{_in_quotes(address(match[1]))}', style)


def _in_quotes(url: str) -> str:
    return url.translate(_ENCODED)
