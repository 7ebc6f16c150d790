"""What a bank has that a form of questions cannot hold, said once for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from mcqdeck.exchange.item import Contents, Item


class Part(Enum):
    """A part of a bank or a question that some forms have no place for."""

    RATIONALE = "rationales"
    EXPLANATION = "explanations"
    REFERENCES = "references"
    ID = "ids"
    CHAPTER = "chapters"
    TAGS = "tags"
    OBJECTIVE = "objectives"
    LEVEL = "levels"
    DIFFICULTY = "difficulties"
    ORDER = "the order of options"
    FLASHCARD = "that there is no flashcard"
    RETIRED = "why a question was retired"
    FILES = "images and sounds"
    SETTINGS = "settings of the bank"


ALL = frozenset(Part)
METADATA = frozenset({Part.OBJECTIVE, Part.LEVEL, Part.DIFFICULTY, Part.FLASHCARD, Part.RETIRED})

_HAS: Mapping[Part, Callable[[Item], bool]] = {
    Part.RATIONALE: lambda item: any(option.rationale for option in item.options),
    Part.EXPLANATION: lambda item: bool(item.explanation),
    Part.REFERENCES: lambda item: bool(item.references),
    Part.ID: lambda item: bool(item.id),
    Part.CHAPTER: lambda item: bool(item.category),
    Part.TAGS: lambda item: bool(item.tags),
    Part.OBJECTIVE: lambda item: bool(item.objective),
    Part.LEVEL: lambda item: bool(item.level),
    Part.DIFFICULTY: lambda item: item.difficulty is not None,
    Part.ORDER: lambda item: item.keeps_order and not item.is_true_false,
    Part.FLASHCARD: lambda item: not item.has_flashcard,
    Part.RETIRED: lambda item: bool(item.retired),
}


def losses(
    contents: Contents, holds: Iterable[Part], instead: Mapping[Part, str] | None = None
) -> tuple[str, ...]:
    """A sentence for each part that the contents have and the form does not hold.

    `instead` tells what becomes of a part that is neither held nor left out.
    """
    instead = instead or {}
    held = frozenset(holds)
    said = []
    for part in Part:
        if part in held and part not in instead:
            continue
        fate = instead.get(part, "are left out")
        if part is Part.FILES:
            if contents.files:
                said.append(f"{part.value} {fate} ({len(contents.files)} files)")
        elif part is Part.SETTINGS:
            config = contents.config
            if config and (config.objectives or config.authors or config.description):
                said.append(f"{part.value} (deck.toml) {fate}")
        elif number := sum(map(_HAS[part], contents.items)):
            if part is Part.CHAPTER and len({item.category for item in contents.items}) < 2:
                continue
            verb = fate.replace("are ", "is ", 1) if part is Part.ORDER else fate
            verb = verb.replace("are ", "is ", 1) if part in _SINGULAR else verb
            said.append(f"{part.value} {verb} ({number} question{'s' * (number != 1)})")
    return tuple(said)


_SINGULAR = frozenset({Part.ORDER, Part.FLASHCARD, Part.RETIRED})
