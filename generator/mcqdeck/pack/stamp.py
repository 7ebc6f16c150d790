"""From a draft to a release: the ids and times of change that Anki tells old from new by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from mcqdeck.markdown.spaces import folded
from mcqdeck.pack.decks import Deck
from mcqdeck.pack.notes import Note
from mcqdeck.pack.notetype import FLASHCARD
from mcqdeck.pack.times import Time, next_time

_MILLISECONDS = 1000

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package is to hold, before anything of it has an id or a time."""

    bank_id: str
    notes: Iterable[Note]
    note_type: Mapping[str, Any]
    """The JSON that Anki reads, without its time."""

    decks: tuple[Deck, ...]
    media: tuple[str, ...]
    """Their names, which change with the content."""

    shows_line_ends: bool = False
    """Whether the bank's style may show where the lines of a text end."""


@dataclass(frozen=True, slots=True)
class StampedNote:
    """A note with its id (milliseconds of an epoch, unique) and the time of its last change.

    `card_ids` are those of its cards in their order.
    """

    id: int
    time: Time
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
    note_type_time: Time
    decks: tuple[StampedDeck, ...]
    media: tuple[str, ...]

    @property
    def mod(self) -> int:
        """The second in which anything of the release last changed."""
        notes, decks = (note.time.mod for note in self.notes), (deck.mod for deck in self.decks)
        return max(1, self.note_type_time.mod, *notes, *decks)

    def is_past(self, clock: int) -> bool:
        """Whether a release at the second `clock` changes no id and no time in it."""
        times = (self.note_type_time, *(note.time for note in self.notes))
        ids = (id_ for note in self.notes for id_ in (note.id, *note.card_ids))
        return (
            all(time.is_settled(clock) for time in times)
            and all(deck.mod <= clock for deck in self.decks)
            and max(ids, default=0) <= clock * _MILLISECONDS
        )

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


def stamp(
    draft: Draft, timestamp: int, last: Release | None = None, clock: int | None = None
) -> Release:
    """The release of a draft, dated `timestamp`, that follows `last`.

    What is as it was keeps its ids and its time, so that Anki keeps a learner's own edits of it;
    what changed gets a later time than it ever had, so that it arrives. `clock` is the second that
    it is now, by default the timestamp: what `last` dates later than that was dated by a clock that
    was ahead (`times.py`).

    All are seconds since 1970. Anki cannot load an id or time of 0 and ignores what lies in the
    future: new ids count up to the timestamp, and a timestamp before 1970 counts as its first
    second.
    """
    now = max(1, timestamp)
    clock = max(now, clock or now)
    is_same_type = last is not None and last.note_type == draft.note_type
    old_type_time = last.note_type_time if last else None
    return Release(
        bank_id=draft.bank_id,
        notes=_stamped_notes(draft, now, clock, last.notes if last else ()),
        note_type=draft.note_type,
        note_type_time=next_time(old_type_time, now, clock, is_same=is_same_type),
        decks=tuple(_stamped_decks(draft.decks, now, clock, last.decks if last else ())),
        media=draft.media,
    )


def _stamped_notes(
    draft: Draft, now: int, clock: int, last: Sequence[StampedNote]
) -> tuple[StampedNote, ...]:
    """The notes with the ids that they had, or with new ones that clash with none of `last`."""
    before = {stamped.note.guid: stamped for stamped in last}
    notes = tuple(_sharing(before.get(note.guid), note, draft) for note in _in_named_decks(draft))
    note_ids = _with_new_ids((note.guid for note in notes), _note_ids(last), now, clock)
    card_ids = _with_new_ids(_card_keys(notes), _card_ids(last), now, clock)
    return tuple(
        StampedNote(
            id=note_ids[note.guid],
            time=_note_time(before.get(note.guid), note, now, clock),
            note=note,
            card_ids=tuple([card_ids[note.guid, card.ord] for card in note.cards]),
        )
        for note in notes
    )


def _sharing(old: StampedNote | None, note: Note, draft: Draft) -> Note:
    """The note with the very fields that it had, where they are equal, or look so to a learner.

    So memory for one is enough, and lines of a source that are wrapped again change no note.
    """
    if old is None:
        return note
    fields = old.note.fields
    if fields is note.fields:
        return note
    is_same = fields == note.fields or (not draft.shows_line_ends and _look_alike(fields, note))
    return replace(note, fields=fields) if is_same else note


def _look_alike(fields: Sequence[str], note: Note) -> bool:
    pairs = list(zip(fields, note.fields, strict=True))
    if any(one.split() != other.split() for one, other in pairs):
        return False
    return all(one == other or folded(one) == folded(other) for one, other in pairs)


def _in_named_decks(draft: Draft) -> Iterator[Note]:
    """The notes, each card of which names its deck exactly as the deck names itself."""
    names = {deck.name for deck in draft.decks}
    exact = {deck.name.casefold(): deck.name for deck in draft.decks}
    for note in draft.notes:
        is_exact = all(card.deck in names for card in note.cards)
        yield note if is_exact else _in_exact_decks(note, exact)


def _in_exact_decks(note: Note, exact: Mapping[str, str]) -> Note:
    cards = (replace(card, deck=exact[card.deck.casefold()]) for card in note.cards)
    return replace(note, cards=tuple(cards))


def _note_time(old: StampedNote | None, note: Note, now: int, clock: int) -> Time:
    """The time of a note. A learner would not see where its cards lie, so that does not count."""
    if old is None:
        return next_time(None, now, clock, is_same=False)
    # Fields are shared where they are equal.
    is_same = old.note.fields is note.fields and old.note.tags == note.tags
    return next_time(old.time, now, clock, is_same=is_same)


def _stamped_decks(
    decks: Sequence[Deck], now: int, clock: int, last: Sequence[StampedDeck]
) -> Iterable[StampedDeck]:
    """The decks with their times. Anki reads decks whatever these say, so they need no memory."""
    before = {stamped.deck.id: stamped for stamped in last}
    for deck in decks:
        old = before.get(deck.id)
        if old is None or old.mod > clock:
            yield StampedDeck(now, deck)
        else:
            time = next_time(Time.at(old.mod), now, clock, is_same=old.deck == deck)
            yield StampedDeck(time.mod, deck)


def _note_ids(last: Sequence[StampedNote]) -> dict[str, int]:
    return {stamped.note.guid: stamped.id for stamped in last}


def _card_keys(notes: Sequence[Note]) -> Iterator[tuple[str, int]]:
    """What a card is known by: its note's GUID and its template."""
    return ((note.guid, card.ord) for note in notes for card in note.cards)


def _card_ids(last: Sequence[StampedNote]) -> dict[tuple[str, int], int]:
    keys = _card_keys([stamped.note for stamped in last])
    ids = chain.from_iterable(stamped.card_ids for stamped in last)
    return dict(zip(keys, ids, strict=True))


def _with_new_ids(keys: Iterable[K], known: Mapping[K, int], now: int, clock: int) -> dict[K, int]:
    """The id of each key: the one it is known by, or else a new one that none is known by.

    An id in the future, which a clock gave that was ahead, is replaced: Anki finds notes by their
    GUIDs.
    """
    latest = clock * _MILLISECONDS
    ids: dict[K, int] = {}
    new: list[K] = []
    for key in keys:
        if known.get(key, latest + 1) <= latest:
            ids[key] = known[key]
        else:
            new.append(key)
    ids.update(zip(new, _free_ids(now, len(new), set(known.values())), strict=True))
    return ids


def _free_ids(now: int, count: int, taken: set[int]) -> list[int]:
    """`count` ascending ids in milliseconds, none of them `taken`, that end before `now`."""
    ids: list[int] = []
    candidate = max(now * _MILLISECONDS, count + len(taken) + 1)
    while len(ids) < count:
        candidate -= 1
        if candidate not in taken:
            ids.append(candidate)
    return ids[::-1]
