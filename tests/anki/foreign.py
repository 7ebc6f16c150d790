"""Packages that other programs make: notes of two fields, written with genanki as most are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import genanki

FRONT, BACK = "<b>{{Front}}</b>", "{{FrontSide}}<hr>{{Back}}"


@dataclass
class Foreign:
    """A deck of somebody else; `time` is the second that all of it is stamped with."""

    folder: Path
    notes: dict[str, tuple[str, str]] = field(default_factory=dict)
    time: int = 0
    fields: tuple[str, ...] = ("Front", "Back")
    front: str = FRONT
    style: str = ".card {}"
    deck: str = "Others"
    tags: tuple[str, ...] = ("theirs",)
    note_type: int = 1_600_000_001
    media: tuple[Path, ...] = ()
    count: int = 0

    def package(self) -> Path:
        """Writes the package, which is another file each time."""
        model = genanki.Model(
            self.note_type,
            "Theirs",
            fields=[{"name": name} for name in self.fields],
            templates=[{"name": "Card 1", "qfmt": self.front, "afmt": BACK}],
            css=self.style,
        )
        deck = genanki.Deck(1_600_000_002, self.deck)
        for guid, texts in self.notes.items():
            padded = [*texts, *("",) * (len(self.fields) - len(texts))]
            deck.add_note(genanki.Note(model, padded, guid=guid, tags=list(self.tags)))
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"theirs-{self.count}.apkg"
        self.count += 1
        genanki.Package(deck, [str(path) for path in self.media]).write_to_file(
            str(path), timestamp=self.time
        )
        return path
