"""What a package that mcqdeck made holds, as types: everything read from one is held against them.

A package may come from anywhere. What passes here has the types, the lengths and the ranges that
the rest of the program, and Anki, take for granted.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from mcqdeck.identity import SLUG
from mcqdeck.pack.notetype import TEMPLATES

_LATEST = 1 << 40
"""A second far beyond the year 9999 that SQLite and Anki can still count."""

Slug = Annotated[str, Meta(pattern=rf"\A{SLUG.pattern}\Z")]
Second = Annotated[int, Meta(ge=1, le=_LATEST)]
Id = Annotated[int, Meta(ge=1, le=_LATEST * 1000)]
Name = Annotated[str, Meta(min_length=1)]
Times = Annotated[list[Second], Meta(min_length=2, max_length=10)]
DeckKey = Annotated[str, Meta(pattern=r"\A[0-9]{1,18}\Z")]
MediaKey = Annotated[str, Meta(pattern=r"\A[0-9]{1,9}\Z")]
MediaName = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_.-]{1,120}\Z")]


class Format(Struct, frozen=True):
    """The part of our mark that every mcqdeck can read."""

    format: Annotated[int, Meta(ge=1)]


class Mark(Struct, frozen=True):
    """Our mark in the collection's settings. A time is `[due, peak, *earlier]`."""

    bank: Slug
    times: dict[Name, Times] = {}
    note_type_time: Times | None = None


class Part(Struct, frozen=True):
    """A field or a template."""

    name: Name
    id: int | None = None


class NoteType(Struct, frozen=True):
    """What we use of a note type; the rest is only compared."""

    id: Annotated[str, Meta(pattern=r"\A[0-9]{1,18}\Z")]
    mod: Second
    sortf: Annotated[int, Meta(ge=0, le=100)]
    flds: list[Part]
    tmpls: list[Part]


class StoredDeck(Struct, frozen=True):
    """What we use of a deck."""

    name: Name
    desc: str
    mod: Annotated[int, Meta(ge=0, le=_LATEST)]


class CollectionRow(Struct, frozen=True, array_like=True):
    """The one row of `col`, whose columns are JSON."""

    conf: str
    models: str
    decks: str


class NoteRow(Struct, frozen=True, array_like=True):
    """A row of `notes`."""

    id: Id
    mod: Second
    guid: Annotated[str, Meta(min_length=1, max_length=100)]
    flds: str
    tags: str


class CardRow(Struct, frozen=True, array_like=True):
    """A row of `cards`."""

    id: Id
    nid: Id
    did: Id
    ord: Annotated[int, Meta(ge=0, lt=len(TEMPLATES))]
    due: Annotated[int, Meta(ge=0, le=1 << 31)]


Conf = dict[str, Any]
Models = dict[str, dict[str, Any]]
Decks = dict[DeckKey, StoredDeck]
MediaNames = dict[MediaKey, MediaName]
