"""Clocks that were wrong, in the real Anki: a learner's edits stay, and corrections arrive."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import Collection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.anki.conftest import Learner
from tests.anki.releases import LONG_AGO, Author, Item, contents, histories
from tests.anki.test_release import counts, edit, first_field
from tests.anki.test_release_histories import PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 24 * 3600
AHEAD = 3650 * DAY


@pytest.fixture
def author(author: Author) -> Author:
    """The same with three questions, none with a picture."""
    author.items = author.items[:3]
    return author


def release(author: Author, day: int, *, ahead: int = 0) -> Path:
    """A release on that day of the history, by a clock that is so many seconds ahead."""
    now = LONG_AGO + day * DAY + ahead
    return author.release(now, now)


def test_an_edit_survives_the_release_after_one_from_the_future(
    learner: Learner, author: Author
) -> None:
    learner.receive(release(author, 0, ahead=AHEAD))
    edit(learner, "q-0", LONG_AGO + DAY)
    log = learner.receive(release(author, 2))

    assert counts(log) == (0, 0, 3, 0)
    assert first_field(learner, "q-0")["Explanation"].endswith("mine")
    assert first_field(learner, "q-0").tags == ["my-tag"]


def test_a_correction_arrives_after_a_release_from_the_future(
    learner: Learner, author: Author
) -> None:
    learner.receive(release(author, 0, ahead=AHEAD))
    edit(learner, "q-1", LONG_AGO + DAY)
    author.change(0, stem=1)
    author.change(1, stem=1)
    log = learner.receive(release(author, 2))

    assert counts(log) == (0, 2, 1, 0)
    assert "Wording 1" in first_field(learner, "q-0")["Stem"]
    assert "Wording 1" in first_field(learner, "q-1")["Stem"]


def test_a_correction_after_a_release_from_the_future_costs_no_later_edit(
    learner: Learner, author: Author
) -> None:
    """It had to be dated in the future itself, and must be taken back even when that is past."""
    learner.receive(release(author, 0, ahead=20 * DAY))
    author.change(0, stem=1)
    learner.receive(release(author, 1))
    edit(learner, "q-0", LONG_AGO + 2 * DAY)
    learner.receive(release(author, 40))

    assert first_field(learner, "q-0")["Explanation"].endswith("mine")


def test_who_skips_the_release_from_the_future_gets_what_it_changed(
    learner: Learner, author: Author
) -> None:
    learner.receive(release(author, 0))
    author.change(0, stem=1)
    release(author, 1, ahead=AHEAD)
    author.change(0, stem=2)
    release(author, 2, ahead=AHEAD)
    log = learner.receive(release(author, 3))

    assert counts(log) == (0, 1, 2, 0)
    assert "Wording 2" in first_field(learner, "q-0")["Stem"]


def test_a_learners_own_style_survives_the_release_after_one_from_the_future(
    learner: Learner, author: Author
) -> None:
    learner.receive(release(author, 0, ahead=AHEAD))
    note_type = learner.collection.models.by_name("mcqdeck: sample")
    assert note_type
    note_type["css"] += ".mine {}"
    learner.collection.models.update_dict(note_type)
    learner.receive(release(author, 1))
    now = learner.collection.models.by_name("mcqdeck: sample")

    assert now
    assert now["css"].endswith(".mine {}")


def test_nothing_stays_in_the_future(author: Author) -> None:
    release(author, 0, ahead=AHEAD)
    author.change(0, stem=1)
    author.title, author.style = "Other", 1
    release(author, 1)
    package = release(author, 2)

    assert latest(package) <= LONG_AGO + 2 * DAY


def test_a_clock_that_is_behind_costs_no_edit(learner: Learner, author: Author) -> None:
    learner.receive(release(author, 100))
    edit(learner, "q-0", LONG_AGO + 101 * DAY)
    author.change(1, stem=1)
    log = learner.receive(release(author, 0))

    assert counts(log) == (0, 1, 2, 0)
    assert first_field(learner, "q-0")["Explanation"].endswith("mine")


def latest(package: Path) -> int:
    """The latest second that a package names, times and ids."""
    query = (
        "SELECT max(mod) FROM notes UNION ALL SELECT max(id) / 1000 FROM notes "
        "UNION ALL SELECT max(mod) FROM cards UNION ALL SELECT max(id) / 1000 FROM cards "
        "UNION ALL SELECT value -> '$.mod' FROM col, json_each(models) "
        "UNION ALL SELECT value -> '$.mod' FROM col, json_each(decks)"
    )
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        return max(int(second) for (second,) in database.execute(query))


# Histories

PLACES = st.integers(0, 2)
CLOCKS = st.sampled_from([0, 0, 0, AHEAD, AHEAD, 2 * AHEAD, -40 * DAY])
STEPS = st.one_of(
    st.tuples(st.just("change"), PLACES),
    st.tuples(st.just("edit"), PLACES),
    st.tuples(st.just("release"), CLOCKS),
    st.tuples(st.just("release_and_import"), CLOCKS),
    st.tuples(st.just("import"), st.just(0)),
    st.tuples(st.just("wait"), st.just(0)),
)


@dataclass
class Known:
    """A learner's note: the wording that came last, and what the learner made of it."""

    wording: int
    content: tuple[str, str]
    is_edited: bool = False
    is_poisoned: bool = False
    """It was dated in the future when it came, so only the release that changes it reaches it."""


@dataclass
class History:
    """An author whose clock jumps, and a learner whose clock is right."""

    author: Author
    learner: Learner
    now: int = LONG_AGO
    notes: dict[int, Known] = field(default_factory=dict)
    newest: Path | None = None
    imported: Path | None = None
    """The release that came last. To import it again replaces edits of what it dates ahead."""
    is_right: bool = False
    was_behind: bool = False
    wrongs: int = 0
    """How often the clock went wrong: edits survive each time, corrections arrive after one."""
    shipped: dict[int, int] = field(default_factory=dict)
    """The wordings in the newest release, and below those in the one before."""
    before: dict[int, int] = field(default_factory=dict)

    def change(self, place: int) -> None:
        self.author.change(place, stem=self.author.items[place].stem + 1)

    def release(self, ahead: int) -> None:
        clock = self.now + ahead
        self.newest = self.author.release(clock, clock)
        self.wrongs += ahead != 0 and (self.is_right or not self.shipped)
        self.is_right = ahead == 0
        self.was_behind |= ahead < 0
        self.before = self.shipped
        self.shipped = {place: item.stem for place, item in enumerate(self.author.items)}

    def release_and_import(self, ahead: int) -> None:
        self.release(ahead)
        self.import_(0)

    def edit(self, place: int) -> None:
        if place in self.notes:
            edit(self.learner, f"q-{place}", self.now)
            known = self.notes[place]
            known.content, known.is_edited, known.is_poisoned = self.stored(place), True, False

    def wait(self, _: int) -> None:
        """So long that what was dated in the future is past; nothing could tell before a build."""
        if self.is_right:
            self.now += 3 * AHEAD

    def import_(self, _: int) -> None:
        if self.newest is None:
            return
        self.learner.receive(self.newest)
        shipped = contents_by_id(self.newest)
        for place, item in enumerate(self.author.items):
            content, wording = shipped[item.id]
            stored = self.stored(place)
            known = self.notes.get(place)
            if self.is_right and known and self.newest != self.imported:
                self.check(place, wording, content, stored)
            if known is None or stored == content:
                is_late = self.mod(place) > self.now
                self.notes[place] = Known(wording, stored, is_poisoned=is_late)
            else:
                known.content = stored
        self.imported = self.newest

    def check(
        self, place: int, wording: int, content: tuple[str, str], stored: tuple[str, str]
    ) -> None:
        known = self.notes[place]
        if known.wording == wording:
            assert stored == known.content, "an unchanged question replaced an edit"
        elif not known.is_edited and not self.was_behind and self.wrongs < 2:
            is_reachable = not known.is_poisoned or known.wording == self.before.get(place)
            assert stored == content or not is_reachable, "a correction did not arrive"

    def stored(self, place: int) -> tuple[str, str]:
        [(fields, tags)] = self.learner.rows(
            f"SELECT flds, tags FROM notes WHERE flds LIKE 'q-{place}%'"
        )
        return fields, tags

    def mod(self, place: int) -> int:
        [(second,)] = self.learner.rows(f"SELECT mod FROM notes WHERE flds LIKE 'q-{place}%'")
        return int(second)


def contents_by_id(package: Path) -> dict[str, tuple[tuple[str, str], int]]:
    """The fields and tags of a package's notes, and the wording, by the question's id."""
    by_id = {}
    for content in contents(package).values():
        id_, stem = content[0].split("\x1f")[:2]
        by_id[id_] = (content, int(stem.split()[1]))
    return by_id


@contextmanager
def history(empty: Path) -> Iterator[History]:
    """An author of three questions, and a learner with a collection of their own."""
    folder = Path(tempfile.mkdtemp(prefix="clocks-", dir=PLACE))
    shutil.copy(empty, folder / "collection.anki2")
    collection = Collection(str(folder / "collection.anki2"))
    author = Author(folder / "author")
    author.items = [Item(f"q-{number}") for number in range(3)]
    try:
        yield History(author, Learner(collection))
    finally:
        collection.close()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "collection.anki2"
    Collection(str(path)).close()
    return path


@given(first=CLOCKS, steps=st.lists(STEPS, max_size=14))
@settings(
    max_examples=histories(),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_history_of_clocks_costs_an_edit(
    empty: Path, first: int, steps: Sequence[tuple[str, Any]]
) -> None:
    start, end = ("release_and_import", first), ("release_and_import", 0)
    with history(empty) as lived:
        for name, value in [start, *steps, end]:
            getattr(lived, "import_" if name == "import" else name)(value)
            lived.now += 60
