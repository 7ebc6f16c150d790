"""Random histories of an author and a learner: whatever both do, the learner loses nothing.

`HISTORIES_SEED` in the environment repeats a run; the seed is printed.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.anki.releases import LONG_AGO, Author, Item, contents, histories

CARDS = "SELECT * FROM cards"
REVIEWS = "SELECT * FROM revlog"
TYPE = "mcqdeck: sample"
STEPS = 5
AUTHOR = (
    *("rewords", "changes_the_key", "takes_back", "tags_or_untags", "changes_a_picture"),
    *("retires_or_reinstates", "switches_a_flashcard", "adds", "renames", "drops", "reorders"),
    *("moves_to_the_other_chapter", "retitles", "restyles"),
)
LEARNER = (
    *("reviews", "suspends", "buries", "flags", "sets_due", "moves_a_card", "edits"),
    *("tags_a_note", "deletes", "renames_a_deck"),
)
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where Anki need not wait for a disk."""
RATINGS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)

Content = tuple[str, str]

any_place = st.integers(0, 99)


def deeds_of(names: tuple[str, ...], most: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    """What somebody does next, each deed with the place at which it is done."""
    return st.lists(st.tuples(st.sampled_from(names), any_place), max_size=most)


class History(RuleBasedStateMachine):
    """One author, one learner, and a clock that both go by."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="history-", dir=PLACE))
        shutil.copy(self.empty, self.folder / "collection.anki2")
        self.collection = Collection(str(self.folder / "collection.anki2"))
        self.author = Author(self.folder / "author")
        self.author.items = [Item("q-0"), Item("q-1", picture=0), Item("q-2", flashcard=False)]
        self.clock = LONG_AGO
        self.number = len(self.author.items)
        self.published: list[dict[str, tuple[Content, int]]] = []
        """For each release the content of its notes, and when the author made it so."""
        self.expected: dict[str, tuple[Content, int]] = {}
        """What the learner should have, and since when."""

    def teardown(self) -> None:
        try:
            report, is_ok = self.collection.fix_integrity()
            assert is_ok, report
            assert not self.collection.media.check().missing
        finally:
            self.collection.close()
            shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.release()
        self.receive(0)

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    @rule(
        learner=deeds_of(LEARNER, 5),
        author=deeds_of(AUTHOR, 3),
        releases=st.integers(0, 2),
        imported=st.sampled_from(["newest", "newest", "newest", "any", "none"]),
        which=any_place,
        options=st.fixed_dictionaries({"scheduling": st.booleans(), "merge": st.booleans()}),
    )
    def time_passes(
        self,
        learner: list[tuple[str, int]],
        author: list[tuple[str, int]],
        releases: int,
        imported: str,
        which: int,
        options: dict[str, bool],
    ) -> None:
        """Both work, the author may release once or twice, the learner may import any release."""
        for deed, place in [*learner, *author]:
            getattr(self, deed)(place)
        for _ in range(releases):
            self.release()
        if imported != "none":
            newest = len(self.published) - 1
            number = newest if imported == "newest" else which % len(self.published)
            self.receive(number, **options)

    # The author

    def rewords(self, place: int) -> None:
        place %= len(self.author.items)
        self.author.change(place, stem=self.author.items[place].stem + 1)

    def changes_the_key(self, place: int) -> None:
        place %= len(self.author.items)
        self.author.change(place, right=self.author.items[place].right + 1)

    def takes_back(self, place: int) -> None:
        self.author.change(place % len(self.author.items), stem=0, right=0)

    def tags_or_untags(self, place: int) -> None:
        place %= len(self.author.items)
        tags = () if self.author.items[place].tags else ("from-the-author",)
        self.author.change(place, tags=tags)

    def changes_a_picture(self, place: int) -> None:
        place %= len(self.author.items)
        self.author.change(place, picture=(self.author.items[place].picture or 0) + 1)

    def retires_or_reinstates(self, place: int) -> None:
        place %= len(self.author.items)
        self.author.change(place, retired=not self.author.items[place].retired)

    def switches_a_flashcard(self, place: int) -> None:
        place %= len(self.author.items)
        self.author.change(place, flashcard=not self.author.items[place].flashcard)

    def adds(self, place: int) -> None:
        self.author.items.insert(place % (len(self.author.items) + 1), Item(f"q-{self.number}"))
        self.number += 1

    def renames(self, place: int) -> None:
        place %= len(self.author.items)
        old, new = self.author.items[place], f"r-{self.number}"
        self.number += 1
        self.author.items[place] = replace(old, id=new)
        self.author.renamed[new] = old.id
        if old.id in self.author.moved:
            self.author.moved.add(new)

    def drops(self, place: int) -> None:
        if len(self.author.items) > 1:
            self.author.dropped.append(self.author.items.pop(place % len(self.author.items)).id)

    def reorders(self, place: int) -> None:
        random.Random(place).shuffle(self.author.items)

    def moves_to_the_other_chapter(self, place: int) -> None:
        self.author.moved ^= {self.author.items[place % len(self.author.items)].id}

    def retitles(self, place: int) -> None:
        self.author.title = ("Sample", "Renamed", "SAMPLE")[place % 3]

    def restyles(self, place: int) -> None:
        self.author.style = place % 4

    def release(self) -> None:
        now = self.tick()
        last = self.published[-1] if self.published else {}
        self.published.append(
            {
                guid: last[guid] if guid in last and last[guid][0] == content else (content, now)
                for guid, content in contents(self.author.release(now)).items()
            }
        )

    # The learner

    def receive(self, which: int, *, scheduling: bool = False, merge: bool = False) -> None:
        """Imports a release, which must leave every card and review alone."""
        cards, reviews = set(self.rows(CARDS)), self.rows(REVIEWS)
        scm = self.rows("SELECT scm FROM col")
        options = ImportAnkiPackageOptions(with_scheduling=scheduling, merge_notetypes=merge)
        log = self.collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(self.author.releases[which]), options=options)
        ).log
        self.collection.models._clear_cache()
        assert not log.conflicting
        assert cards <= set(self.rows(CARDS))
        assert self.rows(REVIEWS) == reviews
        assert self.rows("SELECT scm FROM col") == scm
        for guid, (content, since) in self.published[which].items():
            if guid not in self.expected or self.expected[guid][1] < since:
                self.expected[guid] = (content, since)

    def reviews(self, place: int) -> None:
        decks = self.rows("SELECT did FROM cards GROUP BY did ORDER BY count() DESC, did")
        if decks:
            self.collection.decks.set_current(decks[0][0])
            if card := self.collection.sched.getCard():
                self.collection.sched.answerCard(card, RATINGS[place % 4])
                time.sleep(0.002)  # Anki's check stumbles over two answers in one millisecond

    def suspends(self, place: int) -> None:
        self.collection.sched.suspend_cards(self.card(place))

    def buries(self, place: int) -> None:
        self.collection.sched.bury_cards(self.card(place))

    def flags(self, place: int) -> None:
        self.collection.set_user_flag_for_cards(3, self.card(place))

    def sets_due(self, place: int) -> None:
        self.collection.sched.set_due_date(self.card(place), "5")
        self.collection.fix_integrity()  # of a reviewed card that was reset, Anki fixes the time

    def moves_a_card(self, place: int) -> None:
        self.collection.set_deck(self.card(place), self.collection.decks.id("My own") or 1)

    def edits(self, place: int) -> None:
        if note := self.note(place):
            note[("Stem", "Explanation", "Reserved1")[place % 3]] += f" edited at {self.clock}"
            self.save(note)

    def tags_a_note(self, place: int) -> None:
        if note := self.note(place):
            note.tags.append(f"mine-{self.clock}")
            self.save(note)

    def save(self, note: Any) -> None:
        """Stores what the learner wrote, at this moment of the history."""
        self.collection.update_note(note)
        now = self.tick()
        assert self.collection.db
        self.collection.db.execute("UPDATE notes SET mod = ? WHERE id = ?", now, note.id)
        [(flds, tags)] = self.rows(f"SELECT flds, tags FROM notes WHERE id = {note.id}")
        self.expected[note.guid] = ((flds, tags), now)

    def deletes(self, place: int) -> None:
        if note := self.note(place):
            self.collection.remove_notes([note.id])
            del self.expected[note.guid]

    def renames_a_deck(self, place: int) -> None:
        decks = [deck for deck in self.collection.decks.all_names_and_ids() if deck.id != 1]
        if decks:
            chosen = decks[place % len(decks)]
            self.collection.decks.rename(DeckId(chosen.id), f"Mine {self.clock}")

    # What always holds

    @invariant()
    def the_learner_has_what_is_due_and_nothing_twice(self) -> None:
        rows = self.rows("SELECT guid, flds, tags FROM notes ORDER BY id")
        notes = {guid: (flds, tags) for guid, flds, tags in rows}

        assert len(notes) == len(rows)
        assert notes == {guid: content for guid, (content, _) in self.expected.items()}

    @invariant()
    def there_is_one_note_type(self) -> None:
        names = [note_type.name for note_type in self.collection.models.all_names_and_ids()]

        assert [name for name in names if name.startswith(TYPE)] == (
            [TYPE] if self.published else []
        )

    def note(self, place: int) -> Any:
        ids = [note_id for (note_id,) in self.rows("SELECT id FROM notes ORDER BY id")]
        return self.collection.get_note(ids[place % len(ids)]) if ids else None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        assert self.collection.db
        return [tuple(row) for row in self.collection.db.all(query)]

    def card(self, place: int) -> list[Any]:
        """The id of a card, unless the learner has deleted all."""
        ids = [card_id for (card_id,) in self.rows("SELECT id FROM cards ORDER BY id")]
        return [ids[place % len(ids)]] if ids else []


@contextmanager
def histories_of(folder: Path, number: int) -> Iterator[type[History]]:
    """The machine with its seed and an empty collection to begin with."""
    empty = folder / "empty.anki2"
    Collection(str(empty)).close()
    chosen = int(os.environ.get("HISTORIES_SEED", random.randrange(2**32)))
    print(f"HISTORIES_SEED={chosen}")  # noqa: T201  # to repeat a run that failed
    machine = type("Seeded", (History,), {"empty": empty})
    yield seed(chosen + number)(machine)


@pytest.mark.parametrize("half", [0, 1])
def test_no_history_costs_the_learner_anything(tmp_path: Path, half: int) -> None:
    """In two halves, for two processors."""
    with histories_of(tmp_path, half) as machine:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=histories() // 2,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
