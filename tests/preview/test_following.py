"""A project that is brought up to date says what one that is read afresh says."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck import chapter, rules
from mcqdeck.diagnostic import Diagnostic, McqdeckError
from mcqdeck.preview.project import Project
from mcqdeck.preview.snapshot import Snapshot, State
from mcqdeck.preview.watching import saved_files
from mcqdeck.project import Means, check
from mcqdeck.rules import ADVICE_RULES, FORM_RULES
from tests.conftest import needs_unix
from tests.preview.conftest import BEES, DECK, SPIDERS, WEB, write_bank

ROOT = Path(__file__).parents[2]
OF_QUESTIONS = {rule.name for rules in (FORM_RULES, ADVICE_RULES) for rule in rules}
PIECES = (
    "\n", "x", "## new-one\n", "- [x] ", "- [ ] ", "```\n", "### Explanation\n", "> ", "  ",
    "<!-- level: recall -->\n", "<!--", "$", "all of the above", "---\n", "# Title\n", "\ufeff",
    "[^1]",
)  # fmt: skip


def opened(folder: Path) -> tuple[Project, Snapshot]:
    project = Project(folder, Means())
    snapshot = project.complete()
    assert snapshot is not None
    return project, snapshot


def of_questions(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[object, str]]:
    return [
        (diagnostic.where, diagnostic.name)
        for diagnostic in diagnostics
        if diagnostic.name in OF_QUESTIONS
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("following") / "demo"


@settings(max_examples=30)
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(["01-bees.md", "02-spiders.md"]),
            st.integers(0, 900),
            st.integers(0, 40),
            st.sampled_from(PIECES),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_after_any_edits_it_says_what_a_check_says(
    folder: Path, edits: list[tuple[str, int, int, str]]
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    write_bank(
        folder,
        {"deck.toml": DECK, "01-bees.md": BEES, "02-spiders.md": SPIDERS, "media/web.svg": WEB},
    )
    project, _ = opened(folder)
    for name, at, length, piece in edits:
        path = folder / name
        text = path.read_bytes().decode()
        path.write_bytes((text[:at] + piece + text[at + length :]).encode())
        quick = project.update([path])
        checked = check([folder])

        if quick is not None:
            assert of_questions(quick.diagnostics) == of_questions(checked.diagnostics)
            now = [q for chapter in quick.chapters for q in chapter.questions if q.lines]
            assert len(now) == checked.questions
            assert len({shown.key for shown in now}) == len(now)
        whole = project.complete()
        assert whole is not None
        assert whole.diagnostics == checked.diagnostics
        assert whole.is_complete
        assert whole.bank.chapters == checked.banks[0].chapters
        for whole_chapter in whole.chapters:
            for shown in whole_chapter.questions:
                assert shown.rendered.question.id == shown.entry.id


def test_a_save_that_changes_nothing_is_none(bank: Path) -> None:
    project, _ = opened(bank)

    assert project.update([bank / "01-bees.md"]) is None
    assert project.update([]) is None
    assert project.update([bank / "no-such-file"]) is None
    os.utime(bank / "01-bees.md")
    assert project.update([bank / "01-bees.md", bank / "deck.toml"]) is None


def test_only_what_changed_is_read_again(bank: Path) -> None:
    project, first = opened(bank)
    (bank / "01-bees.md").write_text(BEES.replace("nectar", "honeydew"), encoding="utf-8")

    after = project.update([bank / "01-bees.md"])

    assert after is not None
    assert after.chapters[1] is first.chapters[1]
    assert after.changed == ("01-bees.md#honey",)
    assert after.saved == ((bank / "01-bees.md").as_posix(),)


def test_a_save_that_a_whole_check_reads_first_is_told(bank: Path) -> None:
    project, _ = opened(bank)
    (bank / "01-bees.md").write_text(BEES.replace("nectar", "honeydew"), encoding="utf-8")
    (bank / "media/web.svg").unlink()

    whole = project.complete()

    assert whole is not None
    assert whole.changed == ("01-bees.md#honey",)
    assert (bank / "01-bees.md").as_posix() in whole.saved
    assert project.update([bank / "01-bees.md"]) is None
    again = project.complete()
    assert again is not None
    assert (again.changed, again.saved) == ((), ())


def test_a_save_during_a_whole_check_wins(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _ = opened(bank)
    real = check

    def slow(paths: list[Path], **options: Any) -> object:
        checked = real(paths, **options)
        if options.get("glance"):
            return checked
        (bank / "01-bees.md").write_text(BEES.replace("nectar", "dew"), encoding="utf-8")
        assert project.update([bank / "01-bees.md"]) is not None
        return checked

    monkeypatch.setattr("mcqdeck.preview.project.check_banks", slow)
    assert project.complete() is None
    monkeypatch.undo()

    whole = project.complete()
    assert whole is not None
    shown = whole.find("01-bees.md#honey")
    assert shown is not None
    assert "dew" in shown.stem


def test_a_save_ends_a_whole_check_that_runs(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _ = opened(bank)
    (bank / "deck.toml").write_text(DECK.replace('"en"', '"de"'), encoding="utf-8")
    real, done = chapter.work, list[str]()

    def slow(path: str, *rest: Any) -> bytes:
        done.append(Path(path).name)
        if len(done) == 1:  # the first of the whole check
            (bank / "01-bees.md").write_text(BEES.replace("nectar", "dew"), encoding="utf-8")
            assert project.update([bank / "01-bees.md"]) is not None
        return real(path, *rest)

    monkeypatch.setattr("mcqdeck.chapter.work", slow)

    assert project.complete() is None
    assert done == ["01-bees.md", "01-bees.md"]
    whole = project.complete()
    assert whole is not None
    assert whole.is_complete
    assert "dew" in whole.chapters[0].questions[0].stem


def test_hidden_questions_keep_their_place_and_come_back(bank: Path) -> None:
    project, _ = opened(bank)
    path = bank / "01-bees.md"
    path.write_text(f"<<<<<<< a\n{BEES}\n=======\n>>>>>>> b\n", encoding="utf-8")
    broken = project.update([path])
    assert broken is not None
    states = [(shown.key, shown.state) for shown in broken.chapters[0].questions]
    assert states == [("01-bees.md#honey", State.GONE), ("01-bees.md#dance", State.GONE)]
    assert broken.chapters[0].title == "1 Bees"

    again = project.complete()
    assert again is not None
    assert [shown.state for shown in again.chapters[0].questions] == [State.GONE] * 2
    path.write_text(BEES, encoding="utf-8")
    fixed = project.update([path])
    assert fixed is not None
    assert [shown.state for shown in fixed.chapters[0].questions] == [State.NOW] * 2


def test_two_questions_of_one_id_are_told_apart(bank: Path) -> None:
    path = bank / "01-bees.md"
    path.write_text(BEES.replace("## dance", "## honey"), encoding="utf-8")
    _, snapshot = opened(bank)

    keys = [shown.key for shown in snapshot.chapters[0].questions]
    assert keys == ["01-bees.md#honey", "01-bees.md#honey~2"]


def test_copies_of_a_question_in_two_folders_are_told_apart(bank: Path) -> None:
    for unit in ("unit-1", "unit-2"):
        write_bank(bank, {f"{unit}/01.md": SPIDERS.replace("With what", f"In {unit}, with what")})
    _, snapshot = opened(bank)

    for unit in ("unit-1", "unit-2"):
        shown = snapshot.find(f"{unit}/01.md#webs")
        assert shown is not None
        assert shown.stem.startswith(f"In {unit}")


def test_a_bank_that_cannot_be_read_at_first_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(McqdeckError):
        Project(tmp_path / "nothing", Means()).complete()


def test_the_shipped_bank_after_edits_all_over_it(tmp_path: Path) -> None:
    folder = tmp_path / "12-core-functions"
    shutil.copytree(ROOT / "source" / "12-core-functions", folder)
    project, _ = opened(folder)
    for path in sorted(folder.glob("*.md"))[:2]:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("- [x]", "-  [x]", 3).replace("\n\n", "\n\n\n", 2), encoding="utf-8"
        )
        quick = project.update([path])
        assert quick is not None
        checked = check([folder])
        assert of_questions(quick.diagnostics) == of_questions(checked.diagnostics)


Watch = Callable[..., Iterator[frozenset[Path]]]


class Watched:
    """What `saved_files` tells, gathered in a thread."""

    def __init__(self, *folders: Path) -> None:
        self.stop = threading.Event()
        self.told: set[Path] = set()
        saves = saved_files(folders, self.stop)
        self._thread = threading.Thread(target=self._run, args=(saves,))
        self._thread.start()

    def _run(self, saves: Iterator[frozenset[Path]]) -> None:
        for saved in saves:
            self.told |= saved

    def hears_of(self, *paths: Path) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if set(paths) <= self.told:
                return True
            time.sleep(0.02)
        return False

    def end(self) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(bank: Path) -> Iterator[Watched]:
    watched = Watched(bank)
    yield watched
    watched.end()


def test_saves_are_told_by_the_name_that_was_given(
    bank: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bank / "01-bees.md").write_text("x", encoding="utf-8")
    (bank / "media" / "new.svg").write_text("x", encoding="utf-8")
    (bank / "02-spiders.md").unlink()
    assert watched.hears_of(bank / "01-bees.md", bank / "media" / "new.svg", bank / "02-spiders.md")

    link = bank.with_name("link")
    link.symlink_to(bank)
    monkeypatch.chdir(bank.parent)
    for folder in (link, Path("demo")):
        other = Watched(folder)
        (bank / "01-bees.md").write_text(f"y{folder}", encoding="utf-8")
        assert other.hears_of(folder / "01-bees.md")
        other.end()


def test_hidden_files_are_not_told(bank: Path, watched: Watched) -> None:
    (bank / ".git").mkdir()
    (bank / ".git" / "index").write_text("x", encoding="utf-8")
    (bank / ".01-bees.md.swp").write_text("x", encoding="utf-8")
    (bank / "01-bees.md").write_text("x", encoding="utf-8")

    assert watched.hears_of(bank / "01-bees.md")
    assert not any(part.startswith(".") for path in watched.told for part in path.parts)


def test_a_folder_that_is_replaced_is_watched_on(bank: Path, watched: Watched) -> None:
    for number in range(2):
        away = bank.with_name(f"away{number}")
        bank.rename(away)
        shutil.copytree(away, bank)
        (bank / f"new{number}.md").write_text("x", encoding="utf-8")
        assert watched.hears_of(bank / f"new{number}.md")


def test_what_the_system_does_not_tell_is_found(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        while True:
            time.sleep(0.05)
            yield set()

    monkeypatch.setattr("mcqdeck.preview.watching.watch", deaf)
    watched = Watched(bank)
    (bank / "01-bees.md").write_text("x", encoding="utf-8")
    assert watched.hears_of(bank / "01-bees.md")
    watched.end()


def test_a_system_that_cannot_watch_is_looked_at(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        raise OSError("no more watches")

    monkeypatch.setattr("mcqdeck.preview.watching.watch", broken)
    watched = Watched(bank)
    (bank / "01-bees.md").write_text("x", encoding="utf-8")
    assert watched.hears_of(bank / "01-bees.md")
    watched.end()


@pytest.mark.parametrize("broken", [b"id = ", b"\xff\xfe", b"", None], ids=str)
def test_what_the_settings_say_of_rules_holds_while_they_are_broken(
    bank: Path, broken: bytes | None
) -> None:
    """Half-written settings must not flood the list with what the bank has switched off."""
    config = bank / "deck.toml"
    config.write_text(f'{DECK}[rules]\nunfinished-text = "off"\n', encoding="utf-8")
    bees = bank / "01-bees.md"
    bees.write_text(BEES.replace("bees make", "bees TODO make"), encoding="utf-8")
    project, first = opened(bank)
    assert not [
        diagnostic for diagnostic in first.diagnostics if diagnostic.name == "unfinished-text"
    ]

    if broken is None:
        config.unlink()
    else:
        config.write_bytes(broken)
    snapshots = [project.update([config]), project.complete()]

    for snapshot in snapshots:
        assert snapshot is not None
        assert not [
            diagnostic
            for diagnostic in snapshot.diagnostics
            if diagnostic.name == "unfinished-text"
        ]
        assert [
            diagnostic
            for diagnostic in snapshot.diagnostics
            if diagnostic.where.path == config.as_posix()
        ]
        assert snapshot.texts.get(config.as_posix()) == broken
        assert snapshot.bank.config.title == "Demo bank"
    config.write_text(DECK, encoding="utf-8")
    project.update([config])
    last = project.complete()
    assert last is not None
    assert not last.has_errors
    assert [diagnostic for diagnostic in last.diagnostics if diagnostic.name == "unfinished-text"]


def test_a_question_that_nobody_touched_is_not_asked_again(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chapter of a save costs what was changed in it."""
    project, _ = opened(bank)
    bees = bank / "01-bees.md"
    asked: list[str] = []
    real = rules.check_chapter

    def noted(part: Any, *others: Any) -> Any:
        asked.extend(question.id for question in part.questions)
        return real(part, *others)

    bees.write_text(BEES.replace("bees make", "many bees make"), encoding="utf-8")
    project.update([bees])
    monkeypatch.setattr("mcqdeck.rules.check_chapter", noted)
    bees.write_text(BEES.replace("bees make", "most bees make"), encoding="utf-8")
    project.update([bees])

    assert asked == ["honey"]


def test_a_chapter_that_is_saved_while_another_save_is_followed_keeps_its_own(bank: Path) -> None:
    project, _ = opened(bank)
    bees, spiders = bank / "01-bees.md", bank / "02-spiders.md"
    spiders.write_text(SPIDERS.replace("Songs", "Melodies"), encoding="utf-8")
    bees.write_text(BEES.replace("Which two", "Which two things"), encoding="utf-8")

    snapshots = [project.update([path]) for path in (spiders, bees)]

    assert [snapshot and snapshot.changed for snapshot in snapshots] == [
        ("02-spiders.md#webs",),
        ("01-bees.md#dance",),
    ]


def test_a_definition_that_another_question_uses_shows_where_it_is_used(bank: Path) -> None:
    project, _ = opened(bank)
    bees = bank / "01-bees.md"
    linked = BEES.replace("Which two", "[Which][a] two")
    for target in ("https://example.org/one", "https://example.org/two"):
        bees.write_text(f"{linked}\n[a]: {target}\n", encoding="utf-8")
        snapshot = project.update([bees])
        assert snapshot is not None
        shown = snapshot.find("01-bees.md#dance")
        assert shown is not None
        assert target in shown.rendered.stem


def test_a_picture_that_comes_shows_in_a_question_that_nobody_touched(bank: Path) -> None:
    project, _ = opened(bank)
    bees = bank / "01-bees.md"
    for number in range(2):  # remembered, if it were
        text = BEES.replace("Which two", "![A dance](media/dance.svg) Which two")
        bees.write_text(text.replace("Honey", f"Honey {number}"), encoding="utf-8")
        project.update([bees])
    (bank / "media" / "dance.svg").write_text(WEB, encoding="utf-8")
    snapshot = project.update([bank / "media" / "dance.svg"], [bees.as_posix()])

    assert snapshot is not None
    shown = snapshot.find("01-bees.md#dance")
    assert shown is not None
    assert "<img" in shown.rendered.stem


@needs_unix
@pytest.mark.parametrize("name", ["deck.toml", "style.css", "01-bees.md", "media/web.svg"])
def test_a_file_that_goes_and_comes_back_as_a_pipe_is_told(bank: Path, name: str) -> None:
    write_bank(bank, {"style.css": ".mcq { color: red; }\n"})
    project, _ = opened(bank)
    path = bank / name
    data = path.read_bytes()
    path.unlink()
    project.update([path])
    project.complete()

    os.mkfifo(path)
    piped = project.update([path])
    assert piped is not None
    assert "irregular-file" in {
        diagnostic.name for diagnostic in piped.diagnostics if str(path) in diagnostic.where
    }
    path.unlink()
    gone = project.update([path])
    assert gone is not None
    assert "irregular-file" not in {diagnostic.name for diagnostic in gone.diagnostics}
    path.write_bytes(data)
    project.update([path])
    whole = project.complete()
    assert whole is not None
    assert whole.diagnostics == check([bank]).diagnostics
