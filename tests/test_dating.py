"""What a build says of clocks that were wrong, and how it dates what they dated."""

from __future__ import annotations

import time

import pytest
from click.testing import CliRunner

from mcqdeck.cli import main
from tests.releases import Author, column, notes, question, rewrite

NOW = 1_790_000_000
YEAR = 365 * 24 * 3600


def set_clock(monkeypatch: pytest.MonkeyPatch, second: int) -> None:
    monkeypatch.setattr(time, "time", lambda: float(second))


def build_at(author: Author, monkeypatch: pytest.MonkeyPatch, second: int) -> str:
    """Builds by a clock that says so, and gives what is printed as a warning."""
    set_clock(monkeypatch, second)
    author.now = second - YEAR // 4
    result = author.build()
    assert result.exit_code == 0, result.output
    return result.stderr


def test_a_release_from_the_future_is_told_with_what_to_do(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at(author, monkeypatch, NOW + 10 * YEAR)
    warning = build_at(author, monkeypatch, NOW)

    assert warning.startswith(f"warning: {author.package}: the last release is dated 2036-09-18 ")
    assert "this machine's clock says 2026-09-21 14:13 UTC" in warning
    assert "set it right and build again" in warning
    assert warning.count("\n") == 1
    assert build_at(author, monkeypatch, NOW + 60) == ""


def test_the_notes_of_a_release_from_the_future_are_taken_back(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at(author, monkeypatch, NOW - 60)
    author.chapter(question("one", "New?"), question("two"), question("three"))
    build_at(author, monkeypatch, NOW + 10 * YEAR)
    author.chapter(question("one", "New?"), question("two", "New?"), question("three"))
    build_at(author, monkeypatch, NOW)
    mods = {id_: note["mod"] for id_, note in notes(author.package).items()}

    assert mods == {"one": NOW - 59, "two": NOW, "three": NOW - 60}
    author.chapter(question("one", "Newer?"), question("two", "New?"), question("three"))
    build_at(author, monkeypatch, NOW + 60)
    assert notes(author.package)["one"]["mod"] == NOW + 10 * YEAR + 1
    build_at(author, monkeypatch, NOW + 120)
    assert notes(author.package)["one"]["mod"] == NOW + 60
    assert build_at(author, monkeypatch, NOW + 180) == ""


def test_ids_from_the_future_are_taken_back_too(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at(author, monkeypatch, NOW + YEAR)
    before = notes(author.package)
    build_at(author, monkeypatch, NOW)
    after = notes(author.package)

    assert [note["guid"] for note in after.values()] == [note["guid"] for note in before.values()]
    assert max(note["id"] for note in after.values()) < NOW * 1000
    assert len({note["id"] for note in after.values()}) == 3


def test_check_says_that_a_package_from_the_future_is_not_what_the_source_gives(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at(author, monkeypatch, NOW + YEAR)
    set_clock(monkeypatch, NOW)
    author.now = NOW - YEAR // 4
    result = author.build("--check")

    assert result.exit_code == 1
    assert "dated 2027-09-21" in result.stderr


def test_an_older_time_than_that_of_the_last_release_is_no_clock_from_the_future(
    author: Author,
) -> None:
    """SOURCE_DATE_EPOCH is that of the sources, and may well be older than the last package."""
    author.release()
    author.now -= YEAR
    result = author.build()

    assert result.stderr == ""
    assert result.stdout.endswith("nothing changed\n")


def test_what_the_next_build_must_know_is_in_the_package(author: Author) -> None:
    first = author.release()
    assert column(author.package, "conf")["mcqdeck"] == {"format": 1, "bank": "demo"}
    author.chapter(question("one", "New?"), question("two"), question("three"))
    second = author.release()
    mark = column(author.package, "conf")["mcqdeck"]

    time_of = [author.now, author.now, first["one"]["mod"]]
    assert mark == {"format": 1, "bank": "demo", "times": {second["one"]["guid"]: time_of}}


def test_a_release_from_the_far_past_is_told(author: Author) -> None:
    author.now = 400_000_000
    first = author.build()
    author.now = NOW - YEAR
    second = author.build()

    assert "SOURCE_DATE_EPOCH dates this release 1982-12-04" in first.stderr
    assert "the last release is dated 1982-12-04" in second.stderr
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_a_year_that_no_calendar_has_is_told(author: Author) -> None:
    author.release()

    def change(models: dict[str, dict[str, int]]) -> None:
        for model in models.values():
            model["mod"] = 1 << 40

    rewrite(author.package, models=change)
    result = author.build()

    assert "dated after the year 9999" in result.stderr
    assert result.exit_code == 0


def test_a_clock_that_cannot_be_right_stops_the_build(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, 86_400)
    result = author.build()

    assert result.exit_code == 2
    assert "this machine's clock says 1970-01-02 00:00 UTC" in result.stderr
    assert not author.output.exists()


@pytest.mark.parametrize("value", ["9" * 5_000, "1" * 13, "１７０００００００", "\x1b[2J"])
def test_a_number_of_any_length_is_no_time(author: Author, value: str) -> None:
    arguments = ["build", str(author.folder), "-o", str(author.output)]
    result = CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": value})

    assert result.exit_code == 2
    assert result.stderr.startswith("mcqdeck: SOURCE_DATE_EPOCH=")
    assert len(result.stderr) < 200
    assert "\x1b" not in result.stderr
