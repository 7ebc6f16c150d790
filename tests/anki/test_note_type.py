"""The note type against the golden file that freezes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.anki.conftest import Learner

GOLDEN = Path(__file__).parent / "golden" / "note-type.json"


def frozen(note_type: dict[str, Any]) -> dict[str, Any]:
    """What may never change in a note type, in the form of the golden file."""
    return {
        "id": note_type["id"],
        "name": note_type["name"],
        "type": note_type["type"],
        "sort_field": note_type["flds"][note_type["sortf"]]["name"],
        "fields": [
            {"ord": field["ord"], "name": field["name"], "id": field["id"]}
            for field in note_type["flds"]
        ],
        "templates": [
            {"ord": template["ord"], "name": template["name"], "id": template["id"]}
            for template in note_type["tmpls"]
        ],
    }


def test_the_note_type_is_the_frozen_one(learner: Learner, everything: Path) -> None:
    """Another number, order or id of fields or templates parts learners from their notes.

    Anki gives such a note type the name "…+", leaves the old notes to the old one, and no
    correction reaches them. There is no reason good enough to change the golden file.
    """
    learner.receive(everything)
    note_type = learner.collection.models.by_name("mcqdeck: everything")

    assert note_type
    assert frozen(note_type) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_there_is_one_note_type_of_ours(learner: Learner, package: Path) -> None:
    stock = {note_type.name for note_type in learner.collection.models.all_names_and_ids()}
    learner.receive(package)
    learner.receive(package)
    ours = {note_type.name for note_type in learner.collection.models.all_names_and_ids()} - stock

    assert len(ours) == 1
    assert not any(name.endswith("+") for name in ours)


def test_anki_agrees_on_the_fields_that_make_a_card(imported: Learner, package: Path) -> None:
    """Anki works them out again whenever the learner saves the note type."""
    models = imported.collection.models
    [note_type] = [
        note_type for note_type in models.all() if note_type["name"].startswith("mcqdeck: ")
    ]
    sent = json.loads(json.dumps(note_type["req"]))

    models.update_dict(note_type)
    models._clear_cache()

    kept = models.get(note_type["id"])
    assert kept
    assert kept["req"] == sent
    assert [ord_ for ord_, _, _ in sent] == [0, 1]


def test_the_learner_is_warned_before_deleting_a_field_that_cards_need(
    learner: Learner, everything: Path
) -> None:
    learner.receive(everything)
    note_type = learner.collection.models.by_name("mcqdeck: everything")

    assert note_type
    assert [field["name"] for field in note_type["flds"] if not field["preventDeletion"]] == [
        "Reserved3"
    ]


def test_the_banks_style_follows_the_cards(learner: Learner, everything: Path) -> None:
    learner.receive(everything)
    note_type = learner.collection.models.by_name("mcqdeck: everything")

    assert note_type
    assert note_type["css"].rstrip().endswith(".card { --bank-colour: #135; }")
