"""The settings of an import that a learner may have: Anki remembers those last used."""

from __future__ import annotations

from itertools import product

from mcqdeck.verification import Settings, Update

ALL = tuple(
    Settings(
        update_notes=notes,
        update_note_types=note_types,
        merge_note_types=merge,
        learning_progress=progress,
        deck_presets=presets,
    )
    for notes, note_types in product(Update, repeat=2)
    for merge, progress, presets in product((False, True), repeat=3)
)
"""Every one there is, Anki's defaults first."""
