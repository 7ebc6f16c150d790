"""Packages on disk: the same bytes from the same sources, whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mcqdeck import build, check
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.disk import write
from tests.conftest import MakeBank, needs_unix

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


def package(bank: Path, output: Path, environment: dict[str, str]) -> bytes:
    checked = check([bank])
    (built,) = build(checked, output, environment=environment)
    return built.path.read_bytes()


def test_the_same_sources_give_the_same_bytes_from_another_folder_and_on_another_day(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank()
    first = package(bank, tmp_path / "a", EPOCH)
    moved = tmp_path / "elsewhere" / "another-name"
    shutil.copytree(bank, moved)
    monkeypatch.chdir(moved)
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)

    assert package(Path(), tmp_path / "b", EPOCH) == first


def test_banks_with_errors_are_not_built(make_bank: MakeBank, tmp_path: Path) -> None:
    checked = check([make_bank(chapter="nothing")])

    with pytest.raises(ValueError, match="errors"):
        build(checked, tmp_path / "decks")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.apkg"
    write(path, b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_of_the_folder_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "decks").write_text("")

    with pytest.raises(McqdeckError, match=r"a\.apkg: cannot be written"):
        write(tmp_path / "decks" / "a.apkg", b"")


@needs_unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_nothing_behind(
    number: signal.Signals, make_bank: MakeBank, tmp_path: Path
) -> None:
    output = tmp_path / "decks"
    stalls = (
        "import os, sys, time\n"
        "import mcqdeck.cli\n"
        "def fsync(_):\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "os.fsync = fsync\n"
        f"mcqdeck.cli.main(['build', {str(make_bank())!r}, '-o', {str(output)!r}])\n"
    )
    child = subprocess.Popen([sys.executable, "-c", stalls], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    assert len(list(output.iterdir())) == 1

    child.send_signal(number)
    child.communicate(timeout=20)

    assert child.returncode != 0
    assert list(output.iterdir()) == []
