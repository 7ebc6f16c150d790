"""What Anki plays by itself on each side of a card, and what it leaves to the learner."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anki.sound import SoundOrVideoTag

if TYPE_CHECKING:
    from anki.cards import Card

    from tests.anki.conftest import Learner, PackageOf

BANK = Path(__file__).parents[1] / "banks" / "sound"


@pytest.fixture
def sound(package_of: PackageOf) -> Path:
    return package_of(BANK)


@pytest.fixture
def cards(learner: Learner, sound: Path) -> dict[tuple[str, str], Card]:
    """The cards by their question's id and their template's name."""
    learner.receive(sound)
    return {(card.note()["ID"], str(card.template()["name"])): card for card in learner.cards()}


def short(name: str) -> str:
    """A file's name in the bank, from that in the package."""
    return re.sub(r"^sound-|-[0-9a-f]{10}(?=\.)", "", name)


def played(card: Card) -> tuple[list[str], list[str]]:
    """What Anki plays by itself on the front and on the back, in its order."""
    output = card.render_output()
    front, back = (
        [short(tag.filename) for tag in tags if isinstance(tag, SoundOrVideoTag)]
        for tags in (output.question_av_tags, output.answer_av_tags)
    )
    return front, back


@pytest.mark.parametrize(
    ("id_", "template", "front", "back"),
    [
        ("plain", "Multiple choice", [], []),
        ("stem", "Multiple choice", ["call.wav", "old.m4a"], ["end.wav", "why.wav"]),
        ("stem", "Flashcard", ["call.wav", "old.m4a"], ["end.wav", "why.wav"]),
        ("options", "Multiple choice", [], ["why.wav"]),
        ("options", "Flashcard", [], ["high.wav", "why.wav"]),
        ("video", "Multiple choice", ["fall.mp4"], ["end.wav"]),
        ("video", "Flashcard", ["fall.mp4"], ["end.wav"]),
    ],
)
def test_each_side_plays_what_is_new_there_once_and_in_the_order_on_screen(
    cards: dict[tuple[str, str], Card], id_: str, template: str, front: list[str], back: list[str]
) -> None:
    """Options and their reasons stand in another order on screen, so nothing of theirs plays."""
    assert played(cards[id_, template]) == (front, back)


def test_what_does_not_play_by_itself_has_a_player(cards: dict[tuple[str, str], Card]) -> None:
    card = cards["options", "Multiple choice"]
    names = re.compile(r'<audio controls preload="none" src="([^"]*)"></audio>')
    output = card.render_output()

    assert list(map(short, names.findall(output.question_text))) == [
        *("high.wav", "low.wav", "third.wav")
    ]
    assert set(map(short, names.findall(output.answer_text))) == {
        *("high.wav", "low.wav", "third.wav")
    }


def test_no_sound_plays_from_a_place_that_nobody_sees(cards: dict[tuple[str, str], Card]) -> None:
    """Each mark of Anki's stands in `.played`, to be moved to its place, or where it is seen."""
    for card in cards.values():
        output = card.render_output()
        for side in (output.question_text, output.answer_text):
            marks = re.findall(r"\[anki:play:[qa]:\d+\]", side)
            hidden = re.findall(r'<div class="played".*?</div>', side)
            shown = re.sub(
                r'<div class="played".*?</div>|<section class="plain.*?</section>', "", side
            )

            moved = [mark for part in hidden for mark in re.findall(r"\[anki:play:.*?\]", part)]
            assert sorted(marks) == sorted([*moved, *re.findall(r"\[anki:play:.*?\]", shown)])


def test_all_sounds_and_videos_arrive(learner: Learner, sound: Path) -> None:
    learner.receive(sound)
    media = learner.collection.media.check()

    assert not media.missing
    assert not media.unused
    assert sorted(
        map(short, (path.name for path in Path(learner.collection.media.dir()).iterdir()))
    ) == [
        *("call.wav", "end.wav", "fall.mp4", "high.wav", "low.wav"),
        *("old.m4a", "third.wav", "why.wav"),
    ]


def test_what_arrives_is_what_was_sent(learner: Learner, sound: Path) -> None:
    """The sort field too, in which Anki puts the names of media."""
    learner.receive(sound)
    columns = "SELECT guid, mid, mod, tags, flds, sfld, csum FROM notes ORDER BY guid"
    with closing(sqlite3.connect(":memory:")) as sent:
        sent.deserialize(zipfile.ZipFile(sound).read("collection.anki2"))

        assert [tuple(row) for row in learner.rows(columns)] == sent.execute(columns).fetchall()


def test_a_bank_without_sound_has_cards_without_any_of_it(everything: Path) -> None:
    """Its templates, and so its learners, get nothing that they have no use for."""
    with closing(sqlite3.connect(":memory:")) as sent:
        sent.deserialize(zipfile.ZipFile(everything).read("collection.anki2"))
        [(models,)] = sent.execute("SELECT models FROM col").fetchall()

    assert "Reserved1" in models
    assert "{{Reserved1}}" not in models
    assert "showPlayers()" in models
    assert "function showPlayers" not in models
