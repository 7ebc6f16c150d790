"""What is remembered changes no result, whatever happens to it; several processes change none."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck import store
from mcqdeck.cli import main
from mcqdeck.project import Checked, Means, check
from mcqdeck.rules import Selection
from mcqdeck.store import Store
from tests.conftest import CHAPTER, OTHER_CHAPTER, MakeBank, needs_linux

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001"
)
PICTURE = CHAPTER.replace("What do bees", "![bee](a.png) What do bees")


def told(checked: Checked) -> object:
    """All that a check gives, unpacked."""
    banks = [
        (
            *(bank.folder, bank.config, bank.style, bank.files, bank.media, bank.questions),
            *((c.title, c.where, c.is_whole, c.entries, c.compared) for c in bank.chapters),
        )
        for bank in checked.banks
    ]
    return banks, checked.diagnostics


def checked_with(folder: Path, cache: Path, **options: object) -> Checked:
    return check([folder], means=Means(Store(cache)), **options)  # type: ignore[arg-type]


def assert_nothing_stale(folder: Path, cache: Path) -> Checked:
    """Checks with the cache and without, and gives the first."""
    remembered = checked_with(folder, cache)
    assert told(remembered) == told(check([folder]))
    return remembered


def test_an_unchanged_bank_is_remembered(make_bank: MakeBank, tmp_path: Path) -> None:
    folder = make_bank(**{"02.md": OTHER_CHAPTER})

    first, again = (checked_with(folder, tmp_path / "cache") for _ in range(2))

    assert (first.from_cache, again.from_cache) == (0, 2)
    assert told(first) == told(again)


def test_one_edit_costs_one_chapter(make_bank: MakeBank, tmp_path: Path) -> None:
    folder = make_bank(**{"02.md": OTHER_CHAPTER})
    checked_with(folder, tmp_path / "cache")
    (folder / "02.md").write_text(OTHER_CHAPTER.replace("flies", "moths"), encoding="utf-8")

    assert assert_nothing_stale(folder, tmp_path / "cache").from_cache == 1


CHANGES: dict[str, Callable[[Path], object]] = {
    "language": lambda f: settings_of(f, 'language = "de"'),
    "rule set": lambda f: settings_of(f, '[rules]\nset = "strict"'),
    "a rule": lambda f: settings_of(f, '[rules]\nmissing-level = "error"'),
    "words": lambda f: settings_of(f, '[words]\nretired = "Gone: {reason}"'),
    "objectives": lambda f: settings_of(f, '[objectives]\nA1 = "One"'),
    "shuffle": lambda f: settings_of(f, "[cards]\nshuffle = false"),
    "flashcards": lambda f: settings_of(f, "[cards]\nflashcards = false"),
    "levels": lambda f: settings_of(f, '[levels]\nnames = ["easy"]'),
    "plan": lambda f: settings_of(f, '[rules]\nplan-mismatch = "warning"\n[plan]\nrecall = 7'),
    "bank id": lambda f: (f / "deck.toml").write_text('id = "other"\ntitle = "Demo"\n', "utf-8"),
    "title": lambda f: (f / "deck.toml").write_text('id = "demo"\ntitle = "New"\n', "utf-8"),
    "picture": lambda f: (f / "a.png").write_bytes(PNG + b"more"),
    "picture gone": lambda f: (f / "a.png").unlink(),
    "picture elsewhere": lambda f: (f / "a.png").rename(f / "b.png"),
    "style": lambda f: (f / "style.css").write_text("b { src: url(//x) }", "utf-8"),
    "text": lambda f: (f / "01-first.md").write_text(OTHER_CHAPTER, "utf-8"),
    "line ends": lambda f: (f / "01-first.md").write_bytes(PICTURE.replace("\n", "\r\n").encode()),
    "name": lambda f: (f / "01-first.md").rename(f / "03.md"),
    "new chapter": lambda f: (f / "02.md").write_text(PICTURE, "utf-8"),
}


def settings_of(folder: Path, text: str) -> None:
    (folder / "deck.toml").write_text(f'id = "demo"\ntitle = "Demo"\n{text}\n', encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    folder.mkdir()
    settings_of(folder, "")
    (folder / "01-first.md").write_text(PICTURE, encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    return folder


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_stale_after_a_change(folder: Path, tmp_path: Path, name: str) -> None:
    before = checked_with(folder, tmp_path / "cache")
    CHANGES[name](folder)

    after = assert_nothing_stale(folder, tmp_path / "cache")

    assert (told(after) == told(before)) is (name == "line ends")


def test_a_file_that_was_missing_is_found(folder: Path, tmp_path: Path) -> None:
    (folder / "a.png").unlink()
    assert checked_with(folder, tmp_path / "cache").diagnostics
    (folder / "a.png").write_bytes(PNG)

    assert not assert_nothing_stale(folder, tmp_path / "cache").diagnostics


def test_a_path_may_be_anything(folder: Path, tmp_path: Path) -> None:
    odd = folder.rename(tmp_path / "x\udcff")
    (odd / "01-first.md").write_text(PICTURE + "<!-- odd -->\n- [x] twice\n", encoding="utf-8")

    for jobs in (1, 2):
        checked = check([odd], means=Means(Store(tmp_path / "cache"), jobs))
        assert {diagnostic.where.path for diagnostic in checked.diagnostics} == {
            f"{odd}/01-first.md"
        }


def test_another_choice_of_rules_is_another_result(folder: Path, tmp_path: Path) -> None:
    checked_with(folder, tmp_path / "cache")
    selection = Selection(frozenset({"missing-tags"}))

    diagnostics = checked_with(folder, tmp_path / "cache", selection=selection).diagnostics

    assert [diagnostic.name for diagnostic in diagnostics] == ["missing-tags"]


def test_another_version_works_all_out(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_with(folder, tmp_path / "cache")
    monkeypatch.setattr(store, "_version", lambda: b"another")

    assert checked_with(folder, tmp_path / "cache").from_cache == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=6), st.booleans())
def test_no_sequence_of_edits_leaves_anything_stale(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], undoes: bool
) -> None:
    base = tmp_path_factory.mktemp("edits")
    folder = base / "demo"
    folder.mkdir()
    settings_of(folder, "")
    (folder / "01-first.md").write_text(PICTURE, encoding="utf-8")
    (folder / "a.png").write_bytes(PNG)
    assert_nothing_stale(folder, base / "cache")
    for name in names:
        shutil.copytree(folder, base / "before")
        with suppress(FileNotFoundError):
            CHANGES[name](folder)
        assert_nothing_stale(folder, base / "cache")
        if undoes:
            shutil.rmtree(folder)
            shutil.copytree(base / "before", folder)
            assert_nothing_stale(folder, base / "cache")
        shutil.rmtree(base / "before")


def entries(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file() and path.name != "swept"]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b"\0",
    "one bit": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "foreign": lambda _: b"GIF89a",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_entry_is_ignored(
    folder: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    checked_with(folder, tmp_path / "cache")
    for entry in entries(tmp_path / "cache"):
        entry.write_bytes(damage(entry.read_bytes()))

    assert assert_nothing_stale(folder, tmp_path / "cache").from_cache == 0
    assert checked_with(folder, tmp_path / "cache").from_cache == 1, "it was written again"


def test_an_entry_that_is_whole_and_means_nothing_is_ignored(folder: Path, tmp_path: Path) -> None:
    checked_with(folder, tmp_path / "cache")
    for entry in entries(tmp_path / "cache"):
        Store(tmp_path / "cache").put(f"{entry.parent.name}{entry.name}", b"\x93\x01\x02\x03")

    assert assert_nothing_stale(folder, tmp_path / "cache").from_cache == 0


def test_a_place_that_cannot_hold_a_cache_costs_only_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/x")):
        assert assert_nothing_stale(folder, place).from_cache == 0
    assert (tmp_path / "file").read_text(encoding="utf-8") == "not a folder"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_costs_only_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", refuse)

    assert assert_nothing_stale(folder, tmp_path / "cache").from_cache == 0
    assert not entries(tmp_path / "cache")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no owners")
def test_the_folder_of_somebody_else_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_with(folder, tmp_path / "cache")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    assert checked_with(folder, tmp_path / "cache").from_cache == 0


def test_its_size_is_bounded_and_what_was_used_last_stays(tmp_path: Path) -> None:
    kept = Store(tmp_path, most=10_000)
    for number in range(20):
        key = f"{number:02}entry"
        kept.put(key, bytes(900))
        path = tmp_path / key[:2] / key[2:]
        os.utime(path, (time.time() - 1000 + number,) * 2)
    kept.close()

    sizes = [path.stat().st_size for path in entries(tmp_path)]
    assert sum(sizes) <= 10_000
    assert kept.get("19entry") is not None
    assert kept.get("00entry") is None


def test_what_is_old_or_abandoned_is_swept(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.put("aaold", b"x")
    kept.put("aanew", b"x")
    abandoned = tmp_path / "aa" / "other.12345678.partial"
    abandoned.write_bytes(b"half")
    os.utime(tmp_path / "aa" / "old", (time.time() - 100 * 24 * 3600,) * 2)
    os.utime(abandoned, (time.time() - 2 * 3600,) * 2)
    kept.close()

    assert [path.name for path in entries(tmp_path)] == ["new"]


def test_the_command_has_its_cache_where_it_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MCQDECK_CACHE_DIR", str(tmp_path / "mine"))

    def last_line(*options: str) -> str:
        result = CliRunner().invoke(main, ["check", "--statistics", str(folder), *options])
        assert result.exit_code == 0, result.output
        return result.stdout.splitlines()[-1]

    assert last_line() == "0 of 1 chapter from the cache"
    assert last_line() == "1 of 1 chapter from the cache"
    assert last_line("--no-cache") == "0 of 1 chapter from the cache"
    assert len(entries(tmp_path / "mine")) == 3, "the chapter, the bank, which texts are alike"


def many_chapters(folder: Path, number: int, questions: int) -> Path:
    """A bank in which nothing stands twice."""
    folder.mkdir()
    settings_of(folder, '[rules]\nset = "off"')
    rng = random.Random(number)
    for chapter in range(number):
        parts = [f"# Chapter {chapter}\n"]
        for question in range(questions):
            word = f"w{rng.randrange(10**9)}"
            parts.append(
                f"## c{chapter}-q{question}\n\nWhat is **{word}** of {rng.randrange(10**9)}?\n\n"
                f"- [x] Yes {word}\n- [ ] No {word}\n  > Not `{word}`.\n"
            )
        (folder / f"{chapter:03}.md").write_text("\n".join(parts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many_chapters(tmp_path_factory.mktemp("large") / "large", 6, 40)


def test_several_processes_change_nothing(large: Path) -> None:
    alone, together = (check([large], means=Means(jobs=jobs)) for jobs in (1, 3))

    assert told(alone) == told(together)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "mcqdeck", *map(str, arguments)]


def test_two_commands_at_once_share_a_cache(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MCQDECK_CACHE_DIR", str(tmp_path / "cache"))

    running = [
        subprocess.Popen(command("check", large, "--statistics"), stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=120)[0].splitlines() for process in running]

    assert all(output[-2].startswith("240 questions in 6 chapters") for output in outputs)
    assert assert_nothing_stale(large, tmp_path / "cache").from_cache == 6


def test_a_command_killed_at_any_moment_leaves_nothing_wrong(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MCQDECK_CACHE_DIR", str(tmp_path / "cache"))
    rng = random.Random(1)
    for _ in range(6):
        process = subprocess.Popen(
            command("check", large), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.2, 0.9))
        process.kill()
        process.wait(timeout=60)

    assert_nothing_stale(large, tmp_path / "cache")


def children_of(pid: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        state, parent = process_state(int(folder.name))
        if state not in ("", "Z") and parent == pid:
            yield int(folder.name)


def is_running(pid: int) -> bool:
    return process_state(pid)[0] not in ("", "Z")


def process_state(pid: int) -> tuple[str, int]:
    """The letter of a process's state, `Z` once it has ended, and its parent."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return "", 0
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[1])


@needs_linux
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed elsewhere")
def test_an_interrupt_ends_all_processes_at_once(tmp_path: Path) -> None:
    folder = many_chapters(tmp_path / "larger", 12, 800)
    process = subprocess.Popen(
        command("check", folder, "--jobs", "2", "--no-cache"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    children: set[int] = set()
    while len(children) < 3 and time.monotonic() < deadline:  # two, and one that tracks resources
        children.update(children_of(process.pid))
        time.sleep(0.05)
    time.sleep(1)  # let them work
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)

    assert (process.returncode, errors) == (130, "interrupted\n")
    time.sleep(0.5)
    assert not [pid for pid in children if is_running(pid)]
