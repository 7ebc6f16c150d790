"""What a release does to learners, as text for people, as release notes, and as JSON for tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mcqdeck.model import Change, ChangedPart, ChangeKind, Changes
from mcqdeck.report.json import as_text
from mcqdeck.report.visible import visible
from mcqdeck.report.word_diff import word_diff

_ELLIPSIS_AT = 100
_FULL_SYNC = "note type: ANOTHER SCHEMA: learners face a full sync, and corrections do not arrive"
_HEADINGS = {
    ChangeKind.KEY: "Answer key changed",
    ChangeKind.RETIRED: "Retired",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.NEW: "New",
    ChangeKind.REWORDED: "Reworded",
    ChangeKind.OPTIONS: "Options changed",
    ChangeKind.EXPLANATION: "Explanation only",
    ChangeKind.METADATA: "Tags or metadata only",
    ChangeKind.MOVED: "Moved",
}
_NOTES = {
    ChangeKind.KEY: "What was right is now wrong, or the other way round.",
    ChangeKind.RETIRED: "These questions carry a notice. See the tag `{bank}::retired`.",
    ChangeKind.REMOVED: "These are no longer part of the deck. Copies you have stay.",
    ChangeKind.MOVED: "New cards arrive in the new deck. Cards you have stay where they are.",
}


def changes_as_text(changes: Changes, *, is_brief: bool = True) -> Iterator[str]:
    """A line for each kind with its number, changed keys one by one and first.

    Unless it `is_brief`, every question is named with what changed in it, in words.
    """
    grouped = _grouped(changes)
    for kind, group in grouped.items():
        is_key = kind is ChangeKind.KEY
        yield f"{'ANSWER KEY CHANGED' if is_key else kind}: {len(group)}"
        for change in group:
            if is_key:
                yield f"  {_key_line(change)}"
            elif not is_brief:
                yield f"  {visible(change.id)}{_where(change)}"
            if not is_brief:
                yield from (f"    {visible(line)}" for line in _in_words(change))
    for deck in changes.decks:
        yield visible(f"{deck.name}: {_short(deck.old)!r} is now {_short(deck.new)!r}")
    yield f"unchanged: {changes.unchanged}"
    if changes.forces_full_sync:
        yield _FULL_SYNC
    elif changes.note_type_changed:
        yield "note type: templates or style change; no full sync"
    elif not is_brief:
        yield "note type: unchanged; no full sync"


def changes_as_markdown(changes: Changes) -> str:
    """Release notes: each change with its old and its new text in words."""
    return "\n".join(_markdown(changes)) + "\n"


def changes_as_json(changes: Changes) -> str:
    """An object with `bank, changes, decks, unchanged, note_type_changed, full_sync`."""
    return as_text(
        {
            "bank": changes.bank_id,
            "changes": [
                {
                    "kind": change.kind.name.lower(),
                    "id": change.id,
                    "stem": change.stem,
                    "parts": _parts_json(change.parts),
                }
                for change in changes.changes
            ],
            "decks": _parts_json(changes.decks),
            "unchanged": changes.unchanged,
            "note_type_changed": changes.note_type_changed,
            "full_sync": changes.forces_full_sync,
        }
    )


def _parts_json(parts: Sequence[ChangedPart]) -> list[dict[str, str]]:
    return [{"name": part.name, "old": part.old, "new": part.new} for part in parts]


def _grouped(changes: Changes) -> dict[ChangeKind, list[Change]]:
    """The changes by kind, the most important first."""
    grouped: dict[ChangeKind, list[Change]] = defaultdict(list)
    for change in changes.changes:
        grouped[change.kind].append(change)
    return {kind: grouped[kind] for kind in ChangeKind if grouped[kind]}


def _key_line(change: Change) -> str:
    right = next((part for part in change.parts if part.name == "right"), None)
    if right is None:
        return visible(change.id)
    return visible(f"{change.id}: was {_short(right.old)!r}, now {_short(right.new)!r}")


def _where(change: Change) -> str:
    """For a question that only moved, from where to where."""
    if change.kind is not ChangeKind.MOVED:
        return ""
    return ": " + visible(f"from {change.parts[0].old!r} to {change.parts[0].new!r}")


def _in_words(change: Change) -> Iterator[str]:
    """What became of each part of a question, and the stem of one that came or went."""
    if change.kind is ChangeKind.MOVED:
        return
    if not change.parts:
        yield _short(change.stem)
    for part in change.parts:
        if part.old == part.new:
            yield f"{part.name}: only its markup changed"
        elif change.kind is not ChangeKind.KEY or part.name != "right":
            yield f"{part.name}: {word_diff(part.old, part.new)}"


def _short(text: str) -> str:
    return text if len(text) <= _ELLIPSIS_AT else text[: _ELLIPSIS_AT - 1] + "…"


def _markdown(changes: Changes) -> Iterator[str]:
    grouped = _grouped(changes)
    if changes.is_empty:
        yield "Nothing changed."
        return
    for kind, group in grouped.items():
        yield f"## {_HEADINGS[kind]}: {len(group)}"
        yield ""
        if kind in _NOTES:
            yield _NOTES[kind].format(bank=changes.bank_id)
            yield ""
        for change in group:
            yield f"- **{escaped(change.id)}**: {escaped(change.stem)}"
            for part in change.parts:
                yield from _markdown_part(part)
        yield ""
    yield from _markdown_rest(changes)


def _markdown_rest(changes: Changes) -> Iterator[str]:
    if changes.decks:
        yield "## Decks"
        yield ""
        for deck in changes.decks:
            yield f"- {deck.name}:"
            yield f"  - old: {escaped(deck.old) or '(none)'}"
            yield f"  - new: {escaped(deck.new) or '(none)'}"
        yield ""
    if changes.forces_full_sync:
        yield "The note type changes its schema: Anki will ask for a full sync."
    elif changes.note_type_changed:
        yield "The look of the cards changes. No full sync is needed."
    yield f"{changes.unchanged} questions are as they were."


def _markdown_part(part: ChangedPart) -> Iterator[str]:
    name = escaped({"right": "right answer"}.get(part.name, part.name))
    if part.old == part.new:
        yield f"  - {name}: only its markup changed"
        return
    yield f"  - {name}, old: {escaped(part.old) or '(none)'}"
    yield f"  - {name}, new: {escaped(part.new) or '(none)'}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: on one line, with no markup of its own."""
    special = "\\`*_[]<>#|~$&"
    line = visible(" ".join(text.split()))
    return "".join(f"\\{sign}" if sign in special else sign for sign in line)
