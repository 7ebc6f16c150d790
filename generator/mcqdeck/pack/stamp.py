"""From a draft to a release: the ids and modification times that Anki tells old from new by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mcqdeck.pack.decks import Deck
from mcqdeck.pack.notes import Note
from mcqdeck.pack.notetype import FLASHCARD

_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package is to hold, before anything of it has an id or a time.

    `note_type` is the JSON that Anki reads, without its time; `media` are names, which change with
    the content.
    """

    bank_id: str
    notes: tuple[Note, ...]
    note_type: Mapping[str, Any]
    decks: tuple[Deck, ...]
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StampedNote:
    """A note with its id (milliseconds of an epoch, unique) and the second it last changed.

    `card_ids` are those of its cards in their order.
    """

    id: int
    mod: int
    note: Note
    card_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StampedDeck:
    """A deck with the second in which its name or description last changed."""

    mod: int
    deck: Deck


@dataclass(frozen=True, slots=True)
class Release:
    """All that a package holds, but for the content of its media.

    Two packages whose releases are equal are the same to Anki, whatever their bytes.
    """

    bank_id: str
    notes: tuple[StampedNote, ...]
    note_type: Mapping[str, Any]
    note_type_mod: int
    decks: tuple[StampedDeck, ...]
    media: tuple[str, ...]

    @property
    def mod(self) -> int:
        """The second in which anything of the release last changed."""
        decks, notes = (each.mod for each in self.decks), (each.mod for each in self.notes)
        return max(1, self.note_type_mod, *decks, *notes)

    @property
    def flashcard_deck(self) -> str | None:
        """The name of the deck of the flashcards, below the bank's own; none without flashcards."""
        names = (
            card.deck.split("::")
            for stamped in self.notes
            for card in stamped.note.cards
            if card.ord == FLASHCARD
        )
        return next((levels[1] for levels in names if len(levels) > 2), None)


def stamp(draft: Draft, timestamp: int, last: Release | None = None) -> Release:
    """The release of a draft at `timestamp`, in seconds since 1970, that follows `last`.

    What is as it was keeps its ids and its time, so that Anki lets a learner's own edits of it be;
    what changed gets a later time than it had, so that it arrives. Anki cannot load an id or time
    of 0 and neglects what lies in the future: new ids count up to the timestamp, and a timestamp
    before 1970 counts as its first second.
    """
    now = max(1, timestamp)
    same_type = last and last.note_type == draft.note_type
    return Release(
        bank_id=draft.bank_id,
        notes=_stamped(_in_named_decks(draft), now, last.notes if last else ()),
        note_type=draft.note_type,
        note_type_mod=_time(now, last.note_type_mod if last else None, is_same=bool(same_type)),
        decks=tuple(_stamped_decks(draft.decks, now, last.decks if last else ())),
        media=draft.media,
    )


def _in_named_decks(draft: Draft) -> Iterable[Note]:
    """The notes, each card of which names its deck exactly as the deck names itself."""
    names = {deck.name for deck in draft.decks}
    exact = {deck.name.casefold(): deck.name for deck in draft.decks}
    for note in draft.notes:
        if all(card.deck in names for card in note.cards):
            yield note
        else:
            cards = (replace(card, deck=exact[card.deck.casefold()]) for card in note.cards)
            yield replace(note, cards=tuple(cards))


def _stamped(
    notes: Iterable[Note], now: int, last: Sequence[StampedNote]
) -> tuple[StampedNote, ...]:
    """The notes with the ids that they had, or with new ones that clash with none of `last`."""
    before = {stamped.note.guid: stamped for stamped in last}
    notes = tuple(notes)
    known = {
        (stamped.note.guid, card.ord): card_id
        for stamped in last
        for card, card_id in zip(stamped.note.cards, stamped.card_ids, strict=True)
    }
    new_cards = [
        (note.guid, card.ord)
        for note in notes
        for card in note.cards
        if (note.guid, card.ord) not in known
    ]
    new_notes = [note.guid for note in notes if note.guid not in before]
    ids = dict(zip(new_notes, _free_ids(now, len(new_notes), {e.id for e in last}), strict=True))
    card_ids = known | dict(
        zip(new_cards, _free_ids(now, len(new_cards), set(known.values())), strict=True)
    )
    return tuple(
        StampedNote(
            old.id if old else ids[note.guid],
            _time(now, old.mod if old else None, is_same=old is not None and _is_same(old, note)),
            note,
            tuple([card_ids[note.guid, card.ord] for card in note.cards]),
        )
        for note in notes
        for old in [before.get(note.guid)]
    )


def _is_same(old: StampedNote, note: Note) -> bool:
    """Whether a learner would read the same. Where the cards lie is no part of a note."""
    return old.note.fields == note.fields and old.note.tags == note.tags


def _stamped_decks(
    decks: Sequence[Deck], now: int, last: Sequence[StampedDeck]
) -> Iterable[StampedDeck]:
    before = {stamped.deck.id: stamped for stamped in last}
    for deck in decks:
        old = before.get(deck.id)
        is_same = old is not None and old.deck == deck
        yield StampedDeck(_time(now, old.mod if old else None, is_same=is_same), deck)


def _time(now: int, old: int | None, *, is_same: bool) -> int:
    """When something last changed that was changed at `old` before, if it was there at all."""
    if old is None:
        return now
    return old if is_same else max(now, old + 1)


def _free_ids(now: int, count: int, taken: set[int]) -> list[int]:
    """`count` ascending ids in milliseconds, none of them `taken`, that end before `now`."""
    ids: list[int] = []
    candidate = max(now * _MILLISECONDS, count + len(taken) + 1)
    while len(ids) < count:
        candidate -= 1
        if candidate not in taken:
            ids.append(candidate)
    return ids[::-1]
