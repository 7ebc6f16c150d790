"""What a learner can lose is seen, also what no Anki of today takes away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mcqdeck.verification import Kind, Settings
from mcqdeck.verify.compare import Imported, Packages, compare
from mcqdeck.verify.learner import Snapshot, learner_in
from mcqdeck.verify.study import edit, study
from tests.anki.foreign import Foreign
from tests.anki.releases import LONG_AGO

NOTES = {f"guid-{n}": (f"Question {n}", f"Answer {n}") for n in range(8)}
DEEDS = ("reviewed", "suspended", "flagged", "buried", "moved", "due", "filtered", "left")
"""What `study` does to the cards of the notes, in this order."""


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Packages, Snapshot]:
    """A package, and what a learner has who studied it and edited its notes."""
    folder = tmp_path_factory.mktemp("studied")
    picture = folder / "picture.svg"
    picture.write_text("<svg/>")
    notes = NOTES | {"guid-0": ("Question 0", '<img src="picture.svg">')}
    package = Foreign(folder, notes, LONG_AGO, media=(picture,)).package()
    with learner_in(folder / "learner") as learner:
        learner.receive(package, Settings())
        alone = learner.snapshot()
        packages = Packages(alone, alone)
        study(learner, alone, packages.groups())
        edit(learner, alone, LONG_AGO + 1)
        return packages, learner.snapshot()


def lost(studied: tuple[Packages, Snapshot], **parts: Any) -> dict[Kind, tuple[str, ...]]:
    """What is found if an import leaves these parts of what the learner had."""
    packages, before = studied
    imported = Imported(
        settings=Settings(),
        edits=True,
        before=before,
        after=replace(before, **parts),
        conflicting=frozenset(),
        problems=(),
        missing=(),
    )
    return {kind: notes or names for kind, notes, names in compare(packages, imported)}


def test_nothing_is_lost_where_all_stays(studied: tuple[Packages, Snapshot]) -> None:
    assert lost(studied) == {}


@pytest.mark.parametrize(
    ("deed", "change", "kind"),
    [
        ("left", None, Kind.CARD_LOST),
        ("suspended", {"queue": 0}, Kind.SUSPENSION_LOST),
        ("buried", {"queue": 0}, Kind.BURYING_LOST),
        ("flagged", {"flag": 0}, Kind.FLAG_LOST),
        ("moved", {"deck": 1}, Kind.CARD_MOVED),
        ("filtered", {"deck": 1, "home": 0}, Kind.FILTERED_DECK_LOST),
        ("due", {"schedule": ()}, Kind.SCHEDULE_LOST),
        ("reviewed", {"schedule": ()}, Kind.SCHEDULE_LOST),
        ("left", {"note": 7}, Kind.CARD_LOST),
    ],
)
def test_a_card_that_is_otherwise(
    studied: tuple[Packages, Snapshot], deed: str, change: dict[str, Any] | None, kind: Kind
) -> None:
    _, before = studied
    guid = f"guid-{DEEDS.index(deed)}"
    [card] = [card for card in before.cards.values() if before.guid_of(card.id) == guid]
    others = {id_: other for id_, other in before.cards.items() if id_ != card.id}

    cards = others if change is None else others | {card.id: replace(card, **change)}

    assert lost(studied, cards=cards) == {kind: (guid,)}


def test_reviews_that_are_gone(studied: tuple[Packages, Snapshot]) -> None:
    assert lost(studied, reviews={}) == {Kind.REVIEW_LOST: ("guid-0", "guid-5")}


def test_a_front_that_became_empty(studied: tuple[Packages, Snapshot]) -> None:
    _, before = studied
    [card] = [card for card in before.cards if before.guid_of(card) == "guid-3"]

    assert lost(studied, empty=frozenset({card})) == {Kind.CARD_EMPTIED: ("guid-3",)}


def test_notes_that_are_gone(studied: tuple[Packages, Snapshot]) -> None:
    _, before = studied
    notes = {id_: note for id_, note in before.notes.items() if note.guid != "guid-2"}

    losses = lost(studied, notes=notes)

    assert losses[Kind.NOTE_LOST] == ("guid-2",)


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"fields": ("theirs", "theirs")}, Kind.EDIT_LOST), ({"tags": frozenset()}, Kind.TAG_LOST)],
)
def test_a_note_that_is_otherwise(
    studied: tuple[Packages, Snapshot], change: dict[str, Any], kind: Kind
) -> None:
    _, before = studied
    [note] = [note for note in before.notes.values() if note.guid == "guid-4"]

    assert lost(studied, notes=before.notes | {note.id: replace(note, **change)}) == {
        kind: ("guid-4",)
    }


def test_media_that_are_gone_or_overwritten(studied: tuple[Packages, Snapshot]) -> None:
    expected = {Kind.MEDIA_LOST: ("picture.svg",)}

    assert lost(studied, media={}) == expected
    assert lost(studied, media={"picture.svg": (1, 2, 3)}) == expected


def test_decks_that_are_gone_or_have_other_options(studied: tuple[Packages, Snapshot]) -> None:
    _, before = studied
    [(id_, deck)] = [(id_, other) for id_, other in before.decks.items() if other.name == "Others"]
    others = {other_id: deck for other_id, deck in before.decks.items() if other_id != id_}

    assert lost(studied, decks=others) == {Kind.DECK_LOST: ("Others",)}
    renamed = replace(deck, name="Theirs")
    assert lost(studied, decks=others | {id_: renamed}) == {Kind.DECK_LOST: ("Others",)}
    preset: Any = 1
    other = replace(deck, preset=preset)
    assert lost(studied, decks=others | {id_: other}) == {Kind.DECK_OPTIONS_LOST: ("Others",)}
    changed = {number: preset | {"new": {}} for number, preset in before.presets.items()}
    assert Kind.DECK_OPTIONS_LOST in lost(studied, presets=changed)


def test_a_style_that_is_gone(studied: tuple[Packages, Snapshot]) -> None:
    _, before = studied
    plain = {id_: replace(note_type, style="") for id_, note_type in before.note_types.items()}

    assert lost(studied, note_types=plain) == {Kind.STYLE_LOST: ("Theirs",)}
    assert lost(studied, note_types={}) == {Kind.STYLE_LOST: ("Theirs",)}


def test_a_forced_full_sync(studied: tuple[Packages, Snapshot]) -> None:
    assert lost(studied, schema=1) == {Kind.FULL_SYNC: ()}


def test_each_deed_was_done(studied: tuple[Packages, Snapshot]) -> None:
    """Or the tests above could not fail."""
    _, before = studied
    cards = {before.guid_of(card.id): card for card in before.cards.values()}
    home = cards["guid-7"].deck

    assert cards["guid-1"].is_suspended
    assert cards["guid-2"].flag
    assert cards["guid-3"].is_buried
    assert before.decks[cards["guid-4"].deck].name == "My own deck"
    assert cards["guid-5"].queue == 2
    assert cards["guid-6"].home == home
    assert before.decks[cards["guid-6"].deck].preset is None
    preset = before.decks[home].preset
    assert preset
    assert before.presets[preset]["name"] == "My own options"
    assert "picture.svg" in before.media
