"""What a real Anki did with a package, as values: what arrived, and what learners would lose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from pathlib import Path


class Update(StrEnum):
    """When an import replaces what a learner has, as Anki's window for imports says it."""

    IF_NEWER = "if newer"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an import; the defaults are Anki's."""

    update_notes: Update = Update.IF_NEWER
    update_note_types: Update = Update.IF_NEWER
    merge_note_types: bool = False
    learning_progress: bool = False
    deck_presets: bool = False


class Effect(StrEnum):
    """How bad what was found is for a learner."""

    LOSS = "loss"
    """Something that a learner has is gone."""

    FAULT = "fault"
    """Something that a learner should get does not arrive, or arrives broken."""

    REMARK = "remark"
    """Anki does what the learner's settings ask for, or what is meant."""


class Kind(Enum):
    """What can be found, and its effect."""

    NOTE_LOST = "note-lost", Effect.LOSS
    CARD_LOST = "card-lost", Effect.LOSS
    CARD_EMPTIED = "card-emptied", Effect.LOSS
    REVIEW_LOST = "review-lost", Effect.LOSS
    SCHEDULE_LOST = "schedule-lost", Effect.LOSS
    SUSPENSION_LOST = "suspension-lost", Effect.LOSS
    BURYING_LOST = "burying-lost", Effect.LOSS
    FLAG_LOST = "flag-lost", Effect.LOSS
    CARD_MOVED = "card-moved", Effect.LOSS
    FILTERED_DECK_LOST = "filtered-deck-lost", Effect.LOSS
    DECK_LOST = "deck-lost", Effect.LOSS
    DECK_OPTIONS_LOST = "deck-options-lost", Effect.LOSS
    EDIT_LOST = "edit-lost", Effect.LOSS
    TAG_LOST = "tag-lost", Effect.LOSS
    STYLE_LOST = "style-lost", Effect.LOSS
    MEDIA_LOST = "media-lost", Effect.LOSS
    NOT_IMPORTED = "not-imported", Effect.FAULT
    CRASHED = "crashed", Effect.FAULT
    DUPLICATE_GUID = "duplicate-guid", Effect.FAULT
    WITHOUT_CARDS = "without-cards", Effect.FAULT
    NOT_ARRIVED = "not-arrived", Effect.FAULT
    CONFLICT = "conflict", Effect.FAULT
    FULL_SYNC = "full-sync", Effect.FAULT
    RENDERED_WITH_FAULT = "rendered-with-fault", Effect.FAULT
    EMPTY_CARD = "empty-card", Effect.FAULT
    MEDIA_MISSING = "media-missing", Effect.FAULT
    DATABASE_UNSOUND = "database-unsound", Effect.FAULT
    NOT_SETTLED = "not-settled", Effect.FAULT
    EDIT_REPLACED = "edit-replaced", Effect.REMARK
    EDIT_KEPT = "edit-kept", Effect.REMARK
    OVERWRITTEN = "overwritten", Effect.REMARK
    WITHHELD = "withheld", Effect.REMARK
    STYLE_REPLACED = "style-replaced", Effect.REMARK
    DECK_OPTIONS_REPLACED = "deck-options-replaced", Effect.REMARK
    UNRELATED = "unrelated", Effect.REMARK
    STAYED = "stayed", Effect.REMARK
    MEDIA_UNUSED = "media-unused", Effect.REMARK

    effect: Effect

    def __new__(cls, name: str, effect: Effect) -> Kind:
        """A kind by its name."""
        kind = object.__new__(cls)
        kind._value_ = name
        kind.effect = effect
        return kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import does to learners, or what is wrong with a package.

    `notes` are the GUIDs that it is about, `names` files, decks, note types or what Anki said;
    both are sorted. `settings` are the settings of the import with which it comes about; none means
    that it is so whatever they are.
    """

    kind: Kind
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    settings: tuple[Settings, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What Anki finds in a package when it is imported into an empty collection."""

    notes: int = 0
    cards: int = 0
    note_types: int = 0
    decks: int = 0
    media: int = 0


@dataclass(frozen=True, slots=True)
class Arrived:
    """What Anki's log says of the import by a learner of OLD who only studies, by default."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicting: int = 0
    new_cards: int = 0


@dataclass(frozen=True, slots=True)
class Observed:
    """All that was seen in Anki."""

    new: Held = Held()
    old: Held | None = None
    arrived: Arrived = Arrived()
    done: dict[str, int] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was looked at."""

    path: Path
    sha256: str
    size: int
    bank: str = ""
    """The id of its bank, if it is one of ours."""

    questions: Mapping[str, str] = field(default_factory=dict)
    """The ids of its questions by GUID, likewise."""

    held: Held = Held()


@dataclass(frozen=True, slots=True)
class Verification:
    """What learners of `old` get with `new`; without `old`, those who import `new` twice."""

    anki: str
    """Its version."""

    new: Package
    old: Package | None
    settings: int
    """How many settings of an import were tried."""

    arrived: Arrived
    done: Mapping[str, int]
    """What the learners had done before, by name."""

    outcomes: tuple[Outcome, ...]

    @property
    def is_good(self) -> bool:
        """Whether no learner loses anything, and all arrives as it should."""
        return all(outcome.kind.effect is Effect.REMARK for outcome in self.outcomes)

    def question_of(self, guid: str) -> str | None:
        """The id of the question that a note is, where mcqdeck made it."""
        old = self.old.questions.get(guid) if self.old else None
        return self.new.questions.get(guid) or old
