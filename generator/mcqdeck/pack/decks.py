"""From a bank to its decks: their names as Anki writes them, and their permanent ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize

from mcqdeck.identity import deck_id
from mcqdeck.model import Config, RenderedBank, RenderedChapter
from mcqdeck.words import words_for

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f"]')
_COLONS = re.compile(r":{2,}")


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as Anki shows it. `name` has `::` between levels; `description` is Markdown."""

    id: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ChapterDecks:
    """The names of the decks that hold one chapter's cards."""

    multiple_choice: str
    flashcards: str


def flashcard_deck(config: Config, published: str | None = None) -> str:
    """What the deck of a bank's flashcards is called, below the bank's own.

    Anki knows decks by their names, so one that was `published` keeps its name, whatever the bank's
    language is, unless the author gives it another under `[words]` in `deck.toml`.
    """
    word = words_for(config.language, config.words).card.flashcard_deck
    if published and "flashcard-deck" not in dict(config.words):
        return published
    return deck_name(word, "Flashcards")


def chapter_decks(bank: RenderedBank, chapter: RenderedChapter, flashcards: str) -> ChapterDecks:
    """Where the cards of a chapter go; `flashcards` is the name of the flashcards' deck."""
    title, part = _title(bank), deck_name(chapter.title, PurePosixPath(chapter.path).stem)
    return ChapterDecks(f"{title}::{part}", f"{title}::{flashcards}::{part}")


def decks(bank: RenderedBank, flashcards: str) -> tuple[Deck, ...]:
    """Every deck of a bank that holds cards, and their parents, each name once.

    `flashcards` is the name of the flashcards' deck.

    Ids come from the bank's id and the chapter's file, so a new title keeps them. Anki tells deck
    names apart without regard to case: chapters of one title share one deck.
    """
    config, title = bank.config, _title(bank)
    found = [Deck(deck_id(config.id), title, config.description)]
    chapters = [chapter for chapter in bank.chapters if chapter.entries]
    for chapter in chapters:
        file = PurePosixPath(chapter.path).name
        name = chapter_decks(bank, chapter, flashcards).multiple_choice
        found.append(Deck(deck_id(config.id, "multiple-choice", file), name))
    drilled = [c for c in chapters if any(q.has_flashcard for q in c.entries)]
    if config.flashcards and drilled:
        found.append(Deck(deck_id(config.id, "flashcards"), f"{title}::{flashcards}"))
        for chapter in drilled:
            file = PurePosixPath(chapter.path).name
            name = chapter_decks(bank, chapter, flashcards).flashcards
            found.append(Deck(deck_id(config.id, "flashcards", file), name))
    first: dict[str, Deck] = {}
    for deck in found:
        first.setdefault(deck.name.casefold(), deck)
    return tuple(first.values())


def deck_name(title: str, fallback: str) -> str:
    """A title as one level of a deck's name, the way Anki would store it.

    Anki drops double quotes and control characters and composes accents; a title's own `::` would
    open a level of its own, so its colons are joined
    (https://github.com/ankitects/anki/blob/main/rslib/src/decks/name.rs).
    """
    text = _NOT_IN_NAMES.sub("", normalize("NFC", " ".join(title.split())))
    return _COLONS.sub(":", text).strip(" :") or fallback


def _title(bank: RenderedBank) -> str:
    return deck_name(bank.config.title, bank.config.id)
