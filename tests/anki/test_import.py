"""A package in the real Anki: what a learner has after importing it once, and again."""

from __future__ import annotations

import html
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.anki.conftest import Learner


def test_everything_is_new_at_first_and_nothing_afterwards(learner: Learner, package: Path) -> None:
    first = learner.receive(package)
    counts = learner.counts()
    [(notes,)] = learner.rows("SELECT count() FROM notes")

    assert (len(first.new), len(first.updated), len(first.duplicate)) == (notes, 0, 0)
    assert not first.conflicting
    for _ in range(2):
        again = learner.receive(package)

        assert (len(again.new), len(again.updated), len(again.duplicate)) == (0, 0, notes)
        assert not again.conflicting
        assert learner.counts() == counts


def test_what_arrives_is_what_was_sent(imported: Learner, package: Path) -> None:
    """Anki found nothing to fix: no accent, no control character, no order of tags."""
    columns = "SELECT guid, mid, mod, tags, flds, sfld, csum FROM notes ORDER BY guid"
    with closing(sqlite3.connect(":memory:")) as sent:
        sent.deserialize(zipfile.ZipFile(package).read("collection.anki2"))

        assert [tuple(row) for row in imported.rows(columns)] == sent.execute(columns).fetchall()


@pytest.mark.parametrize("option", ["update_notes", "update_notetypes"])
def test_nothing_changes_for_a_learner_who_always_updates(
    learner: Learner, package: Path, option: str
) -> None:
    always = 1
    learner.receive(package)

    log = learner.receive(package, **{option: always})

    assert not log.new
    assert not log.updated


def test_guids_are_unique(imported: Learner) -> None:
    assert imported.rows("SELECT guid FROM notes GROUP BY guid HAVING count() > 1") == []


def test_each_note_has_exactly_its_cards(imported: Learner) -> None:
    """One for multiple choice, one more where the field `Flashcard`, the ninth, says so."""
    expected = [
        (guid, "0,1" if fields.split("\x1f")[8] else "0")
        for guid, fields in imported.rows("SELECT guid, flds FROM notes ORDER BY id")
    ]
    rows = imported.rows(
        "SELECT guid, group_concat(ord) FROM (SELECT * FROM cards ORDER BY ord) AS c "
        "JOIN notes ON notes.id = nid GROUP BY nid ORDER BY nid"
    )

    assert [tuple(row) for row in rows] == expected


def test_the_collection_passes_ankis_own_checks(imported: Learner) -> None:
    report, is_ok = imported.collection.fix_integrity()
    media = imported.collection.media.check()

    assert is_ok, report
    assert not imported.collection.get_empty_cards().notes
    assert not media.missing
    assert not media.unused


def test_no_id_and_no_time_lies_in_the_future(imported: Learner) -> None:
    now = time.time()

    for table in ("notes", "cards"):
        [(newest_id, newest_mod, oldest_id)] = imported.rows(
            f"SELECT max(id), max(mod), min(id) FROM {table}"
        )
        assert newest_id <= now * 1_000
        assert newest_mod <= now
        assert oldest_id > 0
    [(created, modified)] = imported.rows("SELECT crt, mod / 1000 FROM col")
    assert max(created, modified) <= now


def test_every_card_renders(imported: Learner) -> None:
    for card in imported.cards():
        output = card.render_output()
        sides = output.question_text + output.answer_text

        text = html.unescape(sides)
        for meant in ("{{Stem}}", "{{c1::cloze}}", "{{Answer}}"):
            text = text.replace(meant, "")
        assert "{{" not in text
        assert "https://docs.ankiweb.net/templates/errors" not in sides


def test_text_makes_no_sound(imported: Learner) -> None:
    for card in imported.cards():
        output = card.render_output()

        assert output.question_av_tags == []
        assert output.answer_av_tags == []


def test_the_front_does_not_tell_the_answer(imported: Learner) -> None:
    """Another answer, explanation and rationale give the same front."""
    for card in imported.cards():
        front = card.render_output().question_text
        note = card.note()
        for field in ("Answer", "Correct", "Rationales", "Explanation", "References"):
            note[field] = "<p>something else</p>"

        assert note.ephemeral_card(card.ord).render_output().question_text == front


def test_the_back_tells_the_answer(imported: Learner) -> None:
    for card in imported.cards():
        output, note = card.render_output(), card.note()

        assert note["Correct"] in output.answer_text
        assert note["Explanation"] in output.answer_text
        assert note["Notice"] in output.answer_text


@pytest.mark.parametrize(
    "deck", ["Everything: all the format has", "Everything: all the format has::Flashcards"]
)
def test_new_cards_come_in_source_order(learner: Learner, everything: Path, deck: str) -> None:
    learner.receive(everything)
    children = [
        name
        for name in sorted(deck.name for deck in learner.collection.decks.all_names_and_ids())
        if name.startswith(f"{deck}::0")
    ]

    shown = [card for child in children for card in learner.new_cards(child)]

    assert len(children) == 3
    assert [card.nid for card in shown] == sorted(card.nid for card in shown)
    assert [card.due for card in shown] == sorted({card.due for card in shown})


def test_the_whole_bank_comes_in_source_order_too(learner: Learner, package: Path) -> None:
    learner.receive(package)
    [top] = [
        deck.name
        for deck in learner.collection.decks.all_names_and_ids()
        if "::" not in deck.name and deck.id != 1
    ]
    shown = learner.new_cards(top)
    [(total,)] = learner.rows("SELECT count() FROM cards")

    assert len(shown) == total
    for ord_ in (0, 1):
        notes = [card.nid for card in shown if card.ord == ord_]
        assert notes == sorted(notes)


def test_decks_carry_the_names_that_the_bank_gives(learner: Learner, everything: Path) -> None:
    learner.receive(everything)
    top = "Everything: all the format has"

    assert {deck.name for deck in learner.collection.decks.all_names_and_ids()} == {
        "Default",
        top,
        f"{top}::01 Plain: the usual",
        f"{top}::02 Blocks",
        f"{top}::03 Windows: CRLF : and BOM",
        f"{top}::Flashcards",
        f"{top}::Flashcards::01 Plain: the usual",
        f"{top}::Flashcards::02 Blocks",
        f"{top}::Flashcards::03 Windows: CRLF : and BOM",
    }


def test_the_description_is_shown_as_markdown(learner: Learner, everything: Path) -> None:
    learner.receive(everything)
    deck = learner.collection.decks.by_name("Everything: all the format has")

    assert deck
    assert deck["md"] is True
    assert "with **every** feature" in deck["desc"]


def test_tags_arrive(learner: Learner, everything: Path) -> None:
    learner.receive(everything)
    [(tags,)] = learner.rows("SELECT tags FROM notes WHERE flds LIKE 'two-right-answers%'")

    assert tags.split() == [
        "basics",
        "deep::er",
        "everything::difficulty::5",
        "everything::level::application",
        "everything::objective::OB-2",
        "several",
        "Äther",
    ]
    assert learner.rows("SELECT count() FROM notes WHERE tags LIKE '% everything::retired %'") == [
        [1]
    ]


def test_media_arrive(learner: Learner, everything: Path) -> None:
    learner.receive(everything)

    assert learner.counts()["media"] == 3


def test_an_import_forces_no_full_sync(learner: Learner, package: Path) -> None:
    learner.receive(package)
    before = learner.rows("SELECT scm FROM col")

    learner.receive(package)

    assert learner.rows("SELECT scm FROM col") == before
