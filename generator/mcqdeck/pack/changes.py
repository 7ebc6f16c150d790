"""From two releases of a bank to what a learner of the older one gets with the newer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from mcqdeck.model import Change, ChangedPart, ChangeKind, Changes
from mcqdeck.pack.notes import Note
from mcqdeck.pack.notetype import FIELDS
from mcqdeck.pack.stamp import Release
from mcqdeck.pack.words import option_words, words

_FIELD = {field.name: place for place, field in enumerate(FIELDS)}
_KINDS = tuple(ChangeKind)
_EXPLAINED = (("explanation", "Explanation"), ("references", "References"))
_DESCRIBED = (
    *(("id", "ID"), ("notice", "Notice"), ("objective and level", "Meta")),
    *(("flashcard", "Flashcard"),),
)


def changes_between(old: Release, new: Release) -> Changes:
    """The changes, the most important kind first, each kind in the order of the source."""
    before = {stamped.note.guid: stamped.note for stamped in old.notes}
    after = {stamped.note.guid: stamped.note for stamped in new.notes}
    changes = [_whole(ChangeKind.REMOVED, before[guid]) for guid in before if guid not in after]
    unchanged = 0
    for guid, note in after.items():
        if guid not in before:
            changes.append(_whole(ChangeKind.NEW, note))
        elif before[guid] != note:
            of_note = list(_changes(before[guid], note, new.bank_id))
            changes += of_note
            unchanged += not of_note
        else:
            unchanged += 1
    changes.sort(key=lambda change: _KINDS.index(change.kind))
    return Changes(
        bank_id=new.bank_id,
        changes=tuple(changes),
        unchanged=unchanged,
        decks=tuple(_decks(old, new)),
        note_type_changed=old.note_type != new.note_type,
        forces_full_sync=_schema(old.note_type) != _schema(new.note_type),
    )


def _whole(kind: ChangeKind, note: Note) -> Change:
    return Change(kind, _field(note, "ID"), words(_field(note, "Stem")))


def _changes(old: Note, new: Note, bank_id: str) -> Iterator[Change]:
    """What became of a question: nothing, or a change of its content, or of its place, or both."""
    question_id, stem = _field(new, "ID"), words(_field(new, "Stem"))
    if old.fields != new.fields or old.tags != new.tags:
        kind = _kind(old, new, f"{bank_id}::retired".casefold())
        yield Change(kind, question_id, stem, tuple(_parts(old, new)))
    if old.cards[0].deck != new.cards[0].deck:
        moved = ChangedPart("deck", old.cards[0].deck, new.cards[0].deck)
        yield Change(ChangeKind.MOVED, question_id, stem, (moved,))


def _kind(old: Note, new: Note, retired: str) -> ChangeKind:
    changed = {name for name, place in _FIELD.items() if old.fields[place] != new.fields[place]}
    if changed & {"Options", "Answer"} and _is_other_key(old, new):
        return ChangeKind.KEY
    if _has_tag(new, retired) and not _has_tag(old, retired):
        return ChangeKind.RETIRED
    if "Stem" in changed:
        return ChangeKind.REWORDED
    if changed & {"Options", "Answer", "Correct"}:
        return ChangeKind.OPTIONS
    if changed & {"Rationales", "Explanation", "References"}:
        return ChangeKind.EXPLANATION
    return ChangeKind.METADATA


def _is_other_key(old: Note, new: Note) -> bool:
    """Whether what was right became wrong or the other way round.

    An option is known again by its words, or, where those are new, by its letter: so neither a
    new order nor a better wording of the right option counts as another key.
    """
    before, after = _options(old), _options(new)
    was, now = _right(old), _right(new)
    letters: dict[str, list[str]] = defaultdict(list)
    for letter, text in before.items():
        letters[text].append(letter)
    for letter, text in after.items():
        same = letters.get(text, [])
        if len(same) == 1 and (letter in now) != (same[0] in was):
            return True
    kept, texts = set(before.values()), set(after.values())
    reworded = {letter for letter in was if before.get(letter) not in texts}
    reworded_now = {letter for letter in now if after.get(letter) not in kept}
    return reworded != reworded_now


def _parts(old: Note, new: Note) -> Iterator[ChangedPart]:
    """Each part that changed, in the order in which a learner meets it."""
    yield from _differing(old, new, (("stem", "Stem"),))
    was, now = _marked_options(old), _marked_options(new)
    if _field(old, "Options") != _field(new, "Options") or was != now:
        yield ChangedPart("right", _right_words(old), _right_words(new))
        for letter in sorted(was.keys() | now.keys()):
            if was.get(letter) != now.get(letter):
                yield ChangedPart(f"option {letter}", was.get(letter, ""), now.get(letter, ""))
    if _field(old, "Rationales") != _field(new, "Rationales"):
        said, says = (
            option_words(_field(old, "Rationales")),
            option_words(_field(new, "Rationales")),
        )
        for letter in sorted(said.keys() | says.keys()):
            if said.get(letter) != says.get(letter):
                yield ChangedPart(f"rationale {letter}", said.get(letter, ""), says.get(letter, ""))
    yield from _differing(old, new, (*_EXPLAINED, *_DESCRIBED))
    if old.tags != new.tags:
        yield ChangedPart("tags", " ".join(old.tags), " ".join(new.tags))


def _differing(old: Note, new: Note, named: tuple[tuple[str, str], ...]) -> Iterator[ChangedPart]:
    for name, field in named:
        was, now = _field(old, field), _field(new, field)
        if was != now:
            yield ChangedPart(name, words(was), words(now))


def _field(note: Note, name: str) -> str:
    return note.fields[_FIELD[name]]


def _options(note: Note) -> dict[str, str]:
    return option_words(_field(note, "Options"))


def _right(note: Note) -> set[str]:
    return set(_field(note, "Answer").split())


def _marked_options(note: Note) -> dict[str, str]:
    right = _right(note)
    return {
        letter: f"{text} (right)" if letter in right else text
        for letter, text in _options(note).items()
    }


def _right_words(note: Note) -> str:
    options = _options(note)
    return "; ".join(options.get(letter, letter) for letter in sorted(_right(note)))


def _has_tag(note: Note, tag: str) -> bool:
    return any(own.casefold() == tag for own in note.tags)


def _decks(old: Release, new: Release) -> Iterator[ChangedPart]:
    """The decks under other names or with other descriptions, known again by their ids."""
    before = {stamped.deck.id: stamped.deck for stamped in old.decks}
    for stamped in new.decks:
        was = before.get(stamped.deck.id)
        if was and was.name != stamped.deck.name:
            yield ChangedPart("deck", was.name, stamped.deck.name)
        if was and was.description != stamped.deck.description:
            yield ChangedPart("description", was.description, stamped.deck.description)


def _schema(note_type: Mapping[str, Any]) -> tuple[object, ...]:
    """What Anki tells note types apart by."""
    return (
        note_type["id"],
        note_type["sortf"],
        *(field.get("id", field["name"]) for field in note_type["flds"]),
        *(template.get("id", template["name"]) for template in note_type["tmpls"]),
    )
