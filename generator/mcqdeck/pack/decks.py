"""From a bank to its decks: their names as Anki writes them, and their permanent ids."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.model import Bank, Chapter
from mcqdeck.pack.deck_names import DeckNames, inner_path
from mcqdeck.pack.notetype import permanent_id


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as Anki shows it. `name` has `::` between levels; `description` is Markdown."""

    id: int
    name: str
    description: str = ""


def decks(bank: Bank, names: DeckNames) -> tuple[Deck, ...]:
    """Every deck of a bank that holds cards, and their parents, each name once.

    Ids come from the bank's id and the path of the chapter or folder in it, so a new title keeps
    them. Anki tells deck names apart without regard to case: chapters of one title share one deck.
    """
    found = [Deck(_deck_id(bank), names.title, bank.config.description)]
    chapters = [chapter for chapter in bank.chapters if chapter.questions]
    found += _below(bank, names, chapters, "multiple-choice")
    drilled = [c for c in chapters if any(q.has_flashcard for q in c.questions)]
    if bank.config.flashcards and drilled:
        found.append(Deck(_deck_id(bank, "flashcards"), names.flashcards))
        found += _below(bank, names, drilled, "flashcards")
    first: dict[str, Deck] = {}
    for deck in found:
        first.setdefault(deck.name.casefold(), deck)
    return tuple(first.values())


def _below(bank: Bank, names: DeckNames, chapters: list[Chapter], kind: str) -> list[Deck]:
    """The decks of one kind of card: those of chapters, each after those of its folders."""
    found: list[Deck] = []
    attribute = kind.replace("-", "_")
    for chapter in chapters:
        path = inner_path(bank, chapter)
        for folder in reversed(path.parents[:-1]):
            name = getattr(names.folders[folder.as_posix()], attribute)
            found.append(Deck(_deck_id(bank, kind, f"{folder}/"), name))
        name = getattr(names.chapters[chapter.path], attribute)
        found.append(Deck(_deck_id(bank, kind, path.as_posix()), name))
    return found


def _deck_id(bank: Bank, *key: str) -> int:
    """An id in the range where clashes do not happen and JavaScript still counts exactly."""
    return permanent_id(bank.config.id, "deck", *key, bits=48)
