"""Releases in the real Anki: what a learner keeps when the next one is imported."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki.buildinfo import version
from anki.decks import DeckId

from tests.anki.releases import LONG_AGO, Author, Item

if TYPE_CHECKING:
    from tests.anki.conftest import Learner

DAY = 24 * 3600
VERSION = tuple(int(part) for part in version.split(".")[:2])
CARDS = "SELECT * FROM cards ORDER BY id"
REVIEWS = "SELECT * FROM revlog ORDER BY id"


def first_field(learner: Learner, start: str) -> Any:
    """The note of the question whose id begins so."""
    [(note_id,)] = learner.rows(f"SELECT id FROM notes WHERE flds LIKE '{start}%'")
    return learner.collection.get_note(note_id)


def counts(log: Any) -> tuple[int, int, int, int]:
    return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)


def edit(learner: Learner, start: str, at: int) -> None:
    """The learner writes into the explanation and adds a tag, at a second of the history."""
    note = first_field(learner, start)
    note["Explanation"] += "mine"
    note.tags.append("my-tag")
    learner.collection.update_note(note)
    assert learner.collection.db
    learner.collection.db.execute("UPDATE notes SET mod = ? WHERE id = ?", at, note.id)


def our_types(learner: Learner) -> list[str]:
    names = [note_type.name for note_type in learner.collection.models.all_names_and_ids()]
    return [name for name in names if name.startswith("mcqdeck")]


def test_just_what_changed_is_updated(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    author.change(1, stem=1)

    assert counts(learner.receive(author.release(LONG_AGO + DAY))) == (0, 1, 4, 0)
    assert "Wording 1 of q-1?" in first_field(learner, "q-1")["Stem"]


def test_skipped_releases_arrive_together_and_old_ones_change_nothing(
    learner: Learner, author: Author
) -> None:
    first = author.release(LONG_AGO)
    author.change(1, stem=1)
    second = author.release(LONG_AGO + DAY)
    author.change(2, right=1)
    author.items.append(Item("q-5"))
    third = author.release(LONG_AGO + 2 * DAY)

    learner.receive(first)
    assert counts(learner.receive(third)) == (1, 2, 3, 0)
    assert counts(learner.receive(second)) == (0, 0, 5, 0)
    assert counts(learner.receive(third)) == (0, 0, 6, 0)


@pytest.mark.parametrize(
    ("scheduling", "presets", "merge"), list(itertools.product([False, True], repeat=3))
)
def test_no_card_and_no_review_is_touched(
    learner: Learner, author: Author, scheduling: bool, presets: bool, merge: bool
) -> None:
    learner.receive(author.release(LONG_AGO))
    study(learner)
    before = learner.rows(CARDS), learner.rows(REVIEWS), learner.rows("SELECT scm FROM col")
    author.change(0, stem=1)
    author.change(1, right=1)
    author.change(4, picture=1)
    author.style = 1
    author.title = "Renamed"
    author.items.reverse()
    log = learner.receive(
        author.release(LONG_AGO + DAY),
        with_scheduling=scheduling,
        with_deck_configs=presets,
        merge_notetypes=merge,
    )

    assert counts(log) == (0, 3, 2, 0)
    assert before == (
        learner.rows(CARDS),
        learner.rows(REVIEWS),
        learner.rows("SELECT scm FROM col"),
    )
    report, is_ok = learner.collection.fix_integrity()
    assert is_ok, report


def study(learner: Learner) -> None:
    """Answers, suspends, buries, flags, sets due dates and moves cards."""
    collection = learner.collection
    collection.decks.set_current(collection.decks.id("Sample") or DeckId(1))
    for rating in (1, 3, 4):
        card = collection.sched.getCard()
        assert card
        collection.sched.answerCard(card, rating)
        time.sleep(0.002)  # see test_ankis_check_stumbles_over_two_answers_in_one_millisecond
    ids = [card.id for card in learner.cards()]
    collection.sched.suspend_cards(ids[2:3])
    collection.sched.bury_cards(ids[3:4])
    collection.set_user_flag_for_cards(3, ids[4:5])
    collection.sched.set_due_date(ids[5:7], "3-7")
    collection.set_deck(ids[7:8], collection.decks.id("My own") or 1)
    assert learner.rows("SELECT count() FROM revlog")[0][0] >= 3


@pytest.mark.parametrize(("millisecond", "stumbles"), [(998, False), (999, VERSION >= (26, 0))])
def test_ankis_check_stumbles_over_two_answers_in_one_millisecond(
    learner: Learner,
    author: Author,
    monkeypatch: pytest.MonkeyPatch,
    millisecond: int,
    stumbles: bool,
) -> None:
    """Why `study` waits: no import is at fault if Anki's check finds such a review.

    The second answer gets the next millisecond as its id. If that is in the next second, the check
    of newer Ankis finds that the card was last reviewed at another second than its log says.
    """
    learner.receive(author.release(LONG_AGO))
    learner.collection.decks.set_current(learner.collection.decks.id("Sample") or DeckId(1))
    answered = (int(time.time()) - 1) * 1_000 + millisecond
    monkeypatch.setattr("anki.scheduler.v3.int_time", lambda scale=1: answered * scale // 1_000)
    for _ in range(2):
        card = learner.collection.sched.getCard()
        assert card
        learner.collection.sched.answerCard(card, 3)

    report, is_ok = learner.collection.fix_integrity()

    assert is_ok is not stumbles, report


def test_a_new_style_arrives_and_there_is_one_note_type(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    before = learner.rows("SELECT scm FROM col")
    author.style = 7
    log = learner.receive(author.release(LONG_AGO + DAY))
    note_type = learner.collection.models.by_name("mcqdeck: sample")

    assert counts(log) == (0, 0, 5, 0)
    assert note_type
    assert "order: 7" in note_type["css"]
    assert our_types(learner) == ["mcqdeck: sample"]
    assert learner.rows("SELECT scm FROM col") == before


def test_a_learners_own_style_survives_a_release_that_leaves_the_style_alone(
    learner: Learner, author: Author
) -> None:
    learner.receive(author.release(LONG_AGO))
    note_type = learner.collection.models.by_name("mcqdeck: sample")
    assert note_type
    note_type["css"] += ".mine {}"
    learner.collection.models.update_dict(note_type)
    author.change(0, stem=1)
    learner.receive(author.release(LONG_AGO + DAY))
    now = learner.collection.models.by_name("mcqdeck: sample")

    assert now
    assert now["css"].endswith(".mine {}")


def test_an_edit_of_an_unchanged_question_survives_and_a_changed_one_wins(
    learner: Learner, author: Author
) -> None:
    learner.receive(author.release(LONG_AGO))
    edit(learner, "q-0", LONG_AGO + 100)
    edit(learner, "q-1", LONG_AGO + 100)
    author.change(1, reason=1)
    learner.receive(author.release(LONG_AGO + DAY))
    kept, replaced = first_field(learner, "q-0"), first_field(learner, "q-1")

    assert kept["Explanation"].endswith("mine")
    assert kept.tags == ["my-tag"]
    assert replaced["Explanation"] == "<p>Reason 1.</p>"
    assert replaced.tags == []


def test_a_renamed_question_keeps_its_reviews(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    before = learner.rows(CARDS)
    author.items[0] = Item("zero")
    author.renamed["zero"] = "q-0"
    log = learner.receive(author.release(LONG_AGO + DAY))

    assert counts(log) == (0, 1, 4, 0)
    assert learner.rows(CARDS) == before
    assert first_field(learner, "zero")


def test_a_retired_question_can_be_found(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    author.change(0, retired=True)
    learner.receive(author.release(LONG_AGO + DAY))
    [note] = learner.collection.find_notes("tag:sample::retired")

    assert "it is outdated" in learner.collection.get_note(note)["Notice"]


def test_a_dropped_question_stays_with_the_learner(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    author.dropped.append(author.items.pop(0).id)
    log = learner.receive(author.release(LONG_AGO + DAY))

    assert counts(log) == (0, 0, 4, 0)
    assert first_field(learner, "q-0")


def test_a_field_that_the_learner_renamed_makes_no_second_note_type(
    learner: Learner, author: Author
) -> None:
    learner.receive(author.release(LONG_AGO))
    models = learner.collection.models
    note_type = models.by_name("mcqdeck: sample")
    assert note_type
    models.rename_field(note_type, note_type["flds"][6], "Reasons")
    models.update_dict(note_type)
    models._clear_cache()
    author.change(0, reason=1)
    log = learner.receive(author.release(LONG_AGO + DAY))

    assert counts(log) == (0, 1, 4, 0)
    assert our_types(learner) == ["mcqdeck: sample"]


def test_a_field_that_the_learner_added_keeps_corrections_out(
    learner: Learner, author: Author
) -> None:
    """The page for learners says so: Anki takes it for another note type, and skips the notes."""
    learner.receive(author.release(LONG_AGO))
    models = learner.collection.models
    note_type = models.by_name("mcqdeck: sample")
    assert note_type
    models.add_field(note_type, models.new_field("My notes"))
    models.update_dict(note_type)
    models._clear_cache()
    author.change(0, reason=1)
    log = learner.receive(author.release(LONG_AGO + DAY))

    assert counts(log) == (0, 0, 0, 5)
    assert len(our_types(learner)) == 2
    assert first_field(learner, "q-0")["Explanation"] == "<p>Reason 0.</p>"


def test_a_changed_picture_arrives_under_a_new_name(learner: Learner, author: Author) -> None:
    learner.receive(author.release(LONG_AGO))
    old = first_field(learner, "q-4")["Stem"]
    author.change(4, picture=1)
    log = learner.receive(author.release(LONG_AGO + DAY))
    folder = Path(learner.collection.media.dir())

    assert counts(log) == (0, 1, 4, 0)
    assert first_field(learner, "q-4")["Stem"] != old
    assert sorted('id="p1"' in path.read_text() for path in folder.iterdir()) == [False, True]
    assert not learner.collection.media.check().missing


@pytest.mark.skipif(VERSION < (25, 2), reason="Anki 24.11 stores the time of the import instead")
def test_the_collection_keeps_the_time_of_the_package(learner: Learner, author: Author) -> None:
    """So a release built before an import is not skipped after it, as it is in Anki 24.11."""
    learner.receive(author.release(LONG_AGO))
    author.change(0, stem=1)
    learner.receive(author.release(LONG_AGO + DAY))

    assert learner.rows("SELECT DISTINCT mod FROM notes ORDER BY mod") == [
        [LONG_AGO],
        [LONG_AGO + DAY],
    ]


def test_what_says_that_the_package_is_ours_reaches_no_collection(
    learner: Learner, author: Author
) -> None:
    learner.receive(author.release(LONG_AGO))

    assert learner.rows("SELECT key FROM config WHERE key LIKE '%mcqdeck%'") == []
