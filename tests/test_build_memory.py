"""A build that is remembered as changing nothing does what a build does that remembers nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck import pack, store, vanished
from mcqdeck.building import Plan, carry_out, plan
from mcqdeck.cli import main
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.last_release import Memory, Previous
from mcqdeck.model import RenderedBank, RenderedQuestion
from mcqdeck.pack.notes import Note, NoteWriter
from mcqdeck.project import Means, check
from mcqdeck.store import Store
from tests.conftest import OTHER_CHAPTER
from tests.test_cache import CHANGES, DAMAGES, PICTURE, PNG, entries, settings_of

NOW = 1_700_000_000
SPIDERS = OTHER_CHAPTER.replace("## first", "## spiders")


class Author:
    """A bank with its package and a cache, built twice: the second build changed nothing."""

    def __init__(self, home: Path) -> None:
        self.bank, self.decks, self.cache = home / "demo", home / "decks", home / "cache"
        self.bank.mkdir()
        self.decks.mkdir()
        settings_of(self.bank, "")
        (self.bank / "01-first.md").write_text(PICTURE, encoding="utf-8")
        (self.bank / "a.png").write_bytes(PNG)
        self.settle()

    @property
    def package(self) -> Path:
        return self.decks / "demo.apkg"

    def settle(self) -> None:
        """Builds, and builds again."""
        for _ in range(2):
            self.build()

    def plan(
        self, *, remembers: bool, clock: int = NOW, previous: Previous = Memory.OUTPUT
    ) -> Plan:
        held = Store(self.cache) if remembers else None
        checked = check([self.bank], means=Means(held))
        if checked.has_errors:
            raise McqdeckError("errors")
        return plan(checked, self.decks, previous=previous, environment={}, clock=clock, store=held)

    def build(self, clock: int = NOW) -> None:
        carry_out(self.plan(remembers=True, clock=clock), store=Store(self.cache))

    def compare(self, clock: int = NOW + 9, previous: Previous = Memory.OUTPUT) -> Any:
        """What a build would do, after a comparison with one that remembers nothing."""
        with_store = told(lambda: self.plan(remembers=True, clock=clock, previous=previous))
        without = told(lambda: self.plan(remembers=False, clock=clock, previous=previous))
        assert with_store == without
        return without

    def works(self, monkeypatch: pytest.MonkeyPatch, **how: object) -> bool:
        """Whether a build with what is remembered makes notes."""
        made: list[RenderedBank] = []
        release_of = pack.release_of

        def watched(rendered: RenderedBank, **rest: object) -> object:
            made.append(rendered)
            return release_of(rendered, **rest)  # type: ignore[arg-type]

        monkeypatch.setattr(pack, "release_of", watched)
        self.plan(remembers=True, **how)  # type: ignore[arg-type]
        monkeypatch.setattr(pack, "release_of", release_of)
        return bool(made)


def told(planning: Callable[[], Plan]) -> Any:
    """All that a plan says, or why there is none."""
    try:
        made = planning()
    except McqdeckError as error:
        return str(error)
    packages = [
        (package.path, package.last, package.release, package.changes, package.is_there)
        for package in made.packages
    ]
    return packages, made.diagnostics, made.warnings


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def test_a_build_that_changed_nothing_makes_no_notes(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = author.package.read_bytes()

    assert not author.works(monkeypatch, clock=NOW + 5)
    assert author.package.read_bytes() == before
    author.compare()


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "line ends"])
def test_after_a_change_a_build_is_worked_out(
    author: Author, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    CHANGES[name](author.bank)

    with suppress(McqdeckError):
        assert author.works(monkeypatch) or name in {"a rule", "rule set"}
    author.compare()


PACKAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "damaged": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "one bit": lambda path: path.write_bytes(with_another_bit(path.read_bytes())),
    "empty": lambda path: path.write_bytes(b""),
    "a folder": lambda path: emptied(path).mkdir(),
    "a broken link": lambda path: emptied(path).symlink_to("nowhere"),
    "foreign": lambda path: path.write_bytes(b"PK\x05\x06" + bytes(18)),
    "of another bank": lambda path: path.write_bytes(package_of(path.parent, "other", PICTURE)),
    "older": lambda path: path.write_bytes(package_of(path.parent, "demo", PICTURE + "\nMore.\n")),
}


def emptied(path: Path) -> Path:
    path.unlink()
    return path


def with_another_bit(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def package_of(home: Path, bank_id: str, text: str) -> bytes:
    """The package of another bank."""
    folder = home / "elsewhere" / "bank"
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text(f'id = "{bank_id}"\ntitle = "Demo"\n', encoding="utf-8")
    (folder / "01-first.md").write_text(text, encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    carry_out(plan(check([folder]), folder, environment={}, clock=NOW - 99))
    data = (folder / f"{bank_id}.apkg").read_bytes()
    shutil.rmtree(home / "elsewhere")
    return data


@pytest.mark.parametrize("name", PACKAGES)
def test_another_last_package_is_read(author: Author, name: str) -> None:
    settled = author.compare()
    PACKAGES[name](author.package)

    assert author.compare() != settled


def test_the_package_may_lie_elsewhere(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    author.decks = author.decks.rename(author.decks.with_name("released"))

    assert not author.works(monkeypatch)
    author.compare()


def test_a_named_last_release_counts(author: Author, tmp_path: Path) -> None:
    other = tmp_path / "other.apkg"
    other.write_bytes(package_of(tmp_path, "demo", PICTURE + "\nMore.\n"))

    for previous in (other, Memory.NONE, author.package, tmp_path / "missing.apkg"):
        author.compare(previous=previous)
    packages, *_ = author.compare(previous=other)
    assert packages[0][3].changes


def test_a_clock_that_went_back_is_told_of(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    assert author.works(monkeypatch, clock=NOW - 5)
    *_, warnings = author.compare(clock=NOW - 5)
    assert "the last release is dated" in warnings[0]


def test_a_release_from_a_clock_ahead_is_taken_back(author: Author) -> None:
    (author.bank / "01-first.md").write_text(PICTURE + "\nMore.\n", encoding="utf-8")
    for clock in (NOW + 9_000, NOW + 9_000):
        author.build(clock)

    for clock in (NOW + 10, NOW + 20, NOW + 9_001, NOW + 9_002):
        author.compare(clock=clock)
        author.build(clock)


def test_another_version_works_it_out(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_version", lambda: b"another")

    assert author.works(monkeypatch)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_memory_is_ignored(author: Author, damage: Callable[[bytes], bytes]) -> None:
    for entry in entries(author.cache):
        entry.write_bytes(damage(entry.read_bytes()))
        author.compare()


def test_a_memory_that_means_nothing_is_ignored(author: Author) -> None:
    for entry in entries(author.cache):
        Store(author.cache).put(f"{entry.parent.name}{entry.name}", b"\xa3abc")
        author.compare()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_tells_of_vanished_questions_and_of_a_stale_package(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(store.VARIABLE, str(author.cache))
    built = ("build", author.bank, "-o", author.decks)
    assert run(*built).exit_code == run(*built, "--check").exit_code == 0
    assert "nothing changed" in run(*built).output

    text = PICTURE.replace("## ", "## other-", 1)
    (author.bank / "01-first.md").write_text(text, encoding="utf-8")
    assert "vanished-id" in run(*built).output
    (author.bank / "01-first.md").write_text(PICTURE + "\nMore.\n", encoding="utf-8")
    assert run(*built, "--check").exit_code == 1
    assert "explanation only" in run(*built).output
    assert run(*built, "--check").exit_code == 0


def edited(author: Author, text: str) -> None:
    (author.bank / "01-first.md").write_text(PICTURE + text, encoding="utf-8")


def test_a_build_after_one_that_wrote_makes_no_notes(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(author, "\nMore.\n")
    author.build(NOW + 5)

    assert not author.works(monkeypatch, clock=NOW + 9)
    author.compare()


def test_after_a_build_with_a_clock_ahead_the_next_one_is_worked_out(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(author, "\nMore.\n")
    author.build(NOW + 9_000)
    edited(author, "\nStill more.\n")
    author.build(NOW + 10)

    assert author.works(monkeypatch, clock=NOW + 20)
    author.compare(clock=NOW + 20)


@pytest.fixture
def notes_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the questions whose notes are made."""
    made: list[str] = []
    note = NoteWriter.note

    def watched(self: NoteWriter, question: RenderedQuestion, *rest: Any) -> Note:
        made.append(question.question.id)
        return note(self, question, *rest)

    monkeypatch.setattr(NoteWriter, "note", watched)
    return made


def test_after_an_edit_only_the_notes_of_its_chapter_are_made(
    author: Author, notes_made: list[str]
) -> None:
    for number in range(2, 5):
        text = SPIDERS.replace("spiders", f"spiders-{number}", 2)
        (author.bank / f"0{number}.md").write_text(text, encoding="utf-8")
    author.build(NOW + 1)
    notes_made.clear()
    edited(author, "\nMore.\n")

    author.build(NOW + 5)

    assert set(notes_made) == {"first"}


def test_notes_are_made_where_a_setting_changed_that_shows(
    author: Author, notes_made: list[str]
) -> None:
    notes_made.clear()
    settings_of(author.bank, "[cards]\nflashcards = false")

    author.compare()

    assert notes_made.count("first") == 2, "with and without memory"


MOVES: dict[str, Callable[[Path], object]] = {
    **CHANGES,
    "edit": lambda f: altered(f / "02.md", "flies", "moths"),
    "wrap": lambda f: altered(f / "02.md", "With what ", "With\nwhat "),
    "a question before": lambda f: altered(
        f / "02.md", "## ", "## newer\n\nIs it?\n\n- [x] Yes\n- [ ] No\n- [ ] Or\n\n## "
    ),
    "swap": lambda f: (f / "02.md").rename(f / "00.md"),
    "title": lambda f: altered(f / "02.md", "# ", "# Very "),
    "white space shows": lambda f: (f / "style.css").write_text("p { white-space: pre }", "utf-8"),
}


def test_a_text_that_was_wrapped_counts_once_the_style_shows_it(author: Author) -> None:
    (author.bank / "02.md").write_text(SPIDERS, encoding="utf-8")
    author.build(NOW + 1)
    MOVES["wrap"](author.bank)
    author.build(NOW + 2)
    MOVES["white space shows"](author.bank)

    packages, *_ = author.compare()

    assert packages[0][3].changes


def altered(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_check_reads_no_package_that_is_known(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_of(author.bank, '[history]\nrenamed = { newer = "first" }')
    renamed = PICTURE.replace("## first", "## newer")
    (author.bank / "01-first.md").write_text(renamed, encoding="utf-8")
    for clock in (NOW + 10, NOW + 20):
        author.build(clock)
    checked = check([author.bank], means=Means(Store(author.cache)))
    [bank] = checked.banks

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(pack, "release_of", fail)
    assert vanished.vanished(bank, Store(author.cache), has_errors=False) == vanished.Vanished()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted({*MOVES, "build", "settle"})), st.booleans()), max_size=7
    )
)
def test_no_sequence_of_edits_and_builds_differs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool]]
) -> None:
    author = Author(tmp_path_factory.mktemp("edits"))
    (author.bank / "02.md").write_text(SPIDERS, encoding="utf-8")
    author.settle()
    clock = NOW
    for name, goes_back in steps:
        clock += -3 if goes_back else 10
        if name in MOVES:
            with suppress(FileNotFoundError):
                MOVES[name](author.bank)
        else:
            for _ in range(1 + (name == "settle")):
                with suppress(McqdeckError, ValueError):
                    author.build(clock)
        author.compare(clock=clock)
