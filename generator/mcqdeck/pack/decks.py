"""From a bank to its decks: their names as Anki writes them, and their permanent ids."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.identity import deck_id
from mcqdeck.model import RenderedBank, RenderedChapter
from mcqdeck.pack.deck_names import DeckNames, inner_path


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as Anki shows it. `name` has `::` between levels; `description` is Markdown."""

    id: int
    name: str
    description: str = ""


def decks(bank: RenderedBank, names: DeckNames) -> tuple[Deck, ...]:
    """Every deck of a bank that holds cards, and their parents, each name once.

    Ids come from the bank's id and the path of the chapter or folder in it, so a new title keeps
    them. Anki tells deck names apart without regard to case: chapters of one title share one deck.
    """
    config = bank.config
    all_decks = [Deck(deck_id(config.id), names.title, config.description)]
    chapters = [chapter for chapter in bank.chapters if chapter.entries]
    all_decks += _below(bank, names, chapters, "multiple-choice")
    drilled = [c for c in chapters if any(q.has_flashcard for q in c.entries)]
    if config.flashcards and drilled:
        all_decks.append(Deck(deck_id(config.id, "flashcards"), names.flashcards))
        all_decks += _below(bank, names, drilled, "flashcards")
    first: dict[str, Deck] = {}
    for deck in all_decks:
        first.setdefault(deck.name.casefold(), deck)
    return tuple(first.values())


def _below(
    bank: RenderedBank, names: DeckNames, chapters: list[RenderedChapter], kind: str
) -> list[Deck]:
    """The decks of one kind of card: those of chapters, each after those of its folders."""
    below: list[Deck] = []
    attribute = kind.replace("-", "_")
    for chapter in chapters:
        path = inner_path(bank, chapter)
        for folder in reversed(path.parents[:-1]):
            name = getattr(names.folders[folder.as_posix()], attribute)
            below.append(Deck(deck_id(bank.config.id, kind, f"{folder}/"), name))
        name = getattr(names.chapters[chapter.path], attribute)
        below.append(Deck(deck_id(bank.config.id, kind, path.as_posix()), name))
    return below
