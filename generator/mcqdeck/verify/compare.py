"""From what a learner had before an import and has after it to what was lost, and what came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mcqdeck.verification import Kind, Settings, Update
from mcqdeck.verify.learner import Card, Deck, Note, NoteType, Snapshot
from mcqdeck.verify.study import MARK

Finding = tuple[Kind, tuple[str, ...], tuple[str, ...]]
"""A kind with the GUIDs and the names that it is about."""


@dataclass(frozen=True, slots=True)
class Packages:
    """What each of two packages gives an empty collection."""

    old: Snapshot
    new: Snapshot

    def groups(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The GUIDs of OLD's notes that changed in NEW, that did not, and that are not in it."""
        old, new = contents(self.old), contents(self.new)
        same = {guid for guid in old.keys() & new.keys() if old[guid] == new[guid]}
        return (
            frozenset((old.keys() & new.keys()) - same),
            frozenset(same),
            frozenset(old.keys() - new.keys()),
        )

    @property
    def are_unrelated(self) -> bool:
        """Whether both have notes, and none in common."""
        old, new = (
            {note.guid for note in package.notes.values()} for package in (self.old, self.new)
        )
        return bool(old and new) and old.isdisjoint(new)


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: what the learner had, what the learner has, and Anki's word on it.

    `conflicting` are the GUIDs of the notes that Anki left alone since their note type differs,
    `problems` what its check of the database found that it had not found before.
    """

    settings: Settings
    edits: bool
    before: Snapshot
    after: Snapshot
    conflicting: frozenset[str]
    problems: tuple[str, ...]
    missing: tuple[str, ...]


def contents(held: Snapshot) -> dict[str, frozenset[tuple[tuple[str, ...], frozenset[str]]]]:
    """The fields and tags of the notes with each GUID."""
    by_guid: dict[str, set[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(set)
    for note in held.notes.values():
        by_guid[note.guid].add((note.fields, note.tags))
    return {guid: frozenset(notes) for guid, notes in by_guid.items()}


def compare(packages: Packages, imported: Imported) -> Iterator[Finding]:
    """What the import did to the learner."""
    before, after = imported.before, imported.after
    if packages.are_unrelated:
        yield Kind.UNRELATED, (), ()
    yield from _cards(before, after)
    yield from _notes(packages, imported)
    yield from _styles(packages, imported)
    yield from _decks(imported)
    lost = [name for name, was in before.media.items() if after.media.get(name) != was]
    yield from findings(Kind.MEDIA_LOST, names=lost)
    yield from findings(Kind.CONFLICT, imported.conflicting, _reasons(packages, imported))
    if before.schema != after.schema:
        yield Kind.FULL_SYNC, (), ()
    yield from findings(Kind.DATABASE_UNSOUND, names=imported.problems)
    yield from findings(Kind.MEDIA_MISSING, names=imported.missing)


def findings(kind: Kind, notes: Iterable[str] = (), names: Iterable[str] = ()) -> Iterator[Finding]:
    """A finding about these, or none where there are none."""
    guids, named = tuple(sorted(set(notes))), tuple(sorted(set(names)))
    if guids or named:
        yield kind, guids, named


def _cards(before: Snapshot, after: Snapshot) -> Iterator[Finding]:
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for id_, was in before.cards.items():
        now = after.cards.get(id_)
        for kind in [Kind.CARD_LOST] if now is None else _card(was, now):
            kinds[kind].append(before.guid_of(id_))
    for id_ in (after.empty - before.empty) & before.cards.keys():
        kinds[Kind.CARD_EMPTIED].append(before.guid_of(id_))
    for review_id, review in before.reviews.items():
        if after.reviews.get(review_id) != review:
            card = before.cards.get(review[0])
            kinds[Kind.REVIEW_LOST].append(before.notes[card.note].guid if card else "")
    for kind, guids in kinds.items():
        yield from findings(kind, guids)


def _card(was: Card, now: Card) -> Iterator[Kind]:
    if was == now:
        return
    hidden = was.is_suspended or was.is_buried
    if was.is_suspended and not now.is_suspended:
        yield Kind.SUSPENSION_LOST
    elif was.is_buried and not now.is_buried:
        yield Kind.BURYING_LOST
    elif was.schedule != now.schedule and not (hidden and was.queue != now.queue):
        yield Kind.SCHEDULE_LOST
    if was.flag != now.flag:
        yield Kind.FLAG_LOST
    if was.home and not now.home:
        yield Kind.FILTERED_DECK_LOST
    elif (was.home or was.deck) != (now.home or now.deck):
        yield Kind.CARD_MOVED
    if was.note != now.note:
        yield Kind.CARD_LOST


def _notes(packages: Packages, imported: Imported) -> Iterator[Finding]:
    changed, _, gone = packages.groups()
    here = contents(packages.new)
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for id_, was in imported.before.notes.items():
        now = imported.after.notes.get(id_)
        if now is None:
            kinds[Kind.NOTE_LOST].append(was.guid)
            continue
        is_updated = (now.fields, now.tags) != (was.fields, was.tags)
        if was.guid in changed:
            has_arrived = is_updated or (now.fields, now.tags) in here[was.guid]
            if kind := _of_changed(imported, now, has_arrived=has_arrived):
                kinds[kind].append(was.guid)
        elif imported.edits:
            for kind in _of_unchanged(imported, now):
                kinds[kind].append(was.guid)
    arrived = {note.guid for note in imported.after.notes.values()}
    kinds[Kind.NOT_ARRIVED] += [guid for guid in here if guid not in arrived]
    kinds[Kind.STAYED] += [guid for guid in gone if guid in arrived]
    for kind, guids in kinds.items():
        yield from findings(kind, guids)


def _of_changed(imported: Imported, now: Note, *, has_arrived: bool) -> Kind | None:
    """What became of a note that the author changed."""
    if now.guid in imported.conflicting:
        return None  # which is told by itself
    if has_arrived:
        is_kept = not imported.edits or _is_edited(now)
        return None if is_kept else Kind.EDIT_REPLACED
    if imported.settings.update_notes is Update.NEVER:
        return Kind.WITHHELD
    return Kind.EDIT_KEPT if imported.edits else Kind.NOT_ARRIVED


def _of_unchanged(imported: Imported, now: Note) -> Iterator[Kind]:
    """What became of the learner's words and tag in a note that the author left alone."""
    is_asked_for = imported.settings.update_notes is Update.ALWAYS
    if not any(MARK in text for text in now.fields):
        yield Kind.OVERWRITTEN if is_asked_for else Kind.EDIT_LOST
    if MARK not in now.tags:
        yield Kind.OVERWRITTEN if is_asked_for else Kind.TAG_LOST


def _is_edited(note: Note) -> bool:
    return MARK in note.tags or any(MARK in text for text in note.fields)


def _styles(packages: Packages, imported: Imported) -> Iterator[Finding]:
    """What became of the learner's own styles, and whether new ones and new templates arrived."""
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for id_, was in imported.before.note_types.items():
        now = imported.after.note_types.get(id_)
        meant = packages.new.note_types.get(id_)
        if kind := _style(
            imported, was, now, meant, is_same=packages.old.note_types.get(id_) == meant
        ):
            kinds[kind].append(was.name)
    for kind, names in kinds.items():
        yield from findings(kind, names=names)


def _style(
    imported: Imported,
    was: NoteType,
    now: NoteType | None,
    meant: NoteType | None,
    *,
    is_same: bool,
) -> Kind | None:
    condition = imported.settings.update_note_types
    if imported.edits:
        if now and MARK in now.style:
            return None
        is_meant = now is not None and (condition is Update.ALWAYS or not is_same)
        return Kind.STYLE_REPLACED if is_meant else Kind.STYLE_LOST
    if is_same or not (now and meant) or now == meant or not _is_alike(was, meant):
        return None
    return Kind.WITHHELD if condition is Update.NEVER else Kind.NOT_ARRIVED


def _is_alike(one: NoteType, other: NoteType) -> bool:
    """Whether two note types differ in their looks only."""
    return one.fields == other.fields and _names(one) == _names(other)


def _decks(imported: Imported) -> Iterator[Finding]:
    before, after = imported.before, imported.after
    lost = [
        was.name
        for id_, was in before.decks.items()
        if id_ not in after.decks or after.decks[id_].name != was.name
    ]
    yield from findings(Kind.DECK_LOST, names=lost)
    other = [
        was.name
        for id_, was in before.decks.items()
        if (now := after.decks.get(id_)) and _options(before, was) != _options(after, now)
    ]
    is_asked_for = imported.settings.deck_presets
    kind = Kind.DECK_OPTIONS_REPLACED if is_asked_for else Kind.DECK_OPTIONS_LOST
    yield from findings(kind, names=other)


def _options(held: Snapshot, deck: Deck) -> tuple[object, ...]:
    return deck.preset, held.presets.get(deck.preset) if deck.preset else None


def _reasons(packages: Packages, imported: Imported) -> list[str]:
    """Why notes are in conflict: how their note types differ from those that the learner has."""
    by_guid = {note.guid: note for note in packages.new.notes.values()}
    reasons = set()
    for note in imported.before.notes.values():
        if note.guid in imported.conflicting and note.guid in by_guid:
            theirs = imported.before.note_types[note.note_type]
            ours = packages.new.note_types[by_guid[note.guid].note_type]
            is_other = note.note_type != by_guid[note.guid].note_type
            reasons.add(_reason(theirs, ours, is_other=is_other))
    return sorted(reasons)


def _reason(theirs: NoteType, ours: NoteType, *, is_other: bool) -> str:
    if is_other:
        return f"the note type {theirs.name!r} has another id than {ours.name!r} of the new package"
    parts = [
        f"{what} {', '.join(map(repr, now))} in place of {', '.join(map(repr, was))}"
        for what, was, now in (
            ("fields", theirs.fields, ours.fields),
            ("templates", _names(theirs), _names(ours)),
        )
        if was != now
    ]
    return f"the note type {theirs.name!r} has {' and '.join(parts) or 'other ids inside'}"


def _names(note_type: NoteType) -> tuple[str, ...]:
    return tuple(name for name, _, _ in note_type.templates)
