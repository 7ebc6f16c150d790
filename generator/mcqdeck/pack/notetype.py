"""From a rendered bank to its note type, whose fields and templates are frozen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import genanki

from mcqdeck.identity import note_type_id, note_type_name
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import RenderedBank
from mcqdeck.pack import card
from mcqdeck.words import direction_of


class Field(NamedTuple):
    """A field of the note type. Anki knows it by its `id`, which must never change.

    Ids, the templates' too, are numbers drawn once, small enough for JavaScript to tell apart.
    """

    name: str
    id: int
    description: str
    is_needed: bool = True
    is_collapsed: bool = False


FIELDS: tuple[Field, ...] = (
    Field("ID", 6152487234467674, "The question's permanent id"),
    Field("Stem", 6985156785163403, "What the question asks"),
    Field("Options", 3336474437843666, "All options in source order"),
    Field("Answer", 4500149084641047, "The letters of the right options"),
    Field("Correct", 3842910108538137, "The text of the right options"),
    Field("Rationales", 5337526544176061, "Why each option is right or wrong"),
    Field("Explanation", 8830818385439836, "Why the answer is right"),
    Field("References", 2464028243195474, "Where to read more"),
    Field("Flashcard", 8206702858246270, "1: the question is also a flashcard"),
    Field("Notice", 6222611546969758, "Why the question was retired"),
    Field("Meta", 8624233840205933, "Objective and level"),
    Field("Reserved1", 6731676605483942, "Sounds that Anki plays with the stem", is_collapsed=True),
    Field(
        "Reserved2",
        2638900356403053,
        "Sounds that Anki plays with the flashcard's answer",
        is_collapsed=True,
    ),
    Field("Reserved3", 7061116519033324, "Kept for later", is_needed=False, is_collapsed=True),
)
SORT_FIELD = 1
MULTIPLE_CHOICE, FLASHCARD = 0, 1
TEMPLATES: tuple[tuple[str, int, Callable[..., tuple[str, str]]], ...] = (
    ("Multiple choice", 4193556907223728, card.multiple_choice),
    ("Flashcard", 3113611510754937, card.flashcard),
)
_TEMPLATE_TAG = pattern(r"\{\{\s*([#^/]?)\s*(.*?)\s*\}\}", re.DOTALL)


class NoteType(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A genanki model that works out by Anki's own rules which fields make a card.

    genanki asks chevron, which knows no filters and would leave a note without its cards.
    """

    @property
    def _req(self) -> list[list[Any]]:
        names = [field["name"] for field in self.fields]
        return [
            [ord_, *required_fields(template["qfmt"], names)]
            for ord_, template in enumerate(self.templates)
        ]


def note_type(rendered: RenderedBank) -> NoteType:
    """The note type of a bank.

    Its id and name hang on the bank's id alone, so a new title changes neither.
    """
    config = rendered.config
    has_sound = rendered.has_sound
    return NoteType(
        model_id=note_type_id(config.id),
        name=note_type_name(config.id),
        fields=[
            {
                "name": field.name,
                "id": field.id,
                "description": field.description,
                "preventDeletion": field.is_needed,
                "collapsed": field.is_collapsed,
                "rtl": direction_of(config.language) == "rtl",
                "font": "Arial",
            }
            for field in FIELDS
        ],
        templates=[
            {"name": name, "id": id_, "qfmt": front, "afmt": back}
            for name, id_, sides in TEMPLATES
            for front, back in [sides(config, has_sound=has_sound)]
        ],
        css=card.style(config, rendered.style, has_sound=has_sound),
        sort_field_index=SORT_FIELD,
    )


def required_fields(front: str, names: Sequence[str]) -> tuple[str, list[int]]:
    """Which fields must hold something for a template's front to make a card.

    Gives `"any"`, `"all"` or `"none"` and the numbers of the fields, worked out as Anki does
    (`requirements` in https://github.com/ankitects/anki/blob/main/rslib/src/template.rs).
    """
    ords = range(len(names))
    enough = [ord_ for ord_ in ords if shows_field(front, {names[ord_]})]
    if enough:
        return "any", enough
    if not shows_field(front, set(names)):
        return "none", []
    return "all", [ord_ for ord_ in ords if not shows_field(front, set(names) - {names[ord_]})]


def shows_field(front: str, filled: set[str]) -> bool:
    """Whether a template shows a field when just the `filled` ones are not empty.

    As in Anki, what stands in `{{^Field}}` does not count, nor does a `{{type:Field}}`.
    """
    return any(
        visible and key in filled and "type" not in filters
        for visible, key, filters in _replacements(front, filled)
    )


def _replacements(front: str, filled: set[str]) -> Iterator[tuple[bool, str, list[str]]]:
    """Each field that a template names, its filters, and whether its conditions hold."""
    conditions: list[bool] = []
    for kind, text in _TEMPLATE_TAG.findall(front):
        if kind == "/":
            conditions.pop()
        elif kind:
            conditions.append(kind == "#" and text in filled)
        else:
            *filters, key = text.split(":")
            yield all(conditions), key, filters
