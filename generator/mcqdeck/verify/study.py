"""What a learner does between two releases: every card and every note has something to lose."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import anki.collection  # noqa: F401  # Anki's modules load only if this is the first of them
from anki.decks import DEFAULT_DECK_CONF_ID, DeckId
from anki.scheduler.v3 import CardAnswer, Scheduler

from mcqdeck.verify.learner import Card, Learner, Note, Snapshot

if TYPE_CHECKING:
    from anki.cards import CardId

MARK = "mcqdeck-verify-own-words"
"""What the learner writes into notes and styles, and how the learner's tag is called."""

_RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
_MOST_FILTERED = 100  # cards in one filtered deck
_OWN_DECK, _OWN_OPTIONS, _OWN_FILTERED = "My own deck", "My own options", "My own filtered deck"

Cards = Sequence[Card]


def study(learner: Learner, have: Snapshot, groups: Sequence[frozenset[str]]) -> Counter[str]:
    """Reviews, suspends, flags and so on: a card in turn gets one of these, another the next.

    Each group of notes, by their GUIDs, is dealt by itself, so that each gets some of all. Returns
    how much was done.
    """
    hands: dict[Callable[[Learner, Cards], int], list[Card]] = {deed: [] for deed in _DEEDS}
    for cards in _grouped(have, groups):
        for place, card in enumerate(cards):
            hands[_DEEDS[place % len(_DEEDS)]].append(card)
    done = Counter({_NAMES[deed]: deed(learner, hand) for deed, hand in hands.items() if hand})
    _own_options(learner, sorted({card.deck for card in have.cards.values()}))
    return done


def _grouped(have: Snapshot, groups: Sequence[frozenset[str]]) -> Iterator[list[Card]]:
    ordered = sorted(have.cards.values(), key=lambda card: (have.guid_of(card.id), card.id))
    for group in groups:
        yield [card for card in ordered if have.guid_of(card.id) in group]


def edit(learner: Learner, have: Snapshot, moment: int) -> Counter[str]:
    """Writes into every note, tags it, and changes the style of every note type.

    All of that has happened at `moment`, in seconds since 1970. Returns how much was done.
    """
    collection = learner.collection
    notes = [collection.get_note(id_) for id_ in sorted(have.notes)]
    for note in notes:
        place = _field_to_edit(have.notes[note.id])
        note.fields[place] += f" {MARK}"
        note.tags.append(MARK)
    collection.update_notes(notes)
    for id_ in sorted(have.note_types):
        note_type = collection.models.get(id_)
        assert note_type
        note_type["css"] += f"\n/* {MARK} */"
        collection.models.update_dict(note_type, skip_checks=True)  # it may be broken already
        learner.execute("UPDATE notetypes SET mtime_secs = ? WHERE id = ?", moment, id_)
    learner.execute("UPDATE notes SET mod = ?", moment)
    return Counter({"edited": len(notes), "tagged": len(notes), "styled": len(have.note_types)})


def _field_to_edit(note: Note) -> int:
    """The last field that holds something, better not the first, by which notes are told apart."""
    filled = [place for place, text in enumerate(note.fields) if place and text]
    return filled[-1] if filled else len(note.fields) - 1


def _review(learner: Learner, cards: Cards) -> int:
    """Answers each card once, with one button after the other, a second apart and in the past."""
    scheduler = _scheduler(learner)
    first = int(time.time()) - len(cards) - 1
    for place, studied in enumerate(cards):
        card = learner.collection.get_card(studied.id)
        card.start_timer()
        states = learner.collection._backend.get_scheduling_states(card.id)
        answer = scheduler.build_answer(
            card=card, states=states, rating=_RATINGS[place % len(_RATINGS)]
        )
        answer.answered_at_millis = (first + place) * 1000
        scheduler.answer_card(answer)
    return len(cards)


def _suspend(learner: Learner, cards: Cards) -> int:
    learner.collection.sched.suspend_cards(_ids(cards))
    return len(cards)


def _flag(learner: Learner, cards: Cards) -> int:
    for place, card in enumerate(cards):
        learner.collection.set_user_flag_for_cards(place % 7 + 1, _ids([card]))
    return len(cards)


def _bury(learner: Learner, cards: Cards) -> int:
    learner.collection.sched.bury_cards(_ids(cards))
    return len(cards)


def _move(learner: Learner, cards: Cards) -> int:
    learner.collection.set_deck(_ids(cards), learner.collection.decks.id(_OWN_DECK) or DeckId(1))
    return len(cards)


def _set_due(learner: Learner, cards: Cards) -> int:
    learner.collection.sched.set_due_date(_ids(cards), "5")
    return len(cards)


def _filter(learner: Learner, cards: Cards) -> int:
    """Gathers cards in a filtered deck."""
    gathered = cards[:_MOST_FILTERED]
    decks = learner.collection.decks
    deck = decks.get(decks.new_filtered(_OWN_FILTERED))
    assert deck
    deck["terms"] = [[f"cid:{','.join(str(card.id) for card in gathered)}", len(gathered), 0]]
    decks.save(deck)
    return _scheduler(learner).rebuild_filtered_deck(DeckId(deck["id"])).count


def _leave(_learner: Learner, cards: Cards) -> int:
    return len(cards)


def _own_options(learner: Learner, used: Sequence[DeckId]) -> None:
    """Gives the decks options of the learner's own, and changes those that all others have."""
    decks = learner.collection.decks
    own = decks.add_config(_OWN_OPTIONS)
    for preset in (own, decks.get_config(DEFAULT_DECK_CONF_ID)):
        assert preset
        preset["new"]["perDay"] = 33
        decks.update_config(preset)
    for id_ in used:
        deck = decks.get(id_)
        if deck and not deck["dyn"]:
            decks.set_config_id_for_deck_dict(deck, own["id"])


def _ids(cards: Cards) -> list[CardId]:
    return [card.id for card in cards]


def _scheduler(learner: Learner) -> Scheduler:
    scheduler = learner.collection.sched
    assert isinstance(scheduler, Scheduler)
    return scheduler


_NAMES: dict[Callable[[Learner, Cards], int], str] = {
    _review: "reviewed",
    _suspend: "suspended",
    _flag: "flagged",
    _bury: "buried",
    _move: "moved",
    _set_due: "due date set",
    _filter: "in a filtered deck",
    _leave: "left alone",
}
_DEEDS = tuple(_NAMES)
