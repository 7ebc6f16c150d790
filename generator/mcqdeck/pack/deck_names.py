"""From a bank to the names of its decks, and what is wrong with them.

Anki puts the names of decks into cards and lists as they are, HTML and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import category, normalize

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.markdown.characters import is_blank
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Config, Place, RenderedBank, RenderedChapter
from mcqdeck.pack import package_mistakes
from mcqdeck.words import words_for

Levels = tuple[str, ...]
"""The levels of a deck's name, the outermost first."""

COLONS = pattern(r":{2,}")
_NUMBER_AT_START = pattern(r"\d{1,3}(?:\.\d{1,3})*(?!\.?\d)", re.ASCII)
_WIDE = str.maketrans("<>&[{}\\", "＜＞＆［｛｝＼")
# What means something to HTML, to Anki or to MathJax: in its wide form it is a mere sign.
_MEANS_SOMETHING = pattern(
    r"[<>]|&(?=[A-Za-z#])|\[(?=sound:|anki:|latex\]|\$|\[type:)|[{}]{2,}|\\(?=[()\[\]])",
    re.IGNORECASE,
)
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LEFT_OUT = frozenset('"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069')


@dataclass(frozen=True, slots=True)
class ChapterDecks:
    """The names of the decks that hold one chapter's cards, with `::` between their levels."""

    multiple_choice: str
    flashcards: str


@dataclass(frozen=True, slots=True)
class DeckNames:
    """The names of a bank's decks.

    `folders` are those that a chapter lies in, by their path in the bank; `chapters` go by their
    path as in the bank.
    """

    title: str
    flashcards: str
    folders: Mapping[str, ChapterDecks]
    chapters: Mapping[str, ChapterDecks]


def deck_name(title: str, fallback: str = "") -> str:
    r"""A title as one level of a deck's name that means nothing to HTML, Anki or MathJax.

    What would, such as `<` or `[sound:`, is written in its wide form. Double quotes, control
    characters and those that turn the direction of writing are left out, and accents composed. A
    title's own `::` would open a level of its own, so its colons are joined. If nothing is left,
    the name is `fallback`.
    """
    kept = "".join(
        character
        for character in " ".join(title.split())
        if character not in _LEFT_OUT and category(character) not in _CONTROLS
    )
    text = COLONS.sub(":", normalize("NFC", kept))
    name = _MEANS_SOMETHING.sub(lambda match: match[0].translate(_WIDE), text).strip(" :")
    return fallback if is_blank(name) else name


def flashcard_deck(config: Config, published: str | None = None) -> str:
    """What the deck of a bank's flashcards is called, below the bank's own.

    Anki knows decks by their names, so one that was `published` keeps its name, whatever the bank's
    language is, unless the author gives it another under `[words]` in `deck.toml`.
    """
    word = words_for(config.language, config.words).card.flashcard_deck
    if published and "flashcard-deck" not in dict(config.words):
        return deck_name(published, "Flashcards")
    return deck_name(word, "Flashcards")


def deck_names(bank: RenderedBank, flashcards: str, published: Iterable[str] = ()) -> DeckNames:
    """The names of a bank's decks; `flashcards` is that of the flashcards' own.

    Anki sorts decks letter by letter. So numbers at the beginning of names that stand side by side
    get as many digits as the longest has: `2 Steam` beside `10 Ice` is `02 Steam`. A name that was
    `published` stays as it was, however many digits it has.
    """
    title = deck_name(bank.config.title, bank.config.id)
    parts = {chapter.path: _parts(bank, chapter) for chapter in bank.chapters}
    levels = _numbered({key: (title, *names) for key, (_, names) in parts.items()}, published)
    folders: dict[str, ChapterDecks] = {}
    for path, (inner, _) in parts.items():
        for depth, folder in enumerate(reversed(inner.parents[:-1]), start=2):
            folders[folder.as_posix()] = _decks(levels[path][:depth], flashcards)
    chapters = {path: _decks(names, flashcards) for path, names in levels.items()}
    return DeckNames(title, f"{title}::{flashcards}", folders, chapters)


def inner_path(bank: RenderedBank, chapter: RenderedChapter) -> PurePosixPath:
    """The path of a chapter in its bank."""
    path, home = PurePosixPath(chapter.path), PurePosixPath(bank.config.path).parent
    return path.relative_to(home) if path.is_relative_to(home) else PurePosixPath(path.name)


def check_decks(bank: RenderedBank) -> tuple[Diagnostic, ...]:
    """What leaves a deck without a name, and the chapters whose cards end in one deck."""
    collector = Collector(package_mistakes.MISTAKES)
    for where, what in _nameless(bank):
        collector.report(package_mistakes.empty_deck_name, where, what)
    if not bank.config.id:
        return tuple(collector.diagnostics)
    names = deck_names(bank, flashcard_deck(bank.config))
    owners = {names.flashcards.casefold(): "the flashcards"} if bank.config.flashcards else {}
    for chapter in bank.chapters:
        decks = names.chapters[chapter.path]
        mine = [decks.multiple_choice, *([decks.flashcards] if bank.config.flashcards else [])]
        clash = next((name for name in mine if name.casefold() in owners), None)
        if clash is not None:
            where = chapter.where or Place(chapter.path)
            collector.report(package_mistakes.shared_deck, where, clash, owners[clash.casefold()])
        for name in mine:
            owners.setdefault(name.casefold(), f"`{inner_path(bank, chapter)}`")
    return tuple(collector.diagnostics)


def _nameless(bank: RenderedBank) -> Iterator[tuple[Place, str]]:
    """The places of titles of which nothing is left, and what they are the titles of."""
    places = dict(bank.config.places)
    if bank.config.title and not deck_name(bank.config.title):
        yield places.get("title", Place(bank.config.path)), "the bank's title"
    word = dict(bank.config.words).get("flashcard-deck")
    if isinstance(word, str) and not deck_name(word):
        where = places.get("words.flashcard-deck", Place(bank.config.path))
        yield where, "the word for the flashcards' deck"
    seen: set[str] = set()
    for chapter in bank.chapters:
        for folder in inner_path(bank, chapter).parents[:-1]:
            if not _folder_name(folder.name) and folder.as_posix() not in seen:
                seen.add(folder.as_posix())
                yield Place(chapter.path), f"the name of the folder `{folder}`"
        if chapter.where is not None and not deck_name(chapter.title):
            yield chapter.where, "the chapter's title"


def _parts(bank: RenderedBank, chapter: RenderedChapter) -> tuple[PurePosixPath, Levels]:
    """A chapter's path in its bank, and the levels that folders and title make below the bank's."""
    inner = inner_path(bank, chapter)
    folders = [_folder_name(name) or name for name in inner.parts[:-1]]
    return inner, (*folders, deck_name(chapter.title, inner.stem))


def _folder_name(folder: str) -> str:
    return deck_name(folder.replace("-", " ").replace("_", " "))


def _decks(levels: Levels, flashcards: str) -> ChapterDecks:
    title, *rest = levels
    return ChapterDecks("::".join(levels), "::".join((title, flashcards, *rest)))


def _numbered(names: Mapping[str, Levels], published: Iterable[str]) -> dict[str, Levels]:
    """The levels with numbers of one length in what stands side by side, or as published."""
    kept: dict[Levels, str] = {}
    for name in published:
        levels = tuple(name.split("::"))
        for depth in range(1, len(levels) + 1):
            kept.setdefault(_bare(levels[:depth]), levels[depth - 1])
    groups: dict[Levels, dict[Levels, str]] = {}
    for levels in names.values():
        for depth in range(1, len(levels) + 1):
            group = groups.setdefault(_bare(levels[: depth - 1]), {})
            group.setdefault(levels[:depth], levels[depth - 1])
    new: dict[Levels, str] = {}
    for group in groups.values():
        known = {levels: kept[_bare(levels)] for levels in group if _bare(levels) in kept}
        others = {levels: name for levels, name in group.items() if levels not in known}
        widths = _widths([*known.values(), *others.values()])
        pads = all(_padded(name, widths) == name for name in known.values())
        new |= known | {
            levels: _padded(name, widths) if pads else name for levels, name in others.items()
        }
    return {
        key: tuple(deck_name(new[levels[:depth]]) for depth in range(1, len(levels) + 1))
        for key, levels in names.items()
    }


def _widths(names: Sequence[str]) -> list[int]:
    """The most digits of the first, second … part of the numbers that names begin with."""
    widths: list[int] = []
    for name in names:
        for place, part in enumerate(_numbers(name)):
            widths[place : place + 1] = [max([len(part), *widths[place : place + 1]])]
    return widths


def _padded(name: str, widths: Sequence[int]) -> str:
    parts = _numbers(name)
    number = ".".join(part.zfill(width) for part, width in zip(parts, widths, strict=False))
    return number + name[len(".".join(parts)) :]


def _numbers(name: str) -> list[str]:
    """The parts of the number that a name begins with: `3.10 Ice` has 3 and 10."""
    number = _NUMBER_AT_START.match(name)
    return number[0].split(".") if number else []


def _bare(levels: Levels) -> Levels:
    """Levels by which names that differ in nothing but letter case and digits 0 are one."""
    return tuple(map(_without_zeros, levels))


def _without_zeros(name: str) -> str:
    parts = _numbers(name)
    number = ".".join(part.lstrip("0") or "0" for part in parts)
    return (number + name[len(".".join(parts)) :]).casefold()
