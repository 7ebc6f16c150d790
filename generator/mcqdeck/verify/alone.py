"""A package in an empty collection: what it holds, and what is wrong with it by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqdeck.verification import Held, Kind, Settings
from mcqdeck.verify.compare import Finding, findings
from mcqdeck.verify.learner import Snapshot, learner_in

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.notes import NoteId


@dataclass(frozen=True, slots=True)
class Alone:
    """What a package gives an empty collection; `guids` are those of its notes by their ids."""

    held: Held
    snapshot: Snapshot
    guids: Mapping[NoteId, str]
    findings: tuple[Finding, ...]


def alone(package: Path, folder: Path) -> Alone:
    """Imports a package twice into a collection in the folder, which must not exist.

    Raises:
        RefusedError: Anki does not import it.
    """
    with learner_in(folder) as learner:
        learner.receive(package, Settings())
        again = learner.receive(package, Settings())
        snapshot = learner.snapshot()
        faulty = learner.faulty_cards()
        missing, unused = learner.missing_media(), learner.unused_media()
        problems = learner.problems()
    guids = {note.id: note.guid for note in snapshot.notes.values()}
    unsettled = [guids.get(entry.id.nid, "") for entry in (*again.new, *again.updated)]
    wrong = (
        *_notes(snapshot),
        *findings(Kind.EMPTY_CARD, _guids(snapshot, snapshot.empty)),
        *findings(Kind.RENDERED_WITH_FAULT, _guids(snapshot, faulty), faulty.values()),
        *findings(Kind.MEDIA_MISSING, names=missing),
        *findings(Kind.MEDIA_UNUSED, names=unused),
        *findings(Kind.DATABASE_UNSOUND, names=problems),
        *findings(Kind.NOT_SETTLED, unsettled),
    )
    return Alone(_held(snapshot), snapshot, guids, wrong)


def _held(snapshot: Snapshot) -> Held:
    return Held(
        notes=len(snapshot.notes),
        cards=len(snapshot.cards),
        note_types=len(snapshot.note_types),
        decks=len({card.home or card.deck for card in snapshot.cards.values()}),
        media=len(snapshot.media),
    )


def _notes(snapshot: Snapshot) -> Iterator[Finding]:
    counted = Counter(note.guid for note in snapshot.notes.values())
    yield from findings(
        Kind.DUPLICATE_GUID, [guid for guid, number in counted.items() if number > 1]
    )
    with_cards = {card.note for card in snapshot.cards.values()}
    bare = [note.guid for id_, note in snapshot.notes.items() if id_ not in with_cards]
    yield from findings(Kind.WITHOUT_CARDS, bare)


def _guids(snapshot: Snapshot, cards: Iterable[CardId]) -> list[str]:
    return [snapshot.guid_of(card) for card in cards]
